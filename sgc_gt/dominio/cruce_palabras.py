"""Lo que un movimiento anotó de sus compuertas y de su plazo, en oraciones para quien lo lee."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sgc_gt.dominio.compuertas import ADVERTENCIAS, APOYOS, PROPUESTA, SIN_PROPUESTA
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.plazos import leer


def cruce(extra: Mapping[str, Any]) -> Iterator[str]:
    """En qué se apoyó, por qué propuesta o razón se abrió, qué se advirtió y hasta cuándo se responde."""
    if extra.get(APOYOS):
        yield f"se apoya en: {', '.join(map(str, extra[APOYOS]))}"
    elif extra.get(PROPUESTA):
        yield f"por la propuesta {extra[PROPUESTA]}"
    if extra.get(SIN_PROPUESTA):
        yield f"sin propuesta: {extra[SIN_PROPUESTA]}"
    yield from (f"se advirtió: {dicha}" for dicha in extra.get(ADVERTENCIAS, ()))
    plazo = leer(extra)
    if plazo:
        yield (
            f"se responde hasta el {imprimir_fecha(plazo.vence)}, {plazo.habiles} días hábiles desde el "
            f"{imprimir_fecha(plazo.recibido)}"
        )
