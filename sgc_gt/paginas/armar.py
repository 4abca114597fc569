"""Armar una página con su plantilla: texto siempre escapado, y ningún dato que falte pasa por vacío."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.filas import con_calidad


def armar(plantilla: str, **datos: object) -> str:
    """La página entera, con sus estilos adentro. `datos` son los nombres que la plantilla usa."""
    return _ambiente().get_template(f"{plantilla}.html").render(datos)


@cache
def _ambiente() -> Environment:
    ambiente = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    ambiente.filters["fecha"] = _fecha
    ambiente.filters["con_calidad"] = con_calidad
    return ambiente


def _fecha(valor: date | None) -> str:
    return imprimir_fecha(valor) if valor else ""
