"""El libro de Excel de un formulario: los mismos datos dan los mismos bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from sgc_gt.listas.formularios.celdas import nombre_cargo, nombre_region
from sgc_gt.listas.formularios.estilos import Rangos, formatos
from sgc_gt.listas.formularios.hoja_ficha import escribir_ficha
from sgc_gt.listas.formularios.hoja_tabla import Tablas, escribir_tabla, escribir_vecina
from sgc_gt.listas.formularios.leame import escribir_leame
from sgc_gt.listas.formularios.modelo import (
    HOJA_LEAME,
    HOJA_LISTAS,
    HOJA_SENAS,
    HOJA_VECINA,
    Formulario,
    Senas,
    senas_a_textos,
)
from sgc_gt.listas.formularios.partes import CARGO, REGION, Parte
from sgc_gt.listas.formularios.piezas import base_regional
from sgc_gt.listas.xlsx import A4, MAX_HOJA, SIN_CORTE

_NO_EN_HOJA = re.compile(r"[\[\]:*?/\\']")
_LIBRO = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
PROTEGIDA = {
    "insert_rows": True,
    "delete_rows": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}
"""Los encabezados no se cambian sin querer; no hay contraseña, y filas y anchos son de quien lo llena."""


def a_formulario(f: Formulario) -> bytes:
    """Los bytes del libro: Léame, una hoja por parte, Listas y las señas escondidas."""
    salida = io.BytesIO()
    with xlsxwriter.Workbook(salida, dict(_LIBRO)) as libro:
        libro.set_properties(
            {"title": f"Formulario · {f.nombre}", "company": f.servicio, "created": SIN_CORTE}
        )
        libro.formats[0].set_locked(False)  # las filas se pueden borrar: sus celdas de más allá no lo traban
        estilos = formatos(libro)
        leame = libro.add_worksheet(HOJA_LEAME)
        propias = f.propias()
        nombres = nombres_de_hojas(propias)
        hojas = {clave: libro.add_worksheet(nombre) for clave, nombre in nombres.items()}
        vecina = libro.add_worksheet(HOJA_VECINA) if f.region else None
        rangos = _listas(libro.add_worksheet(HOJA_LISTAS), f, estilos)
        tablas = Tablas({p.clave: p for p in f.partes()}, nombres, rangos, estilos)
        sembradas = [p.clave for p in propias if _escribir(hojas[p.clave], f, p, tablas)]
        if vecina is not None:
            escribir_vecina(vecina, f, propias, tablas)
        escribir_leame(leame, f, [(nombres[p.clave], p) for p in propias], estilos)
        _senas(libro.add_worksheet(HOJA_SENAS), f, propias, sembradas)
        leame.activate()
    return salida.getvalue()


def nombres_de_hojas(partes: Sequence[Parte]) -> dict[str, str]:
    """Un nombre corto y distinto para cada hoja, con su número de orden."""
    nombres = {}
    for n, parte in enumerate(partes, start=1):
        titulo = parte.titulo if len(parte.titulo) <= MAX_HOJA - 4 else parte.titulo.split(" · ")[-1]
        limpio = " ".join(_NO_EN_HOJA.sub(" ", f"{n}. {titulo}").split())
        nombres[parte.clave] = _cortado(limpio)
    return nombres


def _cortado(nombre: str) -> str:
    """El nombre, si no cabe, hasta la última palabra entera."""
    return nombre if len(nombre) <= MAX_HOJA else nombre[: MAX_HOJA + 1].rsplit(" ", 1)[0].rstrip(" ,;")


def _escribir(hoja: Worksheet, f: Formulario, parte: Parte, tablas: Tablas) -> bool:
    """Escribe la hoja; si es una tabla, dice si se le sembraron las regiones."""
    hoja.protect("", dict(PROTEGIDA))
    hoja.hide_gridlines(2)
    hoja.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # un código no es un número por corregir
    hoja.set_landscape()
    hoja.set_paper(A4)
    hoja.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    hoja.fit_to_pages(1, 0)
    pie = f"{f.codigo or f.nombre} {parte.titulo}".replace("&", "&&")[:120]
    hoja.set_footer(f"&L&8{pie}&R&8Página &P de &N")
    if parte.tabla:
        return escribir_tabla(hoja, f, parte, tablas)
    escribir_ficha(hoja, f, parte, tablas.rangos, tablas.estilos)
    return False


def _listas(hoja: Worksheet, f: Formulario, estilos: Mapping[str, Format]) -> Rangos:
    """Escribe los valores que se pueden elegir, cada uno con su nombre, y dice dónde quedó cada lista."""
    hoja.protect("", {"format_columns": True})
    hoja.hide_gridlines(2)
    hoja.write_string(0, 0, "Valores que se pueden elegir", estilos["titulo"])
    columnas: dict[str, tuple[str, list[tuple[str, str]]]] = {
        REGION: ("Regiones", [(nombre_region(r), "") for r in _regiones(f)]),
        CARGO: ("Cargos", [(nombre_cargo(c, f.nombres), "") for c in f.nombres.cargos]),
        **{k: (k.capitalize(), list(v)) for k, v in f.listas.items()},
    }
    rangos, n = {}, 0
    for clave, (titulo, valores) in columnas.items():
        if not valores:
            continue
        con_nombre = any(nombre for _, nombre in valores)
        hoja.set_column(n, n, 14 if con_nombre else 44)
        hoja.write_string(2, n, titulo, estilos["encabezado"])
        for fila, (valor, nombre) in enumerate(valores, start=3):
            hoja.write_string(fila, n, valor, estilos["fijo"])
            if con_nombre:
                hoja.write_string(fila, n + 1, nombre, estilos["fijo"])
        letra = xl_col_to_name(n)
        rangos[clave] = f"='{HOJA_LISTAS}'!${letra}$4:${letra}${len(valores) + 3}"
        if con_nombre:
            hoja.set_column(n + 1, n + 1, 44)
            hoja.write_string(2, n + 1, "Nombre", estilos["encabezado"])
        n += 2 if con_nombre else 1
    hoja.freeze_panes(3, 0)
    return rangos


def _regiones(f: Formulario) -> Sequence[str]:
    return [f.region] if f.region else f.nombres.regiones


def _senas(hoja: Worksheet, f: Formulario, propias: Sequence[Parte], sembradas: list[str]) -> None:
    senas = Senas(
        f.tipo,
        f.codigo,
        f.version,
        f.sigla,
        f.periodo,
        f.region,
        base=_base(f),
        numeradas=tuple(p.clave for p in f.partes() if p.numerada),
        sembradas=tuple(sembradas),
        partes=tuple(p.clave for p in propias),
    )
    for n, texto in enumerate(senas_a_textos(senas)):
        hoja.write_string(n, 0, texto)
    hoja.protect()
    hoja.hide()


def _base(f: Formulario) -> Any:
    """Lo que el borrador decía; de una región viajan solo sus filas, que es lo que puede cambiar."""
    if not f.region:
        return f.base
    return base_regional({p.clave: p for p in f.partes()}, f.base, f.region)
