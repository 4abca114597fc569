"""`verificar`: la cadena entera."""

from __future__ import annotations

import sys

import click

from sgc_gt.cli.espanol import orden
from sgc_gt.cli.sesion import Sesion
from sgc_gt.consultas.repeticion import Taller
from sgc_gt.consultas.verificar import informe_a_dict
from sgc_gt.consultas.verificar import verificar as revisar
from sgc_gt.contexto import GENERADOR
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import situacion
from sgc_gt.ordenes.borrador import huella_de, sellado

ROTA = 3


def _huella(contenido: bytes, datos: bytes | None, ficha: Ficha, version: str, archivo: str) -> str:
    v = situacion(ficha).de(version)
    return huella_de(contenido, datos, v.titulo if v else "", v.motivo if v else "", archivo)


@orden()
@click.pass_context
def verificar(ctx: click.Context) -> None:
    """Revisa la integridad de todo: repite cada movimiento desde el primero y dice cuál no calza.

    Ejemplo: sgc-gt verificar
    """
    sesion: Sesion = ctx.obj
    en_consola = sys.stderr.isatty() and not sesion.json

    def avanzar(n: int) -> None:
        if en_consola and n % 50 == 0:
            sesion.avisar(f"{n} movimientos revisados…")

    informe = revisar(sesion.consulta.repo, Taller(_huella, sellado, GENERADOR), avanzar)
    if informe.ok:
        texto = f"Integridad correcta: {informe.revisado} movimientos repetidos, todos legales y completos."
    else:
        lineas = [f"  - {a.lugar}\n    {a.mensaje} [{a.regla}]" for a in informe.alertas]
        texto = f"La integridad está rota. Movimientos correctos: {informe.revisado}.\n" + "\n".join(lineas)
    sesion.responder(informe_a_dict(informe), texto)
    for aviso in informe.avisos:
        sesion.avisar(f"Aviso: {aviso.lugar}: {aviso.mensaje}.")
    if not informe.ok:
        ctx.exit(ROTA)
