"""Si un archivo guardado se puede leer y buscar: páginas sin letras, RUT a la vista, formulario de origen."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import NamedTuple

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.propiedades import leer_propias
from sgc_gt.word.puerta import abrir

TOPE = 200
"""De un PDF más largo se miran las primeras páginas."""
_PDF = b"%PDF-"
_IMAGENES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*")
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # sus avisos son sobre el PDF, no para la persona


class Legible(NamedTuple):
    """Lo que se pudo leer. `textos`: el de cada página de un PDF."""

    abre: bool = True
    imagen: bool = False
    textos: tuple[str, ...] = ()
    formulario: str = ""  # el código que un Word del sistema lleva por dentro
    version: str = ""

    @property
    def sin_texto(self) -> tuple[int, ...]:
        """Las páginas, desde la 1, en que no hay una letra ni un número."""
        return tuple(n for n, t in enumerate(self.textos, 1) if not any(c.isalnum() for c in t))


def leer(contenido: bytes, nombre: str) -> Legible:
    """Lo que el archivo deja leer. Un formato que no se mira (planillas, videos) se da por legible."""
    if contenido.startswith(_PDF):
        return _pdf(contenido)
    if contenido.startswith(_IMAGENES):
        return Legible(imagen=True)
    if nombre.lower().endswith(".docx"):
        return _word(contenido, nombre)
    return Legible()


def _pdf(contenido: bytes) -> Legible:
    try:
        return Legible(textos=tuple(_paginas(PdfReader(io.BytesIO(contenido)))))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Legible(abre=False)  # un PDF roto falla de muchas maneras; todas dicen lo mismo


def _paginas(lector: PdfReader) -> Iterator[str]:
    for n, pagina in enumerate(lector.pages):
        if n == TOPE:
            return
        yield pagina.extract_text()


def _word(contenido: bytes, nombre: str) -> Legible:
    try:
        propias = leer_propias(abrir(contenido, nombre))
    except EntradaInvalida:
        return Legible(abre=False)
    return Legible(formulario=propias.get("codigo", ""), version=propias.get("version", ""))
