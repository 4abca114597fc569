"""Quién usa este equipo, según su git. Es lo único que lee la configuración de la persona."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from sgc_gt.errores import ProgramaAusente

from .valores import Firma


def persona(raiz: Path) -> Firma | None:
    """`user.email` y `user.name`: la del repositorio y, si no, la de la persona. None sin correo."""
    correo = _configurado(raiz, "user.email")
    return Firma(_configurado(raiz, "user.name"), correo) if correo else None


def _configurado(raiz: Path, clave: str) -> str:
    # GIT_DIR y parientes, heredados de un gancho, harían leer otro repositorio.
    ajenas = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS"}
    limpio = {nombre: valor for nombre, valor in os.environ.items() if nombre not in ajenas}
    try:
        hecho = subprocess.run(
            ["git", "config", "--get", clave],
            cwd=raiz,
            env=limpio,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as causa:
        raise ProgramaAusente(
            "no se encontró el programa git", hacer="Instale git (https://git-scm.com) y reintente."
        ) from causa
    return hecho.stdout.decode("utf-8", "replace").strip()
