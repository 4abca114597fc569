"""Regla sobre el control de cambios: dice qué cambió."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sgc_gt.reglas.materia import Materia
from sgc_gt.reglas.regla import Hallazgo, en
from sgc_gt.reglas.textos import clave, corto

_VAGAS = frozenset(
    (
        *("se", "actualizacion", "actualiza", "actualizado", "modificacion", "modificaciones", "cambio"),
        *("cambios", "mejora", "mejoras", "ajuste", "ajustes", "revision", "correccion"),
        *("correcciones", "varios", "varias", "general", "generales", "menor", "menores"),
        *("de", "del", "el", "la", "los", "las", "documento"),
        *("y", "a", "procedimiento", "version", "nueva", "anual", "formato"),
        *("texto", "contenido", "en", "diversos", "otros"),
    )
)
"""Las palabras de un motivo que no dice nada: «actualización general del documento»."""
_DESCRIBE = re.compile(r"descripci|cambio|detalle|motivo|modificaci", re.I)
_GRANDE = 3
"""Con tantas secciones cambiadas, el motivo tiene que decir cuál es el cambio."""


def sin_detalle(m: Materia) -> Iterator[Hallazgo]:
    """Un motivo vago para un cambio grande, en la ficha o en la tabla de cambios escrita a mano."""
    if m.motivo and m.cambiadas is not None and len(m.cambiadas) >= _GRANDE and es_vago(m.motivo):
        yield Hallazgo(
            f"el motivo es «{corto(m.motivo)}» y cambian {len(m.cambiadas)} secciones",
            "control de cambios",
            sugerencia=f"diga qué cambia; por ejemplo, en {'; '.join(corto(c, 40) for c in m.cambiadas[:3])}",
        )
    for r in m.renglones:
        if _DESCRIBE.match(r.columna) and "cambio" in clave(r.titulo) and es_vago(r.texto):
            yield en(r, f"la fila dice solo «{corto(r.texto)}»")


def atrasado(m: Materia) -> Iterator[Hallazgo]:
    """El procedimiento escrito desde las reglas del servicio que ya no dice las de hoy."""
    if not m.reglas_al_dia:
        yield Hallazgo(f"{m.codigo} se escribió antes del último cambio de la configuración", "el documento")


def es_vago(motivo: str) -> bool:
    """Si el texto no dice nada que permita saber qué cambió."""
    return set(clave(motivo).split()) <= _VAGAS
