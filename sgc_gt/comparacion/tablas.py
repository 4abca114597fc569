"""Tablas por fila y celda: columnas que entran y salen, filas reconocidas por lo que dicen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sgc_gt.comparacion.alineacion import alinear, numerar
from sgc_gt.comparacion.palabras import parecidos
from sgc_gt.comparacion.valores import (
    AGREGADO,
    IGUAL,
    MODIFICADO,
    MOVIDO,
    ORIGEN,
    SUPRIMIDO,
    EdicionTabla,
    Par,
    Paso,
    PasoCelda,
    PasoFila,
)
from sgc_gt.dominio.forma import Celda, Fila, texto_de

Comparar = Callable[[Celda, Celda], tuple[Paso, ...]]
"""Cómo se comparan los bloques de dos celdas; llega de afuera porque una celda puede traer otra tabla."""
UMBRAL_COLUMNA = 0.4
MISMA_CLAVE = 0.2
"""Lo que suma, al parecido de dos filas, que su primera celda diga lo mismo."""


def edicion_tabla(antes: Sequence[Fila], despues: Sequence[Fila], comparar: Comparar) -> EdicionTabla:
    """Cómo las filas de una tabla pasan a ser las de otra."""
    columnas = _columnas(antes, despues)
    filas = []
    for par in _filas(antes, despues, columnas):
        vieja = antes[par.antes] if par.antes >= 0 else ()
        nueva = despues[par.despues] if par.despues >= 0 else ()
        if par.tipo in (AGREGADO, SUPRIMIDO, ORIGEN):
            filas.append(PasoFila(par.tipo, par.antes, par.despues, nueva if par.tipo == AGREGADO else vieja))
            continue
        celdas = () if vieja == nueva else tuple(_celdas(vieja, nueva, columnas, comparar))
        tipo = par.tipo if par.tipo == MOVIDO else (MODIFICADO if celdas else IGUAL)
        filas.append(PasoFila(tipo, par.antes, par.despues, vieja, celdas))
    return EdicionTabla(tuple(columnas), tuple(filas))


# ---- columnas ---------------------------------------------------------------------------------------------


def _columnas(antes: Sequence[Fila], despues: Sequence[Fila]) -> list[Par]:
    """Qué columna es cuál; lista vacía si alguna tabla tiene filas de distinto largo."""
    ancho_a, ancho_d = _ancho(antes), _ancho(despues)
    if not ancho_a or not ancho_d:
        return []
    titulos_a = [texto_de(c) for c in antes[0]]
    titulos_d = [texto_de(c) for c in despues[0]]
    permutadas = sorted(titulos_a) == sorted(titulos_d) and len(set(titulos_a)) == ancho_a
    if ancho_a == ancho_d and (titulos_a == titulos_d or not permutadas):
        return [Par(IGUAL, n, n) for n in range(ancho_a)]
    return _alinear_columnas(antes, despues, titulos_a, titulos_d)


def _alinear_columnas(
    antes: Sequence[Fila], despues: Sequence[Fila], titulos_a: list[str], titulos_d: list[str]
) -> list[Par]:
    viejas = [tuple(fila[n] for fila in antes) for n in range(len(titulos_a))]
    nuevas = [tuple(fila[n] for fila in despues) for n in range(len(titulos_d))]
    contenido_a = [{texto_de(c) for c in columna} - {""} for columna in viejas]
    contenido_d = [{texto_de(c) for c in columna} - {""} for columna in nuevas]

    def semejanza(i: int, j: int) -> float:
        if titulos_a[i] and titulos_a[i] == titulos_d[j]:
            return 1.0
        comunes, todas = contenido_a[i] & contenido_d[j], contenido_a[i] | contenido_d[j]
        razon = len(comunes) / len(todas) if todas else 0.0
        return razon if razon >= UMBRAL_COLUMNA else 0.0

    pares = alinear(*numerar(viejas, nuevas), semejanza, lambda _: True)
    return [p._replace(tipo=IGUAL) if p.tipo == MODIFICADO else p for p in pares]


def _ancho(filas: Sequence[Fila]) -> int:
    """El número de celdas de todas las filas; 0 si no es el mismo o no hay."""
    anchos = {len(fila) for fila in filas}
    return anchos.pop() if len(anchos) == 1 else 0


# ---- filas ------------------------------------------------------------------------------------------------


def _filas(antes: Sequence[Fila], despues: Sequence[Fila], columnas: Sequence[Par]) -> list[Par]:
    """Las filas se reconocen por lo que dicen en las columnas que están en las dos tablas."""
    comunes = [(p.antes, p.despues) for p in columnas if p.tipo in (IGUAL, MOVIDO)]
    if comunes:
        viejas: list[Fila] = [tuple(fila[i] for i, _ in comunes) for fila in antes]
        nuevas: list[Fila] = [tuple(fila[j] for _, j in comunes) for fila in despues]
    else:
        viejas, nuevas = list(antes), list(despues)
    textos_a = [[texto_de(c) for c in fila] for fila in viejas]
    textos_d = [[texto_de(c) for c in fila] for fila in nuevas]
    unidos_a, unidos_d = [" ".join(t) for t in textos_a], [" ".join(t) for t in textos_d]
    parecido = parecidos(unidos_a, unidos_d)

    def semejanza(i: int, j: int) -> float:
        clave = textos_a[i][:1] == textos_d[j][:1] and any(textos_a[i][:1])
        base = parecido(i, j)
        return min(1.0, base + MISMA_CLAVE) if clave else base

    return alinear(*numerar(viejas, nuevas), semejanza, lambda i: len(unidos_a[i].split()) > 1)


# ---- celdas -----------------------------------------------------------------------------------------------


def _celdas(vieja: Fila, nueva: Fila, columnas: Sequence[Par], comparar: Comparar) -> list[PasoCelda]:
    pares = columnas or _pares_de_celdas(vieja, nueva)
    resultado = []
    for par in pares:
        if par.tipo == AGREGADO:
            resultado.append(PasoCelda(AGREGADO, -1, par.despues, nueva[par.despues]))
        elif par.tipo in (SUPRIMIDO, ORIGEN):
            resultado.append(PasoCelda(par.tipo, par.antes, par.despues, vieja[par.antes]))
        else:
            a, d = vieja[par.antes], nueva[par.despues]
            pasos = () if a == d else comparar(a, d)
            tipo = MOVIDO if par.tipo == MOVIDO else (MODIFICADO if pasos else IGUAL)
            resultado.append(PasoCelda(tipo, par.antes, par.despues, a, pasos))
    return resultado


def _pares_de_celdas(vieja: Fila, nueva: Fila) -> list[Par]:
    if len(vieja) == len(nueva):
        return [Par(IGUAL, n, n) for n in range(len(vieja))]
    textos_a, textos_d = [texto_de(c) for c in vieja], [texto_de(c) for c in nueva]
    return alinear(*numerar(vieja, nueva), parecidos(textos_a, textos_d))
