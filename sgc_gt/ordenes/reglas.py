"""Los documentos que se escriben de las reglas: el procedimiento de control de documentos del servicio.

Su ficha guarda la huella de las reglas con que se generó; cuando las reglas cambian, se abre su versión
siguiente y se genera de nuevo.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from sgc_gt.contexto import Vista
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.reglas.control_documental import datos_del_procedimiento, huella_de_reglas

CLAVE = "reglas"


class Fuente(NamedTuple):
    """Los datos que las reglas dictan, y lo que el movimiento anota de ellas."""

    datos: bytes
    extra: dict[str, Any]


def fuente(servicio: Servicio) -> Fuente:
    """Los datos del procedimiento de control de documentos según las reglas de hoy."""
    datos: Mapping[str, Any] = datos_del_procedimiento(servicio)
    texto = yaml.safe_dump(datos, allow_unicode=True, sort_keys=False, width=100)
    return Fuente(texto.encode("utf-8"), {CLAVE: huella_de_reglas(servicio)})


def sale_de_reglas(ficha: Ficha) -> bool:
    """Si el documento se genera de las reglas y no de datos escritos por una persona."""
    return any(CLAVE in m.extra for m in ficha.actos)


def atrasados(vista: Vista) -> list[Ficha]:
    """Los documentos que todavía dicen reglas anteriores a las de la vista."""
    actual = huella_de_reglas(vista.servicio)
    return [
        ficha
        for ficha in vista.fichas()
        if (anotadas := [m.extra[CLAVE] for m in ficha.actos if CLAVE in m.extra]) and anotadas[-1] != actual
    ]
