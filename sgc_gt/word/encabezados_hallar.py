"""Dónde está cada dato en un encabezado ajeno."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from lxml import etree

from sgc_gt.dominio import lectura_rotulos as rotulos
from sgc_gt.dominio import rotulos_palabras as palabras
from sgc_gt.dominio.lectura_codigos import Lenguaje, codigo_en
from sgc_gt.dominio.nombres_secciones import llano
from sgc_gt.dominio.reconocimiento import con_palabra_de_tipo, sin_palabra_de_tipo
from sgc_gt.word.nombres import q, zona_de_control
from sgc_gt.word.pedazos import texto_de
from sgc_gt.word.tablas import hijos

ZONA_DE = {
    palabras.CODIGO: "codigo",
    palabras.VERSION: "version",
    palabras.TITULO: "titulo",
    palabras.APROBACION: "fecha",
    palabras.VIGENCIA: "vigencia",
}
"""La zona de control que corresponde a cada dato de un encabezado."""
CAMPO_DE = {zona: campo for campo, zona in ZONA_DE.items()}
"""El dato que va en cada zona."""
RENGLON = re.compile(r"[^\s](?:[^\n\t]*[^\s])?")
"""Un renglón de un párrafo que trae saltos o tabulaciones."""


class Punto(NamedTuple):
    """Un dato en un párrafo: su zona y las posiciones de su valor."""

    zona: str
    parrafo: etree._Element
    desde: int
    hasta: int
    rotulo: str = ""


def hallar(raiz: etree._Element, valores: Mapping[str, str], lenguaje: Lenguaje | None) -> list[Punto]:
    """Dónde está cada dato de un encabezado: por rótulo, por vecindad, por valor sabido o por ser título."""
    con_rotulo = [*_rotulados(raiz, lenguaje), *_vecinos(raiz, lenguaje)]
    hallados = sin_traslapes([*con_rotulo, *_conocidos(raiz, valores)])
    if not any(p.zona == "codigo" for p in hallados):
        hallados += islice(_codigos(raiz, valores.get("codigo", ""), lenguaje), 1)
    if not any(p.zona == "titulo" for p in hallados):
        hallados += _titulo(raiz, {id(p.parrafo) for p in hallados}, lenguaje)
    return hallados


def _rotulados(raiz: etree._Element, lenguaje: Lenguaje | None) -> Iterator[Punto]:
    for parrafo in parrafos_libres(raiz):
        for p in rotulos.posiciones(texto_de(parrafo), lenguaje):
            if p.campo in ZONA_DE:
                yield Punto(ZONA_DE[p.campo], parrafo, p.desde, p.hasta, p.rotulo)


def _vecinos(raiz: etree._Element, lenguaje: Lenguaje | None) -> Iterator[Punto]:
    """Los datos cuyo rótulo está solo: en la celda de la izquierda o de arriba, o en el párrafo anterior."""
    for tabla in raiz.iter(q("w:tbl")):
        filas = [list(hijos(fila, "w:tc")) for fila in hijos(tabla, "w:tr")]
        for f, fila in enumerate(filas):
            for c, celda in enumerate(fila):
                campos = rotulos.rotulo_solo("\n".join(map(texto_de, parrafos_libres(celda))))
                for vecina in rotulos.vecinas(filas, f, c) if campos else ():
                    if (p := _valor_en(campos, parrafos_libres(vecina), lenguaje)) is not None:
                        yield p
                        break
    for contenedor in (raiz, *raiz.iter(q("w:tc"), q("w:txbxContent"))):
        propios = list(hijos(contenedor, "w:p"))
        for n, parrafo in enumerate(propios[:-1]):
            campos = rotulos.rotulo_solo(texto_de(parrafo))
            if campos and (p := _valor_en(campos, propios[n + 1 : n + 2], lenguaje)) is not None:
                yield p


def _valor_en(
    campos: Sequence[str], parrafos: Iterable[etree._Element], lenguaje: Lenguaje | None
) -> Punto | None:
    """El valor de uno de esos campos en el primer párrafo con texto."""
    for parrafo in parrafos:
        texto = texto_de(parrafo)
        if not texto.strip() or rotulos.rotulo_solo(texto):
            continue
        for campo in campos:
            dato = rotulos.valor_de(campo, texto, lenguaje, con_marca=True) if campo in ZONA_DE else ""
            if dato and (lugar := rotulos.ubicar(dato, texto)) is not None:
                return Punto(ZONA_DE[campo], parrafo, *lugar)
    return None


def _conocidos(raiz: etree._Element, valores: Mapping[str, str]) -> Iterator[Punto]:
    """Los párrafos que son, enteros, un valor que se sabe del documento."""
    for zona, sabido in valores.items():
        for parrafo in parrafos_libres(raiz) if zona in CAMPO_DE and sabido else ():
            texto = texto_de(parrafo)
            if llano(texto) == llano(sabido):
                yield Punto(zona, parrafo, len(texto) - len(texto.lstrip()), len(texto.rstrip()))


def _codigos(raiz: etree._Element, sabido: str, lenguaje: Lenguaje | None) -> Iterator[Punto]:
    """Los códigos sin rótulo: el que se sabe que es el suyo, o el que calza con la máscara del servicio."""
    for parrafo in parrafos_libres(raiz):
        texto = texto_de(parrafo)
        leido = codigo_en(texto, lenguaje)
        if leido is not None and (leido.de_mascara or leido.codigo == sabido):
            desde = texto.index(leido.texto)
            yield Punto("codigo", parrafo, desde, desde + len(leido.texto))


def _titulo(raiz: etree._Element, ocupados: set[int], lenguaje: Lenguaje | None) -> Iterator[Punto]:
    """El título que ningún rótulo anuncia, si cabe en un renglón de un párrafo.

    Una sola palabra no se da por título: suele ser la sigla del servicio, y el sello escribiría encima.
    """
    if raiz.tag != q("w:hdr"):
        return
    libres: dict[str, Punto] = {}
    for parrafo in parrafos_libres(raiz):
        for m in RENGLON.finditer(texto_de(parrafo)) if id(parrafo) not in ocupados else ():
            linea = " ".join(m[0].split())
            if " " in linea and not rotulos.rotulo_solo(linea) and not rotulos.en_linea(linea, lenguaje):
                libres.setdefault(linea, Punto("titulo", parrafo, m.start(), m.end()))
    if (elegido := como_titulo(list(libres))) in libres:
        yield libres[elegido]


def como_titulo(lineas: Sequence[str]) -> str:
    return con_palabra_de_tipo(lineas) or sin_palabra_de_tipo(lineas)


def parrafos_libres(raiz: etree._Element) -> Iterator[etree._Element]:
    """Los párrafos de una parte o celda, en orden, sin los que ya están dentro de una zona."""
    for parrafo in raiz.iter(q("w:p")):
        if not any(zona_de_control(sdt) for sdt in parrafo.iterancestors(q("w:sdt"))):
            yield parrafo


def sin_traslapes(puntos: Iterable[Punto]) -> list[Punto]:
    """Un solo dato por pedazo de texto."""
    elegidos: list[Punto] = []
    for p in puntos:
        if not any(e.parrafo is p.parrafo and e.desde < p.hasta and p.desde < e.hasta for e in elegidos):
            elegidos.append(p)
    return elegidos
