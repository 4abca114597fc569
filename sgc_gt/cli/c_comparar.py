"""`comparar`: qué cambió entre dos versiones, o entre dos archivos."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion, reloj
from sgc_gt.comparacion.a_dict import informe_a_dict
from sgc_gt.comparacion.html import informe_a_html
from sgc_gt.comparacion.texto import Forma, informe_a_texto
from sgc_gt.comparacion.valores import Informe
from sgc_gt.consultas import comparar as consulta
from sgc_gt.consultas.comparar import Pieza
from sgc_gt.dominio import rutas
from sgc_gt.dominio.actos import BORRADOR
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.errores import NoEncontrado, UsoIncorrecto
from sgc_gt.ordenes.salida import dejar, exigir_nombre

TEXTO, HTML, DOCX = "texto", "html", "docx"
FORMATOS = (TEXTO, HTML, DOCX)
EXTENSIONES = {".txt": TEXTO, ".html": HTML, ".htm": HTML, ".docx": DOCX}
ANCHO_COMODO = 100
"""Más allá, una línea se lee peor aunque la consola sea más ancha."""


@orden()
@click.argument("que", nargs=-1, required=True, metavar="COD [V1] [V2]")
@click.option(
    "--formato", type=click.Choice(FORMATOS), help="Cómo se muestra; sin decirlo, el de -o, o texto."
)
@click.option("-o", "salida", type=o.ARCHIVO, metavar="F", help="Archivo o carpeta donde dejarlo.")
@con_sesion
def comparar(sesion: Sesion, que: tuple[str, ...], formato: str | None, salida: Path | None) -> None:
    """Muestra qué cambió, por sección: entre dos versiones (03, 03-b2, borrador, vigente o un archivo), el
    borrador contra la vigente si no se dicen, o dos archivos sueltos.

    Ejemplo: sgc-gt comparar PR-GT-01 01 vigente
    """
    if salida:
        exigir_nombre(salida, tuple(e for e, f in EXTENSIONES.items() if formato in (None, f)))
    antes, despues = _piezas(sesion, que)
    hecho = consulta.informe(antes, despues)
    elegido = formato or _por_extension(salida)
    if salida is not None or elegido != TEXTO:
        destino = _destino(salida or Path.cwd(), hecho, elegido)
        [archivo] = dejar(_casa(sesion), {destino: _exportado(hecho, (antes, despues), elegido)})
        sesion.responder({**informe_a_dict(hecho), "archivo": str(archivo)}, f"Comparación: {archivo}")
    elif sesion.json:
        sesion.responder(informe_a_dict(hecho), "")
    else:
        _en_pantalla(sesion, hecho)
    sesion.advertir(hecho.avisos)


def _piezas(sesion: Sesion, que: tuple[str, ...]) -> tuple[Pieza, Pieza]:
    """Los dos archivos que la persona pidió comparar."""
    if len(que) == 2 and _es_archivo(que[0]):
        return _suelto(que[0]), _suelto(que[1])
    if len(que) > 3 or _es_archivo(que[0]):
        raise UsoIncorrecto(
            "no se entiende qué comparar",
            esperado="un código y hasta dos versiones, o dos archivos",
            hacer="por ejemplo: sgc-gt comparar PR-GT-01 01 02, o sgc-gt comparar antes.docx despues.docx",
        )
    codigo, versiones = que[0].strip().upper(), list(que[1:])
    ctx = sesion.consulta
    vista = ctx.vista()
    hoy = ctx.ahora(vista).date()
    ficha = vista.ficha(codigo)
    if not versiones:
        versiones = list(consulta.por_omision(ficha, hoy))
    elif len(versiones) == 1:
        versiones = list(consulta.contra_la_vigente(ficha, versiones[0], hoy))
    antes, despues = (
        _suelto(v) if _es_archivo(v) else consulta.de_version(vista, codigo, v, hoy) for v in versiones
    )
    for pieza in (antes, despues):
        _avisar_sin_entregar(sesion, ficha, pieza)
    return antes, despues


def _avisar_sin_entregar(sesion: Sesion, ficha: Ficha, pieza: Pieza) -> None:
    """Se compara el borrador entregado; si el de la carpeta ya es otro, la persona debe saberlo."""
    if pieza.lado.estado != BORRADOR:
        return
    ruta = rutas.ruta_borrador(ficha, pieza.lado.archivo)
    archivo = sesion.raiz / ruta
    if archivo.is_file() and archivo.read_bytes() != pieza.contenido:
        sesion.avisar(
            f"Aviso: el borrador de la carpeta tiene cambios sin entregar, que aquí no se ven. Para verlos: "
            f"sgc-gt comparar {ficha.codigo} {ruta}"
        )


def _es_archivo(palabra: str) -> bool:
    """Si la palabra es la ruta de un archivo y no un código ni una versión."""
    return Path(palabra).suffix[1:].isalpha() or Path(palabra).is_file()


def _suelto(ruta: str) -> Pieza:
    adjunto = o.leer_archivo(Path(ruta))
    return consulta.suelto(adjunto.nombre, adjunto.contenido)


def _por_extension(salida: Path | None) -> str:
    """El formato que el nombre del archivo dice."""
    return EXTENSIONES.get(salida.suffix.lower(), TEXTO) if salida else TEXTO


def _destino(salida: Path, hecho: Informe, formato: str) -> Path:
    return salida / _nombre(hecho, formato) if salida.is_dir() else salida


def _casa(sesion: Sesion) -> Path | None:
    """La carpeta del servicio, si hay: dos archivos sueltos se comparan sin uno."""
    try:
        return sesion.raiz
    except NoEncontrado:
        return None


def _nombre(hecho: Informe, formato: str) -> str:
    """`comparacion_PR-GT-01_01_02.html`; con archivos sueltos, sus nombres."""
    lados = [lado.version or Path(lado.archivo).stem for lado in (hecho.antes, hecho.despues)]
    codigo = (hecho.antes.codigo or hecho.despues.codigo).replace("/", "_")
    partes = ["comparacion", *([codigo] if codigo else []), *lados]
    return "_".join(partes) + next(e for e, f in EXTENSIONES.items() if f == formato)


def _exportado(hecho: Informe, piezas: tuple[Pieza, Pieza], formato: str) -> bytes:
    if formato == DOCX:
        return consulta.con_cambios_marcados(*piezas, reloj())
    if formato == HTML:
        return informe_a_html(hecho).encode()
    return informe_a_texto(hecho, Forma(ancho=80, completo=True)).encode()


def _en_pantalla(sesion: Sesion, hecho: Informe) -> None:
    """En una consola, resumido y con color si lo hay; a un archivo u otro programa, completo y sin color."""
    consola = sys.stdout.isatty()
    ancho = min(shutil.get_terminal_size().columns, ANCHO_COMODO)
    if not consola:
        sesion.responder(None, informe_a_texto(hecho, Forma(ancho=80, completo=True)))
    elif os.environ.get("NO_COLOR") or (sys.stdout.encoding or "").lower() not in ("utf-8", "utf8"):
        sesion.responder(None, informe_a_texto(hecho, Forma(ancho=ancho)))
    else:
        click.echo(informe_a_texto(hecho, Forma(ancho=ancho, color=True)), nl=False)
