"""Lo que las personas hacen fuera del sistema en la demostración: escribir en Word y llenar una planilla.

Con fechas fijas: la demostración da siempre los mismos bytes.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
import xlsxwriter

from sgc_gt.ordenes.pedido import Adjunto
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.puerta import abrir

CREADO = datetime(2020, 1, 1)  # noqa: DTZ001  (la planilla guarda fechas sin zona)


def escribir_en_word(archivo: Path, *, despues_de: str, parrafo: str) -> None:
    """Agrega un párrafo después del primero de la sección con ese título, y guarda."""
    documento = docx.Document(str(archivo))
    parrafos = documento.paragraphs
    inicio = next(i for i, p in enumerate(parrafos) if p.text == despues_de)
    modelo = parrafos[inicio + 1]
    nuevo = modelo.insert_paragraph_before(parrafo, style=modelo.style)
    modelo._p.addnext(nuevo._p)
    guardado = BytesIO()
    documento.save(guardado)
    archivo.write_bytes(empaquetar(abrir(guardado.getvalue(), archivo.name), comprimir=True))


def formulario(nota: str = "Localidad y fecha") -> Adjunto:
    """Un formulario en planilla: un documento controlado que no es de Word."""
    salida = BytesIO()
    with xlsxwriter.Workbook(salida, {"in_memory": True}) as libro:
        libro.set_properties({"created": CREADO})
        hoja = libro.add_worksheet("Atención en terreno")
        hoja.write_column(0, 0, (nota, "Productos entregados", "Personas atendidas", "Firma"))
    return Adjunto("formulario.xlsx", salida.getvalue())
