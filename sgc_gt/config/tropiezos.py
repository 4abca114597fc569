"""Los tropiezos al escribir un archivo de configuración, dichos en castellano y con qué hacer."""

from __future__ import annotations

import yaml

MAXIMA_HONDURA = 40
DEMASIADO_HONDO = f"hay más de {MAXIMA_HONDURA} niveles, uno dentro de otro"

TABULADOR = "hay un tabulador al comienzo de la línea; use espacios"

_EXPLICACIONES = (
    ("|found a tab character", TABULADOR),
    ("quoted scalar|unexpected end", "falta cerrar las comillas"),
    (
        "|mapping values are not allowed",
        "sobra «: », o la línea no está alineada; un texto con «: » va entre comillas",
    ),
    ("|',' or '}'", "falta una coma o cerrar la llave «}»"),
    ("|',' or ']'", "falta una coma o cerrar el corchete «]»"),
    ("flow node|", "falta cerrar un corchete «]» o una llave «}»"),
    ("|could not find expected ':'", "falta «:» después de la clave"),
    ("|block sequence entries are not allowed", "la lista no está bien alineada"),
    ("|escape character", "una barra «\\» entre comillas dobles confunde; use comillas simples"),
    ("|expected key", "la línea no está alineada con las anteriores"),
    ("|'-' indicator", "la línea no está alineada con las anteriores; en una lista empieza con «- »"),
    ("|<block end>", "la línea no está alineada con las anteriores"),
    ("anchor|", "un texto que empieza con «&» va entre comillas"),
    ("alias|", "un texto que empieza con «*» va entre comillas"),
    ("directive|", "un texto que empieza con «%» va entre comillas"),
    ("|<document start>", "sobra lo escrito desde aquí"),
    ("|maximum nesting depth", DEMASIADO_HONDO),  # el analizador en C tiene su propio tope, mayor
)
"""(lo que dice el contexto | lo que dice el problema) del analizador, y cómo se lo explica."""

_ABREN = ("quoted scalar", "flow sequence", "flow mapping")
"""Contextos en que el lugar útil es donde se abrió lo que no se cerró, si el archivo se acabó."""


def explicar(error: yaml.MarkedYAMLError, texto: str) -> tuple[int, str]:
    """La línea y la explicación de un error del analizador."""
    contexto, problema = error.context or "", error.problem or ""
    marca = error.problem_mark or error.context_mark
    linea = marca.line + 1 if marca else 1
    if "cannot start any token" in problema and marca:
        return linea, _signo(texto, marca.line, marca.column)
    ultima = texto.rstrip().count("\n") + 1
    if error.context_mark and linea > ultima and any(a in contexto for a in _ABREN):
        linea = error.context_mark.line + 1
    linea = min(linea, ultima)
    for senal, explicacion in _EXPLICACIONES:
        en_contexto, _, en_problema = senal.partition("|")
        if en_contexto in contexto and en_problema in problema:
            return linea, explicacion
    return linea, "no se entiende lo escrito aquí"


def _signo(texto: str, linea: int, columna: int) -> str:
    renglon = texto.split("\n")[linea]
    signo = renglon[columna : columna + 1]
    if signo == "\t" or "\t" in renglon[:columna]:
        return TABULADOR
    return f"un texto que empieza con «{signo}» va entre comillas"
