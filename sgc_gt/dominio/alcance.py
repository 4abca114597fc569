"""Hasta dónde llegó la versión que rige: quién debía conocerla, quién la conoce y qué copias se retiran."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sgc_gt.dominio import distribucion as d
from sgc_gt.dominio.actos import OBSOLETO
from sgc_gt.dominio.distribucion import Conocimiento, Copia
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import Situacion, Version, situacion

SIN_DESTINATARIOS = "sin destinatarios definidos"


class Destinatario(NamedTuple):
    """Un cargo que debe conocer la versión. Sin `conocimiento`, todavía no consta."""

    cargo: str
    region: str
    entrega: date | None  # cuándo se le entregó o avisó, si consta
    limite: date | None  # último día para tomar conocimiento
    conocimiento: Conocimiento | None

    def atraso(self, fecha: date) -> int:
        """Días corridos desde que debía conocerla; 0 si está a tiempo o ya la conoce."""
        if self.conocimiento or self.limite is None:
            return 0
        return max((fecha - self.limite).days, 0)


class PorRetirar(NamedTuple):
    """Una copia controlada de una versión que dejó de regir y que alguien todavía tiene."""

    copia: Copia
    desde: date  # el día en que su versión dejó de regir


class Alcance(NamedTuple):
    """La distribución de un documento en una fecha. `version` es la que rige, o la que está por regir."""

    codigo: str
    titulo: str
    version: str
    desde: date | None
    palabras: tuple[str, ...]  # los destinatarios como están dichos
    destinatarios: tuple[Destinatario, ...]
    copias: tuple[Copia, ...]  # todas, de todas las versiones
    por_retirar: tuple[PorRetirar, ...]
    otros: tuple[Conocimiento, ...]  # quienes la conocen sin ser destinatarios

    @property
    def definida(self) -> bool:
        """Si alguien dijo quiénes deben conocer el documento."""
        return bool(self.destinatarios)

    @property
    def conocimientos(self) -> tuple[Conocimiento, ...]:
        """Quienes conocen la versión: primero los destinatarios."""
        return (*(x.conocimiento for x in self.destinatarios if x.conocimiento), *self.otros)

    @property
    def conocen(self) -> int:
        """Cuántos de los destinatarios la conocen."""
        return sum(1 for x in self.destinatarios if x.conocimiento)

    @property
    def faltan(self) -> tuple[Destinatario, ...]:
        """Los destinatarios que no han tomado conocimiento."""
        return tuple(x for x in self.destinatarios if x.conocimiento is None)

    def atrasados(self, fecha: date) -> tuple[Destinatario, ...]:
        """Los que debían conocerla y no consta, de más a menos días."""
        tarde = (x for x in self.destinatarios if x.atraso(fecha))
        return tuple(sorted(tarde, key=lambda x: (-x.atraso(fecha), x.region, x.cargo)))

    def en_palabras(self) -> str:
        """«12/16 conocimientos», o que nadie los ha definido; vacío si no hay nada en vigencia."""
        return cuenta(self.conocen, len(self.destinatarios)) if self.version else ""


def cuenta(conocen: int, destinatarios: int) -> str:
    """«12/16 conocimientos»; sin destinatarios, que no están definidos."""
    return f"{conocen}/{destinatarios} conocimientos" if destinatarios else SIN_DESTINATARIOS


def alcance(servicio: Servicio, ficha: Ficha, fecha: date) -> Alcance:
    """La distribución del documento como constaba en la fecha."""
    s = situacion(ficha, fecha)
    v = s.vigente or s.por_regir
    dichas = d.palabras(servicio, ficha, fecha)
    tomados = d.conocimientos(ficha, fecha)
    copias = d.copias(ficha, fecha)
    cargos = d.resolver(servicio, dichas) if v else ()
    entregas = d.entregas(ficha, v.version, fecha) if v else {}
    de_esta = {c.cargo: c for c in reversed(tomados) if v and c.version == v.version}
    return Alcance(
        ficha.codigo,
        v.titulo if v else str(ficha.identidad.get("titulo", "")),
        v.version if v else "",
        v.vigente_desde if v else None,
        dichas,
        tuple(_destinatario(servicio, v, c, entregas.get(c), de_esta.get(c)) for c in cargos) if v else (),
        copias,
        tuple(_por_retirar(s, copias)),
        tuple(c for cargo, c in de_esta.items() if cargo not in cargos),
    )


def _destinatario(
    servicio: Servicio, v: Version, cargo: str, entrega: date | None, tomado: Conocimiento | None
) -> Destinatario:
    # Cuenta desde que rige; a quien se le entregó después, desde que la tuvo.
    desde = max(filter(None, (v.vigente_desde, entrega)), default=None)
    limite = desde + timedelta(days=servicio.plazo_conocimiento) if desde else None
    region = servicio.cargos[cargo].region if cargo in servicio.cargos else ""
    return Destinatario(cargo, region, entrega, limite, tomado)


def _por_retirar(s: Situacion, copias: tuple[Copia, ...]) -> Iterator[PorRetirar]:
    fuera = {v.version: v.hasta for v in s.versiones if v.hasta and v.estado == OBSOLETO}
    return (PorRetirar(c, fuera[c.version]) for c in copias if c.retiro is None and c.version in fuera)
