"""La ficha del sistema: qué subrogancias y qué organización resultan de sus movimientos.

Aparte de las guardas (`sistema`), porque toda consulta la lee y ninguna decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.organizacion import Organizacion, Subrogancia
from sgc_gt.dominio.rectificacion import rectificada
from sgc_gt.dominio.servicio import Servicio

CODIGO = "SISTEMA"
ACTOS_SISTEMA = ("iniciar", "configurar", "subrogar", "externo", "rectificar")


def ficha_vacia() -> Ficha:
    """La ficha del sistema antes de su primer acto."""
    return Ficha(CODIGO, "sistema", "sistema", {})


def subrogancias(ficha: Ficha) -> tuple[Subrogancia, ...]:
    """Las subrogancias registradas, la más reciente primero.

    Una nueva del mismo suplente para el mismo cargo manda desde que empieza: así se corrige o se termina
    la anterior, que conserva los días previos. Su fundamento se lee rectificado.
    """
    validas: list[Subrogancia] = []
    for m in rectificada(ficha).actos:
        if m.acto != "subrogar":
            continue
        nueva = subrogancia(m.extra)
        validas = [s for previa in validas if (s := _hasta_que_empieza(previa, nueva))]
        validas.append(nueva)
    return tuple(reversed(validas))


def _hasta_que_empieza(previa: Subrogancia, nueva: Subrogancia) -> Subrogancia | None:
    """La previa recortada al día anterior de la nueva; None si no le queda ninguno."""
    otra = (previa.cargo, previa.suplente) != (nueva.cargo, nueva.suplente)
    if otra or (previa.hasta and previa.hasta < nueva.desde):
        return previa
    if previa.desde >= nueva.desde:
        return None
    return previa._replace(hasta=nueva.desde - timedelta(days=1))


def subrogancia(extra: Mapping[str, Any]) -> Subrogancia:
    """La subrogancia que un movimiento `subrogar` registra."""
    return Subrogancia(
        cargo=str(extra["cargo"]),
        suplente=str(extra["suplente"]),
        calidad=str(extra["calidad"]),
        base=str(extra["base"]),
        desde=date.fromisoformat(str(extra["desde"])),
        hasta=date.fromisoformat(str(extra["hasta"])) if extra.get("hasta") else None,
    )


def organizacion(servicio: Servicio, ficha: Ficha) -> Organizacion:
    """La organización del servicio con las subrogancias que la ficha del sistema registra."""
    return Organizacion(servicio.cargos, servicio.personas, subrogancias(ficha))
