"""El mapa de un documento: qué párrafo del XML está en qué sección de las que la persona ve.

Las secciones son las de `dominio.forma.secciones`; aquí se ubica el título de cada una entre los párrafos,
también dentro de controles de contenido y tablas, que python-docx no ve.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from sgc_gt.dominio.forma import Seccion, nfc, secciones
from sgc_gt.word.estilos import Estilos
from sgc_gt.word.extraer import forma_de_partes
from sgc_gt.word.nombres import leer_xml, q
from sgc_gt.word.paquete import documento, relaciones

_NUMERO = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]?\s*")
_CUADRO = q("w:txbxContent")
_TEXTOS = (q("w:t"), q("w:delText"))
_LEGIBLES = (*_TEXTOS, q("w:tab"), q("w:br"), q("w:cr"))


class Lugar(NamedTuple):
    """Un párrafo del cuerpo con lo que se lee en él."""

    parrafo: etree._Element
    texto: str
    seccion: Seccion | None  # None antes de la primera


class Mapa:
    """El cuerpo de un documento, párrafo por párrafo y sección por sección."""

    def __init__(self, partes: Mapping[str, bytes]) -> None:
        self.principal = documento(partes)
        self.raiz = leer_xml(partes[self.principal], self.principal)
        cuerpo = self.raiz.find(q("w:body"))
        self.cuerpo = self.raiz if cuerpo is None else cuerpo
        self._partes = partes
        self._estilos = Estilos(partes, self.principal)
        parrafos = [p for p in self.cuerpo.iter(q("w:p")) if not _en_cuadro(p)]
        textos = [legible(p) for p in parrafos]
        titulos = secciones(forma_de_partes(dict(partes)))
        self.titulos = self._ubicar([s for s in titulos if s.titulo], parrafos, textos)
        self.lugares = list(self._lugares(parrafos, textos))
        self._por_parrafo = {lugar.parrafo: lugar for lugar in self.lugares}

    def _ubicar(
        self, titulos: list[Seccion], parrafos: list[etree._Element], textos: list[str]
    ) -> dict[int, Seccion]:
        """Índice del párrafo que da título a cada sección, en orden; la que no se encuentra se salta."""
        donde: dict[str, list[int]] = {}
        for n, texto in enumerate(textos):
            if texto:
                donde.setdefault(sin_numero(texto), []).append(n)
        hallados: dict[int, Seccion] = {}
        desde = 0
        for seccion in titulos:
            calzan = [n for n in donde.get(sin_numero(seccion.titulo), ()) if n >= desde]
            calzan = [n for n in calzan if not self._es_indice(parrafos[n])]
            de_titulo = (n for n in calzan if self._estilos.nivel_titulo(parrafos[n].find(q("w:pPr"))))
            elegido = next(de_titulo, calzan[0] if calzan else None)
            if elegido is not None:
                hallados[elegido] = seccion
                desde = elegido + 1
        return hallados

    def _es_indice(self, parrafo: etree._Element) -> bool:
        return self._estilos.es_indice(parrafo.find(q("w:pPr")))

    def _lugares(self, parrafos: list[etree._Element], textos: list[str]) -> Iterator[Lugar]:
        seccion: Seccion | None = None
        for n, (parrafo, texto) in enumerate(zip(parrafos, textos, strict=True)):
            seccion = self.titulos.get(n, seccion)
            yield Lugar(parrafo, texto, seccion)

    def en_seccion(self, dicha: str) -> list[Lugar]:
        """Los párrafos de la sección que alguien nombró y de sus subsecciones; vacío si no la hay."""
        todas = list(self.titulos.values())
        propias = [s for s in todas if misma_seccion(dicha, s)]
        ramas = tuple(f"{s.numero}." for s in propias if s.numero)
        dentro = {id(s) for s in (*propias, *(s for s in todas if ramas and s.numero.startswith(ramas)))}
        return [lugar for lugar in self.lugares if id(lugar.seccion) in dentro]

    def de(self, nodo: etree._Element | None) -> Lugar | None:
        """El lugar del párrafo del cuerpo que contiene ese nodo; None si no está en uno."""
        while nodo is not None:
            lugar = self._por_parrafo.get(nodo)
            if lugar is not None:
                return lugar
            nodo = nodo.getparent()
        return None

    def de_bloque(self, bloque: etree._Element) -> Lugar | None:
        """El lugar del primer párrafo dentro de una tabla, fila o celda."""
        return next((hallado for p in bloque.iter(q("w:p")) if (hallado := self.de(p))), None)

    def llamadas(self) -> dict[tuple[str, str], Lugar]:
        """(«footnote» o «endnote», número) → el párrafo que llama a esa nota."""
        resultado = {}
        for nodo in self.cuerpo.iter(q("w:footnoteReference"), q("w:endnoteReference")):
            clase = etree.QName(nodo).localname.removesuffix("Reference")
            lugar = self.de(nodo)
            if lugar:
                resultado[clase, nodo.get(q("w:id"), "")] = lugar
        return resultado

    def notas(self) -> Iterator[tuple[str, str, etree._Element]]:
        """Clase, número y nodo de cada nota al pie o al final."""
        for rel in relaciones(self._partes, self.principal).values():
            if rel.clase in {"footnotes", "endnotes"} and rel.destino in self._partes:
                clase = rel.clase.removesuffix("s")
                for nodo in leer_xml(self._partes[rel.destino], rel.destino).iterfind(q(f"w:{clase}")):
                    yield clase, nodo.get(q("w:id"), ""), nodo

    def encabezados(self) -> Iterator[etree._Element]:
        """Las partes de encabezado y pie."""
        for rel in relaciones(self._partes, self.principal).values():
            if rel.clase in {"header", "footer"} and rel.destino in self._partes:
                yield leer_xml(self._partes[rel.destino], rel.destino)


def nombre_de(seccion: Seccion | None) -> str:
    """«4 Etapas»; vacío si el lugar está antes de la primera sección."""
    return "" if seccion is None else f"{seccion.numero} {seccion.titulo}".strip()


def misma_seccion(dicha: str, seccion: Seccion) -> bool:
    """Si lo que alguien llamó «4», «Etapas» o «4. Etapas» es esa sección."""
    numero, titulo, busca = seccion.numero, aplanar(seccion.titulo), aplanar(dicha)
    return busca.rstrip(".)") in {numero, titulo, f"{numero} {titulo}"} or (
        sin_numero(dicha) == titulo and busca.startswith(numero)
    )


def aplanar(texto: str) -> str:
    """El texto para comparar: NFC, sin mayúsculas, con los espacios de a uno."""
    return " ".join(nfc(texto).split()).casefold()


def sin_numero(texto: str) -> str:
    """El texto aplanado, sin el número escrito al comienzo."""
    return _NUMERO.sub("", aplanar(texto))


def legible(parrafo: etree._Element) -> str:
    """Lo que se lee en un párrafo: con lo agregado y lo suprimido en revisión, sin cuadros de texto."""
    ajeno = parrafo.find(f".//{_CUADRO}") is not None
    piezas = []
    for nodo in parrafo.iter(*_LEGIBLES):
        padre = nodo.getparent()
        if ajeno and next(nodo.iterancestors(q("w:p")), None) is not parrafo:
            continue
        if nodo.tag in _TEXTOS:
            piezas.append(nodo.text or "")
        elif padre is not None and padre.tag == q("w:r"):
            piezas.append(" ")
    return "".join(piezas).strip()


def _en_cuadro(nodo: etree._Element) -> bool:
    return next(nodo.iterancestors(_CUADRO), None) is not None
