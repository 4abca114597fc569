"""Cargos, personas y subrogancias: quién podía qué, en qué fecha y en qué calidad."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from sgc_gt.dominio.clave_ssh import Clave

SISTEMA = "sistema"
"""El cargo de lo que nadie decide: comenzar a regir llega con su fecha. No puede ser clave de un cargo."""

CALIDADES = ("titular", "suplente", "(S)", "por orden de", "delegado")


class Cargo(NamedTuple):
    """Un cargo del servicio; `subrogantes` va en el orden en que reemplazan."""

    id: str
    nombre: str
    subrogantes: tuple[str, ...] = ()
    region: str = ""
    unidad: str = ""


class Persona(NamedTuple):
    """Quien ejerce un cargo entre dos fechas (ambas inclusive; `hasta` None: sin término)."""

    correo: str
    cargo: str
    desde: date
    hasta: date | None = None
    nombre: str = ""
    claves: tuple[Clave, ...] = ()  # con que firma lo que anota

    def ejerce(self, fecha: date) -> bool:
        """Si en esa fecha ejercía el cargo."""
        return self.desde <= fecha and (self.hasta is None or fecha <= self.hasta)


class Subrogancia(NamedTuple):
    """Reemplazo registrado de un cargo por otro, con su fundamento (ley o acto) y su período."""

    cargo: str
    suplente: str  # cargo que reemplaza
    calidad: str
    base: str
    desde: date
    hasta: date | None = None

    def rige(self, fecha: date) -> bool:
        """Si cubre esa fecha."""
        return self.desde <= fecha and (self.hasta is None or fecha <= self.hasta)


class Investidura(NamedTuple):
    """En qué calidad actúa alguien por un cargo, y con qué fundamento."""

    cargo: str
    calidad: str
    base: str = ""


class Organizacion(NamedTuple):
    """Los cargos y las personas de un servicio, con las subrogancias registradas hasta el momento."""

    cargos: Mapping[str, Cargo]
    personas: tuple[Persona, ...]
    subrogancias: tuple[Subrogancia, ...] = ()

    def cargos_de(self, correo: str, fecha: date) -> tuple[str, ...]:
        """Los cargos que la persona ejercía en la fecha, en el orden del archivo."""
        return tuple(p.cargo for p in self.personas if p.correo == correo and p.ejerce(fecha))

    def conoce(self, correo: str) -> bool:
        """Si ese correo figura alguna vez."""
        return any(p.correo == correo for p in self.personas)

    def titulares(self, cargo: str, fecha: date) -> tuple[Persona, ...]:
        """Quienes ejercían el cargo en la fecha."""
        return tuple(p for p in self.personas if p.cargo == cargo and p.ejerce(fecha))

    def persona(self, correo: str) -> Persona | None:
        """La anotación más reciente de ese correo."""
        return next((p for p in reversed(self.personas) if p.correo == correo), None)

    def investidura(self, correo: str, cargo: str, fecha: date) -> Investidura | None:
        """Cómo puede la persona actuar por el cargo: titular o subrogancia registrada; None si no puede."""
        propios = self.cargos_de(correo, fecha)
        if cargo in propios:
            return Investidura(cargo, "titular")
        for s in self.subrogancias:
            if s.cargo == cargo and s.rige(fecha) and s.suplente in propios:
                return Investidura(cargo, s.calidad, s.base)
        return None

    def pueden_por(self, cargo: str, fecha: date) -> frozenset[str]:
        """Correos de quienes pueden actuar por el cargo en la fecha: titulares y subrogantes."""
        suplentes = [s.suplente for s in self.subrogancias if s.cargo == cargo and s.rige(fecha)]
        return frozenset(p.correo for c in (cargo, *suplentes) for p in self.titulares(c, fecha))

    def nombre_de(self, correo: str, fecha: date) -> str:
        """Cómo se nombra a la persona en la historia: su nombre o, si no lo dice, su cargo de ese día."""
        persona = self.persona(correo)
        if persona and persona.nombre:
            return persona.nombre
        cargos = self.cargos_de(correo, fecha)
        return self.nombre_cargo(cargos[0]) if cargos else correo

    def nombre_cargo(self, cargo: str) -> str:
        """El título del cargo, o su clave si no está en el catálogo."""
        return self.cargos[cargo].nombre if cargo in self.cargos else cargo

    def nombres(self, cargos: Iterable[str], *, o: bool = False) -> str:
        """Los títulos unidos para una oración: «A, B y C», o «A, B o C»; «nadie» si no hay ninguno."""
        lista = [self.nombre_cargo(c) for c in cargos]
        if len(lista) < 2:
            return lista[0] if lista else "nadie"
        return f"{', '.join(lista[:-1])} {'o' if o else 'y'} {lista[-1]}"
