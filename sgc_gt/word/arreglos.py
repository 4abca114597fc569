"""Lo que hay que dejar en orden después de generar: saltos de línea, celdas, rejillas, identificadores."""

from __future__ import annotations

from collections import defaultdict

from lxml import etree

from sgc_gt.word.nombres import NS, buscador, q, valor
from sgc_gt.word.texto import piezas

_CON_SALTOS = buscador("//w:t[contains(., '\n') or contains(., '\t')]")
_CELDAS_SIN_PARRAFO = buscador("//w:tc[not(*[last()][self::w:p])]")
_TABLAS_SIN_FILAS = buscador("//w:tbl[not(w:tr or w:sdt)]")
_CONTROLES_VACIOS = buscador("//w:sdt[not(w:sdtContent/*)]")


def partir_lineas(raiz: etree._Element) -> None:
    """Un salto de línea en un valor se ve como salto (`w:br`); una tabulación, como tabulación."""
    for texto in _CON_SALTOS(raiz):
        tramo = texto.getparent()
        if tramo is None:
            continue
        lugar = tramo.index(texto)
        tramo[lugar : lugar + 1] = piezas(texto.text or "")


def completar(raiz: etree._Element) -> None:
    """Celdas sin párrafo, tablas sin filas y controles vacíos de un bucle sin datos: Word no los abre."""
    for sobra in [*_TABLAS_SIN_FILAS(raiz), *_CONTROLES_VACIOS(raiz)]:
        padre = sobra.getparent()
        if padre is not None:
            padre.remove(sobra)
    for celda in _CELDAS_SIN_PARRAFO(raiz):
        celda.append(etree.Element(q("w:p")))


def rehacer_rejillas(raiz: etree._Element) -> None:
    """La rejilla (`w:tblGrid`) de tablas con columnas que dependen de los datos; conserva el ancho total."""
    for tabla in raiz.iter(q("w:tbl")):
        rejilla = tabla.find(q("w:tblGrid"))
        columnas = max((_columnas(fila) for fila in tabla.iterfind(q("w:tr"))), default=0)
        if rejilla is None or not columnas or columnas == len(rejilla):
            continue
        total = sum(int(float(c.get(q("w:w"), "0"))) for c in rejilla)
        for columna in list(rejilla):
            rejilla.remove(columna)
        for _ in range(columnas):
            etree.SubElement(rejilla, q("w:gridCol")).set(q("w:w"), str(total // columnas))
        for ancho in tabla.iterfind("w:tr/w:tc/w:tcPr/w:tcW", NS):
            celda = ancho.getparent()
            union = int(valor(None if celda is None else celda.find(q("w:gridSpan"))) or "1")
            ancho.set(q("w:w"), str(total // columnas * union))
            ancho.set(q("w:type"), "dxa")


def _columnas(fila: etree._Element) -> int:
    return sum(int(valor(celda.find("w:tcPr/w:gridSpan", NS)) or "1") for celda in fila.iterfind(q("w:tc")))


def renumerar(raiz: etree._Element, base: int) -> None:
    """Identificadores únicos de controles, dibujos y marcadores: un bucle repite los de la plantilla."""
    for n, nodo in enumerate(raiz.iter(q("w:sdtPr")), start=1):
        identificador = nodo.find(q("w:id"))
        if identificador is not None:
            identificador.set(q("w:val"), str(base + n))
    for n, nodo in enumerate(raiz.iter(q("wp:docPr")), start=1):
        nodo.set("id", str(base + n))
    _renumerar_marcadores(raiz, base)


def _renumerar_marcadores(raiz: etree._Element, base: int) -> None:
    abiertos: dict[str, list[str]] = defaultdict(list)
    nombres: set[str] = set()
    siguiente = base
    for nodo in raiz.iter(q("w:bookmarkStart"), q("w:bookmarkEnd")):
        viejo = nodo.get(q("w:id"), "")
        if nodo.tag == q("w:bookmarkStart"):
            siguiente += 1
            abiertos[viejo].append(str(siguiente))
            nodo.set(q("w:id"), str(siguiente))
            nombre = nodo.get(q("w:name"), "")
            if nombre in nombres:
                nodo.set(q("w:name"), nombre := f"{nombre[:30]}_r{siguiente}")
            nombres.add(nombre)
        elif abiertos[viejo]:
            nodo.set(q("w:id"), abiertos[viejo].pop())
