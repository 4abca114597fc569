"""Los encabezados que cada servicio trae: dónde está cada dato, y cómo hacerlos sellables sin rehacerlos.

La celda de un dato se señala una vez por familia de plantilla (`familia`); después, en cada documento de la
familia, `mapear` envuelve el valor en una zona de control y desde ahí el sello la llena como a cualquiera.
No se toca nada más: ni el formato ni la disposición.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from sgc_gt.dominio import lectura_rotulos as rotulos
from sgc_gt.dominio import rotulos_palabras as palabras
from sgc_gt.dominio.lectura_codigos import Lenguaje, codigo_en
from sgc_gt.dominio.nombres_secciones import llano
from sgc_gt.dominio.reconocimiento import con_palabra_de_tipo, familia_de, sin_palabra_de_tipo
from sgc_gt.word.arreglos import renumerar
from sgc_gt.word.extraer import forma_de_partes
from sgc_gt.word.nombres import escribir_xml, leer_xml, q, valor, zona_de_control
from sgc_gt.word.paquete import documento, empaquetar, relaciones
from sgc_gt.word.pedazos import envolver_texto, texto_de
from sgc_gt.word.puerta import abrir
from sgc_gt.word.rellenar import nombres
from sgc_gt.word.tablas import hijos
from sgc_gt.word.zonas import ubicar

ZONA_DE = {
    palabras.CODIGO: "codigo",
    palabras.VERSION: "version",
    palabras.TITULO: "titulo",
    palabras.APROBACION: "fecha",
    palabras.VIGENCIA: "vigencia",
}
"""La zona de control que corresponde a cada dato de un encabezado."""
_REFERENCIAS = {q("w:headerReference"): "encabezado", q("w:footerReference"): "pie"}
_RENGLON = re.compile(r"[^\s](?:[^\n\t]*[^\s])?")
_CUAL = {"first": "_primera", "even": "_par"}
_BASE_POR_PARTE = 100_000
_CAMPO_DE = {zona: campo for campo, zona in ZONA_DE.items()}


class Celda(NamedTuple):
    """Dónde está un dato en los encabezados de una familia."""

    zona: str
    clase: str
    """«encabezado», «encabezado_primera», «pie_par»…"""
    camino: str
    """El párrafo, desde la raíz del encabezado: «tbl0/tr1/tc2/p0»."""
    rotulo: str = ""
    """El rótulo que va delante en el mismo párrafo («Versión:»); vacío si el párrafo entero es el valor."""
    muestra: str = ""
    """El valor que tenía el documento de que se tomó."""


class Familia(NamedTuple):
    """Los encabezados hechos con una misma plantilla: su huella y dónde está cada dato."""

    huella: str
    celdas: tuple[Celda, ...] = ()

    def a_dict(self) -> dict[str, Any]:
        """En piezas de JSON, para guardarla."""
        return {"huella": self.huella, "celdas": [list(celda) for celda in self.celdas]}

    @staticmethod
    def de_dict(datos: Mapping[str, Any]) -> Familia:
        """La familia que `a_dict` guardó."""
        return Familia(str(datos.get("huella", "")), tuple(Celda(*c) for c in datos.get("celdas", ())))


class _Punto(NamedTuple):
    zona: str
    parrafo: etree._Element
    desde: int
    hasta: int
    rotulo: str = ""


def familia(
    partes: Mapping[str, bytes], valores: Mapping[str, str] | None = None, lenguaje: Lenguaje | None = None
) -> Familia:
    """La familia de los encabezados de un documento y el mapa que se propone para ella.

    `valores` son los que se saben del documento (zona → valor): encuentran lo que ningún rótulo anuncia.
    """
    celdas = dict.fromkeys(
        Celda(p.zona, clase, _camino(p.parrafo), p.rotulo, texto_de(p.parrafo)[p.desde : p.hasta])
        for clase, raiz in _margenes(partes).values()
        for p in _puntos(raiz, valores or {}, lenguaje)
    )
    return Familia(familia_de(forma_de_partes(dict(partes))), tuple(celdas))


def mapear(docx: bytes, mapa: Familia | None = None, lenguaje: Lenguaje | None = None) -> bytes:
    """El documento con cada dato de sus encabezados dentro de una zona de control, y nada más cambiado.

    Sin `mapa`, el que se propone para él. Un documento sin encabezado, o ya mapeado, vuelve con lo mismo.
    """
    partes = abrir(docx, "el documento")
    elegido = familia(partes, None, lenguaje) if mapa is None else mapa
    cambio = False
    cuenta = {"encabezado": 0, "pie": 0}
    for numero, (parte, (clase, raiz)) in enumerate(sorted(_margenes(partes).items()), start=2):
        lado = "pie" if clase.startswith("pie") else "encabezado"
        cuenta[lado] += 1
        celdas = [celda for celda in elegido.celdas if celda.clase == clase]
        if _mapear_parte(raiz, celdas, f"{'p' if lado == 'pie' else 'h'}{cuenta[lado]}", lenguaje):
            renumerar(raiz, numero * _BASE_POR_PARTE)
            partes[parte] = escribir_xml(raiz)
            cambio = True
    return empaquetar(partes) if cambio else docx


def zonas_mapeadas(partes: Mapping[str, bytes]) -> frozenset[str]:
    """Las zonas de texto que hay en los encabezados y pies de un documento."""
    return frozenset(lugar.zona for _, raiz in _margenes(partes).values() for lugar in ubicar(raiz))


def _margenes(partes: Mapping[str, bytes]) -> dict[str, tuple[str, etree._Element]]:
    """Cada parte de encabezado o pie en uso, con su clase y su árbol; la primera sección que la usa manda."""
    principal = documento(partes)
    rels = relaciones(partes, principal)
    usadas: dict[str, tuple[str, etree._Element]] = {}
    for nodo in leer_xml(partes[principal], principal).iter(*_REFERENCIAS):
        rel = rels.get(nodo.get(q("r:id"), ""))
        if rel is not None and rel.destino in partes and rel.destino not in usadas:
            clase = _REFERENCIAS[nodo.tag] + _CUAL.get(valor(nodo, "w:type") or "", "")
            usadas[rel.destino] = clase, leer_xml(partes[rel.destino], rel.destino)
    return usadas


def _mapear_parte(
    raiz: etree._Element, celdas: Sequence[Celda], sufijo: str, lenguaje: Lenguaje | None
) -> bool:
    """Envuelve los valores de una parte, del último al primero para que las posiciones sigan valiendo."""
    puntos = [p for celda in celdas if (p := _resolver(raiz, celda, lenguaje)) is not None]
    puntos = _sin_traslapes(puntos)
    nombrar = nombres(sufijo)
    hechos = [
        envolver_texto(p.parrafo, p.desde, p.hasta, p.zona, nombrar(p.zona))
        for p in sorted(puntos, key=lambda p: -p.desde)
    ]
    return any(hechos)


def _sin_traslapes(puntos: Iterable[_Punto]) -> list[_Punto]:
    """Un solo dato por pedazo de texto."""
    elegidos: list[_Punto] = []
    for p in puntos:
        if not any(e.parrafo is p.parrafo and e.desde < p.hasta and p.desde < e.hasta for e in elegidos):
            elegidos.append(p)
    return elegidos


def _resolver(raiz: etree._Element, celda: Celda, lenguaje: Lenguaje | None) -> _Punto | None:
    """El lugar de una celda de la familia en este documento: por su camino o, si cambió, por su rótulo."""
    en_camino = [p for p in _parrafos(raiz) if _camino(p) == celda.camino]
    if celda.rotulo:
        for parrafo in [*en_camino, *_parrafos(raiz)]:
            for p in rotulos.posiciones(texto_de(parrafo), lenguaje):
                if ZONA_DE.get(p.campo) == celda.zona and llano(p.rotulo) == llano(celda.rotulo):
                    return _Punto(celda.zona, parrafo, p.desde, p.hasta, p.rotulo)
        return None
    if not en_camino:
        propios = (p for p in _puntos(raiz, {}, lenguaje) if p.zona == celda.zona)
        return next(propios, None)
    return _entero(celda.zona, en_camino[0], lenguaje)


def _entero(zona: str, parrafo: etree._Element, lenguaje: Lenguaje | None) -> _Punto | None:
    """El valor de un párrafo que no trae rótulo: la parte que tiene la forma del dato, o el texto entero.

    De varios renglones, el título es el que empieza como un documento.
    """
    texto = texto_de(parrafo)
    renglones = {" ".join(m[0].split()): m.span() for m in _RENGLON.finditer(texto)}
    if zona == "titulo" and len(renglones) > 1 and (elegido := _como_titulo(list(renglones))) in renglones:
        return _Punto(zona, parrafo, *renglones[elegido])
    dato = rotulos.valor_de(_CAMPO_DE[zona], texto, lenguaje, con_marca=True) or " ".join(texto.split())
    lugar = rotulos.ubicar(dato, texto) if dato else None
    return None if lugar is None else _Punto(zona, parrafo, *lugar)


# ---- hallar -----------------------------------------------------------------------------------------------


def _puntos(raiz: etree._Element, valores: Mapping[str, str], lenguaje: Lenguaje | None) -> list[_Punto]:
    """Dónde está cada dato de un encabezado: por rótulo, por vecindad, por valor sabido o por ser título."""
    con_rotulo = [*_rotulados(raiz, lenguaje), *_vecinos(raiz, lenguaje)]
    hallados = _sin_traslapes([*con_rotulo, *_conocidos(raiz, valores)])
    if not any(p.zona == "codigo" for p in hallados):
        hallados += islice(_codigos(raiz, valores.get("codigo", ""), lenguaje), 1)
    if not any(p.zona == "titulo" for p in hallados):
        hallados += _titulo(raiz, {id(p.parrafo) for p in hallados}, lenguaje)
    return hallados


def _rotulados(raiz: etree._Element, lenguaje: Lenguaje | None) -> Iterator[_Punto]:
    for parrafo in _parrafos(raiz):
        for p in rotulos.posiciones(texto_de(parrafo), lenguaje):
            if p.campo in ZONA_DE:
                yield _Punto(ZONA_DE[p.campo], parrafo, p.desde, p.hasta, p.rotulo)


def _vecinos(raiz: etree._Element, lenguaje: Lenguaje | None) -> Iterator[_Punto]:
    """Los datos cuyo rótulo está solo: en la celda de la izquierda o de arriba, o en el párrafo anterior."""
    for tabla in raiz.iter(q("w:tbl")):
        filas = [list(hijos(fila, "w:tc")) for fila in hijos(tabla, "w:tr")]
        for f, fila in enumerate(filas):
            for c, celda in enumerate(fila):
                campos = rotulos.rotulo_solo("\n".join(map(texto_de, _parrafos(celda))))
                for vecina in rotulos.vecinas(filas, f, c) if campos else ():
                    if (p := _valor_en(campos, _parrafos(vecina), lenguaje)) is not None:
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
) -> _Punto | None:
    """El valor de uno de esos campos en el primer párrafo con texto."""
    for parrafo in parrafos:
        texto = texto_de(parrafo)
        if not texto.strip() or rotulos.rotulo_solo(texto):
            continue
        for campo in campos:
            dato = rotulos.valor_de(campo, texto, lenguaje, con_marca=True) if campo in ZONA_DE else ""
            if dato and (lugar := rotulos.ubicar(dato, texto)) is not None:
                return _Punto(ZONA_DE[campo], parrafo, *lugar)
    return None


def _conocidos(raiz: etree._Element, valores: Mapping[str, str]) -> Iterator[_Punto]:
    """Los párrafos que son, enteros, un valor que se sabe del documento."""
    for zona, sabido in valores.items():
        for parrafo in _parrafos(raiz) if zona in _CAMPO_DE and sabido else ():
            texto = texto_de(parrafo)
            if llano(texto) == llano(sabido):
                yield _Punto(zona, parrafo, len(texto) - len(texto.lstrip()), len(texto.rstrip()))


def _codigos(raiz: etree._Element, sabido: str, lenguaje: Lenguaje | None) -> Iterator[_Punto]:
    """Los códigos sin rótulo: el que se sabe que es el suyo, o el que calza con la máscara del servicio."""
    for parrafo in _parrafos(raiz):
        texto = texto_de(parrafo)
        leido = codigo_en(texto, lenguaje)
        if leido is not None and (leido.de_mascara or leido.codigo == sabido):
            desde = texto.index(leido.texto)
            yield _Punto("codigo", parrafo, desde, desde + len(leido.texto))


def _titulo(raiz: etree._Element, ocupados: set[int], lenguaje: Lenguaje | None) -> Iterator[_Punto]:
    """El título que ningún rótulo anuncia, si cabe en un renglón de un párrafo."""
    if raiz.tag != q("w:hdr"):
        return
    libres: dict[str, _Punto] = {}
    for parrafo in _parrafos(raiz):
        for m in _RENGLON.finditer(texto_de(parrafo)) if id(parrafo) not in ocupados else ():
            linea = " ".join(m[0].split())
            if not rotulos.rotulo_solo(linea) and not rotulos.en_linea(linea, lenguaje):
                libres.setdefault(linea, _Punto("titulo", parrafo, m.start(), m.end()))
    if (elegido := _como_titulo(list(libres))) in libres:
        yield libres[elegido]


def _como_titulo(lineas: Sequence[str]) -> str:
    return con_palabra_de_tipo(lineas) or sin_palabra_de_tipo(lineas)


def _parrafos(raiz: etree._Element) -> Iterator[etree._Element]:
    """Los párrafos de una parte o celda, en orden, sin los que ya están dentro de una zona."""
    for parrafo in raiz.iter(q("w:p")):
        if not any(zona_de_control(sdt) for sdt in parrafo.iterancestors(q("w:sdt"))):
            yield parrafo


def _camino(nodo: etree._Element) -> str:
    """Cómo llegar a un párrafo desde la raíz, contando solo hermanos de su clase."""
    pasos: list[str] = []
    while (padre := nodo.getparent()) is not None:
        iguales = [h for h in padre if h.tag == nodo.tag]
        pasos.append(f"{etree.QName(nodo).localname}{iguales.index(nodo)}")
        nodo = padre
    return "/".join(reversed(pasos))


__all__ = ["Celda", "Familia", "familia", "mapear", "zonas_mapeadas"]
