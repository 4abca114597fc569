"""`verificar`: la cadena entera, y reponer lo que la historia permite reponer."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli import sesion as reloj_de
from sgc_gt.cli.c_codigo import comprobar_papel
from sgc_gt.cli.espanol import orden
from sgc_gt.cli.repaso import repaso
from sgc_gt.cli.sesion import Sesion
from sgc_gt.cli.verificado import acta, lineas
from sgc_gt.consultas.partida import partida
from sgc_gt.consultas.verificar import Informe, Pedida, informe_a_dict
from sgc_gt.consultas.verificar import verificar as revisar
from sgc_gt.contexto import Vista
from sgc_gt.dominio.ancla import leer
from sgc_gt.ordenes.salida import PAGINA, dejar, exigir_fuera, exigir_nombre
from sgc_gt.repositorio.repositorio import Repositorio

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
@click.option(
    "-o",
    "salida",
    type=o.ARCHIVO,
    metavar="F.html",
    help="Dejar un acta de una página, para imprimir.",
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
    salida: Path | None,
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
    if salida:
        exigir_fuera(repo.raiz, salida)
        exigir_nombre(salida, PAGINA)
    if repone:
        from sgc_gt.ordenes.regenerar import exigir_carpeta  # noqa: PLC0415  (solo quien repone lo carga)

        exigir_carpeta(repo)
    leidas = tuple(leer(a) for a in anclas)
    with repo.compartiendo():
        hasta, confiada = partida(repo, desde)
        pedida = Pedida((*leidas, *confiada), hasta, not sin_evidencias, reloj_de.reloj())
        cabeza = repo.cabeza()
        with repaso(sesion, len(repo.cadena()) - hasta) as (taller, avanzar):
            informe = revisar(repo, taller, avanzar, pedida)
    hecho: list[str] = []
    if repone:
        hecho, informe = _reponer(sesion, cabeza, informe, pedida)
    valor = informe_a_dict(informe) | ({"regenerado": hecho} if repone else {})
    texto = [*(f"{h}." for h in hecho), *lineas(informe)]
    if salida:
        valor["archivo"] = str(_dejar_acta(repo, informe, salida))
        texto.append(f"Acta: {valor['archivo']}")
    sesion.responder(valor, "\n".join(texto))
    sesion.advertir(f"{aviso.lugar}: {aviso.mensaje}" for aviso in informe.avisos)
    if not informe.ok:
        ctx.exit(ROTA)


def _repositorio(sesion: Sesion) -> Repositorio:
    """La historia que se revisa: la del servicio, o una copia suya sin carpeta de trabajo."""
    if sesion.repo is not None and (sesion.repo / "HEAD").is_file():
        return Repositorio.abrir_copia(sesion.repo)
    return sesion.consulta.repo


def _reponer(sesion: Sesion, cabeza: str, informe: Informe, pedida: Pedida) -> tuple[list[str], Informe]:
    """Repone, y vuelve a mirar lo que se exige al final: los movimientos ya se repitieron."""
    from sgc_gt.ordenes.regenerar import regenerar  # noqa: PLC0415  (solo quien repone lo carga)

    repo = _repositorio(sesion)
    hecho = regenerar(repo, cabeza, informe)
    total = informe.desde + informe.revisado
    with repaso(sesion, 0) as (taller, _):
        despues = revisar(repo, taller, pedida=pedida._replace(desde=total))
    avisos = dict.fromkeys((*(a for a in informe.avisos if a.regla != "carpeta"), *despues.avisos))
    return hecho, despues._replace(
        revisado=informe.revisado, desde=informe.desde, firmados=informe.firmados, avisos=tuple(avisos)
    )


def _dejar_acta(repo: Repositorio, informe: Informe, salida: Path) -> Path:
    """Deja el acta en ese archivo o en esa carpeta, fuera de la del servicio."""
    servicio = Vista(repo, repo.cabeza()).servicio
    ahora = reloj_de.reloj().astimezone(ZoneInfo(servicio.zona_horaria))
    destino = salida / f"verificacion_{ahora:%Y-%m-%d}.html" if salida.is_dir() else salida
    return dejar(repo.raiz, {destino: acta(informe, servicio.nombre, ahora).encode()})[0]
