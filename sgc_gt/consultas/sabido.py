"""Lo que se sabía: el servicio como estaba anotado al terminar un día, aunque los hechos fueran de antes.

`--fecha` pregunta qué regía; `--sabido-al`, qué constaba. Un acto anotado tarde separa las dos respuestas.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.errores import NoEncontrado


def vista_al(ctx: Contexto, fecha: date) -> Vista:
    """El servicio al terminar ese día, en la zona del servicio; NoEncontrado si aún no se iniciaba.

    Manda el orden de la cadena, que no se puede retocar: es el último movimiento anotado hasta ese día con
    todos los que lo preceden. Un equipo con el reloj adelantado no esconde los que vinieron antes de él.
    """
    zona = ZoneInfo(ctx.vista().servicio.zona_horaria)
    ultimo, primero = "", None
    for commit in ctx.repo.bitacora():  # la cadena entera y comprobada: no se cree en un filtro por fecha
        anotado = commit.fecha.astimezone(zona).date()
        primero = primero or anotado
        if anotado <= fecha:
            ultimo = commit.oid
    if not ultimo:
        raise NoEncontrado(
            f"el {imprimir_fecha(fecha)} todavía no había nada anotado",
            lugar="--sabido-al",
            esperado=f"una fecha desde el {imprimir_fecha(primero)}, cuando se inició el sistema",
            hacer="para saber qué regía en esa fecha según lo que consta hoy, use --fecha sin --sabido-al",
        )
    return ctx.vista(ultimo)
