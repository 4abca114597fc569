"""El chequeo de forma de un documento: las reglas del catálogo sobre su materia."""

from __future__ import annotations

from collections.abc import Iterable

from sgc_gt.dominio.alertas import Alerta
from sgc_gt.reglas.catalogo import CATALOGO
from sgc_gt.reglas.materia import Materia
from sgc_gt.reglas.regla import Regla


def chequear(materia: Materia, reglas: Iterable[Regla] = CATALOGO) -> list[Alerta]:
    """Las alertas de esas reglas en la materia, en el orden del catálogo."""
    return [alerta for regla in reglas for alerta in regla.alertas(materia)]
