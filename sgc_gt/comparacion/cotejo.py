"""El texto de un PDF frente al documento de Word del que salió: si dice lo mismo, qué le falta y qué agrega.

Un PDF trae además lo que la página pone: encabezados y pies, la tabla de contenidos, números de lista, el
cuadro de firmas. Eso se explica por renglones enteros; dentro de un renglón del documento, solo se explican
los números y las letras de una lista. Así un «no» agregado a una frase se ve, aunque el pie diga «copia no
controlada».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from sgc_gt.dominio.forma import CUADRO, TABLA, ZONA, Bloque, FormaNormal, texto_de, titulos_de
from sgc_gt.dominio.pdf_firmado import DISTINTO, IGUAL, IMAGEN, OTRO, Cotejo, Pagina

PARECIDO = 0.5
"""Con menos de la mitad de las palabras no es una copia del documento: es otro (un acta, un oficio)."""

_PALABRA = re.compile(r"[^\W\d_]+|\d+")  # la llamada de una nota queda pegada a su palabra: «ver1»
_SELLO = re.compile(
    r"firmad[oa] (?:digital|electr)|firma electr[oó]nica (?:avanzada|simple)|19\.?799"
    r"|verificar? (?:este|la validez)|c[oó]digo de validaci[oó]n|^https?://\S+$",
    re.IGNORECASE,
)
_NO_SE_VEN = frozenset({"zona", "imagen", "oculto", "suprimido", "nota"})
"""Marcas de lo que el cuerpo del PDF no muestra ahí; una nota va al pie de su página."""
_LETRAS_SUELTAS = 4
"""Desde tantas letras separadas, es un título espaciado y no los incisos de una lista."""
_LETRAS_JUNTAS = 12
"""Desde este largo, unas palabras que el PDF parte de otro modo se reconocen por sus letras."""


class _Renglon(NamedTuple):
    texto: str
    palabras: tuple[str, ...]


def cotejar(forma: FormaNormal, renglones: Sequence[str], pagina: Pagina) -> Cotejo:
    """El cotejo del documento con un PDF; `pagina`, lo que el documento pone además del cuerpo.

    Lo que falta se busca en todo el PDF; lo que sobra, sin los renglones que son enteros de la página: así
    una palabra del pie no se toma por la misma palabra de una frase.
    """
    leidos = [_Renglon(r.strip(), tuple(_de_renglon(r))) for r in renglones]
    suyas = [p for r in leidos for p in r.palabras]
    debidas = [p for b in forma.bloques for p in _de_bloque(b)]
    if not suyas:
        return Cotejo(IMAGEN)
    casan, faltan, _ = _alinear(debidas, suyas)
    if casan < PARECIDO * len(debidas):
        return Cotejo(OTRO)
    notas = [n for b in forma.bloques for n in _notas(b)]
    explicacion = _Explicacion(forma, pagina._replace(margenes=(*pagina.margenes, *notas)))
    cuerpo = [r for r in leidos if not explicacion.es_de_la_pagina(r.palabras)]
    sobran, sellos = explicacion.explicar(
        cuerpo, _alinear(debidas, [p for r in cuerpo for p in r.palabras])[2]
    )
    todas = (*faltan, *(" ".join(_palabras(n)) for n in notas))
    faltan = [f for f in todas if not _partida(f, "".join(suyas))]
    estado = DISTINTO if faltan or sobran else IGUAL
    return Cotejo(estado, *(tuple(dict.fromkeys(x)) for x in (faltan, sobran, sellos)))


def _partida(trozo: str, letras_pdf: str) -> bool:
    """Si esas letras están seguidas: el PDF solo las parte en otras palabras."""
    letras = trozo.replace(" ", "")
    return len(letras) >= _LETRAS_JUNTAS and letras in letras_pdf


def _de_renglon(texto: str) -> Iterator[str]:
    """Las palabras de un renglón. Si se escribió espaciado («I N F O R M E  D E  …»), cada palabra entera."""
    grupos = [_palabras(grupo) for grupo in re.split(r"\s{2,}", texto.strip())]
    sueltas = all(len(p) == 1 and p.isalpha() for grupo in grupos for p in grupo)
    espaciado = sueltas and max(map(len, grupos)) >= _LETRAS_SUELTAS
    for grupo in grupos:
        yield from ["".join(grupo)] if espaciado and grupo else grupo


def _palabras(texto: str) -> list[str]:
    plano = unicodedata.normalize("NFKC", texto).replace("\u00ad", "")
    return _PALABRA.findall(plano.casefold())


def _de_bloque(bloque: Bloque) -> Iterator[str]:
    """Las palabras que un lector ve: ni los nombres de las zonas, ni textos alternativos, ni lo suprimido."""
    if bloque.clase == ZONA:
        return
    if bloque.clase == TABLA:
        for fila in bloque.filas:
            for celda in fila:
                for hijo in celda:
                    yield from _de_bloque(hijo)
        return
    if bloque.clase == CUADRO:
        for hijo in bloque.bloques:
            yield from _de_bloque(hijo)
        return
    texto = list(bloque.texto)
    for m in bloque.marcas:
        if m.clase in _NO_SE_VEN:
            texto[m.desde : m.hasta] = " " * (m.hasta - m.desde)
    yield from _palabras("".join(texto))


def _notas(bloque: Bloque) -> Iterator[str]:
    for m in bloque.marcas:
        if m.clase == "nota":
            yield bloque.texto[m.desde : m.hasta].removeprefix("[nota:").removesuffix("]")
    for hijo in (*bloque.bloques, *(h for fila in bloque.filas for celda in fila for h in celda)):
        yield from _notas(hijo)


def _alinear(debidas: list[str], suyas: list[str]) -> tuple[int, list[str], set[int]]:
    """Cuántas palabras casan, los tramos que faltan y las posiciones que sobran."""
    faltan: list[str] = []
    sobran: set[int] = set()
    fuera = 0
    for op in Indel.opcodes(debidas, suyas):
        if op.tag in ("delete", "replace"):
            faltan.append(" ".join(debidas[op.src_start : op.src_end]))
            fuera += op.src_end - op.src_start
        if op.tag in ("insert", "replace"):
            sobran |= set(range(op.dest_start, op.dest_end))
    return len(debidas) - fuera, faltan, sobran


def _sin_numeros(palabras: Collection[str]) -> list[str]:
    return [p for p in palabras if not _es_numero(p)]


def _es_numero(palabra: str) -> bool:
    """Un número o la letra de una lista."""
    return palabra.isdecimal() or len(palabra) == 1


class _Explicacion:
    """De dónde puede venir lo que un PDF dice además del cuerpo del documento."""

    def __init__(self, forma: FormaNormal, pagina: Pagina) -> None:
        textos = (*pagina.margenes, *pagina.zonas)
        self._vocabulario = {p for t in textos for p in _sin_numeros(_palabras(t))}
        self._zonas = {tuple(_sin_numeros(_palabras(z))) for z in pagina.zonas}
        cabezas = [c for b in forma.bloques if b.filas for c in (" ".join(map(texto_de, b.filas[0])),)]
        seguidos = [*(t.titulo for t in titulos_de(forma)), *cabezas]
        self._seguidos = f" {' '.join(_sin_numeros(_palabras(' '.join(seguidos))))} "

    def es_de_la_pagina(self, palabras: Collection[str]) -> bool:
        """Si el renglón entero es de un encabezado, el cuadro de firmas, el índice o una tabla que sigue."""
        propias = _sin_numeros(palabras)
        return set(propias) <= self._vocabulario or f" {' '.join(propias)} " in self._seguidos

    def explicar(
        self, renglones: Sequence[_Renglon], sobrantes: Collection[int]
    ) -> tuple[list[str], list[str]]:
        """Los trozos que nada explica, y los renglones que son sellos de quien firma."""
        sobran, sellos, posicion = [], [], 0
        for r in renglones:
            trozo = [p for i, p in enumerate(r.palabras, posicion) if i in sobrantes]
            posicion += len(r.palabras)
            entero = len(trozo) == len(r.palabras)
            if not _sin_numeros(trozo) or tuple(_sin_numeros(trozo)) in self._zonas or _es_leyenda(trozo):
                continue
            if entero and _SELLO.search(r.texto):
                sellos.append(r.texto)
            else:
                sobran.append(r.texto if entero else f"{' '.join(trozo)} (en «{r.texto}»)")
        return sobran, sellos


def _es_leyenda(trozo: Sequence[str]) -> bool:
    """«Figura 1», «Tabla 2»: el rótulo que Word numera."""
    return len(trozo) == 2 and trozo[0] in ("figura", "tabla") and trozo[1].isdecimal()
