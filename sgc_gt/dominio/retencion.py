"""El tiempo de retención como se escribe en los procedimientos, y la fecha en que se cumple.

«5 años», «5», «cinco (5) años», «2 años en oficina y 3 en archivo», «18 meses», «permanente». Se cuenta
desde el cierre del año del registro; cumplirse solo abre su disposición, nunca lo elimina (dominio §2.7).
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from sgc_gt.dominio.fechas import sumar_meses
from sgc_gt.dominio.textos import comparable

MESES_DEL_ANIO = 12
MAS_LARGA = 200 * MESES_DEL_ANIO
"""Más de doscientos años es un número de otra cosa (un decreto, una fecha), no un plazo."""

EN_PALABRAS = {
    "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "quince": 15, "veinte": 20, "treinta": 30,
}  # fmt: skip
CIFRAS = 4
PARA_SIEMPRE = ("permanente", "permanentemente", "indefinido", "indefinida", "indefinidamente", "siempre")
UNIDADES = {"ano": MESES_DEL_ANIO, "anos": MESES_DEL_ANIO, "mes": 1, "meses": 1}
VECINAS = ("", "y", "e", "mas", "en", "de", "oficina", "archivo", "gestion", "central")
"""Entre qué palabras un número sin unidad es parte del plazo: «2 y 3», «3 en archivo»; no «Circular 28»."""
_PALABRA = re.compile(r"\d+|[^\W\d_]+")
_PARENTESIS = re.compile(r"\([^)]*\)")


class Plazo(NamedTuple):
    """Un tiempo de retención entendido. Sin meses y no permanente: dice algo que no es un plazo fijo."""

    meses: int | None = None
    permanente: bool = False

    def cumplido(self, anio: int) -> date | None:
        """El último día en que se conserva lo del año; None si no vence."""
        return sumar_meses(date(anio, 12, 31), self.meses) if self.meses else None


def leer_plazo(texto: str) -> Plazo:
    """El plazo que dice el texto; los tramos de un mismo plazo (oficina y archivo) se suman.

    Un número sin unidad toma la del tramo anterior, o años si es el primero («5», «2 y 3»).
    """
    palabras = ["", *_PALABRA.findall(comparable(_PARENTESIS.sub(" ", texto).replace("+", " y "))), ""]
    if any(palabra in PARA_SIEMPRE for palabra in palabras):
        return Plazo(permanente=True)
    meses, unidad = 0, MESES_DEL_ANIO
    for antes, palabra, despues in zip(palabras, palabras[1:], palabras[2:], strict=False):
        if despues in UNIDADES:
            unidad = UNIDADES[despues]
            meses += _numero(palabra) * unidad
        elif palabra.isdecimal() and antes in VECINAS and despues in VECINAS:
            meses += _numero(palabra) * unidad
    return Plazo(meses) if 0 < meses <= MAS_LARGA else Plazo()


def _numero(palabra: str) -> int:
    if palabra.isdecimal():
        return int(palabra) if len(palabra) <= CIFRAS else MAS_LARGA
    return EN_PALABRAS.get(palabra, 0)


def en_anios(texto: str) -> str:
    """El plazo como lo escribe el sistema cuando la celda trae solo el número: «5» es «5 años»."""
    limpio = texto.strip()
    if not (limpio.isascii() and limpio.isdecimal() and len(limpio) <= CIFRAS) or int(limpio) == 0:
        return limpio
    return "1 año" if int(limpio) == 1 else f"{int(limpio)} años"
