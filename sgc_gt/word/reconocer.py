"""Reconocer un archivo que llega de afuera: qué es, y qué dice de sí.

Nunca levanta: lo que no se puede leer queda dicho en `problemas`, y del nombre se saca lo que se pueda.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
from datetime import date

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from sgc_gt.dominio import reconocimiento as leer
from sgc_gt.dominio.forma import nfc, secciones
from sgc_gt.dominio.lectura_codigos import Lenguaje
from sgc_gt.dominio.lectura_nombres import leer_nombre
from sgc_gt.dominio.reconocido import (
    DOC,
    DOCX,
    EXCEL,
    IMAGEN,
    OTRO,
    PDF,
    PRESENTACION,
    TEXTO,
    VISIO,
    Hallazgo,
    Reconocido,
    SeccionVista,
    por_credito,
)
from sgc_gt.dominio.registros_word import registros_en
from sgc_gt.dominio.texto_armado import TITULO
from sgc_gt.dominio.texto_paginas import texto_de_bytes
from sgc_gt.dominio.texto_piezas import leer_texto
from sgc_gt.errores import Rechazo
from sgc_gt.word.extraer import forma_de_partes
from sgc_gt.word.nombres import NS, leer_xml
from sgc_gt.word.paquete import relaciones
from sgc_gt.word.propiedades import leer_propias
from sgc_gt.word.puerta import abrir
from sgc_gt.word.sobre import MAXIMO_ARCHIVO

_EXTENSIONES = {
    DOCX: "docx",
    PDF: "pdf",
    DOC: "doc rtf odt",
    EXCEL: "xlsx xls xlsm ods csv",
    VISIO: "vsdx vsd",
    PRESENTACION: "pptx ppt odp",
    TEXTO: "txt md",
    IMAGEN: "jpg jpeg png tif tiff gif bmp heic",
}
_CLASES = {extension: clase for clase, todas in _EXTENSIONES.items() for extension in todas.split()}
_FIRMAS_DE_BYTES = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", IMAGEN),
    (b"\x89PNG\r\n", IMAGEN),
    (b"GIF8", IMAGEN),
    (b"II*\x00", IMAGEN),
    (b"MM\x00*", IMAGEN),
)
_NOMBRES = {PDF: "un PDF", IMAGEN: "una imagen"}
_CAMPOS = (
    "codigo", "version", "titulo", "tipo", "fecha_aprobacion", "vigente_desde", "proxima_revision",
    "elaboro", "reviso", "aprobo",
)  # fmt: skip
_PAGINAS_PDF = 3
_LARGO_TEXTO = 4000
_FECHA_XML = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # sus avisos son sobre el PDF, no para la persona


def reconocer(contenido: bytes, nombre: str, lenguaje: Lenguaje | None = None) -> Reconocido:
    """Todo lo que un archivo dice de sí, con la fuente de cada dato. `lenguaje`: los códigos del servicio."""
    base = nfc(nombre).replace("\\", "/").rsplit("/", 1)[-1]
    leido = leer_nombre(base, lenguaje)
    clase, problema = clase_de(contenido, leido.extension)
    comun = {
        "nombre": base,
        "clase": clase,
        "sha256": hashlib.sha256(contenido).hexdigest(),
        "tamano": len(contenido),
        "rastros": leido.rastros,
        "clases_de_rastro": leido.clases,
    }
    propios = list(leer.de_nombre(leido, base))
    problemas = [problema] if problema else []
    adentro: dict[str, object] = {}
    if clase == DOCX and not problema:
        try:
            adentro = _de_docx(contenido, base, lenguaje, propios)
        except Rechazo as rechazo:
            problemas.append(_frase(rechazo))
    elif clase == PDF and not problema:
        adentro = _de_pdf(contenido, lenguaje, propios, problemas)
    elif clase == TEXTO and not problema:
        adentro = _de_texto(contenido, lenguaje, propios)
    return Reconocido(**comun, **adentro, problemas=tuple(problemas), **_campos(propios))  # type: ignore[arg-type]


def clase_de(contenido: bytes, extension: str) -> tuple[str, str]:
    """La clase de un archivo y, si su contenido desmiente a su nombre, la frase que lo dice."""
    de_nombre = _CLASES.get(extension, OTRO)
    if not contenido:
        return de_nombre, "el archivo está vacío"
    for firma, clase in _FIRMAS_DE_BYTES:
        if contenido.startswith(firma):
            if clase == de_nombre:
                return clase, ""
            return clase, f"el nombre termina en «.{extension}» y el contenido es {_NOMBRES[clase]}"
    if de_nombre == PDF:
        return PDF, "el nombre termina en «.pdf» y el contenido no es un PDF"
    return de_nombre, ""


def _frase(rechazo: Rechazo) -> str:
    detalles = [p.mensaje for p in rechazo.problemas]
    return (
        rechazo.mensaje
        if not detalles or detalles == [rechazo.mensaje]
        else "; ".join(dict.fromkeys(detalles))
    )


def _campos(hallados: list[tuple[str, Hallazgo]]) -> dict[str, tuple[Hallazgo, ...]]:
    return {campo: por_credito(h for clave, h in hallados if clave == campo and h.valor) for campo in _CAMPOS}


# ---- Word -------------------------------------------------------------------------------------------------


def _de_docx(
    contenido: bytes, nombre: str, lenguaje: Lenguaje | None, hallados: list[tuple[str, Hallazgo]]
) -> dict[str, object]:
    partes = abrir(contenido, nombre)
    forma = forma_de_partes(partes)
    nucleo, ajenas = _nucleo(partes), _ajenas(partes)
    hallados += leer.de_identidad(leer_propias(partes))
    hallados += leer.hallar(forma, lenguaje)
    hallados += leer.de_propiedades(nucleo.get("title", ""), nucleo.get("subject", ""), ajenas, lenguaje)
    return {
        "familia": leer.familia_de(forma),
        "secciones": tuple(SeccionVista(s.numero, s.titulo, s.nivel) for s in secciones(forma) if s.titulo),
        "registros": registros_en(forma),
        "modificado": _fecha_xml(nucleo.get("modified", "")),
    }


def _nucleo(partes: dict[str, bytes]) -> dict[str, str]:
    """Las propiedades de `core.xml` por su nombre local."""
    for rel in relaciones(partes, "").values():
        if rel.clase == "core-properties" and rel.destino in partes:
            raiz = leer_xml(partes[rel.destino], rel.destino)
            return {
                str(n.tag).rpartition("}")[2]: (n.text or "").strip() for n in raiz if isinstance(n.tag, str)
            }
    return {}


def _ajenas(partes: dict[str, bytes]) -> dict[str, str]:
    """Las propiedades personalizadas que no son de este sistema."""
    for rel in relaciones(partes, "").values():
        if rel.clase == "custom-properties" and rel.destino in partes:
            return {
                nodo.get("name", ""): "".join(str(t) for t in nodo.itertext()).strip()
                for nodo in leer_xml(partes[rel.destino], rel.destino).iterfind("op:property", NS)
                if not nodo.get("name", "").startswith("sgc:")
            }
    return {}


def _fecha_xml(texto: str) -> date | None:
    m = _FECHA_XML.match(texto)
    try:
        return date(*map(int, m.groups())) if m else None
    except ValueError:
        return None


# ---- PDF --------------------------------------------------------------------------------------------------


def _de_pdf(
    contenido: bytes,
    lenguaje: Lenguaje | None,
    hallados: list[tuple[str, Hallazgo]],
    problemas: list[str],
) -> dict[str, object]:
    """Las primeras páginas de un PDF, si tiene texto: bastan para saber a qué documento se refiere."""
    if len(contenido) > MAXIMO_ARCHIVO:
        return {}
    try:
        lector = PdfReader(io.BytesIO(contenido))
        if lector.is_encrypted:
            problemas.append("el PDF está protegido con contraseña")
            return {}
        texto = "\n".join(p.extract_text() for p in lector.pages[:_PAGINAS_PDF])[:_LARGO_TEXTO]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        problemas.append("el PDF está dañado o no se puede leer por dentro")
        return {}
    hallados += leer.de_texto(texto, lenguaje)
    return {"texto": texto}


# ---- texto simple -----------------------------------------------------------------------------------------


def _de_texto(
    contenido: bytes, lenguaje: Lenguaje | None, hallados: list[tuple[str, Hallazgo]]
) -> dict[str, object]:
    """Un texto simple, con las secciones que tendrá al pasar a Word; sus datos están al comienzo."""
    texto = texto_de_bytes(contenido)
    hallados += leer.de_texto(texto[:_LARGO_TEXTO], lenguaje)
    titulos = (p for p in leer_texto(texto).piezas if p.clase == TITULO)
    vistas = tuple(SeccionVista(p.numero, p.texto, p.nivel) for p in titulos)
    return {"secciones": vistas, "texto": texto[:_LARGO_TEXTO]}


__all__ = ["Lenguaje", "Reconocido", "clase_de", "reconocer"]
