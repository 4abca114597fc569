"""La marca en una planilla de Excel: encabezado y pie de impresión de cada hoja, y nada más.

Se escribe en el XML de cada hoja y las demás partes quedan byte por byte. Abrirla y guardarla con una
biblioteca perdería lo que esa biblioteca no conoce: figuras, segmentaciones, gráficos de otras versiones.
"""

from __future__ import annotations

import hashlib
import re

from lxml import etree

from sgc_gt.word.nombres import escribir_xml, leer_xml
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.puerta import inflar
from sgc_gt.word.texto import limpiar

_X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HOJAS = (f"{{{_X}}}worksheet", f"{{{_X}}}chartsheet", f"{{{_X}}}dialogsheet")
_HOJA = re.compile(r"xl/(?:work|chart|dialog)sheets/[^/]+\.xml")
_DESPUES = (
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""Lo que en una hoja va después de su encabezado y pie: el formato exige el orden."""
_CLASES = {"odd": "", "even": "differentOddEven", "first": "differentFirst"}
_LADOS = ("Header", "Footer")
_MAXIMO = 255  # letras de un encabezado, según el formato
_TRAMO = re.compile(r"(?<!&)((?:&&)*)&([LCR])")


def marcar_xlsx(xlsx: bytes, texto: str, leyenda: str, nombre: str) -> bytes:
    """La planilla con la marca impresa arriba y la línea abajo, en todas sus hojas.

    EntradaInvalida si no es una planilla que se pueda abrir.
    """
    partes = inflar(xlsx, nombre)
    for parte in sorted(p for p in partes if _HOJA.fullmatch(p)):
        raiz = leer_xml(partes[parte], parte)
        if raiz.tag in _HOJAS:
            _marcar_hoja(raiz, texto, leyenda)
            partes[parte] = escribir_xml(raiz)
    return empaquetar(partes, comprimir=True)


def resumen_sin_marca(xlsx: bytes, nombre: str) -> str:
    """El SHA-256 de la planilla sin sus encabezados y pies de impresión: el de una copia marcada es el mismo.

    EntradaInvalida si no se puede abrir.
    """
    partes = inflar(xlsx, nombre)
    resumen = hashlib.sha256()
    for parte in sorted(partes):
        contenido = partes[parte]
        if _HOJA.fullmatch(parte):
            raiz = leer_xml(contenido, parte)
            for lugar in raiz.findall(f"{{{_X}}}headerFooter"):
                raiz.remove(lugar)
            contenido = escribir_xml(raiz)
        resumen.update(f"{parte}\n{len(contenido)}\n".encode() + contenido)
    return resumen.hexdigest()


def _marcar_hoja(raiz: etree._Element, texto: str, leyenda: str) -> None:
    lugar = raiz.find(f"{{{_X}}}headerFooter")
    if lugar is None:
        lugar = etree.Element(f"{{{_X}}}headerFooter")
        siguiente = next((n for n in raiz if etree.QName(n).localname in _DESPUES), None)
        raiz.append(lugar) if siguiente is None else siguiente.addprevious(lugar)
    textos = (f'&"-,Bold"&12 {_literal(texto or leyenda)}', f"&7 {_literal(leyenda)}")
    previos = {etree.QName(n).localname: n.text or "" for n in lugar}
    for nodo in list(lugar):
        lugar.remove(nodo)
    for clase, interruptor in _CLASES.items():
        if interruptor and lugar.get(interruptor) not in ("1", "true"):
            continue
        for lado, puesto in zip(_LADOS, textos, strict=True):
            clave = f"{clase}{lado}"
            etree.SubElement(lugar, f"{{{_X}}}{clave}").text = _con(previos.get(clave, ""), puesto)


def _literal(texto: str) -> str:
    return limpiar(texto).replace("&", "&&")


def _con(previo: str, puesto: str) -> str:
    """El encabezado que había, con lo nuevo al centro; lo que no cabe, sin lo que había."""
    izquierda, centro, derecha = _tramos(previo)
    partes = [f"&L{izquierda}" if izquierda else "", f"&C{puesto}", f"\n{centro}" if centro else ""]
    entero = "".join(partes) + (f"&R{derecha}" if derecha else "")
    return entero if len(entero) <= _MAXIMO else f"&C{puesto}"[:_MAXIMO]


def _tramos(previo: str) -> tuple[str, str, str]:
    """Lo que el encabezado dice a la izquierda, al centro y a la derecha."""
    halladas = {"L": "", "C": "", "R": ""}
    actual, desde = "C", 0
    for corte in _TRAMO.finditer(previo):
        halladas[actual] += previo[desde : corte.end(1)]
        actual, desde = corte[2], corte.end()
    halladas[actual] += previo[desde:]
    return halladas["L"], halladas["C"], halladas["R"]
