"""Un DOCX desde un texto simple: sus secciones, viñetas, pasos, notas y glosario como estructura de Word.

Qué es cada cosa lo decide `dominio.texto_piezas`; aquí solo se escribe. No se pierde ni se agrega una
palabra al cuerpo, salvo lo que era de la página, que se devuelve aparte.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.sax.saxutils import escape

from sgc_gt.dominio.texto_armado import DEFINICION, PARRAFO, PASO, PRELIMINAR, TITULO, VINETA
from sgc_gt.dominio.texto_paginas import Nota
from sgc_gt.dominio.texto_piezas import Pieza, leer_texto
from sgc_gt.word import desde_texto_partes as fijas
from sgc_gt.word.paquete import Partes, empaquetar
from sgc_gt.word.propiedades import poner_nucleo
from sgc_gt.word.texto import limpiar

_LEYENDA = re.compile(r"^(?:Figura|Tabla|Cuadro|Gráfico) +\d+\b")
_DE_NOTA = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
_LARGO_LEYENDA = 120
_NIVEL_MAXIMO = 6
_SIGUE_EN_LINEA = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
"""La marca con que Word une un título con el párrafo que lo sigue; otros programas los muestran aparte."""


class DesdeTexto(NamedTuple):
    """El documento y lo que del texto quedó fuera por ser de la página."""

    docx: bytes
    descartado: tuple[str, ...]


def docx_de_texto(texto: str, titulo: str = "") -> bytes:
    """El DOCX de un texto simple."""
    return convertir_texto(texto, titulo).docx


def convertir_texto(texto: str, titulo: str = "") -> DesdeTexto:
    """El DOCX de un texto simple y las líneas de encabezado y pie de página que no entraron en él."""
    leido = leer_texto(limpiar(texto))
    cuerpo = _parrafo("Title", _tramo(limpiar(titulo))) if titulo else ""
    cuerpo += "".join(map(_pieza, leido.piezas))
    listas = max((p.lista for p in leido.piezas), default=0)
    textos = fijas.paquete() | {
        "word/document.xml": _raiz("document", f"<w:body>{cuerpo}{fijas.PAGINA}</w:body>"),
        "word/styles.xml": _raiz("styles", fijas.ESTILOS),
        "word/numbering.xml": _raiz("numbering", fijas.numeracion(listas)),
        "word/footnotes.xml": _raiz("footnotes", fijas.SEPARADORES + "".join(map(_nota, leido.notas))),
        "word/settings.xml": _raiz("settings", fijas.AJUSTES),
        "word/footer1.xml": _raiz("ftr", fijas.PIE),
    }
    partes: Partes = {nombre: (fijas.CABECERA + xml).encode() for nombre, xml in textos.items()}
    poner_nucleo(partes, {"dc:title": limpiar(titulo)} if titulo else {})
    return DesdeTexto(empaquetar(partes), leido.descartado)


def _raiz(nombre: str, contenido: str) -> str:
    return f"<w:{nombre} {fijas.DECLARA}>{contenido}</w:{nombre}>"


def _pieza(p: Pieza) -> str:
    if p.clase == TITULO:
        numero = f"{_tramo(p.numero)}<w:r><w:tab/></w:r>" if p.numero else ""
        nivel = min(p.nivel, _NIVEL_MAXIMO)
        return _parrafo(f"Heading{nivel}", numero + _texto(p), _SIGUE_EN_LINEA if p.seguido else "")
    if p.clase == PRELIMINAR:
        return _parrafo(f"Preliminar{p.nivel}", _texto(p))
    if p.clase in {VINETA, PASO}:
        lista = fijas.VINETAS if p.clase == VINETA else fijas.PRIMERA_LISTA + max(p.lista - 1, 0)
        numero = f'<w:numPr><w:ilvl w:val="{p.nivel - 1}"/><w:numId w:val="{lista}"/></w:numPr>'
        return _parrafo("ListBullet" if p.clase == VINETA else "ListNumber", _texto(p), numero)
    if p.clase == DEFINICION:
        return _parrafo("Definicion", _texto(p, negrita=p.texto.index(":")))
    leyenda = p.clase == PARRAFO and len(p.texto) <= _LARGO_LEYENDA and _LEYENDA.match(p.texto)
    return _parrafo("Caption" if leyenda else "Normal", _texto(p))


def _parrafo(estilo: str, contenido: str, formato: str = "") -> str:
    propio = "" if estilo == "Normal" else f'<w:pStyle w:val="{estilo}"/>'
    ppr = f"<w:pPr>{propio}{formato}</w:pPr>" if propio or formato else ""
    return f"<w:p>{ppr}{contenido}</w:p>"


def _texto(p: Pieza, negrita: int = 0) -> str:
    """El texto de una pieza, con sus llamadas a nota en su lugar y sus primeras letras en negrita."""
    cortes = sorted({0, negrita, len(p.texto), *(posicion for posicion, _ in p.notas)})
    llamadas = dict(p.notas)
    tramos = []
    for desde, hasta in zip(cortes, [*cortes[1:], len(p.texto)], strict=True):
        if desde in llamadas:
            tramos.append(_llamada(llamadas[desde]))
        tramos.append(_tramo(p.texto[desde:hasta], negrita=hasta <= negrita))
    return "".join(tramos)


def _tramo(texto: str, *, negrita: bool = False) -> str:
    if not texto:
        return ""
    formato = "<w:rPr><w:b/></w:rPr>" if negrita else ""
    return f'<w:r>{formato}<w:t xml:space="preserve">{escape(texto)}</w:t></w:r>'


def _llamada(numero: int) -> str:
    return f'<w:r>{_DE_NOTA}<w:footnoteReference w:id="{numero}"/></w:r>'


def _nota(nota: Nota) -> str:
    texto = f"<w:r>{_DE_NOTA}<w:footnoteRef/></w:r>" + _tramo(f" {nota.texto}")
    return f'<w:footnote w:id="{nota.numero}">{_parrafo("FootnoteText", texto)}</w:footnote>'
