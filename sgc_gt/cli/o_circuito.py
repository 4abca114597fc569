"""Las órdenes del circuito: un archivo delgado sobre `ordenes`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.respuestas import responder_actos
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio.fechas import imprimir_fecha, leer_fecha
from sgc_gt.dominio.plazos import Plazo
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes.circuito import Termino, anotar
from sgc_gt.ordenes.circuito import devolver as devolver_
from sgc_gt.ordenes.emitir import emitir as emitir_
from sgc_gt.ordenes.enviar import enviar as enviar_


def _anotar(sesion: Sesion, acto: str, codigos: tuple[str, ...], valores: dict[str, Any]) -> None:
    responder_actos(sesion, acto, anotar(sesion.contexto, acto, list(codigos), o.peticion(**valores)))


@orden()
@o.con(o.codigos)
@click.option(
    "--descripcion",
    metavar="T",
    default="",
    help="Qué cambió, para el control de cambios; si no se dice, lo propone el sistema.",
)
@o.con(o.respuesta, o.fecha, o.motivo, o.adjunto)
@con_sesion
def enviar(sesion: Sesion, codigos: tuple[str, ...], descripcion: str, **valores: Any) -> None:
    """Envía uno o más borradores al circuito de revisión, con las respuestas a lo que se observó.

    Ejemplo: sgc-gt enviar PR-GT-01 --respuesta "13.2: se agregó el plazo"
    """
    extra = {"descripcion": descripcion} if descripcion.strip() else {}
    peticion = o.peticion(**valores)
    peticion = peticion._replace(extra={**peticion.extra, **extra})
    responder_actos(sesion, "enviar", enviar_(sesion.contexto, list(codigos), peticion))


@orden()
@o.con(o.codigos, o.fecha, o.motivo, o.adjunto)
@con_sesion
def retirar(sesion: Sesion, codigos: tuple[str, ...], **valores: Any) -> None:
    """Retira del circuito un borrador enviado, para seguir editándolo.

    Ejemplo: sgc-gt retirar PR-GT-01
    """
    _anotar(sesion, "retirar", codigos, valores)


@orden()
@o.con(
    o.codigos,
    o.archivo_comentado,
    o.texto,
    o.seccion,
    o.fecha,
    o.motivo,
    o.adjunto,
    o.oficio,
    o.fecha_oficio,
    o.responde,
    o.plazo_habiles,
    o.recibido,
)
@con_sesion
def devolver(
    sesion: Sesion,
    codigos: tuple[str, ...],
    archivo: Path | None,
    plazo_habiles: int | None,
    recibido: str | None,
    **valores: Any,
) -> None:
    """Devuelve con observaciones a quien elabora: las de --texto, o las de un Word comentado.

    Ejemplo: sgc-gt devolver PL-GT-01 --archivo "PL-GT-01 comentado.docx"
    """
    adjunto = o.leer_archivo(archivo) if archivo else None
    if recibido and plazo_habiles is None:
        raise UsoIncorrecto(
            "el día del recibo solo sirve para contar un plazo, y no se dijo cuál",
            lugar="--recibido",
            esperado="--plazo-habiles N",
            hacer="agregue los días hábiles que el oficio da, o quite --recibido",
        )
    llego = leer_fecha(recibido, "--recibido") if recibido else None
    plazo = Termino(plazo_habiles, llego) if plazo_habiles else None
    hecho = devolver_(sesion.contexto, list(codigos), o.peticion(**valores), adjunto, plazo)
    responder_actos(sesion, "devolver", hecho.resultados, copias=hecho.copias)
    sesion.advertir(hecho.avisos)
    if hecho.plazo:
        sesion.avisar(f"Se responde hasta el {imprimir_fecha(hecho.plazo.vence)}{_feriados(hecho.plazo)}.")


def _feriados(plazo: Plazo) -> str:
    """Los feriados que la cuenta saltó, para que quien la lea la pueda repetir con los dedos."""
    dias = ", ".join(imprimir_fecha(dia) for dia in plazo.feriados)
    cuantos = "1 día hábil" if plazo.habiles == 1 else f"{plazo.habiles} días hábiles"
    return f": {cuantos} desde el {imprimir_fecha(plazo.recibido)}" + (f", sin contar {dias}" if dias else "")


@orden()
@o.con(o.codigos, o.fecha, o.motivo, o.adjunto)
@con_sesion
def revisar(sesion: Sesion, codigos: tuple[str, ...], **valores: Any) -> None:
    """Da la conformidad de revisión.

    Ejemplo: sgc-gt revisar PR-GT-01
    """
    _anotar(sesion, "revisar", codigos, valores)


@orden()
@o.con(o.codigos, o.fecha, o.motivo, o.resolucion, o.fecha_oficio, o.adjunto)
@con_sesion
def aprobar(sesion: Sesion, codigos: tuple[str, ...], **valores: Any) -> None:
    """Aprueba uno o más documentos: por sí mismo, con PDF firmado o por resolución.

    Ejemplo: sgc-gt aprobar PR-GT-01 PR-SGC-01 --resolucion 412 --adjunto resolucion.pdf
    """
    _anotar(sesion, "aprobar", codigos, valores)


@orden()
@o.con(o.codigos, o.motivo, o.fecha, o.adjunto)
@con_sesion
def reabrir(sesion: Sesion, codigos: tuple[str, ...], **valores: Any) -> None:
    """Vuelve a borrador un documento aprobado; la aprobación queda en el historial, sin efecto.

    Ejemplo: sgc-gt reabrir PR-GT-01 --motivo "Error en el anexo"
    """
    _anotar(sesion, "reabrir", codigos, valores)


@orden()
@o.con(o.codigos, o.oficio, o.fecha_oficio, o.fecha, o.motivo, o.adjunto)
@con_sesion
def remitir(sesion: Sesion, codigos: tuple[str, ...], **valores: Any) -> None:
    """Remite a quien da la visación técnica, con el oficio de envío.

    Ejemplo: sgc-gt remitir PL-GT-01 PG-GT-01 --oficio 88 --fecha-oficio 2026-03-10
    """
    _anotar(sesion, "remitir", codigos, valores)


@orden()
@o.con(o.codigos, o.oficio, o.fecha_oficio, o.responde, o.adjunto, o.fecha, o.motivo)
@con_sesion
def visar(sesion: Sesion, codigos: tuple[str, ...], **valores: Any) -> None:
    """Registra la visación técnica recibida por oficio.

    Ejemplo: sgc-gt visar PL-GT-01 --oficio 231 --fecha-oficio 2026-03-25 --responde 88 --adjunto of231.pdf
    """
    _anotar(sesion, "visar", codigos, valores)


@orden()
@o.con(o.codigos, o.vigente_desde, o.fecha, o.motivo, o.adjunto)
@con_sesion
def emitir(sesion: Sesion, codigos: tuple[str, ...], **valores: Any) -> None:
    """Pone en vigencia: sella el documento, retira la versión anterior y actualiza las listas.

    Ejemplo: sgc-gt emitir PR-GT-01 --vigente-desde 2026-04-01
    """
    responder_actos(sesion, "emitir", emitir_(sesion.contexto, list(codigos), o.peticion(**valores)))


@orden()
@o.con(o.codigos, o.motivo, o.fecha, o.adjunto)
@con_sesion
def mantener(sesion: Sesion, codigos: tuple[str, ...], **valores: Any) -> None:
    """Deja constancia de una revisión periódica sin cambios; no crea versión.

    Ejemplo: sgc-gt mantener PR-GT-01 --motivo "Revisión anual, sin cambios"
    """
    _anotar(sesion, "mantener", codigos, valores)


@orden("dejar-sin-efecto")
@o.con(o.codigos, o.solicitud, o.motivo, o.fecha, o.resolucion, o.fecha_oficio, o.adjunto)
@con_sesion
def dejar_sin_efecto(sesion: Sesion, codigos: tuple[str, ...], **valores: Any) -> None:
    """Deja sin efecto un documento vigente; pasa a obsoleto y su código no se reutiliza.

    Ejemplo: sgc-gt dejar-sin-efecto FO-ATC-06 --motivo "Trámite eliminado"
    """
    _anotar(sesion, "dejar-sin-efecto", codigos, valores)


@orden()
@o.con(o.codigos, o.motivo, o.fecha, o.adjunto)
@con_sesion
def descartar(sesion: Sesion, codigos: tuple[str, ...], **valores: Any) -> None:
    """Descarta el borrador de una versión que no seguirá; desde aprobado, su número se pierde.

    Ejemplo: sgc-gt descartar PR-GT-01 --motivo "Se abordará en otro procedimiento"
    """
    _anotar(sesion, "descartar", codigos, valores)
