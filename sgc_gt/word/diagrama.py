"""El diagrama de flujo de un procedimiento: una figura PNG y su alternativa en texto.

Graphviz ordena; aquí se decide lo que lo hace legible en una hoja A4: letra de 9 puntos, textos cortados en
líneas, las etapas como recuadros y, si el flujo es largo, repartidas en columnas que se leen de izquierda a
derecha y se unen con conectores de letra.
"""

from __future__ import annotations

import os
import re
import textwrap
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, combinations, pairwise
from typing import Any

import pygraphviz

from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.imagen import Imagen

ANCHO_CM = 17.0
ALTO_CM = 19.0
"""Lo más alto que sale: con los títulos que lo presentan y su epígrafe, cabe en una página."""
PASOS_POR_COLUMNA = 12
PASOS_POR_COLUMNA_CON_ETAPAS = 7
_RESOLUCION = 200
_FUENTE = "Carlito,Calibri,DejaVu Sans"
_LETRA = 9
_ALT = "Diagrama de flujo del proceso; el texto del documento cuenta el mismo recorrido."

_GENERAL = {
    "rankdir": "TB",
    "nodesep": "0.15",
    "ranksep": "0.2",
    "dpi": str(_RESOLUCION),
    "pad": "0.03",
    "bgcolor": "#FFFFFF",
    "fontname": _FUENTE,
    "splines": "spline",
    "newrank": "true",
}
_COMUN = {
    "shape": "box",
    "style": "filled",
    "fillcolor": "#FFFFFF",
    "color": "#1F3864",
    "margin": "0.08,0.03",
    "height": "0.1",
    "width": "0.3",
    "fontsize": str(_LETRA),
    "penwidth": "0.9",
}
_FLECHA = {"fontsize": "8", "color": "#44546A", "arrowsize": "0.55", "penwidth": "0.9"}
_FORMAS: dict[str, dict[str, str]] = {
    "inicio": {"style": "filled,rounded", "fillcolor": "#1F3864", "fontcolor": "#FFFFFF"},
    "fin": {"style": "filled,rounded", "fillcolor": "#1F3864", "fontcolor": "#FFFFFF"},
    "actividad": {},
    "decision": {"shape": "diamond", "fillcolor": "#FFF4D6", "fixedsize": "true", "margin": "0"},
    "documento": {"shape": "note", "fillcolor": "#EEF3FA"},
    "externo": {"style": "filled,dashed", "fillcolor": "#F3F4F6"},
}
_CONECTOR = {"shape": "circle", "fontsize": "8", "margin": "0", "width": "0.2", "fixedsize": "true"}
_ETAPA = {
    "labeljust": "l",
    "fontsize": "8",
    "fontcolor": "#44546A",
    "color": "#BFC5CF",
    "style": "rounded",
    "peripheries": "1",
    "margin": "5",
}
_LETRAS_DECISION = 18
_LETRAS_POR_COLUMNAS = {1: 28, 2: 28, 3: 22}
"""Letras por línea según cuántas columnas se reparten el ancho."""
_ROMBO = 1.75
"""Cuántas veces más ancho que su texto es el rombo de una decisión."""
_ENTRE_COLUMNAS = 12
_POSICIONES = frozenset({"pos", "bb", "lp", "tail_lp"})
_PAR = re.compile(r"(-?[\d.]+(?:e[-+]?\d+)?),(-?[\d.]+(?:e[-+]?\d+)?)")
Nodo = Mapping[str, Any]
_TURNO = threading.Lock()


def dibujar(flujo: Mapping[str, Any], alt: str = _ALT, *, ancho_cm: float = ANCHO_CM) -> Imagen:
    """La figura de un flujo `{nodos: [{id, texto, clase, etapa?}], arcos: [{de, a, texto?}]}`."""
    _validar(flujo)
    columnas = _columnas(flujo)
    partes = [_columna(flujo, nodos, _LETRAS_POR_COLUMNAS[len(columnas)]) for nodos in columnas]
    _agregar_arcos(partes, flujo, columnas)
    try:
        with _TURNO, _sin_avisos():
            png = _componer(partes)
    except (ValueError, OSError) as error:
        raise EntradaInvalida(
            "no se pudo dibujar el diagrama de flujo",
            esperado="pasos y flechas que se puedan ordenar",
            hacer="Revise los textos y las flechas del diagrama, o quítelo de los datos.",
        ) from error
    return Imagen(png, alt, _ancho(png, ancho_cm))


