"""Las zonas de control: encontrarlas aunque un programa les haya quitado cosas, y decir qué les pasó.

Ningún ancla sobrevive a todo: LibreOffice borra etiqueta y candado y conserva el marcador; Word conserva
los tres. Se leen en ese orden: etiqueta del control, marcador, título del control.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from sgc_gt.dominio.textos import cita
from sgc_gt.word.nombres import (
    NS,
    ZONAS,
    ZONAS_TABLA,
    leer_xml,
    q,
    valor,
    zona_de_control,
    zona_de_marcador,
)
from sgc_gt.word.paquete import documento, relaciones
from sgc_gt.word.puerta import abrir
from sgc_gt.word.texto import texto_de_nodos
from sgc_gt.word.valores import ValoresSello

ETIQUETA, MARCADOR, TITULO_CONTROL = "etiqueta", "marcador", "titulo"
CITADAS = 3
CANDADO = "sdtContentLocked"
Filas = tuple[tuple[str, ...], ...]


class Zona(NamedTuple):
    """Lo que hoy dice una zona. Si aparece varias veces, la primera del cuerpo."""

    texto: str
    filas: Filas
    """Solo en zonas de tabla, sin la fila de encabezados."""
    parte: str
    como: str
    """Cómo se la reconoció: «etiqueta», «marcador» o «titulo»."""
    apariciones: int = 1


class Dano(NamedTuple):
    """Algo que le pasó a una zona y que el sistema repara."""

    zona: str
    clase: str
    """«falta», «repetida», «etiqueta_perdida», «sin_candado» o «editada»."""
    mensaje: str


class Lugar:
    """Una aparición de una zona en una parte."""

    __slots__ = ("como", "control", "fin", "inicio", "zona")

    def __init__(
        self, zona: str, como: str, control: etree._Element | None, inicio: etree._Element | None
    ) -> None:
        self.zona, self.como, self.control, self.inicio = zona, como, control, inicio
        self.fin = None if inicio is None else _fin_de(inicio)

    @property
    def bloqueada(self) -> bool:
        candado = None if self.control is None else self.control.find("w:sdtPr/w:lock", NS)
        return valor(candado) == CANDADO

    def tabla(self) -> etree._Element | None:
        """La tabla de una zona de tabla."""
        if self.control is not None:
            return next(self.control.iter(q("w:tbl")), None)
        return None if self.inicio is None else _tabla_de(self.inicio)

    def texto(self) -> str:
        if self.control is not None:
            return texto_de_nodos([self.control])
        return texto_de_nodos(list(entre(self.inicio, self.fin)))

    def dicho(self) -> str:
        """El texto que se ve: quien teclea encima con LibreOffice deja el marcador en la primera letra."""
        parrafo = None if self.inicio is None else next(self.inicio.iterancestors(q("w:p")), None)
        if self.control is not None or parrafo is None or len(ubicar(parrafo)) > 1:
            return self.texto()
        return texto_de_nodos([parrafo])

    def filas(self) -> Filas:
        tabla = self.tabla()
        if tabla is None:
            return ()
        return tuple(
            tuple(texto_celda(c) for c in fila.iter(q("w:tc"))) for fila in tabla.findall(".//w:tr", NS)[1:]
        )


def partes_con_zonas(partes: Mapping[str, bytes]) -> list[str]:
    """El documento y sus encabezados y pies, en orden fijo."""
    principal = documento(partes)
    margenes = {
        rel.destino
        for rel in relaciones(partes, principal).values()
        if rel.clase in {"header", "footer"} and rel.destino in partes
    }
    return [principal, *sorted(margenes)]


def ubicar(raiz: etree._Element) -> list[Lugar]:
    """Todas las zonas de una parte, en orden del documento."""
    lugares: list[Lugar] = []
    for sdt in raiz.iter(q("w:sdt")):
        if (zona := zona_de_control(sdt)) and not _dentro_de_zona(sdt):
            lugares.append(Lugar(zona, ETIQUETA, sdt, _marcador_de(sdt, zona)))
    tomados = {lugar.inicio for lugar in lugares if lugar.inicio is not None}
    tablas: set[etree._Element | None] = set()
    for inicio in raiz.iter(q("w:bookmarkStart")):
        propia = zona_de_marcador(valor(inicio, "w:name") or "")
        if not propia or inicio in tomados or _dentro_de_zona(inicio):
            continue
        lugar = Lugar(propia, MARCADOR, None, inicio)
        # LibreOffice deja dos marcadores iguales en una tabla: en la primera celda y en la última.
        if propia in ZONAS_TABLA and (lugar.tabla() is None or lugar.tabla() in tablas):
            continue
        tablas.add(lugar.tabla() if propia in ZONAS_TABLA else None)
        lugares.append(lugar)
    vistas = {lugar.zona for lugar in lugares}
    titulos = {titulo.casefold(): zona for zona, titulo in ZONAS.items() if zona not in vistas}
    for sdt in raiz.iter(q("w:sdt")):
        titulo = (valor(sdt.find("w:sdtPr/w:alias", NS)) or "").casefold()
        tabla_completa = next(sdt.iter(q("w:tbl")), None) is not None
        if (hallada := titulos.get(titulo)) and (hallada not in ZONAS_TABLA or tabla_completa):
            lugares.append(Lugar(hallada, TITULO_CONTROL, sdt, None))
    return lugares


def leer_zonas(partes: Mapping[str, bytes]) -> dict[str, Zona]:
    """Lo que dice cada zona del documento."""
    resultado: dict[str, Zona] = {}
    for parte in partes_con_zonas(partes):
        for lugar in ubicar(leer_xml(partes[parte], parte)):
            previa = resultado.get(lugar.zona)
            if previa is not None:
                resultado[lugar.zona] = previa._replace(apariciones=previa.apariciones + 1)
                continue
            es_tabla = lugar.zona in ZONAS_TABLA
            filas = lugar.filas() if es_tabla else ()
            texto = "" if es_tabla else lugar.texto()
            resultado[lugar.zona] = Zona(texto, filas, parte, lugar.como)
    return resultado


def en_cuerpo(partes: Mapping[str, bytes]) -> frozenset[str]:
    """Las zonas que el cuerpo del documento tiene, sin contar encabezados ni pies."""
    principal = documento(partes)
    return frozenset(lugar.zona for lugar in ubicar(leer_xml(partes[principal], principal)))


def danos(docx: bytes, esperado: ValoresSello, *, zonas: Collection[str] | None = None) -> list[Dano]:
    """Lo que les pasó a las zonas de un documento, en oraciones.

    `zonas` son las que el cuerpo debe tener (las de su plantilla: `en_cuerpo`); los encabezados se regeneran.
    Sin eso, las que traen valor, en cualquier parte.
    """
    partes = abrir(docx, "el documento")
    debidas = ({*esperado.textos, *esperado.tablas} & ZONAS.keys()) if zonas is None else set(zonas)
    resultado: list[Dano] = []
    halladas: set[str] = set()
    principal = documento(partes)
    for parte in partes_con_zonas(partes):
        donde = "en el cuerpo" if parte == principal else "en el encabezado o pie"
        lugares = ubicar(leer_xml(partes[parte], parte))
        if zonas is None or parte == principal:
            halladas |= {lugar.zona for lugar in lugares}
        resultado += _repetidas(lugares, donde)
        for lugar in lugares:
            resultado += _danos_de(lugar, esperado, donde)
    resultado += [
        Dano(zona, "falta", f"La zona «{ZONAS[zona]}» ya no está en el documento.")
        for zona in sorted(debidas - halladas)
    ]
    return list(dict.fromkeys(resultado))


def _repetidas(lugares: list[Lugar], donde: str) -> Iterator[Dano]:
    """Una copia pegada pierde el marcador (Word no admite dos iguales); las de la plantilla lo tienen."""
    con_marcador = {lugar.zona for lugar in lugares if lugar.inicio is not None}
    for lugar in lugares:
        if lugar.inicio is None and lugar.zona in con_marcador:
            yield Dano(
                lugar.zona, "repetida", f"La zona «{ZONAS[lugar.zona]}» está copiada más de una vez {donde}."
            )


def _danos_de(lugar: Lugar, esperado: ValoresSello, donde: str) -> Iterator[Dano]:
    titulo = ZONAS[lugar.zona]
    if lugar.como != ETIQUETA:
        yield Dano(
            lugar.zona,
            "etiqueta_perdida",
            f"La zona «{titulo}» {donde} perdió su protección (ocurre al guardar con LibreOffice).",
        )
    elif not lugar.bloqueada:
        yield Dano(lugar.zona, "sin_candado", f"La zona «{titulo}» {donde} quedó sin candado.")
    if lugar.zona in ZONAS_TABLA:
        debidas = esperado.tablas.get(lugar.zona)
        if debidas is not None and _limpias(lugar.filas()) != _limpias(debidas):
            escrito = _escrito(lugar.filas(), debidas)
            que = f": {escrito} no se conserva" if escrito else ""
            yield Dano(lugar.zona, "editada", f"La tabla «{titulo}» {donde} fue modificada a mano{que}.")
        return
    debido = esperado.textos.get(lugar.zona)
    if debido is not None and " ".join(lugar.texto().split()) != " ".join(debido.split()):
        yield Dano(
            lugar.zona,
            "editada",
            f"La zona «{titulo}» {donde} dice «{lugar.dicho().strip()}» y corresponde «{debido}».",
        )


def _escrito(hay: Filas, debidas: Collection[Collection[str]]) -> str:
    """Lo que alguien puso en las celdas de una zona, citado: nada se descarta sin decirlo."""
    propias = {celda for fila in _limpias(debidas) for celda in fila}
    ajenas = [c for fila in _limpias(hay) for c in fila if c and c not in propias]
    resto = f" y {len(ajenas) - CITADAS} más" if len(ajenas) > CITADAS else ""
    return ", ".join(map(cita, ajenas[:CITADAS])) + resto


def _limpias(filas: Collection[Collection[str]]) -> list[list[str]]:
    limpias = [[" ".join(celda.split()) for celda in fila] for fila in filas]
    return [fila for fila in limpias if any(fila)]


def texto_celda(celda: etree._Element) -> str:
    """El texto de una celda, un párrafo por línea."""
    return "\n".join(texto_de_nodos([parrafo]) for parrafo in celda.iter(q("w:p")))


def entre(inicio: etree._Element | None, fin: etree._Element | None) -> Iterator[etree._Element]:
    """Los textos y saltos entre un marcador y su fin, sin salir del párrafo."""
    if inicio is None:
        return
    parrafo = next(inicio.iterancestors(q("w:p")), None)
    dentro = False
    for nodo in [] if parrafo is None else parrafo.iter():
        if nodo is inicio:
            dentro = True
        elif nodo is fin:
            return
        elif dentro and nodo.tag in {q("w:t"), q("w:br"), q("w:tab")}:
            yield nodo


def _fin_de(inicio: etree._Element) -> etree._Element | None:
    numero = valor(inicio, "w:id")
    for fin in inicio.getroottree().getroot().iter(q("w:bookmarkEnd")):
        if valor(fin, "w:id") == numero:
            return fin
    return None


def _marcador_de(sdt: etree._Element, zona: str) -> etree._Element | None:
    """El marcador de la zona: dentro del control o justo antes."""
    for inicio in sdt.iter(q("w:bookmarkStart")):
        if zona_de_marcador(valor(inicio, "w:name") or "") == zona:
            return inicio
    previo = sdt.getprevious()
    if previo is not None and previo.tag == q("w:bookmarkStart"):
        return previo if zona_de_marcador(valor(previo, "w:name") or "") == zona else None
    return None


def _dentro_de_zona(nodo: etree._Element) -> bool:
    return any(zona_de_control(sdt) for sdt in nodo.iterancestors(q("w:sdt")))


def _tabla_de(inicio: etree._Element) -> etree._Element | None:
    """La tabla de un marcador: la que lo contiene (LibreOffice lo mete en sus celdas) o la que sigue."""
    parrafo = next(inicio.iterancestors(q("w:p")), None)
    contiene = None if parrafo is None else next(parrafo.iterancestors(q("w:tbl")), None)
    if contiene is not None:
        return contiene
    actual: etree._Element | None = inicio
    while actual is not None and actual.getparent() is not None:
        siguiente = actual.getnext()
        while siguiente is not None and siguiente.tag in {q("w:bookmarkStart"), q("w:bookmarkEnd")}:
            siguiente = siguiente.getnext()
        if siguiente is not None:
            if siguiente.tag == q("w:tbl"):
                return siguiente
            if siguiente.tag == q("w:sdt"):
                return next(siguiente.iter(q("w:tbl")), None)
            if siguiente.tag == q("w:p") and actual is inicio:
                return None
        actual = actual.getparent()
    return None
