"""El formulario de Excel con que una persona llena los datos de un documento."""

from __future__ import annotations

from pathlib import Path

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio.periodos import leer_periodo
from sgc_gt.dominio.regiones import REGIONES
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes.salida import dejar, exigir_fuera, exigir_nombre

_TODAS = "todas"


@orden()
@click.argument("documento", metavar="COD|TIPO")
@click.option(
    "-o", "salida", type=o.ARCHIVO, metavar="F.xlsx", help="Dónde dejarlo; con --region todas, una carpeta."
)
@click.option(
    "--region",
    multiple=True,
    callback=o.una_sola,
    metavar="R",
    help="Solo las filas de esa región (código o nombre); «todas»: un formulario para cada una.",
)
@click.option("--periodo", default="", metavar="P", help="Año o período del documento, si no es el suyo.")
@con_sesion
def formulario(sesion: Sesion, documento: str, salida: Path | None, region: str, periodo: str) -> None:
    """Deja el formulario de Excel de un documento, con lo que su borrador ya dice.

    Ejemplo: sgc-gt formulario PL-GT-01 --region 11 -o ../plan_aysen.xlsx
    """
    from sgc_gt.consultas.formularios import formulario as armar  # noqa: PLC0415  (abre Excel: solo si se pide)
    from sgc_gt.listas.formularios.escribir import a_formulario  # noqa: PLC0415
    from sgc_gt.ordenes.region import region_en_uso  # noqa: PLC0415

    periodo = leer_periodo(periodo)
    ctx = sesion.consulta
    vista = ctx.vista()
    varias = region.strip().lower() == _TODAS
    regiones = vista.servicio.regiones if varias else [region_en_uso(vista.servicio, region)]
    archivos = {}
    for codigo in regiones:
        f = armar(ctx, vista, documento, codigo, periodo)
        archivos[_destino(salida, f.codigo or f.tipo, codigo, varias)] = a_formulario(f)
    for destino in archivos:
        exigir_fuera(ctx.raiz, destino, "-o ../formulario.xlsx")
    dejados = [str(a) for a in dejar(ctx.raiz, archivos, "-o ../formulario.xlsx")]
    texto = (
        "\n".join(["Formularios:", *(f"  {a}" for a in dejados)]) if varias else f"Formulario: {dejados[0]}"
    )
    sesion.responder({"archivo": dejados[0], "archivos": dejados}, texto)


def _destino(salida: Path | None, nombre: str, region: str, varias: bool) -> Path:
    """El archivo pedido o, si se dijo una carpeta, uno con el nombre del documento y de la región."""
    de_region = f"_{REGIONES[region].abreviatura}" if region else ""
    propio = f"formulario_{nombre.replace('/', '_')}{de_region}.xlsx"
    if varias and salida is not None and salida.suffix:
        raise UsoIncorrecto(
            "son varios formularios, y se dijo el nombre de uno",
            lugar=str(salida),
            esperado="una carpeta",
            hacer="diga dónde dejarlos: -o ../formularios",
        )
    if salida is None or salida.is_dir() or varias:
        return (salida or Path.cwd()) / propio
    exigir_nombre(salida, (".xlsx",))
    return salida
