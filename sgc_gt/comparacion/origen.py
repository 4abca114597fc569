"""Desde cuándo un documento dice algo: cada párrafo, fila o celda se sigue hacia atrás, versión por versión.

Es lo que `git blame` hace con las líneas de un programa, con los bloques que la comparación parea: lo que
cambió de lugar se sigue, y lo que cambió de palabras recuerda las que tenía.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz

from sgc_gt.comparacion.bloques import pasos
from sgc_gt.comparacion.comparar import secciones_de_los_bloques
from sgc_gt.comparacion.valores import (
    AGREGADO,
    IGUAL,
    MODIFICADO,
    MOVIDO,
    ORIGEN,
    SUPRIMIDO,
    Paso,
    PasoCelda,
    PasoFila,
)
from sgc_gt.dominio.forma import TABLA, ZONA, Bloque, Fila, FormaNormal, texto_de
from sgc_gt.dominio.textos import comparable

FILA, CELDA = "fila", "celda"
DEL_SISTEMA = "(lo escribe el sistema)"
PARECIDO = 50
"""Bajo este parecido (de 0 a 100) un texto ya no es el que la persona quiso decir."""
_PALABRA = re.compile(r"\w+")
_NO_ESTAN = (SUPRIMIDO, ORIGEN)


class Unidad(NamedTuple):
    """Un lugar del cuerpo: un bloque o, en una tabla, una fila o una celda de ella. Se cuenta desde 0."""

    bloque: int
    fila: int = -1
    columna: int = -1


class Hito(NamedTuple):
    """Lo que le pasó a una unidad al llegar a una versión, y cómo quedó."""

    version: int
    """Lugar de la versión en la sucesión, desde 0."""
    tipo: str
    """agregado, modificado o movido (cambió de lugar y no de palabras)."""
    seccion: str
    texto: str


class Rastro(NamedTuple):
    """Una unidad de la última versión y todo lo que le pasó, de lo más reciente a lo más antiguo."""

    unidad: Unidad
    clase: str
    seccion: str
    texto: str
    hitos: tuple[Hito, ...]
    celdas: tuple[str, ...] = ()
    """En filas y celdas: lo que dice cada celda de la fila."""

    @property
    def desde(self) -> int:
        """La versión desde la que dice lo que dice: cambiar de lugar no es decir otra cosa."""
        return next(h.version for h in self.hitos if h.tipo != MOVIDO)

    @property
    def redacciones(self) -> tuple[Hito, ...]:
        """Los hitos en que cambiaron sus palabras, el último primero."""
        return tuple(h for h in self.hitos if h.tipo != MOVIDO)

    def dice_desde(self, texto: str) -> int:
        """La versión desde la que trae esas palabras, aunque después haya cambiado otras."""
        clave, version = comparable(texto), self.desde
        for redaccion in self.redacciones:
            if clave not in comparable(redaccion.texto):
                break
            version = redaccion.version
        return version


class Sucesion:
    """Las versiones de un documento, de la primera a la última, listas para preguntar por la última."""

    def __init__(self, formas: Sequence[FormaNormal]) -> None:
        self.formas = tuple(formas)
        self._pasos: dict[int, dict[int, Paso]] = {}
        self._secciones: dict[int, list[str]] = {}

    @cached_property
    def unidades(self) -> tuple[Unidad, ...]:
        """Lo que la última versión dice: sus bloques y, de cada tabla, sus filas. Sin zonas de control."""
        return tuple(_unidades(self.formas[-1]))

    def secciones(self, version: int = -1) -> list[str]:
        """El nombre de la sección de cada bloque de una versión."""
        n = version % len(self.formas)
        if n not in self._secciones:
            self._secciones[n] = secciones_de_los_bloques(self.formas[n])
        return self._secciones[n]

    def rastro(self, unidad: Unidad) -> Rastro:
        """De dónde viene una unidad de la última versión. IndexError si no está en ella."""
        hitos: list[Hito] = []
        u: Unidad | None = unidad
        for n in range(len(self.formas) - 1, -1, -1):
            if u is None:
                break
            tipo, anterior = self._llegada(n, u)
            if tipo != IGUAL:
                hitos.append(Hito(n, tipo, self.secciones(n)[u.bloque], texto_en(self.formas[n], u)))
            u = anterior
        forma = self.formas[-1]
        clase, texto = clase_en(forma, unidad), texto_en(forma, unidad)
        celdas = textos_de_fila(forma.bloques[unidad.bloque].filas[unidad.fila]) if unidad.fila >= 0 else ()
        return Rastro(unidad, clase, self.secciones()[unidad.bloque], texto, tuple(hitos), celdas)

    def _llegada(self, n: int, u: Unidad) -> tuple[str, Unidad | None]:
        """Qué le pasó a la unidad al llegar a la versión n, y dónde estaba en la anterior."""
        if n == 0:
            return AGREGADO, None
        if n not in self._pasos:
            guion = pasos(self.formas[n - 1].bloques, self.formas[n].bloques)
            self._pasos[n] = {p.despues: p for p in guion if p.tipo not in _NO_ESTAN}
        return _antes(self._pasos[n][u.bloque], u)


def _antes(paso: Paso, u: Unidad) -> tuple[str, Unidad | None]:
    """Lo que el paso de su bloque le hizo a una unidad, y dónde estaba."""
    if paso.tipo == AGREGADO:
        return AGREGADO, None
    previa = u._replace(bloque=paso.antes)
    sin_cambios = MOVIDO if paso.tipo == MOVIDO else IGUAL
    if paso.edicion is None:
        return sin_cambios, previa
    if u.fila < 0:
        return MODIFICADO, previa
    filas = paso.edicion.tabla.filas if paso.edicion.tabla else ()
    fila = next(f for f in filas if f.despues == u.fila and f.tipo not in _NO_ESTAN)
    return _antes_en_fila(fila, previa, sin_cambios)


def _antes_en_fila(fila: PasoFila, u: Unidad, sin_cambios: str) -> tuple[str, Unidad | None]:
    if fila.tipo == AGREGADO:
        return AGREGADO, None
    previa = u._replace(fila=fila.antes)
    sin_cambios = MOVIDO if fila.tipo == MOVIDO else sin_cambios
    if not fila.celdas:
        return sin_cambios, previa
    if u.columna < 0:
        return MODIFICADO, previa
    celda = next(c for c in fila.celdas if c.despues == u.columna and c.tipo not in _NO_ESTAN)
    return _antes_en_celda(celda, previa, sin_cambios)


def _antes_en_celda(celda: PasoCelda, u: Unidad, sin_cambios: str) -> tuple[str, Unidad | None]:
    if celda.tipo == AGREGADO:
        return AGREGADO, None
    previa = u._replace(columna=celda.antes)
    if celda.pasos:
        return MODIFICADO, previa
    return (MOVIDO if celda.tipo == MOVIDO else sin_cambios), previa


# ---- qué hay en una forma ---------------------------------------------------------------------------------


def _unidades(forma: FormaNormal) -> Iterator[Unidad]:
    for n, bloque in enumerate(forma.bloques):
        if bloque.clase == TABLA:
            yield from (Unidad(n, fila) for fila in range(len(bloque.filas)))
        elif bloque.clase != ZONA and texto_de([bloque]).strip():
            yield Unidad(n)


def texto_en(forma: FormaNormal, u: Unidad) -> str:
    """Lo que dice una unidad; las celdas de una fila se separan con « | »."""
    bloque = forma.bloques[u.bloque]
    if u.fila < 0:
        return texto_de([bloque])
    celdas = textos_de_fila(bloque.filas[u.fila])
    return " | ".join(celdas) if u.columna < 0 else celdas[u.columna]


def textos_de_fila(fila: Fila) -> tuple[str, ...]:
    """Lo que dice cada celda; una zona de control no dice nada propio."""
    return tuple(
        "\n".join(DEL_SISTEMA if b.clase == ZONA else texto_de([b]) for b in celda) for celda in fila
    )


def clase_en(forma: FormaNormal, u: Unidad) -> str:
    """«parrafo», «titulo», «lista», «cuadro», «fila» o «celda»."""
    if u.fila >= 0:
        return CELDA if u.columna >= 0 else FILA
    return forma.bloques[u.bloque].clase


def buscar(forma: FormaNormal, texto: str) -> tuple[Unidad, ...]:
    """Las unidades más pequeñas que dicen el texto, sin mirar tildes, mayúsculas ni espacios de más."""
    clave = comparable(texto)
    return tuple(u for n, bloque in enumerate(forma.bloques) for u in _en_bloque(n, bloque, clave))


def _en_bloque(n: int, bloque: Bloque, clave: str) -> Iterator[Unidad]:
    if bloque.clase == ZONA:
        return
    if bloque.clase != TABLA:
        if clave in comparable(texto_de([bloque])):
            yield Unidad(n)
        return
    for f, fila in enumerate(bloque.filas):
        textos = textos_de_fila(fila)
        celdas = [Unidad(n, f, c) for c, texto in enumerate(textos) if clave in comparable(texto)]
        yield from celdas
        if not celdas and clave in comparable(" | ".join(textos)):
            yield Unidad(n, f)


def mas_parecida(sucesion: Sucesion, texto: str) -> Unidad | None:
    """La unidad de la última versión que más se parece al texto; None si ninguna se parece."""
    forma, clave = sucesion.formas[-1], comparable(texto)
    medidas = [(_parecido(clave, comparable(texto_en(forma, u))), u) for u in sucesion.unidades]
    cuanto, mejor = max(medidas, key=lambda medida: medida[0], default=(0.0, None))
    return mejor if cuanto >= PARECIDO else None


def _parecido(clave: str, dicho: str) -> float:
    """De 0 a 100, mitad por las letras seguidas y mitad por las palabras que dice (las largas pesan más).

    Un texto más corto que lo pedido se compara entero: «Responsable» está dentro de cualquier cosa.
    """
    letras = fuzz.partial_ratio if len(dicho) >= len(clave) else fuzz.ratio
    palabras, dichas = _PALABRA.findall(clave), set(_PALABRA.findall(dicho))
    comunes = sum(len(p) for p in palabras if p in dichas)
    return letras(clave, dicho) / 2 + 50 * comunes / max(1, sum(map(len, palabras)))
