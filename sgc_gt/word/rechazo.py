"""El documento como estaba antes de los cambios marcados: todos rechazados.

Sirve para ver lo que alguien corrigió sin marcarlo: lo que queda distinto de lo que se envió.
"""

from __future__ import annotations

from lxml import etree

from sgc_gt.dominio.forma import FormaNormal
from sgc_gt.word.extraer import forma_de_partes
from sgc_gt.word.nombres import buscador, escribir_xml, leer_xml, q
from sgc_gt.word.paquete import Partes
from sgc_gt.word.puerta import abrir

_AGREGADO = (q("w:ins"), q("w:moveTo"))
_SUPRIMIDO = (q("w:del"), q("w:moveFrom"))
_fines_agregados = buscador(".//w:p[w:pPr/w:rPr[w:ins or w:moveTo]]")
_filas_agregadas = buscador(".//w:tr[w:trPr/w:ins]")
_marcas_sueltas = buscador(".//w:rPr/*[self::w:ins or self::w:del] | .//w:trPr/*[self::w:ins or self::w:del]")


def forma_rechazada(docx: bytes, nombre: str = "el documento") -> FormaNormal:
    """La forma normal del documento con todos sus cambios marcados rechazados."""
    partes: Partes = dict(abrir(docx, nombre))
    for parte, contenido in partes.items():
        if parte.startswith("word/") and parte.endswith(".xml"):
            raiz = leer_xml(contenido, parte)
            _rechazar(raiz)
            partes[parte] = escribir_xml(raiz)
    return forma_de_partes(partes)


def _rechazar(raiz: etree._Element) -> None:
    for fila in _filas_agregadas(raiz):
        _quitar(fila)
    # Las marcas de fin de párrafo y de fila no envuelven texto: se leen antes y se sacan.
    fines = _fines_agregados(raiz)
    for marca in _marcas_sueltas(raiz):
        _quitar(marca)
    for nodo in list(raiz.iter(*_AGREGADO)):
        _quitar(nodo)
    for nodo in list(raiz.iter(*_SUPRIMIDO)):
        _desenvolver(nodo)
    for parrafo in fines:
        _unir_con_el_siguiente(parrafo)
    for tabla in list(raiz.iter(q("w:tbl"))):
        if tabla.find(q("w:tr")) is None:
            _quitar(tabla)


def _quitar(nodo: etree._Element) -> None:
    padre = nodo.getparent()
    if padre is not None:
        padre.remove(nodo)


def _desenvolver(nodo: etree._Element) -> None:
    """Deja en su lugar lo que la marca envolvía."""
    padre = nodo.getparent()
    if padre is None:
        return
    indice = padre.index(nodo)
    for n, hijo in enumerate(list(nodo)):
        padre.insert(indice + n, hijo)
    padre.remove(nodo)


def _unir_con_el_siguiente(parrafo: etree._Element) -> None:
    """Un fin de párrafo agregado, rechazado: lo que quede del párrafo va al comienzo del que sigue."""
    siguiente = parrafo.getnext()
    if siguiente is None or siguiente.tag != q("w:p"):
        return
    ppr = siguiente.find(q("w:pPr"))
    indice = 0 if ppr is None else 1
    for hijo in reversed([h for h in parrafo if h.tag != q("w:pPr")]):
        siguiente.insert(indice, hijo)
    _quitar(parrafo)
