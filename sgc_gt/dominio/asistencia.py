"""Quiénes son los que firmaron una hoja o una lista de asistencia: de lo escrito al cargo del servicio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from sgc_gt.dominio.cargos_leidos import cargo_leido
from sgc_gt.dominio.organizacion import Organizacion
from sgc_gt.dominio.regiones import REGIONES, leer_region
from sgc_gt.dominio.servicio import Servicio


class Asistente(NamedTuple):
    """Una fila de la lista, como está escrita."""

    lugar: str  # «Asistencia!A7», o «fila 7»
    cargo: str = ""
    correo: str = ""
    region: str = ""
    fecha: date | None = None
    firmo: bool = True


class Reconocido(NamedTuple):
    """Quién tomó conocimiento y cuándo; sin cargo, alguien que no ejerce uno del servicio."""

    cargo: str
    fecha: date
    correo: str = ""


def reconocer(
    servicio: Servicio, org: Organizacion, asistentes: Iterable[Asistente], dia: date, avisos: list[str]
) -> Iterator[Reconocido]:
    """Cada asistente con su cargo. Quien no firmó no cuenta; quien no es de un cargo cuenta como otro."""
    for a in asistentes:
        if not a.firmo:
            avisos.append(f"{a.lugar}: no firmó, y no se anota")
            continue
        fecha = a.fecha or dia
        propios = org.cargos_de(a.correo.lower(), fecha) if a.correo else ()
        escrito = _por_escrito(servicio, a)
        cargo = escrito if escrito in propios or not propios else propios[0]
        if not cargo:
            dicho = f"«{a.cargo}»" if a.cargo else "no dice su cargo y"
            avisos.append(f"{a.lugar}: {dicho} no es un cargo del servicio; cuenta como otra persona")
        yield Reconocido(cargo, fecha, a.correo.lower() if propios else "")


def _por_escrito(servicio: Servicio, a: Asistente) -> str:
    """El cargo que la fila nombra: entre los de su región, si la dice."""
    region = leer_region(a.region) if a.region else None
    if region is None:
        return cargo_leido(servicio, a.cargo)
    sufijo = f", {REGIONES[region.codigo].nombre}"
    suyos = {
        c.id: c._replace(nombre=c.nombre.removesuffix(sufijo))
        for c in servicio.cargos.values()
        if c.region == region.codigo
    }
    return cargo_leido(servicio._replace(cargos=suyos), a.cargo)
