"""El texto de un párrafo por posiciones, y envolver un pedazo de él sin tocar lo demás.

Un pedazo es un hijo del párrafo con el texto que muestra. Los tramos corrientes se parten en la letra que
haga falta; un campo, un enlace o un control van enteros o no van.
"""

from __future__ import annotations

from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from sgc_gt.word.nombres import NS, q, valor, zona_de_control
from sgc_gt.word.rellenar import envolver
from sgc_gt.word.texto import ESPACIO, texto_de_nodos

_PARTIBLES = frozenset(
    q(f"w:{n}") for n in ("rPr", "t", "tab", "br", "cr", "noBreakHyphen", "lastRenderedPageBreak")
)
_CARACTER = {q("w:tab"): "\t", q("w:br"): "\n", q("w:cr"): "\n", q("w:noBreakHyphen"): "-"}
_SUPRIMIDOS = frozenset({q("w:del"), q("w:moveFrom")})
CALCULADO = "[#]"
_CALCULA = ("PAGE", "NUMPAGES", "SECTIONPAGES")


class Pedazo(NamedTuple):
    """Nodos seguidos de un párrafo y el texto que muestran."""

    nodos: tuple[etree._Element, ...]
    texto: str
    partible: bool = False


def pedazos(parrafo: etree._Element) -> list[Pedazo]:
    """Los pedazos de un párrafo, en orden; los que no muestran texto no están."""
    resultado: list[Pedazo] = []
    campo: list[etree._Element] = []
    abiertos = 0
    for nodo in parrafo:
        abre, cierra = _extremos(nodo)
        if abiertos or abre:
            campo.append(nodo)
            abiertos += abre - cierra
            if abiertos <= 0:
                resultado.append(Pedazo(tuple(campo), _texto_de_campo(campo)))
                campo, abiertos = [], 0
        elif (pedazo := _suelto(nodo)).texto:
            resultado.append(pedazo)
    return resultado


def texto_de(parrafo: etree._Element) -> str:
    """El texto que el párrafo muestra, sin el de los cuadros que cuelgan de él; lo calculado es «[#]»."""
    return "".join(p.texto for p in pedazos(parrafo))


def envolver_texto(parrafo: etree._Element, desde: int, hasta: int, zona: str, nombre: str) -> bool:
    """Pone un control de zona alrededor de esas posiciones del texto; False si no queda nada que envolver.

    Lo único que cambia es el envoltorio: cada tramo conserva su formato.
    """
    elegidos: list[etree._Element] = []
    posicion = 0
    for pedazo in pedazos(parrafo):
        inicio, fin = max(desde - posicion, 0), min(hasta - posicion, len(pedazo.texto))
        posicion += len(pedazo.texto)
        if inicio >= fin:
            continue
        if pedazo.partible:
            elegidos.append(_recortar(pedazo.nodos[0], inicio, fin))
        else:
            elegidos += pedazo.nodos
    if not elegidos or any(zona_de_control(sdt) for nodo in elegidos for sdt in nodo.iter(q("w:sdt"))):
        return False
    lugar = parrafo.index(elegidos[0])
    parrafo.insert(lugar, envolver(zona, nombre, elegidos))
    return True


def _extremos(nodo: etree._Element) -> tuple[int, int]:
    """Cuántos campos abre y cierra un tramo."""
    clases = [valor(c, "w:fldCharType") for c in nodo.iterfind(q("w:fldChar"))]
    return clases.count("begin"), clases.count("end")


def _texto_de_campo(nodos: list[etree._Element]) -> str:
    instruccion = "".join(i.text or "" for nodo in nodos for i in nodo.iter(q("w:instrText"))).split()
    if instruccion and instruccion[0].upper() in _CALCULA:
        return CALCULADO
    return "".join(t.text or "" for nodo in nodos for t in nodo.iter(q("w:t")))


def _suelto(nodo: etree._Element) -> Pedazo:
    if nodo.tag == q("w:r"):
        texto = "".join(t.text or "" if t.tag == q("w:t") else _CARACTER.get(t.tag, "") for t in nodo)
        return Pedazo((nodo,), texto, all(hijo.tag in _PARTIBLES for hijo in nodo))
    if nodo.tag == q("w:fldSimple"):
        palabras = (valor(nodo, "w:instr") or "").split()
        calculado = bool(palabras) and palabras[0].upper() in _CALCULA
        return Pedazo((nodo,), CALCULADO if calculado else texto_de_nodos([nodo]))
    if not isinstance(nodo.tag, str) or nodo.tag in _SUPRIMIDOS or nodo.tag == q("w:pPr"):
        return Pedazo((nodo,), "")
    if nodo.find(".//w:p", NS) is not None:
        return Pedazo((nodo,), "")
    return Pedazo((nodo,), texto_de_nodos([nodo]))


def _recortar(tramo: etree._Element, desde: int, hasta: int) -> etree._Element:
    """El pedazo de un tramo entre dos posiciones, que queda como tramo propio entre los otros dos."""
    _, antes, adentro, despues = "", deepcopy(tramo), tramo, deepcopy(tramo)
    largo = sum(len(_muestra(t)) for t in tramo)
    _dejar(adentro, desde, hasta)
    if desde > 0:
        _dejar(antes, 0, desde)
        adentro.addprevious(antes)
    if hasta < largo:
        _dejar(despues, hasta, largo)
        adentro.addnext(despues)
    return adentro


def _muestra(nodo: etree._Element) -> str:
    return nodo.text or "" if nodo.tag == q("w:t") else _CARACTER.get(nodo.tag, "")


def _dejar(tramo: etree._Element, desde: int, hasta: int) -> None:
    """Deja en un tramo solo el texto entre dos posiciones, con su formato."""
    posicion = 0
    for nodo in list(tramo):
        texto = _muestra(nodo)
        inicio, fin = max(desde - posicion, 0), min(hasta - posicion, len(texto))
        posicion += len(texto)
        if nodo.tag == q("w:t") and inicio < fin:
            nodo.text = texto[inicio:fin]
            nodo.set(ESPACIO, "preserve")
        elif nodo.tag != q("w:rPr") and inicio >= fin:
            tramo.remove(nodo)
