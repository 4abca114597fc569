"""`comprobar`: el chequeo de forma, en pantalla, en JSON, en una página o como comentarios en Word."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sgc_gt.cli.comprobado import Informe, a_dicts, texto
from sgc_gt.cli.espanol import orden
from sgc_gt.cli.opciones import ARCHIVO, leer_archivo
from sgc_gt.cli.sesion import Sesion
from sgc_gt.consultas.comprobar import Revision
from sgc_gt.consultas.formas_leidas import FormasLeidas
from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes.comprobacion import TALLER
from sgc_gt.ordenes.salida import PAGINA, dejar, exigir_fuera, exigir_nombre

if TYPE_CHECKING:
    from sgc_gt.contexto import Contexto

CON_ALERTAS = 1


@orden()
@click.argument("que", required=False, default="", metavar="[COD | ARCHIVO]")
@click.option("--html", type=ARCHIVO, metavar="F", help="Deja el informe en una página.")
@click.option(
    "--comentado", type=ARCHIVO, metavar="F", help="Deja una copia Word con cada alerta como comentario."
)
@click.pass_context
def comprobar(ctx: click.Context, que: str, html: Path | None, comentado: Path | None) -> None:
    """Revisa la forma de los documentos, y lo que sus datos y su estado muestran.

    Ejemplo: sgc-gt comprobar PR-FOM-03
    """
    sesion: Sesion = ctx.obj
    consulta = sesion.consulta
    obras = ((html, "--html", PAGINA, _pagina), (comentado, "--comentado", (".docx",), _comentada))
    for destino, opcion, clases, _ in obras:
        if destino:
            exigir_fuera(consulta.raiz, destino, f"{opcion} ../{destino.name}")
            exigir_nombre(destino, clases, opcion)
    informe = _revisar(consulta, que)
    for destino, opcion, _, obra in obras:
        if destino:
            [dejado] = dejar(consulta.raiz, {destino: obra(consulta, informe, que)}, opcion)
            sesion.avisar(f"Quedó en {dejado}")
    sesion.responder(a_dicts(informe), texto(informe))
    if informe.cuantas:
        ctx.exit(CON_ALERTAS)


def _revisar(ctx: Contexto, que: str) -> Informe:
    """El informe de lo pedido: un archivo, un código, o todo."""
    vista = ctx.vista()
    hoy = ctx.ahora(vista).date()
    with FormasLeidas(ctx.raiz).recordando() as lecturas:
        revision = Revision(vista, TALLER, hoy, lecturas, partial(_en_carpeta, ctx))
        if _es_archivo(que):
            adjunto = leer_archivo(Path(que))
            revisados, estado = [revision.suelto(adjunto.nombre, adjunto.contenido)], []
        else:
            from sgc_gt.consultas.hallazgos import del_estado  # noqa: PLC0415  (un archivo suelto no los mira)

            codigo = que.strip().upper()
            revisados = revision.documento(codigo) if codigo else revision.todo()
            estado = del_estado(vista, hoy, codigo)
    nombrar = partial(nombre_cargo, vista.servicio)
    return Informe(vista.servicio.nombre, hoy, tuple(revisados), nombrar, tuple(estado))


def _es_archivo(que: str) -> bool:
    return que != "" and (Path(que).suffix != "" or "\\" in que or Path(que).exists())


def _en_carpeta(ctx: Contexto, ruta: str) -> bytes | None:
    """Lo que hay en la carpeta de trabajo: un borrador se revisa como su dueño lo ve."""
    archivo = ctx.raiz / ruta
    return archivo.read_bytes() if archivo.is_file() else None


def _pagina(_ctx: Contexto, informe: Informe, _que: str) -> bytes:
    from sgc_gt.cli.comprobado_html import pagina  # noqa: PLC0415  (jinja2 solo si se pide)

    return pagina(informe).encode()


def _comentada(ctx: Contexto, informe: Informe, que: str) -> bytes:
    """La copia de lo revisado con sus alertas como comentarios; UsoIncorrecto si no es un solo Word."""
    from sgc_gt.ordenes.respuestas import con_respuestas  # noqa: PLC0415  (ídem, Word)

    uno = informe.revisados[0] if que and informe.revisados else None
    if uno is None or not uno.archivo.lower().endswith(".docx"):
        raise UsoIncorrecto(
            "la copia comentada es de un solo documento Word",
            lugar="--comentado",
            hacer="diga el código o el archivo: sgc-gt comprobar COD --comentado F.docx",
        )
    vista = ctx.vista()
    if _es_archivo(que):
        contenido = leer_archivo(Path(que)).contenido
    else:
        contenido = _en_carpeta(ctx, uno.archivo) or vista.leer(uno.archivo) or b""
    return con_respuestas(contenido, [*uno.alertas, *uno.base], (), ctx.ahora(vista))
