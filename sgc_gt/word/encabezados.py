"""Regenerar encabezados y pies desde la plantilla: lo que alguien les hizo en Word no llega a lo emitido."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from sgc_gt.word.nombres import escribir_xml, leer_xml, q, valor
from sgc_gt.word.paquete import (
    Partes,
    Relacion,
    declarar_tipo,
    documento,
    escribir_relaciones,
    quitar_parte,
    relacionar,
    relaciones,
    tipo_de,
)

_CLASES = {"header": "headerReference", "footer": "footerReference"}
_ESTILOS_USADOS = ("w:pStyle", "w:rStyle", "w:tblStyle")


def regenerar(partes: Partes, origen: Mapping[str, bytes]) -> None:
    """Reemplaza encabezados y pies de `partes` por los de `origen` (la plantilla ya generada)."""
    principal, principal_origen = documento(partes), documento(origen)
    raiz = leer_xml(partes[principal], principal)
    modelo = leer_xml(origen[principal_origen], principal_origen)
    _quitar_todos(partes, principal, raiz)
    nombres = _copiar_partes(partes, principal, origen, principal_origen)
    _referir(raiz, modelo, nombres)
    partes[principal] = escribir_xml(raiz)


def _quitar_todos(partes: Partes, principal: str, raiz: etree._Element) -> None:
    for nodo in list(raiz.iter(q("w:headerReference"), q("w:footerReference"))):
        padre = nodo.getparent()
        if padre is not None:
            padre.remove(nodo)
    rels = relaciones(partes, principal)
    for rel in list(rels.values()):
        if rel.clase in _CLASES:
            del rels[rel.id]
            quitar_parte(partes, rel.destino)
    escribir_relaciones(partes, principal, rels)


def _copiar_partes(
    partes: Partes, principal: str, origen: Mapping[str, bytes], principal_origen: str
) -> dict[str, str]:
    """Copia los encabezados y pies del origen; devuelve su identificador viejo → nuevo."""
    nuevos: dict[str, str] = {}
    cuenta = dict.fromkeys(_CLASES, 0)
    rels = relaciones(origen, principal_origen).values()
    for rel in sorted((r for r in rels if r.clase in _CLASES), key=lambda r: r.destino):
        cuenta[rel.clase] += 1
        nombre = f"word/{rel.clase}{cuenta[rel.clase]}.xml"
        raiz = leer_xml(origen[rel.destino], rel.destino)
        _llevar_estilos(partes, principal, origen, principal_origen, raiz)
        partes[nombre] = escribir_xml(raiz)
        declarar_tipo(partes, parte=nombre, tipo=tipo_de(origen, rel.destino))
        _copiar_relaciones(partes, nombre, origen, rel.destino)
        nuevos[rel.id] = relacionar(partes, principal, rel.clase, nombre)
    return nuevos


def _copiar_relaciones(partes: Partes, nombre: str, origen: Mapping[str, bytes], parte: str) -> None:
    """Las imágenes y enlaces del encabezado; una imagen distinta con igual nombre recibe otro."""
    copiadas: dict[str, Relacion] = {}
    for rel in relaciones(origen, parte).values():
        if rel.externa or rel.destino not in origen:
            copiadas[rel.id] = rel
            continue
        contenido, destino = origen[rel.destino], rel.destino
        tronco, extension = posixpath.splitext(destino)
        numero = 0
        while destino in partes and partes[destino] != contenido:
            numero += 1
            destino = f"{tronco}_sgc{numero}{extension}"
        partes[destino] = contenido
        declarar_tipo(partes, extension=extension.lstrip("."), tipo=tipo_de(origen, rel.destino))
        copiadas[rel.id] = rel._replace(destino=destino)
    escribir_relaciones(partes, nombre, copiadas)


def _referir(raiz: etree._Element, modelo: etree._Element, nombres: Mapping[str, str]) -> None:
    """Pone las referencias sección por sección; si su número cambió, por orientación de la página."""
    secciones, modelos = list(raiz.iter(q("w:sectPr"))), list(modelo.iter(q("w:sectPr")))
    if not secciones:
        cuerpo = raiz.find(q("w:body"))
        secciones = [etree.SubElement(raiz if cuerpo is None else cuerpo, q("w:sectPr"))]
    pares = list(zip(secciones, modelos, strict=False))
    if len(secciones) != len(modelos):
        pares = _por_orientacion(secciones, modelos)
    for seccion, guia in pares:
        referencias = [
            deepcopy(nodo)
            for nodo in guia
            if nodo.tag in {q("w:headerReference"), q("w:footerReference")} and nodo.get(q("r:id")) in nombres
        ]
        for nodo in referencias:
            nodo.set(q("r:id"), nombres[nodo.get(q("r:id"), "")])
        seccion[0:0] = referencias
        _portada_distinta(seccion, guia)


def _por_orientacion(
    secciones: list[etree._Element], modelos: list[etree._Element]
) -> list[tuple[etree._Element, etree._Element]]:
    """A cada sección, la del modelo con su misma orientación (el encabezado tiene el ancho de la página)."""
    por_orientacion = {_orientacion(modelo): modelo for modelo in reversed(modelos)}
    return [(seccion, por_orientacion.get(_orientacion(seccion), modelos[0])) for seccion in secciones]


def _orientacion(seccion: etree._Element) -> str:
    return valor(seccion.find(q("w:pgSz")), "w:orient") or "portrait"


def _portada_distinta(seccion: etree._Element, guia: etree._Element) -> None:
    """`w:titlePg` como en la plantilla, en el lugar que el esquema exige."""
    actual, debida = seccion.find(q("w:titlePg")), guia.find(q("w:titlePg"))
    if actual is not None and debida is None:
        seccion.remove(actual)
    elif actual is None and debida is not None:
        posteriores = {
            q(f"w:{n}")
            for n in ("textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange")
        }
        lugar = next((n for n, hijo in enumerate(seccion) if hijo.tag in posteriores), len(seccion))
        seccion.insert(lugar, deepcopy(debida))


def _llevar_estilos(
    partes: Partes, principal: str, origen: Mapping[str, bytes], principal_origen: str, raiz: etree._Element
) -> None:
    """Los estilos que el encabezado usa: por identificador, si no por nombre, si no se agregan."""
    ruta, ruta_origen = _estilos(partes, principal), _estilos(origen, principal_origen)
    if not ruta or not ruta_origen:
        return
    hoja = leer_xml(partes[ruta], ruta)
    fuente = {
        e.get(q("w:styleId"), ""): e
        for e in leer_xml(origen[ruta_origen], ruta_origen).iterfind(q("w:style"))
    }
    presentes = {e.get(q("w:styleId"), "") for e in hoja.iterfind(q("w:style"))}
    por_nombre = {_nombre(e): e.get(q("w:styleId"), "") for e in hoja.iterfind(q("w:style"))}
    agregado = False
    for nodo in raiz.iter(*(q(n) for n in _ESTILOS_USADOS)):
        buscado = valor(nodo) or ""
        while buscado and buscado not in presentes and buscado in fuente:
            if (igual := por_nombre.get(_nombre(fuente[buscado]))) is not None:
                if valor(nodo) == buscado:
                    nodo.set(q("w:val"), igual)
                break
            hoja.append(deepcopy(fuente[buscado]))
            presentes.add(buscado)
            agregado = True
            buscado = valor(fuente[buscado].find(q("w:basedOn"))) or ""
    if agregado:
        partes[ruta] = escribir_xml(hoja)


def _nombre(estilo: etree._Element) -> str:
    return (valor(estilo.find(q("w:name"))) or "").casefold()


def _estilos(partes: Mapping[str, bytes], principal: str) -> str:
    for rel in relaciones(partes, principal).values():
        if rel.clase == "styles" and rel.destino in partes:
            return rel.destino
    return ""
