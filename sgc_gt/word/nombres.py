"""Los nombres del formato DOCX: espacios de nombres, tipos de relación y lectura segura de XML."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import cast

from lxml import etree

from sgc_gt.errores import EntradaInvalida

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFICINA = R
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TIPOS = "http://schemas.openxmlformats.org/package/2006/content-types"
XML = "http://www.w3.org/XML/1998/namespace"
NS = {
    "w": W,
    "r": R,
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "op": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "rel": REL,
    "ct": TIPOS,
}
PREFIJO_ZONA = "sgc:"
PREFIJO_MARCADOR = "_sgc_"
ZONAS_TEXTO = {
    "codigo": "Código",
    "titulo": "Título",
    "version": "Versión",
    "fecha": "Fecha",
    "estado": "Estado",
    "vigencia": "Vigencia",
    "motivo": "Motivo de la versión",
    "verificacion": "Código de verificación",
    "ancla": "Ancla",
    "servicio": "Servicio",
}
ZONAS_TABLA = {"firmas": "Bloque de firmas", "cambios": "Control de cambios"}
ZONAS = ZONAS_TEXTO | ZONAS_TABLA
"""Las zonas de control que existen y su título en Word. Un nombre fuera de esta lista no es una zona."""
TIPO_DOCUMENTO = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@cache
def q(nombre: str) -> str:
    """`w:p` → `{http://…main}p`."""
    prefijo, _, local = nombre.partition(":")
    return f"{{{NS[prefijo]}}}{local}"


def analizador() -> etree.XMLParser:
    """Un lector de XML estricto que no resuelve entidades, no sale a la red y limita profundidad y texto."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )


def buscador(expresion: str) -> Callable[[etree._Element], list[etree._Element]]:
    """Una búsqueda XPath compilada que solo devuelve elementos."""
    return cast("Callable[[etree._Element], list[etree._Element]]", etree.XPath(expresion, namespaces=NS))


def leer_xml(contenido: bytes, parte: str) -> etree._Element:
    """El árbol de una parte del paquete; un XML roto es un rechazo que nombra la parte."""
    try:
        return etree.fromstring(contenido, analizador())
    except etree.XMLSyntaxError as error:
        raise EntradaInvalida(
            f"la parte «{parte}» del documento está dañada y no se puede leer ({error.msg})",
            hacer="Abra el archivo en Word, guárdelo de nuevo como .docx y reintente.",
        ) from error


def escribir_xml(raiz: etree._Element) -> bytes:
    """Los bytes de un árbol, siempre con la misma cabecera."""
    return etree.tostring(raiz, xml_declaration=True, encoding="UTF-8", standalone=True)


def valor(elemento: etree._Element | None, atributo: str = "w:val") -> str | None:
    """El atributo `w:val` (u otro) de un elemento que puede no estar."""
    if elemento is None:
        return None
    leido = elemento.get(q(atributo))
    return None if leido is None else str(leido)


def zona_de_marcador(nombre: str) -> str | None:
    """`_sgc_codigo_h1` → `codigo`; None si el marcador no es de una zona."""
    if not nombre.startswith(PREFIJO_MARCADOR):
        return None
    zona = nombre.removeprefix(PREFIJO_MARCADOR).partition("_")[0]
    return zona if zona in ZONAS else None


def zona_de_control(sdt: etree._Element) -> str | None:
    """La zona que dice la etiqueta (`w:tag`) de un control de contenido, o None."""
    etiqueta = valor(sdt.find("w:sdtPr/w:tag", NS)) or ""
    zona = etiqueta.removeprefix(PREFIJO_ZONA)
    return zona if etiqueta.startswith(PREFIJO_ZONA) and zona in ZONAS else None


def activo(elemento: etree._Element | None) -> bool | None:
    """Una propiedad de encendido (`w:strike`, `w:vanish`): None si no está, su valor si está."""
    if elemento is None:
        return None
    return valor(elemento) not in {"0", "false", "off", "none"}
