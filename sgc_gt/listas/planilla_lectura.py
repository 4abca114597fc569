"""Leer la planilla que una persona llenó: todas sus filas, y todos sus problemas con hoja y celda."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from sgc_gt.dominio.cargos_leidos import cargo_leido
from sgc_gt.dominio.importacion import DECISIONES, IMPORTAR, Fila
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.textos import una_linea
from sgc_gt.errores import EntradaInvalida, Problema, UsoIncorrecto
from sgc_gt.listas import planilla_columnas as col
from sgc_gt.listas.celdas_leidas import fecha_de_celda, texto_de_celda
from sgc_gt.listas.planilla import FORMATOS_COLUMNAS
from sgc_gt.listas.planilla_columnas import COLUMNAS, POR_TITULO, ColumnaPlanilla

_FILAS_DE_MEMBRETE = 12
_NECESARIAS = ("decision", "archivo", "codigo", "version", "sha256")


class FilaLeida(NamedTuple):
    """Una fila con el lugar de cada una de sus celdas («Documentos!E7»)."""

    fila: Fila
    lugares: Mapping[str, str]

    def problema(self, campo: str, mensaje: str, esperado: str = "") -> Problema:
        """Un problema en la celda de ese campo."""
        return Problema(mensaje, self.lugares.get(campo, ""), esperado)


class PlanillaLeida(NamedTuple):
    """Lo que la planilla dice: sus filas, los formatos y lo que no se puede leer."""

    filas: tuple[FilaLeida, ...]
    formatos: Mapping[str, Mapping[str, str]]  # clave del formato → dónde está cada dato
    problemas: tuple[Problema, ...]


def leer_planilla(contenido: bytes, nombre: str, servicio: Servicio) -> PlanillaLeida:
    """Las filas y los problemas de celda; EntradaInvalida si no es la planilla de importación."""
    try:
        libro = load_workbook(io.BytesIO(contenido), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise _no_es(nombre, "no es un libro de Excel") from None
    if col.DOCUMENTOS not in libro.sheetnames:
        raise _no_es(nombre, f"no tiene la hoja «{col.DOCUMENTOS}»")
    hoja = libro[col.DOCUMENTOS]
    cabecera, columnas = _cabecera(hoja, nombre)
    problemas: list[Problema] = []
    filas = []
    for numero in range(cabecera + 1, hoja.max_row + 1):
        valores = {c.campo: hoja.cell(numero, n).value for n, c in columnas.items()}
        if not any(v not in (None, "") for v in valores.values()):
            continue
        lugares = {c.campo: f"{col.DOCUMENTOS}!{get_column_letter(n)}{numero}" for n, c in columnas.items()}
        leida = _fila(valores, lugares, servicio, problemas)
        filas.append(FilaLeida(leida, lugares))
    return PlanillaLeida(tuple(filas), _formatos(libro), tuple(problemas))


def _no_es(nombre: str, razon: str) -> EntradaInvalida:
    return EntradaInvalida(
        f"no es la planilla de importación: {razon}",
        lugar=nombre,
        esperado="la planilla que deja sgc-gt importar CARPETA --simular -o importacion.xlsx",
        hacer="vuelva a hacerla con --simular, o guárdela de nuevo como libro de Excel (.xlsx)",
    )


def _cabecera(hoja: Worksheet, nombre: str) -> tuple[int, dict[int, ColumnaPlanilla]]:
    """La fila de títulos, dondequiera que haya quedado, y qué es cada columna."""
    for numero in range(1, min(hoja.max_row, _FILAS_DE_MEMBRETE) + 1):
        titulos = {n: str(hoja.cell(numero, n).value or "").strip() for n in range(1, hoja.max_column + 1)}
        columnas = {n: POR_TITULO[t] for n, t in titulos.items() if t in POR_TITULO}
        presentes = {c.campo for c in columnas.values()}
        if set(_NECESARIAS) <= presentes:
            return numero, columnas
        if "decision" in presentes and "archivo" in presentes:
            faltan = [
                f"«{c.titulo}»" for c in COLUMNAS if c.campo in _NECESARIAS and c.campo not in presentes
            ]
            raise _no_es(nombre, f"en la hoja «{col.DOCUMENTOS}» falta la columna {', '.join(faltan)}")
    raise _no_es(nombre, f"la hoja «{col.DOCUMENTOS}» no tiene su fila de títulos")


def _fila(
    valores: Mapping[str, Any], lugares: Mapping[str, str], servicio: Servicio, problemas: list[Problema]
) -> Fila:
    leidos: dict[str, Any] = {}
    importa = texto_de_celda(valores.get("decision")).casefold() == IMPORTAR
    for c in COLUMNAS:
        try:
            leidos[c.campo] = _valor(c, valores.get(c.campo), servicio)
        except UsoIncorrecto as error:
            leidos[c.campo] = getattr(Fila(""), c.campo)
            if importa or c.campo == "decision":  # lo que se omite puede decir cualquier cosa
                problemas.append(Problema(error.mensaje, lugares.get(c.campo, ""), error.esperado))
    return Fila(**leidos)


def _valor(c: ColumnaPlanilla, valor: Any, servicio: Servicio) -> Any:
    """El valor del campo; UsoIncorrecto, con lo que se esperaba, si la celda no lo es."""
    if c.campo == "problemas":
        return tuple(str(valor).splitlines()) if valor else ()
    if c.clase == col.FECHA:
        return fecha_de_celda(valor)
    texto = texto_de_celda(valor)
    propio = _PROPIOS.get(c.campo)
    if propio is not None:
        return propio(texto, servicio)
    if c.clase == col.CARGO:
        return _cargo(texto, servicio)
    if c.clase in (col.CARGOS, col.VARIOS):
        partes = tuple(p for p in (una_linea(p) for p in texto.split(";")) if p)
        return tuple(_cargo(p, servicio) for p in partes) if c.clase == col.CARGOS else partes
    return texto


def _cargo(texto: str, servicio: Servicio) -> str:
    hallado = cargo_leido(servicio, texto)
    if texto and not hallado:
        raise UsoIncorrecto(f"«{texto}» no es un cargo del servicio", esperado="un cargo de la lista")
    return hallado


def _decision(texto: str, _servicio: Servicio) -> str:
    decision = texto.casefold()
    if decision not in DECISIONES:
        raise UsoIncorrecto(
            f"«{texto}» no es una decisión" if texto else "falta la decisión", esperado=", ".join(DECISIONES)
        )
    return decision


def _tipo(texto: str, servicio: Servicio) -> str:
    nombres = {t.nombre.casefold(): t.id for t in servicio.tipos.values()}
    if texto and texto not in servicio.tipos and texto.casefold() not in nombres:
        raise UsoIncorrecto(f"«{texto}» no es un tipo del servicio", esperado=", ".join(servicio.tipos))
    return texto if texto in servicio.tipos else nombres.get(texto.casefold(), "")


def _area(texto: str, servicio: Servicio) -> str:
    if texto and texto.upper() not in servicio.areas:
        raise UsoIncorrecto(f"«{texto}» no es un área del servicio", esperado=", ".join(servicio.areas))
    return texto.upper()


def _version(texto: str, servicio: Servicio) -> str:
    """La versión que Excel pudo volver número («3») en la forma del servicio («03»)."""
    if texto and not servicio.formato.leer(texto):
        raise UsoIncorrecto(
            f"«{texto}» no es una versión como las del servicio",
            esperado=f"como {servicio.formato.inicial()}",
        )
    return servicio.formato.leer(texto)


_PROPIOS: Mapping[str, Callable[[str, Servicio], str]] = {
    "decision": _decision,
    "tipo": _tipo,
    "area": _area,
    "version": _version,
    "codigo": lambda texto, _: texto.upper(),
}


def _formatos(libro: Any) -> dict[str, dict[str, str]]:
    """Clave del formato → dónde está cada dato, como quedó en su hoja."""
    if col.FORMATOS not in libro.sheetnames:
        return {}
    hoja = libro[col.FORMATOS]
    titulos = {titulo: clave for clave, titulo, _ in FORMATOS_COLUMNAS}
    filas = [[texto_de_celda(celda) for celda in fila] for fila in hoja.iter_rows(values_only=True)]
    return dict(_de_formatos(filas, titulos))


def _de_formatos(filas: list[list[str]], titulos: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    claves: list[str] = []
    for fila in filas:
        if "Formato" in fila:
            claves = [titulos.get(t, "") for t in fila]
        elif claves:
            valores = dict(zip(claves, fila, strict=False))
            if valores.get("formato"):
                yield valores["formato"], valores
