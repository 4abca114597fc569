"""Qué cláusulas de una edición cita un documento, y dónde: solo las que se pueden ir a corregir.

Un número como «4.2.3» puede ser de la norma o una sección del propio documento. Cuenta como cita si su
renglón o su sección nombran la norma o hablan de cláusulas, y si no lo precede «sección» o parecidos.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sgc_gt.dominio.forma import FormaNormal, secciones, texto_de
from sgc_gt.dominio.normas import Norma

EDICION = "edicion"
"""La clave de una cita a la norma entera."""

_NUMERO = re.compile(
    r"(?<![\d.,:/-])(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d%/]|[.,]\d)"
    r"(?:\s*,?\s*(?:letra|literal|inciso)?\s*([a-h])\))?"
)
_PROPIA = re.compile(
    r"\b(?:secci[oó]n(?:es)?|apartados?|numeral(?:es)?|puntos?|etapas?|cap[ií]tulos?|anexos?|tablas?|figuras?|versi[oó]n)"
    r"\s+(?:n[°º.]\s*)?(?:[\d.]+(?:,\s*|\s+y\s+))*$",
    re.I,
)
_DE_LA_NORMA = re.compile(r"\s*(?:de|en)\s+(?:la\s+)?(?:norma|ISO|NCh)\b", re.I)
_CLAUSULA = re.compile(r"\bcl[aá]usulas?\b", re.I)


class _Norma(NamedTuple):
    """Cómo se reconoce una norma en un texto."""

    norma: Norma
    anio: str
    nombre: re.Pattern[str]  # «ISO 9001», «NCh-ISO 9001»
    con_anio: re.Pattern[str]


def citas(forma: FormaNormal, norma: Norma) -> list[tuple[str, str, str]]:
    """(cláusula citada o «edicion», número de la sección, la frase) de cada cita a esa edición."""
    buscada = _reconocer(norma)
    leidas = [(s.numero, [s.titulo, *texto_de(s.bloques).splitlines()]) for s in secciones(forma)]
    del_documento = {a for _, lineas in leidas for a in _anios(lineas, buscada)}
    return [
        (clave, numero, linea)
        for numero, lineas in leidas
        for clave, linea in _de_seccion(lineas, buscada, _anios(lineas, buscada) or del_documento)
    ]


def _reconocer(norma: Norma) -> _Norma:
    """El número de la norma y su año, de «ISO 9001:2015»."""
    cabeza, _, anio = norma.edicion.rpartition(":")
    numero = re.sub(r"\D", "", cabeza or norma.edicion)
    nombre = rf"\b(?:ISO|NCh)\s*-?\s*(?:ISO\s*)?{numero}\b"
    con_anio = rf"(?:{numero}\s*:\s*|edici[oó]n\s+(?:de\s+)?(?:la\s+)?)((?:19|20)\d\d)"
    return _Norma(norma, anio, re.compile(nombre, re.I), re.compile(con_anio, re.I))


def _anios(lineas: Iterable[str], buscada: _Norma) -> set[str]:
    return {a for linea in lineas for a in buscada.con_anio.findall(linea)}


def _de_seccion(lineas: Sequence[str], buscada: _Norma, cerca: set[str]) -> Iterator[tuple[str, str]]:
    """Las citas de una sección. Si es de esa edición lo dice el año más cercano; sin ninguno, vale."""
    habla = any(buscada.nombre.search(x) or _CLAUSULA.search(x) for x in lineas)
    for linea in lineas:
        dichos = _anios([linea], buscada) or cerca
        if dichos and buscada.anio not in dichos:
            continue
        entera = [EDICION] if buscada.nombre.search(linea) else []
        claves = [*entera, *(_en_la_fila(linea, buscada.norma) if habla else ())]
        yield from ((clave, linea) for clave in dict.fromkeys(claves))


def _en_la_fila(linea: str, norma: Norma) -> list[str]:
    """De una fila de tabla, solo su primera celda con cláusulas: las otras dicen dónde se responde."""
    return next((claves for celda in linea.split(" | ") if (claves := list(_numeros(celda, norma)))), [])


def _numeros(linea: str, norma: Norma) -> Iterator[str]:
    """Las cláusulas de la edición que el renglón nombra, como las escribe."""
    for m in _NUMERO.finditer(linea):
        propia = _PROPIA.search(linea[: m.start()]) and not _DE_LA_NORMA.match(linea[m.end() :])
        citada = m[1] + (f" {m[2]})" if m[2] else "")
        if not propia and norma.bajo(citada):
            yield citada
