"""Las etiquetas de una plantilla: juntarlas, revisarlas y dejarlas como texto para Jinja.

El dialecto es el de docxtpl ({%p %}, {%tr %}, {%tc %}, {%r %}, cellbg, colspan, hm, vm) y lo traduce su
propio código. Antes, sobre el árbol XML, se hace lo que sus expresiones regulares hacen mal: juntar una
etiqueta partida en tramos sin borrar lo que hay entremedio, y rechazar la que cruza un control.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docxtpl import DocxTemplate
from jinja2 import nodes
from lxml import etree

from sgc_gt.errores import Problema
from sgc_gt.word.nombres import NS, q

_ABRE_CIERRA = {"{{": "}}", "{%": "%}", "{#": "#}"}
_DELIMITADOR = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_REVISIONES = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "cellIns", "cellDel")
_ELEMENTO = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)([^<>]*?)(/?)>", re.S)
_DESECHABLES = ("w14:paraId", "w14:textId", "w:rsidR", "w:rsidRDefault", "w:rsidP", "w:rsidRPr", "w:rsidTr")
_QUE_SOBRAN = ("w:proofErr", "w:lastRenderedPageBreak")
_BLOQUES = (nodes.Template, nodes.For, nodes.If, nodes.Macro, nodes.CallBlock, nodes.FilterBlock)


def preparar(raiz: etree._Element, parte: str) -> tuple[str, list[Problema]]:
    """El texto de plantilla de una parte (vacío si no tiene etiquetas) y sus problemas."""
    problemas = [*_revisiones(raiz, parte)]
    _aligerar(raiz)
    con_etiquetas = any(
        "{{" in valor or "{%" in valor for nodo in raiz.iter(etree.Element) for valor in nodo.attrib.values()
    )
    for parrafo in raiz.iter(q("w:p")):
        hay, propios = _juntar(parrafo, parte)
        con_etiquetas = con_etiquetas or hay
        problemas += propios
    if problemas or not con_etiquetas:
        return "", problemas
    xml = DocxTemplate.patch_xml(None, etree.tostring(raiz, encoding="unicode"))
    # Un salto antes de cada párrafo: la línea en que algo falla dice qué párrafo es.
    return re.sub(r"\s*<w:p([ >])", r"\n<w:p\1", xml), []


def _revisiones(raiz: etree._Element, parte: str) -> Iterator[Problema]:
    if next(raiz.iter(*(q(f"w:{nombre}") for nombre in _REVISIONES)), None) is not None:
        yield Problema(
            "la plantilla tiene cambios marcados sin aceptar",
            parte,
            hacer="En Word: Revisar › Aceptar todos los cambios y desactivar el control de cambios.",
        )


def _aligerar(raiz: etree._Element) -> None:
    """Fuera lo que Word escribe para sí y que, repetido por un bucle, dejaría identificadores duplicados."""
    etree.strip_attributes(raiz, *(q(nombre) for nombre in _DESECHABLES))
    for nodo in list(raiz.iter(*(q(nombre) for nombre in _QUE_SOBRAN))):
        padre = nodo.getparent()
        if padre is not None:
            padre.remove(nodo)


def _juntar(parrafo: etree._Element, parte: str) -> tuple[bool, list[Problema]]:
    """Deja cada etiqueta entera en un solo tramo. Devuelve si el párrafo tiene etiquetas y sus problemas."""
    textos = [t for t in parrafo.iter(q("w:t")) if _parrafo_de(t) is parrafo]
    completo = "".join(t.text or "" for t in textos)
    if "{" not in completo and "}" not in completo:
        return False, []
    lugar = f"{parte}, párrafo «{completo.strip()[:80]}»"
    etiquetas, problemas = _hallar(completo, lugar)
    for desde, hasta in reversed(etiquetas):
        abarcados = _abarcados(textos, desde, hasta)
        if len(abarcados) < 2:
            continue
        if len({id(_contenedor(t)) for t, _, _ in abarcados}) > 1:
            problemas.append(
                Problema(
                    f"la etiqueta «{completo[desde:hasta]}» está partida por el borde de un control o enlace",
                    lugar,
                    hacer="Escriba la etiqueta completa de un lado o del otro.",
                )
            )
            continue
        for n, (texto, inicio, fin) in enumerate(abarcados):
            viejo = texto.text or ""
            texto.text = viejo[:inicio] + (completo[desde:hasta] if n == 0 else "") + viejo[fin:]
    for texto in textos:
        if (texto.text or "") != (texto.text or "").strip():
            texto.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return bool(etiquetas), problemas


def _parrafo_de(texto: etree._Element) -> etree._Element | None:
    return next(texto.iterancestors(q("w:p")), None)


def _contenedor(texto: etree._Element) -> etree._Element | None:
    """Lo que contiene al tramo de un texto: el párrafo, un enlace o un control."""
    tramo = texto.getparent()
    return None if tramo is None else tramo.getparent()


def _hallar(completo: str, lugar: str) -> tuple[list[tuple[int, int]], list[Problema]]:
    etiquetas: list[tuple[int, int]] = []
    problemas: list[Problema] = []
    abierta: re.Match[str] | None = None
    for hallado in _DELIMITADOR.finditer(completo):
        if abierta is None and hallado[0] in _ABRE_CIERRA:
            abierta = hallado
        elif abierta is None:
            sobra = completo[max(0, hallado.start() - 30) : hallado.end()]
            problemas.append(Problema(f"sobra un cierre de etiqueta en «{sobra}»", lugar))
        elif hallado[0] == _ABRE_CIERRA[abierta[0]]:
            etiquetas.append((abierta.start(), hallado.end()))
            abierta = None
        elif hallado[0] in _ABRE_CIERRA:
            problemas.append(_sin_cerrar(completo[abierta.start() : hallado.start()], lugar))
            abierta = hallado
    if abierta is not None:
        problemas.append(_sin_cerrar(completo[abierta.start() :], lugar))
    return etiquetas, problemas


def _sin_cerrar(etiqueta: str, lugar: str) -> Problema:
    return Problema(
        f"la etiqueta «{etiqueta[:60].strip()}» no se cierra en el mismo párrafo",
        lugar,
        esperado="{{ dato }} o {% instrucción %}",
    )


def _abarcados(textos: list[etree._Element], desde: int, hasta: int) -> list[tuple[etree._Element, int, int]]:
    """Los `w:t` que toca una etiqueta, con el pedazo de cada uno."""
    resultado, posicion = [], 0
    for texto in textos:
        largo = len(texto.text or "")
        inicio, fin = max(desde - posicion, 0), min(hasta - posicion, largo)
        if inicio < fin:
            resultado.append((texto, inicio, fin))
        posicion += largo
    return resultado


# ---- balance: que ningún bloque parta un elemento ---------------------------------------------------------


def desbalances(todos: Sequence[nodes.Node], parte: str, fuente: str) -> list[Problema]:
    """Bloques ({% if %}, {% for %}…) que abren en un elemento y cierran en otro.

    Es el error que hace que docxtpl borre en silencio el resto del documento.
    """
    problemas: list[Problema] = []
    for bloque in (nodo for nodo in todos if isinstance(nodo, _BLOQUES)):
        for ramo in (getattr(bloque, "body", []), getattr(bloque, "else_", [])):
            cierres, aperturas = _saldo("".join(_texto_xml(ramo)))
            if cierres != aperturas[::-1] or (isinstance(bloque, nodes.Template) and cierres):
                problemas.append(
                    Problema(
                        f"un bloque {_rotulo(bloque)} empieza en un elemento y termina en otro "
                        f"({', '.join(dict.fromkeys([*cierres, *aperturas]))})",
                        f"{parte}, {parrafo_en(fuente, bloque.lineno or 1)}",
                        hacer="Deje la apertura y el cierre los dos fuera o los dos dentro del control, "
                        "la celda o el párrafo.",
                    )
                )
    return problemas


def _rotulo(bloque: nodes.Node) -> str:
    nombres = {nodes.For: "{% for %}", nodes.If: "{% if %}", nodes.Macro: "{% macro %}"}
    return next((texto for clase, texto in nombres.items() if isinstance(bloque, clase)), "de la plantilla")


def _texto_xml(ramo: list[nodes.Node]) -> Iterator[str]:
    """El XML de un ramo; los bloques anidados no cuentan porque se revisan aparte y suman cero."""
    for nodo in ramo:
        if isinstance(nodo, nodes.Output):
            yield from (hijo.data for hijo in nodo.nodes if isinstance(hijo, nodes.TemplateData))


def _saldo(xml: str) -> tuple[list[str], list[str]]:
    """(elementos que cierra sin haber abierto, elementos que deja abiertos)."""
    cierres: list[str] = []
    aperturas: list[str] = []
    for cierra, nombre, _, vacio in _ELEMENTO.findall(xml):
        if cierra and aperturas and aperturas[-1] == nombre:
            aperturas.pop()
        elif cierra:
            cierres.append(nombre)
        elif not vacio:
            aperturas.append(nombre)
    return cierres, aperturas


def parrafo_en(fuente: str, linea: int) -> str:
    """El párrafo de la plantilla que está en una línea del texto preparado."""
    lineas = fuente.split("\n")
    for numero in (linea - 1, linea - 2, linea):
        if 0 <= numero < len(lineas) and (texto := re.sub(r"<[^>]+>", "", lineas[numero]).strip()):
            return f"párrafo «{texto[:80]}»"
    return "al comienzo"


def tiene_columnas(xml: str) -> bool:
    """Si la plantilla repite o une columnas, y hay que rehacer la rejilla de sus tablas."""
    return (
        'gridSpan w:val="{{' in xml
        or "loop.length" in xml
        or re.search(r"\{%-?\s*for[^%]*%\}\s*<w:tc[ >]", xml) is not None
    )


__all__ = ["NS", "desbalances", "parrafo_en", "preparar", "tiene_columnas"]
