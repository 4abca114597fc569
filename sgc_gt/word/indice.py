"""La tabla de contenido escrita al generar: entradas enlazadas a cada título, sin números de página.

No se sabe en qué página cae un título sin componer el documento, y pedirle a Word que actualice el campo
muestra una pregunta a cada lector. El campo queda completo y Word lo actualiza solo si la persona quiere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from typing import NamedTuple

from lxml import etree

from sgc_gt.word.estilos import Estilos
from sgc_gt.word.nombres import buscador, q, valor

_NIVELES = re.compile(r'\\o\s+"(\d)-(\d)"')
_CAMPO_INDICE = buscador("//w:instrText[contains(., 'TOC')]")
_SANGRIA = {1: (567, 567), 2: (1247, 680), 3: (2098, 851)}
_ROMANOS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Entrada(NamedTuple):
    """Una línea del índice."""

    nivel: int
    numero: str
    titulo: str
    marcador: str


def completar_indice(raiz: etree._Element, estilos: Estilos) -> None:
    """Llena cada campo TOC del documento y marca los títulos a los que apunta."""
    for instruccion in _CAMPO_INDICE(raiz):
        parrafos = _parrafos_del_campo(instruccion)
        if not parrafos:
            continue
        niveles = _NIVELES.search(instruccion.text or "")
        desde, hasta = (int(niveles[1]), int(niveles[2])) if niveles else (1, 2)
        entradas = list(_marcar_titulos(raiz, estilos, desde, hasta, set(parrafos)))
        _escribir(parrafos, entradas, estilos, f' TOC \\o "{desde}-{hasta}" \\h \\z \\n ')


def _parrafos_del_campo(instruccion: etree._Element) -> list[etree._Element]:
    """Los párrafos hermanos entre el comienzo y el fin del campo."""
    actual = next(instruccion.iterancestors(q("w:p")), None)
    parrafos: list[etree._Element] = []
    abiertos = 0
    while actual is not None:
        parrafos.append(actual)
        for marca in actual.iter(q("w:fldChar")):
            abiertos += {"begin": 1, "end": -1}.get(valor(marca, "w:fldCharType") or "", 0)
        if abiertos <= 0:
            return parrafos
        actual = actual.getnext()
    return []


def _marcar_titulos(
    raiz: etree._Element, estilos: Estilos, desde: int, hasta: int, propios: set[etree._Element]
) -> Iterator[Entrada]:
    contadores: dict[str, list[int]] = {}
    numeros = count(1)
    for parrafo in estilos.titulos(raiz):
        ppr = parrafo.find(q("w:pPr"))
        nivel = estilos.nivel_titulo(ppr)
        if not nivel or parrafo in propios:
            continue
        numero = _numero(estilos, ppr, contadores)
        titulo = texto_plano(parrafo)
        if desde <= nivel <= hasta and titulo:
            yield Entrada(nivel, numero, titulo, _marcador(parrafo, numeros))


def texto_plano(parrafo: etree._Element) -> str:
    """El texto de un párrafo en una línea."""
    piezas = parrafo.iter(q("w:t"), q("w:tab"), q("w:br"))
    return " ".join("".join(n.text or "" if n.tag == q("w:t") else " " for n in piezas).split())


def _marcador(parrafo: etree._Element, numeros: Iterator[int]) -> str:
    """El marcador del título; si no tiene, lo crea con un número que sale de su orden."""
    for nodo in parrafo.iter(q("w:bookmarkStart")):
        nombre = nodo.get(q("w:name"), "")
        if nombre.startswith("_Toc"):
            return nombre
    nombre = f"_Toc{next(numeros):08d}"
    inicio = etree.Element(q("w:bookmarkStart"))
    inicio.set(q("w:id"), nombre)  # provisorio: `renumerar` le da el definitivo
    inicio.set(q("w:name"), nombre)
    parrafo.insert(0 if parrafo.find(q("w:pPr")) is None else 1, inicio)
    etree.SubElement(parrafo, q("w:bookmarkEnd")).set(q("w:id"), nombre)
    return nombre


def _numero(estilos: Estilos, ppr: etree._Element | None, contadores: dict[str, list[int]]) -> str:
    """El número que Word mostrará delante del título, según su lista."""
    numeral = estilos.numeral(ppr)
    if numeral is None or numeral.lista not in estilos.listas:
        return ""
    cuenta = contadores.setdefault(numeral.lista, [0] * 9)
    cuenta[numeral.nivel] += 1
    cuenta[numeral.nivel + 1 :] = [0] * (8 - numeral.nivel)
    niveles = {lvl.get(q("w:ilvl")): lvl for lvl in estilos.listas[numeral.lista].iterfind(q("w:lvl"))}
    propio = niveles.get(str(numeral.nivel))
    patron = valor(None if propio is None else propio.find(q("w:lvlText"))) or ""

    def cifra(hallado: re.Match[str]) -> str:
        n = int(hallado[1]) - 1
        lvl = niveles.get(str(n))
        return _formato(
            max(cuenta[n], 1), valor(None if lvl is None else lvl.find(q("w:numFmt"))) or "decimal"
        )

    return re.sub(r"%(\d)", cifra, patron)


def _formato(n: int, clase: str) -> str:
    if clase in {"lowerLetter", "upperLetter"}:
        letra = chr(ord("a") + (n - 1) % 26)
        return letra.upper() if clase == "upperLetter" else letra
    if clase in {"lowerRoman", "upperRoman"}:
        texto = ""
        for valor_romano, simbolo in _ROMANOS:
            while n >= valor_romano:
                texto, n = texto + simbolo, n - valor_romano
        return texto.upper() if clase == "upperRoman" else texto
    return str(n)


def _escribir(
    parrafos: list[etree._Element], entradas: list[Entrada], estilos: Estilos, instruccion: str
) -> None:
    primero = parrafos[0]
    padre = primero.getparent()
    if padre is None:
        return
    modelo = primero.find(q("w:pPr"))
    propios = {estilos.nombre(i).lower(): i for i in estilos.por_id}
    nuevos = [_linea(entrada, propios.get(f"toc {entrada.nivel}", ""), modelo) for entrada in entradas] or [
        _linea_vacia(modelo)
    ]
    inicio = 0 if nuevos[0].find(q("w:pPr")) is None else 1
    codigo = _tramo(etree.Element(q("w:instrText")))
    codigo[0].text = instruccion
    codigo[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    nuevos[0][inicio:inicio] = [_marca("begin"), codigo, _marca("separate")]
    nuevos[-1].append(_marca("end"))
    lugar = padre.index(primero)
    for parrafo in parrafos:
        padre.remove(parrafo)
    padre[lugar:lugar] = nuevos


def _tramo(hijo: etree._Element) -> etree._Element:
    tramo = etree.Element(q("w:r"))
    tramo.append(hijo)
    return tramo


def _marca(clase: str) -> etree._Element:
    marca = etree.Element(q("w:fldChar"))
    marca.set(q("w:fldCharType"), clase)
    return _tramo(marca)


def _linea_vacia(modelo: etree._Element | None) -> etree._Element:
    parrafo = etree.Element(q("w:p"))
    if modelo is not None:
        parrafo.append(deepcopy(modelo))
    texto = etree.Element(q("w:t"))
    texto.text = "El documento no tiene títulos."
    parrafo.append(_tramo(texto))
    return parrafo


def _linea(entrada: Entrada, propio: str, modelo: etree._Element | None) -> etree._Element:
    parrafo = etree.Element(q("w:p"))
    parrafo.append(_formato_linea(entrada, propio, modelo))
    enlace = etree.SubElement(parrafo, q("w:hyperlink"))
    enlace.set(q("w:anchor"), entrada.marcador)
    enlace.set(q("w:history"), "1")
    tramo = etree.SubElement(enlace, q("w:r"))
    if entrada.numero:
        etree.SubElement(tramo, q("w:t")).text = entrada.numero
        etree.SubElement(tramo, q("w:tab"))
    etree.SubElement(tramo, q("w:t")).text = entrada.titulo
    return parrafo


def _formato_linea(entrada: Entrada, propio: str, modelo: etree._Element | None) -> etree._Element:
    """El estilo «toc N» si el documento lo tiene; si no, el formato que traía el campo."""
    ppr = etree.Element(q("w:pPr"))
    if propio:
        etree.SubElement(ppr, q("w:pStyle")).set(q("w:val"), propio)
    elif modelo is not None:
        ppr = deepcopy(modelo)
    if entrada.numero and ppr.find(q("w:ind")) is None:
        izquierda, francesa = _SANGRIA.get(entrada.nivel, _SANGRIA[3])
        tabulador = etree.SubElement(etree.SubElement(ppr, q("w:tabs")), q("w:tab"))
        tabulador.set(q("w:val"), "left")
        tabulador.set(q("w:pos"), str(izquierda))
        sangria = etree.SubElement(ppr, q("w:ind"))
        sangria.set(q("w:left"), str(izquierda))
        sangria.set(q("w:hanging"), str(francesa))
    return ppr
