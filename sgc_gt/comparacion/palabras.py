"""Las palabras que cambian dentro de un bloque, y cuánto se parecen unos textos a otros."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from rapidfuzz.distance import Indel

from sgc_gt.comparacion.alineacion import bloques_iguales, numerar
from sgc_gt.comparacion.valores import AGREGADO, IGUAL, SUPRIMIDO, Trozo
from sgc_gt.dominio.forma import Bloque

Sello = tuple[tuple[str, str], ...]
Palabra = tuple[str, Sello]

_PALABRA = re.compile(r"\s+|\w+(?:[.,:/@\u2011-]\w+)*|.", re.DOTALL)
_ENTERAS = frozenset({"imagen", "zona", "campo"})
"""Marcas cuyo texto es una sola pieza: «[imagen: Mapa]»."""
UMBRAL = 0.4
UMBRAL_LETRAS = 0.7
LETRAS_PUENTE = 3
CORTO = 12
"""Palabras hasta las que un texto se compara también por letras."""
SUSTITUTOS, LARGO_SUSTITUTOS = 0xD800, 0x800
"""Los códigos que no son letras: se saltan al dar una letra a cada palabra."""


def palabras(bloque: Bloque) -> list[Palabra]:
    """El texto en palabras, espacios y signos, cada uno con las marcas que lo cubren."""
    if not bloque.marcas:
        return [(p, ()) for p in _PALABRA.findall(bloque.texto)]
    cortes = sorted({0, len(bloque.texto), *(x for m in bloque.marcas for x in (m.desde, m.hasta))})
    resultado: list[Palabra] = []
    for desde, hasta in pairwise(cortes):
        texto = bloque.texto[desde:hasta]
        sello = _sello(bloque, desde, hasta)
        enteras = any(clase in _ENTERAS for clase, _ in sello)
        resultado += [(p, sello) for p in ([texto] if enteras and texto else _PALABRA.findall(texto))]
    return resultado


def _sello(bloque: Bloque, desde: int, hasta: int) -> Sello:
    cubren = (m for m in bloque.marcas if m.desde <= desde and hasta <= m.hasta)
    return tuple(sorted({(m.clase, m.dato) for m in cubren}))


def trozos(antes: Bloque, despues: Bloque) -> tuple[Trozo, ...]:
    """El texto de antes y el de después, en tramos iguales, suprimidos y agregados."""
    viejas, nuevas = palabras(antes), palabras(despues)
    # Otro destino de un enlace, otra imagen o un tachado no cambian la palabra: se dicen aparte (`decir`).
    tramos = _sin_puentes(bloques_iguales(*numerar([p[0] for p in viejas], [p[0] for p in nuevas])), viejas)
    resultado: list[Trozo] = []
    for igual, a, d in tramos:
        if igual:
            resultado += _juntos(IGUAL, nuevas[d.start : d.stop])
        else:
            resultado += _juntos(SUPRIMIDO, viejas[a.start : a.stop])
            resultado += _juntos(AGREGADO, nuevas[d.start : d.stop])
    return tuple(resultado)


def en_trozos(bloque: Bloque, tipo: str) -> tuple[Trozo, ...]:
    """Un bloque entero como trozos de un tipo, partido donde cambian sus marcas."""
    return tuple(_juntos(tipo, palabras(bloque)))


def _juntos(tipo: str, lista: Sequence[Palabra]) -> Iterator[Trozo]:
    """Las palabras seguidas con las mismas marcas, en un solo trozo."""
    for sello, grupo in groupby(lista, key=lambda p: p[1]):
        yield Trozo(tipo, "".join(texto for texto, _ in grupo), sello)


def _sin_puentes(
    tramos: Sequence[tuple[bool, range, range]], viejas: Sequence[Palabra]
) -> list[tuple[bool, range, range]]:
    """Un espacio o un «de» igual entre dos cambios los separa sin decir nada: se une a ellos."""
    unidos: list[tuple[bool, range, range]] = []
    for n, (igual, a, d) in enumerate(tramos):
        entre_cambios = igual and 0 < n < len(tramos) - 1
        if entre_cambios and len("".join(viejas[i][0] for i in a).strip()) <= LETRAS_PUENTE:
            igual = False  # noqa: PLW2901  (el puente pasa a ser parte del cambio)
        if unidos and not igual and not unidos[-1][0]:
            _, pa, pd = unidos[-1]
            unidos[-1] = (False, range(pa.start, a.stop), range(pd.start, d.stop))
        else:
            unidos.append((igual, a, d))
    return unidos


def parecidos(antes: Sequence[str], despues: Sequence[str]) -> Callable[[int, int], float]:
    """Cuánto se parecen el texto i de antes y el j de después, de 0 a 1; 0 si ya son otro.

    Se cuenta por palabras; en textos cortos, también por letras: una tilde corregida no es otro título.
    """
    cifras_a, cifras_d = _cifrados(antes, despues)

    def parecido(i: int, j: int) -> float:
        if antes[i] == despues[j]:
            return 1.0
        a, d = cifras_a[i], cifras_d[j]
        valor = Indel.normalized_similarity(a, d, score_cutoff=UMBRAL)
        if valor >= UMBRAL_LETRAS or len(a) > CORTO or len(d) > CORTO:
            return valor
        return max(valor, Indel.normalized_similarity(antes[i], despues[j], score_cutoff=UMBRAL_LETRAS))

    return parecido


def _cifrados(antes: Sequence[str], despues: Sequence[str]) -> tuple[list[str], list[str]]:
    """Cada texto con una letra por palabra distinta: comparar letras es veinte veces más rápido."""
    numeros: dict[str, int] = {}

    def cifra(texto: str) -> str:
        codigos = (numeros.setdefault(palabra, len(numeros)) for palabra in texto.split())
        return "".join(
            chr(min(n if n < SUSTITUTOS else n + LARGO_SUSTITUTOS, sys.maxunicode)) for n in codigos
        )

    return [cifra(t) for t in antes], [cifra(t) for t in despues]
