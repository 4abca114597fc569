"""Evidencias del control de documentos: qué rige, quién lo aprobó, qué cambió, qué se conserva."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sgc_gt.dominio import actos
from sgc_gt.dominio.auditoria import NO_APLICA, SIN_EVIDENCIA, Prueba, Respuesta, responder
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.fechas import sumar_meses
from sgc_gt.dominio.filas import fila_maestra
from sgc_gt.dominio.importado import HEREDADO
from sgc_gt.dominio.impresion import codigo_corto
from sgc_gt.dominio.situacion import Version
from sgc_gt.dominio.textos import comparable
from sgc_gt.reglas.control_documental import TITULO, huella_de_reglas
from sgc_gt.reglas.evidencias.materia import Materia, Visto, al, cuantos, respaldo_de

_NINGUNO = "Ningún documento rige a esta fecha."
_CONTROLAN = (
    comparable(TITULO),
    "control de documentos",
    "control de los documentos",
    "control de registros",
)


def procedimiento_de_control(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """El procedimiento propio que rige, y si dice las reglas que hoy se aplican."""
    hoy = huella_de_reglas(m.servicio)
    pruebas = []
    for d, v in m.vigentes():
        if not any(nombre in comparable(v.titulo) for nombre in _CONTROLAN):
            continue
        dichas = [
            str(x.extra["reglas"]) for x in d.ficha.actos if x.version == v.version and "reglas" in x.extra
        ]
        atras = d.actual and dichas and dichas[-1] != hoy
        pruebas.append(
            _de_version(d, v, v.titulo, "dice reglas anteriores a las configuradas" if atras else "")
        )
    return responder(
        pruebas,
        f"{cuantos(len(pruebas), 'Un procedimiento vigente', 'procedimientos vigentes')}.",
        "sgc-gt copia COD",
        nada=f"Ningún documento vigente se titula «{TITULO}» ni trata en su título el control "
        "de documentos o registros.",
    )


def documentos_de(m: Materia, datos: tuple[str, ...]) -> Respuesta:
    """Los documentos vigentes cuyo título trata la materia."""
    palabras = [comparable(p) for p in datos]
    pruebas = [
        _de_version(d, v, v.titulo)
        for d, v in m.vigentes()
        if any(p in comparable(v.titulo) for p in palabras)
    ]
    dichas = " o ".join(f"«{p}»" for p in datos)
    return responder(
        pruebas,
        f"{cuantos(len(pruebas), 'Un documento vigente', 'documentos vigentes')} con {dichas} en el título.",
        "sgc-gt estado",
        nada=f"Ningún documento vigente lleva {dichas} en el título: si existe, no está bajo este control.",
    )


def lista_maestra(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Lo que rige, con su versión y desde cuándo."""
    pruebas = [_de_version(d, v, f"{v.titulo}; rige desde el {al(v.vigente_desde)}") for d, v in m.vigentes()]
    return responder(
        pruebas,
        f"{cuantos(len(pruebas), 'Rige un documento', 'documentos rigen')} al {al(m.fecha)}.",
        f"sgc-gt listas --fecha {m.fecha}",
        nada=_NINGUNO,
    )


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
        nada=_NINGUNO,
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


