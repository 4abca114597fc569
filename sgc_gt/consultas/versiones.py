"""El archivo exacto de una versión, del punto de la historia en que estuvo. Sin marca: eso es de `copia`."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import IntegridadRota, NoEncontrado
from sgc_gt.repositorio.contenidos import Contenido

_ENVIO = re.compile(r"(.+)-b(\d+)")


class Archivo(NamedTuple):
    """Un archivo de la historia y la versión a la que pertenece."""

    nombre: str
    contenido: bytes
    version: Version


def envio_pedido(version: str) -> tuple[str, int] | None:
    """`03-b2` → («03», 2): el segundo envío de la versión 03. None si no pide un envío."""
    pedido = _ENVIO.fullmatch(version)
    return (pedido[1], int(pedido[2])) if pedido else None


def archivo_de(vista: Vista, ficha: Ficha, version: str, corte: date) -> Archivo:
    """El de la versión pedida (`03`, `03-b2`, `vigente`, `borrador`) en esa fecha; NoEncontrado si no hay."""
    envio = envio_pedido(version)
    if envio:
        return enviado(vista, ficha, *envio)
    if ficha.actos[0].acto == "registrar":
        return archivado(vista, ficha)
    v = elegir(ficha, version, corte)
    return Archivo(v.archivo, bytes_de(vista, ficha, v), v)


def archivado(vista: Vista, ficha: Ficha) -> Archivo:
    """El archivo de un registro tal como se archivó, comprobado; NoEncontrado si vive en otra parte."""
    m = ficha.actos[0]
    if not m.archivo:
        raise NoEncontrado(
            f"el registro no se archivó aquí: está en {m.extra.get('ubicacion', '')}", lugar=ficha.codigo
        )
    ruta = f"{rutas.carpeta(ficha)}/{rutas.EVIDENCIAS}/{m.archivo}"
    contenido = vista.repo.contenido(Contenido(ruta, int(m.extra["tamano"]), m.sha256))
    return Archivo(m.archivo, contenido, situacion(ficha).versiones[0])


def enviado(vista: Vista, ficha: Ficha, version: str, n: int) -> Archivo:
    """El borrador tal como se envió la n-ésima vez, y cómo estaba la versión al enviarlo."""
    envios = [m for m in ficha.actos if m.acto == "enviar" and m.version == version]
    if not 1 <= n <= len(envios):
        raise NoEncontrado(
            f"{ficha.codigo} versión {version} no tiene un envío {n}",
            esperado=f"de 1 a {len(envios)}" if envios else "una versión que se haya enviado",
        )
    envio = envios[n - 1]
    commit = [c.oid for c in vista.repo.bitacora(rutas.ruta_ficha(ficha))][envio.n - 1]
    contenido = vista.repo.leer(rutas.ruta_borrador(ficha, envio.archivo), commit)
    v = situacion(ficha._replace(actos=ficha.actos[: envio.n])).de(version)
    if contenido is None or v is None:
        raise IntegridadRota("el borrador enviado no está en la historia", lugar=ficha.codigo)
    return Archivo(envio.archivo, contenido, v)


def elegir(ficha: Ficha, version: str, fecha: date) -> Version:
    """La versión pedida, vista en esa fecha; NoEncontrado, con las que hay, si no existe."""
    s = situacion(ficha, fecha)
    v = {"vigente": s.vigente, "borrador": s.abierta}.get(version, s.de(version))
    if v is None or not v.archivo:
        hay = ", ".join(f"{x.version} ({x.estado})" for x in s.versiones) or "ninguna"
        raise NoEncontrado(
            f"{ficha.codigo} no tiene versión «{version}» en esa fecha",
            esperado=f"versiones: {hay}",
        )
    return v


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
