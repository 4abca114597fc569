"""Los RUT de personas en un texto: reconocerlos y taparlos. Ninguna alerta muestra uno entero."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stdnum.cl import rut

_CANDIDATO = re.compile(r"(?<![\d.-])(\d{1,2}(?:\.\d{3}){2}|\d{7,8})\s?-\s?([\dkK])(?![\w-])")
_PISTA = re.compile(r"\d{3}\s?-\s?[\dkK]")
_PERSONAS = 50_000_000
"""De aquí hacia arriba los números son de instituciones y empresas, que no son datos personales."""


class Rut(NamedTuple):
    """Un RUT de persona hallado en un texto, y cómo se lo nombra sin mostrarlo."""

    desde: int
    hasta: int
    tapado: str


def hallados(texto: str) -> Iterator[Rut]:
    """Los números con forma de RUT, dígito verificador correcto y rango de persona."""
    if _PISTA.search(texto) is None:
        return
    for h in _CANDIDATO.finditer(texto):
        numero = h[1].replace(".", "")
        if int(numero) < _PERSONAS and rut.is_valid(f"{numero}{h[2]}"):
            yield Rut(h.start(), h.end(), f"…{numero[-2:]}-{h[2]}")


def tapar(texto: str) -> str:
    """El texto con cada RUT de persona reducido a sus últimas cifras."""
    for hallado in reversed(list(hallados(texto))):
        texto = f"{texto[: hallado.desde]}{hallado.tapado}{texto[hallado.hasta :]}"
    return texto
