"""Una parte de un documento como tramos en orden: lo que sigue igual, se agrega, se suprime o se mueve."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from sgc_gt.word.nombres import NS, q, valor

_CLASES = {q("w:ins"): "ins", q("w:del"): "del", q("w:moveFrom"): "sale", q("w:moveTo"): "entra"}
_ABREN = {q("w:moveFromRangeStart"): "sale", q("w:moveToRangeStart"): "entra"}
_CIERRAN = {q("w:moveFromRangeEnd"): "sale", q("w:moveToRangeEnd"): "entra"}
_SIMBOLOS = {
    q("w:tab"): "\t",
    q("w:br"): "\n",
    q("w:cr"): "\n",
    q("w:noBreakHyphen"): "\u2011",
    q("w:drawing"): "[imagen]",
    q("w:pict"): "[imagen]",
    q("w:footnoteReference"): "[nota]",
    q("w:endnoteReference"): "[nota]",
}
_TEXTOS = (q("w:t"), q("w:delText"))
FILA, PARRAFO = "fila", "párrafo"


class Tramo(NamedTuple):
    """Un trozo de texto y lo que se propone para él.

    `clase`: igual, ins (se agrega), del (se suprime), sale y entra (se traslada), y «corte»: un fin de
    párrafo que ya estaba. Un fin de párrafo que se propone es un tramo ins o del con un salto de línea.
    """

    clase: str
    texto: str
    nodo: etree._Element
    autor: str = ""
    fecha: str = ""
    nombre: str = ""  # de un traslado, el que une lo que sale con lo que entra; o FILA, PARRAFO


def tramos(raiz: etree._Element) -> Iterator[Tramo]:
    """Los tramos de una parte, un párrafo o una nota, en orden."""
    nombres: dict[str, str] = {}
    for parrafo in [raiz] if raiz.tag == q("w:p") else _parrafos_y_rangos(raiz, nombres):
        yield from _de_parrafo(parrafo, nombres)
        yield from _fin(parrafo)


def _parrafos_y_rangos(raiz: etree._Element, nombres: dict[str, str]) -> Iterator[etree._Element]:
    """Los párrafos en orden; de paso se anotan los traslados que se abren y cierran entre párrafos."""
    for nodo in raiz.iter(q("w:p"), *_ABREN, *_CIERRAN):
        if nodo.tag == q("w:p"):
            yield nodo
        elif next(nodo.iterancestors(q("w:p")), None) is None:
            _anotar_rango(nodo, nombres)


def _anotar_rango(nodo: etree._Element, nombres: dict[str, str]) -> None:
    if nodo.tag in _ABREN:
        nombres[_ABREN[nodo.tag]] = valor(nodo, "w:name") or ""
    elif nodo.tag in _CIERRAN:
        nombres.pop(_CIERRAN[nodo.tag], None)


def _de_parrafo(parrafo: etree._Element, nombres: dict[str, str]) -> Iterator[Tramo]:
    for nodo in parrafo.iter(*_TEXTOS, *_SIMBOLOS, *_ABREN, *_CIERRAN):
        if nodo.tag in _ABREN or nodo.tag in _CIERRAN:
            _anotar_rango(nodo, nombres)
            continue
        padre = nodo.getparent()
        if padre is None or padre.tag != q("w:r") or next(nodo.iterancestors(q("w:p")), None) is not parrafo:
            continue  # una parada de tabulación del formato, o el texto de un cuadro: tiene su propio párrafo
        texto = nodo.text or "" if nodo.tag in _TEXTOS else _SIMBOLOS[nodo.tag]
        marca = next((a for a in nodo.iterancestors(*_CLASES) if _es_de_texto(a)), None)
        fila = _fila_marcada(nodo) if marca is None else None
        if texto:
            yield _tramo(fila if marca is None else marca, texto, nodo, nombres)


def _tramo(marca: etree._Element | None, texto: str, nodo: etree._Element, nombres: dict[str, str]) -> Tramo:
    if marca is None:
        return Tramo("igual", texto, nodo)
    clase = _CLASES[marca.tag]
    autor, fecha = (valor(marca, f"w:{c}") or "" for c in ("author", "date"))
    return Tramo(clase, texto, nodo, autor, fecha, nombres.get(clase, ""))


def _es_de_texto(marca: etree._Element) -> bool:
    """Si la marca envuelve texto (y no es la de una fila o la de un fin de párrafo)."""
    padre = marca.getparent()
    return padre is None or padre.tag not in (q("w:rPr"), q("w:trPr"))


def _fila_marcada(nodo: etree._Element) -> etree._Element | None:
    """La marca de una fila agregada o suprimida entera."""
    fila = next(nodo.iterancestors(q("w:tr")), None)
    if fila is None:
        return None
    ins, supr = fila.find("w:trPr/w:ins", NS), fila.find("w:trPr/w:del", NS)
    return ins if supr is None else supr


def _fin(parrafo: etree._Element) -> Iterator[Tramo]:
    """El fin del párrafo: uno propuesto deja seguir el cambio en el siguiente, uno que ya estaba lo corta."""
    for clase in ("ins", "del"):
        marca = parrafo.find(f"w:pPr/w:rPr/w:{clase}", NS)
        if marca is not None:
            autor, fecha = (valor(marca, f"w:{c}") or "" for c in ("author", "date"))
            yield Tramo(clase, "\n", parrafo, autor, fecha, PARRAFO)
            return
    celda = parrafo.getparent()
    marca = _fila_marcada(parrafo)
    if marca is not None and celda is not None and celda.tag == q("w:tc"):
        ultima = next(celda.itersiblings(q("w:tc")), None) is None
        yield _tramo(marca, "\n" if ultima else " | ", parrafo, {})._replace(nombre=FILA)
        return
    yield Tramo("corte", "", parrafo)
