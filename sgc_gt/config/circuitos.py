"""Los circuitos: los que vienen puestos y lo que uno escrito debe cumplir para poder recorrerse.

Fuente: tabla de `dominio.actos`; que quien escribió no revise ni apruebe es regla propia (dominio §2.4, 2).
Los pasos de aprobar no dicen su respaldo: así vale el de cada tipo.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sgc_gt.config.lugares import Ruta
from sgc_gt.dominio.servicio import PasoCircuito

_REVISAR = PasoCircuito("revisar", "revisa", distinto_de=("elabora",))
_APROBAR = PasoCircuito("aprobar", "aprueba", distinto_de=("elabora", "revisar"))
_EMITIR = PasoCircuito("emitir", "control_documental")

POR_OMISION: dict[str, tuple[PasoCircuito, ...]] = {
    "normal": (_REVISAR, _APROBAR, _EMITIR),
    "con_visacion": (
        _REVISAR,
        _APROBAR,
        PasoCircuito("remitir", "control_documental"),
        PasoCircuito("visar", "control_documental"),
        _EMITIR,
    ),
    "menor": (PasoCircuito("aprobar", "responsable", distinto_de=("elabora",)), _EMITIR),
    "registro": (PasoCircuito("aprobar", "aprueba", distinto_de=("elabora",)), _EMITIR),
}

_ORDEN = {"revisar": 0, "aprobar": 1, "remitir": 2, "visar": 2, "emitir": 3}


def tropiezos(pasos: list[Any]) -> Iterator[tuple[Ruta, str]]:
    """Por qué un circuito escrito no se puede recorrer: dónde y la explicación."""
    actos = [str(paso.get("acto")) for paso in pasos if isinstance(paso, dict)]
    if not all(acto in _ORDEN for acto in actos):
        return  # un acto desconocido ya se dijo; el orden se juzga cuando se entienden todos
    if "aprobar" not in actos:
        yield (), "falta el paso «aprobar»"
    if actos.count("emitir") != 1 or actos[-1] != "emitir":
        yield (), "el último paso debe ser «emitir», una sola vez"
    for i, acto in enumerate(actos):
        posterior = next((previo for previo in actos[:i] if _ORDEN[previo] > _ORDEN[acto]), None)
        if posterior and posterior != "emitir":
            yield (i, "acto"), f"«{acto}» va antes de «{posterior}»"
        if acto == "visar" and actos[:i].count("remitir") <= actos[:i].count("visar"):
            yield (i, "acto"), "«visar» necesita antes su «remitir»"
        for j, otro in enumerate(_lista(pasos[i].get("distinto_de"))):
            if str(otro) in _ORDEN and otro not in actos[:i]:
                yield (i, "distinto_de", j), f"«{otro}» no es un paso anterior de este circuito"


def _lista(valor: Any) -> list[Any]:
    return valor if isinstance(valor, list) else []
