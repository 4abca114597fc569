"""Plazos en días hábiles: sin sábados, domingos ni feriados, contados desde el día siguiente al que los abre.

Los feriados llegan como datos: aquí solo se cuenta. Fuente: Ley 19.880, que así computa los plazos de un
procedimiento; los que SUBDERE da en sus oficios.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from sgc_gt.dominio.fechas import imprimir_fecha

MAXIMO = 365
"""Más días hábiles que estos no es un plazo para responder: es otra cosa, o un número mal escrito."""

_SABADO = 5
_UN_DIA = timedelta(days=1)


def es_habil(dia: date, feriados: Container[date]) -> bool:
    """Si ese día cuenta."""
    return dia.weekday() < _SABADO and dia not in feriados


def sumar_habiles(desde: date, dias: int, feriados: Container[date]) -> date:
    """El último día de un plazo de `dias` hábiles abierto en `desde`, que no cuenta; con 0, `desde` mismo."""
    dia = desde
    for _ in range(dias):
        dia = siguiente_habil(dia + _UN_DIA, feriados)
    return dia


def siguiente_habil(dia: date, feriados: Container[date]) -> date:
    """Ese día, o el primero hábil que le sigue: a él se corre lo que vence en uno que no lo es."""
    while not es_habil(dia, feriados):
        dia += _UN_DIA
    return dia


def habiles_entre(desde: date, hasta: date, feriados: Container[date]) -> int:
    """Cuántos hábiles hay después de `desde` y hasta `hasta`, inclusive; negativo si `hasta` ya pasó."""
    if hasta < desde:
        return -habiles_entre(hasta, desde, feriados)
    return sum(1 for dia in _dias(desde, hasta) if es_habil(dia, feriados))


def feriados_entre(desde: date, hasta: date, feriados: Container[date]) -> tuple[date, ...]:
    """Los feriados de lunes a viernes que un plazo saltó: los únicos que cambian su cuenta."""
    return tuple(dia for dia in _dias(desde, hasta) if dia.weekday() < _SABADO and dia in feriados)


def _dias(desde: date, hasta: date) -> Iterator[date]:
    """Los días después de `desde`, hasta `hasta` inclusive."""
    return (desde + n * _UN_DIA for n in range(1, (hasta - desde).days + 1))


class Plazo(NamedTuple):
    """Un plazo en días hábiles, con los feriados con que se contó: quien lo repita llega al mismo día."""

    recibido: date
    habiles: int
    vence: date
    feriados: tuple[date, ...] = ()

    def quedan(self, hoy: date, feriados: Iterable[date] = ()) -> int:
        """Los hábiles que faltan; 0 es hoy, y negativo, cuántos pasaron. `feriados`: los de después."""
        return habiles_entre(hoy, self.vence, frozenset((*self.feriados, *feriados)))

    def en_palabras(self, hoy: date) -> str:
        """«vence el 04-04-2026 (quedan 3 días hábiles)»."""
        return f"vence el {imprimir_fecha(self.vence)} ({en_palabras(self.quedan(hoy))})"

    @property
    def cuadra(self) -> bool:
        """Si contar de nuevo da el mismo día, y ninguno de los feriados anotados está de más."""
        contados = sumar_habiles(self.recibido, self.habiles, self.feriados)
        propios = feriados_entre(self.recibido, self.vence, self.feriados)
        return contados == self.vence and propios == self.feriados


PLAZO = "plazo"
"""Con esta clave un movimiento anota el plazo que abre."""


def anotado(plazo: Plazo) -> dict[str, Any]:
    """El plazo como se guarda en un movimiento."""
    return {
        "recibido": plazo.recibido.isoformat(),
        "habiles": plazo.habiles,
        "vence": plazo.vence.isoformat(),
        "feriados": [dia.isoformat() for dia in plazo.feriados],
    }


def leer(extra: Mapping[str, Any]) -> Plazo | None:
    """El plazo que un movimiento anotó; None si no anotó uno, o no se entiende."""
    dicho = extra.get(PLAZO)
    if not isinstance(dicho, Mapping) or set(dicho) != {"recibido", "habiles", "vence", "feriados"}:
        return None
    habiles, libres = dicho["habiles"], dicho["feriados"]
    if type(habiles) is not int or not 0 < habiles <= MAXIMO or not isinstance(libres, list | tuple):
        return None
    try:
        recibido, vence = (date.fromisoformat(dicho[clave]) for clave in ("recibido", "vence"))
        feriados = tuple(date.fromisoformat(dia) for dia in libres)
    except (TypeError, ValueError):
        return None
    return Plazo(recibido, habiles, vence, feriados)


def abrir(recibido: date, dias: int, feriados: Container[date]) -> Plazo:
    """El plazo de `dias` hábiles que corre desde el día siguiente al recibo."""
    vence = sumar_habiles(recibido, dias, feriados)
    return Plazo(recibido, dias, vence, feriados_entre(recibido, vence, feriados))


def en_palabras(quedan: int) -> str:
    """Cómo está un plazo: «quedan 3 días hábiles», «vence hoy», «venció hace 1 día hábil»."""
    if quedan == 0:
        return "vence hoy"
    dias = "1 día hábil" if abs(quedan) == 1 else f"{abs(quedan)} días hábiles"
    if quedan < 0:
        return f"venció hace {dias}"
    return f"queda {dias}" if quedan == 1 else f"quedan {dias}"