def revision_periodica(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """El calendario de revisiones y lo vencido."""
    pruebas = []
    for d, v in m.vigentes():
        tipo = m.servicio.tipos.get(d.ficha.tipo)
        revisada = d.situacion.ultima_revision
        if not tipo or not tipo.revision_meses or not revisada:
            continue
        toca = sumar_meses(revisada, tipo.revision_meses)
        alerta = f"la revisión venció el {al(toca)}" if toca < m.fecha else ""
        mantuvo = [x for x in d.ficha.actos if x.acto == "mantener" and x.fecha == revisada]
        como = f"se mantuvo sin cambios el {al(revisada)}" if mantuvo else f"rige desde el {al(revisada)}"
        n = mantuvo[-1].n if mantuvo else v.emision and v.emision.n
        pruebas.append(
            Prueba(d.codigo, f"{como}; próxima revisión el {al(toca)}", alerta, v.version, n, revisada)
        )
    vencidas = sum(1 for p in pruebas if p.alerta)
    return responder(
        pruebas,
        f"Con revisión periódica: {len(pruebas)}. Vencidas: {vencidas}.",
        f"sgc-gt estado --fecha {m.fecha}",
        nada=_NINGUNO,
    )


def cambios(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Qué cambió en cada versión de lo que rige."""
    pruebas = [p for d, _ in m.vigentes() for p in _versiones(d)]
    nuevas = sum(1 for p in pruebas if p.dice.startswith("cambia"))
    return responder(
        pruebas,
        f"Versiones con su motivo: {nuevas}. Primeras versiones: {len(pruebas) - nuevas}.",
        next((_comparar(d) for d, _ in m.vigentes() if len(d.emitidas()) > 1), "sgc-gt historial COD"),
        nada=_NINGUNO,
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


def version_vigente(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """El archivo de la versión que rige está en su carpeta, y es uno solo."""
    pruebas = []
    for d, v in m.vigentes():
        ruta = f"{d.carpeta}/{v.archivo}"
        if d.actual and v.regida:
            alerta = "" if ruta in m.archivos else "el archivo que rige no está en su carpeta"
            pruebas.append(_de_version(d, v, v.archivo, alerta)._replace(lugar=ruta))
        else:
            pruebas.append(_de_version(d, v, f"en la historia: sgc-gt copia {d.codigo} --fecha {m.fecha}"))
    return responder(
        pruebas,
        f"{cuantos(len(pruebas), 'Un documento', 'documentos')} con una sola versión vigente en su carpeta.",
        "sgc-gt copia COD",
        nada=_NINGUNO,
    )


def identificacion(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Código, versión, título, fecha y quién lo elaboró; el nombre del archivo lleva código y versión."""
    pruebas = [_de_version(d, v, *_identidad(m, d, v)) for d, v in m.vigentes()]
    return responder(
        pruebas,
        f"Identificados: {sum(1 for p in pruebas if not p.alerta)} de {len(pruebas)}.",
        "sgc-gt comprobar COD",
        nada=_NINGUNO,
    )


def _identidad(m: Materia, d: Visto, v: Version) -> tuple[str, str]:
    fila = fila_maestra(m.servicio, d.ficha, m.fecha) or {}
    heredado = any(HEREDADO in x.extra for x in d.ficha.actos)
    faltas = [
        *(["no tiene título"] if not v.titulo else []),
        *(["no dice quién lo elaboró"] if not fila.get("elaboro") else []),
        *(
            ["su código no sigue la máscara del servicio"]
            if not heredado and not m.servicio.mascara.leer(d.codigo)
            else []
        ),
        *(["el nombre del archivo no lleva código y versión"] if not _bien_nombrado(d, v) else []),
    ]
    elaboro = fila.get("elaboro") or "nadie declarado"
    return f"«{v.titulo}», elaboró {elaboro}, archivo {v.archivo}", "; ".join(faltas)


def _bien_nombrado(d: Visto, v: Version) -> bool:
    return not v.archivo or (d.codigo in v.archivo and (not v.version or f"_v{v.version}" in v.archivo))


def formato(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """En qué formato está cada documento y en qué soporte cada serie de registros."""
    pruebas = [_de_version(d, v, f"archivo {_extension(v)}") for d, v in m.vigentes()]
    cuenta = Counter(_extension(v) for _, v in m.vigentes())
    for serie in m.servicio.series.values():
        alerta = "" if serie.soporte else "no dice su soporte"
        pruebas.append(
            Prueba(serie.codigo, f"{serie.nombre}: soporte {serie.soporte or 'sin definir'}", alerta)
        )
    return responder(
        pruebas,
        ("; ".join(f"{n} en {extension}" for extension, n in sorted(cuenta.items())) + ".")
        if cuenta
        else _NINGUNO,
        "sgc-gt listas",
        nada=_NINGUNO,
    )


def _extension(v: Version) -> str:
    return v.archivo.rpartition(".")[2].lower() or "otro formato"


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


def distribucion(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Nunca con evidencia: el sistema no registra a quién llegó cada versión. Dice lo archivado aparte."""
    pruebas = tuple(
        Prueba(r.codigo, v.titulo, "", v.version, r.ficha.actos[-1].n, r.ficha.actos[-1].fecha)
        for r, v in m.archivados()
        if "conocimiento" in comparable(_serie(m, r)) or "distribucion" in comparable(_serie(m, r))
    )
    aparte = f" Hay archivados {len(pruebas)} registros de ello." if pruebas else ""
    return Respuesta(
        SIN_EVIDENCIA,
        f"El sistema todavía no registra distribución ni toma de conocimiento.{aparte} Pida la "
        "prueba de entrega por región.",
        pruebas,
        "sgc-gt registros",
    )


def _serie(m: Materia, r: Visto) -> str:
    serie = m.servicio.series.get(r.codigo.partition("/")[0])
    return serie.nombre if serie else ""


def _de_version(d: Visto, v: Version, dice: str, alerta: str = "") -> Prueba:
    """La prueba que es una versión: su emisión y su archivo."""
    n = v.emision.n if v.emision else None
    return Prueba(d.codigo, dice, alerta, v.version, n, v.vigente_desde)
