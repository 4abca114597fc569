"""Aceptar o rechazar todos los cambios marcados de un documento, parte por parte.

Es lo que Word hace con «Aceptar todos los cambios»: lo insertado queda y lo suprimido se va, o al revés. Un
párrafo cuya marca final se quita se une al que sigue, que manda en el formato.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from sgc_gt.word.nombres import escribir_xml, leer_xml, q
from sgc_gt.word.paquete import Partes


class _Rumbo(NamedTuple):
    """Qué se va y qué se queda."""

    sale: tuple[str, ...]
    queda: tuple[str, ...]
    restaura: bool
    """Si un cambio de formato se devuelve a como estaba."""


_ACEPTAR = _Rumbo(("w:del", "w:moveFrom"), ("w:ins", "w:moveTo"), False)
_RECHAZAR = _Rumbo(("w:ins", "w:moveTo"), ("w:del", "w:moveFrom"), True)
_CAMBIOS_DE_FORMATO = tuple(
    q(f"w:{nombre}Change")
    for nombre in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx")
)
_DE_PARRAFO = frozenset({q("w:rPr"), q("w:sectPr")})
_MARCAS = frozenset({q("w:ins"), q("w:del"), q("w:moveFrom"), q("w:moveTo")})
_RANGOS = tuple(
    q(f"w:{clase}Range{extremo}") for clase in ("moveFrom", "moveTo") for extremo in ("Start", "End")
)
_SUPRIMIDOS = {q("w:delText"): q("w:t"), q("w:delInstrText"): q("w:instrText")}
_CELDAS = {"w:ins": "w:cellIns", "w:del": "w:cellDel"}


def aceptar(partes: Mapping[str, bytes]) -> Partes:
    """Las partes con todos los cambios aceptados."""
    return _resolver(partes, _ACEPTAR)


def rechazar(partes: Mapping[str, bytes]) -> Partes:
    """Las partes con todos los cambios rechazados."""
    return _resolver(partes, _RECHAZAR)


def _resolver(partes: Mapping[str, bytes], rumbo: _Rumbo) -> Partes:
    resultado = dict(partes)
    for nombre, contenido in partes.items():
        if nombre.startswith("word/") and nombre.endswith(".xml") and b":p" in contenido:
            raiz = leer_xml(contenido, nombre)
            _parte(raiz, rumbo)
            resultado[nombre] = escribir_xml(raiz)
    return resultado


def _parte(raiz: etree._Element, rumbo: _Rumbo) -> None:
    _formato(raiz, rumbo)
    _filas_y_celdas(raiz, rumbo)
    sin_marca = [p for p in raiz.iter(q("w:p")) if _marca(p, rumbo.sale)]
    _sacar_marcas(raiz, rumbo)
    for nodo in list(raiz.iter(*(q(n) for n in rumbo.sale))):
        if nodo.getparent() is not None:
            _quitar(nodo)
    for nodo in list(raiz.iter(*(q(n) for n in rumbo.queda))):
        desenvolver(nodo)
    for parrafo in reversed(sin_marca):
        _unir_al_siguiente(parrafo)
    for nodo in list(raiz.iter(*_RANGOS)):
        _quitar(nodo)
    for nodo in raiz.iter(*_SUPRIMIDOS):
        nodo.tag = _SUPRIMIDOS[str(nodo.tag)]


def _formato(raiz: etree._Element, rumbo: _Rumbo) -> None:
    """Un cambio de formato se olvida, o deja el formato como estaba."""
    for cambio in list(raiz.iter(*_CAMBIOS_DE_FORMATO)):
        propiedades = cambio.getparent()
        if propiedades is None:
            continue
        if not rumbo.restaura:
            propiedades.remove(cambio)
            continue
        previas = cambio[0] if len(cambio) else None
        # La marca de párrafo y la sección no son parte del formato guardado: siguen donde están.
        propias = _DE_PARRAFO if propiedades.tag == q("w:pPr") else _MARCAS
        siguen = [n for n in propiedades if n.tag in propias]
        propiedades[:] = [*siguen, *(previas if previas is not None else ())]


def _filas_y_celdas(raiz: etree._Element, rumbo: _Rumbo) -> None:
    for fila in list(raiz.iter(q("w:tr"))):
        propiedades = fila.find(q("w:trPr"))
        if propiedades is None:
            continue
        if any(propiedades.find(q(n)) is not None for n in rumbo.sale):
            _quitar(fila)
        for nombre in rumbo.queda:
            for nodo in propiedades.findall(q(nombre)):
                propiedades.remove(nodo)
    for celda in list(raiz.iter(q("w:tc"))):
        propiedades = celda.find(q("w:tcPr"))
        if propiedades is not None and any(
            propiedades.find(q(_CELDAS[n])) is not None for n in rumbo.sale if n in _CELDAS
        ):
            _quitar(celda)
    for tabla in list(raiz.iter(q("w:tbl"))):
        if next(tabla.iter(q("w:tr")), None) is None:
            _quitar(tabla)


def _marca(parrafo: etree._Element, nombres: tuple[str, ...]) -> bool:
    """Si la marca final del párrafo es de las que se van."""
    rpr = parrafo.find(f"{q('w:pPr')}/{q('w:rPr')}")
    return rpr is not None and any(rpr.find(q(n)) is not None for n in nombres)


def _sacar_marcas(raiz: etree._Element, rumbo: _Rumbo) -> None:
    """Las anotaciones dentro de propiedades (marca de párrafo, celda) no llevan contenido: solo se borran."""
    anotan = [q(n) for n in (*rumbo.sale, *rumbo.queda)]
    for propiedades in raiz.iter(q("w:rPr"), q("w:trPr"), q("w:numPr")):
        for nodo in [n for n in propiedades if n.tag in anotan]:
            propiedades.remove(nodo)
    for nodo in list(raiz.iter(q("w:cellIns"), q("w:cellDel"))):
        _quitar(nodo)


def _quitar(nodo: etree._Element) -> None:
    padre = nodo.getparent()
    if padre is not None:
        padre.remove(nodo)


def desenvolver(nodo: etree._Element) -> None:
    """Pone en el lugar de un nodo lo que contiene."""
    padre = nodo.getparent()
    if padre is not None:
        lugar = padre.index(nodo)
        padre[lugar : lugar + 1] = list(nodo)


def _unir_al_siguiente(parrafo: etree._Element) -> None:
    contenido = [n for n in parrafo if n.tag != q("w:pPr")]
    siguiente = parrafo.getnext()
    while siguiente is not None and siguiente.tag in {q("w:bookmarkStart"), q("w:bookmarkEnd")}:
        siguiente = siguiente.getnext()
    if siguiente is not None and siguiente.tag == q("w:p"):
        lugar = 1 if len(siguiente) and siguiente[0].tag == q("w:pPr") else 0
        siguiente[lugar:lugar] = contenido
        _quitar(parrafo)
    elif not any(n.tag == q("w:r") for n in contenido) and _hay_otro(parrafo):
        _quitar(parrafo)


def _hay_otro(parrafo: etree._Element) -> bool:
    """Si el contenedor no se queda sin párrafos: una celda exige uno."""
    padre = parrafo.getparent()
    return padre is not None and (padre.tag != q("w:tc") or len(padre.findall(q("w:p"))) > 1)
