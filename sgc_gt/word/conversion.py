"""Pasar un documento ajeno a la plantilla del servicio: nuestro marco, su cuerpo, y nada perdido.

docxcompose junta estilos, numeraciones, imágenes y notas de los dos. Lo que vale es lo que se comprueba al
final: el cuerpo, bloque por bloque, es el que llegó; si no, no se entrega.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import docx
from docx.oxml.ns import nsmap
from lxml import etree

from sgc_gt.dominio.forma import TITULO, Bloque
from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.estilos import Estilos
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.indice import completar_indice, texto_plano
from sgc_gt.word.nombres import NS, escribir_xml, leer_xml, q, zona_de_control
from sgc_gt.word.paquete import documento, empaquetar
from sgc_gt.word.puerta import abrir

_NUMERO_ESCRITO = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?\s+\S")


def convertir(marco: bytes, ajeno: bytes, nombre: str) -> bytes:
    """El documento de la plantilla (`marco`, sin datos) con el cuerpo de `ajeno` en lugar del suyo.

    EntradaInvalida si al juntarlos cambiaría un bloque del cuerpo: texto, tabla, imagen o nota.
    """
    _exigir_convertible(ajeno, nombre)
    cuerpo = forma_normal(ajeno, nombre).bloques
    vacio, delante = _vaciar(marco)
    unido = _en_orden(_unir(vacio, ajeno, delante))
    _exigir_intacto(cuerpo, unido, forma_normal(vacio).bloques, nombre)
    return unido


def _exigir_convertible(ajeno: bytes, nombre: str) -> None:
    """Lo que la forma normal no mira y al juntar se perdería: comentarios y la hoja horizontal del final."""
    partes = abrir(ajeno, nombre)
    raiz = leer_xml(partes[documento(partes)], nombre)
    hojas = [h for s in raiz.iter(q("w:sectPr")) if (h := s.find(q("w:pgSz"))) is not None]
    motivos = (
        ("trae comentarios de Word", next(raiz.iter(q("w:commentReference")), None) is not None),
        ("su última hoja es horizontal", bool(hojas) and hojas[-1].get(q("w:orient")) == "landscape"),
    )
    for motivo, pierde in motivos:
        if pierde:
            raise EntradaInvalida(
                f"al pasarlo a la plantilla del servicio se perdería algo: {motivo}",
                lugar=nombre,
                hacer="abra la versión sin --convertir: el documento conserva su formato",
            )


def _vaciar(marco: bytes) -> tuple[bytes, int]:
    """El marco sin sus secciones, y cuántos elementos preceden al lugar donde estaban."""
    partes = abrir(marco, "la plantilla")
    principal = documento(partes)
    raiz = leer_xml(partes[principal], principal)
    cuerpo = raiz.find(q("w:body"))
    titulos = Estilos(partes, principal).titulos(raiz)
    if cuerpo is None or not titulos:
        raise ValueError("la plantilla no tiene secciones")
    elementos = list(cuerpo)
    delante = elementos.index(titulos[0])
    for elemento in elementos[delante : _comienzo_del_cierre(elementos)]:
        cuerpo.remove(elemento)
    partes[principal] = escribir_xml(raiz)
    return empaquetar(partes, comprimir=True), delante


def _comienzo_del_cierre(elementos: list[etree._Element]) -> int:
    """Dónde empieza lo que la plantilla pone al final: el control de cambios con su rótulo, o la sección."""
    for n, elemento in enumerate(elementos):
        if elemento.tag == q("w:sdt") and zona_de_control(elemento) == "cambios":
            return n - 1
    return len(elementos) - 1


def _unir(vacio: bytes, ajeno: bytes, lugar: int) -> bytes:
    with _con_sus_prefijos():
        from docxcompose.composer import Composer  # noqa: PLC0415  (ídem)

        obra = Composer(docx.Document(io.BytesIO(vacio)))
        obra.insert(lugar, docx.Document(io.BytesIO(ajeno)), remove_property_fields=False)
        salida = io.BytesIO()
        obra.save(salida)
    return salida.getvalue()


@contextmanager
def _con_sus_prefijos() -> Iterator[None]:
    """Mientras dura, los prefijos que docxcompose agrega a python-docx; después, los de antes.

    Cambia «cp» para todo el proceso, y las propiedades de otros documentos se escribirían mal.
    """
    propios = dict(nsmap)
    from docxcompose.utils import NS as SUYOS  # noqa: PLC0415  (200 ms, y solo esta orden lo usa)

    nsmap.update(SUYOS)
    try:
        yield
    finally:
        nsmap.clear()
        nsmap.update(propios | {"cp": NS["cp"]})  # docxtpl también lo carga, si está, y ya lo cambió


def _en_orden(docx_: bytes) -> bytes:
    """Numeraciones con identificador fijo (docxcompose los sortea) y el índice según los títulos de ahora."""
    partes = abrir(docx_, "el documento")
    for parte in partes:
        if parte.startswith("word/numbering"):
            raiz = leer_xml(partes[parte], parte)
            for n, nodo in enumerate(raiz.iter(q("w:nsid")), start=1):
                nodo.set(q("w:val"), f"{n:08X}")
            partes[parte] = escribir_xml(raiz)
    principal = documento(partes)
    raiz = leer_xml(partes[principal], principal)
    estilos = Estilos(partes, principal)
    for titulo in estilos.titulos(raiz):
        if _NUMERO_ESCRITO.match(texto_plano(titulo)):
            _sin_numero(titulo)
    completar_indice(raiz, estilos)
    partes[principal] = escribir_xml(raiz)
    return empaquetar(partes, comprimir=True)


def _sin_numero(titulo: etree._Element) -> None:
    """El número escrito a mano manda: sin esto la plantilla imprimiría otro delante."""
    ppr = titulo.find(q("w:pPr"))
    if ppr is None or ppr.find(q("w:numPr")) is not None:
        return
    numeracion = etree.Element(q("w:numPr"))
    etree.SubElement(numeracion, q("w:numId")).set(q("w:val"), "0")
    estilo = ppr.find(q("w:pStyle"))
    ppr.insert(0 if estilo is None else 1, numeracion)


def _exigir_intacto(cuerpo: tuple[Bloque, ...], unido: bytes, marco: tuple[Bloque, ...], nombre: str) -> None:
    """El cuerpo está entero y seguido dentro del resultado, y del marco no sobra ni falta nada."""
    resultado = forma_normal(unido, nombre).bloques
    largo = len(cuerpo)
    calza = any(
        resultado[n : n + largo] == cuerpo and resultado[:n] + resultado[n + largo :] == marco
        for n in range(len(resultado) - largo + 1)
    )
    if not calza:
        perdido = next((b for b in cuerpo if b not in resultado), None)
        muestra = f": «{perdido.texto[:60]}»" if perdido and perdido.texto else ""
        que = "un título" if perdido and perdido.clase == TITULO else "una parte del texto"
        raise EntradaInvalida(
            f"al pasarlo a la plantilla del servicio cambiaría {que}{muestra}",
            lugar=nombre,
            esperado="un documento que se pueda pasar sin perder nada",
            hacer="abra la versión sin --convertir: el documento conserva su formato",
        )
