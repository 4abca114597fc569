"""Dónde está cada dato en un encabezado ajeno, en palabras que una persona corrige en la planilla.

«encabezado: tabla 1, fila 2, celda 3, después de «Versión:»». Se escribe y se lee con la misma gramática.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.importacion import Fila
from sgc_gt.dominio.importado import familia_de
from sgc_gt.dominio.lectura_codigos import Lenguaje
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.word.encabezados_ajenos import Celda, Familia, familia, mapear
from sgc_gt.word.puerta import abrir

ZONAS = ("codigo", "version", "fecha", "vigencia", "titulo")
"""Las zonas de control que la hoja «Formatos» ubica, una por columna."""

_CLASES = {
    "encabezado": "encabezado",
    "encabezado_primera": "encabezado de la primera página",
    "encabezado_par": "encabezado de páginas pares",
    "pie": "pie",
    "pie_primera": "pie de la primera página",
    "pie_par": "pie de páginas pares",
}
_PASOS = {"tbl": "tabla", "tr": "fila", "tc": "celda", "p": "párrafo"}
_DE_PALABRA = {palabra: paso for paso, palabra in _PASOS.items()}
_PASO = re.compile(r"([a-zA-Z]+)(\d+)")
_ENTRE_VARIOS = " | "
_DESPUES = re.compile(r",?\s*después de «(?P<rotulo>[^»]*)»\s*$")


def lenguaje_de(servicio: Servicio) -> Lenguaje:
    """Cómo escribe códigos el servicio: también los de tipos que todavía no tiene."""
    return Lenguaje(servicio.mascara, (), tuple(servicio.areas))


def con_zonas(servicio: Servicio, ficha: Ficha, docx: bytes) -> bytes:
    """El documento con su formato de siempre, y en su encabezado zonas que el sello pone al día.

    El mapa es el que su familia recibió al importar; sin él, el que se propone. Si ya las tiene, quedan.
    """
    guardado = familia_de(ficha)
    mapa = Familia.de_dict(guardado) if guardado else None
    return mapear(docx, mapa, lenguaje_de(servicio))


def formato_de(docx: bytes, fila: Fila, lenguaje: Lenguaje) -> Familia:
    """El mapa que se propone para el encabezado de un documento del que se sabe lo que dice su fila."""
    fecha = imprimir_fecha(fila.vigente_desde)
    valores = {"codigo": fila.codigo, "version": fila.version, "titulo": fila.titulo, "fecha": fecha}
    return familia(abrir(docx, fila.archivo), valores, lenguaje)


def a_textos(mapa: Familia) -> dict[str, str]:
    """Zona → dónde está, en palabras."""
    textos: dict[str, list[str]] = {}
    for celda in mapa.celdas:
        textos.setdefault(celda.zona, []).append(_en_palabras(celda))
    return {zona: _ENTRE_VARIOS.join(lugares) for zona, lugares in textos.items()}


def de_textos(textos: Mapping[str, str], huella: str) -> Familia:
    """El mapa que una persona dejó escrito; UsoIncorrecto, con la forma esperada, si no se entiende."""
    celdas = [
        _celda(zona, lugar.strip())
        for zona in ZONAS
        for lugar in textos.get(zona, "").split(_ENTRE_VARIOS.strip())
        if lugar.strip()
    ]
    return Familia(huella, tuple(celdas))


def _en_palabras(celda: Celda) -> str:
    pasos = [_PASO.fullmatch(p) for p in celda.camino.split("/")]
    if all(m and m[1] in _PASOS for m in pasos):
        hechos = [f"{_PASOS[m[1]]} {int(m[2]) + 1}" for m in pasos if m]
        # El primer párrafo de una celda no hace falta decirlo.
        if len(hechos) > 1 and hechos[-1] == "párrafo 1":
            hechos.pop()
        camino = ", ".join(hechos)
    else:
        camino = celda.camino
    despues = f", después de «{celda.rotulo}»" if celda.rotulo else ""
    return f"{_CLASES.get(celda.clase, celda.clase)}: {camino}{despues}"


def _celda(zona: str, texto: str) -> Celda:
    despues = _DESPUES.search(texto)
    cuerpo = texto[: despues.start()] if despues else texto
    clase, dos_puntos, camino = cuerpo.partition(":")
    de_clase = {nombre: clave for clave, nombre in _CLASES.items()}
    clave = de_clase.get(" ".join(clase.casefold().split()))
    if not dos_puntos or clave is None:
        raise _no_se_entiende(texto)
    return Celda(zona, clave, _camino(camino.strip(), texto), despues["rotulo"] if despues else "")


def _camino(texto: str, entero: str) -> str:
    if "/" in texto or _PASO.fullmatch(texto):
        return texto
    pasos = []
    for paso in texto.split(","):
        palabra, _, numero = paso.strip().casefold().partition(" ")
        if palabra not in _DE_PALABRA or not numero.strip().isdecimal() or int(numero) < 1:
            raise _no_se_entiende(entero)
        pasos.append(f"{_DE_PALABRA[palabra]}{int(numero) - 1}")
    if not pasos[-1].startswith("p"):
        pasos.append("p0")
    return "/".join(pasos)


def _no_se_entiende(texto: str) -> UsoIncorrecto:
    return UsoIncorrecto(
        f"«{texto}» no dice un lugar del encabezado",
        esperado="como «encabezado: tabla 1, fila 2, celda 3» o «pie: párrafo 1, después de «Versión:»»",
    )
