"""Comentarios de Word: ponerlos en su lugar y leer los que trae un archivo.

Un comentario no es contenido: el documento comentado tiene la misma huella. Los que ya estaban se conservan.
Se marca el párrafo entero, que es lo que sobrevive a cualquier editor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from lxml import etree

from sgc_gt.word.mapa import Lugar, Mapa, aplanar, legible, nombre_de
from sgc_gt.word.nombres import NS, W, escribir_xml, leer_xml, q, valor
from sgc_gt.word.paquete import Partes, declarar_tipo, documento, empaquetar, relacionar, relaciones
from sgc_gt.word.puerta import abrir
from sgc_gt.word.texto import limpiar, piezas

PARTE = "word/comments.xml"
_TIPO = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_INICIALES = 9
_LARGO_AUTOR = 255


class Nota(NamedTuple):
    """Un comentario por poner: qué dice, quién, y en qué párrafo o celda de qué sección."""

    texto: str
    autor: str = ""
    seccion: str = ""
    ancla: str = ""


class Comentario(NamedTuple):
    """Un comentario que el archivo trae."""

    texto: str
    autor: str
    fecha: str  # como el editor la escribió; puede faltar
    seccion: str  # «4 Etapas»; vacío si está antes de la primera sección
    ancla: str  # el texto sobre el que se puso
    respuesta_a: str = ""  # id del comentario al que contesta
    resuelto: bool = False
    id: str = ""


# ---- escribir ----------------------------------------------------------------------------------------------


def comentar(docx: bytes, notas: Sequence[Nota], fecha: datetime) -> bytes:
    """El documento con un comentario por nota; los mismos argumentos dan los mismos bytes.

    Cada nota va en el párrafo que dice su ancla dentro de su sección; si no está, en el título de la
    sección; si tampoco, al comienzo del documento: ninguna se pierde. EntradaInvalida si no pasa la puerta.
    """
    if not notas:
        return docx
    partes = dict(abrir(docx, "el documento"))
    mapa = Mapa(partes)
    parte = _parte(partes, mapa.principal) or _crear(partes, mapa.principal)
    comentarios = leer_xml(partes[parte], parte)
    siguiente = 1 + max((_numero(c) for c in comentarios.iterfind(q("w:comment"))), default=-1)
    for numero, nota in enumerate(notas, start=siguiente):
        _marcar(_parrafo_de(mapa, nota), str(numero))
        comentarios.append(_comentario(nota, str(numero), fecha))
    partes[parte] = escribir_xml(comentarios)
    partes[mapa.principal] = escribir_xml(mapa.raiz)
    return empaquetar(partes)


def _parte(partes: Mapping[str, bytes], principal: str, clase: str = "comments") -> str:
    rels = relaciones(partes, principal).values()
    return next((r.destino for r in rels if r.clase == clase and r.destino in partes), "")


def _crear(partes: Partes, principal: str) -> str:
    nombre = next(n for n in (PARTE, *(f"word/comments{k}.xml" for k in range(2, 99))) if n not in partes)
    partes[nombre] = escribir_xml(etree.Element(q("w:comments"), nsmap={"w": W}))
    relacionar(partes, principal, "comments", nombre)
    declarar_tipo(partes, parte=nombre, tipo=_TIPO)
    return nombre


def _numero(comentario: etree._Element) -> int:
    escrito = comentario.get(q("w:id"), "")
    return int(escrito) if escrito.isascii() and escrito.isdigit() else 0


def _parrafo_de(mapa: Mapa, nota: Nota) -> etree._Element:
    en_seccion = mapa.en_seccion(nota.seccion) if nota.seccion else []
    hallado = _buscar(en_seccion or mapa.lugares, nota.ancla)
    if hallado is None and en_seccion:
        hallado = en_seccion[0].parrafo
    if hallado is None and mapa.lugares:
        hallado = next((x for x in mapa.lugares if x.texto), mapa.lugares[0]).parrafo
    return _parrafo_nuevo(mapa.cuerpo) if hallado is None else hallado


def _buscar(lugares: Sequence[Lugar], ancla: str) -> etree._Element | None:
    """El párrafo o la celda que dice eso; si ninguno lo dice entero, el primero que lo contiene."""
    busca = aplanar(ancla)
    if not busca:
        return None
    textos = [(x.parrafo, aplanar(x.texto)) for x in lugares]
    iguales = [p for p, texto in textos if texto == busca]
    celdas = (p for p, _ in textos if _texto_celda(p) == busca) if not iguales else iter(())
    contienen = [p for p, texto in textos if busca in texto]
    return next(iter([*iguales, *celdas, *contienen]), None)


def _texto_celda(parrafo: etree._Element) -> str:
    celda = next(parrafo.iterancestors(q("w:tc")), None)
    return "" if celda is None else aplanar(" ".join(legible(p) for p in celda.iterfind(q("w:p"))))


def _parrafo_nuevo(cuerpo: etree._Element) -> etree._Element:
    """Un párrafo vacío, que no es contenido, para un documento que no tiene ninguno."""
    nuevo = etree.Element(q("w:p"))
    cuerpo.insert(0, nuevo)
    return nuevo


def _marcar(parrafo: etree._Element, numero: str) -> None:
    inicio = etree.Element(q("w:commentRangeStart"), {q("w:id"): numero})
    ppr = parrafo.find(q("w:pPr"))
    parrafo.insert(0 if ppr is None else parrafo.index(ppr) + 1, inicio)
    etree.SubElement(parrafo, q("w:commentRangeEnd"), {q("w:id"): numero})
    tramo = etree.SubElement(parrafo, q("w:r"))
    etree.SubElement(tramo, q("w:commentReference"), {q("w:id"): numero})


def _comentario(nota: Nota, numero: str, fecha: datetime) -> etree._Element:
    autor = " ".join(limpiar(nota.autor).split())[:_LARGO_AUTOR]
    iniciales = "".join(p[0] for p in autor.split() if p[0].isalpha())[:_INICIALES]
    atributos = {q("w:id"): numero, q("w:author"): autor, q("w:date"): _instante(fecha)}
    if iniciales:
        atributos[q("w:initials")] = iniciales.upper()
    comentario = etree.Element(q("w:comment"), atributos)
    for n, linea in enumerate(limpiar(nota.texto).split("\n")):
        parrafo = etree.SubElement(comentario, q("w:p"))
        if n == 0:
            etree.SubElement(etree.SubElement(parrafo, q("w:r")), q("w:annotationRef"))
        if linea:
            etree.SubElement(parrafo, q("w:r")).extend(piezas(linea))
    return comentario


def _instante(fecha: datetime) -> str:
    """Como Word la escribe: la hora de quien comenta, que cada editor muestra tal cual."""
    return fecha.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# ---- quitar ------------------------------------------------------------------------------------------------


def sin_comentarios(docx: bytes, numeros: Iterable[str]) -> bytes:
    """El documento sin esos comentarios (por su id) ni sus marcas; igual si no trae ninguno de ellos."""
    fuera = frozenset(numeros)
    partes = dict(abrir(docx, "el documento"))
    principal = documento(partes)
    parte = _parte(partes, principal)
    if not fuera or not parte:
        return docx
    raiz = leer_xml(partes[principal], principal)
    comentarios = leer_xml(partes[parte], parte)
    for comentario in comentarios.findall(q("w:comment")):
        if comentario.get(q("w:id")) in fuera:
            comentarios.remove(comentario)
    marcas = [q(f"w:comment{n}") for n in ("RangeStart", "RangeEnd", "Reference")]
    for marca in [m for m in raiz.iter(*marcas) if m.get(q("w:id")) in fuera]:
        _sacar(marca)
    partes[parte] = escribir_xml(comentarios)
    partes[principal] = escribir_xml(raiz)
    return empaquetar(partes)


def _sacar(marca: etree._Element) -> None:
    padre = marca.getparent()
    if padre is None:
        return
    padre.remove(marca)
    abuelo = padre.getparent()
    if padre.tag == q("w:r") and abuelo is not None and all(h.tag == q("w:rPr") for h in padre):
        abuelo.remove(padre)


# ---- leer --------------------------------------------------------------------------------------------------


def leer_comentarios(docx: bytes, nombre: str = "el documento") -> list[Comentario]:
    """Los comentarios del archivo, en el orden del documento. EntradaInvalida si no pasa la puerta."""
    partes = abrir(docx, nombre)
    parte = _parte(partes, documento(partes))
    if not parte:
        return []  # casi siempre: ubicar cada párrafo en su sección cuesta leer el documento entero
    mapa = Mapa(partes)
    nodos = {c.get(q("w:id"), ""): c for c in leer_xml(partes[parte], parte).iterfind(q("w:comment"))}
    lugares = _lugares(mapa)
    hilos = _hilos(partes, mapa.principal, nodos)
    orden = {numero: n for n, numero in enumerate(lugares)}
    return [
        _leer(nodos[numero], lugares.get(numero, ("", "")), *hilos.get(numero, ("", False)))
        for numero in sorted(nodos, key=lambda n: (orden.get(n, len(orden)), _numero(nodos[n])))
    ]


def _leer(nodo: etree._Element, lugar: tuple[str, str], padre: str, resuelto: bool) -> Comentario:
    texto = "\n".join(legible(p) for p in nodo.iter(q("w:p")))
    autor, fecha = (valor(nodo, f"w:{clave}") or "" for clave in ("author", "date"))
    return Comentario(texto.strip(), autor, fecha, *lugar, padre, resuelto, nodo.get(q("w:id"), ""))


def _hilos(
    partes: Mapping[str, bytes], principal: str, nodos: Mapping[str, etree._Element]
) -> dict[str, tuple[str, bool]]:
    """id → (id del comentario al que contesta, si está resuelto), según la parte que Word agregó en 2013."""
    parte = _parte(partes, principal, "commentsExtended")
    if not parte:
        return {}
    de_parrafo = {
        parrafo.upper(): numero
        for numero, nodo in nodos.items()
        for p in nodo.iter(q("w:p"))
        if (parrafo := p.get(q("w14:paraId")))  # solo lo llevan los que tienen hilo
    }
    resultado = {}
    for nodo in leer_xml(partes[parte], parte).iterfind("w15:commentEx", NS):
        numero = de_parrafo.get(nodo.get(q("w15:paraId"), "").upper())
        padre = de_parrafo.get(nodo.get(q("w15:paraIdParent"), "").upper(), "")
        if numero is not None:
            resultado[numero] = (padre, nodo.get(q("w15:done"), "0") in {"1", "true"})
    return resultado


def _lugares(mapa: Mapa) -> dict[str, tuple[str, str]]:
    """id → (sección, texto comentado), en el orden en que se ven; también los puestos en notas al pie."""
    resultado = dict(_en_parte(mapa.cuerpo, mapa))
    llamadas = mapa.llamadas()
    for clase, numero, nota in mapa.notas():
        lugar = llamadas.get((clase, numero))
        for comentario, (_, ancla) in _en_parte(nota, mapa):
            resultado.setdefault(comentario, (nombre_de(lugar.seccion) if lugar else "", ancla))
    return resultado


def _en_parte(raiz: etree._Element, mapa: Mapa) -> Iterator[tuple[str, tuple[str, str]]]:
    abiertos: dict[str, list[str]] = {}
    cerrados: dict[str, list[str]] = {}
    vistos: dict[str, etree._Element] = {}
    for nodo in raiz.iter():
        numero = nodo.get(q("w:id"), "") if isinstance(nodo.tag, str) else ""
        if nodo.tag == q("w:commentRangeStart"):
            abiertos[numero] = []
            vistos.setdefault(numero, nodo)
        elif nodo.tag == q("w:commentRangeEnd") and numero in abiertos:
            cerrados[numero] = abiertos.pop(numero)
        elif nodo.tag == q("w:commentReference"):
            vistos.setdefault(numero, nodo)
        elif nodo.tag in (q("w:t"), q("w:delText")):
            for texto in abiertos.values():
                texto.append(nodo.text or "")
        elif nodo.tag in (q("w:p"), q("w:br"), q("w:tab")):
            for texto in abiertos.values():
                texto.append(" ")
    for numero, marca in vistos.items():
        lugar = mapa.de(marca) or (
            mapa.de_bloque(siguiente) if (siguiente := marca.getnext()) is not None else None
        )
        citado = " ".join("".join(cerrados.get(numero, abiertos.get(numero, ()))).split())
        parrafo = next(marca.iterancestors(q("w:p")), None)
        ancla = citado or (legible(parrafo) if parrafo is not None else "")
        yield numero, (nombre_de(lugar.seccion) if lugar else "", ancla)
