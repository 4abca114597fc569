"""El paquete DOCX: sus partes, sus relaciones y su escritura canónica.

Los bytes que escribe `empaquetar` dependen solo de las partes: `[Content_Types].xml` primero, el resto por
nombre, fecha fija, atributos fijos. Sin comprimir por defecto: no dependen de la versión de zlib y
la historia los guarda como diferencias mucho más chicas (docs/decisiones/0005).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import NamedTuple, cast

from lxml import etree

from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.nombres import OFICINA, REL, TIPO_DOCUMENTO, TIPOS, escribir_xml, leer_xml

TIPOS_DE_CONTENIDO = "[Content_Types].xml"
FECHA_FIJA = (1980, 1, 1, 0, 0, 0)
NIVEL_COMPRESION = 6
SISTEMA_UNIX = 3
PERMISOS = 0o100644 << 16

Partes = dict[str, bytes]


class Relacion(NamedTuple):
    """Un enlace entre partes: su identificador, tipo, destino y si apunta fuera del paquete."""

    id: str
    tipo: str
    destino: str
    externa: bool

    @property
    def clase(self) -> str:
        """La última palabra del tipo: `image`, `hyperlink`, `header`…"""
        return self.tipo.rstrip("/").rsplit("/", 1)[-1]


def empaquetar(partes: Mapping[str, bytes], *, comprimir: bool = False) -> bytes:
    """Los bytes canónicos del paquete. `comprimir` es para las copias que se entregan a personas."""
    salida = io.BytesIO()
    metodo = zipfile.ZIP_DEFLATED if comprimir else zipfile.ZIP_STORED
    with zipfile.ZipFile(salida, "w", metodo, compresslevel=NIVEL_COMPRESION) as archivo:
        for nombre in sorted(partes, key=lambda n: (n != TIPOS_DE_CONTENIDO, n)):
            entrada = zipfile.ZipInfo(nombre, FECHA_FIJA)
            entrada.create_system = SISTEMA_UNIX
            entrada.external_attr = PERMISOS
            entrada.compress_type = metodo
            archivo.writestr(entrada, partes[nombre])
    return salida.getvalue()


def ruta_relaciones(parte: str) -> str:
    """`word/document.xml` → `word/_rels/document.xml.rels`; la raíz del paquete es ``""``."""
    carpeta, nombre = posixpath.split(parte)
    return posixpath.join(carpeta, "_rels", f"{nombre}.rels")


def relaciones(partes: Mapping[str, bytes], parte: str) -> dict[str, Relacion]:
    """Las relaciones de una parte por identificador; el destino interno es un nombre de parte."""
    ruta = ruta_relaciones(parte)
    if ruta not in partes:
        return {}
    return {rel.id: rel for rel in leer_relaciones(partes[ruta], ruta, parte)}


def leer_relaciones(contenido: bytes, ruta: str, parte: str) -> list[Relacion]:
    """Las relaciones escritas en un archivo `.rels`, en su orden."""
    carpeta = posixpath.dirname(parte)
    resultado = []
    for nodo in leer_xml(contenido, ruta).iterfind(f"{{{REL}}}Relationship"):
        destino, externa = nodo.get("Target", ""), nodo.get("TargetMode") == "External"
        if not externa:
            destino = _absoluto(carpeta, destino)
        resultado.append(Relacion(nodo.get("Id", ""), nodo.get("Type", ""), destino, externa))
    return resultado


def _absoluto(carpeta: str, destino: str) -> str:
    if destino.startswith("/"):
        return posixpath.normpath(destino[1:])
    return posixpath.normpath(posixpath.join(carpeta, destino))


def escribir_relaciones(partes: Partes, parte: str, nuevas: Mapping[str, Relacion]) -> None:
    """Reemplaza las relaciones de una parte; sin ninguna, borra el archivo."""
    ruta = ruta_relaciones(parte)
    if not nuevas:
        partes.pop(ruta, None)
        return
    raiz = etree.Element(f"{{{REL}}}Relationships", nsmap=cast("dict[str, str]", {None: REL}))
    carpeta = posixpath.dirname(parte) or "."
    for rel in sorted(nuevas.values()):
        nodo = etree.SubElement(raiz, f"{{{REL}}}Relationship", Id=rel.id, Type=rel.tipo)
        nodo.set("Target", rel.destino if rel.externa else posixpath.relpath(rel.destino, carpeta))
        if rel.externa:
            nodo.set("TargetMode", "External")
    partes[ruta] = escribir_xml(raiz)


def relacionar(partes: Partes, parte: str, clase: str, destino: str) -> str:
    """Agrega una relación interna de una clase (`image`, `header`…) y devuelve su identificador."""
    actuales = relaciones(partes, parte)
    tipo = f"{OFICINA}/{clase}"
    for rel in actuales.values():
        if rel.tipo == tipo and rel.destino == destino and not rel.externa:
            return rel.id
    numero = 1
    while f"rSgc{numero}" in actuales:
        numero += 1
    actuales[f"rSgc{numero}"] = Relacion(f"rSgc{numero}", tipo, destino, False)
    escribir_relaciones(partes, parte, actuales)
    return f"rSgc{numero}"


def documento(partes: Mapping[str, bytes]) -> str:
    """El nombre de la parte principal, según las relaciones de la raíz."""
    for rel in relaciones(partes, "").values():
        if rel.clase == "officeDocument" and rel.destino in partes:
            return rel.destino
    raise EntradaInvalida(
        "el paquete no tiene un documento de texto dentro",
        esperado="un documento Word (.docx)",
        hacer="Guarde el archivo desde Word como «Documento de Word (.docx)».",
    )


def declarar_tipo(partes: Partes, *, parte: str = "", extension: str = "", tipo: str) -> None:
    """Declara el tipo de contenido de una parte o de una extensión, si no lo está ya."""
    raiz = leer_xml(partes[TIPOS_DE_CONTENIDO], TIPOS_DE_CONTENIDO)
    clave, valor = ("PartName", f"/{parte}") if parte else ("Extension", extension)
    etiqueta = "Override" if parte else "Default"
    for nodo in raiz.iterfind(f"{{{TIPOS}}}{etiqueta}"):
        if nodo.get(clave, "").lower() == valor.lower():
            nodo.set("ContentType", tipo)
            break
    else:
        etree.SubElement(raiz, f"{{{TIPOS}}}{etiqueta}", {clave: valor, "ContentType": tipo})
    _guardar_tipos(partes, raiz)


def _guardar_tipos(partes: Partes, raiz: etree._Element) -> None:
    """Los tipos en orden fijo: no dependen de qué partes entraron y salieron antes."""
    raiz[:] = sorted(raiz, key=lambda nodo: (nodo.get("PartName", ""), nodo.get("Extension", "")))
    partes[TIPOS_DE_CONTENIDO] = escribir_xml(raiz)


def quitar_parte(partes: Partes, nombre: str) -> None:
    """Saca una parte con sus relaciones y su tipo declarado (no toca a quien la apunta)."""
    partes.pop(nombre, None)
    partes.pop(ruta_relaciones(nombre), None)
    raiz = leer_xml(partes[TIPOS_DE_CONTENIDO], TIPOS_DE_CONTENIDO)
    for nodo in raiz.findall(f"{{{TIPOS}}}Override"):
        if nodo.get("PartName") == f"/{nombre}":
            raiz.remove(nodo)
    _guardar_tipos(partes, raiz)


def tipo_de(partes: Mapping[str, bytes], parte: str) -> str:
    """El tipo de contenido declarado de una parte, o vacío."""
    raiz = leer_xml(partes[TIPOS_DE_CONTENIDO], TIPOS_DE_CONTENIDO)
    for nodo in raiz.iterfind(f"{{{TIPOS}}}Override"):
        if nodo.get("PartName", "").lower() == f"/{parte}".lower():
            return nodo.get("ContentType", "")
    extension = posixpath.splitext(parte)[1].lstrip(".").lower()
    for nodo in raiz.iterfind(f"{{{TIPOS}}}Default"):
        if nodo.get("Extension", "").lower() == extension:
            return nodo.get("ContentType", "")
    return ""


__all__ = [
    "TIPOS_DE_CONTENIDO",
    "TIPO_DOCUMENTO",
    "Partes",
    "Relacion",
    "declarar_tipo",
    "documento",
    "empaquetar",
    "escribir_relaciones",
    "leer_relaciones",
    "quitar_parte",
    "relacionar",
    "relaciones",
    "ruta_relaciones",
    "tipo_de",
]
