"""Los compromisos de la etapa 6.2.5 leídos del Word de un Programa que una persona editó o que se importó."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sgc_gt.dominio.estandarizacion import CREAR, MODIFICAR, Compromiso
from sgc_gt.dominio.fechas import NOMBRES_MESES, ultimo_dia
from sgc_gt.dominio.forma import TABLA, FormaNormal, secciones
from sgc_gt.dominio.registros_word import separar_codigo
from sgc_gt.dominio.textos import comparable, una_linea

TITULO = "estandarizacion"
COLUMNAS = {
    "producto": ("producto", "id", "id producto"),
    "accion": ("accion", "que se hace"),
    "documento": ("procedimiento", "documento", "codigo", "codigo del procedimiento"),
    "responsable": ("responsable", "cargo", "cargo responsable", "encargado"),
    "plazo": ("plazo", "mes", "fecha", "vence"),
}
"""Campo → cómo se llama su columna."""
VERBOS = {MODIFICAR: ("modific", "actualiz", "adecu"), CREAR: ("crear", "crea", "elabor", "nuev")}
SIN_CODIGO = ("por definir", "pendiente", "-", "—", "")
_POR_TITULO = {titulo: campo for campo, titulos in COLUMNAS.items() for titulo in titulos}
_PRODUCTO = re.compile(r"[A-Z]{1,4}\d{1,3}")
_DIA = re.compile(r"\d{1,2}[-/](\d{1,2})[-/](\d{4})")
_MES = re.compile(rf"({'|'.join(NOMBRES_MESES)})(?:\s+(?:de\s+|del\s+)?(\d{{4}}))?")


def compromisos_en(forma: FormaNormal, anio: int) -> tuple[Compromiso, ...] | None:
    """Los compromisos de las tablas de la sección «Estandarización»; None si el documento no la trae."""
    propias = [s for s in secciones(forma) if comparable(s.titulo).startswith(TITULO)]
    if not propias:
        return None
    tablas = [b.cuadricula() for s in propias for b in s.bloques if b.clase == TABLA]
    return tuple(c for filas in tablas for c in _de_tabla(filas, anio))


def _de_tabla(filas: Sequence[Sequence[str]], anio: int) -> Iterator[Compromiso]:
    columnas: Mapping[int, str] = {}
    for fila in filas:
        titulos = {n: _POR_TITULO.get(comparable(celda).strip(" .:"), "") for n, celda in enumerate(fila)}
        if "producto" in titulos.values():
            columnas = titulos
            continue
        valores = {columnas[n]: una_linea(celda) for n, celda in enumerate(fila) if columnas.get(n)}
        producto = _PRODUCTO.match(valores.get("producto", ""))
        if producto:
            yield _compromiso(producto.group(), valores, anio)


def _compromiso(producto: str, valores: Mapping[str, str], anio: int) -> Compromiso:
    documento, titulo = separar_codigo(valores.get("documento", ""))
    return Compromiso(
        producto,
        _accion(valores.get("accion", "")),
        documento,
        "" if comparable(titulo) in SIN_CODIGO else titulo,
        valores.get("responsable", ""),
        leer_mes(valores.get("plazo", ""), anio),
    )


def _accion(texto: str) -> str:
    dicho = comparable(texto)
    return next((accion for accion, raices in VERBOS.items() if dicho.startswith(raices)), "")


def leer_mes(texto: str, anio: int) -> date | None:
    """El último día del mes que el texto dice: «junio de 2026», «junio», «30-06-2026»; None si ninguno."""
    dicho = comparable(texto)
    if m := _DIA.search(dicho):
        return ultimo_dia(int(m[1]), int(m[2]))
    if m := _MES.search(dicho):
        return ultimo_dia(NOMBRES_MESES.index(m[1]) + 1, int(m[2] or anio))
    return None
