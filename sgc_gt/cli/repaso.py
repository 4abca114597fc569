"""Con qué se repite la historia: lo comparten `verificar`, `auditar -o` y `expediente --verificar`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sgc_gt.cli.sesion import Sesion

if TYPE_CHECKING:
    from sgc_gt.consultas.integridad import Integridad
    from sgc_gt.consultas.repeticion import Taller
    from sgc_gt.contexto import Vista


@contextmanager
def repaso(sesion: Sesion, total: int) -> Iterator[tuple[Taller, Callable[[int], None]]]:
    """Quien lee y sella Word otra vez, y a quién avisarle de cada movimiento."""
    # Aquí, y no arriba: cargar Word cuesta lo que preguntar por un código no debe pagar.
    from sgc_gt.ordenes.repaso_word import RepasoWord  # noqa: PLC0415

    with RepasoWord() as word, _avance(sesion, total) as avanzar:
        yield word.taller, avanzar


def exigir_integra(sesion: Sesion, vista: Vista) -> Integridad:
    """La historia, repetida entera; IntegridadRota si no es correcta.

    Se pide antes de leer nada más: lo que la carpeta recuerda de otras veces se borra al empezar.
    """
    from sgc_gt.consultas.integridad import exigir_integra as exigir  # noqa: PLC0415  (ídem)

    with vista.repo.compartiendo(), repaso(sesion, len(vista.repo.cadena())) as (taller, avanzar):
        return exigir(vista, taller, avanzar)


@contextmanager
def _avance(sesion: Sesion, total: int) -> Iterator[Callable[[int], None]]:
    """Una barra en la consola de quien espera; en otro caso, nada."""
    if sesion.json or not sys.stderr.isatty() or total < 2:
        yield lambda _: None
        return
    with click.progressbar(length=total, label="Repitiendo movimientos", file=sys.stderr) as barra:
        yield lambda _: barra.update(1)
