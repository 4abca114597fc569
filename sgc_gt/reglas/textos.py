"""Comparar y mostrar textos: la misma clave para todas las reglas."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sgc_gt.dominio.textos import recortado


@lru_cache(maxsize=8192)
def clave(texto: str) -> str:
    """El texto para compararlo: sin tildes, mayúsculas, puntuación ni espacios de más."""
    llano = unicodedata.normalize("NFD", texto.casefold())
    sin_tildes = "".join(c for c in llano if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9ñ]+", sin_tildes))


def corto(texto: str, largo: int = 70) -> str:
    """El texto en una línea, cortado en una palabra."""
    return recortado(texto, largo)
