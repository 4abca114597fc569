"""El diagrama de flujo de un procedimiento: una figura PNG y su alternativa en texto.

Graphviz ordena; aquí se decide lo que lo hace legible en una hoja A4: textos cortados en líneas, las
etapas como recuadros y, si el flujo es largo, repartidas en columnas que se leen de izquierda a derecha.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

import pygraphviz

from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.imagen import Imagen

ANCHO_CM = 16.5
ALTO_CM = 21.5
PASOS_POR_COLUMNA = 12
_RESOLUCION = 150
_FUENTE = "Carlito,Calibri,DejaVu Sans"
_ALT = "Diagrama de flujo del proceso; el texto del documento cuenta el mismo recorrido."

_COMUN = {
    "shape": "box",
    "style": "filled",
    "fillcolor": "#FFFFFF",
    "color": "#1F3864",
    "margin": "0.10,0.05",
}
_FORMAS: dict[str, dict[str, str]] = {
    "inicio": {"style": "filled,rounded", "fillcolor": "#1F3864", "fontcolor": "#FFFFFF"},
    "fin": {"style": "filled,rounded", "fillcolor": "#1F3864", "fontcolor": "#FFFFFF"},
    "actividad": {},
    "decision": {"shape": "diamond", "fillcolor": "#FFF4D6", "margin": "0.02,0.02"},
    "documento": {"shape": "note", "fillcolor": "#EEF3FA"},
    "externo": {"style": "filled,dashed", "fillcolor": "#F3F4F6"},
}
_ANCHO_TEXTO = {"decision": 13}
_ANCHO_TEXTO_COMUN = 26


def dibujar(flujo: Mapping[str, Any], alt: str = _ALT, *, ancho_cm: float = ANCHO_CM) -> Imagen:
    """La figura de un flujo `{nodos: [{id, texto, clase, etapa?}], arcos: [{de, a, texto?}]}`."""
    _validar(flujo)
    columnas = _columnas(flujo)
    grafo = pygraphviz.AGraph(directed=True, strict=False, newrank="true", **_general())
    grafo.node_attr.update(fontname=_FUENTE, fontsize="12", penwidth="1.1", **_COMUN)
    grafo.edge_attr.update(fontname=_FUENTE, fontsize="11", color="#44546A", arrowsize="0.7")
    for numero, etapas in enumerate(columnas):
        _agregar_columna(grafo, flujo, etapas, numero)
    _agregar_arcos(grafo, flujo, columnas)
    _ordenar_columnas(grafo, flujo, columnas)
    png: bytes = grafo.draw(format="png", prog="dot")
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


def _general() -> dict[str, str]:
    return {
        "rankdir": "TB",
        "nodesep": "0.18",
        "ranksep": "0.18",
        "dpi": str(_RESOLUCION),
        "pad": "0.05",
        "bgcolor": "#FFFFFF",
        "fontname": _FUENTE,
        "splines": "spline",
    }


def _etapa(nodo: Mapping[str, Any]) -> str:
    return str(nodo.get("etapa", ""))


def _columnas(flujo: Mapping[str, Any]) -> list[list[str]]:
    """Las etapas repartidas en columnas seguidas, lo más parejas posible."""
    etapas = list(dict.fromkeys(_etapa(nodo) for nodo in flujo["nodos"]))
    largos = [_largo(flujo, etapa) for etapa in etapas]
    cuantas = min(len(etapas), -(-sum(largos) // PASOS_POR_COLUMNA), 3)
    mejores = min(
        combinations(range(1, len(etapas)), cuantas - 1),
        key=lambda cortes: max(sum(largos[a:b]) for a, b in _tramos(cortes, len(etapas))),
        default=(),
    )
    return [etapas[a:b] for a, b in _tramos(mejores, len(etapas))]


def _tramos(cortes: Sequence[int], total: int) -> list[tuple[int, int]]:
    bordes = [0, *cortes, total]
    return list(pairwise(bordes))


def _largo(flujo: Mapping[str, Any], etapa: str) -> int:
    """Cuántas filas ocupa una etapa: su camino más largo hacia adelante."""
    orden = {nodo["id"]: n for n, nodo in enumerate(flujo["nodos"]) if _etapa(nodo) == etapa}
    fila = dict.fromkeys(orden, 1)
    for nodo, propio in orden.items():
        for arco in flujo["arcos"]:
            if arco["de"] == nodo and orden.get(arco["a"], -1) > propio:
                fila[arco["a"]] = max(fila[arco["a"]], fila[nodo] + 1)
    return max(fila.values())


def _agregar_columna(
    grafo: pygraphviz.AGraph, flujo: Mapping[str, Any], etapas: Sequence[str], numero: int
) -> None:
    columna = grafo.add_subgraph(name=f"cluster_columna{numero}", peripheries="0", label="", margin="6")
    for etapa in etapas:
        destino = columna
        if etapa:
            destino = columna.add_subgraph(
                name=f"cluster_{numero}_{etapa}",
                label=f"Etapa {etapa}",
                labeljust="l",
                fontsize="11",
                fontcolor="#44546A",
                color="#BFC5CF",
                style="rounded",
                peripheries="1",
                margin="8",
            )
        for nodo in flujo["nodos"]:
            if _etapa(nodo) == etapa:
                clase = str(nodo.get("clase", "actividad"))
                destino.add_node(nodo["id"], label=_cortar(nodo["texto"], clase), **_FORMAS.get(clase, {}))


def _cortar(texto_nodo: str, clase: str) -> str:
    lineas = textwrap.wrap(texto_nodo, _ANCHO_TEXTO.get(clase, _ANCHO_TEXTO_COMUN), break_long_words=False)
    # Graphviz lee la barra invertida como instrucción: la del texto se duplica.
    return "\n".join(linea.replace("\\", "\\\\") for linea in lineas)


def _agregar_arcos(
    grafo: pygraphviz.AGraph, flujo: Mapping[str, Any], columnas: Sequence[Sequence[str]]
) -> None:
    orden = {nodo["id"]: n for n, nodo in enumerate(flujo["nodos"])}
    columna = {nodo["id"]: _columna_de(_etapa(nodo), columnas) for nodo in flujo["nodos"]}
    conectores = 0
    for n, arco in enumerate(flujo["arcos"]):
        de, a = arco["de"], arco["a"]
        rotulo = {"label": f" {arco['texto']} "} if arco.get("texto") else {}
        if columna[de] != columna[a]:
            _conectar(grafo, (de, a), (columna[de], columna[a]), chr(ord("A") + conectores % 26), rotulo)
            conectores += 1
        elif orden[a] > orden[de]:
            grafo.add_edge(de, a, key=f"arco{n}", **rotulo)
        else:  # una flecha hacia atrás no empuja a nadie hacia abajo
            atras = {"xlabel": rotulo["label"]} if rotulo else {}
            grafo.add_edge(de, a, key=f"arco{n}", constraint="false", **atras)


def _conectar(
    grafo: pygraphviz.AGraph,
    extremos: tuple[str, str],
    columnas: tuple[int, int],
    letra: str,
    rotulo: dict[str, str],
) -> None:
    """Entre columnas, el conector de los diagramas de flujo: la misma letra en un círculo a cada lado."""
    circulo = {"shape": "circle", "label": letra, "fontsize": "11", "margin": "0.01", "width": "0.28"}
    salida, llegada = f"_sale_{letra}_{extremos[0]}", f"_llega_{letra}_{extremos[1]}"
    for nombre, columna in ((salida, columnas[0]), (llegada, columnas[1])):
        subgrafo = grafo.get_subgraph(f"cluster_columna{columna}")
        subgrafo.add_node(nombre, fillcolor="#FFFFFF", **circulo)
    grafo.add_edge(extremos[0], salida, key=salida, **rotulo)
    grafo.add_edge(llegada, extremos[1], key=llegada)


def _columna_de(etapa: str, columnas: Sequence[Sequence[str]]) -> int:
    return next(n for n, etapas in enumerate(columnas) if etapa in etapas)


def _ordenar_columnas(
    grafo: pygraphviz.AGraph, flujo: Mapping[str, Any], columnas: Sequence[Sequence[str]]
) -> None:
    """Los primeros pasos de cada columna a la misma altura y de izquierda a derecha."""
    if len(columnas) < 2:
        return
    primeros = [next(nodo["id"] for nodo in flujo["nodos"] if _etapa(nodo) in etapas) for etapas in columnas]
    grafo.add_subgraph(primeros, rank="same")
    for uno, otro in pairwise(primeros):
        grafo.add_edge(uno, otro, key=f"orden_{uno}", style="invis", weight="0")


def _ancho(png: bytes, maximo_cm: float) -> float:
    """El ancho natural del dibujo, achicado para que quepa a lo ancho y a lo alto de la hoja."""
    ancho, alto = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    natural = ancho / _RESOLUCION * 2.54
    return round(min(natural, maximo_cm, ALTO_CM * ancho / alto), 2)
