"""Los valores de una revisión: qué se revisó, qué se halló, y lo que hace falta saber de cada código."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Protocol

from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as estados
from sgc_gt.dominio import rutas
from sgc_gt.dominio.alertas import GRAVEDADES, Alerta
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.reglas.materia import BORRADOR, OBSOLETO, VIGENTE, Conocido, Hueco


class Taller(Protocol):
    """Lo que solo el piso de las órdenes sabe: qué falta en los datos y qué guías trae la plantilla."""

    def faltas(self, vista: Vista, tipo: str, datos: bytes | None, lugar: str) -> tuple[Hueco, ...]:
        """Los contenidos exigidos que esos datos no responden."""

    def guias_de(self, vista: Vista, ficha: Ficha) -> frozenset[str]:
        """Los textos de guía de la plantilla del documento."""


class Revisado(NamedTuple):
    """Una versión revisada: sus alertas y, aparte, las de su línea base."""

    codigo: str
    version: str
    estado: str
    titulo: str
    archivo: str  # ruta dentro del servicio, o nombre del archivo suelto
    responsable: str  # cargo
    alertas: tuple[Alerta, ...] = ()
    base: tuple[Alerta, ...] = ()

    @property
    def peso(self) -> tuple[int, ...]:
        """Para ordenar de peor a mejor: cuántas de cada gravedad."""
        return tuple(sum(1 for a in self.alertas if a.gravedad == g) for g in GRAVEDADES)


def conocido(ficha: Ficha, fecha: date) -> Conocido:
    """Lo que se sabe de un código del servicio en la fecha: si rige, si rigió, cómo se ha llamado."""
    s = situacion(ficha, fecha)
    titulos = dict.fromkeys(v.titulo for v in s.versiones)
    titulo = str(ficha.identidad.get("titulo", ""))
    antes = tuple(t for t in titulos if t != titulo)
    if s.vigente is not None:
        return Conocido(VIGENTE, titulo, antes)
    if s.abierta is not None or s.por_regir is not None or not s.versiones:
        return Conocido(BORRADOR, titulo, antes)
    return Conocido(OBSOLETO, titulo, antes)


def ruta_de(ficha: Ficha, v: Version) -> str:
    """Dónde está el archivo de una versión que rige, que espera regir o que está en trabajo."""
    if v.estado in estados.ABIERTOS:
        return rutas.ruta_borrador(ficha, v.archivo)
    return (
        f"{rutas.carpeta(ficha)}/{v.archivo}" if v.regida else f"{rutas.carpeta(ficha)}/por_regir/{v.archivo}"
    )
