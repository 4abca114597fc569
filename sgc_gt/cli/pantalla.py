"""Cómo se ve un resultado: tablas para una consola o para otro programa, y JSON.

Nada se corta y nada depende del color. En una consola angosta las celdas largas siguen en la línea de
abajo y, si ni así cabe, cada fila se muestra como una lista de datos. Redirigida, la tabla va completa.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any, TextIO

from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.tabla import NUMERO, TEXTO, Columna, Tabla, texto_de

FILAS_CON_ADORNO = 50
"""Hasta aquí se paga `rich`; con más filas tarda diez veces lo que el texto simple (medido)."""
MINIMO = 10  # ancho al que se deja de angostar una columna de texto
MAX_RENGLONES = 5  # una fila más alta que esto se lee mejor como lista de datos
CORTA = 16  # una columna así se lee mejor entera: «En aprobación»
SEPARACION = "  "

# Lo que una consola antigua (cp1252, cp850) no sabe escribir y tiene un equivalente decente.
_EQUIVALENTES = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "…": "...",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "→": "->",
        "≤": "<=",
        "≥": ">=",
        "·": "-",
        "─": "-",
    }
)


def mostrar(tabla: Tabla, archivo: TextIO, ancho: int) -> None:
    """Escribe la tabla en una consola de ese ancho; si no es una consola, completa y sin adorno."""
    consola = archivo.isatty()
    if consola and len(tabla.filas) <= FILAS_CON_ADORNO and _es_utf8(archivo) and _caben(tabla, ancho):
        _con_rich(tabla, archivo, ancho)
    else:
        escribir(texto(tabla, ancho if consola else None), archivo)


def texto(tabla: Tabla, ancho: int | None = None) -> str:
    """La tabla como texto alineado. `ancho` None: sin límite, para leer con otro programa."""
    partes = [_membrete(tabla)]
    if not tabla.filas:
        partes.append("Sin filas.")
    elif (anchos := _anchos(tabla, ancho)) is not None:
        partes.append(_alineada(tabla, anchos))
    else:
        partes.append(_en_fichas(tabla, ancho or 0))
    partes.append("\n".join(tabla.notas))
    return "\n\n".join(parte for parte in partes if parte) + "\n"


def escribir(contenido: str, archivo: TextIO) -> None:
    """Escribe aunque la consola no conozca algún carácter: pone su equivalente o un «?»."""
    codificacion = getattr(archivo, "encoding", None) or "utf-8"
    try:
        contenido.encode(codificacion)
    except UnicodeEncodeError:
        legible = contenido.translate(_EQUIVALENTES)
        contenido = legible.encode(codificacion, "replace").decode(codificacion)
    archivo.write(contenido)


def a_json_en_linea(valor: object) -> str:
    """El valor como un JSON de una línea, para lo que se cuenta mientras ocurre."""
    return json.dumps(_simple(valor), ensure_ascii=False)


def a_json(valor: object) -> str:
    """El valor como un solo JSON: fechas AAAA-MM-DD, tuplas con nombre como objetos, tildes a la vista."""
    return json.dumps(_simple(valor), ensure_ascii=False, indent=2)


def mostrar_json(valor: object, archivo: TextIO) -> None:
    """Escribe el JSON; si la salida no conoce algún carácter, va escapado: nunca se pierde un dato."""
    contenido = a_json(valor)
    try:
        contenido.encode(getattr(archivo, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        contenido = json.dumps(json.loads(contenido), ensure_ascii=True, indent=2)
    archivo.write(contenido + "\n")


def _simple(valor: Any) -> Any:
    if isinstance(valor, date):
        return valor.isoformat()
    if hasattr(valor, "_asdict"):
        return _simple(valor._asdict())
    if isinstance(valor, Mapping):
        return {str(clave): _simple(v) for clave, v in valor.items()}
    if isinstance(valor, set | frozenset):
        return sorted(_simple(v) for v in valor)
    if isinstance(valor, tuple | list):
        return [_simple(v) for v in valor]
    if valor is None or isinstance(valor, str | int | float):
        return valor
    return str(valor)


def _membrete(tabla: Tabla) -> str:
    corte = f"Fecha de corte: {imprimir_fecha(tabla.corte)}" if tabla.corte else ""
    return "\n".join(linea for linea in (tabla.titulo, tabla.subtitulo, corte) if linea)


def _celdas(tabla: Tabla) -> list[list[str]]:
    return [[texto_de(fila.get(c.clave)) for c in tabla.columnas] for fila in tabla.filas]


def _se_parte(numero: int, columna: Columna) -> bool:
    """Si la celda puede seguir abajo: nunca el identificador, una fecha, un número o una versión."""
    return numero > 0 and columna.clase == TEXTO


def _anchos(tabla: Tabla, ancho: int | None) -> list[int] | None:
    """El ancho de cada columna para que la tabla quepa bien en `ancho`; None si no cabe."""
    celdas = _celdas(tabla)
    anchos = [
        max(len(columna.titulo), *(len(fila[i]) for fila in celdas), 1)
        for i, columna in enumerate(tabla.columnas)
    ]
    if ancho is None:
        return anchos
    minimos = [
        min(anchos[i], _piso(columna, [fila[i] for fila in celdas]))
        if _se_parte(i, columna)
        # Un encabezado sí se parte por palabras; el contenido de estas columnas no.
        else max(_mayor_palabra(columna.titulo), *(len(fila[i]) for fila in celdas))
        for i, columna in enumerate(tabla.columnas)
    ]
    disponible = ancho - len(SEPARACION) * (len(anchos) - 1)
    if sum(minimos) > disponible:
        return None
    angostados = _angostar(anchos, minimos, disponible)
    return None if _alta(celdas, angostados) else angostados


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


def _alta(celdas: Iterable[Sequence[str]], anchos: Sequence[int]) -> bool:
    """Si alguna fila quedaría tan alta que se lee mejor como lista de datos."""
    return any(
        len(_partir(celda, n)) > MAX_RENGLONES
        for fila in celdas
        for celda, n in zip(fila, anchos, strict=True)
    )


def _alineada(tabla: Tabla, anchos: Sequence[int]) -> str:
    lineas = [
        *_renglones([c.titulo for c in tabla.columnas], tabla.columnas, anchos),
        SEPARACION.join("-" * n for n in anchos),
    ]
    for celdas in _celdas(tabla):
        lineas.extend(_renglones(celdas, tabla.columnas, anchos))
    return "\n".join(lineas)


def _renglones(celdas: Sequence[str], columnas: Sequence[Columna], anchos: Sequence[int]) -> Iterable[str]:
    """Una fila en tantas líneas como pida su celda más larga."""
    partidas = [_partir(c, n) for c, n in zip(celdas, anchos, strict=True)]
    for numero in range(max(map(len, partidas), default=0)):
        trozos = [p[numero] if numero < len(p) else "" for p in partidas]
        yield SEPARACION.join(
            t.rjust(n) if c.clase == NUMERO else t.ljust(n)
            for t, c, n in zip(trozos, columnas, anchos, strict=True)
        ).rstrip()


def _partir(contenido: str, ancho: int) -> list[str]:
    if len(contenido) <= ancho:
        return [contenido]
    return textwrap.wrap(contenido, ancho, break_long_words=False, break_on_hyphens=False) or [""]


def _en_fichas(tabla: Tabla, ancho: int) -> str:
    """Cada fila como una lista «Título: valor»: así caben trece columnas en ochenta."""
    margen = max(len(c.titulo) for c in tabla.columnas) + len(SEPARACION)
    bloques = []
    for celdas in _celdas(tabla):
        lineas = [celdas[0]]
        for columna, celda in zip(tabla.columnas[1:], celdas[1:], strict=True):
            if celda:
                lineas.extend(_dato(columna.titulo, celda, margen, ancho))
        bloques.append("\n".join(lineas))
    return "\n\n".join(bloques)


def _dato(titulo: str, celda: str, margen: int, ancho: int) -> Iterable[str]:
    primera, *resto = _partir(celda, max(ancho - margen - len(SEPARACION), MINIMO))
    yield SEPARACION + f"{titulo}:".ljust(margen) + primera
    yield from (SEPARACION + " " * margen + linea for linea in resto)


def _es_utf8(archivo: TextIO) -> bool:
    return (getattr(archivo, "encoding", None) or "").lower().replace("-", "") == "utf8"


def _caben(tabla: Tabla, ancho: int) -> bool:
    return bool(tabla.filas) and _anchos(tabla, ancho) is not None


def _con_rich(tabla: Tabla, archivo: TextIO, ancho: int) -> None:
    from rich import box, console, table, text  # noqa: PLC0415 - cargar rich cuesta más que una consulta

    pantalla = console.Console(file=archivo, width=ancho, highlight=False, emoji=False, markup=False)
    cuadro = table.Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    anchos = _anchos(tabla, ancho) or []
    for numero, (columna, medida) in enumerate(zip(tabla.columnas, anchos, strict=True)):
        cuadro.add_column(
            "\n".join(_partir(columna.titulo, medida)),
            justify="right" if columna.clase == NUMERO else "left",
            no_wrap=not _se_parte(numero, columna),
            width=medida,
        )
    for celdas in _celdas(tabla):
        # La misma partición del texto simple: rich cortaría un código por su guion.
        cuadro.add_row(*(text.Text("\n".join(_partir(c, n))) for c, n in zip(celdas, anchos, strict=True)))
    pantalla.print(text.Text(_membrete(tabla) + "\n"), cuadro, sep="\n")
    if tabla.notas:
        pantalla.print(text.Text("\n" + "\n".join(tabla.notas)))
