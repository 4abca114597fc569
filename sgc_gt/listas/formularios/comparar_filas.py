"""Una fila contra las del período anterior: nueva, igual, o qué decía."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sgc_gt.listas.formularios.celdas import Nombres, a_celda, como_texto
from sgc_gt.listas.formularios.partes import ENTERO, OBLIGATORIO, REGION, REGIONES, TEXTO, Campo, Parte, bajar

_SIGLAS = ("id", "codigo", "indicador", "n")


def respecto_de(parte: Parte, fila: Any, previas: Sequence[Any], nombres: Nombres) -> str:
    """«Igual», «Nueva», o los datos que cambiaron con lo que decían."""
    if fila in previas:
        return "Igual"
    if parte.escalar:
        return "Nueva"
    identidad = _identidad(parte)
    misma = [p for p in previas if _valores(identidad, p) == _valores(identidad, fila)] if identidad else []
    if len(misma) != 1:
        return "Nueva"
    cambios = [c for c in parte.campos if bajar(fila, c.ruta) != bajar(misma[0], c.ruta)]
    return "\n".join(f"{c.titulo}. Antes: {_visto(c, misma[0], nombres)}" for c in cambios) or "Igual"


def _identidad(parte: Parte) -> tuple[Campo, ...]:
    """Por qué se reconoce la misma fila: su sigla o, si no tiene, su región y lo que referencia."""
    debidos = [c for c in parte.campos if c.obligatorio == OBLIGATORIO]
    siglas = tuple(c for c in debidos if c.clave in _SIGLAS and c.clase in (TEXTO, ENTERO))
    otras = tuple(c for c in debidos if c.clase in (REGION, REGIONES) or (c.clase == TEXTO and c.referencia))
    return siglas or otras


def _valores(campos: Sequence[Campo], fila: Any) -> list[Any]:
    return [bajar(fila, c.ruta) for c in campos]


def _visto(campo: Campo, fila: Any, nombres: Nombres) -> str:
    celda = a_celda(campo, bajar(fila, campo.ruta), nombres)
    return como_texto(celda) if celda is not None else "(vacío)"
