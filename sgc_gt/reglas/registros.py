"""Regla sobre la sección de registros: cada uno dice cómo se controla (ISO 9001:2008 4.2.4; 2015 7.5.3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sgc_gt.dominio.registros import ATRIBUTOS
from sgc_gt.dominio.servicio import Serie
from sgc_gt.reglas.materia import Materia, Renglon, clave, corto
from sgc_gt.reglas.regla import Hallazgo, en

_NOMBRES = {
    "responsable": "responsable",
    "almacenamiento": "almacenamiento",
    "proteccion": "protección",
    "recuperacion": "recuperación",
    "retencion": "tiempo de retención",
    "disposicion": "disposición",
}
_VACIOS = frozenset(("", "—", "-", "–", "no aplica", "n/a", "por definir"))


def sin_atributos(m: Materia) -> Iterator[Hallazgo]:
    """Los registros que no dicen quién, dónde, cuánto tiempo ni qué se hace después con ellos."""
    for fila in _filas(m):
        serie = next(
            (m.servicio.series[t] for r in fila if (t := r.texto.strip()) in m.servicio.series), None
        )
        faltan = [_NOMBRES[a] for a in ATRIBUTOS if not _dicho(fila, a) and not _de_serie(serie, a)]
        if faltan:
            nombre = next((r.texto for r in fila if "registro" in clave(r.columna)), fila[0].texto)
            yield en(fila[0], f"«{corto(nombre, 50)}» no dice: {', '.join(faltan)}")


def _filas(m: Materia) -> Iterator[Sequence[Renglon]]:
    """Cada registro de la sección: una fila de tabla, o una línea de la lista si no hay tabla."""
    renglones = [r for r in m.de_seccion("Registros") if not r.es_titulo]
    filas: dict[str, list[Renglon]] = {}
    for r in renglones:
        if r.columna:
            filas.setdefault(r.lugar.partition(", columna")[0], []).append(r)
    if filas:
        yield from filas.values()
        return
    for r in renglones:
        # Una línea que es una oración entera cuenta algo de los registros; no es uno.
        if len(r.texto.split()) <= 12 and not r.texto.rstrip().endswith((".", ":")):
            yield [r]


def _dicho(fila: Sequence[Renglon], atributo: str) -> bool:
    return any(
        clave(r.columna).startswith(atributo) or atributo in clave(r.columna)
        for r in fila
        if r.texto.strip().lower() not in _VACIOS
    )


def _de_serie(serie: Serie | None, atributo: str) -> bool:
    """Si la serie del catálogo ya lo dice: lo que el procedimiento calla lo completa ella."""
    if serie is None:
        return False
    if atributo == "retencion":
        return serie.retencion_anios is not None
    return bool(getattr(serie, atributo))
