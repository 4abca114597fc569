"""El archivo exacto de una versión, del punto de la historia en que estuvo. Sin marca: eso es de `copia`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas, vida
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import Situacion, Version, situacion
from sgc_gt.errores import IntegridadRota, NoEncontrado
from sgc_gt.repositorio.contenidos import Contenido

_NO_HAY = {"vigente": "no regía ninguna versión de", "borrador": "no había un borrador abierto de"}
_ENVIO = re.compile(r"(.+)-b(\d+)", re.IGNORECASE)


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
    exigir_que_este(vista, ficha)
    m = ficha.actos[0]
    if not m.archivo:
        raise NoEncontrado(
            f"el registro no se archivó aquí: está en {m.extra.get('ubicacion', '')}", lugar=ficha.codigo
        )
    ruta = f"{rutas.carpeta(ficha)}/{rutas.EVIDENCIAS}/{m.archivo}"
    contenido = vista.repo.contenido(Contenido(ruta, int(m.extra["tamano"]), m.sha256))
    return Archivo(m.archivo, contenido, situacion(ficha).versiones[0])


def exigir_que_este(vista: Vista, ficha: Ficha, nombre: str = "") -> None:
    """NoEncontrado, con el acto, si del registro o de ese archivo suyo ya se dispuso. Se mira hoy."""
    entera = vista.buscar(ficha.codigo) or ficha
    m = vida.retirados(entera).get(nombre)
    razon = vida.por_que_no_esta(entera, m) if m else vida.sin_el(entera)
    if razon:
        raise NoEncontrado(
            f"{nombre or 'el registro'} ya no está: {razon}",
            lugar=ficha.codigo,
            hacer=f"lo que consta de él, con su huella, se ve con: sgc-gt historial {ficha.codigo}",
        )


def firmado(vista: Vista, ficha: Ficha, v: Version) -> Archivo:
    """El PDF firmado con que se aprobó la versión, comprobado; NoEncontrado si se aprobó de otra forma."""
    for m in reversed(v.firmas):
        for e in m.evidencia:
            if e.clase == "pdf_firmado" and e.archivo:
                exigir_que_este(vista, ficha, e.archivo)
                ruta = f"{rutas.carpeta(ficha)}/{rutas.EVIDENCIAS}/{e.archivo}"
                return Archivo(e.archivo, vista.repo.contenido(Contenido(ruta, e.tamano, e.sha256)), v)
    raise NoEncontrado(
        f"la versión {v.version} no se aprobó con un PDF firmado",
        lugar=ficha.codigo,
        hacer=f"vea cómo se aprobó con: sgc-gt historial {ficha.codigo}",
    )


def enviado(vista: Vista, ficha: Ficha, version: str, n: int) -> Archivo:
    """El borrador tal como se envió la n-ésima vez, y cómo estaba la versión al enviarlo."""
    version = _la_de(version, situacion(ficha))
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
    v = {"vigente": s.vigente, "borrador": s.abierta}.get(version, s.de(_la_de(version, s)))
    if v is None or not v.archivo:
        hay = ", ".join(f"{x.version} ({ESTADOS[x.estado].lower()})" for x in s.versiones)
        que = _NO_HAY.get(version, f"no había una versión «{version}» de")
        raise NoEncontrado(
            f"al {imprimir_fecha(fecha)} {que} {ficha.codigo}",
            esperado=f"una de estas: {hay}" if hay else "una fecha en que el documento ya existía",
            hacer=f"vea sus movimientos con: sgc-gt historial {ficha.codigo}",
        )
    return v


def _la_de(version: str, s: Situacion) -> str:
    """La que se quiso decir con «1» o «v01», si es exactamente una; si no, lo dicho."""
    dichas = {v.version for v in s.versiones if _llano(v.version) == _llano(version)}
    return version if version in dichas or len(dichas) != 1 else dichas.pop()


def _llano(version: str) -> str:
    """«v01», «V1» y «01» se leen igual; «1.10» y «1.1», no."""
    partes = re.split(r"([.])", version.strip().lower().removeprefix("v").strip())
    return "".join(p.lstrip("0") or "0" if p.isascii() and p.isdigit() else p for p in partes)


def bytes_de(vista: Vista, ficha: Ficha, v: Version) -> bytes:
    """Los bytes de la versión, del punto de la historia en que estuvieron: los que su ficha registró.

    Un número de versión que se volvió a usar después de descartar dejó dos archivos con el mismo nombre.
    """
    return _hallar(vista, ficha, v)[2]


def datos_de(vista: Vista, ficha: Ficha, v: Version) -> bytes | None:
    """Los datos de que se hizo la versión, de donde estaba su archivo; None si no los tiene."""
    commit, ruta, _ = _hallar(vista, ficha, v)
    return vista.repo.leer(rutas.datos_de(ruta), commit)


def _hallar(vista: Vista, ficha: Ficha, v: Version) -> tuple[str, str, bytes]:
    """En qué movimiento y lugar está el archivo de la versión, y sus bytes."""
    carpeta = rutas.carpeta(ficha)
    lugares = [f"{carpeta}/{lugar}{v.archivo}" for lugar in ("", "por_regir/", "borrador/")]
    for commit in _del_ultimo_al_primero(vista, ficha):
        for ruta, contenido in vista.repo.leer_varios(lugares, commit).items():
            if not v.sha256 or hashlib.sha256(contenido).hexdigest() == v.sha256:
                return commit, ruta, contenido
    raise IntegridadRota(
        f"el archivo {v.archivo} no está en la historia como se registró",
        lugar=ficha.codigo,
        hacer="ejecute: sgc-gt verificar",
    )


def _del_ultimo_al_primero(vista: Vista, ficha: Ficha) -> Iterator[str]:
    """Los movimientos de un documento, primero el de la vista: casi siempre basta con ese."""
    yield vista.commit
    yield from reversed([c.oid for c in vista.repo.bitacora(rutas.ruta_ficha(ficha))])
