"""Lo que las zonas de control deben decir."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class ValoresSello(NamedTuple):
    """Los valores con que se sella un documento. Una zona sin valor queda vacía."""

    textos: Mapping[str, str]
    """Zona → texto; también lo que solo va a las propiedades: `base`, `tipo`, `generador`."""
    tablas: Mapping[str, Sequence[Sequence[str]]]
    """`firmas` y `cambios` → filas, sin la de encabezados."""
    marca: str | None
    """El texto de la marca de agua, o None."""
