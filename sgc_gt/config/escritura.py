"""Escribir un archivo que una persona va a leer y corregir: parte tras parte, cada una con su comentario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import yaml

ANCHO = 110
"""Lo que cabe en una línea se escribe en una línea."""


class Parte(NamedTuple):
    """Una clave del archivo y lo que conviene saber de ella."""

    clave: str
    valor: Any
    nota: str = ""


def escribir(encabezado: str, partes: Iterable[Parte]) -> bytes:
    """El archivo; `lectura.leer_yaml` devuelve los mismos valores."""
    trozos = [_comentario(encabezado)]
    for parte in partes:
        cuerpo = "".join(f"{linea}\n" for linea in _entrada(parte.clave, parte.valor, 0))
        trozos.append(_comentario(parte.nota) + cuerpo)
    return "\n".join(trozos).encode("utf-8")


def _comentario(texto: str) -> str:
    return "".join(f"# {linea}\n" for linea in texto.splitlines())


def _en_linea(valor: Any) -> str:
    """El valor escrito en una sola línea."""
    texto = yaml.safe_dump(
        valor, default_flow_style=True, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return texto.removesuffix("\n").removesuffix("\n...")


def _entrada(clave: str, valor: Any, sangria: int) -> Iterator[str]:
    """`clave: valor`, en una línea si cabe; si no, sus partes debajo."""
    yield from _repartir(f"{' ' * sangria}{_en_linea(clave)}:", valor, sangria + 2)


def _repartir(cabeza: str, valor: Any, sangria: int) -> Iterator[str]:
    linea = f"{cabeza} {_en_linea(valor)}"
    if not valor or not isinstance(valor, (dict, list)) or len(linea) <= ANCHO:
        yield linea
        return
    yield cabeza
    if isinstance(valor, dict):
        for clave, parte in valor.items():
            yield from _entrada(clave, parte, sangria)
        return
    for parte in valor:
        yield from _elemento(parte, sangria)


def _elemento(valor: Any, sangria: int) -> Iterator[str]:
    """`- valor`; un grupo que no cabe va con su primera clave junto al guion."""
    margen = " " * sangria
    linea = f"{margen}- {_en_linea(valor)}"
    if not valor or not isinstance(valor, dict) or len(linea) <= ANCHO:
        yield linea
        return
    marca = f"{margen}- "
    for clave, parte in valor.items():
        yield from _repartir(f"{marca}{_en_linea(clave)}:", parte, sangria + 4)
        marca = f"{margen}  "
