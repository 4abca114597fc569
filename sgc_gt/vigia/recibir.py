"""Recibir lo guardado en una carpeta: el acto es de la persona asignada; lo demás son observaciones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sgc_gt.contexto import Contexto
from sgc_gt.dominio.reglamento import CARPETA
from sgc_gt.errores import EntradaInvalida
from sgc_gt.ordenes.entregar import Recepcion, entregar
from sgc_gt.ordenes.pedido import Adjunto, Peticion
from sgc_gt.word.propiedades import guardado_por
from sgc_gt.word.puerta import abrir

DEL_SERVICIO = "servicio"
"""La carpeta que se anota cuando el borrador se editó en la propia carpeta del servicio."""


def en_nombre_de(ctx: Contexto, correo: str) -> Contexto:
    """El contexto con que se anota el acto de esa persona; quien vigila es quien lo registra."""
    return ctx.con(ctx.persona._replace(como=correo, cargo=""))


def recibir(
    ctx: Contexto, codigo: str, carpeta: str, archivo: Path, contenido: bytes, *, en_su_lugar: bool = False
) -> Recepcion:
    """Entrega el archivo; `ctx` ya habla por la persona del cargo. Rechazo si no corresponde."""
    adjunto = Adjunto(archivo.name, contenido)
    extra = {CARPETA: carpeta, **observaciones(archivo, contenido)}
    return entregar(ctx, codigo, Peticion(extra=extra), None if en_su_lugar else adjunto)


def observaciones(archivo: Path, contenido: bytes) -> Mapping[str, Any]:
    """Quién guardó según Word y de quién es el archivo según el sistema: se observa, no se da por cierto."""
    vistas = {"guardado_por": _segun_word(archivo.name, contenido), "propietario": _segun_sistema(archivo)}
    return {clave: valor for clave, valor in vistas.items() if valor}


def _segun_word(nombre: str, contenido: bytes) -> str:
    if not nombre.lower().endswith(".docx"):
        return ""
    try:
        return guardado_por(abrir(contenido, nombre))
    except EntradaInvalida:  # entregarlo dirá por qué no se recibe
        return ""


def _segun_sistema(archivo: Path) -> str:
    try:
        return archivo.owner()
    except (KeyError, OSError, NotImplementedError):  # sin nombre en este equipo, o Windows
        return ""
