"""Las observaciones de una versión y en qué están: se calcula de los movimientos y no se guarda.

Una observación nace cuando el borrador se devuelve. Deja de estar abierta cuando quien elabora la responde
al enviar, o cuando el mismo cargo que la hizo da después su conformidad. Fuente: ISO 9001:2015 7.5.2 c), y el
circuito del servicio.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sgc_gt.dominio.actos import DECISIONES
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.errores import Problema

SEGUIMIENTO = "seguimiento"
"""Con esta clave en lo propio del movimiento, sus observaciones se siguen; las anteriores a ella, no."""

RESPUESTAS = "respuestas"
"""Con esta clave un envío dice qué responde a cada observación: id → texto."""

ABIERTA = "abierta"
RESPONDIDA = "respondida"
CONFORME = "conforme"


class Observada(NamedTuple):
    """Una observación y su estado."""

    id: str  # «13.2»: la segunda del movimiento 13
    texto: str
    seccion: str
    ancla: str
    cargo: str  # quien la hizo
    fecha: date
    estado: str = ABIERTA
    respuesta: str = ""

    @property
    def problema(self) -> Problema:
        """La observación como parte de un rechazo."""
        return Problema(
            f"observación {self.id}: {self.texto}", f"sección {self.seccion}" if self.seccion else ""
        )


def observaciones(ficha: Ficha, version: str) -> tuple[Observada, ...]:
    """Las observaciones seguidas de una versión, en orden, como están después de su último movimiento."""
    halladas: dict[str, Observada] = {}
    for m in ficha.actos:
        if m.version != version:
            continue
        if m.acto == "devolver" and m.extra.get(SEGUIMIENTO):
            halladas.update(_nuevas(m))
        elif m.acto == "enviar":
            for id_, texto in respuestas_de(m.extra).items():
                if id_ in halladas and halladas[id_].estado != CONFORME:
                    halladas[id_] = halladas[id_]._replace(estado=RESPONDIDA, respuesta=texto)
        elif m.acto in DECISIONES:
            suyas = {o.id: o._replace(estado=CONFORME) for o in halladas.values() if o.cargo == m.cargo}
            halladas.update(suyas)
    return tuple(halladas.values())


def abiertas(ficha: Ficha, version: str) -> tuple[Observada, ...]:
    """Las que nadie ha respondido ni dado por conformes."""
    return tuple(o for o in observaciones(ficha, version) if o.estado == ABIERTA)


def respuestas_de(extra: Mapping[str, object]) -> dict[str, str]:
    """Las respuestas que un envío trae; vacío si no trae o no tienen su forma."""
    dichas = extra.get(RESPUESTAS)
    return {str(k): str(v) for k, v in dichas.items()} if isinstance(dichas, Mapping) else {}


def _nuevas(m: Movimiento) -> dict[str, Observada]:
    return {
        f"{m.n}.{k}": Observada(f"{m.n}.{k}", o.texto, o.seccion, o.ancla, m.cargo, m.fecha)
        for k, o in enumerate(m.observaciones, start=1)
    }
