"""Los feriados de Chile, de una biblioteca que los mantiene al día con cada ley.

Se carga solo cuando hay un plazo en días hábiles que contar. Los que un servicio agrega en su configuración
(una elección, un feriado regional por decreto) los suma quien llama.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

ISO = {
    "15": "AP", "01": "TA", "02": "AN", "03": "AT", "04": "CO", "05": "VS", "13": "RM", "06": "LI",
    "07": "ML", "16": "NB", "08": "BI", "09": "AR", "14": "LR", "10": "LL", "11": "AI", "12": "MA",
}  # fmt: skip
"""Cómo llama la biblioteca (ISO 3166-2:CL) a cada región."""


@lru_cache(maxsize=64)
def feriados(anio: int, region: str = "") -> Mapping[date, str]:
    """Los feriados de ese año y su nombre: los de todo el país y, si se dice su código, los de la región."""
    # Aquí, y no arriba: la biblioteca tarda 0,2 s en cargarse y casi ninguna orden la necesita.
    from holidays import country_holidays  # noqa: PLC0415

    return dict(country_holidays("CL", subdiv=ISO.get(region), years=anio, language="es"))
