"""Los hechos de un DOCX que las reglas miran y la forma normal no trae; y la lectura de ambos de una vez."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from sgc_gt.dominio.forma import FormaNormal
from sgc_gt.dominio.hechos import Hechos, Inseguro, Lectura, Sitio
from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.dibujos import alternativa
from sgc_gt.word.estilos import Estilos, Numeral
from sgc_gt.word.extraer import REVISIONES, forma_normal
from sgc_gt.word.nombres import NS, ZONAS_TABLA, leer_xml, q, valor, zona_de_control
from sgc_gt.word.paquete import documento, relaciones
from sgc_gt.word.propiedades import NUCLEO, leer_propias
from sgc_gt.word.puerta import abrir
from sgc_gt.word.tablas import hijos, zona_adentro

_DECORATIVA = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_ROTULO = re.compile(r"(tabla|figura)\b", re.I)
_SECUENCIA = re.compile(r"\s*SEQ\s+(tabla|figura)\b", re.I)
_PORTADA = re.compile(r"c[oó]digo|versi[oó]n|revisi[oó]n|fecha|p[aá]gina|elabor|revis|aprob", re.I)
_COLUMNAS_DE_DATOS = 3
"""Con menos columnas una tabla suele ser una ficha «dato: valor», cuyo encabezado es la primera columna."""


def leer(docx: bytes, nombre: str) -> Lectura:
    """La forma normal y los hechos del archivo. Si la puerta no lo deja pasar, solo dice por qué."""
    try:
        partes = abrir(docx, nombre)
        estilos = Estilos(partes, documento(partes))
        return Lectura(forma_normal(docx, nombre), _hechos(partes, estilos))
    except EntradaInvalida as rechazo:
        causas = [Inseguro(p.mensaje, p.lugar, p.hacer or rechazo.hacer) for p in rechazo.problemas]
        propia = Inseguro(rechazo.mensaje, rechazo.lugar, rechazo.hacer)
        return Lectura(FormaNormal(), Hechos(inseguro=tuple(causas) or (propia,)))


def _hechos(partes: Mapping[str, bytes], estilos: Estilos) -> Hechos:
    principal = documento(partes)
    raiz = leer_xml(partes[principal], principal)
    dibujos = [n for n in raiz.iter(q("wp:docPr"), q("v:imagedata")) if _sin_descripcion(n)]
    tablas = [t for t in raiz.iter(q("w:tbl")) if _sin_encabezado(t)]
    sitios = _sitios(raiz, estilos, {*dibujos, *tablas}) if dibujos or tablas else {}
    return Hechos(
        idioma=_idioma(partes, principal, raiz),
        imagenes_sin_texto=tuple(sitios[n] for n in dibujos),
        tablas_sin_encabezado=tuple(Sitio(sitios[t].titulo, _primera_celda(t)) for t in tablas),
        revisiones=sum(1 for _ in raiz.iter(*REVISIONES)),
        comentarios=_comentarios(partes, principal),
        rotulos=_rotulos(raiz, estilos),
        encabezado=_encabezado(partes, principal),
        propiedades=leer_propias(partes),
        titulo=_nucleo(partes, "dc:title"),
    )


def _sitios(
    raiz: etree._Element, estilos: Estilos, buscados: set[etree._Element]
) -> dict[etree._Element, Sitio]:
    """De cada nodo, el título y el texto que lo preceden en el documento."""
    titulos = set(estilos.titulos(raiz))
    sitios: dict[etree._Element, Sitio] = {}
    titulo = ultimo = ""
    for nodo in raiz.iter(q("w:p"), q("w:tbl"), q("wp:docPr"), q("v:imagedata")):
        if nodo in buscados:
            sitios[nodo] = Sitio(titulo, ultimo)
        elif nodo.tag == q("w:p"):
            ultimo = _texto(nodo) or ultimo
            titulo = ultimo if nodo in titulos else titulo
    return sitios


def _texto(nodo: etree._Element) -> str:
    return "".join(t.text or "" for t in nodo.iter(q("w:t"))).strip()


def _rotulos(raiz: etree._Element, estilos: Estilos) -> dict[str, int]:
    """Cuántos títulos de tabla y de figura numera el propio Word: por un campo o por una lista."""
    cuenta: Counter[str] = Counter()
    instrucciones = [i.text or "" for i in raiz.iter(q("w:instrText"))]
    instrucciones += [s.get(q("w:instr"), "") for s in raiz.iter(q("w:fldSimple"))]
    for instruccion in instrucciones:
        if hallado := _SECUENCIA.match(instruccion):
            cuenta[hallado[1].lower()] += 1
    if listas := _de_rotulos(estilos):
        for ppr in raiz.iter(q("w:pPr")):
            numeral = estilos.numeral(ppr)
            if numeral is not None and numeral in listas:
                cuenta[listas[numeral]] += 1
    return dict(cuenta)


def _de_rotulos(estilos: Estilos) -> dict[Numeral, str]:
    """Las listas y niveles cuyo número dice «Tabla 1» o «Figura 1»."""
    return {
        Numeral(lista, int(lvl.get(q("w:ilvl"), "0"))): hallado[1].lower()
        for lista, abstracta in estilos.listas.items()
        for lvl in abstracta.iterfind(q("w:lvl"))
        if (hallado := _ROTULO.match(valor(lvl.find(q("w:lvlText"))) or ""))
    }


def _sin_encabezado(tabla: etree._Element) -> bool:
    """Si es una tabla de datos, no una ficha ni una zona, y ninguna fila se repite como título."""
    filas = list(hijos(tabla, "w:tr"))
    if len(filas) < 2 or min(sum(1 for _ in hijos(f, "w:tc")) for f in filas[:2]) < _COLUMNAS_DE_DATOS:
        return False
    if any(f.find("w:trPr/w:tblHeader", NS) is not None for f in filas) or _dentro_de_tabla(tabla):
        return False
    return not _es_ficha(tabla) and not _de_zona(tabla)


def _dentro_de_tabla(tabla: etree._Element) -> bool:
    return next(tabla.iterancestors(q("w:tbl")), None) is not None


def _es_ficha(tabla: etree._Element) -> bool:
    """Las de portada («Código: … Versión: …») y las que declaran no tener fila de título."""
    aspecto = tabla.find("w:tblPr/w:tblLook", NS)
    declarada = aspecto is not None and valor(aspecto, "w:firstRow") in {"0", "false"}
    return declarada or (_PORTADA.match(_primera_celda(tabla)) is not None and _con_zonas(tabla))


def _con_zonas(tabla: etree._Element) -> bool:
    """Si guarda zonas del sistema, o es tan corta como un cuadro de identificación o de firmas."""
    return any(zona_de_control(s) for s in tabla.iter(q("w:sdt"))) or len(list(hijos(tabla, "w:tr"))) <= 4


def _de_zona(tabla: etree._Element) -> bool:
    if zona_adentro(tabla) is not None:
        return True
    return any(zona_de_control(sdt) in ZONAS_TABLA for sdt in tabla.iterancestors(q("w:sdt")))


def _primera_celda(tabla: etree._Element) -> str:
    return next((texto for celda in tabla.iter(q("w:tc")) if (texto := _texto(celda))), "")


def _sin_descripcion(nodo: etree._Element) -> bool:
    """Si es una imagen (no un cuadro de texto) sin texto alternativo y no marcada como decorativa."""
    if nodo.tag == q("v:imagedata"):
        figura = nodo.getparent()
        dentro = next(nodo.iterancestors(q("mc:Fallback")), None) is not None
        return not dentro and figura is not None and not (figura.get("alt") or "").strip()
    dibujo = nodo.getparent()
    imagen = dibujo is not None and next(dibujo.iter(q("a:blip")), None) is not None
    descrita = (nodo.get("descr") or nodo.get("title") or "").strip()
    decorativa = any(n.get("val") in {"1", "true"} for n in nodo.iter(_DECORATIVA))
    return imagen and not descrita and not decorativa


def _idioma(partes: Mapping[str, bytes], principal: str, raiz: etree._Element) -> str:
    for rel in relaciones(partes, principal).values():
        if rel.clase == "styles" and rel.destino in partes:
            estilos = leer_xml(partes[rel.destino], rel.destino)
            omision = estilos.find("w:docDefaults/w:rPrDefault/w:rPr/w:lang", NS)
            if escrito := valor(omision):
                return escrito
    tramo = next(raiz.iter(q("w:lang")), None)
    return valor(tramo) or _nucleo(partes, "dc:language")


def _nucleo(partes: Mapping[str, bytes], etiqueta: str) -> str:
    if NUCLEO not in partes:
        return ""
    nodo = leer_xml(partes[NUCLEO], NUCLEO).find(etiqueta, NS)
    return "" if nodo is None else (nodo.text or "").strip()


def _comentarios(partes: Mapping[str, bytes], principal: str) -> int:
    return sum(
        sum(1 for _ in leer_xml(partes[rel.destino], rel.destino).iter(q("w:comment")))
        for rel in relaciones(partes, principal).values()
        if rel.clase == "comments" and rel.destino in partes
    )


def _encabezado(partes: Mapping[str, bytes], principal: str) -> str:
    """El texto de encabezados y pies, una celda o párrafo por línea."""
    lineas: list[str] = []
    for rel in relaciones(partes, principal).values():
        if rel.clase in {"header", "footer"} and rel.destino in partes:
            lineas += _lineas(leer_xml(partes[rel.destino], rel.destino))
    return "\n".join(dict.fromkeys(lineas))


def _lineas(nodo: etree._Element) -> Iterator[str]:
    for hijo in nodo:
        if not isinstance(hijo.tag, str):
            continue
        if hijo.tag == q("w:tr"):
            yield " ".join(t for c in hijos(hijo, "w:tc") if (t := _texto(c)))
        elif hijo.tag == q("w:p"):
            if texto := _texto(hijo):
                yield texto
        else:
            yield from _lineas(alternativa(hijo))
