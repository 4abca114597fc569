"""Las filas de una lista hecha por otros, de Excel o de texto, cada una con el lugar en que está."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any, NamedTuple

from sgc_gt.dominio.fechas import leer_fecha
from sgc_gt.dominio.textos import una_linea
from sgc_gt.errores import EntradaInvalida

_DE_LIBRO = (".xlsx", ".xlsm", ".xls", ".ods")


class FilaDeLista(NamedTuple):
    """Una fila y dónde está: «fila 3» de un CSV, «Hoja1!A3» de un libro."""

    lugar: str
    celdas: list[Any]
    oculta: bool = False
    combinadas: frozenset[int] = frozenset()  # columnas vacías porque su celda es parte de otra

    def lugar_de(self, columna: int) -> str:
        """La celda de esa columna (la primera es 0): «Hoja1!C3»; de un CSV, su fila y su columna."""
        hoja, signo, celda = self.lugar.rpartition("!")
        if not signo:
            return f"{self.lugar}, columna {columna + 1}"
        from openpyxl.utils import get_column_letter  # noqa: PLC0415  (un CSV no lo paga)

        return f"{hoja}!{get_column_letter(columna + 1)}{celda[1:]}"


def leer_hojas(contenido: bytes, nombre: str) -> list[list[FilaDeLista]]:
    """Las filas de cada hoja a la vista; un CSV es una sola. EntradaInvalida si el libro no se abre."""
    if nombre.lower().endswith(_DE_LIBRO) or contenido.startswith(b"PK"):
        return _de_libro(contenido, nombre)
    return [_de_csv(contenido)]


def texto_de_celda(valor: Any) -> str:
    """Una celda como texto: un número que Excel guardó como 3.0 es «3»."""
    if isinstance(valor, float) and valor.is_integer():
        return str(int(valor))
    return una_linea(str(valor)) if valor is not None else ""


def fecha_de_celda(valor: Any) -> date | None:
    """La fecha de una celda, como fecha o escrita; UsoIncorrecto si no se entiende."""
    if isinstance(valor, datetime):
        return valor.date()
    if isinstance(valor, date):
        return valor
    texto = texto_de_celda(valor)
    return leer_fecha(texto) if texto else None


def _de_csv(contenido: bytes) -> list[FilaDeLista]:
    """Las filas de un CSV de Excel en español: punto y coma o coma, con o sin la marca de UTF-8."""
    try:
        texto = contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = contenido.decode("cp1252", "replace")
    separador = ";" if texto.count(";") >= texto.count(",") else ","
    lector = csv.reader(io.StringIO(texto), delimiter=separador)
    return [FilaDeLista(f"fila {n}", list(fila)) for n, fila in enumerate(lector, start=1)]


def _de_libro(contenido: bytes, nombre: str) -> list[list[FilaDeLista]]:
    import zipfile  # noqa: PLC0415

    from openpyxl import load_workbook  # noqa: PLC0415  (200 ms que un CSV no paga)
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        libro = load_workbook(io.BytesIO(contenido), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise EntradaInvalida(
            "no es un libro de Excel",
            lugar=nombre,
            esperado="un .xlsx o un .csv",
            hacer="guárdelo de nuevo como libro de Excel (.xlsx)",
        ) from None
    visibles = [h for h in libro.worksheets if h.sheet_state == "visible"]
    return [_filas_de(h) for h in visibles]


def _filas_de(hoja: Any) -> list[FilaDeLista]:
    from openpyxl.cell.cell import MergedCell  # noqa: PLC0415

    return [
        FilaDeLista(
            f"{hoja.title}!A{fila[0].row}",
            [c.value for c in fila],
            oculta=bool(hoja.row_dimensions[fila[0].row].hidden),
            combinadas=frozenset(n for n, c in enumerate(fila) if isinstance(c, MergedCell)),
        )
        for fila in hoja.iter_rows()
    ]
