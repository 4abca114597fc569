"""Escribir en la carpeta de trabajo sin dejar nada a medias: temporal, fsync y reemplazo.

Los temporales viven en `.git/sgc/tmp`: un corte de luz no deja restos entre los documentos.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from .objetos import oid_de_blob

INTENTOS = 5
ESPERA = 0.05


def carpeta_privada(raiz: Path) -> Path:
    interna = raiz / ".git"
    return (interna if interna.is_dir() or not (raiz / "HEAD").is_file() else raiz) / "sgc"


def carpeta_memoria(raiz: Path) -> Path:
    """Donde las consultas guardan lo que leyeron para no leerlo otra vez. Se puede borrar siempre."""
    return carpeta_privada(raiz) / "memoria"


def olvidar(raiz: Path) -> bool:
    """Borra lo que las consultas recuerdan. False si algo no se pudo borrar."""
    carpeta = carpeta_memoria(raiz)
    shutil.rmtree(carpeta, ignore_errors=True)
    return not carpeta.exists()


def siempre() -> bool:
    return True


def escribir(
    raiz: Path,
    destino: Path,
    datos: bytes,
    *,
    solo_lectura: bool = False,
    si: Callable[[], bool] = siempre,
) -> bool:
    """Reemplaza `destino` por `datos` de una vez. OSError si no se puede; el destino queda como estaba.

    `si` se pregunta justo antes de reemplazar: entre mirar un archivo y pisarlo, alguien pudo guardarlo.
    """
    import tempfile  # noqa: PLC0415  (15 ms que una consulta no paga)

    temporales = carpeta_privada(raiz) / "tmp"
    temporales.mkdir(parents=True, exist_ok=True)
    destino.parent.mkdir(parents=True, exist_ok=True)
    numero, nombre = tempfile.mkstemp(dir=temporales)
    temporal = Path(nombre)
    try:
        with os.fdopen(numero, "wb") as archivo:
            archivo.write(datos)
            archivo.flush()
            os.fsync(archivo.fileno())
        temporal.chmod(0o444 if solo_lectura else _modo_normal())
        return _reemplazar(temporal, destino, si)
    finally:
        with suppress(OSError):
            temporal.unlink()


def _modo_normal() -> int:
    """mkstemp crea 0600; los documentos llevan los permisos que la persona dio a lo suyo (umask)."""
    mascara = os.umask(0)
    os.umask(mascara)
    return 0o666 & ~mascara


def _reemplazar(temporal: Path, destino: Path, si: Callable[[], bool]) -> bool:
    for intento in range(INTENTOS):
        if not si():
            return False
        try:
            temporal.replace(destino)
        except PermissionError:  # Windows: abierto en Word, o marcado de solo lectura
            if intento + 1 == INTENTOS:
                raise
            permitir_escritura(destino)
            time.sleep(ESPERA)
        else:
            return True
    return False  # pragma: no cover - el último intento levanta


def borrar(destino: Path) -> None:
    """Elimina el archivo y las carpetas que queden vacías (la raíz nunca: tiene `.git`)."""
    permitir_escritura(destino)
    destino.unlink(missing_ok=True)
    with suppress(OSError):
        for carpeta in destino.parents:
            carpeta.rmdir()


def permitir_escritura(destino: Path) -> None:
    with suppress(OSError):
        destino.chmod(destino.stat().st_mode | stat.S_IWRITE)


def proteger(destino: Path, *, solo_lectura: bool) -> None:
    """Marca un archivo como de solo lectura, o lo devuelve a su dueño. Si no existe, no hay qué marcar."""
    with suppress(FileNotFoundError):
        destino.chmod(0o444 if solo_lectura else _modo_normal())


def sena(archivo: Path) -> tuple[int, int]:
    """Hora y tamaño de un archivo, para notar que cambió; ceros si no está."""
    try:
        datos = archivo.stat()
    except OSError:
        return (0, 0)
    return (datos.st_mtime_ns, datos.st_size)


def es_enlace(archivo: Path) -> bool:
    """Si es un acceso a otra parte y no un archivo; también las uniones de Windows."""
    es_union = getattr(archivo, "is_junction", None)  # Python 3.12
    return archivo.is_symlink() or bool(es_union and es_union())


def oid_en_disco(archivo: Path) -> str | None:
    """El oid que tendría el archivo en la historia, o None si no está."""
    try:
        return oid_de_blob(archivo.read_bytes())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def asegurar_carpeta(carpeta: Path) -> None:
    """Lleva al disco los nombres de una carpeta; Windows no lo necesita ni lo permite."""
    if os.name != "posix":
        return
    numero = os.open(carpeta, os.O_RDONLY)
    try:
        os.fsync(numero)
    finally:
        os.close(numero)
