"""Los títulos de un documento que no usó estilos de título: por numeración automática, escrita o por nombre.

La mitad de los procedimientos que un servicio trae se escribieron con negrita y un número a mano. Las
cuatro lecturas se hacen a la vez y gana la que reconoce más secciones de nombre usual; ninguna inventa: con
menos de dos títulos reconocibles el documento queda como una sola sección.

Lo que no es título aunque lo parezca: los pasos numerados dentro de una sección, las líneas de una tabla de
contenido, una fecha («10. enero»), un número de ley, una frase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from sgc_gt.dominio.fechas import NOMBRES_MESES
from sgc_gt.dominio.nombres_secciones import es_exacto, es_usual, llano

LARGO_TITULO = 110
PALABRAS_TITULO = 16
_DE_INDICE = re.compile(r"(?:\.{4,}|…{2,}|_{4,}|(?:\. ){4,})\s*\d{0,3}\s*$|\t\s*\d{1,3}\s*$")
_DECIMAL = re.compile(
    r"(?P<n>\d{1,2}(?:\.\d{1,2}){0,4})(?P<cierre>\s?[.)°º]?\s?[-–—:]?[ \t]*)(?P<titulo>\S.*)"
)
_ROMANO = re.compile(r"(?P<n>[IVX]{1,5})(?P<cierre>\s?[.)]?\s?[-–—:]?[ \t]+)(?P<titulo>\S.*)")
_LETRA = re.compile(r"(?P<n>[A-Z])(?P<cierre>\s?[.)]\s?[-–—:]?[ \t]+)(?P<titulo>\S.*)")
_DECENA = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMANOS = {decena + unidad: n for n, (decena, unidad) in enumerate(product(("", "X"), _DECENA)) if n}
_MESES = frozenset((*NOMBRES_MESES, "setiembre"))
_NO_EMPIEZA = re.compile(r"(?:días?|meses|años?|horas|veces|personas|UTM|UF)\b", re.I)


class Linea(NamedTuple):
    """Un bloque visto por quien busca títulos: su texto y, si es de una lista, el nivel (1 en adelante)."""

    texto: str
    lista: int = 0
    sirve: bool = True
    """Si puede ser título: un párrafo o elemento de lista; no una tabla, cuadro o zona."""


class Titulo(NamedTuple):
    """Un título hallado: en qué bloque, el número escrito («» si lo cuenta el sistema), su texto y nivel."""

    indice: int
    numero: str
    titulo: str
    nivel: int


def titulos(lineas: Sequence[Linea]) -> list[Titulo]:
    """Los títulos de un documento sin estilos de título, en orden; lista vacía si no se reconocen."""
    lecturas = [_automaticos(lineas), *_escritos(lineas), _por_nombre(lineas)]
    return _sin_indice(max(lecturas, key=_peso, default=[]))


def _sin_indice(hallados: Sequence[Titulo]) -> list[Titulo]:
    """Los títulos sin los de un índice sin puntos ni páginas: vacíos, y repetidos más adelante."""
    ultimos = {llano(t.titulo): t.indice for t in hallados}
    siguientes = [t.indice for t in hallados[1:]] + [-1]
    return [
        t
        for t, siguiente in zip(hallados, siguientes, strict=False)
        if t.indice == ultimos[llano(t.titulo)] or siguiente != t.indice + 1
    ]


def _peso(hallados: Sequence[Titulo]) -> tuple[int, int]:
    """Cuántas secciones de nombre usual y cuántas de primer nivel reconoce una lectura."""
    primeros = [t for t in hallados if t.nivel == 1]
    return sum(es_usual(t.titulo) for t in primeros), len(primeros)


def parece_titulo(texto: str) -> bool:
    """Si un texto tiene el largo y la forma de un título: una línea corta que no es frase ni de un índice."""
    limpio = texto.strip()
    if not limpio or "\n" in limpio or len(limpio) > LARGO_TITULO or len(limpio.split()) > PALABRAS_TITULO:
        return False
    if _DE_INDICE.search(texto) or limpio.endswith((";", ",")) or "[#]" in limpio:
        return False
    primera = next((c for c in limpio if c.isalnum()), "")
    if not primera.isalpha() or not primera.isupper() or re.search(r"[.;] +[A-ZÁÉÍÓÚÑ]", limpio):
        return False
    if limpio.endswith((".", ":")) and not es_usual(limpio):
        return False
    return limpio.split()[0].casefold().rstrip(".,") not in _MESES and not _NO_EMPIEZA.match(limpio)


# ---- numeración automática --------------------------------------------------------------------------------


def _automaticos(lineas: Sequence[Linea]) -> list[Titulo]:
    """Elementos de lista sueltos y cortos, si al menos dos tienen nombre usual de sección.

    Dos elementos seguidos de una misma lista son viñetas o pasos, salvo que ambos se llamen como secciones.
    """
    anclas = [n for n, linea in enumerate(lineas) if linea.lista and es_exacto(linea.texto)]
    if len({lineas[n].texto.casefold() for n in anclas}) < 2:
        return []
    raiz = min(lineas[n].lista for n in anclas)
    return [
        Titulo(n, "", linea.texto.strip(), linea.lista - raiz + 1)
        for n, linea in enumerate(lineas)
        if linea.lista >= raiz
        and parece_titulo(linea.texto)
        and (es_usual(linea.texto) or _suelto(lineas, n))
    ]


def _suelto(lineas: Sequence[Linea], n: int) -> bool:
    """Si un elemento de lista está solo: ni continúa una lista igual ni la sigue otro de su nivel."""
    if n + 1 == len(lineas):
        return False
    siguiente, anterior = lineas[n + 1].lista, lineas[n - 1].lista if n else 0
    return (siguiente == 0 or siguiente > lineas[n].lista) and anterior != lineas[n].lista


# ---- numeración escrita -----------------------------------------------------------------------------------


class _Candidato(NamedTuple):
    indice: int
    orden: tuple[int, ...]
    """El número en piezas: «6.2.1» → (6, 2, 1)."""
    numero: str
    titulo: str
    sirve: bool
    """Si parece título; los demás (pasos largos) solo cuentan para reconocer una lista de pasos."""

    @property
    def usual(self) -> bool:
        return es_usual(self.titulo)


def _escritos(lineas: Sequence[Linea]) -> Iterator[list[Titulo]]:
    for leer in (_leer_decimal, _leer_romano, _leer_letra):
        candidatos = [
            c
            for n, linea in enumerate(lineas)
            if linea.sirve and linea.texto and (c := leer(n, linea.texto)) is not None
        ]
        if candidatos:
            yield _con_subniveles(_cadena([c for c in candidatos if len(c.orden) == 1]), candidatos)


def _leer_decimal(n: int, texto: str) -> _Candidato | None:
    m = _DECIMAL.fullmatch(texto.strip())
    if m is None or not m["cierre"]:
        return None
    piezas = m["n"].split(".")
    if len(piezas) > 1 and any(p.startswith("0") for p in piezas):
        return None  # una fecha: 01.07.05
    titulo = m["titulo"].strip()
    return _Candidato(n, tuple(map(int, piezas)), m["n"], titulo, _sirve(texto, titulo))


def _leer_romano(n: int, texto: str) -> _Candidato | None:
    m = _ROMANO.fullmatch(texto.strip())
    if m is None or m["n"] not in _ROMANOS:
        return None
    titulo = m["titulo"].strip()
    marcado = any(c in m["cierre"] for c in ".)-–—:")
    sirve = _sirve(texto, titulo) and (marcado or es_usual(titulo))  # «V Región» no es una sección
    return _Candidato(n, (_ROMANOS[m["n"]],), m["n"], titulo, sirve)


def _leer_letra(n: int, texto: str) -> _Candidato | None:
    m = _LETRA.fullmatch(texto.strip())
    if m is None:
        return None
    titulo = m["titulo"].strip()
    return _Candidato(n, (ord(m["n"]) - ord("A") + 1,), m["n"], titulo, _sirve(texto, titulo))


def _sirve(texto: str, titulo: str) -> bool:
    return parece_titulo(titulo) and not _DE_INDICE.search(texto)


class _Tramo(NamedTuple):
    puntos: int
    previo: int


def _cadena(candidatos: Sequence[_Candidato]) -> list[_Candidato]:
    """La mejor sucesión creciente de títulos de primer nivel; vacía si no es creíble.

    Los pasos «1. 2. 3.» dentro de una sección forman otra sucesión, más pobre: sus nombres no son usuales y
    entre un paso y el siguiente de la cadena hay un hermano más cercano. De cada número se recuerdan el mejor
    lugar y el último: basta para decidir, y un documento con mil líneas numeradas no tarda.
    """
    tramos: list[_Tramo] = []
    mejores: dict[int, int] = {}
    ultimos: dict[int, int] = {}
    for j, actual in enumerate(candidatos):
        orden, propio = actual.orden[0], 5 if actual.usual else 1
        mejor = _Tramo(propio - (0 if orden <= 1 else 2), -1)
        hermano = -1 if actual.usual else ultimos.get(orden - 1, -1)
        for i in {*mejores.values(), *ultimos.values()}:
            salto = orden - candidatos[i].orden[0]
            if candidatos[i].sirve and salto >= 1:
                costo = min(2 * (salto - 1), 4) + (4 if hermano > i else 0)
                mejor = max(mejor, _Tramo(tramos[i].puntos + propio - costo, i))
        tramos.append(mejor)
        ultimos[orden] = j
        if actual.sirve and (orden not in mejores or mejor.puntos > tramos[mejores[orden]].puntos):
            mejores[orden] = j
    validos = [t if c.sirve else _Tramo(-1, -1) for c, t in zip(candidatos, tramos, strict=True)]
    return _creible(_recorrer(candidatos, validos))


def _recorrer(candidatos: Sequence[_Candidato], tramos: Sequence[_Tramo]) -> list[_Candidato]:
    if not tramos:
        return []
    n = max(range(len(tramos)), key=lambda k: (tramos[k].puntos, k))
    cadena: list[_Candidato] = []
    while n >= 0:
        cadena.append(candidatos[n])
        n = tramos[n].previo
    return cadena[::-1]


def _creible(cadena: list[_Candidato]) -> list[_Candidato]:
    """La cadena si convence: dos nombres usuales, o tres títulos con texto entre uno y otro."""
    if sum(c.usual for c in cadena) >= 2:
        return cadena
    con_texto = sum(b.indice - a.indice > 1 for a, b in pairwise(cadena))
    return cadena if len(cadena) >= 3 and con_texto >= len(cadena) - 1 else []


def _con_subniveles(cadena: Sequence[_Candidato], candidatos: Sequence[_Candidato]) -> list[Titulo]:
    """La cadena y, dentro de cada sección, sus subtítulos «6.2», «6.2.1», en orden creciente."""
    hallados: list[Titulo] = []
    finales = [*(c.indice for c in cadena[1:]), candidatos[-1].indice + 1]
    for seccion, hasta in zip(cadena, finales, strict=False):
        hallados.append(Titulo(seccion.indice, seccion.numero, seccion.titulo, 1))
        ultimo = seccion.orden
        for c in candidatos:
            dentro = seccion.indice < c.indice < hasta and c.orden[0] == seccion.orden[0]
            if dentro and c.sirve and len(c.orden) > 1 and c.orden > ultimo:
                hallados.append(Titulo(c.indice, c.numero, c.titulo, len(c.orden)))
                ultimo = c.orden
    return hallados


# ---- por nombre -------------------------------------------------------------------------------------------


def _por_nombre(lineas: Sequence[Linea]) -> list[Titulo]:
    """Líneas que son, enteras, un nombre usual («RESPONSABILIDADES»); si las hay en mayúsculas, solo esas."""
    exactas = [
        (n, linea.texto.strip())
        for n, linea in enumerate(lineas)
        if linea.sirve and not linea.lista and parece_titulo(linea.texto) and es_exacto(linea.texto)
    ]
    mayusculas = [(n, texto) for n, texto in exactas if texto.isupper()]
    elegidas = mayusculas if len({t for _, t in mayusculas}) >= 2 else exactas
    if len({t.casefold() for _, t in elegidas}) < 2:
        return []
    return [Titulo(n, "", texto.rstrip(" .:"), 1) for n, texto in elegidas]
