"""`importar`: una versión aprobada fuera del sistema entra como vigente, con sus bytes y su respaldo."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, NamedTuple

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import importado as marcas
from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.ficha import Evidencia
from sgc_gt.dominio.guardas_codigo import sigue_la_mascara
from sgc_gt.dominio.importado import Afuera, a_extra
from sgc_gt.dominio.rutas import nombre_archivo
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.ordenes.borrador import huella_de
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Adjunto, Peticion, nombre_seguro, pedido
from sgc_gt.word.desde_texto import docx_de_texto

DE_TEXTO = (".txt", ".md")
"""Lo que se convierte a Word al importarse como documento; el original queda junto a las evidencias."""


class Importacion(NamedTuple):
    """Una versión que llega: lo que era fuera del sistema y lo que será en él."""

    codigo: str
    version: str
    tipo: str
    vigente_desde: date | None
    identidad: Mapping[str, Any]  # título, área y cargos
    aprobacion: Afuera = Afuera()
    resolucion: str = ""  # número del acto que la aprobó, si se sabe
    anterior: str = ""  # el código que traía, si recibe otro
    familia: Mapping[str, Any] = {}


def importar(
    ctx: Contexto, nueva: Importacion, archivo: Adjunto, respaldos: tuple[Adjunto, ...] = ()
) -> Resultado:
    """Registra la versión como vigente, con los bytes que el archivo trae; ActoNoPermitido si no calza."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        # La puerta la cruza al calcular su huella: un Word que no la pasa no tiene forma normal.
        p, evidencia = pedido_de(ctx, vista, nueva, archivo, respaldos, ahora)
        titulo = str(p.identidad.get("titulo", ""))
        documento = como_documento(vista, nueva, archivo).contenido
        p = p._replace(huella=huella_de(documento, None, titulo, p.motivo, p.archivo))
        return [Propuesta(p, (documento,), evidencia)]

    return registrar(ctx, preparar)[0]


def pedido_de(
    ctx: Contexto,
    vista: Vista,
    nueva: Importacion,
    archivo: Adjunto,
    respaldos: tuple[Adjunto, ...],
    ahora: datetime,
) -> tuple[Pedido, dict[str, bytes]]:
    """El pedido, todavía sin su huella, y los archivos de evidencia que trae."""
    peticion = Peticion(
        adjuntos=respaldos,
        resolucion=nueva.resolucion,
        fecha_oficio=nueva.aprobacion.fecha if nueva.resolucion else None,
        vigente_desde=nueva.vigente_desde,
        extra=_extra(vista.servicio, nueva, archivo.nombre),
    )
    ficha = vista.buscar(nueva.codigo)
    p, evidencia = pedido(ctx, "importar", nueva.codigo, ficha, peticion, ahora)
    documento = como_documento(vista, nueva, archivo)
    if documento is not archivo:
        original = _original(archivo, len(ficha.actos) + 1 if ficha else 1)
        p = p._replace(evidencia=(*p.evidencia, original))
        evidencia = {**evidencia, original.archivo: archivo.contenido}
    p = p._replace(
        tipo=nueva.tipo,
        version=nueva.version,
        identidad=nueva.identidad,
        archivo=nombre_archivo(nueva.codigo, nueva.version, PurePath(documento.nombre).suffix.lower()),
        sha256=hashlib.sha256(documento.contenido).hexdigest(),
    )
    return p.limpio(), evidencia


def como_documento(vista: Vista, nueva: Importacion, archivo: Adjunto) -> Adjunto:
    """El archivo tal cual; un texto simple de un tipo que se escribe en Word, como documento de Word."""
    tipo = vista.servicio.tipos.get(nueva.tipo)
    ruta = PurePath(archivo.nombre)
    if tipo is None or not tipo.con_plantilla or ruta.suffix.lower() not in DE_TEXTO:
        return archivo
    titulo = str(nueva.identidad.get("titulo", ""))
    return Adjunto(ruta.with_suffix(".docx").name, docx_de_texto(_texto(archivo.contenido), titulo))


def _texto(contenido: bytes) -> str:
    """El texto, en UTF-8 o en la página de códigos de Windows en español."""
    try:
        return contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenido.decode("cp1252", "replace")


def _original(archivo: Adjunto, n: int) -> Evidencia:
    resumen = hashlib.sha256(archivo.contenido).hexdigest()
    nombre = nombre_seguro(f"{n:03d}-original-{archivo.nombre}")
    return Evidencia(marcas.ORIGINAL, archivo=nombre, tamano=len(archivo.contenido), sha256=resumen)


def _extra(servicio: Servicio, nueva: Importacion, nombre: str) -> dict[str, Any]:
    tipo = servicio.tipos.get(nueva.tipo)
    area = str(nueva.identidad.get("area", ""))
    propio = tipo is not None and sigue_la_mascara(servicio, tipo, nueva.codigo, area)
    otros = {
        marcas.NOMBRE_ORIGINAL: nombre,
        marcas.ANTERIOR: nueva.anterior if nueva.anterior != nueva.codigo else "",
        marcas.HEREDADO: not propio,
        marcas.FAMILIA: dict(nueva.familia),
    }
    return a_extra(nueva.aprobacion, otros)
