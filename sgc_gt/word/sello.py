"""El sello: lo que el sistema escribe en un documento, y nada más.

`sellar` es una función pura de sus argumentos y sellar dos veces da los mismos bytes. No cambia la huella:
solo toca zonas de control, encabezados, pies, la marca de agua y las propiedades.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from sgc_gt.word import encabezados, marca, propiedades
from sgc_gt.word.arreglos import renumerar
from sgc_gt.word.nombres import ZONAS_TABLA, escribir_xml, leer_xml, q
from sgc_gt.word.paquete import Partes, documento, empaquetar
from sgc_gt.word.plantilla import Filtros, Plantilla
from sgc_gt.word.puerta import abrir
from sgc_gt.word.rellenar import rellenar
from sgc_gt.word.texto import limpiar
from sgc_gt.word.valores import ValoresSello
from sgc_gt.word.zonas import partes_con_zonas, texto_celda, ubicar

_BASE_POR_PARTE = 100_000


def sellar(
    docx: bytes,
    valores: ValoresSello,
    *,
    plantilla: Plantilla | None = None,
    contexto: Mapping[str, object] | None = None,
    filtros: Filtros | None = None,
    comprimir: bool = False,
) -> bytes:
    """El documento sellado: zonas llenas y reparadas, encabezados de la plantilla, marca y propiedades.

    Sin `plantilla` (documentos importados) los encabezados y pies quedan como están, con sus zonas llenas.
    """
    partes = abrir(docx, "el documento")
    if plantilla is not None:
        encabezados.regenerar(partes, plantilla.generar_encabezados(contexto or {}, filtros or {}))
    _rellenar_partes(partes, valores, {} if plantilla is None else titulos_de_tablas(plantilla.partes))
    marca.aplicar(partes, valores.marca)
    textos = {clave: limpiar(texto) for clave, texto in valores.textos.items()}
    propiedades.poner_propias(partes, textos)
    propiedades.poner_nucleo(partes, {"dc:title": textos["titulo"]} if textos.get("titulo") else {})
    return empaquetar(partes, comprimir=comprimir)


def titulos_de_tablas(partes: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Las celdas de título de cada zona de tabla de una plantilla."""
    principal = documento(partes)
    resultado: dict[str, list[str]] = {}
    for lugar in ubicar(leer_xml(partes[principal], principal)):
        tabla = lugar.tabla() if lugar.zona in ZONAS_TABLA else None
        fila = None if tabla is None else next(tabla.iter(q("w:tr")), None)
        if fila is not None:
            resultado[lugar.zona] = [texto_celda(celda) for celda in fila.iter(q("w:tc"))]
    return resultado


def _rellenar_partes(partes: Partes, valores: ValoresSello, titulos: dict[str, list[str]]) -> None:
    cuenta = {"h": 0, "p": 0}
    for numero, parte in enumerate(partes_con_zonas(partes), start=1):
        raiz = leer_xml(partes[parte], parte)
        sufijo = ""
        if lado := {q("w:hdr"): "h", q("w:ftr"): "p"}.get(raiz.tag):
            cuenta[lado] += 1
            sufijo = f"{lado}{cuenta[lado]}"
        rellenar(raiz, valores, sufijo, titulos)
        etree.cleanup_namespaces(raiz, keep_ns_prefixes=[prefijo for prefijo in raiz.nsmap if prefijo])
        renumerar(raiz, numero * _BASE_POR_PARTE)
        partes[parte] = escribir_xml(raiz)


__all__ = ["ValoresSello", "sellar", "titulos_de_tablas"]
