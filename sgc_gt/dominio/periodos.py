"""De qué año es lo escrito: una sola forma de leerlo de un período, de un código y de la identidad."""

from __future__ import annotations

import re

from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.origen import apertura
from sgc_gt.dominio.rectificacion import periodo_de
from sgc_gt.dominio.situacion import Version
from sgc_gt.errores import UsoIncorrecto

PRIMER_ANIO, ULTIMO_ANIO = 1900, 2199
_CIFRAS = len("2026")
_PERIODO = re.compile(r"(?P<anio>\d{4})(?:-(?:0[1-9]|1[0-2]|[A-Z][A-Z0-9]{0,9}))?", re.ASCII)


def es_periodo(texto: str, hasta: int = ULTIMO_ANIO) -> bool:
    """Si es un año de estos tiempos, solo o con su mes o su parte: «2026», «2026-03», «2026-S1»."""
    calce = _PERIODO.fullmatch(texto)
    return calce is not None and PRIMER_ANIO <= int(calce["anio"]) <= hasta


def leer_periodo(periodo: str) -> str:
    """El período que alguien dice, en cualquier orden que lo admite; «» si no dijo ninguno.

    UsoIncorrecto si no lo es: por él se busca después lo escrito.
    """
    dicho = periodo.strip().upper()
    if not dicho or es_periodo(dicho):
        return dicho
    raise _no_es(periodo, "un año, como 2025, o una parte de él, como 2025-03")


def leer_anio(periodo: str) -> int:
    """El año pedido; 0 si no se dijo. UsoIncorrecto si no es un año."""
    dicho = periodo.strip()
    if not dicho:
        return 0
    if dicho == solo_anio(dicho) and es_periodo(dicho):
        return int(dicho)
    raise _no_es(periodo, "un año, como 2025")


def _no_es(periodo: str, esperado: str) -> UsoIncorrecto:
    return UsoIncorrecto(
        f"«{periodo}» no es un período",
        lugar="--periodo",
        esperado=esperado,
        hacer="corrija el período y repita la orden",
    )


def aviso_de_pasado(periodo: str, ahora: int, de: str = "") -> list[str]:
    """Lo que conviene decir de un año que ya pasó, si no es aquel de que ya se trataba (`de`)."""
    anio = solo_anio(periodo)
    if not anio or int(anio) >= ahora or anio == de:
        return []
    return [f"{anio} ya pasó: el documento dirá que es de ese año"]


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


def anio_dicho(ficha: Ficha, v: Version) -> str:
    """El año del que la versión dice ser; vacío si no lo dice. El de un borrador posterior no es el suyo."""
    n = apertura(ficha, v).n
    dichos = [str(m.identidad["anio"]) for m in ficha.actos if m.n <= n and "anio" in m.identidad]
    return solo_anio(dichos[-1]) if dichos else ""


def anio_que_cubre(ficha: Ficha, v: Version) -> str:
    """El año de que trata una versión: el que dice o, si no dice ninguno, aquel en que comenzó a regir."""
    return _dicho_o_suyo(ficha, v) or str((v.vigente_desde or v.abierta).year)


def anio_impreso(ficha: Ficha, v: Version) -> int:
    """El año de una versión como su plantilla lo imprime: el que dice o, si no, el de su apertura."""
    return int(_dicho_o_suyo(ficha, v) or v.abierta.year)


def _dicho_o_suyo(ficha: Ficha, v: Version) -> str:
    return solo_anio(periodo_de(ficha)) or anio_dicho(ficha, v)
