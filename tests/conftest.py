"""Lo que todas las salas comparten: `tests/` en el camino (ahí vive `mini_docx`) y los programas optativos.

Una prueba marcada `libreoffice`, `validador`, `navegador` o `entrada` se salta, a la vista, donde falta lo que necesita;
con `SGC_EXIGE_TODO=1` (así corre `.ci/run`) la misma falta es una falla.
"""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
from libreoffice import python_con_uno

# Ninguna prueba falla por la hora: en un equipo ocupado un ejemplo puede tardar lo que tarde.
settings.register_profile("sgc", settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("sgc")
ENTRADA = Path(__file__).resolve().parents[2] / "shared" / "entrada"


def _libreoffice() -> bool:
    return all(shutil.which(programa) for programa in ("soffice", "pdftoppm", "pdftotext"))


def _calc() -> bool:
    programa = shutil.which("soffice")
    return bool(programa) and (Path(str(programa)).resolve().parent / "libsclo.so").exists()


def _validador() -> bool:
    carpeta = os.environ.get("OOXML_VALIDATOR", "")
    return bool(carpeta) and (Path(carpeta) / "node_modules" / ".bin" / "ooxml-validator").is_file()


def _corpus() -> bool:
    carpeta = os.environ.get("SGC_CORPUS", "")
    return bool(carpeta) and any(Path(carpeta).glob("*.docx"))


def _navegador() -> bool:
    axe = Path(os.environ.get("OOXML_VALIDATOR", "")) / "node_modules" / "axe-core" / "axe.min.js"
    return bool(shutil.which("chromium")) and axe.is_file()


def _redline() -> bool:
    return find_spec("python_redlines_docxodus") is not None


def _openssh() -> bool:
    return all(shutil.which(programa) for programa in ("ssh-keygen", "ssh-agent", "ssh-add"))


NECESITA = {
    "ssh": (_openssh, "OpenSSH (ssh-keygen, ssh-agent y ssh-add)"),
    "libreoffice": (_libreoffice, "LibreOffice (soffice) y poppler (pdftoppm, pdftotext)"),
    "calc": (_calc, "LibreOffice Calc (paquete libreoffice-calc-nogui)"),
    "uno": (python_con_uno, "un Python con el módulo `uno` (paquete python3-uno)"),
    "validador": (
        _validador,
        "el validador OpenXML (variable OOXML_VALIDATOR: la carpeta de su node_modules)",
    ),
    "corpus": (_corpus, "documentos de otros (variable SGC_CORPUS: una carpeta con archivos .docx)"),
    "redline": (_redline, 'python-redlines (pip install "sgc-gt[redline]")'),
    "navegador": (
        _navegador,
        "Chromium y axe-core (en la carpeta de OOXML_VALIDATOR: npm install axe-core)",
    ),
    "entrada": (ENTRADA.is_dir, "las entradas de referencia (../shared/entrada)"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """La única regla sobre lo que falta: saltar a la vista, o fallar si se exige todo."""
    for marca, (esta, que) in NECESITA.items():
        if item.get_closest_marker(marca) and not esta():
            if os.environ.get("SGC_EXIGE_TODO") == "1":
                pytest.fail(f"falta {que}, y aquí se exige todo", pytrace=False)
            pytest.skip(f"falta {que}")
