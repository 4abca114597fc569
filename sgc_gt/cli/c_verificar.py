"""`verificar`: la cadena entera, y reponer lo que la historia permite reponer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.c_codigo import comprobar_papel
from sgc_gt.cli.espanol import orden
from sgc_gt.cli.sesion import Sesion
from sgc_gt.consultas.partida import partida
from sgc_gt.consultas.verificar import Informe, Pedida, informe_a_dict
from sgc_gt.consultas.verificar import verificar as revisar
from sgc_gt.dominio.ancla import leer
from sgc_gt.repositorio.repositorio import Repositorio

if TYPE_CHECKING:
    from sgc_gt.ordenes.repaso_word import RepasoWord

ROTA = 3


@orden()
@click.option(
    "--ancla", "anclas", multiple=True, metavar="A", help="Un ancla anotada o impresa; se puede repetir."
)
@click.option(
    "--desde",
    metavar="V",
    default="",
    help="Dar por revisado hasta ahí: un ancla, el número de un movimiento, o una emisión como PR-GT-01/v02.",
)
@click.option(
    "--sin-evidencias", is_flag=True, help="No exigir los archivos de evidencia (una copia sin ellos)."
)
@click.option(
    "--regenerar", "repone", is_flag=True, help="Reponer las etiquetas y los archivos que difieren."
)
@click.option("--codigo", metavar="X", help="Solo de qué es el código impreso en un papel, y si rige.")
@click.option("--archivo", type=o.ARCHIVO, metavar="F", help="Solo qué es un archivo que alguien trae.")
@click.pass_context
def verificar(
    ctx: click.Context,
    anclas: tuple[str, ...],
    desde: str,
    sin_evidencias: bool,
    repone: bool,
    codigo: str | None,
    archivo: Path | None,
) -> None:
    """Revisa la integridad de todo: repite cada movimiento desde el primero y dice cuál no calza.

    Ejemplo: sgc-gt verificar --ancla 64-48b51c38b23b
    """
    sesion: Sesion = ctx.obj
    if codigo is not None or archivo is not None:
        comprobar_papel(sesion, codigo, archivo)
        return
    repo = _repositorio(sesion)
    leidas = tuple(leer(a) for a in anclas)
    with repo.compartiendo():
        hasta, confiada = partida(repo, desde)
        pedida = Pedida((*leidas, *confiada), hasta, not sin_evidencias)
        cabeza = repo.cabeza()
        with _repaso() as word, _avance(sesion, len(repo.cadena()) - hasta) as avanzar:
            informe = revisar(repo, word.taller, avanzar, pedida)
    hecho: list[str] = []
    if repone:
        hecho, informe = _reponer(repo, cabeza, informe, pedida)
    valor = informe_a_dict(informe) | ({"regenerado": hecho} if repone else {})
    sesion.responder(valor, "\n".join([*(f"{h}." for h in hecho), *_lineas(informe)]))
    for aviso in informe.avisos:
        sesion.avisar(f"Aviso: {aviso.lugar}: {aviso.mensaje}.")
    if not informe.ok:
        ctx.exit(ROTA)


def _repaso() -> RepasoWord:
    """Con qué se repite lo de Word. Cargarlo cuesta lo que preguntar por un código no debe pagar."""
    from sgc_gt.ordenes.repaso_word import RepasoWord  # noqa: PLC0415

    return RepasoWord()


def _repositorio(sesion: Sesion) -> Repositorio:
    """La historia que se revisa: la del servicio, o una copia suya sin carpeta de trabajo."""
    if sesion.repo is not None and (sesion.repo / "HEAD").is_file():
        return Repositorio.abrir_copia(sesion.repo)
    return sesion.consulta.repo


def _reponer(repo: Repositorio, cabeza: str, informe: Informe, pedida: Pedida) -> tuple[list[str], Informe]:
    """Repone, y vuelve a mirar lo que se exige al final: los movimientos ya se repitieron."""
    from sgc_gt.ordenes.regenerar import regenerar  # noqa: PLC0415  (solo quien repone lo carga)

    hecho = regenerar(repo, cabeza, informe)
    total = informe.desde + informe.revisado
    despues = revisar(repo, _repaso().taller, pedida=pedida._replace(desde=total))
    return hecho, despues._replace(revisado=informe.revisado, desde=informe.desde)


@contextmanager
def _avance(sesion: Sesion, total: int) -> Iterator[Callable[[int], None]]:
    """Una barra en la consola de quien espera; en otro caso, nada."""
    if sesion.json or not sys.stderr.isatty() or total < 2:
        yield lambda _: None
        return
    with click.progressbar(length=total, label="Repitiendo movimientos", file=sys.stderr) as barra:
        yield lambda _: barra.update(1)


def _lineas(informe: Informe) -> Iterator[str]:
    if informe.ok:
        yield _correcta(informe)
        if informe.anclas:
            calzan = "calza el ancla" if len(informe.anclas) == 1 else "calzan las anclas"
            yield f"Con esta historia {calzan} {', '.join(informe.anclas)}."
    else:
        yield f"La integridad está rota. Movimientos correctos: {informe.revisado}."
        for alerta in informe.alertas:
            yield f"  - {alerta.lugar}\n    {alerta.mensaje} [{alerta.regla}]"
    if informe.desde:
        hasta = (
            "el primero se dio por revisado"
            if informe.desde == 1
            else f"los primeros {informe.desde} se dieron por revisados"
        )
        yield f"Se pidió empezar después del movimiento {informe.desde}: {hasta}."
    for cosa in informe.sin_revisar:
        yield f"No se comprobaron {cosa}."
    if any(a.regla == "evidencia" for a in informe.alertas):
        yield "Si esta es una copia hecha con git, las evidencias no viajan en ella: use --sin-evidencias."
    if informe.limite:
        yield f"{informe.limite}."
    if informe.ok:
        yield f"Ancla de hoy, para anotarla fuera de esta carpeta: {informe.ancla}"


def _correcta(informe: Informe) -> str:
    if informe.revisado == 1:
        return "Integridad correcta: 1 movimiento repetido, legal y completo."
    return f"Integridad correcta: {informe.revisado} movimientos repetidos, todos legales y completos."
