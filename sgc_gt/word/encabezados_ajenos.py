"""Los encabezados que cada servicio trae: dónde está cada dato, y cómo hacerlos sellables sin rehacerlos.

La celda de un dato se señala una vez por familia de plantilla (`familia`); después, en cada documento de la
familia, `mapear` envuelve el valor en una zona de control y desde ahí el sello la llena como a cualquiera.
No se toca nada más: ni el formato ni la disposición.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree

from sgc_gt.dominio import lectura_rotulos as rotulos
from sgc_gt.dominio import rotulos_palabras as palabras
from sgc_gt.dominio.lectura_codigos import Lenguaje
from sgc_gt.dominio.nombres_secciones import llano
from sgc_gt.dominio.reconocimiento import con_palabra_de_tipo, familia_de
from sgc_gt.word.arreglos import renumerar
from sgc_gt.word.encabezados_hallar import (
    CAMPO_DE,
    RENGLON,
    ZONA_DE,
    Punto,
    como_titulo,
    hallar,
    parrafos_libres,
    sin_traslapes,
)
from sgc_gt.word.extraer import forma_de_partes
from sgc_gt.word.nombres import escribir_xml, leer_xml, q, valor
from sgc_gt.word.paquete import documento, empaquetar, relaciones
from sgc_gt.word.pedazos import envolver_texto, texto_de
from sgc_gt.word.puerta import abrir
from sgc_gt.word.rellenar import nombres
from sgc_gt.word.zonas import ubicar

_REFERENCIAS = {q("w:headerReference"): "encabezado", q("w:footerReference"): "pie"}
_CUAL = {"first": "_primera", "even": "_par"}
_BASE_POR_PARTE = 100_000


class Celda(NamedTuple):
    """Dónde está un dato en los encabezados de una familia."""

    zona: str
    clase: str
    """«encabezado», «encabezado_primera», «pie_par»…"""
    camino: str
    """El párrafo, desde la raíz del encabezado: «tbl0/tr1/tc2/p0»."""
    rotulo: str = ""
    """El rótulo que va delante en el mismo párrafo («Versión:»); vacío si el párrafo entero es el valor."""
    muestra: str = ""
    """El valor que tenía el documento de que se tomó."""


class Familia(NamedTuple):
    """Los encabezados hechos con una misma plantilla: su huella y dónde está cada dato."""

    huella: str
    celdas: tuple[Celda, ...] = ()

    def a_dict(self) -> dict[str, Any]:
        """En piezas de JSON, para guardarla."""
        return {"huella": self.huella, "celdas": [list(celda) for celda in self.celdas]}

    @staticmethod
    def de_dict(datos: Mapping[str, Any]) -> Familia:
        """La familia que `a_dict` guardó."""
        return Familia(str(datos.get("huella", "")), tuple(Celda(*c) for c in datos.get("celdas", ())))


def familia(
    partes: Mapping[str, bytes], valores: Mapping[str, str] | None = None, lenguaje: Lenguaje | None = None
) -> Familia:
    """La familia de los encabezados de un documento y el mapa que se propone para ella.

    `valores` son los que se saben del documento (zona → valor): encuentran lo que ningún rótulo anuncia.
    """
    celdas = dict.fromkeys(
        Celda(p.zona, clase, _camino(p.parrafo), p.rotulo, texto_de(p.parrafo)[p.desde : p.hasta])
        for clase, raiz in _margenes(partes).values()
        for p in hallar(raiz, valores or {}, lenguaje)
    )
    return Familia(familia_de(forma_de_partes(dict(partes))), tuple(celdas))


def mapear(docx: bytes, mapa: Familia | None = None, lenguaje: Lenguaje | None = None) -> bytes:
    """El documento con cada dato de sus encabezados dentro de una zona de control, y nada más cambiado.

    Sin `mapa`, el que se propone para él. Un documento sin encabezado, o ya mapeado, vuelve con lo mismo.
    """
    partes = abrir(docx, "el documento")
    elegido = familia(partes, None, lenguaje) if mapa is None else mapa
    cambio = False
    cuenta = {"encabezado": 0, "pie": 0}
    for numero, (parte, (clase, raiz)) in enumerate(sorted(_margenes(partes).items()), start=2):
        lado = "pie" if clase.startswith("pie") else "encabezado"
        cuenta[lado] += 1
        celdas = [celda for celda in elegido.celdas if celda.clase == clase]
        if _mapear_parte(raiz, celdas, f"{'p' if lado == 'pie' else 'h'}{cuenta[lado]}", lenguaje):
            renumerar(raiz, numero * _BASE_POR_PARTE)
            partes[parte] = escribir_xml(raiz)
            cambio = True
    return empaquetar(partes) if cambio else docx


def zonas_mapeadas(partes: Mapping[str, bytes]) -> frozenset[str]:
    """Las zonas de texto que hay en los encabezados y pies de un documento."""
    return frozenset(lugar.zona for _, raiz in _margenes(partes).values() for lugar in ubicar(raiz))


def _margenes(partes: Mapping[str, bytes]) -> dict[str, tuple[str, etree._Element]]:
    """Cada parte de encabezado o pie en uso, con su clase y su árbol; la primera sección que la usa manda."""
    principal = documento(partes)
    rels = relaciones(partes, principal)
    usadas: dict[str, tuple[str, etree._Element]] = {}
    for nodo in leer_xml(partes[principal], principal).iter(*_REFERENCIAS):
        rel = rels.get(nodo.get(q("r:id"), ""))
        if rel is not None and rel.destino in partes and rel.destino not in usadas:
            clase = _REFERENCIAS[nodo.tag] + _CUAL.get(valor(nodo, "w:type") or "", "")
            usadas[rel.destino] = clase, leer_xml(partes[rel.destino], rel.destino)
    return usadas


def _mapear_parte(
    raiz: etree._Element, celdas: Sequence[Celda], sufijo: str, lenguaje: Lenguaje | None
) -> bool:
    """Envuelve los valores de una parte, del último al primero para que las posiciones sigan valiendo.

    Una zona que la parte ya tiene no se toca, aunque otro programa le haya quitado la etiqueta.
    """
    presentes = {lugar.zona for lugar in ubicar(raiz)}
    faltan = [celda for celda in celdas if celda.zona not in presentes]
    puntos = [p for celda in faltan if (p := _resolver(raiz, celda, lenguaje)) is not None]
    puntos = sin_traslapes(puntos)
    nombrar = nombres(sufijo)
    hechos = [
        envolver_texto(p.parrafo, p.desde, p.hasta, p.zona, nombrar(p.zona))
        for p in sorted(puntos, key=lambda p: -p.desde)
    ]
    return any(hechos)


def _resolver(raiz: etree._Element, celda: Celda, lenguaje: Lenguaje | None) -> Punto | None:
    """El lugar de una celda de la familia en este documento: por su camino o, si cambió, por su rótulo."""
    en_camino = [p for p in parrafos_libres(raiz) if _camino(p) == celda.camino]
    if celda.rotulo:
        for parrafo in [*en_camino, *parrafos_libres(raiz)]:
            for p in rotulos.posiciones(texto_de(parrafo), lenguaje):
                if ZONA_DE.get(p.campo) == celda.zona and llano(p.rotulo) == llano(celda.rotulo):
                    return Punto(celda.zona, parrafo, p.desde, p.hasta, p.rotulo)
        return None
    en_su_lugar = _entero(celda.zona, en_camino[0], lenguaje) if en_camino else None
    if en_su_lugar is not None:
        return en_su_lugar
    propios = (p for p in hallar(raiz, {}, lenguaje) if p.zona == celda.zona)
    return next((p for p in propios if p.zona != "titulo" or _dice_su_tipo(p)), None)


def _dice_su_tipo(p: Punto) -> bool:
    """Si un título empieza como un documento: fuera del lugar señalado, otra cosa sería una conjetura."""
    return con_palabra_de_tipo([texto_de(p.parrafo)[p.desde : p.hasta]]) != ""


def _entero(zona: str, parrafo: etree._Element, lenguaje: Lenguaje | None) -> Punto | None:
    """El valor de un párrafo que no trae rótulo, si tiene la forma de su dato; el título, entero.

    La forma importa: otra sección del documento puede tener ahí otra cosa. De varios renglones, el título es
    el que empieza como un documento.
    """
    texto = texto_de(parrafo)
    renglones = {" ".join(m[0].split()): m.span() for m in RENGLON.finditer(texto)}
    if zona == "titulo" and len(renglones) > 1 and (elegido := como_titulo(list(renglones))) in renglones:
        return Punto(zona, parrafo, *renglones[elegido])
    dato = rotulos.valor_de(CAMPO_DE[zona], texto, lenguaje, con_marca=True)
    institucion = palabras.INSTITUCION.search(palabras.plano(texto)) and not con_palabra_de_tipo([texto])
    ajeno = zona == "titulo" and institucion
    if ajeno or rotulos.rotulo_solo(texto) or rotulos.en_linea(texto, lenguaje):
        return None
    lugar = rotulos.ubicar(dato, texto) if dato else None
    return None if lugar is None else Punto(zona, parrafo, *lugar)


def _camino(nodo: etree._Element) -> str:
    """Cómo llegar a un párrafo desde la raíz, contando solo hermanos de su clase."""
    pasos: list[str] = []
    while (padre := nodo.getparent()) is not None:
        iguales = [h for h in padre if h.tag == nodo.tag]
        pasos.append(f"{etree.QName(nodo).localname}{iguales.index(nodo)}")
        nodo = padre
    return "/".join(reversed(pasos))


__all__ = ["Celda", "Familia", "familia", "mapear", "zonas_mapeadas"]
