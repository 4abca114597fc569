"""Alinear dos listas: primero lo idéntico, después lo parecido dentro de cada hueco, al final lo movido.

Sirve igual para bloques, filas, columnas y celdas. El resultado depende solo de las listas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from rapidfuzz.distance import LCSseq

from sgc_gt.comparacion.valores import AGREGADO, IGUAL, MODIFICADO, MOVIDO, ORIGEN, SUPRIMIDO, Par

Parecido = Callable[[int, int], float]
"""Cuánto se parecen el elemento i de antes y el j de después: de 0 (nada) a 1; 0 si no se pueden parear."""
Hueco = tuple[range, range]

MAX_LCS = 400_000_000
"""Celdas de la tabla de bits de la subsecuencia común (50 MB); más allá, todo se da por cambiado."""
MAX_HUECO = 2_000_000
"""Pares de un hueco (80 MB); en uno mayor no se busca parecido."""
HUECO_CHICO, BANDA = 40_000, 100
"""Hasta tantos pares se miran todos; en un hueco mayor, cada uno con los cien a cada lado de su lugar."""
MAX_MOVIDOS = 500_000
"""Pares que se miran en busca de lo que se movió y además cambió."""
PARECIDO_MOVIDO = 0.7


def numerar(antes: Sequence[Hashable], despues: Sequence[Hashable]) -> tuple[list[int], list[int]]:
    """Las dos listas con sus elementos vueltos números: iguales, el mismo número.

    Comparar números no depende de cómo Python calcule el resumen de un texto en este proceso.
    """
    numeros: dict[Hashable, int] = {}
    viejos = [numeros.setdefault(valor, len(numeros)) for valor in antes]
    return viejos, [numeros.setdefault(valor, len(numeros)) for valor in despues]


def bloques_iguales(antes: Sequence[int], despues: Sequence[int]) -> list[tuple[bool, range, range]]:
    """Los tramos sucesivos de la subsecuencia común más larga: (iguales, rango de antes, de después)."""
    inicio = 0
    tope = min(len(antes), len(despues))
    while inicio < tope and antes[inicio] == despues[inicio]:
        inicio += 1
    cola = 0
    while cola < tope - inicio and antes[-1 - cola] == despues[-1 - cola]:
        cola += 1
    fin_a, fin_d = len(antes) - cola, len(despues) - cola
    tramos = [(True, range(inicio), range(inicio))] if inicio else []
    medio_a, medio_d = antes[inicio:fin_a], despues[inicio:fin_d]
    if len(medio_a) * len(medio_d) > MAX_LCS:
        tramos.append((False, range(inicio, fin_a), range(inicio, fin_d)))
    else:
        for op in LCSseq.opcodes(medio_a, medio_d):
            tramos.append(
                (
                    op.tag == "equal",
                    range(op.src_start + inicio, op.src_end + inicio),
                    range(op.dest_start + inicio, op.dest_end + inicio),
                )
            )
    if cola:
        tramos.append((True, range(fin_a, len(antes)), range(fin_d, len(despues))))
    return _unidos(tramos)


def _unidos(tramos: Iterable[tuple[bool, range, range]]) -> list[tuple[bool, range, range]]:
    """Los tramos vecinos de la misma clase, en uno (un borrado seguido de un agregado es un hueco)."""
    unidos: list[tuple[bool, range, range]] = []
    for igual, a, d in tramos:
        if unidos and unidos[-1][0] == igual:
            _, pa, pd = unidos[-1]
            unidos[-1] = (igual, range(pa.start, a.stop), range(pd.start, d.stop))
        else:
            unidos.append((igual, a, d))
    return unidos


def alinear(
    antes: Sequence[int],
    despues: Sequence[int],
    parecido: Parecido,
    movible: Callable[[int], bool] = lambda _: False,
) -> list[Par]:
    """Los pares en el orden de después; lo suprimido y los orígenes, donde estaban.

    `movible(i)` dice si el elemento i de antes se puede reconocer en otro lugar (uno muy corto, no).
    """
    pares: list[Par] = []
    for igual, a, d in bloques_iguales(antes, despues):
        if igual:
            pares += [Par(IGUAL, i, j) for i, j in zip(a, d, strict=True)]
        else:
            pares += _hueco(a, d, parecido)
    return _con_movidos(pares, (antes, despues), parecido, movible)


def _hueco(a: range, d: range, parecido: Parecido) -> list[Par]:
    """Los pares de un hueco: los parecidos que suman más sin cruzarse; el resto sale y entra."""
    pares: list[Par] = []
    i, j = a.start, d.start
    for pi, pj in [*_parecidos(a, d, parecido), (a.stop, d.stop)]:
        pares += [Par(SUPRIMIDO, k, -1) for k in range(i, pi)]
        pares += [Par(AGREGADO, -1, k) for k in range(j, pj)]
        if pi < a.stop:
            pares.append(Par(MODIFICADO, pi, pj))
        i, j = pi + 1, pj + 1
    return pares


def _parecidos(a: range, d: range, parecido: Parecido) -> list[tuple[int, int]]:
    if not a or not d or len(a) * len(d) > MAX_HUECO:
        return []
    filas: list[list[float]] = [[0.0] * (len(d) + 1)]
    pesos: list[list[float]] = []
    alcance = BANDA * len(a) if len(a) * len(d) > HUECO_CHICO else len(a) * len(d)
    for m, i in enumerate(a):
        previa, fila, peso = filas[-1], [0.0], []
        for n, j in enumerate(d):
            valor = parecido(i, j) if abs(m * len(d) - n * len(a)) <= alcance else 0.0
            peso.append(valor)
            sin = previa[n + 1] if previa[n + 1] >= fila[n] else fila[n]
            con = previa[n] + valor if valor else 0.0
            fila.append(con if con >= sin else sin)
        filas.append(fila)
        pesos.append(peso)
    return _camino(filas, pesos, a, d)


def _camino(
    filas: Sequence[Sequence[float]], pesos: Sequence[Sequence[float]], a: range, d: range
) -> list[tuple[int, int]]:
    elegidos: list[tuple[int, int]] = []
    m, n = len(a), len(d)
    while m and n:
        peso = pesos[m - 1][n - 1]
        if peso and filas[m][n] == filas[m - 1][n - 1] + peso:
            elegidos.append((a[m - 1], d[n - 1]))
            m, n = m - 1, n - 1
        elif filas[m][n] == filas[m - 1][n]:
            m -= 1
        else:
            n -= 1
    return elegidos[::-1]


# ---- lo que se movió --------------------------------------------------------------------------------------


def _con_movidos(
    pares: list[Par],
    listas: tuple[Sequence[int], Sequence[int]],
    parecido: Parecido,
    movible: Callable[[int], bool],
) -> list[Par]:
    """Los suprimidos que reaparecen en otro lugar, idénticos o casi, dejan de ser suprimido y agregado."""
    salen = [p.antes for p in pares if p.tipo == SUPRIMIDO and movible(p.antes)]
    entran = [p.despues for p in pares if p.tipo == AGREGADO]
    destino = _identicos(salen, entran, listas)
    tomados = set(destino.values())
    libres = [j for j in entran if j not in tomados]
    quedan = [i for i in salen if i not in destino]
    if len(quedan) * len(libres) <= MAX_MOVIDOS:
        destino |= _casi_identicos(quedan, libres, parecido)
    origen = {j: i for i, j in destino.items()}
    resultado = []
    for par in pares:
        if par.tipo == SUPRIMIDO and par.antes in destino:
            resultado.append(Par(ORIGEN, par.antes, destino[par.antes]))
        elif par.tipo == AGREGADO and par.despues in origen:
            resultado.append(Par(MOVIDO, origen[par.despues], par.despues))
        else:
            resultado.append(par)
    return resultado


def _identicos(
    salen: Iterable[int], entran: Iterable[int], listas: tuple[Sequence[int], Sequence[int]]
) -> dict[int, int]:
    antes, despues = listas
    libres: dict[int, list[int]] = defaultdict(list)
    for j in reversed(list(entran)):
        libres[despues[j]].append(j)
    return {i: libres[antes[i]].pop() for i in salen if libres.get(antes[i])}


def _casi_identicos(salen: Sequence[int], entran: Sequence[int], parecido: Parecido) -> dict[int, int]:
    """Los mejores pares primero; entre iguales, los más cercanos al comienzo."""
    candidatos = sorted(
        (-valor, i, j) for i in salen for j in entran if (valor := parecido(i, j)) >= PARECIDO_MOVIDO
    )
    destino: dict[int, int] = {}
    tomados: set[int] = set()
    for _, i, j in candidatos:
        if i not in destino and j not in tomados:
            destino[i] = j
            tomados.add(j)
    return destino
