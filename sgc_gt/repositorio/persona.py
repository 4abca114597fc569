"""Quién usa este equipo y con qué clave firma, según su git. Es lo único que lee su configuración."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from sgc_gt.errores import ProgramaAusente

from .valores import Firma


class Equipo(NamedTuple):
    """Lo que el git de este equipo dice de quien lo usa; vacío lo que no dice."""

    nombre: str
    correo: str
    llave: str  # la clave SSH con que firma: un archivo, o la clave pública misma


def equipo(raiz: Path) -> Equipo:
    """`user.name`, `user.email` y, si `gpg.format` es ssh, `user.signingkey`: los del repositorio primero."""
    valores = _configurado(raiz, r"^(user\.(name|email|signingkey)|gpg\.format)$")
    llave = valores.get("user.signingkey", "") if valores.get("gpg.format") == "ssh" else ""
    return Equipo(valores.get("user.name", ""), valores.get("user.email", ""), llave)


def persona(raiz: Path) -> Firma | None:
    """El nombre y el correo de quien usa el equipo. None sin correo."""
    quien = equipo(raiz)
    return Firma(quien.nombre, quien.correo) if quien.correo else None


def _configurado(raiz: Path, claves: str) -> dict[str, str]:
    """Lo configurado bajo esas claves; la última mención manda, como en git."""
    # GIT_DIR y parientes, heredados de un gancho, harían leer otro repositorio.
    ajenas = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS"}
    limpio = {nombre: valor for nombre, valor in os.environ.items() if nombre not in ajenas}
    try:
        hecho = subprocess.run(
            ["git", "config", "-z", "--get-regexp", claves],
            cwd=raiz,
            env=limpio,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as causa:
        raise ProgramaAusente(
            "no se encontró el programa git", hacer="Instale git (https://git-scm.com) y reintente."
        ) from causa
    pares = (trozo.partition("\n") for trozo in hecho.stdout.decode("utf-8", "replace").split("\0"))
    return {clave.lower(): valor.strip() for clave, _, valor in pares if clave}
