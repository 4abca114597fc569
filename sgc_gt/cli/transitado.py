"""La transición de una edición a otra, como tabla y como página."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sgc_gt.consultas.transicion import Cita, FilaTransicion, Transicion, por_corregir
from sgc_gt.dominio.etiquetas import CLAUSULAS
from sgc_gt.dominio.tabla import Columna, Tabla
from sgc_gt.dominio.textos import cita


def titulo(t: Transicion) -> str:
    """De qué edición a cuál."""
    return f"Transición de {t.camino.de.edicion} a {t.camino.a.edicion}"


def tabla(t: Transicion) -> Tabla:
    """Una fila por cláusula de la edición de partida; abajo, las brechas y la edición misma."""
    columnas = (
        Columna("clausula", t.camino.de.edicion, ancho=16),
        Columna("sigue", t.camino.a.edicion, ancho=18),
        Columna("cambia", "Qué cambió la más nueva", ancho=44),
        Columna("documentos", "Documentos que la citan", ancho=22),
        Columna("responsable", "Responde", ancho=22),
        Columna("hoy", "Evidencia de hoy", ancho=20),
    )
    filas = tuple(
        {
            "clausula": f.paso.clausula.numero,
            "sigue": ", ".join(c.clausula.numero for c in f.sigue) or "no sigue",
            "cambia": " ".join(filter(None, (f.paso.cambia, desaparece(f)))),
            "documentos": ", ".join(documentos(f.citas)),
            "responsable": ", ".join(dict.fromkeys(c.responsable for c in f.citas)),
            "hoy": ", ".join(dict.fromkeys(CLAUSULAS[c.estado].lower() for c in f.sigue)),
        }
        for f in t.filas
    )
    return Tabla(titulo(t), t.servicio, columnas, filas, t.fecha, tuple(_notas(t)))


def desaparece(f: FilaTransicion) -> str:
    """Lo que ya no se exige, en una oración; vacío si nada."""
    return f"Ya no se exige: {f.paso.desaparece}" if f.paso.desaparece else ""


def documentos(citas: Iterable[Cita]) -> list[str]:
    """«PR-SGC-01 (10.2, 13)»: cada documento con las secciones donde cita."""
    secciones: dict[str, dict[str, None]] = {}
    for c in citas:
        secciones.setdefault(c.documento, {}).update({c.seccion: None} if c.seccion else {})
    return [f"{codigo} ({', '.join(s)})" if s else codigo for codigo, s in secciones.items()]


def _notas(t: Transicion) -> Iterator[str]:
    yield f"Documentos vigentes que citan {t.camino.de.edicion}, por responsable:"
    yield from (
        [
            f"  {d.responsable}: {d.documento} versión {d.version}, secciones {', '.join(d.secciones) or '—'}"
            for d in por_corregir(t)
        ]
        or ["  ninguno"]
    )
    if t.brechas:
        yield f"\nLo que {t.camino.a.edicion} pide y {t.camino.de.edicion} no:"
        yield from (
            f"  {b.hoy.clausula.numero}  {b.falta} Hoy: {CLAUSULAS[b.hoy.estado].lower()}." for b in t.brechas
        )
    yield "\nLa norma en la lista de documentos externos:"
    yield from ([f"  {e.id}  {e.titulo}, {e.version}: {hacer}" for e, hacer in t.externos] or ["  no está"])


def pagina(t: Transicion) -> str:
    """La página `transicion.html`, entera."""
    from sgc_gt.paginas.armar import armar  # noqa: PLC0415  (jinja2 solo si se pide la página)

    return armar(
        "transicion",
        t=t,
        titulo=titulo(t),
        etiquetas=CLAUSULAS,
        cita=cita,
        desaparece=desaparece,
        por_corregir=por_corregir(t),
    )
