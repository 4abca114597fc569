"""Los textos que una persona escribe: en una forma única al entrar, y sin lo que ningún documento admite.

Un título termina en el encabezado de un Word, en una celda de Excel y en una lista; un motivo, en la tabla
de control de cambios. Por eso se guardan en NFC y en una línea, y se rechaza lo que XML no puede llevar o
lo que haría leer una cosa donde está escrita otra.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

LARGO_TITULO = 300
LARGO_TEXTO = 2000
"""Un motivo o una ubicación: va en listas, en la historia y en zonas del documento."""
"""Un título más largo no cabe en el encabezado ni en una lista; el más largo conocido tiene 152."""

_CAMBIAN_EL_SENTIDO = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Órdenes de escribir de derecha a izquierda: «fdp.odamrif» se vería «firmado.pdf»."""


def una_linea(texto: str) -> str:
    """El texto en NFC y en una sola línea: los saltos y los espacios repetidos son un espacio."""
    return unicodedata.normalize("NFC", " ".join(texto.split()))


def mayuscula(oracion: str) -> str:
    """La oración, para empezar con ella: solo cambia la primera letra."""
    return oracion[:1].upper() + oracion[1:]


def enumerar(partes: Iterable[str], union: str = "y") -> str:
    """«a, b y c», con «e» o «u» donde el oído lo pide; vacío si no hay ninguna."""
    lista = list(partes)
    if len(lista) < 2:
        return "".join(lista)
    ultima = comparable(lista[-1])
    if union == "y" and ultima.startswith(("i", "hi")) and not ultima.startswith(("hie", "hia")):
        union = "e"
    if union == "o" and ultima.startswith(("o", "ho")):
        union = "u"
    return f"{', '.join(lista[:-1])} {union} {lista[-1]}"


def comparable(texto: str) -> str:
    """El texto sin tildes, mayúsculas ni espacios de más: así escriben lo mismo dos personas."""
    sin_tildes = unicodedata.normalize("NFD", texto)
    return " ".join("".join(c for c in sin_tildes if not unicodedata.combining(c)).casefold().split())


def cita(texto: str, largo: int = 70) -> str:
    """El texto entre comillas, en una línea y cortado en una palabra: lo que se muestra de un documento."""
    # Solo se limpia el comienzo: de una tabla de veinte páginas se citan setenta caracteres.
    limpio = una_linea("".join(c for c in texto[: 4 * largo] if not _prohibido(c)))
    if len(limpio) > largo:
        limpio = limpio[:largo].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
    return f"«{limpio}»"


def parrafos(texto: str) -> str:
    """El texto en NFC con sus párrafos: cada línea limpia, a lo más una en blanco entre dos."""
    lineas: list[str] = []
    for linea in map(una_linea, texto.splitlines()):
        if linea or (lineas and lineas[-1]):
            lineas.append(linea)
    return "\n".join(lineas).strip("\n")


def dice_algo(texto: str) -> bool:
    """Si el texto tiene al menos una letra o un número."""
    return any(c.isalnum() for c in texto)


def prohibidos(texto: str) -> str:
    """Los caracteres que no se pueden guardar, como `U+0007`; cadena vacía si no hay."""
    malos = dict.fromkeys(c for c in texto if _prohibido(c))
    return ", ".join(f"U+{ord(c):04X}" for c in malos)


def admisible(texto: str) -> str:
    """El texto sin lo que no se puede guardar: para lo que viene dentro de un archivo, no de una orden."""
    return "".join(c for c in texto if not _prohibido(c))


def _prohibido(c: str) -> bool:
    if c in "\n\t":
        return False
    return unicodedata.category(c) in ("Cc", "Cs") or c in _CAMBIAN_EL_SENTIDO or ord(c) & 0xFFFE == 0xFFFE


def limpiar(valor: Any) -> Any:
    """El valor con cada uno de sus textos en una línea; lo que no es texto queda igual."""
    if isinstance(valor, str):
        return una_linea(valor)
    if isinstance(valor, Mapping):
        return {clave: limpiar(v) for clave, v in valor.items()}
    if isinstance(valor, list | tuple):
        return [limpiar(v) for v in valor]
    return valor


def textos_en(valor: Any) -> Iterator[str]:
    """Todos los textos que hay dentro del valor, claves incluidas."""
    if isinstance(valor, str):
        yield valor
    elif isinstance(valor, Mapping):
        for clave, v in valor.items():
            yield str(clave)
            yield from textos_en(v)
    elif isinstance(valor, list | tuple):
        for v in valor:
            yield from textos_en(v)


def recortado(texto: str, largo: int) -> str:
    """El comienzo del texto en una línea, cortado entre palabras."""
    llano = " ".join(texto.split())
    return llano if len(llano) <= largo else llano[:largo].rsplit(" ", 1)[0] + "…"
