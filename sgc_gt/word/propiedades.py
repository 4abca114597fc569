"""Las propiedades del documento: título e idioma en `core.xml`, la verdad de las zonas en `custom.xml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lxml import etree

from sgc_gt.word.nombres import NS, PREFIJO_ZONA, REL, escribir_xml, leer_xml, q
from sgc_gt.word.paquete import (
    Partes,
    Relacion,
    declarar_tipo,
    empaquetar,
    escribir_relaciones,
    relaciones,
)
from sgc_gt.word.puerta import abrir

IDIOMA = "es-CL"
NUCLEO = "docProps/core.xml"
PROPIAS = "docProps/custom.xml"
_TIPO_NUCLEO = "application/vnd.openxmlformats-package.core-properties+xml"
_TIPO_PROPIAS = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_DE_RELOJ = ("dcterms:created", "dcterms:modified", "cp:lastModifiedBy", "cp:revision", "cp:lastPrinted")
# El orden no importa al formato; uno fijo hace fijos los bytes.
_RELACION_NUCLEO = f"{REL}/metadata/core-properties"
_RELACION_PROPIAS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"


def poner_nucleo(partes: Partes, valores: Mapping[str, str]) -> None:
    """Escribe propiedades (`dc:title`, `dc:creator`…) e idioma; saca las que dependen del reloj."""
    nombre = _parte(partes, "core-properties", NUCLEO)
    if nombre in partes:
        raiz = leer_xml(partes[nombre], nombre)
    else:
        raiz = etree.Element(q("cp:coreProperties"), nsmap={p: NS[p] for p in ("cp", "dc", "dcterms")})
        _enlazar(partes, nombre, _RELACION_NUCLEO, _TIPO_NUCLEO)
    for etiqueta in _DE_RELOJ:
        for nodo in raiz.findall(etiqueta, NS):
            raiz.remove(nodo)
    for etiqueta, texto in {"dc:language": IDIOMA, **valores}.items():
        hallado = raiz.find(etiqueta, NS)
        (etree.SubElement(raiz, q(etiqueta)) if hallado is None else hallado).text = texto
    partes[nombre] = escribir_xml(raiz)


def leer_propias(partes: Mapping[str, bytes]) -> dict[str, str]:
    """Las propiedades personalizadas del sistema (`sgc:codigo` → `codigo`)."""
    nombre = _parte(partes, "custom-properties", PROPIAS)
    if nombre not in partes:
        return {}
    return {
        nodo.get("name", "").removeprefix(PREFIJO_ZONA): "".join(str(t) for t in nodo.itertext())
        for nodo in leer_xml(partes[nombre], nombre).iterfind("op:property", NS)
        if nodo.get("name", "").startswith(PREFIJO_ZONA)
    }


def guardado_por(partes: Mapping[str, bytes]) -> str:
    """Quién guardó por última vez, según el procesador de textos (`cp:lastModifiedBy`); vacío si no lo dice.

    Es lo que el programa de esa persona escribió: una observación, no una prueba.
    """
    nombre = _parte(partes, "core-properties", NUCLEO)
    if nombre not in partes:
        return ""
    nodo = leer_xml(partes[nombre], nombre).find("cp:lastModifiedBy", NS)
    return "" if nodo is None else (nodo.text or "").strip()


def con_titulo(docx: bytes, titulo: str) -> bytes:
    """El mismo documento con ese título e idioma en sus propiedades: son los que su PDF mostrará."""
    partes = abrir(docx, "el documento")
    poner_nucleo(partes, {"dc:title": titulo} if titulo else {})
    return empaquetar(partes)


def con_propias(partes: Mapping[str, bytes], valores: Mapping[str, str]) -> bytes:
    """El mismo documento con esas propiedades del sistema cambiadas, y lo demás igual; un vacío la saca."""
    copia = dict(partes)
    poner_propias(copia, {clave: v for clave, v in {**leer_propias(copia), **valores}.items() if v})
    return empaquetar(copia, comprimir=True)


def poner_propias(partes: Partes, valores: Mapping[str, str]) -> None:
    """Reemplaza las propiedades `sgc:` y conserva las ajenas, con números correlativos."""
    nombre = _parte(partes, "custom-properties", PROPIAS)
    if nombre in partes:
        raiz = leer_xml(partes[nombre], nombre)
    else:
        raiz = etree.Element(
            q("op:Properties"), nsmap=cast("dict[str, str]", {None: NS["op"], "vt": NS["vt"]})
        )
        _enlazar(partes, nombre, _RELACION_PROPIAS, _TIPO_PROPIAS)
    for nodo in raiz.findall("op:property", NS):
        if nodo.get("name", "").startswith(PREFIJO_ZONA):
            raiz.remove(nodo)
    for clave in sorted(valores):
        nodo = etree.SubElement(raiz, q("op:property"), fmtid=_FMTID, name=f"{PREFIJO_ZONA}{clave}")
        etree.SubElement(nodo, q("vt:lpwstr")).text = valores[clave]
    for numero, nodo in enumerate(raiz.iterfind("op:property", NS), start=2):
        nodo.set("pid", str(numero))
    partes[nombre] = escribir_xml(raiz)


def _parte(partes: Mapping[str, bytes], clase: str, omision: str) -> str:
    for rel in relaciones(partes, "").values():
        if rel.clase == clase and rel.destino in partes:
            return rel.destino
    return omision


def _enlazar(partes: Partes, nombre: str, tipo_relacion: str, tipo: str) -> None:
    actuales = relaciones(partes, "")
    numero = next(n for n in range(1, len(actuales) + 2) if f"rSgc{n}" not in actuales)
    actuales[f"rSgc{numero}"] = Relacion(f"rSgc{numero}", tipo_relacion, nombre, False)
    escribir_relaciones(partes, "", actuales)
    declarar_tipo(partes, parte=nombre, tipo=tipo)
