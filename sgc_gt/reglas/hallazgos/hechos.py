"""Los hechos de un servicio en una fecha: todo lo que un hallazgo típico puede mirar, ya leído.

Es un valor congelado que `consultas.hallazgos` arma una vez; las funciones de este paquete solo lo miran.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sgc_gt.dominio.alcance import Alcance, alcance
from sgc_gt.dominio.alertas import Alerta
from sgc_gt.dominio.antecedentes import Antecedente
from sgc_gt.dominio.compromisos import Seguido
from sgc_gt.dominio.estandarizacion import FilaEstandarizacion
from sgc_gt.dominio.externos import Externo
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.dominio.organizacion import Organizacion
from sgc_gt.dominio.periodos import anio_impreso
from sgc_gt.dominio.registros import FilaRegistro
from sgc_gt.dominio.servicio import Servicio, Tipo
from sgc_gt.dominio.situacion import Situacion, Version, ocurre, sin_efecto, situacion
from sgc_gt.reglas.hallazgos.rige import Dicho, Rige, rige_el
from sgc_gt.reglas.hallazgos.valores import Senal

JEFATURAS = {"jefatura_regional": "jefatura_territorial"}
"""El Programa llama así a quien responde en cada región."""
VISACION, EN_CADA_REGION = "con visación", "en cada región"
"""Lo que un hallazgo mira en cualquier tipo que lo pida, haga de lo que haga."""


class Declarado(NamedTuple):
    """Un documento que el servicio dijo tener y cuyo archivo todavía no se importa."""

    codigo: str
    titulo: str
    version: str
    estado: str  # el que alguien declaró
    elabora: str = ""
    revisa: str = ""
    aprueba: str = ""


class Ajeno(NamedTuple):
    """Un archivo de la carpeta que no es el que los movimientos dejaron."""

    ruta: str
    causa: str  # sobra | modificado | falta
    igual_a: str = ""  # «PR-FOM-03 versión 01», si es una versión obsoleta


class Guardado(NamedTuple):
    """Un archivo de registro o de respaldo, y lo que se pudo leer de él."""

    documento: str
    movimiento: int
    nombre: str
    fecha: date
    registro: bool = False  # el registro mismo, y no el respaldo de un movimiento
    causa: str = ""  # falta | alterado | ilegible; vacío: está y es el registrado
    paginas: int = 0
    sin_texto: tuple[int, ...] = ()  # páginas de un PDF en que no hay una letra
    imagen: bool = False
    ruts: tuple[str, ...] = ()  # ya tapados
    formulario: str = ""  # código del documento controlado en que se llenó
    version: str = ""  # y su versión

    def senal(self, evidencia: str, hacer: str = "") -> Senal:
        """Una señal de este archivo."""
        return Senal(evidencia, self.documento, movimiento=self.movimiento, fecha=self.fecha, hacer=hacer)


@dataclass(frozen=True, eq=False)
class Hechos:
    """Todo lo que se mira. Solo los tres primeros son indispensables."""

    servicio: Servicio
    organizacion: Organizacion
    fecha: date
    fichas: tuple[Ficha, ...] = ()
    externos: tuple[Externo, ...] = ()
    declarados: tuple[Declarado, ...] = ()
    alertas: Mapping[str, tuple[Alerta, ...]] = field(default_factory=dict)
    """Del chequeo de forma, por código: las de la versión que rige, línea base incluida."""
    registros: tuple[FilaRegistro, ...] = ()
    estandarizacion: tuple[FilaEstandarizacion, ...] = ()
    datos: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Por código: los datos de la versión que rige, de los tipos que los traen."""
    cambiadas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Por código, si el motivo es corto o vago: las secciones que cambiaron desde la versión anterior."""
    de_antes: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    """Por código y versión: los datos de las que ya no rigen y contra las que algo se rindió."""
    ajenos: tuple[Ajeno, ...] = ()
    guardados: tuple[Guardado, ...] = ()
    antecedentes: tuple[Antecedente, ...] = ()
    """Lo declarado al comenzar; cuenta mientras ningún documento lo diga."""
    compromisos: tuple[Seguido, ...] = ()
    """Los compromisos de todos los orígenes y en qué está cada uno (I-07)."""

    @cached_property
    def situaciones(self) -> Mapping[str, Situacion]:
        """Cada código, como estaba en la fecha."""
        return {f.codigo: situacion(f, self.fecha) for f in self.fichas}

    @cached_property
    def rigen(self) -> tuple[Rige, ...]:
        """Los documentos con una versión vigente."""
        return tuple(r for r in self._vivos if r.ficha.clase != "registro")

    @cached_property
    def archivados(self) -> tuple[Rige, ...]:
        """Los registros archivados."""
        return tuple(r for r in self._vivos if r.ficha.clase == "registro")

    @cached_property
    def _vivos(self) -> tuple[Rige, ...]:
        pares = ((f, self.situaciones[f.codigo]) for f in self.fichas)
        return tuple(Rige(f, s.vigente, s) for f, s in pares if s.vigente)

    @cached_property
    def alcances(self) -> tuple[Alcance, ...]:
        """La distribución de lo que rige, y de lo que dejó copias sin retirar."""
        documentos = (f for f in self.fichas if f.clase != "registro")
        todos = (alcance(self.servicio, f, self.fecha) for f in documentos)
        return tuple(a for a in todos if a.version or a.por_retirar)

    def movimientos(self, *actos: str) -> Iterator[tuple[Ficha, Movimiento]]:
        """Los movimientos de esos actos hasta la fecha; los que quedaron sin efecto no cuentan."""
        for ficha in self.fichas:
            nulos = self._sin_efecto[ficha.codigo]
            for m in ficha.actos:
                if m.acto in actos and ocurre(m) <= self.fecha and m.n not in nulos:
                    yield ficha, m

    @cached_property
    def _sin_efecto(self) -> Mapping[str, Mapping[int, int]]:
        return {f.codigo: sin_efecto(f) for f in self.fichas}

    def cuantos(self, *actos: str) -> int:
        """Cuántos movimientos de esos actos hay hasta la fecha."""
        return sum(1 for _ in self.movimientos(*actos))

    def tipo(self, ficha: Ficha) -> Tipo | None:
        """El tipo del documento, si el servicio todavía lo tiene."""
        return self.servicio.tipos.get(ficha.tipo)

    def hace_de(self, ficha: Ficha) -> str:
        """De qué hace el documento en su sistema."""
        return self.servicio.hace_de(ficha.tipo)

    @cached_property
    def por_mirar(self) -> frozenset[str]:
        """Lo que hay en los sistemas en uso: aquello de que hacen sus tipos, visaciones y regiones."""
        s = self.servicio
        tipos = [t for t in s.tipos.values() if t.paquete in s.paquetes]
        visan = any(p.acto == "visar" for t in tipos for p in s.circuitos.get(t.circuito, ()))
        regiones = any(t.en_cada_region for t in tipos)
        generales = {VISACION: visan, EN_CADA_REGION: regiones}
        return frozenset({*(t.hace_de for t in tipos), *(p for p, hay in generales.items() if hay)})

    def de_tipo(self, tipo: str) -> Iterator[tuple[Rige, Mapping[str, Any]]]:
        """Lo que rige (o está archivado) y hace de ese tipo, con sus datos; vacíos si no los tiene."""
        for r in self._vivos:
            if self.hace_de(r.ficha) == tipo:
                yield r, self.datos.get(r.codigo, {})

    def dichos(self, *tipos: str) -> Iterator[tuple[Rige | Dicho, Mapping[str, Any]]]:
        """Como `de_tipo`, de varios; y los antecedentes que ningún documento reemplaza."""
        for tipo in tipos:
            yield from self.de_tipo(tipo)
            yield from ((Dicho(a), a.datos) for a in self.antecedentes if a.tipo == tipo and self._sigue(a))

    def regia(self, tipo: str, de: Rige, codigo: str = "") -> tuple[Rige, Mapping[str, Any]] | None:
        """Lo de ese tipo (y código, si se dice) que regía al abrirse `de`, del mismo año y con sus datos."""
        for ficha in self.fichas:
            if self.hace_de(ficha) == tipo and codigo in ("", ficha.codigo):
                s = self.situaciones[ficha.codigo]
                for v in s.versiones:
                    datos = self._de_version(ficha, v, s)
                    if datos and rige_el(v, de.v.abierta) and anio_impreso(ficha, v) == de.anio:
                        return Rige(ficha, v, s), datos
        return None

    def _de_version(self, ficha: Ficha, v: Version, s: Situacion) -> Mapping[str, Any]:
        return (
            self.datos.get(ficha.codigo, {})
            if v == s.vigente
            else self.de_antes.get((ficha.codigo, v.version), {})
        )

    def _sigue(self, a: Antecedente) -> bool:
        """Si el antecedente sigue contando: no hay en el sistema un documento o registro que sea ese."""
        suyos = (
            r for r in self._vivos if self.hace_de(r.ficha) == a.tipo or r.codigo.split("/")[0] == a.codigo
        )
        return not any(not a.sena or a.sena == self._sena(r) for r in suyos)

    def _sena(self, r: Rige) -> object:
        datos = self.datos.get(r.codigo, {})
        return r.ficha.region or datos.get("sesion") or datos.get("numero") or ""

    def con_visacion(self, ficha: Ficha) -> bool:
        """Si el circuito de su tipo pide visación."""
        tipo = self.tipo(ficha)
        pasos = self.servicio.circuitos.get(tipo.circuito, ()) if tipo else ()
        return any(p.acto == "visar" for p in pasos)

    def alertadas(self, *reglas: str) -> Iterator[tuple[Rige, Alerta]]:
        """Las alertas de esas reglas en lo que rige."""
        for r in self.rigen:
            for alerta in self.alertas.get(r.codigo, ()):
                if alerta.regla in reglas:
                    yield r, alerta

    def cargo(self, clave: str) -> str:
        """El nombre del cargo, o los de quienes tienen ese rol; lo que no está en el catálogo, como vino."""
        return nombre_cargo(self.servicio, JEFATURAS.get(clave, clave))

    def decidieron(self, r: Rige, acto: str) -> tuple[Movimiento, ...]:
        """Los movimientos de ese acto que sostienen la versión que rige."""
        return tuple(m for m in r.v.firmas if m.acto == acto)


def filas(datos: Mapping[str, Any], clave: str) -> list[Mapping[str, Any]]:
    """Las filas de una lista de datos; lo que no tiene esa forma se pasa por alto."""
    valor = datos.get(clave)
    return [f for f in valor if isinstance(f, Mapping)] if isinstance(valor, list) else []
