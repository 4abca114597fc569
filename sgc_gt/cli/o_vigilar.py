"""`vigilar`: las carpetas conectadas."""

from __future__ import annotations

import signal
import time
from types import FrameType

import click

from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion
from sgc_gt.vigia.arranque import preparar
from sgc_gt.vigia.frases import Suceso
from sgc_gt.vigia.marcha import seguir, una_vez

INTERRUMPIDO = 130


@orden()
@click.option("--una-vez", "pasada", is_flag=True, help="Da una pasada completa y termina.")
@con_sesion
def vigilar(sesion: Sesion, pasada: bool) -> int:
    """Recibe lo que cada cargo guarda en su carpeta conectada, y pone ahí sus borradores.

    Sigue hasta que se interrumpa (Ctrl-C). Con --una-vez, para una tarea programada.

    Ejemplo: sgc-gt vigilar
    """
    with preparar(sesion.contexto, lambda s, texto: sesion.contar(s.a_dict(texto), texto)) as vigia:
        if pasada:
            una_vez(vigia, time.sleep)
            return 0
        _detener_es_interrumpir()
        try:
            seguir(vigia)
        except KeyboardInterrupt:
            vigia.contar(Suceso(vigia.ctx.ahora(vigia.vista), "termina"))
        return INTERRUMPIDO


def _detener_es_interrumpir() -> None:
    """Que otro programa lo detenga (SIGTERM) es lo mismo que Ctrl-C: termina sin dejar nada a medias."""

    def interrumpir(_senal: int, _marco: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrumpir)
