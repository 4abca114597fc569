"""La forma normal de un documento: lo que dice, sin lo que el procesador de textos le agrega.

Es el mismo valor que lee la comparación y del que se calcula la huella. Un bloque trae su texto legible
y, aparte, marcas con posición (`Marca`): así un texto que imita una marca no se confunde con ella.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sgc_gt.dominio.estructura import Linea, Titulo, titulos

# Clases de bloque.
TITULO = "titulo"
PARRAFO = "parrafo"
LISTA = "lista"
TABLA = "tabla"
CUADRO = "cuadro"
ZONA = "zona"

_NUMERO_ESCRITO = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?=\S)")


class Marca(NamedTuple):
    """Algo que el texto por sí solo no dice, entre las posiciones `desde` y `hasta` del texto."""

    clase: str
    """«enlace», «imagen», «nota», «zona», «campo», «tachado», «oculto» o «suprimido» (revisión pendiente)."""
    desde: int
    hasta: int
    dato: str = ""
    """Destino del enlace, sha256 de la imagen, nombre de la zona, instrucción del campo."""


Celda = tuple["Bloque", ...]
Fila = tuple[Celda, ...]


class Casilla(NamedTuple):
    """Cuánto ocupa una celda combinada en la cuadrícula de su tabla."""

    columnas: int = 1
    sigue: bool = False
    """Si es la continuación, hacia abajo, de la celda de la fila anterior."""


@dataclass(frozen=True, slots=True)
class Bloque:
    """Un título, párrafo, elemento de lista, tabla, cuadro de texto o zona, en el orden del documento."""

    clase: str
    nivel: int = 0
    """Nivel del título (1 a 9) o de la lista (1 en adelante); 0 en lo demás."""
    texto: str = ""
    marcas: tuple[Marca, ...] = ()
    filas: tuple[Fila, ...] = ()
    """Solo en tablas: filas de celdas; una celda es una tupla de bloques (una tabla anidada es un bloque)."""
    bloques: tuple[Bloque, ...] = ()
    """Solo en cuadros de texto: lo que hay dentro."""
    casillas: tuple[tuple[Casilla, ...], ...] = field(default=(), compare=False)
    """Solo en tablas con celdas combinadas. No es contenido: ni la huella ni la comparación la miran."""

    def textos_filas(self) -> tuple[tuple[str, ...], ...]:
        """Las celdas como texto simple, para mostrar y comparar."""
        return tuple(tuple(texto_de(celda) for celda in fila) for fila in self.filas)

    def cuadricula(self) -> tuple[tuple[str, ...], ...]:
        """Las celdas como texto, con lo combinado repetido en cada lugar que ocupa."""
        previa: tuple[str, ...] = ()
        filas = []
        for n, textos in enumerate(self.textos_filas()):
            previa = _extender(textos, self.casillas[n] if self.casillas else (), previa)
            filas.append(previa)
        return tuple(filas)


def _extender(
    textos: tuple[str, ...], casillas: tuple[Casilla, ...], previa: tuple[str, ...]
) -> tuple[str, ...]:
    """Una fila de la cuadrícula: lo que sigue hacia abajo toma el texto de la fila anterior."""
    fila: list[str] = []
    for texto, casilla in zip(textos, casillas or (Casilla(),) * len(textos), strict=True):
        arriba = previa[len(fila)] if casilla.sigue and len(fila) < len(previa) else ""
        fila += [arriba or texto] * casilla.columnas
    return tuple(fila)


class Encabezado(NamedTuple):
    """El contenido de un encabezado o pie: no entra en la huella, pero lo escrito ahí se informa."""

    clase: str
    """«encabezado», «encabezado_primera», «encabezado_par», «pie», «pie_primera» o «pie_par»."""
    bloques: tuple[Bloque, ...]


@dataclass(frozen=True, slots=True)
class FormaNormal:
    """Todo lo que un documento dice, en orden."""

    bloques: tuple[Bloque, ...] = ()
    encabezados: tuple[Encabezado, ...] = ()


class Seccion(NamedTuple):
    """Una sección del documento: su título y los bloques hasta el siguiente título."""

    numero: str
    titulo: str
    bloques: tuple[Bloque, ...]
    nivel: int = 1


def nfc(texto: str) -> str:
    """El texto en la forma Unicode única en que el sistema compara y firma."""
    return unicodedata.normalize("NFC", texto)


def texto_de(bloques: Iterable[Bloque]) -> str:
    """El texto legible de varios bloques, uno por línea; las celdas se separan con « | »."""
    return "\n".join(linea for bloque in bloques for linea in _lineas(bloque))


def _lineas(bloque: Bloque) -> Iterator[str]:
    if bloque.clase == TABLA:
        yield from (" | ".join(fila) for fila in bloque.textos_filas())
    elif bloque.clase == CUADRO:
        yield texto_de(bloque.bloques)
    else:
        yield bloque.texto


def secciones(forma: FormaNormal) -> list[Seccion]:
    """Las secciones del cuerpo de cualquier documento, numeradas por el nivel de sus títulos.

    Los títulos son los que llevan estilo de título; en un documento sin ninguno, los que se reconocen por su
    numeración o su nombre (`estructura.titulos`). Lo que precede al primero va en una sección sin número. Un
    número escrito a mano («3.1 Alcance») manda sobre el calculado, porque es el que la persona ve.
    """
    por_indice = {t.indice: t for t in titulos_de(forma)}
    resultado: list[Seccion] = []
    cuenta: list[int] = []
    numero, titulo, nivel, bloques = "", "", 0, list[Bloque]()
    for indice, bloque in enumerate(forma.bloques):
        if indice not in por_indice:
            bloques.append(bloque)
            continue
        if titulo or bloques:
            resultado.append(Seccion(numero, titulo, tuple(bloques), nivel))
        hallado = por_indice[indice]
        cuenta = _siguiente(cuenta, hallado.nivel)
        numero, titulo = hallado.numero or ".".join(map(str, cuenta)), hallado.titulo
        nivel, bloques = hallado.nivel, []
    if titulo or bloques:
        resultado.append(Seccion(numero, titulo, tuple(bloques), nivel))
    return resultado


def titulos_de(forma: FormaNormal) -> list[Titulo]:
    """Los títulos del cuerpo: los bloques de título si hay alguno; si no, los que se reconocen sin estilo."""
    if any(bloque.clase == TITULO for bloque in forma.bloques):
        return [
            Titulo(n, *_numero_escrito(b.texto), b.nivel)
            for n, b in enumerate(forma.bloques)
            if b.clase == TITULO
        ]
    return titulos([_linea(bloque) for bloque in forma.bloques])


def _numero_escrito(texto: str) -> tuple[str, str]:
    """El número que encabeza un título («» si no trae) y el resto."""
    escrito = _NUMERO_ESCRITO.match(texto)
    return (escrito[1], texto[escrito.end() :]) if escrito else ("", texto)


def _linea(bloque: Bloque) -> Linea:
    sirve = bloque.clase in {PARRAFO, LISTA} and not any(m.clase == "suprimido" for m in bloque.marcas)
    return Linea(bloque.texto if sirve else "", bloque.nivel if bloque.clase == LISTA else 0, sirve)


def _siguiente(cuenta: list[int], nivel: int) -> list[int]:
    """El contador de títulos después de uno de `nivel`; un nivel saltado cuenta como 1."""
    nueva = [*cuenta[:nivel], *[1] * (nivel - len(cuenta))]
    if nivel <= len(cuenta):
        nueva[nivel - 1] += 1
    return nueva
