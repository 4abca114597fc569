"""`historial`: cada movimiento, con los filtros y las formas de llevárselo que pide quien audita."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.historial_pregunta import preguntar
from sgc_gt.cli.historial_salida import CSV, HTML, TEXTO, Salida
from sgc_gt.cli.sesion import Sesion
from sgc_gt.consultas.historial import Filtro, filtrado
from sgc_gt.contexto import Vista
from sgc_gt.dominio.etiquetas import ACTOS
from sgc_gt.dominio.fechas import leer_fecha
from sgc_gt.dominio.parecidos import esperados
from sgc_gt.errores import UsoIncorrecto

# Cada forma de mostrarlo se importa al usarla: la consulta en JSON no paga tablas, páginas ni Word.
# ruff: noqa: PLC0415

FECHAS = ("desde", "hasta", "sabido_al")
PREGUNTAS = ("seccion", "version", "anotado")
FILTROS = ("persona", "de", "acto", "por_registro", *FECHAS)

_filtros = o.con(
    click.option(
        "--persona", default="", metavar="CORREO", help="Solo lo que hizo, o anotó por otra persona."
    ),
    click.option("--de", default="", metavar="CARGO", help="Solo lo que se hizo con ese cargo."),
    click.option("--desde", metavar="D", help="Solo desde esa fecha."),
    click.option("--hasta", metavar="D", help="Solo hasta esa fecha."),
    click.option("--por-registro", is_flag=True, help="El período cuenta por el día en que se anotó."),
    click.option("--acto", default="", metavar="ACTO", help="Solo ese movimiento: aprobar, emitir…"),
    o.sabido_al,
)
_preguntas = o.con(
    click.option(
        "--parrafo",
        metavar="TEXTO",
        help="Desde cuándo el documento dice eso: versión, motivo y quién aprobó.",
    ),
    click.option("--seccion", default="", metavar="S", help="Solo en esa sección: su número o su nombre."),
    click.option(
        "--version", default="", metavar="V", help="La versión por la que se pregunta; la vigente si no."
    ),
    click.option(
        "--anotado", is_flag=True, help="El documento entero, cada párrafo con la versión de que viene."
    ),
)


@orden()
@click.argument("codigos", nargs=-1, metavar="[COD]…")
@_filtros
@_preguntas
@click.option(
    "--formato",
    type=click.Choice((TEXTO, CSV, HTML)),
    help="Cómo se entrega; sin decirlo, el de -o, o texto.",
)
@click.option("-o", "lugar", type=o.ARCHIVO, metavar="F", help="Archivo o carpeta donde dejarlo.")
@con_sesion
def historial(
    sesion: Sesion, codigos: tuple[str, ...], formato: str | None, lugar: Path | None, **pedido: Any
) -> None:
    """Muestra cada movimiento: quién, en qué calidad, con qué respaldo y cuándo se anotó; o desde cuándo un
    documento dice algo.

    Ejemplo: sgc-gt historial PR-GT-01 --parrafo "se responde en diez días"
    """
    codigos = tuple(dict.fromkeys(c.strip().upper() for c in codigos))
    salida = Salida.pedida(formato, lugar)
    if pedido["parrafo"] is not None or any(pedido[p] for p in PREGUNTAS):
        preguntar(sesion, codigos, salida, pedido)
    else:
        _listar(sesion, _filtro(codigos, pedido), salida, pedido["sabido_al"])


def _filtro(codigos: tuple[str, ...], pedido: dict[str, Any]) -> Filtro:
    """Lo pedido, con sus fechas leídas; UsoIncorrecto si algo no se entiende."""
    valores = {clave: pedido[clave] for clave in FILTROS}
    for clave in FECHAS:
        dicha = valores[clave]
        valores[clave] = leer_fecha(dicha, f"--{clave.replace('_', '-')}") if dicha else None
    filtro = Filtro(codigos, cargo=valores.pop("de"), **valores)
    if filtro.acto and filtro.acto not in ACTOS:
        raise UsoIncorrecto(
            f"no existe el movimiento «{filtro.acto}»",
            lugar="--acto",
            esperado=esperados(filtro.acto, ACTOS),
            hacer="escriba el nombre de la orden que lo registra: aprobar, emitir, devolver",
        )
    if filtro.desde and filtro.hasta and filtro.desde > filtro.hasta:
        raise UsoIncorrecto(
            "el período termina antes de empezar",
            lugar="--desde",
            esperado="una fecha anterior a la de --hasta",
            hacer="revise las dos fechas",
        )
    return filtro


# ---- los movimientos --------------------------------------------------------------------------------------


def _listar(sesion: Sesion, filtro: Filtro, salida: Salida, sabido_al: str | None) -> None:
    ctx = sesion.consulta
    vista, _ = o.como_se_sabia(ctx, ctx.vista(), sabido_al, None)
    filas = filtrado(vista, filtro)
    if not salida.en_pantalla:
        codigo = f"_{filtro.codigos[0].replace('/', '_')}" if len(filtro.codigos) == 1 else ""
        contenido = _exportado(vista, filtro, filas, salida.formato)
        archivo = salida.dejar(sesion, f"historial{codigo}", contenido)
        cuantos = "1 movimiento" if len(filas) == 1 else f"{len(filas)} movimientos"
        sesion.responder({"archivo": archivo, "movimientos": len(filas)}, f"Historial, {cuantos}: {archivo}")
    elif sesion.json:
        from sgc_gt.consultas.historial_detalle import detalle

        sesion.responder([{**f, "detalle": detalle(vista.organizacion, f)} for f in filas], "")
    else:
        _mostrar(sesion, vista, filtro, filas)


def _mostrar(sesion: Sesion, vista: Vista, filtro: Filtro, filas: list[dict[str, Any]]) -> None:
    """En una consola, cada movimiento en unas líneas; redirigido, la tabla entera."""
    from sgc_gt.cli import historial_texto, pantalla
    from sgc_gt.consultas import historial_palabras as palabras
    from sgc_gt.consultas.historial_detalle import observadas

    tabla = palabras.en_pantalla(vista, filas, filtro)
    ancho = shutil.get_terminal_size().columns
    if sys.stdout.isatty():
        pantalla.escribir(historial_texto.en_renglones(tabla, min(ancho, historial_texto.COMODO)), sys.stdout)
    else:
        pantalla.mostrar(tabla, sys.stdout, ancho)
    if filtro.codigos:
        for dicha in (d for f in filas if f["seguimiento"] for d in observadas(f)):
            sesion.avisar(dicha)


def _exportado(vista: Vista, filtro: Filtro, filas: list[dict[str, Any]], formato: str) -> bytes:
    from sgc_gt.consultas import historial_palabras as palabras

    if formato == CSV:
        from sgc_gt.listas.csv import a_csv

        return a_csv(palabras.en_planilla(vista, filas, filtro))
    if formato == HTML:
        from sgc_gt.cli.historial_html import pagina

        return pagina(vista, filas, filtro).encode()
    from sgc_gt.cli import cuadro

    return cuadro.texto(palabras.en_pantalla(vista, filas, filtro)).encode()
