"""Con qué cargos se cumple cada papel: los que hay por región se dicen una vez."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sgc_gt.dominio.organizacion import Cargo
from sgc_gt.dominio.regiones import REGIONES
from sgc_gt.dominio.servicio import Servicio


class Titulares(NamedTuple):
    """Un papel o cargo y los nombres de cargo que lo cumplen; uno por región cuenta como uno."""

    clave: str
    cargos: tuple[str, ...]


def titulares(servicio: Servicio, rol: str) -> Titulares:
    """Los cargos de un papel, o el cargo mismo."""
    cargos = [servicio.cargos[c] for c in servicio.con_rol(rol) if c in servicio.cargos]
    return Titulares(rol, nombres(cargos, len(servicio.regiones)))


def nombres(cargos: Iterable[Cargo], regiones: int) -> tuple[str, ...]:
    """Los nombres de cargo sin repetir; los que hay por región se dicen una vez, con su cuenta."""
    grupos: dict[str, list[Cargo]] = {}
    for cargo in cargos:
        grupos.setdefault(sin_region(cargo), []).append(cargo)
    return tuple(nombrar(base, grupo, regiones) for base, grupo in grupos.items())


def nombrar(base: str, grupo: list[Cargo], regiones: int) -> str:
    """Un cargo, o el que hay en varias regiones con su cuenta."""
    if len(grupo) == 1:
        return grupo[0].nombre
    lugar = f"cada una de las {regiones} regiones" if len(grupo) == regiones else f"{len(grupo)} regiones"
    return f"{base} de {lugar}"


def sin_region(cargo: Cargo) -> str:
    """El nombre del cargo sin el de su región."""
    region = REGIONES.get(cargo.region)
    return cargo.nombre.removesuffix(f", {region.nombre}") if region else cargo.nombre
