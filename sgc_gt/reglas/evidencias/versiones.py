"""Evidencias de las versiones: quién las aprobó, qué cambió en cada una, y las que dejaron de regir."""

from __future__ import annotations

from collections.abc import Iterator

from sgc_gt.dominio import actos
from sgc_gt.dominio.auditoria import NO_APLICA, Prueba, Respuesta, responder
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.impresion import codigo_corto
from sgc_gt.dominio.situacion import Version
from sgc_gt.reglas.evidencias.materia import NINGUNO, Materia, Visto, al, cuantos, respaldo_de


def aprobacion(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Quién aprobó lo que rige o espera regir, y lo aprobado que nadie ha puesto en vigencia."""
    emitidas = [_aprobada(m, d, v) for d in m.documentos for v in d.emitidas() if v.estado != actos.OBSOLETO]
    esperan = [
        _por_emitir(m, d, v)
        for d in m.documentos
        if (v := d.situacion.abierta) and v.estado in (actos.APROBADO, actos.VISADO)
    ]
    malas = sum(1 for p in emitidas if p.alerta)
    return responder(
        [*emitidas, *esperan],
        f"Publicaciones sin aprobación válida: {malas}. Aprobaciones sin publicación: {len(esperan)}. "
        f"Versiones revisadas: {len(emitidas)}.",
        "sgc-gt historial COD",
        nada=NINGUNO,
    )


def _aprobada(m: Materia, d: Visto, v: Version) -> Prueba:
    emision = v.emision
    assert emision is not None  # noqa: S101 - `emitidas` solo trae las que tienen
    if v.importada:
        alerta = (
            "" if v.aprobacion == "fuera_con_respaldo" else "se aprobó fuera del sistema y no hay respaldo"
        )
        return Prueba(
            d.codigo,
            f"aprobada fuera del sistema ({respaldo_de(emision)})",
            alerta,
            v.version,
            emision.n,
            emision.fecha,
        )
    aprueban = [x for x in v.firmas if x.acto == "aprobar"]
    if not aprueban:
        return Prueba(d.codigo, "puesta en vigencia", "nadie la aprobó", v.version, emision.n, emision.fecha)
    ultima = aprueban[-1]
    alerta = "se aprobó después de ponerla en vigencia" if ultima.fecha > emision.fecha else ""
    if ultima.origen == "registrado_sin_respaldo":
        alerta = "la aprobación se anotó sin respaldo"
    quienes = " y ".join(dict.fromkeys(m.quien(x) for x in aprueban))
    dice = (
        f"aprobó {quienes} el {al(ultima.fecha)} ({respaldo_de(ultima)}); en vigencia el "
        f"{al(emision.fecha)}; "
        f"código de verificación {codigo_corto(v.huella)}"
    )
    return Prueba(d.codigo, dice, alerta, v.version, ultima.n, ultima.fecha)


def _por_emitir(m: Materia, d: Visto, v: Version) -> Prueba:
    ultima = v.firmas[-1]
    dice = f"{ESTADOS[v.estado].lower()} por {m.quien(ultima)} el {al(ultima.fecha)}"
    return Prueba(d.codigo, dice, "todavía no se pone en vigencia", v.version, ultima.n, ultima.fecha)


def cambios(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Qué cambió en cada versión de lo que rige."""
    pruebas = [p for d, _ in m.vigentes() for p in _versiones(d)]
    nuevas = sum(1 for p in pruebas if p.dice.startswith("cambia"))
    return responder(
        pruebas,
        f"Versiones con su motivo: {nuevas}. Primeras versiones: {len(pruebas) - nuevas}.",
        next((_comparar(d) for d, _ in m.vigentes() if len(d.emitidas()) > 1), "sgc-gt historial COD"),
        nada=NINGUNO,
    )


def _comparar(d: Visto) -> str:
    antes, ahora = d.emitidas()[-2:]
    return f"sgc-gt comparar {d.codigo} {antes.version} {ahora.version}"


def _versiones(d: Visto) -> Iterator[Prueba]:
    for numero, v in enumerate(d.emitidas()):
        n = v.emision.n if v.emision else None
        if numero == 0 or v.importada:
            dice, alerta = f"primera versión en el sistema, desde el {al(v.vigente_desde)}", ""
        else:
            dice = (
                f"cambia respecto de la {d.emitidas()[numero - 1].version}: {v.motivo or 'no dice por qué'}"
            )
            alerta = "" if v.motivo.strip() else "no dice qué cambió"
        yield Prueba(d.codigo, dice, alerta, v.version, n, v.vigente_desde)


def obsoletos(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Cada versión que dejó de regir: por qué, hasta cuándo, y que su archivo salió de su lugar."""
    pruebas = [_obsoleta(m, d, v) for d in m.documentos for v in d.emitidas() if v.estado == actos.OBSOLETO]
    if not pruebas:
        return Respuesta(
            NO_APLICA, "Ninguna versión ha dejado de regir a esta fecha.", (), "sgc-gt historial"
        )
    return responder(
        pruebas,
        f"{cuantos(len(pruebas), 'Una versión obsoleta', 'versiones obsoletas')} en la "
        "historia, fuera del lugar de la "
        "vigente; su copia sale marcada en todas las páginas.",
        "sgc-gt copia COD --version V",
        nada="",
    )


def _obsoleta(m: Materia, d: Visto, v: Version) -> Prueba:
    rige = d.situacion.vigente
    propia = f"{d.carpeta}/{v.archivo}"
    sigue = d.actual and propia in m.archivos and not (rige and rige.archivo == v.archivo)
    alerta = "su archivo sigue en el lugar de la vigente" if sigue else ""
    dice = f"rigió del {al(v.vigente_desde)} al {al(v.hasta)}; {v.causa or 'no dice por qué se conserva'}"
    n = v.emision.n if v.emision else None
    return Prueba(
        d.codigo, dice, alerta or ("" if v.causa else "no dice por qué se conserva"), v.version, n, v.hasta
    )
