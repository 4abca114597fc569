"""`publicar`: el punto de uso, en una carpeta que se abre con doble clic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.ordenes.publicar import publicar as publicar_en

if TYPE_CHECKING:
    from sgc_gt.ordenes.publicaciones import Resultado

ALGUNOS = 10
"""Cuántos códigos se nombran en una línea; con --json van todos."""


@orden()
@click.argument("destino", type=click.Path(path_type=Path), metavar="DIR")
@con_sesion
def publicar(sesion: Sesion, destino: Path) -> None:
    """Deja en una carpeta compartida lo que rige hoy, con una página para buscarlo, y retira lo que ya no.

    Ejemplo: sgc-gt publicar S:\\Calidad\\Publicado
    """
    hecho = publicar_en(sesion.consulta, destino, sesion.avisar)
    sesion.responder(hecho.a_dict(), "\n".join(_lineas(hecho, destino)))


def _lineas(r: Resultado, destino: Path) -> Iterator[str]:
    rigen = "rige 1 documento" if r.rigen == 1 else f"rigen {r.rigen} documentos"
    yield f"Publicado al {imprimir_fecha(r.fecha)}: {rigen}."
    yield f"Se abre con: {destino / 'index.html'}"
    if not (r.publicados or r.retirados or r.actualizados or r.pendientes):
        yield "Nada cambió desde la última vez: no se escribió ningún archivo."
    yield from _grupo("Publicados", [n for n in r.publicados if n not in r.restaurados])
    yield from _grupo("Retirados", r.retirados)
    if r.actualizados:
        yield f"Páginas y listas puestas al día: {len(r.actualizados)}"
    yield from _grupo("Alguien los había cambiado y se restituyeron", r.restaurados)
    yield from _grupo("Alguien los había cambiado; ya no rigen y se retiraron", r.cambiados)
    yield from _grupo(
        "Pendientes, se reintentan la próxima vez", [f"{p.archivo}: {p.causa}" for p in r.pendientes]
    )
    yield from _grupo("Ajenos a lo publicado, no se tocan", r.ajenos)
    if r.sin_pdf:
        yield f"Van en Word, porque no se pudo hacer su PDF: {_algunos(r.sin_pdf)}"
    if r.rehecho:
        yield "El registro de lo publicado no era el que dejó este equipo: se hizo todo de nuevo."


def _algunos(codigos: tuple[str, ...]) -> str:
    faltan = len(codigos) - ALGUNOS
    return ", ".join(codigos[:ALGUNOS]) + (f" y {faltan} más" if faltan > 0 else "")


def _grupo(titulo: str, nombres: tuple[str, ...] | list[str]) -> Iterator[str]:
    if nombres:
        yield f"{titulo}: {len(nombres)}"
        yield from (f"  {nombre}" for nombre in nombres)
