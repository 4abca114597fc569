"""De dónde viene un PDF o un Excel: dice lo mismo mientras nadie lo firme ni lo guarde con otro programa."""

from __future__ import annotations

import io
import zipfile
import zlib

from pypdf import PdfReader
from pypdf.errors import PyPdfError

PROPIEDADES = "docProps/core.xml"
COMIENZO = 65_536
FIRMA = b"/ByteRange"


def origen(contenido: bytes) -> str:
    """El programa que hizo el PDF, o las propiedades del libro; vacío si no se sabe o está firmado."""
    return _del_pdf(contenido) if contenido.startswith(b"%PDF-") else _del_libro(contenido)


def _del_pdf(pdf: bytes) -> str:
    if FIRMA in pdf:
        return ""
    try:
        datos = PdfReader(io.BytesIO(pdf)).metadata
        return str((datos.producer if datos else "") or "")
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ""  # mal formado: no se sabe de quién es


def _del_libro(libro: bytes) -> str:
    """Excel y LibreOffice las escriben de nuevo al guardar, con su fecha."""
    try:
        with zipfile.ZipFile(io.BytesIO(libro)) as z, z.open(PROPIEDADES) as abierto:
            return abierto.read(COMIENZO).hex()
    except (OSError, KeyError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return ""
