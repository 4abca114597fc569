"""Los rótulos de un encabezado, portada o bloque de firmas («Código:», «Versión», «Aprobado por») y su valor.

El valor puede seguir al rótulo en la misma línea, en el párrafo de abajo, en la celda de la derecha o en la
de abajo. Un rótulo sin dos puntos solo vale si lo que sigue tiene la forma de su dato: «revisión documental»
no es una versión.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from sgc_gt.dominio.forma import TABLA, ZONA, Bloque, texto_de
from sgc_gt.dominio.lectura_codigos import Lenguaje, codigo_solo
from sgc_gt.dominio.lectura_fechas import fecha_en
from sgc_gt.dominio.lectura_versiones import leer_version
from sgc_gt.dominio.rotulos_palabras import (
    CARGO,
    CODIGO,
    FECHAS,
    FIRMA,
    PAGINA,
    PERSONA,
    ROLES,
    ROTULOS,
    VERSION,
    plano,
)

_ROTULO = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<r{n}>{'|'.join(formas)})" for n, (_, formas) in enumerate(ROTULOS))
    + r")(?!\w)(?P<sep>\s*[:：=])?"
)
_C = TypeVar("_C")
LARGO_VALOR = 300
"""Un dato de un encabezado no es más largo; lo que sigue es prosa."""
_BORDE = " \t\n:：.,;|–—-"


class Rotulado(NamedTuple):
    """Un dato con su rótulo: el campo, el valor como está escrito y la línea en que se leyó."""

    campo: str
    valor: str
    linea: str


def rotulados(bloques: Iterable[Bloque], lenguaje: Lenguaje | None = None) -> list[Rotulado]:
    """Los datos con rótulo de unos bloques: líneas sueltas y tablas, en orden."""
    hallados: list[Rotulado] = []
    sueltas: list[str] = []
    for bloque in bloques:
        if bloque.clase == TABLA:
            hallados += en_lineas(sueltas, lenguaje)
            sueltas = []
            hallados += _en_tabla(bloque, lenguaje)
        else:
            sueltas += texto_de([bloque]).splitlines() if bloque.clase != ZONA else []
    return hallados + en_lineas(sueltas, lenguaje)


def en_lineas(lineas: Sequence[str], lenguaje: Lenguaje | None = None) -> list[Rotulado]:
    """Los datos con rótulo de unas líneas; el valor puede estar en la línea siguiente al rótulo."""
    hallados: list[Rotulado] = []
    for n, linea in enumerate(lineas):
        hallados += en_linea(linea, lenguaje)
        siguiente = lineas[n + 1].strip() if n + 1 < len(lineas) else ""
        if siguiente and not rotulo_solo(siguiente) and (campos := rotulo_solo(linea)):
            hallados += _primero_valido(campos, siguiente, f"{linea.strip()}: {siguiente}", lenguaje)
    return hallados


class Posicion(NamedTuple):
    """Dónde está, en una línea, el valor de un rótulo."""

    campo: str
    desde: int
    hasta: int
    rotulo: str


def posiciones(linea: str, lenguaje: Lenguaje | None = None) -> list[Posicion]:
    """Dónde está cada dato con rótulo de una línea, que puede traer varios: «Código: PR-01  Versión: 02»."""
    halladas: list[Posicion] = []
    fin = len(linea)
    for m in reversed(list(_ROTULO.finditer(plano(linea)))):
        posicion = _posicion(linea, m, fin, lenguaje)
        if posicion is not None:
            halladas.append(posicion)
        if posicion is not None or m["sep"]:  # lo demás es una palabra del valor anterior: «Jefa de División»
            fin = m.start()
    return halladas[::-1]


def _posicion(linea: str, m: re.Match[str], fin: int, lenguaje: Lenguaje | None) -> Posicion | None:
    """Dónde está el valor de un rótulo, entre él y `fin`, si tiene la forma de uno de sus campos."""
    crudo = linea[m.end() : min(fin, m.end() + LARGO_VALOR)]
    for campo in _campos(m):
        valor = valor_de(campo, crudo, lenguaje, con_marca=m["sep"] is not None)
        if valor and (lugar := ubicar(valor, crudo)) is not None:
            rotulo = linea[m.start() : m.end()]
            return Posicion(campo, m.end() + lugar[0], m.end() + lugar[1], rotulo)
    return None


def ubicar(valor: str, texto: str) -> tuple[int, int] | None:
    """Dónde está un valor dentro del texto del que se leyó, aunque ahí tenga otros espacios."""
    expresion = r"\s+".join(re.escape(palabra) for palabra in valor.split())
    m = re.search(expresion, texto, re.I)
    return (m.start(), m.end()) if m else None


def en_linea(linea: str, lenguaje: Lenguaje | None = None) -> list[Rotulado]:
    """Los datos con rótulo de una línea."""
    return [
        Rotulado(p.campo, " ".join(linea[p.desde : p.hasta].split()), _recorte(linea))
        for p in posiciones(linea, lenguaje)
    ]


def rotulo_solo(texto: str) -> tuple[str, ...]:
    """Los campos de un texto que es, entero, un rótulo («Código:»); vacío si no lo es."""
    m = _ROTULO.fullmatch(plano(" ".join(texto.strip(" \t\n.:|").split())))
    return _campos(m) if m else ()


def _campos(m: re.Match[str]) -> tuple[str, ...]:
    return next(campos for n, (campos, _) in enumerate(ROTULOS) if m[f"r{n}"] is not None)


def _recorte(linea: str) -> str:
    return " ".join(linea.split())[:120]


# ---- tablas -----------------------------------------------------------------------------------------------


def _en_tabla(tabla: Bloque, lenguaje: Lenguaje | None) -> Iterator[Rotulado]:
    """Los datos de una tabla: dentro de cada celda y, si es solo un rótulo, a su derecha o debajo."""
    filas = tabla.filas
    for f, fila in enumerate(filas):
        for c, celda in enumerate(fila):
            yield from rotulados(celda, lenguaje)
            campos = rotulo_solo(texto_de(celda))
            if not campos:
                continue
            for vecina in vecinas(filas, f, c):
                texto = texto_de(vecina).strip()
                linea = f"{texto_de(celda).strip(_BORDE)}: {texto}"
                if (
                    texto
                    and not rotulo_solo(texto)
                    and (v := _primero_valido(campos, texto, linea, lenguaje))
                ):
                    yield from v
                    break


def vecinas(filas: Sequence[Sequence[_C]], f: int, c: int) -> Iterator[_C]:
    """La celda de la derecha y la de abajo, en ese orden."""
    if c + 1 < len(filas[f]):
        yield filas[f][c + 1]
    if f + 1 < len(filas) and c < len(filas[f + 1]):
        yield filas[f + 1][c]


def _primero_valido(
    campos: Sequence[str], texto: str, linea: str, lenguaje: Lenguaje | None
) -> list[Rotulado]:
    for campo in campos:
        if limpio := valor_de(campo, texto, lenguaje, con_marca=campo not in ROLES | {CARGO, PERSONA, FIRMA}):
            return [Rotulado(campo, limpio, _recorte(linea))]
    return []


# ---- valores ----------------------------------------------------------------------------------------------


def valor_de(campo: str, texto: str, lenguaje: Lenguaje | None, *, con_marca: bool) -> str:
    """El valor de un campo dentro de lo que sigue a su rótulo; «» si no tiene la forma de ese dato.

    `con_marca`: si el rótulo lleva dos puntos o está solo en su celda. Sin marca solo se cree a los datos
    cuya forma no se confunde con prosa: códigos, versiones y fechas.
    """
    primero = re.split(r"\t|\s{2,}|\s*\|", texto.strip(_BORDE))[0]
    texto = " ".join(texto.split()).strip(_BORDE)
    if not texto:
        return ""
    if campo in FECHAS:
        leida = fecha_en(texto)
        return texto if leida is not None and (con_marca or texto.startswith(leida.texto)) else ""
    if campo == CODIGO:
        leido = codigo_solo(texto, lenguaje)
        return leido.texto if leido is not None else ""
    if campo == VERSION:
        return leer_version(primero) or _version(texto)
    if campo == PAGINA:
        return texto if texto.startswith("[#]") or texto[0].isdigit() else ""
    return texto if con_marca and any(c.isalpha() for c in texto) and texto != "[#]" else ""


def _version(texto: str) -> str:
    """La versión al comienzo de un texto: «02», «02 de marzo de 2024» no (es una fecha)."""
    leida = fecha_en(texto)
    if leida is not None and texto.startswith(leida.texto) and leida.exacta:
        return ""
    primera = re.split(r"\s*[|/,;(]|\s+(?:de|del|fecha)\b|\s{2,}|\t", texto)[0].strip()
    if entera := leer_version(primera):
        return entera
    palabras = texto.split()
    return (
        next((v for n in (2, 1) if (v := leer_version(" ".join(palabras[:n])))), "")
        if len(palabras) > 1
        else ""
    )
