"""Las regiones de Chile: código, nombre, abreviatura y orden de norte a sur.

Los códigos y abreviaturas son los del DS 1.115/2018 de Interior; el número romano dejó de usarse en 2018
(Ley 21.074) y queda para leer documentos antiguos. En 2010 eran quince: Biobío comprendía Ñuble.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from sgc_gt.dominio.parecidos import parecidos
from sgc_gt.dominio.textos import comparable

MINIMO = 4
"""Con menos letras, una parte del nombre puede ser de cualquiera."""
_PARECIDO = 0.8
_APOSTROFOS = re.compile("[`´’‘ʼʻ′＇]")
_ARTICULOS = re.compile(r"^(?:region\s+)?(?:(?:de la|de los|del|de|la|los)\s+)?")


class Region(NamedTuple):
    """Una región; su lugar en `CATALOGO` es su orden de norte a sur."""

    codigo: str
    nombre: str
    nombre_oficial: str
    abreviatura: str
    romano: str
    capital: str
    usuales: tuple[str, ...] = ()
    """Otros nombres que solo pueden ser ella: se leen igual que el suyo."""
    lugares: tuple[str, ...] = ()
    """Lugares de ella que alguien escribe en su vez: no son la región, y solo se sugiere."""
    desde: int = 0
    """El año en que se creó, si fue después de 2010."""

    @property
    def en_2010(self) -> bool:
        """Si ya existía entonces."""
        return not self.desde


CATALOGO: tuple[Region, ...] = (
    Region("15", "Arica y Parinacota", "Región de Arica y Parinacota", "AyP", "XV", "Arica"),
    Region("01", "Tarapacá", "Región de Tarapacá", "TPCA", "I", "Iquique"),
    Region("02", "Antofagasta", "Región de Antofagasta", "ANTOF", "II", "Antofagasta"),
    Region("03", "Atacama", "Región de Atacama", "ATCMA", "III", "Copiapó"),
    Region("04", "Coquimbo", "Región de Coquimbo", "COQ", "IV", "La Serena"),
    Region(
        "05", "Valparaíso", "Región de Valparaíso", "VALPO", "V", "Valparaíso",
        lugares=("Isla de Pascua", "Rapa Nui", "Juan Fernández"),
    ),
    Region(
        "13", "Metropolitana de Santiago", "Región Metropolitana de Santiago", "RM", "RM", "Santiago",
        usuales=("Metropolitana",), lugares=("Gran Santiago",),
    ),
    Region(
        "06", "Libertador General Bernardo O'Higgins", "Región del Libertador General Bernardo O'Higgins",
        "LGBO", "VI", "Rancagua", usuales=("O'Higgins", "Bernardo O'Higgins", "Libertador"),
    ),
    Region("07", "Maule", "Región del Maule", "MAULE", "VII", "Talca"),
    Region("16", "Ñuble", "Región de Ñuble", "NUBLE", "XVI", "Chillán", desde=2018),
    Region("08", "Biobío", "Región del Biobío", "BBIO", "VIII", "Concepción"),
    Region("09", "La Araucanía", "Región de La Araucanía", "ARAUC", "IX", "Temuco"),
    Region("14", "Los Ríos", "Región de Los Ríos", "RIOS", "XIV", "Valdivia"),
    Region("10", "Los Lagos", "Región de Los Lagos", "LAGOS", "X", "Puerto Montt", lugares=("Chiloé",)),
    Region(
        "11", "Aysén del General Carlos Ibáñez del Campo", "Región Aysén del General Carlos Ibáñez del Campo",
        "AYSEN", "XI", "Coyhaique", usuales=("Aysén", "Aisén"), lugares=("Coihaique", "Puerto Aysén"),
    ),
    Region(
        "12", "Magallanes y de la Antártica Chilena", "Región de Magallanes y de la Antártica Chilena",
        "MAG", "XII", "Punta Arenas", usuales=("Magallanes", "Magallanes y Antártica Chilena"),
    ),
)  # fmt: skip
REGIONES = {region.codigo: region for region in CATALOGO}

TODAS = tuple(region.codigo for region in CATALOGO)
"""Los dieciséis códigos, de norte a sur."""

TODAS_2010 = tuple(region.codigo for region in CATALOGO if region.en_2010)
"""Los quince de 2010."""


def existentes(codigos: Iterable[str], anio: int) -> tuple[str, ...]:
    """De esas regiones, las que existían en el año, de norte a sur: quince en 2010, dieciséis desde 2018."""
    return tuple(c for c in de_norte_a_sur(codigos) if REGIONES[c].desde <= anio)


def numero_de_anio(periodo: object) -> int:
    """El año de un período («2010», «2010-03»); si no lo dice, uno en que ya existían todas."""
    dicho = str(periodo)[:4]
    return int(dicho) if dicho.isascii() and dicho.isdecimal() else max(r.desde for r in CATALOGO)


def leer_region(texto: str) -> Region | None:
    """La que alguien nombra por su código, su abreviatura o su nombre, entero o en parte; None si no es una.

    «Aysén», «Región de Aysén», «11» y «XI» son la misma, «5» es «05» y «Bío-Bío», «Biobío». Lo que puede ser
    de varias no es de ninguna, y una capital no es su región: eso se sugiere (`quizas`).
    """
    dicho = _llano(texto)
    exactas = [r for r in CATALOGO if dicho in _cifras(r) or _junto(dicho) in _nombres(r)]
    # En parte, por palabras enteras: «Parinacota», «Carlos Ibáñez».
    parecidas = [r for r in CATALOGO if len(dicho) >= MINIMO and f" {dicho} " in f" {_llano(r.nombre)} "]
    halladas = exactas or parecidas
    return halladas[0] if len(halladas) == 1 else None


def quizas(texto: str) -> str:
    """« (quizás quiso decir 11, Aysén…)»: la región que se nombra o de la que es ese lugar; «» si ninguna."""
    region = leer_region(texto) or _sugerida(_junto(_llano(texto)))
    return f" (quizás quiso decir {region.codigo}, {region.nombre})" if region else ""


def _sugerida(dicho: str) -> Region | None:
    """La de esa capital o lugar o, si no, la del nombre que más se le parece."""
    suyos = {_junto(_llano(n)): r for r in CATALOGO for n in (r.capital, *r.lugares)}
    nombres = suyos | {n: r for r in CATALOGO for n in _nombres(r) if len(n) >= MINIMO}
    cercano = parecidos(dicho, nombres, 1, _PARECIDO) if len(dicho) >= MINIMO else []
    return suyos.get(dicho) or (nombres[cercano[0]] if cercano else None)


def _cifras(r: Region) -> set[str]:
    return {r.codigo, r.codigo.lstrip("0")}


@cache
def _nombres(r: Region) -> frozenset[str]:
    dichos = (r.abreviatura, r.romano, r.nombre, r.nombre_oficial, *r.usuales)
    return frozenset(_junto(_llano(n)) for n in dichos)


def _llano(nombre: str) -> str:
    """Sin tildes, sin «Región» y sin artículo: como lo dice cualquiera."""
    dicho = _ARTICULOS.sub("", comparable(_APOSTROFOS.sub("'", nombre)))
    return dicho.removesuffix(" region")


def _junto(llano: str) -> str:
    """Solo sus letras y cifras: «Bío-Bío» y «Biobío», «O'Higgins» y «OHiggins»."""
    return "".join(c for c in llano if c.isalnum())


def nombre_de(codigo: str) -> str:
    """El nombre de la región; el código, si no está en el catálogo."""
    return REGIONES[codigo].nombre if codigo in REGIONES else codigo


def con_region(titulo: str, codigo: str) -> str:
    """El título con su región, si la tiene y no la nombra ya: «Acuerdo de información (Ñuble)»."""
    region = REGIONES.get(codigo)
    if region is None or f" {_llano(region.nombre)} " in f" {comparable(titulo)} ":
        return titulo
    return f"{titulo} ({region.nombre})"


def de_norte_a_sur(codigos: Iterable[str]) -> tuple[str, ...]:
    """Esos códigos en el orden del catálogo, sin repetir; los que no existen quedan fuera."""
    pedidos = set(codigos)
    return tuple(codigo for codigo in TODAS if codigo in pedidos)
