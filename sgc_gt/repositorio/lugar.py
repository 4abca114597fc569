"""Si una carpeta sirve para escribir la historia: disco local, ni sincronizada en la nube ni de red."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePath

from sgc_gt.errores import UsoIncorrecto

NUBES = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud", "box sync")
REDES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "davfs", "afs"})
RUTA_DE_WINDOWS = 260
RUTA_INTERIOR = 120
"""Lo que ocupa la ruta más larga de adentro: un respaldo de nombre largo, o un archivo a medio poner."""
UNIDAD_REMOTA = 4  # DRIVE_REMOTE, de GetDriveTypeW


def exigir_disco_local(raiz: Path) -> None:
    """UsoIncorrecto si la carpeta está en la nube o en la red, donde dos equipos escribirían a la vez."""
    absoluta = raiz.absolute()
    nube = next((n for n in NUBES for parte in absoluta.parts if parte.lower().startswith(n)), None)
    if nube:
        raise _negar(absoluta, "está en una carpeta que se sincroniza con la nube")
    if es_de_red(absoluta):
        raise _negar(absoluta, "está en una carpeta de red")


def exigir_ruta_corta(raiz: PurePath, windows: bool = sys.platform == "win32") -> None:
    """UsoIncorrecto si en Windows no cabría, bajo esa carpeta, la ruta de un respaldo o de un borrador."""
    cabe = RUTA_DE_WINDOWS - RUTA_INTERIOR
    if windows and len(str(raiz)) > cabe:
        raise UsoIncorrecto(
            f"la ruta de la carpeta tiene {len(str(raiz))} caracteres, y Windows no abre un archivo "
            f"cuya ruta pase de {RUTA_DE_WINDOWS}",
            lugar=str(raiz),
            esperado=f"una ruta de {cabe} caracteres o menos",
            hacer="elija una carpeta más cercana a la raíz del disco, como C:\\sgc",
        )


def _negar(raiz: Path, motivo: str) -> UsoIncorrecto:
    return UsoIncorrecto(
        f"la carpeta {motivo}: otro equipo podría escribir a la vez y perder movimientos",
        lugar=str(raiz),
        esperado="una carpeta del disco de este equipo, p. ej. Documentos",
        hacer="cree el sistema en el disco local; para compartir, entregue copias de los documentos",
    )


def es_de_red(raiz: Path) -> bool:
    """Si la carpeta está en otro equipo: ahí el sistema no siempre avisa de los cambios."""
    if str(raiz).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  (solo existe con sentido en Windows)

        return bool(ctypes.windll.kernel32.GetDriveTypeW(raiz.anchor) == UNIDAD_REMOTA)
    montajes = Path("/proc/mounts")
    if not montajes.is_file():
        return False
    return _tipo_de_montaje(raiz, montajes.read_text("utf-8", "replace")) in REDES


def _tipo_de_montaje(raiz: PurePath, montajes: str) -> str:
    """El tipo del sistema de archivos que contiene la carpeta: el del punto de montaje más largo."""
    mejor, tipo = "", ""
    for linea in montajes.splitlines():
        campos = linea.split(" ")
        if len(campos) < 3:
            continue
        punto = campos[1].replace("\\040", " ")
        dentro = str(raiz) == punto or str(raiz).startswith(punto.rstrip("/") + os.sep)
        if dentro and len(punto) >= len(mejor):
            mejor, tipo = punto, campos[2]
    return tipo
