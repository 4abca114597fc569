"""Una lista en Word, con membrete: A4 apaisada, encabezado que se repite y «Página X de Y».

El documento base es el de python-docx; las filas van directo al XML, porque una lista larga celda a celda
tarda minutos. Los mismos datos dan los mismos bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from lxml import etree

from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.tabla import NUMERO, TEXTO, Columna, Tabla, texto_de, una_linea
from sgc_gt.word.desde_cero import en_espanol_y_sin_tema, partes_de, propiedades
from sgc_gt.word.paquete import empaquetar

ALTO_A4, ANCHO_A4 = Cm(21), Cm(29.7)
MARGEN = Cm(1.5)
UTIL = ANCHO_A4 - 2 * MARGEN
TWIP = 635  # EMU
POR_LETRA = 88  # twips que ocupa un carácter en el tamaño de las celdas
MARGEN_CELDA = 140
MAX_ENTERO = 18  # caracteres: una pieza más larga (una ruta) sí se parte
MAX_COMODO = 45  # caracteres: pasado esto una celda ya se lee bien en varias líneas
LETRA = "Calibri"
AZUL = "1F3864"
GRIS = "BFBFBF"
SIN_CORTE = date(2000, 1, 1)  # fecha fija del archivo: nunca el reloj


def lista_docx(tabla: Tabla, membrete: Mapping[str, str]) -> bytes:
    """El documento con la lista.

    `membrete` puede traer: ministerio, servicio, sistema, codigo (de la lista), verificacion y leyenda (pie).
    """
    documento = docx.Document()
    _propiedades(documento, tabla, membrete)
    _estilos(documento)
    _hoja(documento)
    _encabezado(documento, tabla, membrete)
    _pie(documento, membrete)
    _cuerpo(documento, tabla, membrete.get("servicio") or tabla.subtitulo)
    return _canonico(documento)


def _propiedades(documento: Document, tabla: Tabla, membrete: Mapping[str, str]) -> None:
    momento = datetime.combine(tabla.corte or SIN_CORTE, time(), UTC).replace(tzinfo=None)
    propiedades(documento, una_linea(tabla.titulo), una_linea(membrete.get("servicio", "")), momento)


def _estilos(documento: Document) -> None:
    normal = cast(ParagraphStyle, documento.styles["Normal"])
    normal.font.name, normal.font.size = LETRA, Pt(9)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.0
    titulo = cast(ParagraphStyle, documento.styles["Title"])
    titulo.font.name, titulo.font.size, titulo.font.bold = LETRA, Pt(16), True
    titulo.font.color.rgb = RGBColor.from_string(AZUL)
    titulo.paragraph_format.space_after = Pt(4)
    en_espanol_y_sin_tema(documento, (normal, titulo))


def _hoja(documento: Document) -> None:
    hoja = documento.sections[0]
    hoja.orientation = WD_ORIENT.LANDSCAPE
    hoja.page_width, hoja.page_height = ANCHO_A4, ALTO_A4
    hoja.left_margin = hoja.right_margin = MARGEN
    hoja.top_margin, hoja.bottom_margin = Cm(2.8), Cm(1.8)
    hoja.header_distance, hoja.footer_distance = Cm(1), Cm(0.8)


def _encabezado(documento: Document, tabla: Tabla, membrete: Mapping[str, str]) -> None:
    encabezado = documento.sections[0].header
    primera = encabezado.paragraphs[0]
    codigo, corte = membrete.get("codigo", ""), imprimir_fecha(tabla.corte)
    izquierda = [
        membrete.get("ministerio", ""),
        membrete.get("servicio") or tabla.subtitulo,
        membrete.get("sistema", ""),
    ]
    derecha = [f"Código: {codigo}" if codigo else "", f"Fecha de corte: {corte}" if corte else ""]
    lineas = [texto for texto in izquierda if texto] or [""]
    datos = [texto for texto in derecha if texto]
    for numero in range(max(len(lineas), len(datos) + 1)):
        parrafo = primera if numero == 0 else encabezado.add_paragraph()
        _al_margen_derecho(parrafo)
        texto = lineas[numero] if numero < len(lineas) else ""
        tramo = parrafo.add_run(una_linea(texto))
        tramo.bold = bool(texto) and texto == membrete.get("servicio")
        parrafo.add_run("\t")
        if numero < len(datos):
            parrafo.add_run(una_linea(datos[numero]))
        elif numero == len(datos):
            _pagina(parrafo)
    _linea(encabezado.paragraphs[-1], "bottom")


def _pie(documento: Document, membrete: Mapping[str, str]) -> None:
    pie = documento.sections[0].footer.paragraphs[0]
    _al_margen_derecho(pie)
    _linea(pie, "top")
    for texto in (membrete.get("leyenda", ""), "\t", membrete.get("verificacion", "")):
        tramo = pie.add_run(texto if texto == "\t" else una_linea(texto))
        tramo.font.size = Pt(8)


def _al_margen_derecho(parrafo: Paragraph) -> None:
    """Deja un solo tabulador, en el margen derecho: los del estilo son para hoja vertical."""
    parrafo.style = "Normal"
    parrafo.paragraph_format.tab_stops.add_tab_stop(UTIL, WD_TAB_ALIGNMENT.RIGHT)


def _linea(parrafo: Paragraph, lado: str) -> None:
    """Una raya arriba o abajo del párrafo, que ya tiene su tabulador: el orden de las piezas es fijo."""
    bordes = OxmlElement("w:pBdr")
    _hijo(bordes, lado, val="single", sz="6", space="4", color=AZUL)
    propiedades = parrafo._p.get_or_add_pPr()
    for tabuladores in propiedades.findall(qn("w:tabs")):
        tabuladores.addprevious(bordes)


def _pagina(parrafo: Paragraph) -> None:
    parrafo.add_run("Página ")
    _campo(parrafo, "PAGE")
    parrafo.add_run(" de ")
    _campo(parrafo, "NUMPAGES")


def _campo(parrafo: Paragraph, instruccion: str) -> None:
    campo = etree.SubElement(parrafo._p, qn("w:fldSimple"))
    campo.set(qn("w:instr"), f" {instruccion} ")
    tramo = etree.SubElement(campo, qn("w:r"))
    etree.SubElement(tramo, qn("w:t")).text = "1"


def _cuerpo(documento: Document, tabla: Tabla, servicio: str) -> None:
    documento.add_paragraph(una_linea(tabla.titulo), style="Title")
    ambito = "" if tabla.subtitulo == servicio else f"{una_linea(tabla.subtitulo)} · "
    parrafo = documento.add_paragraph(f"{ambito}Filas: {len(tabla.filas)}")
    parrafo.paragraph_format.space_after = Pt(6)
    # La tabla va antes de las propiedades de la sección, que cierran el cuerpo.
    documento.element.body.insert(len(documento.element.body) - 1, _tabla(tabla))
    for nota in ("", *tabla.notas):
        documento.add_paragraph(una_linea(nota))


def _tabla(tabla: Tabla) -> etree._Element:
    medidas = _medidas(tabla)
    raiz = OxmlElement("w:tbl")
    _propiedades_tabla(raiz, tabla)
    cuadricula = _hijo(raiz, "tblGrid")
    for medida in medidas:
        _hijo(cuadricula, "gridCol", w=str(medida))
    _fila(raiz, [c.titulo for c in tabla.columnas], tabla.columnas, medidas, es_titulo=True)
    for fila in tabla.filas:
        celdas = [texto_de(fila.get(c.clave)) for c in tabla.columnas]
        _fila(raiz, celdas, tabla.columnas, medidas)
    return raiz


def _propiedades_tabla(raiz: etree._Element, tabla: Tabla) -> None:
    propiedades = _hijo(raiz, "tblPr")
    _hijo(propiedades, "tblW", w=str(UTIL // TWIP), type="dxa")
    bordes = _hijo(propiedades, "tblBorders")
    for lado in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _hijo(bordes, lado, val="single", sz="4", space="0", color=GRIS)
    _hijo(propiedades, "tblLayout", type="fixed")
    margenes = _hijo(propiedades, "tblCellMar")
    for lado in ("left", "right"):
        _hijo(margenes, lado, w="60", type="dxa")
    _hijo(propiedades, "tblLook", val="0020", firstRow="1", noHBand="1", noVBand="1")
    # El texto que lee un lector de pantalla.
    _hijo(propiedades, "tblCaption", val=una_linea(tabla.titulo))


def _medidas(tabla: Tabla) -> list[int]:
    """El ancho de cada columna en twips: primero lo que no se puede partir; el resto, según su contenido."""
    total = UTIL // TWIP
    medidas = [_medida(numero, columna, tabla) for numero, columna in enumerate(tabla.columnas)]
    minimos = [minimo for minimo, _ in medidas]
    sobra = total - sum(minimos)
    if sobra < 0:
        return [minimo * total // sum(minimos) for minimo in minimos]
    ganas = sum(gana for _, gana in medidas)
    return [minimo + sobra * gana // ganas for minimo, gana in medidas]


def _medida(numero: int, columna: Columna, tabla: Tabla) -> tuple[int, int]:
    """El ancho bajo el cual se partiría un código, una fecha o una palabra, y cuánto más llenaría."""
    celdas = [texto_de(fila.get(columna.clave)) for fila in tabla.filas]
    se_parte = numero > 0 and columna.clase == TEXTO
    piezas = [p for celda in celdas for p in (celda.split() if se_parte else [celda])]
    entero = min(max(map(len, [*piezas, *columna.titulo.split()]), default=1), MAX_ENTERO)
    comodo = min(max(map(len, celdas), default=columna.ancho), MAX_COMODO)
    return MARGEN_CELDA + POR_LETRA * entero, max(comodo - entero, 1)


def _fila(
    raiz: etree._Element,
    celdas: Iterable[str],
    columnas: Iterable[Columna],
    medidas: Iterable[int],
    *,
    es_titulo: bool = False,
) -> None:
    fila = _hijo(raiz, "tr")
    propiedades = _hijo(fila, "trPr")
    _hijo(propiedades, "cantSplit")
    if es_titulo:
        _hijo(propiedades, "tblHeader")
    for texto, columna, medida in zip(celdas, columnas, medidas, strict=True):
        celda = _hijo(fila, "tc")
        aspecto = _hijo(celda, "tcPr")
        _hijo(aspecto, "tcW", w=str(medida), type="dxa")
        if es_titulo:
            _hijo(aspecto, "shd", val="clear", color="auto", fill=AZUL)
        _parrafo(celda, texto, a_la_derecha=columna.clase == NUMERO and not es_titulo, es_titulo=es_titulo)


def _parrafo(celda: etree._Element, texto: str, *, a_la_derecha: bool, es_titulo: bool) -> None:
    parrafo = _hijo(celda, "p")
    if a_la_derecha:
        _hijo(_hijo(parrafo, "pPr"), "jc", val="right")
    if not texto:
        return
    tramo = _hijo(parrafo, "r")
    letra = _hijo(tramo, "rPr")
    if es_titulo:
        _hijo(letra, "b")
        _hijo(letra, "color", val="FFFFFF")
    _hijo(letra, "sz", val="15")
    _hijo(tramo, "t").text = texto


def _hijo(padre: etree._Element, nombre: str, **atributos: str) -> etree._Element:
    hijo = etree.SubElement(padre, qn(f"w:{nombre}"))
    for atributo, valor in atributos.items():
        hijo.set(qn(f"w:{atributo}"), valor)
    return hijo


def _canonico(documento: Document) -> bytes:
    return empaquetar(partes_de(documento), comprimir=True)
