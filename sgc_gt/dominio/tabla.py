"""Una tabla como valor puro: de ella salen la pantalla, el CSV, el Excel, el Word y el JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sgc_gt.dominio.fechas import imprimir_fecha

TEXTO = "texto"
FECHA = "fecha"
NUMERO = "numero"
VERSION = "version"
"""Texto que parece número («02»): aparte, porque una planilla le quitaría el cero."""

Fila = Mapping[str, object]

# Saltos de línea, los que Unicode agrega incluidos: una celda es una sola línea en todos los formatos.
_SALTOS = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# Lo que XML no admite; ni Excel ni Word abren un archivo que lo contenga.
_PROHIBIDOS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Columna(NamedTuple):
    """Una columna: la clave en las filas, el título que la gente lee y el ancho cómodo en caracteres."""

    clave: str
    titulo: str
    clase: str = TEXTO  # texto | fecha | numero | version
    ancho: int = 16


class Tabla(NamedTuple):
    """Filas con sus columnas y lo que un membrete dice de ellas. La primera columna identifica la fila."""

    titulo: str
    subtitulo: str
    columnas: tuple[Columna, ...]
    filas: tuple[Fila, ...]
    corte: date | None = None  # fecha a la que la lista dice la verdad
    notas: tuple[str, ...] = ()


def una_linea(texto: str) -> str:
    """El texto en una línea, sin caracteres de control: apto para una celda de cualquier formato."""
    return _PROHIBIDOS.sub("", _SALTOS.sub(" ", texto)).strip()


def texto_de(valor: object) -> str:
    """El valor de una celda como la gente lo lee: fechas DD-MM-AAAA, listas separadas por comas."""
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    if isinstance(valor, date):
        return imprimir_fecha(valor)
    if isinstance(valor, tuple | list):
        return ", ".join(texto_de(v) for v in valor)
    return una_linea(str(valor))
