"""Los dibujos de un documento: sus imágenes, sus gráficos y sus cuadros de texto."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from lxml import etree

from sgc_gt.dominio.forma import nfc
from sgc_gt.word.nombres import leer_xml, q
from sgc_gt.word.paquete import Relacion

_GRAFICO = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


class Fuente:
    """De dónde salen las imágenes de una parte: el paquete y sus relaciones."""

    __slots__ = ("partes", "rels")

    def __init__(self, partes: Mapping[str, bytes], rels: Mapping[str, Relacion]) -> None:
        self.partes, self.rels = partes, rels

    def contenido(self, identificador: str) -> bytes:
        """Los bytes a los que apunta una relación; vacío si no está."""
        rel = self.rels.get(identificador)
        return b"" if rel is None else self.partes.get(rel.destino, b"")


def imagenes(fuente: Fuente, nodo: etree._Element) -> Iterator[tuple[str, str]]:
    """(texto alternativo, hash) de cada imagen del dibujo; los gráficos, por sus valores."""
    propiedades = next(nodo.iter(q("wp:docPr")), None)
    alt = "" if propiedades is None else propiedades.get("descr") or propiedades.get("title") or ""
    for blip in nodo.iter(q("a:blip")):
        yield nfc(alt.strip()), _hash_de(fuente, blip.get(q("r:embed"), ""))
    for datos in nodo.iter(q("v:imagedata")):
        figura = datos.getparent()
        alt_vml = "" if figura is None else figura.get("alt") or ""
        yield nfc(alt_vml.strip()), _hash_de(fuente, datos.get(q("r:id"), ""))
    for grafico in nodo.iter(f"{_GRAFICO}chart"):
        yield nfc(alt.strip()), _valores_grafico(fuente, grafico.get(q("r:id"), ""))


def cuadros(dibujo: etree._Element) -> list[etree._Element]:
    """Los cuadros de texto del dibujo, sin los anidados (los lee el de afuera) ni la copia de respaldo."""
    return [c for c in dibujo.iter(q("w:txbxContent")) if not _dentro_de_otro(c, dibujo)]


def alternativa(nodo: etree._Element) -> etree._Element:
    """De un contenido con alternativas, la primera (la que un Word actual muestra)."""
    opcion = nodo.find(q("mc:Choice"))
    return nodo if opcion is None else opcion


def _hash_de(fuente: Fuente, identificador: str) -> str:
    return hashlib.sha256(fuente.contenido(identificador)).hexdigest()


def _valores_grafico(fuente: Fuente, identificador: str) -> str:
    """Un gráfico es lo que sus datos dicen: su XML cambia con cada guardado."""
    contenido = fuente.contenido(identificador)
    if not contenido:
        return ""
    valores = [n.text or "" for n in leer_xml(contenido, "gráfico").iter(f"{_GRAFICO}v")]
    return hashlib.sha256("\x1f".join(valores).encode()).hexdigest()


def _dentro_de_otro(cuadro: etree._Element, dibujo: etree._Element) -> bool:
    """Si el cuadro está dentro de otro cuadro del mismo dibujo (lo lee ese) o en la copia de respaldo."""
    padre = cuadro.getparent()
    while padre is not None and padre is not dibujo:
        if padre.tag in {q("w:txbxContent"), q("mc:Fallback")}:
            return True
        padre = padre.getparent()
    return False
