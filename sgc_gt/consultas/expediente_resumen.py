"""La cabeza del expediente: la situación en una oración, y quién elaboró, revisó, aprobó y emitió."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sgc_gt.consultas.estado import FilaEstado
from sgc_gt.consultas.expediente_valores import Suceso
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio import vida
from sgc_gt.dominio.etiquetas import APROBACIONES, ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.filas import ACCESOS, nombre_cargo, retencion
from sgc_gt.dominio.importado import afuera
from sgc_gt.dominio.rectificacion import con_lo_que_decia, rectificada
from sgc_gt.dominio.regiones import REGIONES
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import Situacion, Version
from sgc_gt.dominio.textos import mayuscula

_HECHOS = {
    "enviar": "Elaboró",
    "solicitar": "Presentó",
    "resolver": "Resolvió",
    "revisar": "Revisó",
    "aprobar": "Aprobó",
    "remitir": "Remitió a visación técnica",
    "visar": "Anotó la visación técnica",
    "emitir": "Puso en vigencia",
    "devolver": "Devolvió con observaciones",
    "retirar": "Retiró del circuito",
    "reabrir": "Reabrió",
    "descartar": "Descartó",
    "dejar-sin-efecto": "Dejó sin efecto",
}
_DE_LA_VIDA = {
    "corregir": "Anotó una corrección",
    "suspender": "Suspendió la retención",
    "reanudar": "Reanudó la retención",
    "proponer-disposicion": "Propuso su disposición",
    "autorizar-disposicion": "Anotó la autorización",
    "disponer": "Dispuso",
    "prorrogar": "Prorrogó la retención",
    "desistir": "Desistió de la disposición",
    "sustraer": "Sustrajo un archivo",
}
_DE_REGISTRO = {**_HECHOS, "emitir": "Archivó"}


def situacion_en_palabras(s: Situacion, v: Version, clase: str) -> str:
    """La situación del código en la fecha, en una oración."""
    if clase == "registro":
        return _de_registro(v)
    dicho = _principal(v)
    otras = [o for o in (s.por_regir, s.abierta) if o is not None and o is not v]
    return " ".join([dicho, *(_tambien(o) for o in otras)])


def _de_registro(v: Version) -> str:
    if v.estado == tabla.ARCHIVADO:
        return "Registro archivado."
    if v.estado in (*tabla.CONSERVADOS, *tabla.RETIRADOS):
        return f"Registro archivado el {imprimir_fecha(v.archivada)}. Hoy: {_estado(v)}."
    return f"Registro en trabajo: {_estado(v)}."


def _principal(v: Version) -> str:
    if v.estado == tabla.VIGENTE:
        fuera = f", {APROBACIONES[v.aprobacion]}" if v.importada else ""
        return f"Rige la versión {v.version} desde el {imprimir_fecha(v.vigente_desde)}{fuera}."
    if v.estado == tabla.EMITIDO:
        return f"Todavía no rige: la versión {v.version} regirá desde el {imprimir_fecha(v.vigente_desde)}."
    if v.estado == tabla.OBSOLETO:
        causa = f": {v.causa}" if v.causa else ""
        return f"No rige. La versión {v.version} dejó de regir el {imprimir_fecha(v.hasta)}{causa}."
    return f"Nunca ha regido: la versión {v.version} está en {_estado(v)}."


def _tambien(v: Version) -> str:
    if v.estado == tabla.EMITIDO:
        return f"La versión {v.version} regirá desde el {imprimir_fecha(v.vigente_desde)}."
    return f"La versión {v.version} está en trabajo: {_estado(v)}."


def _estado(v: Version) -> str:
    return ESTADOS[v.estado].lower()


def datos(v: Version, fila: FilaEstado | None) -> tuple[tuple[str, str], ...]:
    """Los datos de la versión que se muestra, cada uno con su rótulo; los que no tiene no se nombran."""
    revision = imprimir_fecha(fila.proxima_revision) if fila else ""
    vencida = " (vencida)" if fila and fila.vencida else ""
    archivado = v.estado in (*tabla.CONSERVADOS, *tabla.RETIRADOS)
    todos = (
        ("Versión", v.version),
        ("Estado", ", ".join(filter(None, (ESTADOS[v.estado], APROBACIONES.get(v.aprobacion))))),
        ("Archivado el" if archivado else "Rige desde", imprimir_fecha(v.vigente_desde)),
        ("Rigió hasta", imprimir_fecha(v.hasta)),
        ("Respuesta al oficio", fila.plazo if fila else ""),
        ("Próxima revisión", f"{revision}{vencida}" if revision else ""),
        ("Motivo de la versión", v.motivo),
    )
    return tuple((rotulo, valor) for rotulo, valor in todos if valor)


def datos_de_registro(servicio: Servicio, ficha: Ficha) -> tuple[tuple[str, str], ...]:
    """Cómo se controla un registro: lo que su serie dice de cada atributo, y lo propio de esta instancia."""
    serie = servicio.series.get(ficha.codigo.partition("/")[0])
    if serie is None or "/" not in ficha.codigo:
        return ()
    ficha = rectificada(ficha)
    extra = ficha.actos[0].extra
    region = REGIONES.get(ficha.region)
    periodo = str(extra.get("periodo") or ficha.codigo.split("/")[1])
    donde = str(extra.get("ubicacion") or serie.almacenamiento)
    detenida = vida.suspension(ficha)
    todos = (
        ("Período", con_lo_que_decia(ficha, "periodo", periodo)),
        ("Región", con_lo_que_decia(ficha, "region", region.nombre if region else "")),
        ("Responsable", nombre_cargo(servicio, serie.responsable)),
        (
            "Almacenamiento",
            con_lo_que_decia(ficha, "ubicacion", donde),
        ),
        ("Protección", serie.proteccion),
        ("Recuperación", serie.recuperacion),
        ("Retención", retencion(serie.retencion_anios)),
        ("Se conserva hasta", imprimir_fecha(vida.vence(serie, ficha))),
        ("Base legal", serie.base_legal),
        ("Disposición final", serie.disposicion),
        ("Acceso", ACCESOS.get(serie.acceso, serie.acceso)),
        ("Suspensión", mayuscula(vida.en_que_suspension(detenida)) if detenida else ""),
        ("Correcciones", mayuscula("; ".join(vida.correcciones(ficha)))),
        ("Por qué no está", mayuscula(vida.sin_el(ficha))),
    )
    return tuple((rotulo, valor) for rotulo, valor in todos if valor)


def resumen(v: Version, sucesos: Sequence[Suceso]) -> tuple[str, ...]:
    """Quién hizo qué por esa versión, una oración por persona y en orden."""
    if v.emision is not None and v.importada:
        return tuple(_importada(v.emision, sucesos))
    validos = _de_la_version(v, sucesos)
    verbos = _HECHOS if v.version else _DE_REGISTRO
    suyos = [s for s in sucesos if s.acto in _DE_LA_VIDA] if not v.version else []
    archivo = [s for s in sucesos[:1] if s.acto == "registrar"]
    return (
        *(_oracion("Archivó", s) for s in archivo),
        *(_oracion(verbos[s.acto], s) for s in validos if s.acto in verbos),
        *(_oracion(_DE_LA_VIDA[s.acto], s) for s in suyos),
    )


def _de_la_version(v: Version, sucesos: Iterable[Suceso]) -> list[Suceso]:
    """El último envío de la versión y lo que lo siguió."""
    propios = [s for s in sucesos if s.version == v.version]
    ultimo = max((s.n for s in propios if s.acto in ("enviar", "solicitar")), default=0)
    return [s for s in propios if s.n >= ultimo > 0]


def _oracion(verbo: str, s: Suceso) -> str:
    """«Aprobó: Director/a Nacional (S), el 22-04-2025, según Resolución Exenta N° 210; registrado…»."""
    nombre = f", {s.nombre}" if s.nombre else ""
    base = f", según {s.base}" if s.base else ""
    respaldos = "".join(f", por {r.cita}" for r in s.respaldos)
    anota = f"; {s.origen} por {s.anota}" if s.anota else ""
    atraso = f", {s.atraso}" if s.anota or s.atraso not in {"", "el mismo día"} else ""
    rige = f", para regir desde el {imprimir_fecha(s.vigente_desde)}" if s.vigente_desde else ""
    hecho = f"{verbo} (quedó sin efecto)" if s.sin_efecto else verbo
    como = f"{rige}{base}{respaldos}{anota}{atraso}"
    return f"{hecho}: {s.quien}{nombre}, el {imprimir_fecha(s.fecha)}{como}."


def _importada(m: Movimiento, sucesos: Sequence[Suceso]) -> Iterator[str]:
    """Lo que el documento o su papel dicen de una aprobación que el sistema no vio."""
    fuera = afuera(m)
    for verbo, quien in (("Elaboró", fuera.elaboro), ("Revisó", fuera.reviso), ("Aprobó", fuera.aprobo)):
        if quien:
            cuando = f", el {imprimir_fecha(fuera.fecha)}" if fuera.fecha and verbo == "Aprobó" else ""
            yield f"{verbo}: {quien}{cuando}, fuera del sistema, según el documento o su papel."
    s = next((s for s in sucesos if s.n == m.n), None)
    if s is not None:
        con = "con su respaldo" if s.respaldos else "sin respaldo: solo queda la palabra de quien lo trajo"
        yield f"Anotó su llegada: {s.quien}, el {imprimir_fecha(s.fecha)}, {con}."
