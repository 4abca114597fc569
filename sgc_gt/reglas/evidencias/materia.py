"""Lo que una evidencia mira: el servicio entero a una fecha, como valor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio import actos, rutas
from sgc_gt.dominio.etiquetas import CLASES_EVIDENCIA, ORIGENES
from sgc_gt.dominio.externos import Externo
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.filas import con_calidad, nombre_cargo
from sgc_gt.dominio.registros import FilaRegistro
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import Situacion, Version

NINGUNO = "Ningún documento rige a esta fecha."
"""Lo que responde una evidencia sobre lo vigente cuando no hay nada vigente."""


class Visto(NamedTuple):
    """Un documento o registro y su situación en la fecha."""

    ficha: Ficha
    situacion: Situacion
    actual: bool  # ningún movimiento posterior a la fecha: la carpeta está como entonces

    @property
    def codigo(self) -> str:
        """Su código."""
        return self.ficha.codigo

    @property
    def carpeta(self) -> str:
        """Su carpeta dentro del servicio."""
        return rutas.carpeta(self.ficha)

    def emitidas(self) -> tuple[Version, ...]:
        """Las versiones que rigen, rigieron o esperan su fecha."""
        return tuple(v for v in self.situacion.versiones if v.emision)


class Sesion(NamedTuple):
    """Una sesión de Revisión por la Dirección y los datos de su acta; sin datos si no los trae."""

    visto: Visto
    version: Version
    datos: Mapping[str, Any]


class Mencion(NamedTuple):
    """Un documento vigente que dice algo, y dónde."""

    documento: str
    version: str
    seccion: str
    frase: str


class Materia(NamedTuple):
    """El servicio a una fecha."""

    servicio: Servicio
    fecha: date
    documentos: tuple[Visto, ...]
    registros: tuple[Visto, ...]  # instancias archivadas o en trabajo
    externos: tuple[Externo, ...]
    pedidos: tuple[FilaRegistro, ...]  # lo pedido contra lo archivado, del año de la fecha
    sesiones: tuple[Sesion, ...]  # cerradas, de la más antigua a la más reciente
    archivos: frozenset[str]  # rutas de la carpeta del servicio
    sistema: tuple[Movimiento, ...]
    menciones: Mapping[str, tuple[Mencion, ...]] = {}

    def vigentes(self) -> Iterator[tuple[Visto, Version]]:
        """Los documentos que rigen, con su versión."""
        for d in self.documentos:
            if d.situacion.vigente:
                yield d, d.situacion.vigente

    def archivados(self) -> Iterator[tuple[Visto, Version]]:
        """Los registros archivados que se conservan."""
        for r in self.registros:
            if r.situacion.vigente and r.situacion.vigente.estado in actos.CONSERVADOS:
                yield r, r.situacion.vigente

    def quien(self, m: Movimiento) -> str:
        """El cargo que hizo el movimiento, con su calidad."""
        return con_calidad(nombre_cargo(self.servicio, m.cargo), m.calidad)


def respaldo_de(m: Movimiento) -> str:
    """«por la persona», el papel que lo respalda y, si va firmado, con qué clave."""
    papeles = [
        CLASES_EVIDENCIA[e.clase]
        + (f" N° {e.numero}" if e.numero else "")
        + (f" ({e.decia})" if e.decia else "")
        for e in m.evidencia
    ]
    firmado = [f"firmado con la clave {m.firma}"] if m.firma else []
    return ", ".join([ORIGENES[m.origen], *papeles, *firmado])


def al(fecha: date | None) -> str:
    """La fecha para una oración."""
    return imprimir_fecha(fecha) if fecha else "sin fecha"


def cuantos(n: int, uno: str, varios: str) -> str:
    """«un documento», «3 documentos»."""
    return uno if n == 1 else f"{n} {varios}"
