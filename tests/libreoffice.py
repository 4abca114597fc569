"""Manejar LibreOffice por dentro desde las pruebas: lo hace el Python que trae el módulo `uno`, en otro proceso."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

GUION = Path(__file__).parent / "uno_edita.py"
CANDIDATOS = ("/usr/bin/python3", "python3", "/opt/libreoffice/program/python")


@cache
def python_con_uno() -> str:
    """El intérprete que puede importar `uno`; vacío si no hay."""
    for candidato in CANDIDATOS:
        programa = shutil.which(candidato)
        if (
            programa
            and subprocess.run([programa, "-c", "import uno"], capture_output=True, check=False).returncode
            == 0
        ):
            return programa
    return ""


def editar(origen: Path, destino: Path, *pasos: str) -> Path:
    """Abre `origen` en LibreOffice, ejecuta los pasos («reemplazar|viejo|nuevo») y lo guarda en `destino`."""
    with tempfile.TemporaryDirectory(prefix="lo-", ignore_cleanup_errors=True) as perfil:
        orden = [python_con_uno(), str(GUION), str(origen), str(destino), perfil, *pasos]
        hecho = subprocess.run(orden, capture_output=True, text=True, check=False, timeout=180)
    assert hecho.returncode == 0, hecho.stdout + hecho.stderr
    return destino
