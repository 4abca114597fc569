"""Los textos de un documento, uno por párrafo: lo que se cuenta cuando importa si algo se perdió."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sgc_gt.dominio.forma import CUADRO, TABLA, ZONA, Bloque


def textos(bloques: Iterable[Bloque]) -> Counter[str]:
    """Los textos con las veces que aparecen; el párrafo de una celda o de un cuadro cuenta como propio."""
    return Counter(texto for texto in _hojas(bloques) if texto.strip())


def _hojas(bloques: Iterable[Bloque]) -> Iterator[str]:
    for bloque in bloques:
        if bloque.clase == TABLA:
            for fila in bloque.filas:
                for celda in fila:
                    yield from _hojas(celda)
        elif bloque.clase == CUADRO:
            yield from _hojas(bloque.bloques)
        elif bloque.clase != ZONA:
            yield bloque.texto
