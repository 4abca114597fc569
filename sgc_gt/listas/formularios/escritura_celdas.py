"""Escribir un valor en una celda de Excel sin que cambie de clase."""

from __future__ import annotations

from datetime import date, datetime, time

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sgc_gt.errores import EntradaInvalida
from sgc_gt.listas.formularios.celdas import Celda
from sgc_gt.listas.xlsx import ANIO_MINIMO, MAX_CELDA


def escribir_celda(hoja: Worksheet, fila: int, columna: int, valor: Celda, formato: Format) -> None:
    """El valor con su formato; EntradaInvalida si el texto no cabe en una celda."""
    if valor is None or valor == "":
        hoja.write_blank(fila, columna, None, formato)
    elif isinstance(valor, date) and valor.year >= ANIO_MINIMO:
        hoja.write_datetime(fila, columna, datetime.combine(valor, time()), formato)
    elif isinstance(valor, (int, float)):
        hoja.write_number(fila, columna, valor, formato)
    else:
        texto = str(valor)
        if len(texto) > MAX_CELDA:
            raise EntradaInvalida(
                f"un texto de {len(texto)} caracteres no cabe en una celda de Excel",
                lugar=hoja.get_name(),
                esperado=f"hasta {MAX_CELDA} caracteres",
                hacer="acorte ese texto en los datos del borrador, y pida el formulario de nuevo",
            )
        hoja.write_string(fila, columna, texto, formato)
