"""El guion entre dos listas de bloques: qué sigue igual, qué cambió, qué entró, qué salió y qué se movió."""

from __future__ import annotations

from collections.abc import Sequence

from sgc_gt.comparacion.alineacion import alinear, numerar
from sgc_gt.comparacion.palabras import parecidos, trozos
from sgc_gt.comparacion.tablas import edicion_tabla
from sgc_gt.comparacion.valores import (
    AGREGADO,
    IGUAL,
    MODIFICADO,
    MOVIDO,
    ORIGEN,
    SUPRIMIDO,
    Edicion,
    Par,
    Paso,
)
from sgc_gt.dominio.forma import CUADRO, LISTA, PARRAFO, TABLA, TITULO, ZONA, Bloque, Celda, texto_de

_DE_TEXTO = frozenset({TITULO, PARRAFO, LISTA})
OTRA_CLASE = 0.9
"""Lo que pierde el parecido de dos textos cuando uno es título y el otro párrafo o lista."""
PALABRAS_DE_MOVIDO = 3


def pasos(antes: Sequence[Bloque], despues: Sequence[Bloque]) -> tuple[Paso, ...]:
    """Los pasos de los bloques de antes a los de después, en el orden de después."""
    textos_a, textos_d = [texto_de([b]) for b in antes], [texto_de([b]) for b in despues]
    parecido = parecidos(textos_a, textos_d)

    def semejanza(i: int, j: int) -> float:
        a, d = antes[i], despues[j]
        if a.clase != d.clase and not {a.clase, d.clase} <= _DE_TEXTO:
            return 0.0
        if a.clase == ZONA:
            return 0.0  # dos zonas distintas son dos zonas
        valor = parecido(i, j)
        return valor if a.clase == d.clase else valor * OTRA_CLASE

    def movible(i: int) -> bool:
        return antes[i].clase != ZONA and (
            antes[i].clase in (TITULO, TABLA) or len(textos_a[i].split()) >= PALABRAS_DE_MOVIDO
        )

    pares = _renombrados(alinear(*numerar(antes, despues), semejanza, movible), antes, despues)
    return tuple(_paso(par, antes, despues) for par in pares)


def pasos_celda(antes: Celda, despues: Celda) -> tuple[Paso, ...]:
    """Como `pasos`, pero si hay un solo texto a cada lado es el mismo que cambió: la celda lo dice."""
    if len(antes) == len(despues) == 1 and {antes[0].clase, despues[0].clase} <= _DE_TEXTO:
        return (_paso(Par(MODIFICADO, 0, 0), antes, despues),)
    return pasos(antes, despues)


def _renombrados(pares: list[Par], antes: Sequence[Bloque], despues: Sequence[Bloque]) -> list[Par]:
    """Un título que sale y otro del mismo nivel que entra, seguidos de lo mismo: la sección se renombró.

    Si lo que sigue se movió, la sección además cambió de lugar.
    """
    siguen = {(p.antes, p.despues): p.tipo for p in pares if p.tipo in (IGUAL, MODIFICADO, MOVIDO)}
    entran = {p.despues for p in pares if p.tipo == AGREGADO and despues[p.despues].clase == TITULO}
    tipo_de: dict[Par, str] = {}
    for p in pares:
        if p.tipo != SUPRIMIDO or antes[p.antes].clase != TITULO:
            continue
        for j in sorted(entran):
            tipo = siguen.get((p.antes + 1, j + 1))
            if tipo and antes[p.antes].nivel == despues[j].nivel:
                entran.discard(j)
                tipo_de[Par(SUPRIMIDO, p.antes, j)] = MOVIDO if tipo == MOVIDO else MODIFICADO
                break
    return _unir(pares, tipo_de)


def _unir(pares: list[Par], tipo_de: dict[Par, str]) -> list[Par]:
    """Cada título que sale y el que entra, en uno; si se movió, queda su origen donde estaba."""
    viejo_de = {p.despues: p for p in tipo_de}
    nuevo_de = {p.antes: p for p in tipo_de}
    unidos = []
    for p in pares:
        if p.tipo == AGREGADO and p.despues in viejo_de:
            par = viejo_de[p.despues]
            unidos.append(Par(tipo_de[par], par.antes, par.despues))
        elif p.tipo == SUPRIMIDO and p.antes in nuevo_de:
            par = nuevo_de[p.antes]
            if tipo_de[par] == MOVIDO:
                unidos.append(Par(ORIGEN, par.antes, par.despues))
        else:
            unidos.append(p)
    return unidos


def _paso(par: Par, antes: Sequence[Bloque], despues: Sequence[Bloque]) -> Paso:
    if par.tipo == AGREGADO:
        return Paso(AGREGADO, -1, par.despues, despues[par.despues])
    viejo = antes[par.antes]
    if par.tipo in (IGUAL, SUPRIMIDO, ORIGEN) or viejo == despues[par.despues]:
        return Paso(par.tipo, par.antes, par.despues, viejo)
    tipo = MOVIDO if par.tipo == MOVIDO else MODIFICADO
    return Paso(tipo, par.antes, par.despues, viejo, edicion(viejo, despues[par.despues]))


def edicion(antes: Bloque, despues: Bloque) -> Edicion:
    """Cómo un bloque pasa a ser otro, palabra por palabra o celda por celda."""
    return Edicion(
        despues.clase,
        despues.nivel,
        trozos(antes, despues),
        despues.marcas,
        edicion_tabla(antes.filas, despues.filas, pasos_celda) if antes.filas or despues.filas else None,
        pasos(antes.bloques, despues.bloques) if CUADRO in (antes.clase, despues.clase) else (),
    )
