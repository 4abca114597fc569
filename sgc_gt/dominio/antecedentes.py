"""Lo que un servicio declaró al comenzar y ningún documento vigente dice todavía: un valor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Antecedente(NamedTuple):
    """Lo declarado de un documento o registro: a qué tipo corresponde y sus datos."""

    tipo: str
    codigo: str  # el del documento o la serie que el servicio declaró
    anio: int
    datos: Mapping[str, Any]
    region: str = ""

    @property
    def sena(self) -> object:
        """Lo que lo distingue de otros de su tipo: su región, su sesión o su número; vacío si es único."""
        return self.region or self.datos.get("sesion") or self.datos.get("numero") or ""
