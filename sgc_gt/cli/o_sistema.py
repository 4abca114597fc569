"""Las órdenes del sistema sobre sí mismo, y archivar registros."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sgc_gt import inicial as trae
from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.respuestas import firmado, resultado_a_dict
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio import rutas
from sgc_gt.dominio.fechas import leer_fecha
from sgc_gt.ordenes import sistema
from sgc_gt.ordenes.registro import Archivo, archivar


def _responder(sesion: Sesion, commit: str, oracion: str, **mas: Any) -> None:
    """Responde un movimiento del sistema, con la clave que lo firmó si alguna."""
    huella = sesion.contexto.vista(commit).sistema.actos[-1].firma
    valor = {"commit": commit, **mas, **({"firma": huella} if huella else {})}
    sesion.responder(valor, "\n".join([oracion, *firmado(huella)]))


@orden()
@o.con(o.motivo, o.fecha, o.adjunto)
@con_sesion
def configurar(sesion: Sesion, **valores: Any) -> None:
    """Registra los cambios hechos en la configuración y en las plantillas.

    Ejemplo: sgc-gt configurar --motivo "Asume nueva encargada de calidad"
    """
    commit, avisos = sistema.configurar(sesion.contexto, o.peticion(**valores), trae.configuracion())
    _responder(sesion, commit, "La configuración cambió y quedó registrada.", avisos=list(avisos))
    sesion.advertir(avisos)


@orden()
@click.argument("cargo_subrogado", metavar="CARGO")
@click.option("--por", "suplente", required=True, metavar="CARGO", help="Cargo que lo reemplaza.")
@click.option("--desde", required=True, metavar="D", help="Primer día.")
@click.option("--hasta", metavar="D", help="Último día; sin término si no se dice.")
@click.option("--calidad", default="(S)", metavar="C", help="(S), suplente, por orden de, delegado.")
@click.option("--base", required=True, metavar="B", help="Ley o acto que la funda.")
@o.con(o.motivo, o.resolucion, o.fecha_oficio, o.fecha, o.adjunto)
@con_sesion
def subrogar(
    sesion: Sesion,
    cargo_subrogado: str,
    suplente: str,
    desde: str,
    hasta: str | None,
    calidad: str,
    base: str,
    **valores: Any,
) -> None:
    """Registra que un cargo subroga a otro por un período, con su fundamento.

    Ejemplo: sgc-gt subrogar dn --por sdn --desde 2026-02-01 --hasta 2026-02-20 --base "Res. Ex. N° 45"
    """
    extra = {
        "cargo": cargo_subrogado,
        "suplente": suplente,
        "calidad": calidad,
        "base": base,
        "desde": leer_fecha(desde, "--desde").isoformat(),
    }
    if hasta:
        extra["hasta"] = leer_fecha(hasta, "--hasta").isoformat()
    commit = sistema.subrogar(sesion.contexto, o.peticion(**valores), extra)
    _responder(sesion, commit, f"{suplente} subroga a {cargo_subrogado} desde {desde}. Fundamento: {base}.")


ACCIONES = {
    "alta": "queda en la lista",
    "verificar": "verificación registrada",
    "reemplazar": "reemplazo registrado",
    "baja": "baja registrada",
}


@orden()
@click.argument("accion", type=click.Choice(list(ACCIONES)), metavar="ACCIÓN")
@click.argument("id_", metavar="ID")
@click.option("--titulo", default="", metavar="T", help="Título.")
@click.option("--emisor", default="", metavar="E", help="Quién lo emite.")
@click.option("--version", "version", default="", metavar="V", help="Número, fecha o edición.")
@click.option("--vigencia-hasta", default="", metavar="D", help="Hasta cuándo rige.")
@click.option("--ubicacion", default="", metavar="U", help="Dónde está.")
@click.option("--verifica", default="", metavar="CARGO", help="Quién comprueba que sigue vigente.")
@click.option("--cada", default=0, type=int, metavar="MESES", help="Cada cuántos meses se verifica.")
@click.option("--usado-por", multiple=True, metavar="COD", help="Documento que lo usa; se puede repetir.")
@click.option("--por", "reemplazo", default="", metavar="ID", help="Documento externo que lo reemplaza.")
@o.con(o.motivo, o.fecha, o.adjunto)
@con_sesion
def externo(
    sesion: Sesion,
    accion: str,
    id_: str,
    titulo: str,
    emisor: str,
    version: str,
    vigencia_hasta: str,
    ubicacion: str,
    verifica: str,
    cada: int,
    usado_por: tuple[str, ...],
    reemplazo: str,
    **valores: Any,
) -> None:
    """Lleva la lista de documentos externos: alta, verificar, reemplazar o baja.

    Ejemplo: sgc-gt externo alta EX-01 --titulo "ISO 9001" --emisor ISO --verifica ecal --cada 6
    """
    dichos = {
        "titulo": titulo,
        "emisor": emisor,
        "version": version,
        "vigencia_hasta": leer_fecha(vigencia_hasta, "--vigencia-hasta").isoformat()
        if vigencia_hasta
        else "",
        "ubicacion": ubicacion,
        "verifica": verifica,
        "verificar_cada_meses": cada,
        "usado_por": list(usado_por),
        "por": reemplazo,
    }
    extra = {"accion": accion, "id": id_, **{k: v for k, v in dichos.items() if v}}
    commit = sistema.externo(sesion.contexto, o.peticion(**valores), extra)
    _responder(sesion, commit, f"Documento externo {id_}: {ACCIONES[accion]}.")


@orden()
@click.argument("serie", metavar="COD")
@click.argument("archivo", required=False, type=o.ARCHIVO, metavar="[ARCHIVO]")
@click.option("--fecha", required=True, metavar="D", help="Fecha del registro.")
@click.option("--ubicacion", default="", metavar="T", help="Dónde vive el original, si no se archiva aquí.")
@click.option("--periodo", default="", metavar="P", help="Período; el año de la fecha si no se dice.")
@click.option(
    "--region", multiple=True, callback=o.una_sola, metavar="R", help="Región: su código o su nombre."
)
@click.option("--titulo", default="", metavar="T", help="Título; el de la serie si no se dice.")
@click.option(
    "--volumen", default="", metavar="T", help="Cuánto es, si vive en otro lugar («3 archivadores»)."
)
@click.option(
    "--datos",
    type=o.ARCHIVO,
    metavar="F",
    help="Lo que el archivo dice: .yaml, o su formulario de Excel. Queda en la historia aunque el archivo "
    "se elimine un día.",
)
@con_sesion
def registrar(
    sesion: Sesion,
    serie: str,
    archivo: Path | None,
    datos: Path | None,
    fecha: str,
    ubicacion: str,
    periodo: str,
    region: str,
    titulo: str,
    volumen: str,
) -> None:
    """Archiva un registro en su serie, o deja dicho dónde vive.

    Ejemplo: sgc-gt registrar RG-GT-10 oficio-231.pdf --fecha 2026-03-25 --titulo "Visación del Plan"
    """
    nuevo = Archivo(serie, leer_fecha(fecha, "--fecha"), titulo, periodo, region, ubicacion, volumen)
    adjunto, propios = (o.leer_archivo(f) if f else None for f in (archivo, datos))
    r = archivar(sesion.contexto, nuevo, adjunto, propios)
    donde = f"{rutas.carpeta_registro(r.codigo)}/{rutas.EVIDENCIAS}/{r.archivo}" if r.archivo else ubicacion
    sesion.responder(
        {**resultado_a_dict(r), "archivo": donde},
        "\n".join([f"Se archiva el registro {r.codigo}.", *firmado(r.firma), f"Está en: {donde}"]),
    )
    sesion.advertir(r.avisos)
