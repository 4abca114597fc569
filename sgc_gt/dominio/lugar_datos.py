"""El lugar de un dato con las palabras del formulario: la tabla, la fila y la columna."""

from __future__ import annotations

from collections.abc import Sequence

from sgc_gt.dominio.textos import enumerar

Palabras = tuple[str | int, ...]
"""El camino hasta un dato: el título de cada parte y, dentro de una lista, el número de la fila."""

_SEGUIDAS = 3
"""Desde cuántas filas seguidas se dicen por la primera y la última."""


def en_palabras(palabras: Palabras, linea: int = 0) -> str:
    """«Mediciones, fila 1, Nombre (línea 5 de los datos)»."""
    return _con_linea(_unidas(palabras), linea)


def columna(palabras: Palabras) -> tuple[Palabras, Palabras]:
    """Lo que va antes y después de su última fila: dos datos de la misma columna comparten los dos."""
    n = next((i for i in reversed(range(len(palabras))) if isinstance(palabras[i], int)), len(palabras))
    return palabras[:n], palabras[n + 1 :]


def de_la_columna(juntas: Sequence[Palabras], linea: int = 0) -> str:
    """«Objetivo en cada región, filas 1 a 16, Énfasis»: varios datos de una misma columna."""
    antes, despues = columna(juntas[0])
    filas = sorted({p for palabras in juntas if isinstance(p := palabras[len(antes)], int)})
    dicho = _unidas((*antes, f"filas {enumerar_filas(filas)}", *despues))
    return _con_linea(dicho, linea, "desde la línea")


def enumerar_filas(filas: Sequence[int]) -> str:
    """«1 a 4, 7 y 9»: los números en orden, con los seguidos por sus extremos."""
    tramos: list[list[int]] = []
    for n in filas:
        if tramos and n == tramos[-1][-1] + 1:
            tramos[-1].append(n)
        else:
            tramos.append([n])
    dichos = [
        d for t in tramos for d in ([f"{t[0]} a {t[-1]}"] if len(t) >= _SEGUIDAS else [str(n) for n in t])
    ]
    return enumerar(dichos)


def _unidas(palabras: Palabras) -> str:
    return ", ".join(f"fila {p}" if isinstance(p, int) else p for p in palabras)


def _con_linea(dicho: str, linea: int, cual: str = "línea") -> str:
    return f"{dicho or 'los datos'} ({cual} {linea} de los datos)" if linea else dicho or "los datos"
