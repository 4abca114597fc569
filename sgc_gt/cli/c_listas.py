"""Listas y registros."""

from __future__ import annotations

from pathlib import Path

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.c_estado import mostrar
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion
from sgc_gt.consultas import listas as las_listas
from sgc_gt.consultas.registros import registros as conciliar
from sgc_gt.dominio.fechas import imprimir_fecha, leer_fecha
from sgc_gt.dominio.periodos import leer_periodo
from sgc_gt.dominio.registros import CONCILIACION, fila_conciliada
from sgc_gt.dominio.tabla import Tabla
from sgc_gt.ordenes.salida import dejar, exigir_fuera


@orden()
@click.option("--fecha", metavar="D", help="Fecha de corte; hoy si no se dice.")
@o.con(o.sabido_al)
@click.option("--formato", type=click.Choice(["xlsx", "docx", "csv"]), help="Formato de los archivos.")
@click.option(
    "-o", "salida", type=o.ARCHIVO, metavar="DIR", help="Carpeta donde dejarlas; la actual si no se dice."
)
@con_sesion
def listas(
    sesion: Sesion, fecha: str | None, sabido_al: str | None, formato: str | None, salida: Path | None
) -> None:
    """Lista maestra, listado de registros, documentos externos y lista de distribución, a una fecha de corte.

    Ejemplo: sgc-gt listas --formato xlsx -o ../listas --fecha 31-12-2025
    """
    ctx = sesion.consulta
    vista, corte = o.como_se_sabia(ctx, ctx.vista(), sabido_al, fecha)
    todas = [
        lista._replace(tabla=o.segun(lista.tabla, sabido_al)) for lista in las_listas.listas(vista, corte)
    ]
    if formato is None and salida is None and not sesion.json:
        for n, lista in enumerate(todas):
            if n:
                sesion.responder(None, "")
            mostrar(sesion, None, lista.tabla)
        return
    destino = salida or Path.cwd()
    exigir_fuera(ctx.raiz, destino)
    extension = formato or "xlsx"
    sabido = f"_sabido-al-{leer_fecha(sabido_al).isoformat()}" if sabido_al else ""
    archivos = dejar(
        ctx.raiz,
        {
            destino / f"{lista.nombre}_{corte.isoformat()}{sabido}.{extension}": las_listas.exportar(
                vista, lista, extension
            )
            for lista in todas
        },
    )
    nombres = [str(a) for a in archivos]
    sesion.responder(
        {"archivos": nombres, "fecha": corte.isoformat()},
        f"Listas al {imprimir_fecha(corte)}:\n" + "\n".join(f"  {n}" for n in nombres),
    )


@orden()
@click.option("--periodo", default="", metavar="A", help="Año o período; el actual si no se dice.")
@con_sesion
def registros(sesion: Sesion, periodo: str) -> None:
    """Los registros que la sección 9 de cada procedimiento vigente pide, contra lo archivado.

    Ejemplo: sgc-gt registros --periodo 2025
    """
    periodo = leer_periodo(periodo)
    ctx = sesion.consulta
    vista = ctx.vista()
    hoy = ctx.ahora(vista).date()
    filas = conciliar(vista, periodo or str(hoy.year), hoy)
    tabla = Tabla(
        f"Registros del período {periodo or hoy.year}",
        vista.servicio.nombre,
        CONCILIACION,
        tuple(fila_conciliada(f) for f in filas),
        hoy,
        () if filas else ("Ningún procedimiento vigente pide registros todavía.",),
    )
    mostrar(sesion, filas, tabla)
