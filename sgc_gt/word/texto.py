"""Texto que un documento puede llevar, y cómo se escribe dentro de un tramo."""

from __future__ import annotations

import re

from lxml import etree

from sgc_gt.word.nombres import q

ESPACIO = "{http://www.w3.org/XML/1998/namespace}space"
_INADMISIBLES = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff\U0010ff00-\U0010ffff]")
_SALTOS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_REVISAR = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufffe\uffff\ud800-\udfff\U0010ff00-\U0010ffff]"
)


def limpiar(texto: str) -> str:
    """Saltos de línea uniformes y sin los caracteres de control que el formato no puede guardar."""
    if _REVISAR.search(texto) is None:
        return texto
    return _INADMISIBLES.sub("", _SALTOS.sub("\n", texto))


def piezas(texto: str) -> list[etree._Element]:
    """El texto como hijos de un tramo: `w:t`, y `w:br` y `w:tab` donde haya saltos y tabulaciones."""
    resultado: list[etree._Element] = []
    for n, linea in enumerate(texto.split("\n")):
        if n:
            resultado.append(etree.Element(q("w:br")))
        for m, trozo in enumerate(linea.split("\t")):
            if m:
                resultado.append(etree.Element(q("w:tab")))
            if trozo:
                resultado.append(_t(trozo))
    return resultado or [_t("")]


def _t(trozo: str) -> etree._Element:
    nodo = etree.Element(q("w:t"))
    nodo.text = trozo
    if trozo != trozo.strip() or "  " in trozo:
        nodo.set(ESPACIO, "preserve")
    return nodo


def texto_de_nodos(nodos: list[etree._Element]) -> str:
    """El texto visible de unos nodos, con saltos y tabulaciones."""
    simbolos = {q("w:br"): "\n", q("w:cr"): "\n", q("w:tab"): "\t"}
    resultado = []
    for raiz in nodos:
        for nodo in raiz.iter(q("w:t"), *simbolos):
            padre = nodo.getparent()
            if nodo.tag == q("w:tab") and padre is not None and padre.tag != q("w:r"):
                continue  # una parada de tabulación del formato, no un carácter
            resultado.append(simbolos.get(nodo.tag, nodo.text or ""))
    return "".join(resultado)
