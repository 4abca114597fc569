"""Tablas: sus filas y celdas aunque estén envueltas, las que van pegadas y las que son una zona."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sgc_gt.dominio.forma import TABLA, Bloque
from sgc_gt.word.nombres import ZONAS_TABLA, q, valor, zona_de_marcador


def hijos(nodo: etree._Element, nombre: str) -> Iterator[etree._Element]:
    """Hijos de un nombre, aunque estén envueltos en controles de contenido o revisiones."""
    for hijo in nodo:
        if hijo.tag == q(nombre):
            yield hijo
        elif hijo.tag in {q("w:sdt"), q("w:sdtContent"), q("w:ins"), q("w:customXml"), q("w:moveTo")}:
            yield from hijos(hijo, nombre)


def agregar_tabla(bloques: list[Bloque], leida: list[Bloque], *, pegada: bool) -> list[Bloque]:
    """Dos tablas sin nada entre ellas son una: así las muestra Word y así las guarda LibreOffice."""
    if pegada and bloques and leida and bloques[-1].clase == leida[0].clase == TABLA:
        unida = Bloque(TABLA, filas=bloques[-1].filas + leida[0].filas)
        return [*bloques[:-1], unida]
    return bloques + leida


def zona_adentro(tabla: etree._Element) -> str | None:
    """La zona de tabla cuyo marcador quedó en un párrafo de sus celdas.

    LibreOffice lo mete en la primera celda y en la última, y al guardar otra vez deja solo el de la última.
    """
    for marcador in tabla.iter(q("w:bookmarkStart")):
        zona = zona_de_marcador(valor(marcador, "w:name") or "")
        if zona in ZONAS_TABLA and tabla_que_contiene(marcador) is tabla:
            return zona
    return None


def tabla_que_contiene(marcador: etree._Element) -> etree._Element | None:
    """La tabla más cercana que tiene el marcador dentro de un párrafo de una celda."""
    parrafo = next(marcador.iterancestors(q("w:p")), None)
    return None if parrafo is None else next(parrafo.iterancestors(q("w:tbl")), None)
