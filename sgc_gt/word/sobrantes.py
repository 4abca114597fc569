"""Lo que queda fuera de una zona al teclear encima de ella con LibreOffice.

LibreOffice quita el candado y, al reemplazar el texto de una zona, deja el marcador alrededor de la primera
letra y el resto fuera. Eso no es texto del documento: es la zona, escrita a mano. Solo se toca donde la
plantilla tiene la zona sola en su párrafo y la zona ya no dice lo que debe.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from sgc_gt.word.nombres import ZONAS_TABLA, escribir_xml, leer_xml, q
from sgc_gt.word.paquete import documento, empaquetar
from sgc_gt.word.puerta import abrir
from sgc_gt.word.texto import texto_de_nodos
from sgc_gt.word.valores import ValoresSello
from sgc_gt.word.zonas import MARCADOR, Lugar, entre, ubicar


def zonas_solas(partes: Mapping[str, bytes]) -> frozenset[str]:
    """Las zonas de texto que, en el cuerpo de una plantilla, ocupan ellas solas su párrafo."""
    principal = documento(partes)
    lugares = [z for z in ubicar(leer_xml(partes[principal], principal)) if z.zona not in ZONAS_TABLA]
    acompanadas = {z.zona for z in lugares if texto_de_nodos(list(_junto(z))).strip()}
    return frozenset({z.zona for z in lugares} - acompanadas)


def sin_sobrantes(docx: bytes, esperado: ValoresSello, solas: Collection[str]) -> bytes:
    """El documento sin lo que quedó junto a esas zonas al teclear encima; los mismos bytes si no hay nada."""
    partes = abrir(docx, "el documento")
    principal = documento(partes)
    raiz = leer_xml(partes[principal], principal)
    tramos = [
        nodo
        for lugar in ubicar(raiz)
        if lugar.zona in solas and lugar.como == MARCADOR and _alterada(lugar, esperado)
        for nodo in _junto(lugar)
    ]
    for nodo in tramos:
        padre = nodo.getparent()
        if padre is not None:
            padre.remove(nodo)
    if not tramos:
        return docx
    partes[principal] = escribir_xml(raiz)
    return empaquetar(partes)


def _alterada(lugar: Lugar, esperado: ValoresSello) -> bool:
    debido = esperado.textos.get(lugar.zona)
    return debido is not None and lugar.texto().split() != debido.split()


def _junto(lugar: Lugar) -> Iterator[etree._Element]:
    """Los textos del párrafo de una zona que no son de ella; ninguno si hay más de una zona en él."""
    ancla = lugar.inicio if lugar.control is None else lugar.control
    parrafo = None if ancla is None else next(ancla.iterancestors(q("w:p")), None)
    if parrafo is None or len({z.zona for z in ubicar(parrafo)}) > 1:
        return
    propios = set(lugar.control.iter()) if lugar.control is not None else set(entre(lugar.inicio, lugar.fin))
    yield from (nodo for nodo in list(parrafo.iter(q("w:t"))) if nodo not in propios)
