"""La puerta de un libro de Excel que llega de fuera: primero el sobre, después se abre.

Lo que se infla se cuenta mientras se infla; lo que trae macros o entidades no se lee; cuántas celdas tiene se
sabe antes de armarlas.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

from sgc_gt.errores import EntradaInvalida

MEGA = 1024 * 1024
MAXIMO_ARCHIVO = 20 * MEGA
MAXIMO_INFLADO = 80 * MEGA
MAXIMO_PIEZAS = 1_000
MAXIMO_CELDAS = 400_000
PROPORCION = 200
"""Inflado por comprimido; un libro lleno de filas iguales ronda 40."""
GUARDAR = "ábralo en Excel o LibreOffice y guárdelo como libro de Excel (.xlsx), sin contraseña"

_OLE2, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_TROZO = 256 * 1024
_CIFRADA = 0x1
_COMBINADA = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Za-z0-9:$]{1,30})[\"']")
_HOJA = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


class Libro(NamedTuple):
    """Un libro abierto: con los valores que se ven y, si trae fórmulas, también con ellas."""

    valores: Workbook
    formulas: Workbook | None


def abrir_libro(datos: bytes, nombre: str) -> Libro:
    """El libro; EntradaInvalida, con lo que el archivo parece ser y qué hacer, si no se puede abrir."""
    _revisar_sobre(datos, nombre)
    try:
        partes = dict(_inflar(datos, nombre))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise _danado(nombre) from error
    _revisar_partes(partes, nombre)
    con_formulas = any(b"<f" in v for k, v in partes.items() if _HOJA.fullmatch(k))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # lo que la biblioteca no conserva (dibujos, extensiones) no se lee
            valores = load_workbook(io.BytesIO(datos), data_only=True)
            formulas = load_workbook(io.BytesIO(datos)) if con_formulas else None
    except Exception as error:
        raise _danado(nombre) from error
    return Libro(valores, formulas)


def _danado(nombre: str) -> EntradaInvalida:
    return EntradaInvalida(
        "el archivo está incompleto o dañado: no se puede abrir como libro de Excel",
        lugar=nombre,
        hacer="si se está copiando o descargando, espere a que termine; si no, ábralo en Excel, guárdelo de "
        "nuevo y repita la orden",
    )


def _revisar_sobre(datos: bytes, nombre: str) -> None:
    if len(datos) > MAXIMO_ARCHIVO:
        raise EntradaInvalida(
            f"el archivo pesa {len(datos) // MEGA} MB",
            lugar=nombre,
            esperado=f"hasta {MAXIMO_ARCHIVO // MEGA} MB",
            hacer="quite imágenes y hojas que no sean del formulario, y guárdelo de nuevo",
        )
    if datos.startswith(_OLE2):
        protegido = "EncryptedPackage".encode("utf-16-le") in datos
        que = "está protegido con contraseña" if protegido else "es de un formato antiguo de Office (.xls)"
        raise EntradaInvalida(
            f"el archivo {que}", lugar=nombre, esperado="un libro de Excel (.xlsx)", hacer=GUARDAR
        )
    if not datos.startswith(_ZIP):
        que = "está vacío" if not datos.strip(b"\0 \r\n") else "no es un libro de Excel"
        raise EntradaInvalida(
            f"el archivo {que}", lugar=nombre, esperado="un libro de Excel (.xlsx)", hacer=GUARDAR
        )


def _inflar(datos: bytes, nombre: str) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(datos)) as archivo:
        entradas = archivo.infolist()
        if len(entradas) > MAXIMO_PIEZAS:
            raise _crece(nombre)
        if len({e.filename.lower() for e in entradas}) < len(entradas):
            raise _danado(nombre)
        total = 0
        for entrada in entradas:
            if entrada.flag_bits & _CIFRADA:
                raise EntradaInvalida("el archivo tiene piezas cifradas", lugar=nombre, hacer=GUARDAR)
            tope = min(max(MEGA, entrada.compress_size * PROPORCION), MAXIMO_INFLADO - total)
            contenido = _una(archivo, entrada, tope, nombre)
            total += len(contenido)
            yield entrada.filename, contenido


def _una(archivo: zipfile.ZipFile, entrada: zipfile.ZipInfo, tope: int, nombre: str) -> bytes:
    trozos, leido = list[bytes](), 0
    with archivo.open(entrada) as flujo:
        while trozo := flujo.read(_TROZO):
            leido += len(trozo)
            if leido > tope:
                raise _crece(nombre)
            trozos.append(trozo)
    return b"".join(trozos)


def _crece(nombre: str) -> EntradaInvalida:
    return EntradaInvalida(
        "el archivo crece sin medida al abrirlo",
        lugar=nombre,
        esperado=f"un libro de hasta {MAXIMO_INFLADO // MEGA} MB descomprimido",
        hacer="pida el formulario de nuevo y pase a él lo escrito",
    )


def _revisar_partes(partes: Mapping[str, bytes], nombre: str) -> None:
    if "[Content_Types].xml" not in partes or "xl/workbook.xml" not in partes:
        raise EntradaInvalida(
            "el archivo no es un libro de Excel",
            lugar=nombre,
            esperado="un libro de Excel (.xlsx), no un documento de texto ni una planilla de otro programa",
            hacer=GUARDAR,
        )
    if any("vbaproject" in parte.lower() for parte in partes):
        raise EntradaInvalida("el archivo trae macros", lugar=nombre, hacer=GUARDAR)
    if any(_con_entidades(v) for k, v in partes.items() if k.lower().endswith((".xml", ".rels"))):
        raise EntradaInvalida(
            "el archivo trae declaraciones que ningún libro de Excel necesita",
            lugar=nombre,
            hacer=GUARDAR,
        )
    hojas = [v for k, v in partes.items() if _HOJA.fullmatch(k)]
    celdas = sum(v.count(b"<c ") + v.count(b"<row ") + _combinadas(v) for v in hojas)
    if celdas > MAXIMO_CELDAS:
        raise EntradaInvalida(
            f"el libro tiene {celdas} celdas con contenido o formato",
            lugar=nombre,
            esperado=f"hasta {MAXIMO_CELDAS}",
            hacer="borre las filas y columnas que sobran bajo cada tabla, y guárdelo de nuevo",
        )


def _combinadas(hoja: bytes) -> int:
    """Cuántas celdas ocupan las combinadas: la biblioteca las arma todas."""
    rangos = _COMBINADA.findall(hoja)
    return sum(_area(rango.decode("ascii")) for rango in rangos)


def _area(rango: str) -> int:
    try:
        desde_columna, desde_fila, hasta_columna, hasta_fila = range_boundaries(rango)
    except ValueError:
        return MAXIMO_CELDAS + 1
    columnas = (hasta_columna or MAXIMO_CELDAS) - (desde_columna or 1) + 1
    return columnas * ((hasta_fila or MAXIMO_CELDAS) - (desde_fila or 1) + 1)


def _con_entidades(contenido: bytes) -> bool:
    compacto = contenido.replace(b"\x00", b"") if b"\x00" in contenido[:200] else contenido
    return re.search(rb"<!(?:DOCTYPE|ENTITY)", compacto, re.IGNORECASE) is not None
