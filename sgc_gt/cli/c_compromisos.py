"""`compromisos`: lo comprometido, nazca donde nazca, y en qué está; en pantalla o en Excel."""

from __future__ import annotations

from pathlib import Path

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.c_estado import mostrar
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion


@orden()
@click.option("--fecha", metavar="D", help="Como estaban en esa fecha; hoy si no se dice.")
@click.option("--de", "quien", default="", metavar="Q", help="Solo de un cargo, una persona o una región.")
@click.option("-o", "salida", type=o.ARCHIVO, metavar="F.xlsx", help="Los deja en Excel, con membrete.")
@con_sesion
def compromisos(sesion: Sesion, fecha: str | None, quien: str, salida: Path | None) -> None:
    """Muestra los compromisos: de dónde nacen, su plazo, quién responde, su indicador y en qué están.

    Nacen en el informe de implementación, en el Programa de Seguimiento o en la Revisión por la Dirección.

    Ejemplo: sgc-gt compromisos --de egt --fecha 30-09-2026
    """
    from sgc_gt.consultas import compromisos as consulta  # noqa: PLC0415  (arranque en frío)

    ctx = sesion.consulta
    vista = ctx.vista()
    corte = o.leer_corte(fecha, ctx.ahora(vista).date())
    seguidos = consulta.de_quien(vista, consulta.compromisos(vista, corte), quien.strip(), corte)
    tabla = consulta.tabla_de(vista.servicio, seguidos, corte)
    if salida is None:
        mostrar(sesion, [consulta.a_dict(s) for s in seguidos], tabla)
        return
    from sgc_gt.consultas.listas import Lista, exportar  # noqa: PLC0415  (Excel, solo si se pide)
    from sgc_gt.ordenes.salida import dejar, exigir_fuera, exigir_nombre  # noqa: PLC0415

    exigir_nombre(salida, (".xlsx",))
    exigir_fuera(ctx.raiz, salida)
    [archivo] = dejar(ctx.raiz, {salida: exportar(vista, Lista("compromisos", tabla), "xlsx")})
    sesion.responder({"archivo": str(archivo)}, f"Compromisos: {archivo}")
