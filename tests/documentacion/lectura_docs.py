"""Lo que las pruebas leen de la documentación: órdenes, bloques de consola y enlaces."""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from sgc_gt.cli.principal import sgc_gt

RAIZ = Path(__file__).parents[2]
README = RAIZ / "README.md"
USO = RAIZ / "docs" / "uso"

_CONSOLA = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EN_LINEA = re.compile(r"`(sgc-gt [^`\n]+)`")
_SANGRADA = re.compile(r"^ {4}(?:.*&& )?(?:\.venv[/\\](?:bin|Scripts)[/\\])?(sgc-gt [^&\n]+)$", re.MULTILINE)
_ENLACE = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_TITULO = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


class Paso(NamedTuple):
    """Una orden de un bloque de consola y las líneas que el manual muestra debajo."""

    orden: str
    salida: tuple[str, ...]


def paginas() -> list[Path]:
    """El README y todo `docs/`."""
    return [README, *sorted((RAIZ / "docs").rglob("*.md"))]


def manuales() -> list[Path]:
    """Lo que leen las personas: el README y `docs/uso`."""
    return [README, *sorted(USO.glob("*.md"))]


def guion(texto: str) -> list[Paso]:
    """Los pasos de los bloques ```console, en orden. Solo las órdenes `$ sgc-gt`."""
    pasos = []
    for bloque in _CONSOLA.findall(texto):
        for trozo in re.split(r"^\$ ", bloque, flags=re.MULTILINE)[1:]:
            orden, *salida = trozo.rstrip("\n").split("\n")
            if orden.startswith("sgc-gt "):
                pasos.append(Paso(orden, tuple(linea for linea in salida if linea.strip())))
    return pasos


def ordenes(texto: str) -> list[str]:
    """Toda orden escrita en una página: en bloques, en línea y en las líneas sangradas del README."""
    return [
        *(p.orden for p in guion(texto)),
        *_EN_LINEA.findall(texto),
        *(o.strip() for o in _SANGRADA.findall(texto)),
    ]


def argumentos(orden: str) -> list[str]:
    """Los argumentos de una orden, sin el nombre del programa ni el archivo al que se lleva la respuesta."""
    palabras = shlex.split(orden)[1:]
    return palabras[: palabras.index(">")] if ">" in palabras else palabras


def exigir_que_se_lea(palabras: list[str]) -> None:
    """Lee las palabras como lo haría el programa; click.UsageError si algo no existe o falta."""
    raiz = click.Context(sgc_gt, info_name="sgc-gt")
    globales, resto, _ = sgc_gt.make_parser(raiz).parse_args(list(palabras))
    if not resto:
        assert globales, "ni orden ni opciones"
        return
    nombre, orden, argumentos_ = sgc_gt.resolve_command(raiz, resto)
    assert orden is not None
    if "--help" in argumentos_:
        return
    orden.make_context(nombre, argumentos_, parent=raiz)


def enlaces(pagina: Path) -> Iterator[tuple[str, Path, str]]:
    """Los enlaces internos de una página: como está escrito, archivo de destino y ancla."""
    for destino in _ENLACE.findall(re.sub(r"`[^`\n]*`", "``", _sin_codigo(pagina.read_text("utf-8")))):
        if re.match(r"[a-z]+:", destino):
            continue
        ruta, _, ancla = destino.partition("#")
        yield destino, (pagina.parent / ruta).resolve() if ruta else pagina, ancla


def anclas(pagina: Path) -> set[str]:
    """Las anclas de los títulos de una página, como las forma un visor de Markdown."""
    return {_ancla(t) for t in _TITULO.findall(_sin_codigo(pagina.read_text("utf-8")))}


def _ancla(titulo: str) -> str:
    plano = unicodedata.normalize("NFC", titulo).lower().replace("`", "")
    return re.sub(r"[^\w\- ]", "", plano).strip().replace(" ", "-")


def _sin_codigo(texto: str) -> str:
    """El texto sin bloques cercados ni sangrados, y con el código en línea vacío."""
    sin_bloques = re.sub(r"^```.*?^```$", "", texto, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^(?: {4}|\t).*$", "", sin_bloques, flags=re.MULTILINE)
