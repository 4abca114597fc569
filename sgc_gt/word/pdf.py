"""PDF por LibreOffice, sin ventana: perfil propio y desechable, tiempo máximo, una sola partida para muchos.

Es la única puerta a un programa externo de conversión (`_convertir`): otra que maneje Word se agregaría aquí.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from sgc_gt.errores import EntradaInvalida, ProgramaAusente, causa_de
from sgc_gt.word.propiedades import IDIOMA
from sgc_gt.word.puerta import abrir

TIEMPO_MAXIMO_S = 120
"""Lo que se espera por un documento; cada uno de los demás de la misma partida agrega `TIEMPO_POR_OTRO_S`."""
TIEMPO_POR_OTRO_S = 20
TANDA = 200
"""Documentos por partida: la orden cabe en Windows y un tropiezo no repite mil conversiones."""
_OPCIONES = {
    "UseTaggedPDF": True,  # títulos, tablas y textos alternativos: lo que lee un lector de pantalla
    "ExportBookmarks": True,
    "DisplayPDFDocumentTitle": True,
    "ExportNotes": False,
    "ConvertOOoTargetToPDFTarget": False,
    "ExportLinksRelativeFsys": False,  # sin rutas de la máquina
}
_RUTAS_WINDOWS = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_RUTAS_MAC = ("/Applications/LibreOffice.app/Contents/MacOS/soffice",)
# Un destino que no responde: si el documento pide algo de la red, no sale de la máquina.
_SIN_RED = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")


def pdf_disponible() -> bool:
    """Si en este equipo hay con qué hacer PDF. No lo abre: solo mira si está."""
    return _libreoffice() is not None


def a_pdf(docx: bytes, nombre: str) -> bytes:
    """El PDF de un documento. `nombre` es el que aparece en los rechazos."""
    return a_pdf_varios({nombre: docx})[nombre]


def a_pdf_varios(documentos: Mapping[str, bytes]) -> dict[str, bytes]:
    """El PDF de cada documento, con las mismas llaves: LibreOffice se abre una vez para todos.

    Con título, idioma y estructura para lectores de pantalla. Todos o ninguno: EntradaInvalida nombra el que
    no se pudo convertir; ProgramaAusente, si no hay con qué.
    """
    filtro = {clave: {"type": "boolean", "value": str(v).lower()} for clave, v in _OPCIONES.items()}
    hechos = _varios(documentos, "pdf", f"pdf:writer_pdf_Export:{json.dumps(filtro)}")
    return {nombre: _en_espanol(contenido) for nombre, contenido in hechos.items()}


def _en_espanol(contenido: bytes) -> bytes:
    """El PDF con su idioma: sin él, un lector de pantalla lee el español con voz inglesa.

    LibreOffice pone el del documento y, si no lo dice, el del equipo.
    """
    if f"/Lang({IDIOMA})".encode() in contenido:
        return contenido
    from pypdf import PdfWriter  # noqa: PLC0415  (solo si hace falta)
    from pypdf.generic import NameObject, TextStringObject  # noqa: PLC0415

    escritor = PdfWriter(io.BytesIO(contenido), incremental=True)
    escritor.root_object[NameObject("/Lang")] = TextStringObject(IDIOMA)
    salida = io.BytesIO()
    escritor.write(salida)
    return salida.getvalue()


def convertir(docx: bytes, nombre: str, formato: str) -> bytes:
    """El documento guardado por LibreOffice en otro formato (`pdf`, `docx`)."""
    return convertir_varios({nombre: docx}, formato)[nombre]


def convertir_varios(documentos: Mapping[str, bytes], formato: str) -> dict[str, bytes]:
    """Lo mismo de cada documento, con las mismas llaves: LibreOffice se abre una vez para todos."""
    return _varios(documentos, formato, formato)


def _varios(documentos: Mapping[str, bytes], extension: str, filtro: str) -> dict[str, bytes]:
    for nombre, docx in documentos.items():
        abrir(docx, nombre)
    hechos: dict[str, bytes] = {}
    for tanda in _tandas(documentos):
        convertidos, detalle = _convertir([documentos[n] for n in tanda], extension, filtro)
        for nombre, convertido in zip(tanda, convertidos, strict=True):
            salida = [convertido]
            # Uno que hizo caer al programa se lleva a los que venían detrás: cada uno se intenta solo.
            if convertido is None and len(tanda) > 1:
                salida, detalle = _convertir([documentos[nombre]], extension, filtro)
            if salida[0] is None:
                raise EntradaInvalida(
                    f"LibreOffice no pudo convertir el documento{detalle}",
                    lugar=nombre,
                    hacer="Ábralo en Word, guárdelo de nuevo y reintente.",
                )
            hechos[nombre] = salida[0]
    return hechos


def _tandas(nombres: Mapping[str, bytes]) -> Iterator[list[str]]:
    todos = list(nombres)
    return (todos[inicio : inicio + TANDA] for inicio in range(0, len(todos), TANDA))


def _convertir(documentos: Sequence[bytes], extension: str, filtro: str) -> tuple[list[bytes | None], str]:
    """Los convertidos, en orden (None el que no salió), y lo último que el programa dijo si terminó mal."""
    with tempfile.TemporaryDirectory(prefix="sgc-", ignore_cleanup_errors=True) as temporal:
        carpeta = Path(temporal)
        (carpeta / "entrada").mkdir()
        nombres = [f"{n:03d}" for n in range(len(documentos))]
        for nombre, docx in zip(nombres, documentos, strict=True):
            (carpeta / "entrada" / f"{nombre}.docx").write_bytes(docx)
        orden = [
            _exigir_libreoffice(),
            f"-env:UserInstallation={(carpeta / 'perfil').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            filtro,
            "--outdir",
            str(carpeta / "salida"),
            *(f"{nombre}.docx" for nombre in nombres),
        ]
        detalle = _ejecutar(orden, carpeta / "entrada", len(documentos))
        salidas = [carpeta / "salida" / f"{nombre}.{extension}" for nombre in nombres]
        return [s.read_bytes() if s.is_file() else None for s in salidas], detalle


def _ejecutar(orden: list[str], donde: Path, cuantos: int) -> str:
    espera = TIEMPO_MAXIMO_S + TIEMPO_POR_OTRO_S * (cuantos - 1)
    try:
        proceso = subprocess.Popen(
            orden,
            cwd=donde,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, **_SIN_RED},
            start_new_session=True,
        )
    except OSError as error:
        raise ProgramaAusente(
            f"LibreOffice está instalado pero no se pudo ejecutar ({causa_de(error)})"
        ) from error
    with proceso:
        try:
            _, errores = proceso.communicate(timeout=espera)
        except subprocess.TimeoutExpired:
            _terminar(proceso)
            return f" en {espera} segundos"
        except KeyboardInterrupt:
            _terminar(proceso)  # quien interrumpe no deja a LibreOffice trabajando solo
            raise
    ultima = errores.decode("utf-8", "replace").strip().splitlines()[-1:]
    return f" ({ultima[0]})" if ultima and proceso.returncode else ""


def _terminar(proceso: subprocess.Popen[bytes]) -> None:
    """Termina el programa y lo que él abrió: LibreOffice trabaja en un proceso hijo del que se llama."""
    if sys.platform == "win32":  # pragma: no cover - se prueba en Linux
        orden = ["taskkill", "/T", "/F", "/PID", str(proceso.pid)]
        subprocess.run(orden, capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(proceso.pid, signal.SIGKILL)


def _libreoffice() -> str | None:
    """La ruta de LibreOffice; None si no está."""
    candidatos = [shutil.which(programa) for programa in ("soffice", "libreoffice")]
    candidatos += [ruta for ruta in (*_RUTAS_WINDOWS, *_RUTAS_MAC) if Path(ruta).is_file()]
    return next(filter(None, candidatos), None)


def _exigir_libreoffice() -> str:
    programa = _libreoffice()
    if programa is None:
        raise ProgramaAusente(
            "para hacer PDF se necesita LibreOffice y no está instalado",
            hacer="Instale LibreOffice (libreoffice.org), o exporte el PDF desde Word y adjúntelo.",
        )
    return programa
