"""Las regiones que una fila de datos nombra, y cómo se dicen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sgc_gt.dominio.regiones import REGIONES
from sgc_gt.reglas.hallazgos.hechos import Hechos
from sgc_gt.reglas.hallazgos.valores import enumerar


def regiones_de(h: Hechos, fila: Mapping[str, Any]) -> tuple[str, ...]:
    """Los códigos de región que una fila nombra: `region`, o `regiones` («todas» o una lista)."""
    una, varias = fila.get("region"), fila.get("regiones")
    if una == "todas" or varias == "todas":
        return h.servicio.regiones
    lista = varias if isinstance(varias, list) else []
    return tuple(str(c) for c in (una, *lista) if c)


def nombres(h: Hechos, codigos: Iterable[str]) -> str:
    """Los nombres de esas regiones; si son todas las del servicio, cuántas."""
    unicos = list(dict.fromkeys(codigos))
    if len(unicos) > 1 and set(unicos) == set(h.servicio.regiones):
        return f"las {len(unicos)} regiones"
    return enumerar((REGIONES[c].nombre if c in REGIONES else c for c in unicos), len(REGIONES))
