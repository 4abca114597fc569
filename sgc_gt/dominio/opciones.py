"""Cómo lee una persona las opciones que un esquema nombra con una palabra sin tildes («en_negociacion»)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sgc_gt.dominio.textos import comparable, mayuscula

_CON_TILDE = {
    "analisis": "análisis",
    "caracteristicas": "características",
    "catalogo": "catálogo",
    "codigo": "código",
    "diagnostico": "diagnóstico",
    "dificil": "difícil",
    "economico": "económico",
    "electronico": "electrónico",
    "ejecucion": "ejecución",
    "estrategico": "estratégico",
    "indice": "índice",
    "pagina": "página",
    "publico": "público",
    "region": "región",
    "tecnica": "técnica",
    "tecnico": "técnico",
    "ultimo": "último",
    "unico": "único",
    "util": "útil",
}
_PALABRA = re.compile(r"[a-z]+(?:_[a-z0-9]+)*")


def nombre_opcion(valor: str) -> str:
    """«En negociación» de `en_negociacion`; una sigla o una frase ya escrita quedan como están."""
    if not _PALABRA.fullmatch(valor) or len(valor) <= 2:
        return valor
    palabras = [_CON_TILDE.get(p, re.sub(r"([cst])ion$", r"\1ión", p)) for p in valor.split("_")]
    return mayuscula(" ".join(palabras))


def leer_opcion(texto: str, opciones: Iterable[str]) -> str:
    """La opción que la persona escribió, con su nombre o con su palabra; «» si no es ninguna."""
    dicho = comparable(texto.replace("_", " "))
    return next((o for o in opciones if comparable(nombre_opcion(o).replace("_", " ")) == dicho), "")
