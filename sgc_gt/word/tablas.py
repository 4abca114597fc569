"""Tablas: sus filas y celdas aunque estén envueltas, las que van pegadas y las que son una zona."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sgc_gt.dominio.forma import TABLA, Bloque, Casilla
from sgc_gt.word.nombres import ZONAS_TABLA, q, valor, zona_de_marcador

COLUMNAS_WORD = 63
"""Las que Word admite en una tabla: un archivo que dice más no hace crecer nada."""


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
        arriba, abajo = bloques[-1], leida[0]
        casillas = _casillas_de(arriba) + _casillas_de(abajo) if arriba.casillas or abajo.casillas else ()
        unida = Bloque(TABLA, filas=arriba.filas + abajo.filas, casillas=casillas)
        return [*bloques[:-1], unida]
    return bloques + leida


def _casillas_de(bloque: Bloque) -> tuple[tuple[Casilla, ...], ...]:
    return bloque.casillas or tuple(tuple(Casilla() for _ in fila) for fila in bloque.filas)


def casillas(tabla: etree._Element) -> tuple[tuple[Casilla, ...], ...]:
    """Cuánto ocupa cada celda de la tabla; vacío si ninguna está combinada."""
    todas = tuple(tuple(map(_casilla, hijos(fila, "w:tc"))) for fila in hijos(tabla, "w:tr"))
    return todas if any(casilla != Casilla() for fila in todas for casilla in fila) else ()


def _casilla(celda: etree._Element) -> Casilla:
    """Lo que dicen `w:gridSpan` y `w:vMerge`; sin valor, la unión vertical continúa la de arriba."""
    propiedades = celda.find(q("w:tcPr"))
    if propiedades is None:
        return Casilla()
    ancho = valor(propiedades.find(q("w:gridSpan")), "w:val") or "1"
    vertical = propiedades.find(q("w:vMerge"))
    sigue = vertical is not None and (valor(vertical, "w:val") or "continue") == "continue"
    columnas = int(ancho) if ancho.isdecimal() else 1
    return Casilla(min(max(columnas, 1), COLUMNAS_WORD), sigue)


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
