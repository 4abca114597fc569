"""Un documento de Word como párrafos que cualquier página puede mostrar: se lee sin Word ni LibreOffice."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sgc_gt.comparacion.palabras import en_trozos
from sgc_gt.comparacion.valores import IGUAL
from sgc_gt.consultas.expediente_valores import Lectura, Parrafo, Tramo
from sgc_gt.dominio.forma import CUADRO, LISTA, PARRAFO, TABLA, TITULO, ZONA, Bloque, FormaNormal, secciones
from sgc_gt.word.extraer import forma_de_partes
from sgc_gt.word.puerta import abrir
from sgc_gt.word.zonas import Zona, leer_zonas

Celda = tuple[Parrafo, ...]
_FORMATOS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
"""Las imágenes que todo navegador muestra, por cómo empiezan; de las demás se dice su texto."""

_IMAGEN = re.compile(r"\[imagen: (.*)\]", re.DOTALL)
_INDICES = frozenset({"contenido", "contenidos", "índice", "tabla de contenidos"})
_COLUMNAS = {
    "firmas": ("Responsabilidad", "Nombre", "Cargo", "Calidad", "Firma", "Fecha"),
    "cambios": ("Versión", "Fecha", "Sección", "Descripción del cambio", "Motivo", "Aprobó"),
}


def leer(contenido: bytes, nombre: str, origenes: Mapping[tuple[int, int], str] = {}) -> Lectura:
    """El documento entero, con sus zonas de control y sus imágenes. EntradaInvalida si no se puede abrir.

    `origenes`: (bloque, fila o -1) → la versión desde la que dice lo que dice, para ponerla al lado.
    """
    partes = abrir(contenido, nombre)
    return lectura(forma_de_partes(partes), leer_zonas(partes), _imagenes(partes), origenes)


def lectura(
    forma: FormaNormal,
    zonas: Mapping[str, Zona],
    imagenes: Mapping[str, str],
    origenes: Mapping[tuple[int, int], str] = {},
) -> Lectura:
    """La forma normal como se muestra. `imagenes`: sha256 → dirección; van solo las que el texto nombra."""
    lugares = {id(b): n for n, b in enumerate(forma.bloques)}
    parrafos = tuple(_todos(forma, _Fuente(zonas, lugares, origenes)))
    nombradas = set(_nombradas(parrafos))
    propias = {k: v for k, v in imagenes.items() if k in nombradas}
    return Lectura(parrafos, propias, bool(origenes))


class _Fuente(NamedTuple):
    """De dónde sale lo que se muestra además del texto."""

    zonas: Mapping[str, Zona]
    lugares: Mapping[int, int]  # bloque del cuerpo → su lugar
    origenes: Mapping[tuple[int, int], str]

    def desde(self, b: Bloque, fila: int = -1) -> str:
        """La versión desde la que lo dice; vacío si es de la primera o está dentro de otro bloque."""
        return self.origenes.get((self.lugares.get(id(b), -1), fila), "")


def _todos(forma: FormaNormal, fuente: _Fuente) -> Iterator[Parrafo]:
    """Las secciones en orden: el título con su número, y lo que cuelga de él. Ningún nivel se salta."""
    nivel = 0
    for s in secciones(forma):
        if s.titulo:
            nivel = min(s.nivel, nivel + 1)
            yield Parrafo(TITULO, nivel, (Tramo(f"{s.numero} {s.titulo}".strip(), {}),))
        yield from _parrafos(s.bloques if s.titulo else _sin_rotulo(s.bloques), fuente)


def _sin_rotulo(bloques: Sequence[Bloque]) -> Sequence[Bloque]:
    """Lo que precede al primer título, sin el rótulo del índice: el índice no está en la forma normal."""
    es_rotulo = bool(bloques) and bloques[-1].texto.strip().casefold() in _INDICES
    return bloques[:-1] if es_rotulo else bloques


def _parrafos(bloques: Iterable[Bloque], fuente: _Fuente) -> Iterator[Parrafo]:
    """Los bloques; los elementos de lista seguidos, dentro de una."""
    for clase, grupo in groupby(bloques, key=lambda b: b.clase):
        hechos = [p for b in grupo for p in _parrafo(b, fuente)]
        yield from (Parrafo(LISTA, dentro=tuple(hechos)),) if clase == LISTA else hechos


def _parrafo(b: Bloque, fuente: _Fuente) -> Iterator[Parrafo]:
    if b.clase == ZONA:
        yield from _de_zona(b.texto, fuente.zonas)
    elif b.clase == TABLA:
        filas = tuple(tuple(tuple(_parrafos(celda, fuente)) for celda in fila) for fila in b.filas)
        desdes = tuple(fuente.desde(b, n) for n in range(len(b.filas)))
        yield Parrafo(TABLA, filas=_parejas(filas), desdes=desdes)
    elif b.clase == CUADRO:
        yield Parrafo(CUADRO, dentro=tuple(_parrafos(b.bloques, fuente)), desde=fuente.desde(b))
    else:
        yield Parrafo(b.clase, b.nivel, tuple(_tramos(b, fuente.zonas)), desde=fuente.desde(b))


def _tramos(b: Bloque, zonas: Mapping[str, Zona]) -> Iterator[Tramo]:
    """El texto partido donde cambian sus marcas; de una zona, lo que el sistema escribió en ella."""
    for trozo in en_trozos(b, IGUAL):
        marcas = dict(trozo.marcas)
        zona = zonas.get(marcas.get("zona", ""))
        texto = zona.texto if zona else trozo.texto
        yield Tramo(_alternativo(texto) if "imagen" in marcas else texto, marcas)


def _alternativo(texto: str) -> str:
    """Lo que una imagen dice a quien no la ve: la forma normal lo escribe «[imagen: Mapa]»."""
    return "Imagen sin texto alternativo" if texto == "[imagen]" else _IMAGEN.sub(r"\1", texto)


def _de_zona(nombre: str, zonas: Mapping[str, Zona]) -> Iterator[Parrafo]:
    zona = zonas.get(nombre)
    if zona is None:
        return
    if not zona.filas:
        yield Parrafo(PARRAFO, tramos=(Tramo(zona.texto, {"zona": nombre}),))
        return
    titulos = _COLUMNAS.get(nombre, ())
    textos = [titulos, *zona.filas] if len(titulos) == len(zona.filas[0]) else zona.filas
    filas = tuple(tuple(_celda(texto) for texto in fila) for fila in textos)
    yield Parrafo(TABLA, filas=_parejas(filas), desdes=("",) * len(filas))


def _celda(texto: str) -> Celda:
    return (Parrafo(PARRAFO, tramos=(Tramo(texto, {}),)),) if texto else ()


def _parejas(filas: tuple[tuple[Celda, ...], ...]) -> tuple[tuple[Celda, ...], ...]:
    """Las filas, todas del mismo ancho: una celda combinada deja el resto en blanco."""
    ancho = max((len(f) for f in filas), default=0)
    return tuple((*f, *[()] * (ancho - len(f))) for f in filas)


def _nombradas(parrafos: Iterable[Parrafo]) -> Iterator[str]:
    """Los resúmenes de las imágenes que el texto muestra."""
    for p in parrafos:
        yield from (t.marcas["imagen"] for t in p.tramos if "imagen" in t.marcas)
        yield from _nombradas(p.dentro)
        for fila in p.filas:
            for celda in fila:
                yield from _nombradas(celda)


def _imagenes(partes: Mapping[str, bytes]) -> dict[str, str]:
    """sha256 → la imagen como dirección `data:`."""
    return {
        hashlib.sha256(datos).hexdigest(): f"data:{tipo};base64,{base64.b64encode(datos).decode('ascii')}"
        for parte, datos in partes.items()
        if "/media/" in parte and (tipo := _tipo(datos))
    }


def _tipo(datos: bytes) -> str:
    return next((tipo for firma, tipo in _FORMATOS.items() if datos.startswith(firma)), "")