def texto(flujo: Mapping[str, Any]) -> list[str]:
    """El mismo flujo en oraciones numeradas, para quien no ve la figura."""
    _validar(flujo)
    nodos = list(flujo["nodos"])
    numero = {nodo["id"]: n for n, nodo in enumerate(nodos, start=1)}
    lineas = []
    for nodo in nodos:
        salidas = [arco for arco in flujo["arcos"] if arco["de"] == nodo["id"]]
        destinos = [
            (f"{arco['texto']}: " if arco.get("texto") else "") + f"sigue en {numero[arco['a']]}"
            for arco in salidas
        ]
        fin = f" ({'; '.join(destinos)})" if destinos else " (termina)"
        lineas.append(f"{numero[nodo['id']]}. {nodo['texto']}{fin}")
    return lineas


def _validar(flujo: Mapping[str, Any]) -> None:
    conocidos = {nodo["id"] for nodo in flujo.get("nodos", ())}
    if not conocidos:
        raise EntradaInvalida("el diagrama de flujo no tiene pasos", hacer="Agregue al menos dos pasos.")
    for arco in flujo.get("arcos", ()):
        for extremo in ("de", "a"):
            if arco[extremo] not in conocidos:
                raise EntradaInvalida(
                    f"una flecha del diagrama nombra «{arco[extremo]}», que no es un paso",
                    esperado=f"uno de {', '.join(sorted(conocidos))}",
                )


# ---- columnas y etapas ------------------------------------------------------------------------------------


def _etapa(nodo: Nodo) -> str:
    return str(nodo.get("etapa", ""))


