"""Un texto simple que tuvo páginas: sus líneas sin encabezados ni pies, y sus notas aparte.

Lo que se descarta por repetirse en cada página se devuelve: nada se pierde en silencio.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from sgc_gt.dominio.forma import nfc
from sgc_gt.dominio.textos import una_linea

_NUMERO_FINAL = re.compile(r"(?<!\d)(?P<n>\d{1,4})(?:\s*(?:de|/)\s*\d{1,4})?\s*[-–]?$")
_ANTES_DE_NUMERO = re.compile(r"(?:\s{8,}|\b[Pp][aá]g(?:ina)?\.?\s*)$")
_COLA = 24
"""Lo que se mira del final de una línea: un número de página no es más largo."""
_FILETE = re.compile(r"^ {30,}$|^\s*_{10,}\s*$")
_NOTA = re.compile(r"^(\d{1,2}) +(\S.*)")
_CONTINUACION = re.compile(r"\(continuaci[oó]n\)\s*$", re.I)
_INCISO = re.compile(r"(?:^|\s)[-–—][^\W\d_][^–—]*-$")
MINIMO_DE_PAGINAS = 2


class Renglon(NamedTuple):
    """Una línea con texto y lo que la rodeaba."""

    texto: str
    sangria: int = 0
    """Espacios delante: uno marca el comienzo de una página o una viñeta cuyo signo se perdió."""
    blanco_antes: bool = False


class Nota(NamedTuple):
    """Una nota al pie, con el número con que el texto la llama."""

    numero: int
    texto: str
    lugar: int = 0
    """Cuántos renglones la preceden: su llamada es la última antes de ella."""


class Paginas(NamedTuple):
    """El texto ya sin páginas."""

    renglones: tuple[Renglon, ...]
    notas: tuple[Nota, ...]
    descartado: tuple[str, ...]
    """Cada línea que se dejó fuera por ser de la página y no del documento, tal como estaba."""


def texto_de_bytes(contenido: bytes) -> str:
    """El texto de un archivo: UTF-8 o, si no lo es, la codificación de Windows en español."""
    for codificacion in ("utf-8-sig", "cp1252"):
        try:
            return contenido.decode(codificacion)
        except UnicodeDecodeError:
            continue
    return contenido.decode("latin-1")


def sin_paginas(texto: str) -> Paginas:
    """Las líneas de un texto, sus notas al pie y lo que se descartó por ser de la página."""
    lineas = nfc(texto).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n ").split("\n")
    lineas = [linea.expandtabs(4).replace("\xa0", " ") for linea in lineas]
    fuera = _de_pagina(lineas)
    renglones: list[Renglon] = []
    notas: list[Nota] = []
    en_notas, blanco = False, False
    for n, linea in enumerate(lineas):
        if n in fuera:
            continue
        if not linea.strip():
            en_notas = en_notas or (_FILETE.match(linea) is not None and _sigue_nota(lineas, n, len(notas)))
            blanco = True
            continue
        sangria = len(linea) - len(linea.lstrip())
        if en_notas and not sangria:
            _anotar(notas, linea, len(renglones))
            continue
        en_notas = False
        renglones.append(Renglon(linea.strip(), sangria, blanco))
        blanco = False
    return Paginas(tuple(renglones), tuple(notas), tuple(lineas[n].strip() for n in sorted(fuera)))


def _sigue_nota(lineas: Sequence[str], n: int, cuantas: int) -> bool:
    siguiente = next((linea for linea in lineas[n + 1 :] if linea.strip()), "")
    m = _NOTA.match(siguiente)
    return m is not None and int(m[1]) == cuantas + 1


def _anotar(notas: list[Nota], linea: str, lugar: int) -> None:
    """Una línea de notas: comienza la que sigue o continúa la última."""
    m = _NOTA.match(linea)
    if m and int(m[1]) == len(notas) + 1:
        notas.append(Nota(int(m[1]), una_linea(m[2]), lugar))
    elif notas:
        notas[-1] = notas[-1]._replace(texto=juntar([notas[-1].texto, linea]))


def _de_pagina(lineas: Sequence[str]) -> set[int]:
    """Las líneas de la página: numeradas y repetidas, las que las acompañan y las «(continuación)»."""
    grupos: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, linea in enumerate(lineas):
        if numerada := _numero_de_pagina(linea):
            grupos[numerada[0]].append((n, numerada[1]))
    fuera: set[int] = set()
    for lugares in grupos.values():
        crecen = all(a[1] < b[1] for a, b in pairwise(lugares))
        if len(lugares) >= MINIMO_DE_PAGINAS and crecen:
            indices = [n for n, _ in lugares]
            fuera |= {*indices, *_acompanantes(lineas, indices, -1), *_acompanantes(lineas, indices, 1)}
    vistas = {una_linea(linea).casefold() for linea in lineas}
    for n, linea in enumerate(lineas):
        if _CONTINUACION.search(linea) and una_linea(_CONTINUACION.sub("", linea)).casefold() in vistas:
            fuera.add(n)
    return fuera


def _numero_de_pagina(linea: str) -> tuple[str, int] | None:
    """Lo que una línea dice antes de su número de página, y ese número («Versión 02        6»)."""
    entera = linea.strip()
    cola = entera[-_COLA:]
    m = _NUMERO_FINAL.search(cola)
    if m is None:
        return None
    antes = entera[: len(entera) - len(cola) + m.start()]
    rotulo = _ANTES_DE_NUMERO.search(antes[-_COLA:])
    if rotulo is None and antes.strip(" -–"):
        return None
    return una_linea(antes.removesuffix(rotulo[0]) if rotulo else ""), int(m["n"])


def _acompanantes(lineas: Sequence[str], indices: Iterable[int], paso: int) -> list[int]:
    """Las líneas vecinas a un lado, si dicen lo mismo en todas las páginas."""
    vecinas = [n + paso for n in indices if 0 <= n + paso < len(lineas) and lineas[n + paso].strip()]
    iguales = len({una_linea(lineas[n]) for n in vecinas}) == 1
    return vecinas if iguales and len(vecinas) == len(list(indices)) else []


def juntar(lineas: Iterable[str]) -> str:
    """Las líneas de un párrafo en una: un guion de corte une las dos mitades de la palabra.

    No es de corte el que cierra un inciso abierto con raya: «productos –bienes y servicios-» / «más cerca».
    """
    texto = ""
    for linea in map(una_linea, lineas):
        partida = re.search(r"[^\W\d_]-$", texto) and linea[:1].islower() and not _INCISO.search(texto)
        texto = texto[:-1] + linea if partida else f"{texto} {linea}".strip()
    return texto
