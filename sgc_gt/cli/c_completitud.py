"""`completitud`: la matriz región × objeto."""

from __future__ import annotations

from pathlib import Path

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.c_estado import mostrar
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio.completitud import ESTA, FALTA, FilaRegion, Objeto, columnas
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.periodos import leer_anio
from sgc_gt.dominio.tabla import Tabla
from sgc_gt.ordenes.salida import dejar, exigir_fuera


@orden()
@click.option("--periodo", default="", metavar="A", help="Año; el de la fecha si no se dice.")
@click.option("--fecha", metavar="D", help="Como estaba en esa fecha; hoy si no se dice.")
@click.option(
    "--formato", type=click.Choice(["xlsx", "json"]), help="Dejarla en un archivo de Excel, o en JSON."
)
@click.option("-o", "salida", type=o.ARCHIVO, metavar="DIR", help="Carpeta donde dejar el archivo.")
@con_sesion
def completitud(
    sesion: Sesion, periodo: str, fecha: str | None, formato: str | None, salida: Path | None
) -> None:
    """De cada región, qué objetos del año la consideran y cuáles faltan.

    Ejemplo: sgc-gt completitud --periodo 2025 --formato xlsx -o ../completitud
    """
    from sgc_gt.consultas.completitud import completitud as evaluar  # noqa: PLC0415
    from sgc_gt.consultas.completitud import objetos as columnas_de  # noqa: PLC0415

    ctx = sesion.consulta
    vista = ctx.vista()
    corte = o.leer_corte(fecha, ctx.ahora(vista).date())
    anio = leer_anio(periodo) or corte.year
    filas, objetos = evaluar(vista, anio, corte), columnas_de(vista)
    tabla = Tabla(
        f"Completitud por región, período {anio}",
        vista.servicio.nombre,
        columnas(objetos),
        tuple(f.a_fila() for f in filas),
        corte,
        _notas(filas, objetos),
    )
    sesion.json = sesion.json or formato == "json"
    if formato != "xlsx" and salida is None:
        mostrar(sesion, [f.a_dict() for f in filas], tabla)
        return
    from sgc_gt.consultas.listas import Lista, exportar  # noqa: PLC0415  (solo si se pide un archivo)

    destino = (salida or Path.cwd()) / f"completitud_{anio}_{corte}.xlsx"
    exigir_fuera(ctx.raiz, destino)
    nombres = [
        str(a) for a in dejar(ctx.raiz, {destino: exportar(vista, Lista(destino.stem, tabla), "xlsx")})
    ]
    sesion.responder(
        {"archivos": nombres, "fecha": corte.isoformat()},
        f"Completitud al {imprimir_fecha(corte)}:\n  {nombres[0]}",
    )


def _notas(filas: tuple[FilaRegion, ...], objetos: tuple[Objeto, ...]) -> tuple[str, ...]:
    """Cuántas regiones hay, y de cada objeto cuántas faltan."""
    faltan = []
    for objeto in objetos:
        sin = sum(1 for f in filas if f.casillas[objeto.clave].estado != ESTA)
        if sin:
            faltan.append(f"{objeto.titulo} {sin}")
    detalles = {
        f"{o.titulo}: {detalle}."
        for o in objetos
        for f in filas
        if f.casillas[o.clave].estado == FALTA and (detalle := f.casillas[o.clave].detalle)
    }
    que = "nada falta" if not faltan else "les falta algo: " + ", ".join(faltan)
    cuantas = "Una región existía" if len(filas) == 1 else f"{len(filas)} regiones existían"
    return (f"{cuantas} en el período; {que}.", *sorted(detalles))
