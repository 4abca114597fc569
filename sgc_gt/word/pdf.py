"""PDF por LibreOffice, sin ventana: perfil propio y desechable, tiempo máximo, un archivo de entrada.

Es la única puerta a un programa externo de conversión: otra que maneje Word se agregaría aquí.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from sgc_gt.errores import EntradaInvalida, ProgramaAusente, causa_de
from sgc_gt.word.puerta import abrir

TIEMPO_MAXIMO_S = 120
_RUTAS_WINDOWS = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_RUTAS_MAC = ("/Applications/LibreOffice.app/Contents/MacOS/soffice",)
# Un destino que no responde: si el documento pide algo de la red, no sale de la máquina.
_SIN_RED = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")


def a_pdf(docx: bytes, nombre: str) -> bytes:
    """El PDF de un documento. `nombre` es el que aparece en los rechazos."""
    return convertir(docx, nombre, "pdf")


def convertir(docx: bytes, nombre: str, formato: str) -> bytes:
    """El documento guardado por LibreOffice en otro formato (`pdf`, `docx`)."""
    abrir(docx, nombre)
    programa = buscar_libreoffice()
    with tempfile.TemporaryDirectory(prefix="sgc-", ignore_cleanup_errors=True) as carpeta:
        entrada = Path(carpeta) / "entrada" / "documento.docx"
        entrada.parent.mkdir()
        entrada.write_bytes(docx)
        orden = [
            programa,
            f"-env:UserInstallation={(Path(carpeta) / 'perfil').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            formato,
            "--outdir",
            str(Path(carpeta) / "salida"),
            str(entrada),
        ]
        detalle = _ejecutar(orden, nombre)
        salida = Path(carpeta) / "salida" / f"documento.{formato}"
        if not salida.is_file():
            raise EntradaInvalida(
                f"LibreOffice no pudo convertir el documento{detalle}",
                lugar=nombre,
                hacer="Ábralo en Word, guárdelo de nuevo y reintente.",
            )
        return salida.read_bytes()


def _ejecutar(orden: list[str], nombre: str) -> str:
    try:
        hecho = subprocess.run(
            orden,
            capture_output=True,
            timeout=TIEMPO_MAXIMO_S,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **_SIN_RED},
        )
    except subprocess.TimeoutExpired as error:
        raise EntradaInvalida(
            f"LibreOffice no terminó de convertir el documento en {TIEMPO_MAXIMO_S} segundos", lugar=nombre
        ) from error
    except OSError as error:
        raise ProgramaAusente(
            f"LibreOffice está instalado pero no se pudo ejecutar ({causa_de(error)})"
        ) from error
    ultima = hecho.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
    return f" ({ultima[0]})" if ultima and hecho.returncode else ""


def buscar_libreoffice() -> str:
    """La ruta de LibreOffice, o `ProgramaAusente`."""
    candidatos = [shutil.which(programa) for programa in ("soffice", "libreoffice")]
    candidatos += [ruta for ruta in (*_RUTAS_WINDOWS, *_RUTAS_MAC) if Path(ruta).is_file()]
    for candidato in candidatos:
        if candidato:
            return candidato
    raise ProgramaAusente(
        "para hacer PDF se necesita LibreOffice y no está instalado",
        hacer="Instale LibreOffice (libreoffice.org), o exporte el PDF desde Word y adjúntelo.",
    )
