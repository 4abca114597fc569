"""Fechas civiles: se leen en dos formas, se guardan en una y se imprimen en otra."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date, datetime

from sgc_gt.errores import UsoIncorrecto

MESES = ("Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic")
NOMBRES_MESES = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_CHILE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)


def leer_fecha(texto: str, lugar: str = "fecha") -> date:
    """La fecha civil escrita como AAAA-MM-DD o D-M-AAAA; UsoIncorrecto si no existe tal día."""
    if m := _ISO.fullmatch(texto.strip()):
        anio, mes, dia = m.groups()
    elif m := _CHILE.fullmatch(texto.strip()):
        dia, _, mes, anio = m.groups()
    else:
        raise UsoIncorrecto(
            f"«{texto}» no es una fecha",
            lugar=lugar,
            esperado="AAAA-MM-DD o DD-MM-AAAA",
            hacer="escríbala con el año de cuatro cifras: 15-03-2025",
        )
    try:
        return date(int(anio), int(mes), int(dia))
    except ValueError:
        raise UsoIncorrecto(
            f"«{texto}» no existe en el calendario",
            lugar=lugar,
            esperado="AAAA-MM-DD o DD-MM-AAAA",
            hacer="revise el día y el mes",
        ) from None


def imprimir_fecha(fecha: date | None) -> str:
    """`DD-MM-AAAA`, o cadena vacía si no hay fecha: la forma de pantallas y documentos."""
    return f"{fecha.day:02d}-{fecha.month:02d}-{fecha.year:04d}" if fecha else ""


def sumar_meses(fecha: date, meses: int) -> date:
    """La misma fecha `meses` después; el día se recorta al último del mes (31-01 + 1 = 28-02)."""
    anio, mes = divmod(fecha.year * 12 + fecha.month - 1 + meses, 12)
    return date(anio, mes + 1, min(fecha.day, monthrange(anio, mes + 1)[1]))


def leer_instante(texto: str) -> datetime:
    """El instante RFC 3339 de un movimiento, con su zona; ValueError si no la trae."""
    instante = datetime.fromisoformat(texto)
    if instante.tzinfo is None:
        raise ValueError(f"instante sin zona horaria: {texto}")
    return instante


RELOJ_ATRASADO = (
    "corrija la fecha y la hora de este equipo y repita la orden; si están bien, la equivocada es la de ese "
    "movimiento: vuelva al último respaldo anterior a él y anote de nuevo lo que siguió"
)
"""Qué hacer cuando lo último anotado es posterior al reloj: la historia no retrocede ni se corrige."""


def imprimir_instante(instante: datetime) -> str:
    """`DD-MM-AAAA, HH:MM`, en la zona que el instante trae."""
    return f"{imprimir_fecha(instante.date())}, {instante:%H:%M}"


def dudar_del_reloj(anterior: datetime, ahora: datetime) -> str:
    """Lo que se dice a quien acaba de anotar algo mucho después de lo anterior.

    No se le niega: un servicio puede descansar más de un año. Pero si es el reloj, todavía es fácil volver.
    """
    return (
        f"lo último se había anotado el {imprimir_fecha(anterior.date())} y esto quedó con fecha "
        f"{imprimir_fecha(ahora.date())}, {(ahora - anterior).days} días después. Si hoy no es esa fecha, "
        "no anote nada más: corrija el reloj, vuelva al último respaldo y repita la orden; de lo contrario, "
        "hasta que llegue ese día no se podrá anotar otra cosa"
    )


def ultimo_dia(mes: object, anio: object) -> date | None:
    """El último día del mes; None si no es un mes de un año posible."""
    if not (isinstance(mes, int) and isinstance(anio, int) and 1 <= mes <= 12 and MINYEAR <= anio < MAXYEAR):
        return None
    return sumar_meses(date(anio, 1, 31), mes - 1)


def dia_por_partes(dicho: object, anio: int) -> date | None:
    """El día de una fecha escrita por partes (día, mes y, si es otro, año); sin día, el último del mes."""
    if not isinstance(dicho, Mapping):
        return None
    ultimo = ultimo_dia(dicho.get("mes"), dicho.get("anio") or anio)
    dia = dicho.get("dia")
    if ultimo is None or dia is None:
        return ultimo
    return ultimo.replace(day=dia) if isinstance(dia, int) and 1 <= dia <= ultimo.day else None
