"""Evidencias del control de documentos: qué rige, dónde está y cómo se identifica."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sgc_gt.dominio.alcance import Alcance, alcance
from sgc_gt.dominio.auditoria import SIN_EVIDENCIA, Prueba, Respuesta, responder
from sgc_gt.dominio.fechas import sumar_meses
from sgc_gt.dominio.filas import fila_maestra, nombre_cargo
from sgc_gt.dominio.importado import HEREDADO
from sgc_gt.dominio.regiones import nombre_de
from sgc_gt.dominio.situacion import Version
from sgc_gt.dominio.textos import comparable
from sgc_gt.reglas.control_documental import TITULO, huella_de_reglas
from sgc_gt.reglas.evidencias.materia import NINGUNO, Materia, Visto, al, cuantos

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
        nada=NINGUNO,
    )


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
        nada=NINGUNO,
    )


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
        nada=NINGUNO,
    )


def identificacion(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """Código, versión, título, fecha y quién lo elaboró; el nombre del archivo lleva código y versión."""
    pruebas = [_de_version(d, v, *_identidad(m, d, v)) for d, v in m.vigentes()]
    return responder(
        pruebas,
        f"Identificados: {sum(1 for p in pruebas if not p.alerta)} de {len(pruebas)}.",
        "sgc-gt comprobar COD",
        nada=NINGUNO,
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
    """Si el archivo dice su código, o el que tenía al emitirse, y su versión."""
    con_codigo = any(codigo in v.archivo for codigo in d.ficha.codigos)
    return not v.archivo or (con_codigo and (not v.version or f"_v{v.version}" in v.archivo))


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
        else NINGUNO,
        "sgc-gt listas",
        nada=NINGUNO,
    )


def _extension(v: Version) -> str:
    return v.archivo.rpartition(".")[2].lower() or "otro formato"


def distribucion(m: Materia, _datos: tuple[str, ...]) -> Respuesta:
    """A quién llegó lo que rige, quién lo conoce y qué copias de versiones anteriores faltan por retirar."""
    alcances = [(d, v, alcance(m.servicio, d.ficha, m.fecha)) for d, v in m.vigentes()]
    pruebas = [_de_version(d, v, _llego(m, a), _alerta_de_distribucion(a, m.fecha)) for d, v, a in alcances]
    aparte = sum(
        "conocimiento" in comparable(_serie(m, r)) or "distribucion" in comparable(_serie(m, r))
        for r, _ in m.archivados()
    )
    conocen, deben = (
        sum(a.conocen for *_, a in alcances),
        sum(len(a.destinatarios) for *_, a in alcances),
    )
    archivado = f" Registros de ello archivados: {aparte}." if aparte else ""
    if not any(a.definida or a.copias or a.conocimientos for *_, a in alcances):
        return Respuesta(
            SIN_EVIDENCIA,
            f"De nada de lo que rige consta a quién llegó ni quién lo conoce.{archivado} Pida la prueba de "
            "entrega por región.",
            tuple(pruebas),
            f"sgc-gt listas --fecha {m.fecha}",
        )
    return responder(
        pruebas,
        f"Conocimientos de lo que rige: {conocen} de {deben}.{archivado}",
        f"sgc-gt listas --fecha {m.fecha}",
        nada=NINGUNO,
    )


def _llego(m: Materia, a: Alcance) -> str:
    """«12/16 conocimientos; 3 copias controladas; por región: …»."""
    partes = [a.en_palabras()]
    suyas = sum(1 for c in a.copias if c.version == a.version and c.retiro is None)
    if suyas:
        partes.append(cuantos(suyas, "una copia controlada", "copias controladas"))
    faltan = [nombre_de(x.region) if x.region else nombre_cargo(m.servicio, x.cargo) for x in a.faltan]
    if faltan:
        partes.append(f"faltan: {', '.join(faltan)}")
    return "; ".join(partes)


def _alerta_de_distribucion(a: Alcance, fecha: date) -> str:
    if not a.definida:
        return "nadie ha definido quiénes deben conocerla"
    partes = []
    if tarde := a.atrasados(fecha):
        partes.append(f"conocimientos atrasados: {len(tarde)}")
    if a.por_retirar:
        partes.append(f"copias de versiones anteriores por retirar: {len(a.por_retirar)}")
    return "; ".join(partes)


def _serie(m: Materia, r: Visto) -> str:
    serie = m.servicio.series.get(r.codigo.partition("/")[0])
    return serie.nombre if serie else ""


def _de_version(d: Visto, v: Version, dice: str, alerta: str = "") -> Prueba:
    """La prueba que es una versión: su emisión y su archivo."""
    n = v.emision.n if v.emision else None
    return Prueba(d.codigo, dice, alerta, v.version, n, v.vigente_desde)
