"""Desde qué versión el documento dice cada cosa: para marcarlo al lado, donde se lee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sgc_gt.comparacion.origen import Sucesion
from sgc_gt.consultas.expediente_versiones import Piezas
from sgc_gt.dominio.forma import FormaNormal
from sgc_gt.dominio.situacion import Version
from sgc_gt.errores import Rechazo

Origenes = Mapping[tuple[int, int], str]
"""(bloque, fila o -1) → la versión que lo agregó o le cambió las palabras; lo de la primera no está."""


def previas(versiones: Sequence[Version], v: Version) -> list[Version]:
    """Las que rigieron antes que esa, y ella: lo que se descartó nunca fue lo que el documento dijo."""
    return [*(otra for otra in versiones[: versiones.index(v)] if otra.emision), v]


def origenes(piezas: Piezas, sucesion: Sequence[Version]) -> Origenes:
    """El origen de cada párrafo y fila de la última. Antes de un archivo que no se lee, no se sabe."""
    legibles: list[tuple[Version, FormaNormal]] = []
    for v in sucesion:
        forma = _forma(piezas, v)
        legibles = [*legibles, (v, forma)] if forma is not None else []
    if len(legibles) < 2:
        return {}
    quien = Sucesion([forma for _, forma in legibles])
    desde = {(u.bloque, u.fila): quien.rastro(u).desde for u in quien.unidades}
    return {lugar: legibles[n][0].version for lugar, n in desde.items() if n}


def _forma(piezas: Piezas, v: Version) -> FormaNormal | None:
    try:
        return piezas.de(v).forma
    except Rechazo:  # por qué no se pudo leer ya se dice donde se compara
        return None
