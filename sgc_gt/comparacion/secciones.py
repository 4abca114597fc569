"""Qué secciones cambiaron entre dos formas normales: lo que se informa al entregar un borrador."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from sgc_gt.dominio.forma import Bloque, FormaNormal, secciones, texto_de

MAXIMO_PARES = 4_000_000
"""Párrafos de antes por párrafos de después, en una sección, que se parean uno a uno (un par de segundos)."""
SIN_SECCION = "Antes de la primera sección"
TITULOS = "Títulos"
NUEVA, SUPRIMIDA = "nueva", "suprimida"
"""Lo que le pasó a la sección entera; vacío si solo cambió algo en ella."""


def comparar_secciones(antes: FormaNormal, despues: FormaNormal) -> list[dict[str, Any]]:
    """Una entrada por sección distinta: `seccion`, `situacion` y `cambios` (`tipo`, `antes`, `despues`).

    `tipo` es agregado, suprimido o modificado; `situacion`, «nueva», «suprimida» o vacío. Las secciones se
    parean por título, en orden de aparición; una sección nueva sin texto cuenta por su título. Ningún cambio
    del cuerpo queda sin informar: si solo cambió la estructura de los títulos, va en «Títulos».
    """
    viejas, nuevas = _por_titulo(antes), _por_titulo(despues)
    resultado = []
    for clave in [*nuevas, *(c for c in viejas if c not in nuevas)]:
        nombre, bloques = nuevas.get(clave) or viejas[clave]
        previos = viejas[clave][1] if clave in viejas else ()
        actuales = bloques if clave in nuevas else ()
        situacion = NUEVA if clave not in viejas else SUPRIMIDA if clave not in nuevas else ""
        cambios = _bloques(previos, actuales) or _solo_titulo(situacion, clave[0])
        if cambios:
            resultado.append({"seccion": nombre, "situacion": situacion, "cambios": cambios})
    if not resultado and antes.bloques != despues.bloques:
        return [_solo_la_estructura(antes, despues)]
    return resultado


def _solo_la_estructura(antes: FormaNormal, despues: FormaNormal) -> dict[str, Any]:
    """El mismo texto con otros títulos: cambió un nivel, un título vacío o a dónde lleva uno."""
    cambio = {"tipo": "modificado", "antes": _esquema(antes), "despues": _esquema(despues)}
    return {"seccion": TITULOS, "situacion": "", "cambios": [cambio]}


def _esquema(forma: FormaNormal) -> str:
    return "\n".join(f"{s.numero} {s.titulo}".strip() for s in secciones(forma) if s.numero)


def _solo_titulo(situacion: str, titulo: str) -> list[dict[str, str]]:
    if situacion == NUEVA:
        return [{"tipo": "agregado", "antes": "", "despues": titulo}]
    return [{"tipo": "suprimido", "antes": titulo, "despues": ""}] if situacion else []


def _por_titulo(forma: FormaNormal) -> dict[tuple[str, int], tuple[str, tuple[Bloque, ...]]]:
    vistos: dict[str, int] = {}
    resultado = {}
    for s in secciones(forma):
        vez = vistos[s.titulo] = vistos.get(s.titulo, 0) + 1
        nombre = f"{s.numero} {s.titulo}".strip() or SIN_SECCION
        resultado[(s.titulo, vez)] = (nombre, s.bloques)
    return resultado


def _bloques(antes: tuple[Bloque, ...], despues: tuple[Bloque, ...]) -> list[dict[str, str]]:
    inicio = _comunes(antes, despues)
    fin = _comunes(antes[inicio:][::-1], despues[inicio:][::-1])
    viejos, nuevos = antes[inicio : len(antes) - fin], despues[inicio : len(despues) - fin]
    if len(viejos) * len(nuevos) > MAXIMO_PARES:
        return _a_bulto(viejos, nuevos)
    cambios = []
    for accion, a1, a2, b1, b2 in SequenceMatcher(None, viejos, nuevos, autojunk=False).get_opcodes():
        if accion == "equal":
            continue
        tipo = {"insert": "agregado", "delete": "suprimido", "replace": "modificado"}[accion]
        cambios.append({"tipo": tipo, "antes": texto_de(viejos[a1:a2]), "despues": texto_de(nuevos[b1:b2])})
    return cambios


def _comunes(antes: Sequence[Bloque], despues: Sequence[Bloque]) -> int:
    return len(list(takewhile(lambda par: par[0] == par[1], zip(antes, despues, strict=False))))


def _a_bulto(viejos: tuple[Bloque, ...], nuevos: tuple[Bloque, ...]) -> list[dict[str, str]]:
    """Lo que salió y lo que entró, sin parearlo: parear miles con miles tomaría horas."""
    antes, despues = set(viejos), set(nuevos)
    suprimido = texto_de(b for b in viejos if b not in despues)
    agregado = texto_de(b for b in nuevos if b not in antes)
    return [{"tipo": "modificado", "antes": suprimido, "despues": agregado}]
