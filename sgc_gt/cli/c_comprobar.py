"""`comprobar`: el chequeo de forma, en pantalla, en JSON, en una página o como comentarios en Word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sgc_gt.cli.comprobado import Informe, a_dicts, texto
from sgc_gt.cli.espanol import orden
from sgc_gt.cli.opciones import ARCHIVO, leer_archivo
from sgc_gt.cli.sesion import Sesion
from sgc_gt.consultas.comprobar import Revision
from sgc_gt.consultas.formas_leidas import FormasLeidas
from sgc_gt.ordenes.comprobacion import TALLER
from sgc_gt.ordenes.salida import exigir_fuera, guardar

if TYPE_CHECKING:
    from sgc_gt.contexto import Contexto

CON_ALERTAS = 1


@orden()
@click.argument("que", required=False, default="", metavar="[COD | ARCHIVO]")
@click.option("--html", type=ARCHIVO, metavar="F", help="Deja el informe en una página.")
@click.pass_context
def comprobar(ctx: click.Context, que: str, html: Path | None) -> None:
    """Revisa la forma de un documento, de un archivo o de todo lo que rige y está en trabajo.

    Ejemplo: sgc-gt comprobar PR-FOM-03
    """
    sesion: Sesion = ctx.obj
    consulta = sesion.consulta
    informe = _revisar(consulta, que)
    if html:
        from sgc_gt.cli.comprobado_html import pagina  # noqa: PLC0415  (jinja2 solo si se pide)

        exigir_fuera(consulta.raiz, html)
        sesion.avisar(f"Quedó en {guardar(html, pagina(informe).encode())}")
    sesion.responder(a_dicts(informe), texto(informe))
    if informe.cuantas:
        ctx.exit(CON_ALERTAS)


def _revisar(ctx: Contexto, que: str) -> Informe:
    """El informe de lo pedido: un archivo, un código, o todo."""
    vista = ctx.vista()
    hoy = ctx.ahora(vista).date()

    def en_carpeta(ruta: str) -> bytes | None:
        archivo = ctx.raiz / ruta
        return archivo.read_bytes() if archivo.is_file() else None

    with FormasLeidas(ctx.raiz).recordando() as lecturas:
        revision = Revision(vista, TALLER, hoy, lecturas, en_carpeta)
        if _es_archivo(que):
            adjunto = leer_archivo(Path(que))
            revisados = [revision.suelto(adjunto.nombre, adjunto.contenido)]
        else:
            revisados = revision.documento(que.strip().upper()) if que else revision.todo()
    return Informe(vista.servicio.nombre, hoy, tuple(revisados), vista.organizacion.nombre_cargo)


def _es_archivo(que: str) -> bool:
    return Path(que).suffix != "" or "\\" in que or Path(que).is_file()
