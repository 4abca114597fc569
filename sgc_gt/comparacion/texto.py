"""La comparación para leerla en una consola: por sección, las palabras que cambian en su contexto.

Nada depende del color: lo suprimido va entre «[-» y «-]», lo agregado entre «{+» y «+}». El color, si se
pide, solo repite lo que los signos ya dicen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sgc_gt.comparacion.decir import (
    DE_SECCION,
    conclusion,
    destinos,
    nombre_lado,
    origenes,
    secciones_con_cambios,
)
from sgc_gt.comparacion.renglones import Pieza, Renglon, de_seccion, de_zonas
from sgc_gt.comparacion.valores import AGREGADO, SUPRIMIDO, Comparacion, Informe, Lado, SeccionComparada

MAX_RENGLONES = 24
"""Renglones que se muestran de una sección, si no se pide completo."""
TITULO = "titulo"
_COLORES = {SUPRIMIDO: "\x1b[31m", AGREGADO: "\x1b[32m", TITULO: "\x1b[1m"}
_FIN = "\x1b[0m"


class Forma(NamedTuple):
    """Cómo se muestra: el ancho (0, sin límite), con color o sin él, completo o resumido."""

    ancho: int = 80
    color: bool = False
    completo: bool = False


def informe_a_texto(i: Informe, forma: Forma) -> str:
    """El informe entero, terminado en salto de línea."""
    codigo = i.despues.codigo or i.antes.codigo
    lineas = [
        _con_estilo(f"Comparación de {codigo}" if codigo else "Comparación de dos archivos", TITULO, forma),
        *_lado("Antes", i.antes, forma, con_bytes=i.comparacion is None),
        *_lado("Después", i.despues, forma, con_bytes=i.comparacion is None),
        "",
        *_parrafo(conclusion(i), forma),
    ]
    if i.comparacion is not None and not i.comparacion.iguales:
        lineas += _cuerpo(i.comparacion, forma)
    if i.zonas:
        lineas += ["", _con_estilo("Zonas de control (las escribe el sistema)", TITULO, forma)]
        lineas += _imprimir(de_zonas(i.zonas), forma)
    return "\n".join(lineas) + "\n"


def _lado(rotulo: str, lado: Lado, forma: Forma, *, con_bytes: bool) -> list[str]:
    nombre = nombre_lado(lado)
    texto = f"{rotulo + ':':<9} {nombre}" + (f", {lado.archivo}" if lado.archivo != nombre else "")
    lineas = _parrafo(texto, forma, 2)
    if con_bytes:
        lineas += [f"            {lado.tamano} bytes", f"    sha256 {lado.sha256}"]
    return lineas


def _cuerpo(c: Comparacion, forma: Forma) -> list[str]:
    lineas = ["", *_parrafo("Cómo se lee: [-esto se suprimió-] y {+esto se agregó+}.", forma)]
    lugares = origenes(c), destinos(c)
    for s in secciones_con_cambios(c):
        renglones = list(de_seccion(s, lugares, completo=forma.completo))
        if not renglones and s.tipo not in DE_SECCION:
            continue
        visibles = renglones if forma.completo else renglones[:MAX_RENGLONES]
        lineas += ["", *_titulo(s, forma), *_imprimir(visibles, forma)]
        if len(visibles) < len(renglones):
            faltan = len(renglones) - len(visibles)
            lineas += _parrafo(f"… y {faltan} más en esta sección; completo, con -o ARCHIVO.", forma, 2)
    return lineas


def _titulo(s: SeccionComparada, forma: Forma) -> list[str]:
    notas = [DE_SECCION[s.tipo]] if s.tipo in DE_SECCION else []
    if s.nombre_antes and s.nombre_antes != s.nombre:
        notas.append(f"antes: {s.nombre_antes}")
    piezas = ((s.nombre + (f" ({'; '.join(notas)})" if notas else ""), TITULO),)
    return _lineas(Renglon("", piezas, 0), forma)


# ---- renglones a líneas -----------------------------------------------------------------------------------


def _imprimir(renglones: Iterable[Renglon], forma: Forma) -> list[str]:
    return [linea for r in renglones for linea in _lineas(r, forma)]


def _lineas(r: Renglon, forma: Forma) -> list[str]:
    """Un renglón en tantas líneas como pida el ancho, todas desde la misma columna."""
    libre = forma.ancho - r.sangria if forma.ancho else 10**9
    lineas: list[list[Pieza]] = [[]]
    ocupado = 0
    for palabra, estilo in _palabras(r.piezas):
        if ocupado and ocupado + len(palabra.rstrip()) > libre:
            lineas.append([])
            ocupado = 0
        lineas[-1].append((palabra, estilo))
        ocupado += len(palabra)
    margen = " " * r.sangria
    inicio = f"  {r.rotulo}".ljust(r.sangria) if r.rotulo else margen
    textos = ["".join(_con_estilo(t, e, forma) for t, e in _sin_cola(linea)) for linea in lineas]
    return [f"{inicio}{textos[0]}", *(margen + t for t in textos[1:])]


def _sin_cola(linea: Sequence[Pieza]) -> list[Pieza]:
    """Sus piezas, sin el espacio que quedó al final: coloreado, pasaría del ancho."""
    agrupadas = list(_agrupadas(linea))
    texto, estilo = agrupadas[-1]
    return [*agrupadas[:-1], (texto.rstrip(), estilo)]


def _palabras(piezas: Sequence[Pieza]) -> Iterator[Pieza]:
    """Las palabras con su espacio. Dos piezas pegadas («[-a-]{+b+}») pueden quedar en líneas distintas."""
    for texto, estilo in piezas:
        for palabra in re.findall(r"\s*\S+\s*|\s+", " ".join(re.split(r"[\n\t\r]+", texto))):
            yield palabra, estilo


def _agrupadas(linea: Sequence[Pieza]) -> Iterator[Pieza]:
    actual, estilo = "", ""
    for texto, propio in linea:
        if propio != estilo and actual:
            yield actual, estilo
            actual = ""
        actual, estilo = actual + texto, propio
    yield actual, estilo


def _parrafo(texto: str, forma: Forma, sangria: int = 0) -> list[str]:
    return _lineas(Renglon("", ((texto, ""),), sangria), forma)


def _con_estilo(texto: str, estilo: str, forma: Forma) -> str:
    return f"{_COLORES[estilo]}{texto}{_FIN}" if forma.color and estilo and texto else texto
