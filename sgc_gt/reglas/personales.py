"""Regla sobre datos personales: un RUT de persona no se publica en un documento controlado (Ley 19.628)."""

from __future__ import annotations

from collections.abc import Iterator

from sgc_gt.reglas.materia import Materia
from sgc_gt.reglas.regla import Hallazgo, en
from sgc_gt.reglas.rut import hallados


def rut_de_persona(m: Materia) -> Iterator[Hallazgo]:
    """Cada RUT de persona en el texto o en una celda."""
    for r in m.renglones:
        for hallado in hallados(r.texto):
            yield en(r, f"un RUT que termina en «{hallado.tapado}»")
