"""`copia`: el archivo de una versión, marcado por lo que es. Nunca sale una copia sin su marca."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sgc_gt.consultas.versiones import archivado, bytes_de, elegir, enviado, envio_pedido
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.impresion import MARCA_BORRADOR, MARCA_OBSOLETO
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.word.marca import marcar
from sgc_gt.word.pdf import a_pdf


class Copia(NamedTuple):
    """Una copia lista para entregar."""

    nombre: str
    contenido: bytes
    version: str
    estado: str


def copia(vista: Vista, codigo: str, version: str, fechas: tuple[date, date], *, pdf: bool) -> Copia:
    """La versión pedida (`03`, `03-b2`, `vigente`, `borrador`) como estaba en la primera fecha.

    La marca y el nombre los da lo que esa versión es en la segunda, hoy: lo que regía y ya no rige sale
    marcado como obsoleto.
    """
    ficha = vista.ficha(codigo)
    envio = envio_pedido(version)
    if envio:
        nombre, contenido, v = enviado(vista, ficha, *envio)
        return _marcada(contenido, nombre, v, MARCA_BORRADOR, pdf=pdf)
    if ficha.actos[0].acto == "registrar":
        nombre, contenido, _ = archivado(vista, ficha)
        return Copia(nombre, contenido, "", tabla.ARCHIVADO)
    pedida = elegir(ficha, version, fechas[0])
    v = situacion(ficha, fechas[1]).de(pedida.version) or pedida
    return _marcada(bytes_de(vista, ficha, v), v.archivo, v, _marca(v), pdf=pdf)


def _marcada(contenido: bytes, nombre: str, v: Version, marca: str | None, *, pdf: bool) -> Copia:
    """La copia con su marca en cada página y en el nombre del archivo."""
    if nombre.endswith(".docx"):
        # Lo importado que rige se entrega con los bytes que trae: no hay nada del sistema en él.
        contenido = contenido if v.importada and marca is None else marcar(contenido, marca)
        if pdf:
            contenido, nombre = a_pdf(contenido, nombre), nombre.removesuffix(".docx") + ".pdf"
    if marca:
        raiz, punto, extension = nombre.rpartition(".")
        nombre = f"{raiz}_{v.estado.upper()}{punto}{extension}"
    return Copia(nombre, contenido, v.version, v.estado)


def _marca(v: Version) -> str | None:
    if v.estado in tabla.ABIERTOS or v.estado == tabla.DESCARTADO:
        return MARCA_BORRADOR
    return MARCA_OBSOLETO if v.estado == tabla.OBSOLETO else None
