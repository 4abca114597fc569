"""Las reglas de distribución y de solicitudes del servicio, con nombres y no con claves (0028 y 0031)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sgc_gt.dominio.distribucion import TODAS, resolver
from sgc_gt.dominio.regiones import nombre_de
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.solicitudes import QUE, tipo_de_solicitudes
from sgc_gt.reglas.control_titulares import Titulares, nombres, titulares


class ReglaReparto(NamedTuple):
    """A quiénes llegan los documentos de unos tipos y áreas; sin tipos o sin áreas, los de todos."""

    tipos: tuple[str, ...]
    areas: tuple[str, ...]
    a: tuple[Titulares, ...]


class ReglaSolicitud(NamedTuple):
    """Por dónde va lo que se pide: quiénes lo piden (vacío: los demás) y qué papel cumple cada paso."""

    pide: tuple[str, ...]
    de: tuple[Titulares, ...]
    pasos: tuple[tuple[str, Titulares], ...]  # (acto, quién)


def repartos(servicio: Servicio) -> tuple[ReglaReparto, ...]:
    """Las reglas de distribución, en un orden que no depende del archivo."""
    return tuple(
        sorted(
            ReglaReparto(
                tuple(sorted(servicio.tipos[t].nombre for t in regla.tipos if t in servicio.tipos)),
                tuple(sorted(servicio.areas.get(a, a) for a in regla.areas)),
                tuple(_destino(servicio, palabra) for palabra in regla.a),
            )
            for regla in servicio.distribucion
        )
    )


def _destino(servicio: Servicio, palabra: str) -> Titulares:
    """Una palabra de una regla: todas las regiones, una, un papel o un cargo."""
    if palabra != TODAS and palabra not in servicio.regiones:
        return titulares(servicio, palabra)
    cargos = [servicio.cargos[c] for c in resolver(servicio, [palabra])]
    regiones = len(servicio.regiones) if palabra == TODAS else 1
    clave = "todas las regiones" if palabra == TODAS else f"región {nombre_de(palabra)}"
    return Titulares(clave, nombres(cargos, regiones))


def solicitudes(servicio: Servicio) -> tuple[ReglaSolicitud, ...]:
    """Las rutas de las solicitudes, en el orden en que se prueban; vacío si el servicio no las lleva."""
    tipo = tipo_de_solicitudes(servicio)
    return tuple(_rutas(servicio, tipo.id)) if tipo else ()


def _rutas(servicio: Servicio, tipo: str) -> Iterator[ReglaSolicitud]:
    for ruta in servicio.tipos[tipo].rutas:
        yield ReglaSolicitud(
            tuple(QUE[clave] for clave in ruta.pide),
            tuple(titulares(servicio, rol) for rol in ruta.de if servicio.con_rol(rol)),
            tuple((paso.acto, titulares(servicio, paso.rol)) for paso in ruta.pasos),
        )
