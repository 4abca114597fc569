"""Las evidencias: un archivo por evidencia en la carpeta de su documento, fuera de los objetos de git.

La ficha guarda nombre, tamaño y SHA-256; los bytes se pueden eliminar un día con su acta y la historia sigue
entera. Cualquiera los abre desde la carpeta. Ver docs/decisiones/0004-contenidos.md.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path
from typing import NamedTuple

from sgc_gt.errores import Conflicto, IntegridadRota, NoEncontrado

from . import disco
from .rutas import es_contenido, exigir_rutas

TROZO = 1 << 20
DEL_EQUIPO = frozenset({"Thumbs.db", "desktop.ini", ".DS_Store"})


class Contenido(NamedTuple):
    """Lo que la ficha dice de una evidencia."""

    ruta: str
    tamano: int
    sha256: str


class Hallazgo(NamedTuple):
    """Una evidencia que no está como la ficha dice. Causa: «falta», «alterado», «ilegible» o «enlace»."""

    ruta: str
    causa: str


def describir(ruta: str, datos: bytes) -> Contenido:
    return Contenido(ruta, len(datos), hashlib.sha256(datos).hexdigest())


def guardar(raiz: Path, ruta: str, datos: bytes) -> bool:
    """Escribe la evidencia de solo lectura. False si ya estaba igual; nunca pisa otra."""
    exigir_rutas([], [ruta])
    destino = raiz / ruta
    contenido = describir(ruta, datos)
    hallazgo = verificar(raiz, contenido)
    if hallazgo is None:
        return False
    if hallazgo.causa != "falta":
        raise Conflicto(
            "ya hay otra evidencia con ese nombre y otros bytes",
            lugar=ruta,
            hacer="Use otro nombre de archivo: una evidencia guardada no se reemplaza.",
        )
    disco.escribir(raiz, destino, datos, solo_lectura=True)
    disco.asegurar_carpeta(destino.parent)  # no hay otra copia: el acto que la nombra no puede adelantarse
    return True


def leer(raiz: Path, contenido: Contenido) -> bytes:
    """Los bytes, comprobados contra la ficha."""
    try:
        datos = (raiz / contenido.ruta).read_bytes()
    except FileNotFoundError as causa:
        raise NoEncontrado(
            "la evidencia no está en su carpeta",
            lugar=contenido.ruta,
            hacer="Recupérela del respaldo de la carpeta.",
        ) from causa
    if not hmac.compare_digest(describir(contenido.ruta, datos).sha256, contenido.sha256):
        raise IntegridadRota(
            "la evidencia no es la que se registró",
            lugar=contenido.ruta,
            esperado=f"{contenido.tamano} bytes, sha256 {contenido.sha256[:16]}…",
            hacer="Recupérela del respaldo de la carpeta.",
        )
    return datos


def verificar(raiz: Path, contenido: Contenido) -> Hallazgo | None:
    """None si está y es la registrada. Lee por trozos: una evidencia puede ser grande."""
    suma = hashlib.sha256()
    if disco.es_enlace(raiz / contenido.ruta):
        return Hallazgo(contenido.ruta, "enlace")
    try:
        with (raiz / contenido.ruta).open("rb") as archivo:
            while trozo := archivo.read(TROZO):
                suma.update(trozo)
    except (FileNotFoundError, NotADirectoryError):
        return Hallazgo(contenido.ruta, "falta")
    except OSError:  # abierta por otro programa, sin permiso, o una carpeta en su lugar
        return Hallazgo(contenido.ruta, "ilegible")
    return None if suma.hexdigest() == contenido.sha256 else Hallazgo(contenido.ruta, "alterado")


def presentes(raiz: Path) -> list[str]:
    """Las rutas de todo lo que hay en carpetas de contenidos, enlaces incluidos; sin seguir ninguno."""
    rutas: list[str] = []
    for carpeta, carpetas, archivos in os.walk(raiz):
        if Path(carpeta) == raiz:
            carpetas[:] = [c for c in carpetas if c != ".git"]
        enlaces = [c for c in carpetas if disco.es_enlace(Path(carpeta, c))]
        dentro = Path(carpeta).relative_to(raiz).as_posix()
        rutas += [
            r for n in (*archivos, *enlaces) if es_contenido(r := f"{dentro}/{n}") and not _del_equipo(n)
        ]
    return sorted(rutas)


def _del_equipo(nombre: str) -> bool:
    """Lo que el explorador de archivos o un programa abierto dejan al mirar: no es de nadie."""
    return nombre in DEL_EQUIPO or nombre.startswith(("~$", ".~lock."))


def eliminar(raiz: Path, ruta: str) -> None:
    """Elimina los bytes de una evidencia; que ya no estén no es un error."""
    exigir_rutas([], [ruta])
    disco.borrar(raiz / ruta)
