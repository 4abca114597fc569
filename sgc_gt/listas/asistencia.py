"""Leer una lista de asistencia o una hoja de firmas pasada en limpio: .xlsx o .csv, con sus títulos."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sgc_gt.dominio.asistencia import Asistente
from sgc_gt.dominio.fechas import leer_fecha
from sgc_gt.dominio.textos import comparable, una_linea
from sgc_gt.errores import EntradaInvalida, Problema, UsoIncorrecto

_TITULOS = {
    "cargo": ("cargo", "funcion", "puesto"),
    "correo": ("correo", "correo electronico", "email", "e-mail", "mail"),
    "region": ("region", "direccion regional"),
    "fecha": ("fecha",),
    "firmo": ("firma", "firmo", "asistio", "asistencia"),
}
"""Cómo suelen titularse las columnas; las demás (nombre, RUN, unidad) no se leen ni se guardan."""
_FILAS_DE_MEMBRETE = 15
_NO = frozenset({"", "no", "n", "0", "false", "falso", "-", "ausente", "inasistente"})


def leer_asistencia(contenido: bytes, nombre: str) -> tuple[Asistente, ...]:
    """Quiénes están en la lista; EntradaInvalida si no se puede leer, con cada celda que no se entiende."""
    filas = _de_csv(contenido) if nombre.lower().endswith(".csv") else _de_xlsx(contenido, nombre)
    problemas: list[Problema] = []
    asistentes = tuple(_asistentes(filas, nombre, problemas))
    if problemas:
        raise EntradaInvalida(
            "la lista tiene celdas que no se entienden",
            lugar=nombre,
            hacer="corrija esas celdas y repita la orden; no se anotó nada",
            problemas=problemas,
        )
    if not asistentes:
        raise EntradaInvalida("la lista no tiene a nadie", lugar=nombre, hacer="revise el archivo")
    return asistentes


def _de_csv(contenido: bytes) -> list[tuple[str, list[Any]]]:
    """Las filas de un CSV de Excel en español: punto y coma o coma, con o sin la marca de UTF-8."""
    try:
        texto = contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = contenido.decode("cp1252", "replace")
    separador = ";" if texto.count(";") >= texto.count(",") else ","
    lector = csv.reader(io.StringIO(texto), delimiter=separador)
    return [(f"fila {n}", list(fila)) for n, fila in enumerate(lector, start=1)]


def _de_xlsx(contenido: bytes, nombre: str) -> list[tuple[str, list[Any]]]:
    """Las filas de la primera hoja visible con títulos."""
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
    hojas = [[(f"{h.title}!A{f[0].row}", [c.value for c in f]) for f in h.iter_rows()] for h in visibles]
    return next((h for h in hojas if _cabecera(h)), hojas[0] if hojas else [])


def _cabecera(filas: Sequence[tuple[str, list[Any]]]) -> tuple[int, Mapping[str, int]] | None:
    """En qué fila están los títulos y qué columna es cada cosa; None si no los hay."""
    for i, (_, celdas) in enumerate(filas[:_FILAS_DE_MEMBRETE]):
        dichos = [comparable(str(c or "")) for c in celdas]
        columnas = {
            campo: n
            for campo, titulos in _TITULOS.items()
            for n, dicho in enumerate(dichos)
            if dicho in titulos
        }
        if "cargo" in columnas or "correo" in columnas:
            return i, columnas
    return None


def _asistentes(
    filas: Sequence[tuple[str, list[Any]]], nombre: str, problemas: list[Problema]
) -> Iterator[Asistente]:
    hallada = _cabecera(filas)
    if hallada is None:
        raise EntradaInvalida(
            "la lista no dice cuál columna es el cargo",
            lugar=nombre,
            esperado="una fila de títulos con «Cargo» o «Correo», y si los hay «Región», «Fecha» y «Firma»",
            hacer="agregue los títulos y repita la orden",
        )
    inicio, columnas = hallada
    for lugar, celdas in filas[inicio + 1 :]:
        valores = {c: celdas[n] if n < len(celdas) else None for c, n in columnas.items()}
        cargo, correo = _texto(valores.get("cargo")), _texto(valores.get("correo"))
        if not (cargo or correo):
            continue
        try:
            dia = _fecha(valores.get("fecha"))
        except UsoIncorrecto as error:
            problemas.append(Problema(error.mensaje, lugar, error.esperado))
            continue
        firmo = "firmo" not in columnas or comparable(_texto(valores["firmo"])) not in _NO
        yield Asistente(lugar, cargo, correo, _texto(valores.get("region")), dia, firmo)


def _texto(valor: Any) -> str:
    return una_linea(str(valor)) if valor is not None else ""


def _fecha(valor: Any) -> date | None:
    if isinstance(valor, datetime):
        return valor.date()
    if isinstance(valor, date):
        return valor
    texto = _texto(valor)
    return leer_fecha(texto) if texto else None
