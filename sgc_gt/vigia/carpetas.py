"""Cuál es la carpeta de cada cargo, y cuándo se puede crear."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from sgc_gt.dominio.servicio import Servicio
from sgc_gt.vigia.valores import Expediente


def carpetas_de(servicio: Servicio, mesa: Iterable[Expediente]) -> dict[str, Path]:
    """Cargo → carpeta, de los cargos que elaboran algún documento."""
    propias = servicio.carpetas
    if propias is None:
        return {}
    cargos = dict.fromkeys(c for e in mesa for c in e.cargos)
    return {c: Path(propias.de(c)) for c in cargos}


def disponibles(carpetas: Mapping[str, Path], servicio: Servicio, conocidas: Collection[str]) -> None:
    """Crea la carpeta de un cargo la primera vez, dentro de la que las contiene, si esa está.

    Una que ya se conoció y no está no se crea de nuevo: puede ser una unidad de red desconectada, y lo que se
    escribiera en su lugar quedaría escondido cuando vuelva. Tampoco la que el servicio puso en otra parte.
    """
    propias = servicio.carpetas
    if propias is None:
        return
    for cargo, carpeta in carpetas.items():
        if cargo in conocidas or propias.propia(cargo) or not Path(propias.base).is_dir():
            continue
        with suppress(OSError):  # sin permiso: al mirarla se dirá que no está
            carpeta.mkdir(exist_ok=True)
