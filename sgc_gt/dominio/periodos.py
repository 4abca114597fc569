"""De qué año es lo escrito: una sola forma de leerlo de un período, de un código y de la identidad."""

from __future__ import annotations

from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.rectificacion import periodo_de
from sgc_gt.dominio.situacion import Version

_CIFRAS = len("2026")


def solo_anio(periodo: object) -> str:
    """El año con que comienza un período («2026», «2026-S1»); vacío si no comienza con uno."""
    texto = str(periodo or "")[:_CIFRAS]
    return texto if len(texto) == _CIFRAS and texto.isascii() and texto.isdecimal() else ""


def anio_del_codigo(codigo: str) -> str:
    """El año de un registro que lo lleva en su código («RG-GT-05/2026/003»); vacío si no lo lleva."""
    return solo_anio(codigo.split("/")[1]) if "/" in codigo else ""


def anio_propio(ficha: Ficha) -> str:
    """El año que el documento dice: el de su período o, si no lo lleva, el de su identidad."""
    return solo_anio(periodo_de(ficha)) or solo_anio(ficha.identidad.get("anio"))


def anio_que_cubre(ficha: Ficha, v: Version) -> str:
    """El año de que trata una versión: el que dice o, si no dice ninguno, aquel en que comenzó a regir."""
    return anio_propio(ficha) or str((v.vigente_desde or v.abierta).year)
