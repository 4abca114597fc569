"""Las órdenes sobre un registro ya archivado: corregir, suspender, reanudar y sustraer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.respuestas import avisar_pendientes, lineas_de, resultado_a_dict
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio import vida
from sgc_gt.dominio.fechas import leer_fecha
from sgc_gt.ordenes import vida as ordenes
from sgc_gt.ordenes.movimiento import Resultado
from sgc_gt.ordenes.pedido import Peticion

DECRETO = click.option("--decreto", metavar="N", help="Número del decreto que autoriza.")


def responder_vida(
    sesion: Sesion, acto: str, resultados: Sequence[Resultado], lineas: Sequence[str] = (), **mas: Any
) -> None:
    """Responde un acto sobre registros archivados, con lo propio de él."""
    valores = [{**resultado_a_dict(r), "acto": acto, **mas} for r in resultados]
    lineas = [*(lineas or (linea for r in resultados for linea in lineas_de(acto, r)))]
    lineas += [f"Propuesta {mas['propuesta']}."] if mas.get("propuesta") else []
    lineas += [f"Inventario: {mas['inventario']}"] if mas.get("inventario") else []
    sesion.responder(valores, "\n".join(lineas))
    sesion.advertir(a for r in resultados for a in r.avisos)
    avisar_pendientes(sesion, resultados)


@orden()
@o.con(o.codigo)
@click.option("--por", default="", metavar="COD", help="El registro posterior que lo corrige.")
@o.con(o.motivo, o.fecha, o.adjunto)
@con_sesion
def corregir(sesion: Sesion, codigo: str, por: str, **valores: Any) -> None:
    """Anota que un registro está equivocado: lo corrige otro posterior, o una nota. Los dos quedan visibles.

    Ejemplo: sgc-gt corregir RG-GT-10/2026/001 --por RG-GT-10/2026/004 --motivo "El oficio era otro"
    """
    hechos = ordenes.corregir(sesion.contexto, codigo, por.strip().upper(), o.peticion(**valores))
    responder_vida(sesion, "corregir", hechos, lineas=_corregido(hechos))


def _corregido(hechos: Sequence[Resultado]) -> list[str]:
    """El equivocado y, si otro lo corrige, que ese es el bueno."""
    equivocado, *otros = hechos
    return [*lineas_de("corregir", equivocado), *(f"  Lo corrige {r.codigo}." for r in otros)]


@orden()
@o.con(o.codigos)
@click.option(
    "--causa",
    required=True,
    type=click.Choice(list(vida.CAUSAS)),
    help="Por qué: " + ", ".join(f"{c} ({dicha})" for c, dicha in vida.CAUSAS.items()) + ".",
)
@click.option("--hasta", metavar="D", help="Hasta cuándo; sin término si no se dice.")
@o.con(o.motivo, o.oficio, o.fecha_oficio, o.fecha, o.adjunto)
@con_sesion
def suspender(
    sesion: Sesion, codigos: tuple[str, ...], causa: str, hasta: str | None, **valores: Any
) -> None:
    """Suspende la retención: mientras dure, el registro no se puede disponer.

    Ejemplo: sgc-gt suspender RG-GT-06/2019/001 --causa auditoria --motivo "Auditoría de la Contraloría"
    """
    extra = {vida.CAUSA: causa, **hasta_en(hasta, "--hasta")}
    peticion = con_extra(o.peticion(**valores), extra)
    responder_vida(sesion, "suspender", ordenes.anotar(sesion.contexto, "suspender", codigos, peticion))


@orden()
@o.con(o.codigos, o.motivo, o.oficio, o.fecha_oficio, o.fecha, o.adjunto)
@con_sesion
def reanudar(sesion: Sesion, codigos: tuple[str, ...], **valores: Any) -> None:
    """Reanuda la retención que estaba suspendida.

    Ejemplo: sgc-gt reanudar RG-GT-06/2019/001 --motivo "Terminó la auditoría"
    """
    responder_vida(
        sesion, "reanudar", ordenes.anotar(sesion.contexto, "reanudar", codigos, o.peticion(**valores))
    )


@orden()
@o.con(o.codigo)
@click.option("--archivo", default="", metavar="NOMBRE", help="Cuál de sus archivos, si guarda varios.")
@o.con(o.motivo, o.resolucion, DECRETO, o.fecha_oficio, o.fecha, o.adjunto)
@con_sesion
def sustraer(sesion: Sesion, codigo: str, archivo: str, decreto: str | None, **valores: Any) -> None:
    """Retira de verdad un archivo subido por equivocación (datos personales), con el acto que lo ordena.

    Ejemplo: sgc-gt sustraer RG-GT-09/2026/003 --motivo M --resolucion 88 --fecha-oficio D --adjunto res.pdf
    """
    peticion = o.peticion(**valores)._replace(decreto=decreto or "")
    hechos = ordenes.sustraer(sesion.contexto, codigo, archivo, peticion)
    responder_vida(sesion, "sustraer", hechos)


def hasta_en(dicha: str | None, opcion: str) -> dict[str, str]:
    """El día de término, si se dijo, como el movimiento lo anota."""
    return {vida.HASTA: leer_fecha(dicha, opcion).isoformat()} if dicha else {}


def con_extra(peticion: Peticion, extra: dict[str, Any]) -> Peticion:
    """La petición con lo propio del acto."""
    return peticion._replace(extra={**peticion.extra, **extra})
