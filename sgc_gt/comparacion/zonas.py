"""Las zonas de control de dos documentos: lo que el sistema escribió distinto en cada uno."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sgc_gt.comparacion.alineacion import alinear, numerar
from sgc_gt.comparacion.valores import AGREGADO, SUPRIMIDO, CambioZona, Trozo


class TextoZona(NamedTuple):
    """Lo que dice una zona: su texto o, si es una tabla, sus filas."""

    texto: str
    filas: tuple[tuple[str, ...], ...] = ()


def comparar_zonas(
    antes: Mapping[str, TextoZona], despues: Mapping[str, TextoZona], nombres: Mapping[str, str]
) -> tuple[CambioZona, ...]:
    """Las zonas que dicen otra cosa, en el orden de `nombres`; una que falta dice «»."""
    resultado = []
    for zona, nombre in nombres.items():
        a, d = (_limpia(lado.get(zona, TextoZona(""))) for lado in (antes, despues))
        if a != d:
            filas = tuple(_filas(a.filas, d.filas)) if a.filas or d.filas else ()
            resultado.append(CambioZona(zona, nombre, a.texto, d.texto, filas))
    return tuple(resultado)


def _limpia(zona: TextoZona) -> TextoZona:
    """Sin los espacios que cada programa pone a su modo, ni las filas que esperan vacías."""
    filas = (tuple(" ".join(celda.split()) for celda in fila) for fila in zona.filas)
    return TextoZona(" ".join(zona.texto.split()), tuple(f for f in filas if any(c.strip("—- ") for c in f)))


def _filas(antes: Sequence[tuple[str, ...]], despues: Sequence[tuple[str, ...]]) -> list[Trozo]:
    pares = alinear(*numerar(antes, despues), lambda _i, _j: 0.0)
    return [
        Trozo(p.tipo, " | ".join(antes[p.antes] if p.tipo == SUPRIMIDO else despues[p.despues]))
        for p in pares
        if p.tipo in (AGREGADO, SUPRIMIDO)
    ]
