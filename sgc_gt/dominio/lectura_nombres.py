"""Lo que dice el nombre de un archivo: código, versión, fecha, título y los rastros de copia."""

from __future__ import annotations

import re
from typing import NamedTuple

from sgc_gt.dominio.forma import nfc
from sgc_gt.dominio.lectura_codigos import Lenguaje, codigo_en
from sgc_gt.dominio.lectura_fechas import FechaLeida, fecha_en, sin_fechas
from sgc_gt.dominio.lectura_versiones import version_en_nombre

_COPIAS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (nombre, re.compile(rf"(?<![^\W_])(?:{expresion})(?![^\W_])", re.I))
    for nombre, expresion in (
        ("copia en conflicto", r"\(?(?:copia en conflicto|conflicted copy)[^)]*\)?"),
        ("copia", r"\(?(?:copia(?: de)?|copy(?: of)?)\)?"),
        ("final", r"(?:versi[oó]n )?(?:final(?:isimo|ísimo)?|definitiv[oa]|[uú]ltim[oa])(?: versi[oó]n)?"),
        ("borrador", r"(?:borrador|draft|preliminar|propuesta|en revisi[oó]n)"),
        ("corregido", r"(?:corregid|modificad|actualizad)[oa]|con (?:cambios|observaciones|comentarios)"),
        ("obsoleto", r"(?:obsolet[oa]|no vigente|anulad[oa]|reemplazad[oa]|antigu[oa]|old)"),
        ("firmado", r"(?:firmad[oa]|escanead[oa]|scan|esc)"),
        ("oficial", r"(?:oficial|vigente|aprobad[oa]|publicad[oa]|imprimir|ok)"),
    )
)  # fmt: skip
LARGO_NOMBRE = 255
"""Ningún sistema de archivos admite un nombre más largo."""
_REPETIDO = re.compile(r"\s*\((\d{1,3})\)\s*$|\s+-\s+\((\d{1,3})\)")
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,5})$")
_ANIO = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
SEPARADORES = " \t-_.,–—()[]#+&"


class NombreLeido(NamedTuple):
    """Lo que el nombre de un archivo dice de sí."""

    codigo: str = ""
    version: str = ""
    titulo: str = ""
    fecha: FechaLeida | None = None
    anio: int | None = None
    """El año, si es lo único que dice de su fecha."""
    rastros: tuple[str, ...] = ()
    """Lo que delata una copia, como está escrito: «(2)», «FINAL», «copia»."""
    clases: tuple[str, ...] = ()
    """Las clases de esos rastros: «repetido», «copia», «final», «firmado», «obsoleto»…"""
    extension: str = ""


def leer_nombre(nombre: str, lenguaje: Lenguaje | None = None) -> NombreLeido:
    """Lo que dice el nombre de un archivo. Nunca falla: lo que no se reconoce es título."""
    base = nfc(nombre).replace("\\", "/").rsplit("/", 1)[-1].replace("%20", " ").strip()[-LARGO_NOMBRE:]
    extension = _EXTENSION.search(base)
    resto = base[: extension.start()] if extension else base
    resto, rastros = _sin_rastros(resto)
    version, resto = version_en_nombre(resto)
    codigo = codigo_en(resto, lenguaje)
    if codigo is not None:
        resto = resto.replace(codigo.texto, " ", 1)
    resto = re.sub(r"(?<=\d)_(?=\d)", "-", resto).replace("_", " ")
    fecha, resto = fecha_en(resto), sin_fechas(resto)
    anio = None if fecha else _ANIO.search(resto)
    if anio:
        resto = _ANIO.sub(" ", resto)
    return NombreLeido(
        codigo=codigo.codigo if codigo else "",
        version=version,
        titulo=_titulo(resto),
        fecha=fecha,
        anio=int(anio[1]) if anio else None,
        rastros=tuple(texto for _, texto in rastros),
        clases=tuple(clase for clase, _ in rastros),
        extension=extension[1].lower() if extension else "",
    )


def _sin_rastros(texto: str) -> tuple[str, list[tuple[str, str]]]:
    """El nombre sin los rastros de copia, y esos rastros con su clase."""
    rastros: list[tuple[str, str]] = []
    while m := _REPETIDO.search(texto):
        rastros.insert(0, ("repetido", m[0].strip(" -")))
        texto = f"{texto[: m.start()]} {texto[m.end() :]}".strip()
    for clase, expresion in _COPIAS:
        while m := expresion.search(texto):
            rastros.append((clase, m[0].strip()))
            texto = f"{texto[: m.start()]} {texto[m.end() :]}".strip()
    return texto, rastros


def _titulo(resto: str) -> str:
    """Lo que queda del nombre, en una línea y sin separadores sueltos."""
    limpio = " ".join(resto.split())
    limpio = re.sub(r"\s+[-–—.]+\s+|\(\s*\)", " ", f" {limpio} ")
    limpio = " ".join(limpio.split()).strip(SEPARADORES)
    return limpio if any(c.isalpha() for c in limpio) else ""
