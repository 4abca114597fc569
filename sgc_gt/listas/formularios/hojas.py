"""Un libro abierto, mirado como formulario: qué hoja es cada una y qué dice cada celda.

Las hojas, filas y columnas se reconocen por su marca escondida, no por su nombre ni su lugar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from sgc_gt.errores import Problema
from sgc_gt.listas.formularios.lectura_celdas import limpiar
from sgc_gt.listas.formularios.libro import Libro
from sgc_gt.listas.formularios.modelo import MARCA


class Vista(NamedTuple):
    """Lo que una celda muestra."""

    valor: Any
    formato: str = "General"


VACIA = Vista(None)


class Sitio(NamedTuple):
    """Dónde está marcado un dato: la fila de su rótulo (en una ficha) o su columna (en una tabla)."""

    fila: int
    columna: int


class HojaLeida:
    """Una hoja con sus marcas y sus celdas; `problemas` junta lo que en ella no se entiende."""

    def __init__(self, hoja: Worksheet, formulas: Worksheet | None, archivo: str) -> None:
        self.nombre = hoja.title
        self.archivo = archivo
        self._formulas = formulas
        # Las que el archivo trae, y no todas las que caben entre la primera y la última.
        self.celdas: dict[tuple[int, int], Cell] = {
            lugar: c for lugar, c in sorted(hoja._cells.items()) if c.value is not None
        }
        self._combinadas = self._de_combinadas(hoja)
        self.marcas: dict[str, list[Sitio]] = {}
        for (fila, columna), celda in self.celdas.items():
            if isinstance(celda.value, str) and celda.value.startswith(MARCA):
                self.marcas.setdefault(celda.value.removeprefix(MARCA), []).append(Sitio(fila, columna))

    def _de_combinadas(self, hoja: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
        """Celda → la primera de las combinadas con ella hacia abajo: todas muestran lo mismo."""
        de: dict[tuple[int, int], tuple[int, int]] = {}
        self.anchas: list[tuple[int, int, int, str]] = []
        for rango in hoja.merged_cells.ranges:
            if rango.min_col != rango.max_col:
                for fila in range(rango.min_row, min(rango.max_row, rango.min_row + 500) + 1):
                    self.anchas.append((fila, rango.min_col, rango.max_col, rango.coord))
                continue
            for fila in range(rango.min_row, min(rango.max_row, rango.min_row + 5_000) + 1):
                de[(fila, rango.min_col)] = (rango.min_row, rango.min_col)
        return de

    def lugar(self, fila: int, columna: int) -> str:
        """«archivo, hoja «X», celda C7»."""
        return f"{self.archivo}, hoja «{self.nombre}», celda {get_column_letter(columna)}{fila}"

    def filas_desde(self, primera: int) -> list[int]:
        """Las filas que tienen algo, desde esa: una escrita muy abajo no obliga a mirar las de en medio."""
        formulas = self._formulas._cells if self._formulas is not None else {}
        con_formula = {f for (f, _), celda in formulas.items() if celda.value is not None}
        hay = {f for f, _ in self.celdas} | {f for f, _ in self._combinadas} | con_formula
        return sorted(f for f in hay if f >= primera)

    def ver(self, fila: int, columna: int) -> Vista | Problema:
        """Lo que la celda muestra; un Problema si es un error, o una fórmula que nadie calculó."""
        fila, columna = self._combinadas.get((fila, columna), (fila, columna))
        celda = self.celdas.get((fila, columna))
        if celda is None:
            return self._sin_calcular(fila, columna) or VACIA
        if celda.data_type == "e":
            return Problema(
                f"la celda muestra el error {celda.value}",
                self.lugar(fila, columna),
                hacer="corrija la fórmula o escriba el dato",
            )
        valor = unescape(celda.value) if isinstance(celda.value, str) else celda.value
        return Vista(valor, str(celda.number_format or "General"))

    def _sin_calcular(self, fila: int, columna: int) -> Problema | None:
        propia = self._formulas.cell(fila, columna).value if self._formulas is not None else None
        if propia is None:
            return None
        return Problema(
            "hay una fórmula sin su resultado: abra el archivo en Excel o LibreOffice y guárdelo, "
            "o escriba el dato",
            self.lugar(fila, columna),
            hacer="abra el archivo, guárdelo y repita la orden",
        )

    def combinada_a_lo_ancho(self, fila: int, columnas: Mapping[int, str]) -> str:
        """Las celdas combinadas que en esa fila juntan dos o más datos; «» si no hay."""
        for suya, desde, hasta, rango in self.anchas:
            if suya == fila and sum(1 for c in columnas if desde <= c <= hasta) > 1:
                return rango
        return ""

    def con_algo(self) -> Iterator[tuple[int, int]]:
        """Las celdas que muestran algo."""
        for (fila, columna), celda in self.celdas.items():
            if limpiar(celda.value) not in (None, ""):
                yield fila, columna


def hojas_de(libro: Libro, archivo: str) -> list[HojaLeida]:
    """Todas las hojas del libro, también las ocultas: ocultar no borra."""
    return [
        HojaLeida(hoja, libro.formulas[hoja.title] if libro.formulas else None, archivo)
        for hoja in libro.valores.worksheets
    ]