def _columnas(flujo: Mapping[str, Any]) -> list[list[Nodo]]:
    """Los pasos repartidos en columnas seguidas lo más parejas posible, sin partir una etapa."""
    etapas = {
        _etapa(nodo): [n for n in flujo["nodos"] if _etapa(n) == _etapa(nodo)] for nodo in flujo["nodos"]
    }
    trozos = list(etapas.values()) if len(etapas) > 1 else [[nodo] for nodo in flujo["nodos"]]
    tope = PASOS_POR_COLUMNA_CON_ETAPAS if len(etapas) > 1 else PASOS_POR_COLUMNA
    total = sum(_largo(flujo, nodos) for nodos in etapas.values())
    cuantas = min(len(trozos), -(-total // tope), 3)
    largos = [_largo(flujo, trozo) for trozo in trozos]
    mejores = min(
        combinations(range(1, len(trozos)), cuantas - 1),
        key=lambda cortes: sum(sum(largos[a:b]) ** 2 for a, b in pairwise((0, *cortes, len(trozos)))),
    )
    return [list(chain.from_iterable(trozos[a:b])) for a, b in pairwise((0, *mejores, len(trozos)))]


def _largo(flujo: Mapping[str, Any], nodos: Sequence[Nodo]) -> int:
    """Cuántas filas ocupan unos pasos: su camino más largo hacia adelante."""
    orden = {nodo["id"]: n for n, nodo in enumerate(nodos)}
    fila = dict.fromkeys(orden, 1)
    for nodo, propio in orden.items():
        for arco in flujo["arcos"]:
            if arco["de"] == nodo and orden.get(arco["a"], -1) > propio:
                fila[arco["a"]] = max(fila[arco["a"]], fila[nodo] + 1)
    return max(fila.values())


def _lienzo() -> pygraphviz.AGraph:
    grafo = pygraphviz.AGraph(directed=True, strict=False, **_GENERAL)
    grafo.node_attr.update(fontname=_FUENTE, **_COMUN)
    grafo.edge_attr.update(fontname=_FUENTE, **_FLECHA)
    return grafo


def _columna(flujo: Mapping[str, Any], nodos: Sequence[Nodo], letras: int) -> pygraphviz.AGraph:
    """Una columna con sus etapas, en su propio grafo: así las filas de una no estiran las de otra."""
    grafo = _lienzo()
    etapas = {
        etapa: grafo.add_subgraph(name=f"cluster_{etapa}", label=f"Etapa {etapa}", **_ETAPA)
        if etapa
        else grafo
        for etapa in dict.fromkeys(map(_etapa, nodos))
    }
    for nodo in nodos:
        etapas[_etapa(nodo)].add_node(nodo["id"], **_aspecto(nodo, letras))
    _apilar_etapas(grafo, flujo, nodos)
    return grafo


def _aspecto(nodo: Nodo, letras: int) -> dict[str, str]:
    clase = str(nodo.get("clase", "actividad"))
    lineas = _cortar(str(nodo["texto"]), _LETRAS_DECISION if clase == "decision" else letras)
    # Graphviz lee la barra invertida como instrucción: la del texto se duplica.
    aspecto = {"label": "\n".join(linea.replace("\\", "\\\\") for linea in lineas), **_FORMAS.get(clase, {})}
    return aspecto | _medidas_rombo(lineas) if clase == "decision" else aspecto


def _cortar(texto_nodo: str, letras: int) -> list[str]:
    """El texto en las menos líneas posibles, y esas líneas lo más parejas posible."""
    anchas = textwrap.wrap(texto_nodo, letras, break_long_words=False)
    parejas = (textwrap.wrap(texto_nodo, n, break_long_words=False) for n in range(1, letras))
    return next((lineas for lineas in parejas if len(lineas) == len(anchas)), anchas)


def _medidas_rombo(lineas: Sequence[str]) -> dict[str, str]:
    """El rombo justo alrededor de su texto: el que Graphviz calcula es el doble de alto."""
    ancho = max(map(len, lineas)) * _LETRA * 0.5 / 72
    alto = len(lineas) * _LETRA * 1.2 / 72
    return {"width": f"{ancho * _ROMBO:.2f}", "height": f"{alto * _ROMBO / (_ROMBO - 1):.2f}"}


def _apilar_etapas(grafo: pygraphviz.AGraph, flujo: Mapping[str, Any], nodos: Sequence[Nodo]) -> None:
    """Ninguna etapa comienza al lado de la anterior: sus primeros pasos van bajo el último de ella."""
    orden = {nodo["id"]: n for n, nodo in enumerate(flujo["nodos"])}
    con_entrada = {arco["a"] for arco in flujo["arcos"] if orden[arco["de"]] < orden[arco["a"]]}
    ultimo = {_etapa(nodo): nodo["id"] for nodo in nodos}
    anterior = dict(pairwise(reversed(ultimo)))
    for nodo in nodos:
        if nodo["id"] not in con_entrada and _etapa(nodo) in anterior:
            arriba = ultimo[anterior[_etapa(nodo)]]
            grafo.add_edge(arriba, nodo["id"], key=f"bajo_{nodo['id']}", style="invis", weight="0")


# ---- flechas ----------------------------------------------------------------------------------------------


def _agregar_arcos(
    partes: Sequence[pygraphviz.AGraph], flujo: Mapping[str, Any], columnas: Sequence[Sequence[Nodo]]
) -> None:
    orden = {nodo["id"]: n for n, nodo in enumerate(flujo["nodos"])}
    parte = {nodo["id"]: grafo for grafo, nodos in zip(partes, columnas, strict=True) for nodo in nodos}
    letras: dict[str, str] = {}
    for n, arco in enumerate(flujo["arcos"]):
        de, a = arco["de"], arco["a"]
        if parte[de] is not parte[a]:
            if a not in letras:
                letras[a] = chr(ord("A") + len(letras) % 26)
                _llegada(parte[a], a, letras[a])
            _salida(parte[de], arco, letras[a], vuelve=orden[a] < orden[de])
        elif orden[a] > orden[de]:
            parte[de].add_edge(de, a, key=f"arco{n}", **_rotulo(arco))
        else:  # una flecha hacia atrás sube por la derecha y no empuja a nadie hacia abajo
            lado = {"constraint": "false", "tailport": "e", "headport": "e"}
            parte[de].add_edge(de, a, key=f"arco{n}", **lado, **_rotulo(arco, al_lado=True))


def _rotulo(arco: Mapping[str, Any], *, al_lado: bool = False) -> dict[str, str]:
    """El texto de una flecha, junto a donde sale: así no ocupa una fila propia."""
    if not arco.get("texto"):
        return {}
    giro = ("25", "1.6") if al_lado else ("-50", "1.1")
    return {"taillabel": f" {arco['texto']} ", "labelangle": giro[0], "labeldistance": giro[1]}


def _llegada(grafo: pygraphviz.AGraph, destino: str, letra: str) -> None:
    """El círculo por donde entra, desde otra columna, todo lo que va a un mismo paso."""
    nombre = f"_llega_{letra}_{destino}"
    grafo.add_node(nombre, label=letra, **_CONECTOR)
    grafo.add_edge(nombre, destino, key=nombre)


def _salida(grafo: pygraphviz.AGraph, arco: Mapping[str, Any], letra: str, *, vuelve: bool) -> None:
    """El círculo que dice en qué letra sigue; lo que vuelve atrás sale hacia el lado y no hacia abajo."""
    nombre = f"_sale_{letra}_{arco['de']}"
    grafo.add_node(nombre, label=letra, **_CONECTOR)
    if vuelve:
        grafo.add_subgraph([arco["de"], nombre], rank="same")
    rotulo = {"label": f" {arco['texto']} "} if vuelve and arco.get("texto") else _rotulo(arco)
    grafo.add_edge(arco["de"], nombre, key=nombre, **rotulo)


# ---- composición ------------------------------------------------------------------------------------------


def _componer(partes: Sequence[pygraphviz.AGraph]) -> bytes:
    """Cada columna se ordena sola y se ponen una al lado de otra, alineadas arriba."""
    for parte in partes:
        parte.layout(prog="dot")
    cajas = [[float(n) for n in parte.graph_attr["bb"].split(",")] for parte in partes]
    alto = max(caja[3] for caja in cajas)
    lienzo, dx = _lienzo(), 0.0
    for parte, caja in zip(partes, cajas, strict=True):
        _pegar(lienzo, parte, dx, alto - caja[3])
        dx += caja[2] + _ENTRE_COLUMNAS
    png: bytes = lienzo.draw(format="png", prog="nop2")
    return png


def _pegar(lienzo: pygraphviz.AGraph, parte: pygraphviz.AGraph, dx: float, dy: float) -> None:
    """Copia una columna ya ordenada, corrida (dx, dy)."""

    def corrido(atributos: Mapping[str, str]) -> dict[str, str]:
        return {
            clave: _correr(valor, dx, dy) if clave in _POSICIONES else valor
            for clave, valor in atributos.items()
            if valor
        }

    for nodo in parte.nodes():
        lienzo.add_node(nodo, **corrido(nodo.attr.to_dict()))
    for etapa in parte.subgraphs():
        if etapa.name and etapa.name.startswith("cluster"):
            lienzo.add_subgraph(etapa.nodes(), name=etapa.name, **corrido(dict(etapa.graph_attr.items())))
    for de, a, clave in parte.edges(keys=True):
        lienzo.add_edge(de, a, key=clave, **corrido(parte.get_edge(de, a, clave).attr.to_dict()))


def _correr(valor: str, dx: float, dy: float) -> str:
    """Los pares de coordenadas de una posición, corridos: «e,1,2 3,4» → «e,11,2 13,4»."""
    return _PAR.sub(lambda par: f"{float(par[1]) + dx:.2f},{float(par[2]) + dy:.2f}", valor)


@contextmanager
def _sin_avisos() -> Iterator[None]:
    """Graphviz y sus fuentes escriben avisos directamente en el descriptor de errores: aquí no se ven.

    Los errores llegan como excepciones. Un programa sin consola no tiene ese descriptor: nada que tapar.
    """
    try:
        guardado = os.dup(2)
    except OSError:
        yield
        return
    try:
        nulo = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nulo, 2)
        os.close(nulo)
        yield
    finally:
        os.dup2(guardado, 2)
        os.close(guardado)


def _ancho(png: bytes, maximo_cm: float) -> float:
    """El ancho natural del dibujo, achicado para que quepa a lo ancho y a lo alto de la hoja."""
    ancho, alto = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    natural = ancho / _RESOLUCION * 2.54
    return round(min(natural, maximo_cm, ALTO_CM * ancho / alto), 2)
