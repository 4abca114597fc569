"""Lo que las personas hacen fuera del sistema en la demostración: escribir en Word y llenar una planilla."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
from openpyxl import Workbook

from sgc_gt.ordenes.pedido import Adjunto


def escribir_en_word(archivo: Path, *, despues_de: str, parrafo: str) -> None:
    """Agrega un párrafo después del primero de la sección con ese título, y guarda."""
    documento = docx.Document(str(archivo))
    parrafos = documento.paragraphs
    inicio = next(i for i, p in enumerate(parrafos) if p.text == despues_de)
    modelo = parrafos[inicio + 1]
    nuevo = modelo.insert_paragraph_before(parrafo, style=modelo.style)
    modelo._p.addnext(nuevo._p)
    documento.save(str(archivo))


def formulario(nota: str = "Localidad y fecha") -> Adjunto:
    """Un formulario en planilla: un documento controlado que no es de Word."""
    libro = Workbook()
    hoja = libro.create_sheet("Atención en terreno", 0)
    for fila, texto in enumerate((nota, "Productos entregados", "Personas atendidas", "Firma"), 1):
        hoja.cell(fila, 1, texto)
    salida = BytesIO()
    libro.save(salida)
    return Adjunto("formulario.xlsx", salida.getvalue())
