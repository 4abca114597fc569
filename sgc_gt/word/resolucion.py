"""El borrador de la resolución exenta que aprueba varios documentos a la vez.

Trae lo que el sistema sabe (qué documentos, qué versión, qué código de verificación) y deja «[completar]»
donde decide la fiscalía del servicio: ninguna base legal se da por cierta. Los mismos datos dan los mismos
bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from sgc_gt.dominio.impresion import MARCA_BORRADOR
from sgc_gt.dominio.tabla import una_linea
from sgc_gt.word.desde_cero import en_espanol_y_sin_tema, partes_de, propiedades
from sgc_gt.word.marca import aplicar
from sgc_gt.word.paquete import empaquetar

TITULO = "Resolución exenta que aprueba documentos (borrador)"
SIN_FECHA = datetime(2000, 1, 1)  # noqa: DTZ001  (fecha fija del archivo, sin zona: nunca el reloj)
LETRA = "Calibri"
ANCHO_TEXTO = Cm(16)
COLUMNAS = (
    ("Código", "codigo", Cm(2.6)),
    ("Título", "titulo", Cm(7.2)),
    ("Versión", "version", Cm(1.7)),
    ("Código de verificación", "verificacion", Cm(4.5)),
)
COMPLETAR = RGBColor(0x9C, 0x2A, 0x00)
_HUECO = "[completar"

_VISTOS = (
    "Lo dispuesto en [completar por Fiscalía: norma orgánica del Servicio y norma que da la facultad de "
    "aprobar estos documentos]; en [completar por Fiscalía: acto en que consta el nombramiento o la "
    "delegación de quien firma]; y en [completar por Fiscalía: norma vigente sobre exención del trámite de "
    "toma de razón]."
)
_CONSIDERANDO = (
    "Que el Servicio mantiene un sistema de gestión de la calidad, y su procedimiento de control de "
    "documentos exige que cada documento sea aprobado antes de que rija.",
    "Que {los_documentos} en la parte resolutiva {cumplieron} los pasos previos de su circuito y {esperan} "
    "la aprobación de esta autoridad.",
    "Que el código de verificación se calcula del contenido de cada documento y permite comprobar, en "
    "cualquier momento, que el texto en uso es el mismo que se aprueba por este acto.",
    "[completar: otros antecedentes, si los hay; si no, quitar este número]",
)
_FINALES = (
    "ESTABLÉCESE que cada documento regirá desde la fecha en que control documental lo ponga en vigencia, y "
    "que desde entonces queda sin efecto su versión anterior, si la hubiera.",
    "COMUNÍQUESE a [completar: unidades y regiones que usan los documentos] y téngase esta resolución por "
    "respaldo de la aprobación en el sistema de control de documentos.",
)


def resolucion_docx(datos: Mapping[str, Any]) -> bytes:
    """El borrador en Word, marcado como tal en cada página.

    `datos`: ministerio, servicio, cargo (de quien firma), documentos (lista con codigo, titulo, version y
    verificacion); opcionales: calidad (titular, (S)…), ciudad y materia.
    """
    documento = docx.Document()
    filas = list(datos["documentos"])
    propiedades(documento, TITULO, _texto(datos, "servicio"), SIN_FECHA)
    _estilos(documento)
    _hoja(documento)
    _membrete(documento, datos)
    _cabeza(documento, datos, filas)
    _cuerpo(documento, filas)
    _firma(documento, datos)
    return _canonico(documento)


def _texto(datos: Mapping[str, Any], clave: str, si_falta: str = "") -> str:
    return una_linea(str(datos.get(clave) or si_falta))


def _estilos(documento: Document) -> None:
    normal = cast(ParagraphStyle, documento.styles["Normal"])
    normal.font.name, normal.font.size = LETRA, Pt(11)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(8), 1.1
    titulo = cast(ParagraphStyle, documento.styles["Heading 1"])
    titulo.font.name, titulo.font.size, titulo.font.bold = LETRA, Pt(11), True
    titulo.font.color.rgb = RGBColor(0, 0, 0)
    titulo.paragraph_format.space_before, titulo.paragraph_format.space_after = Pt(12), Pt(4)
    en_espanol_y_sin_tema(documento, (normal, titulo))


def _hoja(documento: Document) -> None:
    """Oficio chileno (21,6 × 33 cm): el papel de las resoluciones."""
    hoja = documento.sections[0]
    hoja.page_width, hoja.page_height = Cm(21.6), Cm(33)
    hoja.left_margin, hoja.right_margin = Cm(3), Cm(2.6)
    hoja.top_margin, hoja.bottom_margin = Cm(2.5), Cm(2.2)
    pie = hoja.footer.paragraphs[0]
    pie.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for texto, campo in (
        ("Borrador: no produce efectos hasta que se firme, numere y feche · Página ", "PAGE"),
        (" de ", "NUMPAGES"),
    ):
        pie.add_run(texto).font.size = Pt(8)
        _campo(pie, campo)


def _campo(parrafo: Paragraph, instruccion: str) -> None:
    campo = OxmlElement("w:fldSimple")
    campo.set(qn("w:instr"), f" {instruccion} ")
    tramo = etree.SubElement(campo, qn("w:r"))
    etree.SubElement(etree.SubElement(tramo, qn("w:rPr")), qn("w:sz")).set(qn("w:val"), "16")
    etree.SubElement(tramo, qn("w:t")).text = "1"
    parrafo._p.append(campo)


def _membrete(documento: Document, datos: Mapping[str, Any]) -> None:
    encabezado = documento.sections[0].header.paragraphs[0]
    lineas = [linea for linea in (_texto(datos, "ministerio"), _texto(datos, "servicio")) if linea]
    for numero, linea in enumerate(lineas):
        tramo = encabezado.add_run(linea.upper())
        tramo.bold, tramo.font.size = numero == len(lineas) - 1, Pt(9)
        if numero < len(lineas) - 1:
            tramo.add_break()


def _cabeza(documento: Document, datos: Mapping[str, Any], filas: Sequence[Mapping[str, Any]]) -> None:
    """Materia, número, lugar y fecha, en la mitad derecha."""
    aviso = documento.add_paragraph()
    tramo = aviso.add_run("BORRADOR para revisión de Fiscalía. Complete lo indicado entre corchetes.")
    tramo.bold, tramo.font.color.rgb = True, COMPLETAR
    cuantos = "un documento" if len(filas) == 1 else f"{len(filas)} documentos"
    materia = _texto(datos, "materia", f"Aprueba {cuantos} del sistema de gestión de la calidad.")
    ciudad = _texto(datos, "ciudad", "[completar: ciudad]")
    for rotulo, resto in (
        ("MATERIA: ", materia),
        ("RESOLUCIÓN EXENTA N° ____________", ""),
        ("", f"{ciudad}, ___ de __________ de ____"),
    ):
        parrafo = documento.add_paragraph()
        parrafo.paragraph_format.left_indent = Cm(6.5)
        parrafo.add_run(rotulo).bold = True
        _con_huecos(parrafo, resto)


def _cuerpo(documento: Document, filas: Sequence[Mapping[str, Any]]) -> None:
    uno = len(filas) == 1
    numero = {
        "los_documentos": "el documento que se individualiza"
        if uno
        else "los documentos que se individualizan",
        "cumplieron": "cumplió" if uno else "cumplieron",
        "esperan": "espera" if uno else "esperan",
    }
    documento.add_heading("VISTOS", 1)
    _parrafo(documento, _VISTOS)
    documento.add_heading("CONSIDERANDO", 1)
    _numerados(documento, (texto.format_map(numero) for texto in _CONSIDERANDO))
    documento.add_heading("RESUELVO", 1)
    que = "APRUÉBASE el siguiente documento" if uno else "APRUÉBANSE los siguientes documentos"
    _numerados(documento, [f"{que} del sistema de gestión de la calidad:"])
    _tabla(documento, filas)
    _numerados(documento, _FINALES, desde=2)


def _parrafo(documento: Document, texto: str) -> Paragraph:
    parrafo = documento.add_paragraph()
    parrafo.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _con_huecos(parrafo, texto)
    return parrafo


def _numerados(documento: Document, textos: Iterable[str], desde: int = 1) -> None:
    """Números escritos, no automáticos: la tabla corta la lista y la fiscalía copia el texto a su sistema."""
    for numero, texto in enumerate(textos, start=desde):
        parrafo = _parrafo(documento, f"{numero}.\t{texto}")
        formato = parrafo.paragraph_format
        formato.left_indent, formato.first_line_indent = Cm(0.9), Cm(-0.9)
        formato.tab_stops.add_tab_stop(Cm(0.9))


def _con_huecos(parrafo: Paragraph, texto: str) -> None:
    """El texto, con cada «[completar…]» destacado para que nadie lo firme sin verlo."""
    resto = texto
    while resto:
        antes, hueco, despues = resto.partition(_HUECO)
        if antes:
            parrafo.add_run(antes)
        if not hueco:
            return
        dentro, cierre, resto = despues.partition("]")
        tramo = parrafo.add_run(hueco + dentro + cierre)
        tramo.bold, tramo.font.color.rgb = True, COMPLETAR


def _tabla(documento: Document, filas: Sequence[Mapping[str, Any]]) -> None:
    tabla = documento.add_table(rows=1 + len(filas), cols=len(COLUMNAS), style="Table Grid")
    tabla.autofit = False
    _descripcion(tabla)
    for numero, (rotulo, clave, ancho) in enumerate(COLUMNAS):
        celdas = tabla.columns[numero].cells
        tabla.columns[numero].width = ancho
        _celda(celdas[0], rotulo, ancho, es_titulo=True)
        for celda, fila in zip(celdas[1:], filas, strict=True):
            _celda(celda, una_linea(str(fila[clave])), ancho)
    for numero, fila_de_tabla in enumerate(tabla.rows):
        propiedades = fila_de_tabla._tr.get_or_add_trPr()
        propiedades.append(OxmlElement("w:cantSplit"))
        if numero == 0:
            propiedades.append(OxmlElement("w:tblHeader"))
    documento.add_paragraph().paragraph_format.space_after = Pt(0)


def _descripcion(tabla: Table) -> None:
    """El texto que lee un lector de pantalla."""
    titulo = OxmlElement("w:tblCaption")
    titulo.set(qn("w:val"), "Documentos que se aprueban: código, título, versión y código de verificación")
    tabla._tbl.tblPr.append(titulo)


def _celda(celda: _Cell, texto: str, ancho: Any, *, es_titulo: bool = False) -> None:
    celda.width = ancho
    parrafo = celda.paragraphs[0]
    parrafo.paragraph_format.space_after = Pt(2)
    tramo = parrafo.add_run(texto)
    tramo.font.size, tramo.bold = Pt(9.5), es_titulo
    if es_titulo:
        fondo = OxmlElement("w:shd")
        for atributo, valor in (("val", "clear"), ("color", "auto"), ("fill", "E7E6E6")):
            fondo.set(qn(f"w:{atributo}"), valor)
        celda._tc.get_or_add_tcPr().append(fondo)


def _firma(documento: Document, datos: Mapping[str, Any]) -> None:
    cierre = documento.add_paragraph()
    cierre.paragraph_format.space_before = Pt(10)
    cierre.add_run("ANÓTESE, COMUNÍQUESE Y ARCHÍVESE.").bold = True
    calidad = _texto(
        datos, "calidad", "[completar: calidad en que firma: titular, suplente, (S) o por orden de]"
    )
    lineas = (
        "_" * 38,
        "[completar: nombre]",
        _texto(datos, "cargo", "[completar: cargo]"),
        calidad,
        _texto(datos, "servicio"),
    )
    for numero, linea in enumerate(lineas):
        parrafo = documento.add_paragraph()
        formato = parrafo.paragraph_format
        parrafo.alignment, formato.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(0)
        formato.keep_with_next = numero < len(lineas) - 1
        formato.space_before = Pt(54 if numero == 0 else 0)
        _con_huecos(parrafo, linea)
    cierre.paragraph_format.keep_with_next = True
    distribucion = documento.add_paragraph()
    distribucion.paragraph_format.space_before = Pt(24)
    _con_huecos(
        distribucion, "Distribución: [completar: destinatarios]; control documental; Oficina de Partes."
    )


def _canonico(documento: Document) -> bytes:
    partes = partes_de(documento)
    aplicar(partes, MARCA_BORRADOR)
    return empaquetar(partes, comprimir=True)
