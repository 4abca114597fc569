"""Lo que comparte un Word hecho desde cero, sin plantilla: propiedades, letra, idioma y sus partes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

from docx.document import Document
from docx.oxml.ns import qn
from docx.styles.style import ParagraphStyle

_DEL_TEMA = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def propiedades(documento: Document, titulo: str, autor: str, momento: datetime) -> None:
    """Las del archivo: nunca el reloj ni quien usa el equipo."""
    suyas = documento.core_properties
    suyas.title = titulo
    suyas.author = suyas.last_modified_by = autor[:255]
    suyas.comments = ""
    suyas.language = "es-CL"
    suyas.created = suyas.modified = momento


def en_espanol_y_sin_tema(documento: Document, estilos: Iterable[ParagraphStyle]) -> None:
    """Todo en español, y en esos estilos manda su letra: la del tema mandaría sobre la elegida."""
    for estilo in estilos:
        letra = estilo.element.get_or_add_rPr().get_or_add_rFonts()
        for atributo in _DEL_TEMA:
            letra.attrib.pop(qn(f"w:{atributo}"), None)
    for idioma in documento.styles.element.iter(qn("w:lang")):
        idioma.set(qn("w:val"), "es-CL")


def partes_de(documento: Document) -> dict[str, bytes]:
    """Las partes del archivo, por su nombre."""
    salida = io.BytesIO()
    documento.save(salida)
    with zipfile.ZipFile(salida) as archivo:
        return {nombre: archivo.read(nombre) for nombre in archivo.namelist()}
