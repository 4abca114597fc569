"""Las versiones como la gente las escribe: «02», «V.2», «Versión 2.1», «Rev. N.º 13», «00», «A»."""

from __future__ import annotations

import re

_NUMERO = r"\d{1,3}(?:\.\d{1,2}){0,2}"
_ANTES = r"(?:versi[oó]n|vers|ver|v|revisi[oó]n|rev|r|edici[oó]n|ed)"
_ORDINAL = r"(?:n[.\s]*[°ºo]?[.\s]*|n[uú]mero\s+|#\s*)?"
_SOLA = re.compile(rf"(?:{_ANTES}\b\s*[.:]*\s*|{_ANTES}(?=\d))?\s*{_ORDINAL}(?P<v>{_NUMERO}|[A-Z])\.?", re.I)
EN_NOMBRE = re.compile(
    rf"(?<![^\W_])(?:versi[oó]n|vers|ver|v|revisi[oó]n|rev|edici[oó]n|ed)[.\s_-]*{_ORDINAL}(?P<v>{_NUMERO})(?!\d)"
    rf"|(?<![^\W_])(?:versi[oó]n|ver|rev|revisi[oó]n)[.\s_-]+(?P<letra>[A-Z])(?![^\W_])",
    re.I,
)
"""Una versión dentro del nombre de un archivo: ahí siempre lleva su palabra delante."""


def leer_version(texto: str) -> str:
    """La versión que un texto es, entero, como está escrita («02», «2.1», «A»); «» si no lo es."""
    m = _SOLA.fullmatch(" ".join(texto.split()))
    return m["v"].upper() if m else ""


def version_en_nombre(texto: str) -> tuple[str, str]:
    """La versión que dice el nombre de un archivo y el nombre sin ella; la última si dice varias."""
    halladas = list(EN_NOMBRE.finditer(texto))
    if not halladas:
        return "", texto
    m = halladas[-1]
    return (m["v"] or m["letra"]).upper(), f"{texto[: m.start()]} {texto[m.end() :]}"


def clave_version(version: str) -> tuple[int, ...]:
    """Para ordenar y comparar: «2», «02» y «02.0» son la misma; las letras van antes que los números."""
    if version.isalpha():
        return (-1, ord(version[0].upper()))
    numeros = [int(n) for n in re.findall(r"\d+", version)]
    while len(numeros) > 1 and numeros[-1] == 0:
        numeros.pop()
    return tuple(numeros)


def misma_version(una: str, otra: str) -> bool:
    """Si dos versiones escritas distinto son la misma."""
    return clave_version(una) == clave_version(otra)
