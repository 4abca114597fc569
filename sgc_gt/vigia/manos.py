"""Tocar la carpeta de otra persona sin pisar nunca lo que ella escribe.

Poner no reemplaza: si el nombre se ocupó entretanto, se niega. Retirar aparta el archivo, mira que siga
siendo el que se decidió retirar, y solo entonces lo borra; si cambió, lo devuelve a su lugar.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from sgc_gt.vigia.nombres import PROPIO

_APARTADO = f"{PROPIO}apartado-"
_SIN_ENLACES = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES)


class Cambio(Exception):
    """El archivo ya no es el que se miró: alguien guardó. No se hizo nada; se vuelve a mirar."""


def poner(destino: Path, contenido: bytes) -> None:
    """Deja un archivo nuevo, entero o nada. Cambio si ya hay uno con ese nombre; OSError si no se puede."""
    numero, nombre = tempfile.mkstemp(dir=destino.parent, prefix=PROPIO, suffix=".tmp")
    temporal = Path(nombre)
    try:
        with os.fdopen(numero, "wb") as archivo:
            archivo.write(contenido)
            archivo.flush()
            os.fsync(archivo.fileno())
        temporal.chmod(0o644)
        _ocupar(temporal, destino)
    finally:
        with suppress(OSError):
            temporal.unlink()


def _ocupar(temporal: Path, destino: Path) -> None:
    """Lleva el temporal al nombre final sin reemplazar a nadie."""
    try:
        if os.name == "nt":
            temporal.rename(destino)  # en Windows se niega si el nombre está ocupado
        else:
            destino.hardlink_to(temporal)
    except FileExistsError as error:
        raise Cambio(str(destino)) from error
    except OSError as error:
        if error.errno not in _SIN_ENLACES:
            raise
        if destino.exists():  # una carpeta de red sin enlaces: queda un instante entre mirar y poner
            raise Cambio(str(destino)) from None
        temporal.rename(destino)


def retirar(archivo: Path, sha256: str) -> None:
    """Borra el archivo si es exactamente ese. Cambio si alguien guardó otra cosa; OSError si está tomado."""
    apartado = archivo.with_name(f"{_APARTADO}{archivo.name}")
    try:
        archivo.rename(apartado)
    except FileNotFoundError as error:
        raise Cambio(str(archivo)) from error
    if hashlib.sha256(apartado.read_bytes()).hexdigest() != sha256:
        _devolver(apartado)
        raise Cambio(str(archivo))
    apartado.unlink()


def _devolver(apartado: Path) -> None:
    """El apartado vuelve a su nombre; si ya hay otro con él, quedan los dos."""
    nombre = apartado.name.removeprefix(_APARTADO)
    libre = apartado.with_name(nombre)
    vez = 1
    while libre.exists():
        vez += 1
        raiz, punto, extension = nombre.rpartition(".")
        libre = apartado.with_name(f"{raiz} (recuperado {vez}){punto}{extension}")
    apartado.rename(libre)


def limpiar(carpeta: Path) -> None:
    """Lo que un corte dejó a medias: lo apartado vuelve a su nombre y los temporales nuestros se borran."""
    for archivo in list(carpeta.glob(f"{PROPIO}*")):
        with suppress(OSError):
            if archivo.name.startswith(_APARTADO):
                _devolver(archivo)
            else:
                archivo.unlink()
