"""Las fechas como la gente las escribe en un encabezado o en el nombre de un archivo.

`fechas.leer_fecha` es para quien responde una pregunta del sistema y acepta dos formas; esto es para leer
lo que ya está escrito y no se va a volver a escribir.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from sgc_gt.dominio.fechas import MESES, NOMBRES_MESES

_NUMERO_DE_MES = {nombre: n for n, nombre in enumerate(NOMBRES_MESES, 1)}
_NUMERO_DE_MES |= {"setiembre": 9, "sept": 9, "set": 9}
_NUMERO_DE_MES |= {abreviado.casefold(): n for n, abreviado in enumerate(MESES, 1)}
_MES = "|".join(sorted(_NUMERO_DE_MES, key=len, reverse=True))
_ENTRE = r"\s*(?:(?:de|del)\b|[-/.,])?\s*(?:(?:año|l)\b)?\s*"
_FECHA = re.compile(
    rf"""
    (?<![\d.])(?:
        (?P<a1>\d{{4}})\s?[-/._]\s?(?P<m1>\d{{1,2}})\s?[-/._]\s?(?P<d1>\d{{1,2}})(?!\d)
      | (?P<d2>\d{{1,2}})\s?[-/._]\s?(?P<m2>\d{{1,2}})\s?[-/._]\s?(?P<a2>\d{{4}}|\d{{2}})(?!\d)
      | (?P<d3>\d{{1,2}})[°º]?{_ENTRE}\b(?P<m3>{_MES})\b\.?{_ENTRE}(?P<a3>\d{{4}}|\d{{2}})(?!\d)
      | (?P<a4>(?:19|20)\d{{2}})(?P<m4>[01]\d)(?P<d4>[0-3]\d)(?!\d)
    )
    | (?<![\w.-])(?P<a6>(?:19|20)\d{{2}})-(?P<m6>\d{{2}})(?![\w-])
    | (?<![\w./-])(?P<m7>\d{{2}})[-/](?P<a7>(?:19|20)\d{{2}})(?![\w-])
    | \b(?P<m5>{_MES})\b\.?{_ENTRE}(?P<a5>(?:19|20)\d{{2}})(?!\d)
    """,
    re.I | re.X,
)
_PRIMER_ANIO, _ULTIMO_ANIO, _SIGLO = 1970, 2100, 70


class FechaLeida(NamedTuple):
    """Una fecha hallada en un texto. Si solo dice mes y año, es el día 1 y no es exacta."""

    fecha: date
    texto: str
    exacta: bool = True


def fechas_en(texto: str) -> tuple[FechaLeida, ...]:
    """Las fechas que un texto dice, en orden; lo que no existe en el calendario no es una fecha."""
    leidas = (_leida(m) for m in _FECHA.finditer(texto))
    return tuple(fecha for fecha in leidas if fecha is not None)


def fecha_en(texto: str) -> FechaLeida | None:
    """La primera fecha que un texto dice, o None."""
    return next(iter(fechas_en(texto)), None)


def sin_fechas(texto: str) -> str:
    """El texto sin las fechas que dice."""
    return _FECHA.sub(lambda m: m[0] if _leida(m) is None else " ", texto)


def _leida(m: re.Match[str]) -> FechaLeida | None:
    piezas = {clave[0]: valor for clave, valor in m.groupdict().items() if valor is not None}
    mes = _NUMERO_DE_MES.get(piezas["m"].casefold()) or (int(piezas["m"]) if piezas["m"].isdecimal() else 0)
    anio = int(piezas["a"])
    if len(piezas["a"]) == 2:
        anio += 2000 if anio < _SIGLO else 1900
    if not _PRIMER_ANIO <= anio <= _ULTIMO_ANIO:
        return None
    try:
        return FechaLeida(date(anio, mes, int(piezas.get("d", "1"))), m[0].strip(), "d" in piezas)
    except ValueError:
        return None
