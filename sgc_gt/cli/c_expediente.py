"""`expediente`: todo lo de un código en una página que se abre con doble clic."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.repaso import exigir_integra
from sgc_gt.cli.sesion import Sesion
from sgc_gt.ordenes.salida import PAGINA, dejar, exigir_fuera, exigir_nombre

MEGA = 1_000_000


@orden()
@o.con(o.codigo)
@click.option("-o", "salida", type=o.ARCHIVO, metavar="F.html", help="Archivo o carpeta donde dejarla.")
@click.option("--fecha", metavar="D", help="Como estaba en esa fecha; hoy si no se dice.")
@click.option("--pdf", is_flag=True, help="Agrega el documento en PDF (necesita LibreOffice).")
@click.option(
    "--adjuntos",
    type=click.IntRange(min=0),
    default=15,
    metavar="MB",
    help="Cuántos MB de respaldos van dentro; de los demás se dice dónde están. 15 si no se dice.",
)
@click.option(
    "--verificar", is_flag=True, help="Antes repite la historia entera; si no es correcta, se niega."
)
@con_sesion
def expediente(
    sesion: Sesion,
    codigo: str,
    salida: Path | None,
    fecha: str | None,
    pdf: bool,
    adjuntos: int,
    verificar: bool,
) -> None:
    """Deja en una sola página el expediente de un código: el documento, su aprobación, sus versiones con lo
    que cambió, quién actuó en cada paso, sus registros y cómo comprobarlo todo.

    Ejemplo: sgc-gt expediente PR-GT-01 -o ..
    """
    from sgc_gt.consultas import expediente as consulta  # noqa: PLC0415  (jinja2 y Word: 400 ms)
    from sgc_gt.consultas.expediente_pagina import tamano  # noqa: PLC0415

    ctx = sesion.consulta
    vista = ctx.vista()
    destino = salida or Path.cwd()
    exigir_fuera(ctx.raiz, destino)
    exigir_nombre(destino, PAGINA)
    integridad = exigir_integra(sesion, vista) if verificar else None
    corte = o.leer_corte(fecha, ctx.ahora(vista).date())
    hecho = consulta.expediente(vista, codigo, corte, limite=adjuntos * MEGA, pdf=pdf)._replace(
        integridad=integridad
    )
    contenido = consulta.pagina(hecho).encode()
    if destino.is_dir():
        destino /= f"expediente_{codigo.replace('/', '_')}_{corte.isoformat()}.html"
    [archivo] = dejar(ctx.raiz, {destino: contenido})
    resumen = {
        **hecho.resumen_json(),
        "archivo": str(archivo),
        "tamano": len(contenido),
        "sha256": hashlib.sha256(contenido).hexdigest(),
        **({"historia": integridad.a_dict()} if integridad else {}),
    }
    sesion.responder(resumen, f"Expediente de {codigo}: {archivo} ({tamano(len(contenido))})")
    sesion.advertir((*hecho.documento.avisos, *hecho.sin_su_archivo))
