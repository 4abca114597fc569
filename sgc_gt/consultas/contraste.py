"""Un ancla que alguien guardó fuera, contra la historia de hoy."""

from __future__ import annotations

from collections.abc import Sequence

from sgc_gt.consultas.cierre import Hallazgo
from sgc_gt.dominio.ancla import LARGO, Ancla, ancla, escribir
from sgc_gt.dominio.parecido import diferencia


def contrastar(dada: Ancla, cadena: Sequence[str]) -> Hallazgo | None:
    """Lo que un ancla de fuera desmiente de esta historia; None si calza."""
    lugar = f"ancla {escribir(dada)}"
    if dada.numero > len(cadena):
        faltan = dada.numero - len(cadena)
        cuenta = "falta un movimiento" if faltan == 1 else f"faltan {faltan} movimientos"
        return Hallazgo(
            "ancla",
            lugar,
            f"la historia termina en el movimiento {len(cadena)}: {cuenta} del final, o es otra historia",
        )
    hay = cadena[dada.numero - 1]
    if dada.es(hay):
        return None
    poco = diferencia(dada.prefijo, hay[: len(dada.prefijo)])
    return Hallazgo("ancla", lugar, _casi(dada, hay, poco) if poco else _otra(dada, hay))


def _casi(dada: Ancla, hay: str, poco: str) -> str:
    """Un dígito mal copiado es lo más probable; que la historia sea otra no deja de decirse."""
    buena = escribir(ancla(dada.numero, hay))
    return (
        f"difiere {poco} de la que corresponde al movimiento {dada.numero}, {buena}: "
        "revise la copia; si lo impreso dice eso de verdad, la historia se rehízo"
    )


def _otra(dada: Ancla, hay: str) -> str:
    rehecha = "la historia se rehízo en ese movimiento o antes, o es otra"
    return f"aquí el movimiento {dada.numero} es {hay[:LARGO]}: {rehecha}"
