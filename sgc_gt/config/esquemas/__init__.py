"""Los esquemas de los archivos que las personas escriben: datos del paquete, leídos una vez por proceso."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def esquema(nombre: str) -> dict[str, Any]:
    """El esquema con ese nombre («sgc», «tipo», «series», «requisitos», «demo_sgt_1»)."""
    texto = files(__name__).joinpath(f"{nombre}.json").read_text(encoding="utf-8")
    contenido: dict[str, Any] = json.loads(texto)
    return contenido
