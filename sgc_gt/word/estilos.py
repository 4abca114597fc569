"""Lo que un párrafo hereda de su estilo y su lista: nivel de título, nivel de lista, tachado, oculto."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from sgc_gt.word.nombres import NS, activo, buscador, leer_xml, q, valor
from sgc_gt.word.paquete import relaciones

NIVEL_CUERPO = 9
_NOMBRE_TITULO = re.compile(r"(?:heading|t[ií]tulo) ([1-9])$", re.I)
_NOMBRE_INDICE = re.compile(
    r"(?:toc|tdc|contents|índice|index|table of figures|tabla de ilustraciones)\b", re.I
)
_PROFUNDIDAD = 20


class Numeral(NamedTuple):
    """La lista a la que pertenece un párrafo y su nivel (0 es el primero)."""

    lista: str
    nivel: int


class Estilos:
    """Las definiciones de estilo y numeración de un documento, resueltas por herencia."""

    def __init__(self, partes: Mapping[str, bytes], principal: str) -> None:
        self._partes, self._principal = partes, principal
        raiz = self._parte("styles")
        estilos = [] if raiz is None else raiz.findall(q("w:style"))
        self.por_id = {e.get(q("w:styleId"), ""): e for e in estilos}
        self._omision = next(
            (
                e.get(q("w:styleId"), "")
                for e in estilos
                if e.get(q("w:type")) == "paragraph" and e.get(q("w:default")) in {"1", "true"}
            ),
            "",
        )
        self._nivel: dict[str, int] = {}
        self._propiedades: dict[tuple[str, str], bool] = {}
        self._numerales: dict[str, Numeral | None] = {}

    def _parte(self, clase: str) -> etree._Element | None:
        for rel in relaciones(self._partes, self._principal).values():
            if rel.clase == clase and rel.destino in self._partes:
                return leer_xml(self._partes[rel.destino], rel.destino)
        return None

    def estilo(self, ppr: etree._Element | None) -> str:
        """El identificador del estilo de un párrafo (el de omisión si no dice)."""
        directo = None if ppr is None else valor(ppr.find(q("w:pStyle")))
        return directo or self._omision

    def nombre(self, identificador: str) -> str:
        estilo = self.por_id.get(identificador)
        return "" if estilo is None else valor(estilo.find(q("w:name"))) or ""

    def es_indice(self, ppr: etree._Element | None) -> bool:
        """Si el estilo es de los que Word usa en una tabla de contenido o índice."""
        return _NOMBRE_INDICE.match(self.nombre(self.estilo(ppr))) is not None

    def cadena(self, identificador: str) -> list[etree._Element]:
        """El estilo y aquellos en los que se basa, del propio al más lejano."""
        resultado: list[etree._Element] = []
        while identificador in self.por_id and len(resultado) < _PROFUNDIDAD:
            estilo = self.por_id[identificador]
            resultado.append(estilo)
            identificador = valor(estilo.find(q("w:basedOn"))) or ""
        return resultado

    def nivel_titulo(self, ppr: etree._Element | None) -> int:
        """1 a 9 si el párrafo es un título; 0 si es texto."""
        directo = None if ppr is None else valor(ppr.find(q("w:outlineLvl")))
        if directo is not None and directo.isdecimal():
            return int(directo) + 1 if int(directo) < NIVEL_CUERPO else 0
        identificador = self.estilo(ppr)
        if identificador not in self._nivel:
            self._nivel[identificador] = self._nivel_de_estilo(identificador)
        return self._nivel[identificador]

    def _nivel_de_estilo(self, identificador: str) -> int:
        for estilo in self.cadena(identificador):
            escrito = valor(estilo.find("w:pPr/w:outlineLvl", NS))
            if escrito is not None and escrito.isdecimal():
                return int(escrito) + 1 if int(escrito) < NIVEL_CUERPO else 0
            if hallado := _NOMBRE_TITULO.match(valor(estilo.find(q("w:name"))) or ""):
                return int(hallado[1])
        return 0

    def titulos(self, raiz: etree._Element) -> list[etree._Element]:
        """Los párrafos que son títulos, en orden, sin recorrer uno por uno los demás."""
        return [parrafo for parrafo in self._candidatos(raiz) if self.nivel_titulo(parrafo.find(q("w:pPr")))]

    @cached_property
    def _candidatos(self) -> Callable[[etree._Element], list[etree._Element]]:
        de_titulo = [i for i in self.por_id if self._nivel_de_estilo(i) and '"' not in i]
        por_estilo = "".join(f' or w:pPr/w:pStyle/@w:val="{i}"' for i in de_titulo)
        return buscador(f"//w:p[w:pPr/w:outlineLvl{por_estilo}]")

    def numeral(self, ppr: etree._Element | None) -> Numeral | None:
        """La lista y nivel de un párrafo, por formato directo o por estilo; None si no es de una lista."""
        identificador = self.estilo(ppr)
        if ppr is None or ppr.find(q("w:numPr")) is None:
            if identificador not in self._numerales:
                self._numerales[identificador] = self._numeral(None, identificador)
            return self._numerales[identificador]
        return self._numeral(ppr, identificador)

    def _numeral(self, ppr: etree._Element | None, identificador: str) -> Numeral | None:
        fuentes = [] if ppr is None else [(ppr.find(q("w:numPr")), "")]
        fuentes += [
            (estilo.find("w:pPr/w:numPr", NS), estilo.get(q("w:styleId"), ""))
            for estilo in self.cadena(identificador)
        ]
        nivel: str | None = None
        for numpr, estilo_id in fuentes:
            if numpr is None:
                continue
            nivel = nivel if nivel is not None else valor(numpr.find(q("w:ilvl")))
            lista = valor(numpr.find(q("w:numId")))
            if lista == "0":
                return None
            if lista is not None:
                if nivel is None:
                    nivel = self._nivel_enlazado(lista, estilo_id or identificador)
                return Numeral(lista, int(nivel) if nivel.isdecimal() else 0)
        return None

    def _nivel_enlazado(self, lista: str, estilo: str) -> str:
        """El nivel de la lista que está enlazado a un estilo (`w:lvl/w:pStyle`); el primero si ninguno."""
        abstracta = self.listas.get(lista)
        if abstracta is not None:
            for lvl in abstracta.iterfind(q("w:lvl")):
                if valor(lvl.find(q("w:pStyle"))) == estilo:
                    return str(lvl.get(q("w:ilvl"), "0"))
        return "0"

    @cached_property
    def listas(self) -> dict[str, etree._Element]:
        """Definición abstracta de cada lista por su número."""
        raiz = self._parte("numbering")
        if raiz is None:
            return {}
        abstractas = {a.get(q("w:abstractNumId")): a for a in raiz.iterfind(q("w:abstractNum"))}
        pares = (
            (num.get(q("w:numId"), ""), abstractas.get(valor(num.find(q("w:abstractNumId")))))
            for num in raiz.iterfind(q("w:num"))
        )
        return {numero: abstracta for numero, abstracta in pares if abstracta is not None}

    def encendido(self, propiedad: str, rpr: etree._Element | None, parrafo: str) -> bool:
        """Si un tramo lleva una propiedad (`w:strike`, `w:vanish`): directa, de su estilo o del párrafo."""
        if rpr is not None:
            directo = activo(rpr.find(q(propiedad)))
            if directo is not None:
                return directo
            caracter = valor(rpr.find(q("w:rStyle")))
            if caracter and self._en_estilo(propiedad, caracter):
                return True
        return self._en_estilo(propiedad, parrafo)

    def _en_estilo(self, propiedad: str, identificador: str) -> bool:
        clave = (propiedad, identificador)
        if clave not in self._propiedades:
            self._propiedades[clave] = self._buscar_en_estilo(propiedad, identificador)
        return self._propiedades[clave]

    def _buscar_en_estilo(self, propiedad: str, identificador: str) -> bool:
        for estilo in self.cadena(identificador):
            escrito = activo(estilo.find(f"w:rPr/{propiedad}", NS))
            if escrito is not None:
                return escrito
        return False
