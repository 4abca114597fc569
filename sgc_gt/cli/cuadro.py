"""Una tabla como texto, a lo ancho que haya: la única manera de dibujarlas en la pantalla.

Sin límite, va entera. En una consola las celdas largas siguen en la línea de abajo; si con eso una fila se
haría alta, los textos más largos bajan al pie, y lo que se compara de una mirada sigue en columnas. Si ni así
cabe, cada fila es una lista de datos. Nada se corta y nada depende del color.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import NamedTuple

from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.tabla import NUMERO, TEXTO, Columna, Tabla, texto_de

MINIMO = 8  # ancho al que se deja de angostar una columna de texto
MUESTRA = 200  # con tantas filas se decide cómo se dibujan todas
CORTA = 16  # una columna así se lee mejor entera: «En aprobación»
SEPARACIONES = (2, 1)
SANGRIA = "  "
PIE = " " * 4


class _Disposicion(NamedTuple):
    """Qué columnas van arriba, con su ancho y lo que las separa, y cuáles al pie de cada fila."""

    arriba: tuple[int, ...]
    anchos: tuple[int, ...]
    separacion: int
    pie: tuple[int, ...] = ()


def texto(tabla: Tabla, ancho: int | None = None) -> str:
    """La tabla como texto alineado. `ancho` None: sin límite, para leer con otro programa."""
    partes = ["\n".join(_a_lo_ancho(membrete(tabla).split("\n"), ancho))]
    celdas = [[texto_de(fila.get(c.clave)) for c in tabla.columnas] for fila in tabla.filas]
    if not celdas:
        partes.append("Sin filas.")
    elif ancho is None:
        todas = tuple(range(len(tabla.columnas)))
        entera = _Disposicion(todas, tuple(_naturales(tabla.columnas, celdas)), SEPARACIONES[0])
        partes.append("\n".join(_alineada(tabla.columnas, celdas, entera, 0)))
    elif elegida := _elegir(tabla.columnas, celdas, ancho):
        partes.append("\n".join(_alineada(tabla.columnas, celdas, elegida, ancho)))
    else:
        partes.append(_en_fichas(tabla.columnas, celdas, ancho))
    partes.append("\n".join(_a_lo_ancho(tabla.notas, ancho)))
    return "\n\n".join(parte for parte in partes if parte) + "\n"


def membrete(tabla: Tabla) -> str:
    """El título, de quién es y a qué fecha."""
    corte = f"Fecha de corte: {imprimir_fecha(tabla.corte)}" if tabla.corte else ""
    return "\n".join(linea for linea in (tabla.titulo, tabla.subtitulo, corte) if linea)


# ---- qué cabe ---------------------------------------------------------------------------------------------


def _elegir(columnas: Sequence[Columna], celdas: Sequence[Sequence[str]], ancho: int) -> _Disposicion | None:
    """Entre las que caben, la que se lee mejor; None si no cabe ni con la mitad al pie."""
    muestra = celdas[:MUESTRA]
    caben = list(_posibles(columnas, celdas, ancho))
    return min(caben, key=lambda d: _costo(columnas, muestra, d, ancho), default=None)


def _posibles(
    columnas: Sequence[Columna], celdas: Sequence[Sequence[str]], ancho: int
) -> Iterator[_Disposicion]:
    """Todo arriba, si se puede más junto; y bajando al pie, de a uno, el texto más largo."""
    arriba = tuple(i for i in range(len(columnas)) if i == 0 or any(fila[i] for fila in celdas))
    largos = [max(len(fila[i]) for fila in celdas) for i in range(len(columnas))]
    pie: tuple[int, ...] = ()
    while len(pie) <= len(arriba):
        for separacion in SEPARACIONES[: 1 if pie else None]:
            disponible = ancho - separacion * (len(arriba) - 1)
            anchos = _anchos(
                [columnas[i] for i in arriba], [[f[i] for i in arriba] for f in celdas], disponible
            )
            if anchos:
                yield _Disposicion(arriba, tuple(anchos), separacion, pie)
        bajan = [i for i in arriba[1:] if _se_parte(columnas[i])]
        if not bajan:
            return
        baja = max(bajan, key=lambda i: largos[i])
        arriba, pie = tuple(i for i in arriba if i != baja), tuple(sorted((*pie, baja)))


def _costo(columnas: Sequence[Columna], celdas: Sequence[Sequence[str]], d: _Disposicion, ancho: int) -> int:
    """Los renglones de más de las filas: los de una celda angosta cuestan cada vez más que los del pie."""
    return sum(
        _de_mas([len(partir(f[i], n)) for i, n in zip(d.arriba, d.anchos, strict=True)])
        + sum(len(_pie(columnas[i], f[i], ancho)) for i in d.pie if f[i])
        for f in celdas
    )


def _de_mas(altos: Sequence[int]) -> int:
    """Lo que cuesta el alto de una fila; el nombre que la encabeza se lee bien aunque siga abajo."""
    return max(altos[0] - 1, (max(altos[1:], default=1) - 1) ** 2)


def _se_parte(columna: Columna) -> bool:
    """Si la celda puede seguir abajo: nunca una fecha, un número o una versión."""
    return columna.clase == TEXTO


def _naturales(columnas: Sequence[Columna], celdas: Sequence[Sequence[str]]) -> list[int]:
    return [max(len(c.titulo), *(len(fila[i]) for fila in celdas), 1) for i, c in enumerate(columnas)]


def _anchos(
    columnas: Sequence[Columna], celdas: Sequence[Sequence[str]], disponible: int
) -> list[int] | None:
    """El ancho de cada columna para que entre todas ocupen eso; None si no caben."""
    naturales = _naturales(columnas, celdas)
    minimos = [
        min(naturales[i], _piso(c, [fila[i] for fila in celdas]))
        if _se_parte(c)
        # Un encabezado sí se parte por palabras; el contenido de estas columnas no.
        else max(_mayor_palabra(c.titulo), *(len(fila[i]) for fila in celdas))
        for i, c in enumerate(columnas)
    ]
    if sum(minimos) > disponible:
        return None
    return _angostar(naturales, minimos, disponible)


def _piso(columna: Columna, celdas: Sequence[str]) -> int:
    """El ancho bajo el cual una columna de texto partiría palabras o códigos."""
    return max(MINIMO, *(_mayor_palabra(t) for t in (columna.titulo, *celdas)))


def _mayor_palabra(contenido: str) -> int:
    return max((len(palabra) for palabra in contenido.split()), default=1)


def _angostar(naturales: Sequence[int], minimos: Sequence[int], disponible: int) -> list[int]:
    """Quita de a un carácter donde menos crezca el alto de las filas; las columnas cortas, al final."""
    anchos = list(naturales)

    def costo(i: int) -> tuple[bool, int, int]:
        return naturales[i] <= CORTA, ceil(naturales[i] / (anchos[i] - 1)), -anchos[i]

    while sum(anchos) > disponible:
        anchos[min((i for i, n in enumerate(anchos) if n > minimos[i]), key=costo)] -= 1
    return anchos


# ---- cómo se dibuja ---------------------------------------------------------------------------------------


def _alineada(
    columnas: Sequence[Columna], celdas: Iterable[Sequence[str]], d: _Disposicion, ancho: int
) -> Iterator[str]:
    propias = [columnas[i] for i in d.arriba]
    yield from _renglones([c.titulo for c in propias], propias, d)
    yield (" " * d.separacion).join("-" * n for n in d.anchos)
    for fila in celdas:
        yield from _renglones([fila[i] for i in d.arriba], propias, d)
        for i in d.pie:
            if fila[i]:
                yield from _pie(columnas[i], fila[i], ancho)


def _pie(columna: Columna, celda: str, ancho: int) -> list[str]:
    return plegar(f"{PIE}{columna.titulo}: {celda}", ancho)


def _renglones(celdas: Sequence[str], columnas: Sequence[Columna], d: _Disposicion) -> Iterator[str]:
    """Una fila en tantas líneas como pida su celda más larga."""
    partidas = [partir(c, n) for c, n in zip(celdas, d.anchos, strict=True)]
    for numero in range(max(map(len, partidas), default=0)):
        trozos = [p[numero] if numero < len(p) else "" for p in partidas]
        yield (
            (" " * d.separacion)
            .join(
                t.rjust(n) if c.clase == NUMERO else t.ljust(n)
                for t, c, n in zip(trozos, columnas, d.anchos, strict=True)
            )
            .rstrip()
        )


def _en_fichas(columnas: Sequence[Columna], celdas: Iterable[Sequence[str]], ancho: int) -> str:
    """Cada fila como una lista «Título: valor»: así caben trece columnas en ochenta."""
    margen = max(len(c.titulo) for c in columnas) + 2
    bloques = []
    for fila in celdas:
        lineas = [fila[0]]
        for columna, celda in zip(columnas[1:], fila[1:], strict=True):
            if celda:
                lineas.extend(_dato(columna.titulo, celda, margen, ancho))
        bloques.append("\n".join(lineas))
    return "\n\n".join(bloques)


def _dato(titulo: str, celda: str, margen: int, ancho: int) -> Iterator[str]:
    primera, *resto = partir(celda, max(ancho - margen - len(SANGRIA), MINIMO))
    yield SANGRIA + f"{titulo}:".ljust(margen) + primera
    yield from (SANGRIA + " " * margen + linea for linea in resto)


# ---- dónde se parte una línea -----------------------------------------------------------------------------


def partir(contenido: str, ancho: int) -> list[str]:
    """El texto en líneas de ese ancho, por palabras: un código no se corta por su guion."""
    if len(contenido) <= ancho:
        return [contenido]
    return textwrap.wrap(contenido, ancho, break_long_words=False, break_on_hyphens=False) or [""]


def parrafo(contenido: str, ancho: int, margen: str = "", sangria: str = "") -> list[str]:
    """El texto en líneas de ese ancho, con su margen; `sangria`, el de las que siguen a la primera."""
    return textwrap.wrap(
        contenido,
        ancho,
        initial_indent=margen,
        subsequent_indent=sangria or margen,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [margen]


def _a_lo_ancho(lineas: Iterable[str], ancho: int | None) -> list[str]:
    return [t for linea in lineas for t in ([linea] if ancho is None else plegar(linea, ancho))]


def plegar(linea: str, ancho: int) -> list[str]:
    """La línea en las que haga falta, con la sangría de la primera y un poco más."""
    if len(linea) <= ancho:
        return [linea]
    margen = linea[: len(linea) - len(linea.lstrip(" "))]
    seguida = margen + SANGRIA
    return [
        margen + t if not n else seguida + t
        for n, t in enumerate(partir(linea.strip(), ancho - len(seguida)))
    ]
