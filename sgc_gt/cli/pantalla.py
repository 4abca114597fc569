"""Cómo se ve un resultado: tablas y oraciones en una consola o para otro programa, y JSON.

En una consola nada pasa de su ancho y ninguna palabra se corta; redirigido, todo va entero.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from typing import Any, TextIO

from sgc_gt.cli.cuadro import plegar, texto
from sgc_gt.dominio.tabla import Tabla

_ORDEN = re.compile(r"\b(?:sgc-gt|git) [^;,()»\n]*[^;,()»\s]")
"""Una orden que la persona copia: no se parte."""
_UNIDO = "\x1f"
_COLOR = "\x1b"  # una línea coloreada ya viene a su ancho

# Lo que una consola antigua (cp1252, cp850) no sabe escribir y tiene un equivalente decente.
_EQUIVALENTES = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "…": "...",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "→": "->",
        "≤": "<=",
        "≥": ">=",
        "·": "-",
        "─": "-",
    }
)


def mostrar(tabla: Tabla, archivo: TextIO, ancho: int) -> None:
    """Escribe la tabla en una consola de ese ancho; si no es una consola, completa."""
    escribir(texto(tabla, ancho if archivo.isatty() else None), archivo)


def decir(contenido: str, archivo: TextIO) -> None:
    """Escribe oraciones: en una consola, partidas por palabras a su ancho; una orden para copiar va junta."""
    if archivo.isatty():
        contenido = a_lo_ancho(contenido, shutil.get_terminal_size().columns)
    escribir(contenido, archivo)


def a_lo_ancho(contenido: str, ancho: int) -> str:
    """El mismo texto, con cada línea larga seguida abajo y con sangría."""
    unido = _ORDEN.sub(lambda m: m[0].replace(" ", _UNIDO), contenido)
    lineas = [
        t for linea in unido.split("\n") for t in ([linea] if _COLOR in linea else plegar(linea, ancho))
    ]
    return "\n".join(lineas).replace(_UNIDO, " ")


def escribir(contenido: str, archivo: TextIO) -> None:
    """Escribe aunque la consola no conozca algún carácter: pone su equivalente o un «?»."""
    codificacion = getattr(archivo, "encoding", None) or "utf-8"
    try:
        contenido.encode(codificacion)
    except UnicodeEncodeError:
        legible = contenido.translate(_EQUIVALENTES)
        contenido = legible.encode(codificacion, "replace").decode(codificacion)
    archivo.write(contenido)


def a_json_en_linea(valor: object) -> str:
    """El valor como un JSON de una línea, para lo que se cuenta mientras ocurre."""
    return json.dumps(_simple(valor), ensure_ascii=False)


def a_json(valor: object) -> str:
    """El valor como un solo JSON: fechas AAAA-MM-DD, tuplas con nombre como objetos, tildes a la vista."""
    return json.dumps(_simple(valor), ensure_ascii=False, indent=2)


def mostrar_json(valor: object, archivo: TextIO) -> None:
    """Escribe el JSON; si la salida no conoce algún carácter, va escapado: nunca se pierde un dato."""
    contenido = a_json(valor)
    try:
        contenido.encode(getattr(archivo, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        contenido = json.dumps(json.loads(contenido), ensure_ascii=True, indent=2)
    archivo.write(contenido + "\n")


def _simple(valor: Any) -> Any:
    if isinstance(valor, date):
        return valor.isoformat()
    if hasattr(valor, "_asdict"):
        return _simple(valor._asdict())
    if isinstance(valor, Mapping):
        return {str(clave): _simple(v) for clave, v in valor.items()}
    if isinstance(valor, set | frozenset):
        return sorted(_simple(v) for v in valor)
    if isinstance(valor, tuple | list):
        return [_simple(v) for v in valor]
    if valor is None or isinstance(valor, str | int | float):
        return valor
    return str(valor)
