"""`copia`: el archivo de una versión, marcado por lo que es. Nunca sale una copia sin su marca."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.impresion import MARCA_BORRADOR, MARCA_OBSOLETO
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import IntegridadRota, NoEncontrado
from sgc_gt.repositorio.contenidos import Contenido
from sgc_gt.word.marca import marcar
from sgc_gt.word.pdf import a_pdf

_ENVIO = re.compile(r"(.+)-b(\d+)")


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
    envio = _ENVIO.fullmatch(version)
    if envio:
        return _de_envio(vista, ficha, envio[1], int(envio[2]), pdf=pdf)
    if ficha.actos[0].acto == "registrar":
        return _archivado(vista, ficha)
    pedida = _elegir(ficha, version, fechas[0])
    v = situacion(ficha, fechas[1]).de(pedida.version) or pedida
    return _marcada(bytes_de(vista, ficha, v), v.archivo, v, _marca(v), pdf=pdf)


def _archivado(vista: Vista, ficha: Ficha) -> Copia:
    """El archivo de un registro tal como se archivó, comprobado; NoEncontrado si vive en otra parte."""
    m = ficha.actos[0]
    if not m.archivo:
        raise NoEncontrado(
            f"el registro no se archivó aquí: está en {m.extra.get('ubicacion', '')}", lugar=ficha.codigo
        )
    ruta = f"{rutas.carpeta(ficha)}/{rutas.EVIDENCIAS}/{m.archivo}"
    contenido = vista.repo.contenido(Contenido(ruta, int(m.extra["tamano"]), m.sha256))
    return Copia(m.archivo, contenido, "", tabla.ARCHIVADO)


def _marcada(contenido: bytes, nombre: str, v: Version, marca: str | None, *, pdf: bool) -> Copia:
    """La copia con su marca en cada página y en el nombre del archivo."""
    if nombre.endswith(".docx"):
        contenido = marcar(contenido, marca)
        if pdf:
            contenido, nombre = a_pdf(contenido, nombre), nombre.removesuffix(".docx") + ".pdf"
    if marca:
        raiz, punto, extension = nombre.rpartition(".")
        nombre = f"{raiz}_{v.estado.upper()}{punto}{extension}"
    return Copia(nombre, contenido, v.version, v.estado)


def _de_envio(vista: Vista, ficha: Ficha, version: str, n: int, *, pdf: bool) -> Copia:
    """El borrador tal como se envió la n-ésima vez: `03-b2`."""
    envios = [m for m in ficha.actos if m.acto == "enviar" and m.version == version]
    if not 1 <= n <= len(envios):
        raise NoEncontrado(
            f"{ficha.codigo} versión {version} no tiene un envío {n}",
            esperado=f"de 1 a {len(envios)}" if envios else "una versión que se haya enviado",
        )
    envio = envios[n - 1]
    commit = [c.oid for c in vista.repo.bitacora(rutas.ruta_ficha(ficha))][envio.n - 1]
    contenido = vista.repo.leer(rutas.ruta_borrador(ficha, envio.archivo), commit)
    hasta_ahi = ficha._replace(actos=ficha.actos[: envio.n])
    v = situacion(hasta_ahi).de(version)
    if contenido is None or v is None:
        raise IntegridadRota("el borrador enviado no está en la historia", lugar=ficha.codigo)
    return _marcada(contenido, envio.archivo, v, MARCA_BORRADOR, pdf=pdf)


def _elegir(ficha: Ficha, version: str, fecha: date) -> Version:
    s = situacion(ficha, fecha)
    v = {"vigente": s.vigente, "borrador": s.abierta}.get(version, s.de(version))
    if v is None or not v.archivo:
        hay = ", ".join(f"{x.version} ({x.estado})" for x in s.versiones) or "ninguna"
        raise NoEncontrado(
            f"{ficha.codigo} no tiene versión «{version}» en esa fecha",
            esperado=f"versiones: {hay}",
        )
    return v


def _marca(v: Version) -> str | None:
    if v.estado in tabla.ABIERTOS or v.estado == tabla.DESCARTADO:
        return MARCA_BORRADOR
    return MARCA_OBSOLETO if v.estado == tabla.OBSOLETO else None


def bytes_de(vista: Vista, ficha: Ficha, v: Version) -> bytes:
    """Los bytes de la versión, del punto de la historia en que estuvieron."""
    carpeta = rutas.carpeta(ficha)
    lugares = [
        f"{carpeta}/{v.archivo}",
        f"{carpeta}/por_regir/{v.archivo}",
        f"{carpeta}/borrador/{v.archivo}",
    ]
    for lugar in lugares:
        contenido = vista.leer(lugar)
        if contenido is not None:
            return contenido
    commits = [c.oid for c in vista.repo.bitacora(rutas.ruta_ficha(ficha))]
    for commit in reversed(commits):
        for lugar in lugares:
            contenido = vista.repo.leer(lugar, commit)
            if contenido is not None:
                return contenido
    raise IntegridadRota(
        f"el archivo {v.archivo} no está en la historia",
        lugar=ficha.codigo,
        hacer="ejecute: sgc-gt verificar",
    )
