"""La auditoría como texto y como página: dos vistas del mismo valor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sgc_gt.cli.cuadro import parrafo
from sgc_gt.dominio.auditoria import (
    CON_ALERTAS,
    ESTADOS,
    SIN_EVIDENCIA,
    Auditoria,
    ClausulaAuditada,
    Prueba,
    Respuesta,
)
from sgc_gt.dominio.etiquetas import CLAUSULAS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.normas import SIN_CONFIRMAR
from sgc_gt.dominio.tabla import NUMERO, Columna, Tabla

EN_PANTALLA = 12
"""Cuántas pruebas sin alerta se muestran de una evidencia en la consola; las alertas van todas."""
EN_PAGINA = 60
EN_RESUMEN = 3
"""Cuántas alertas de una cláusula se nombran bajo la tabla."""
ANCHO = 110

COLUMNAS = (
    Columna("clausula", "Cláusula", ancho=14),
    Columna("titulo", "Qué pide", ancho=44),
    Columna("estado", "Estado", ancho=14),
    Columna("pruebas", "Pruebas", NUMERO, 8),
    Columna("alertas", "Alertas", NUMERO, 8),
)


def titulo(a: Auditoria) -> str:
    """El título, con la edición y, si no está confirmada, dicho."""
    reserva = " (sin confirmar)" if a.norma.estado == SIN_CONFIRMAR else ""
    return f"Auditoría según {a.norma.edicion}{reserva}"


def resumen(a: Auditoria) -> str:
    """Cuántas cláusulas hay en cada estado, de peor a mejor."""
    partes = [f"{CLAUSULAS[e].lower()}: {a.cuantas(e)}" for e in ESTADOS if a.cuantas(e)]
    return f"{len(a.clausulas)} cláusulas. " + "; ".join(partes).capitalize() + "."


def tabla(a: Auditoria) -> Tabla:
    """Una fila por cláusula y, abajo, por qué cada una que no está bien no lo está."""
    filas = tuple(
        {
            "clausula": c.clausula.numero,
            "titulo": c.clausula.titulo,
            "estado": CLAUSULAS[c.estado],
            "pruebas": c.pruebas,
            "alertas": c.alertas,
        }
        for c in a.clausulas
    )
    return Tabla(titulo(a), a.servicio, COLUMNAS, filas, a.fecha, tuple(_notas(a)))


def _notas(a: Auditoria) -> Iterator[str]:
    yield resumen(a)
    for estado in (CON_ALERTAS, SIN_EVIDENCIA):
        suyas = [c for c in a.clausulas if c.estado == estado]
        if suyas:
            yield f"\n{CLAUSULAS[estado]}:"
            for razon, iguales in _por_razon(suyas).items():
                yield f"  {', '.join(c.clausula.numero for c in iguales)}: {razon}"
                yield from _primeras_alertas(iguales[0])
    yield f"\nAncla de la historia: {a.ancla}"
    yield "Detalle de una cláusula: sgc-gt auditar --clausula NÚMERO"


def _por_razon(clausulas: Iterable[ClausulaAuditada]) -> dict[str, list[ClausulaAuditada]]:
    """La razón → las cláusulas que la comparten: lo mismo no se dice veinte veces."""
    resultado: dict[str, list[ClausulaAuditada]] = {}
    for c in clausulas:
        resultado.setdefault(c.razon, []).append(c)
    return resultado


def _primeras_alertas(c: ClausulaAuditada) -> Iterator[str]:
    """Con qué documentos empezar; las demás están en el detalle."""
    alertas = [p for r in c.respuestas for p in r.alertas]
    yield from (f"    - {donde(p)}: {p.alerta}" for p in alertas[:EN_RESUMEN])
    if len(alertas) > EN_RESUMEN:
        yield f"    … y {len(alertas) - EN_RESUMEN} más"


def detalle(a: Auditoria, clausulas: Iterable[ClausulaAuditada]) -> str:
    """Cada cláusula con sus evidencias y sus pruebas."""
    cabeza = [titulo(a), a.servicio, f"Fecha de corte: {imprimir_fecha(a.fecha)}"]
    return "\n".join([*cabeza, *(linea for c in clausulas for linea in _clausula(c))])


def _clausula(c: ClausulaAuditada) -> Iterator[str]:
    yield f"\n{c.clausula.numero}  {c.clausula.titulo}: {CLAUSULAS[c.estado].lower()}"
    yield from parrafo(c.clausula.pide, ANCHO, "  ")
    if c.clausula.no_aplica:
        yield from parrafo(c.clausula.no_aplica, ANCHO, "  ")
    for r in c.respuestas:
        yield from _respuesta(r)


def _respuesta(r: Respuesta) -> Iterator[str]:
    yield f"\n  {r.titulo}: {CLAUSULAS[r.estado].lower()}"
    yield from parrafo(r.resumen, ANCHO, "    ")
    mostradas, quedan = a_la_vista(r.pruebas, EN_PANTALLA)
    for p in mostradas:
        alerta = f" ALERTA: {p.alerta}." if p.alerta else ""
        yield from parrafo(f"- {donde(p)}: {p.dice}.{alerta}", ANCHO, "    ", "      ")
    if quedan:
        yield f"    … y {quedan} más; todas: agregue --json"
    yield f"    Se ve con: {r.orden}"


def a_la_vista(pruebas: Sequence[Prueba], tope: int) -> tuple[list[Prueba], int]:
    """Todas las alertas y hasta `tope` de las demás; cuántas quedan sin mostrar."""
    alertas = [p for p in pruebas if p.alerta]
    otras = [p for p in pruebas if not p.alerta]
    return [*alertas, *otras[:tope]], max(len(otras) - tope, 0)


def donde(p: Prueba) -> str:
    """«PR-FOM-03 versión 02, movimiento 10»: con eso se cita y se encuentra."""
    version = f" versión {p.version}" if p.version else ""
    movimiento = f", movimiento {p.movimiento}" if p.movimiento else ""
    return f"{p.documento}{version}{movimiento}"


def pagina(a: Auditoria, enlace: Callable[[str], str], indice: str) -> str:
    """La página `auditoria.html`. `enlace`: la página de un código, si la hay; `indice`: la de entrada."""
    from sgc_gt.paginas.armar import armar  # noqa: PLC0415  (jinja2 solo si se pide la página)

    return armar(
        "auditoria",
        a=a,
        titulo=titulo(a),
        resumen=resumen(a),
        estados=[(e, CLAUSULAS[e], a.cuantas(e)) for e in ESTADOS],
        etiquetas=CLAUSULAS,
        tope=EN_PAGINA,
        a_la_vista=a_la_vista,
        donde=donde,
        primera=primeras(a),
        enlace=enlace,
        indice=indice,
    )


def primeras(a: Auditoria) -> dict[tuple[str, str], int]:
    """Evidencia y resumen → la primera cláusula que la muestra: sus pruebas van una vez en la página."""
    resultado: dict[tuple[str, str], int] = {}
    for numero, c in enumerate(a.clausulas):
        for r in c.respuestas:
            resultado.setdefault((r.evidencia, r.resumen), numero)
    return resultado
