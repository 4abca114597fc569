"""Un texto simple convertido en piezas con estructura: títulos, párrafos, viñetas, pasos y definiciones.

El texto perdió su formato; quedan los números, los signos de viñeta, las sangrías, las líneas en blanco y
los largos. Cada regla usa lo que queda y ninguna cambia una palabra.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sgc_gt.dominio.nombres_secciones import llano
from sgc_gt.dominio.texto_armado import DEFINICION, PARRAFO, PASO, TITULO, VINETA, Armado, Obra
from sgc_gt.dominio.texto_paginas import Nota, juntar, sin_paginas

_TERMINO = re.compile(r"^(?P<termino>[^\W\d_][^:;.]{0,70}?): *(?P<resto>\S.*)$", re.S)
_DE_GLOSARIO = re.compile(r"^(?:terminologia|definicion|glosario|abreviatura|sigla|acronimo|concepto)")
_APARTADO = re.compile(r"^(?P<n>\d{1,2}(?:\.\d{1,2})+)[.)]? +(?P<resto>\S.*)$", re.S)
_CORTE = re.compile(
    r",| (?=\()| (?=(?:es|son|debe|deben|tiene|tienen|será|serán|corresponde|puede|pueden)\b)"
)
PALABRAS_DE_APARTADO = 12
ANCHO_MINIMO = 60
"""El ancho de página que se supone a un texto que no llega a mostrarlo."""


class Pieza(NamedTuple):
    """Un trozo del documento, en orden."""

    clase: str
    texto: str
    nivel: int = 1
    numero: str = ""
    """El del título o el del paso, como está escrito."""
    lista: int = 0
    """Solo pasos: a qué lista pertenece, para que cada una parta de uno."""
    notas: tuple[tuple[int, int], ...] = ()
    """Posición en el texto y número de cada llamada a nota."""
    seguido: bool = False
    """Solo títulos: el párrafo que sigue continúa en su renglón («3.1 La Jefatura, es responsable…»)."""


class Texto(NamedTuple):
    """Un texto simple con su estructura."""

    piezas: tuple[Pieza, ...]
    notas: tuple[Nota, ...] = ()
    descartado: tuple[str, ...] = ()
    """Las líneas que eran de la página y no del documento."""


def leer_texto(texto: str) -> Texto:
    """Las piezas de un texto simple, sus notas y lo que se descartó."""
    paginas = sin_paginas(texto)
    afinadas = list(_afinadas(Armado(paginas).piezas()))
    piezas = [pieza for pieza, _ in afinadas]
    llamadas = {n.numero for n in paginas.notas if _llamar(piezas, [desde for _, desde in afinadas], n)}
    sueltas = [Pieza(PARRAFO, f"{n.numero} {n.texto}") for n in paginas.notas if n.numero not in llamadas]
    notas = tuple(n for n in paginas.notas if n.numero in llamadas)
    return Texto((*piezas, *sueltas), notas, paginas.descartado)


def _llamar(piezas: list[Pieza], desde: Sequence[int], nota: Nota) -> bool:
    """Saca del texto la llamada a una nota («región1») y anota dónde estaba; False si no se halla."""
    llamada = re.compile(rf"(?<=[a-záéíóúñ]){nota.numero}(?!\w)")
    for n in reversed(range(len(piezas))):
        if desde[n] < nota.lugar and (m := llamada.search(piezas[n].texto)):
            p = piezas[n]
            texto = p.texto[: m.start()] + p.texto[m.end() :]
            piezas[n] = p._replace(texto=texto, notas=(*p.notas, (m.start(), nota.numero)))
            return True
    return False


# ---- lo que se afina con la pieza entera ------------------------------------------------------------------


def _afinadas(obras: Sequence[Obra]) -> Iterator[tuple[Pieza, int]]:
    """Las piezas definitivas, cada una con el renglón en que empieza.

    Una enumeración sin signos se parte en viñetas; el glosario, en definiciones; «3.1 La Jefatura, es…» en su
    título y el párrafo que lo sigue.
    """
    ancho = max((len(r) for o in obras for r in o.renglones), default=0)
    ancho = max(ancho, ANCHO_MINIMO)
    en_glosario, seccion = False, ""
    for obra in obras:
        if obra.clase == TITULO and obra.nivel == 1:
            en_glosario = _DE_GLOSARIO.match(llano(obra.renglones[0])) is not None
            seccion = obra.numero
        for pieza in _de_obra(obra, ancho, en_glosario, seccion):
            yield pieza, obra.desde


def _de_obra(obra: Obra, ancho: int, en_glosario: bool, seccion: str) -> Iterable[Pieza]:
    texto = juntar(obra.renglones)
    if en_glosario and obra.clase in {PARRAFO, VINETA} and _TERMINO.match(texto):
        return (Pieza(DEFINICION, texto),)
    if obra.clase == PARRAFO and (apartado := _apartado(texto, seccion)):
        return apartado
    if obra.clase == PARRAFO and _es_enumeracion(obra.renglones, ancho):
        return (Pieza(VINETA, juntar([renglon])) for renglon in obra.renglones)
    numero = obra.numero if obra.clase in {TITULO, PASO} else ""
    return (Pieza(obra.clase, texto, obra.nivel, numero, obra.lista),)


def _apartado(texto: str, seccion: str) -> tuple[Pieza, ...]:
    """«3.1 La Jefatura, es responsable de…» en título y párrafo, si es de la sección en que está."""
    m = _APARTADO.match(texto)
    if m is None or not seccion or m["n"].split(".")[0] != seccion:
        return ()
    corte = _CORTE.search(m["resto"])
    titulo = m["resto"][: corte.end()].strip() if corte else ""
    if not titulo or len(titulo.split()) > PALABRAS_DE_APARTADO or not titulo[0].isupper():
        return ()
    resto = m["resto"][len(titulo) :].strip()
    return Pieza(TITULO, titulo, m["n"].count(".") + 1, m["n"], seguido=True), Pieza(PARRAFO, resto)


def _es_enumeracion(renglones: Sequence[str], ancho: int) -> bool:
    """Renglones que son, cada uno, un elemento: empiezan con mayúscula y cada uno cierra o queda corto."""
    if len(renglones) < 3 or not all(r[:1].isupper() for r in renglones):
        return False
    cierran = sum(r.endswith((".", ";")) or len(r) <= ancho * 0.5 for r in renglones)
    return cierran >= len(renglones) * 0.8
