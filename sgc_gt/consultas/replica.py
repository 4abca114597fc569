"""Una vista que avanza: el árbol de la historia reconstruido de sus diferencias, sin volver a listarlo.

Los bytes se traen por tandas, comprobados contra su oid, y cada ficha se lee una vez: la siguiente es la
anterior con un movimiento más, y de ella solo se lee lo agregado.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha, leer_ficha
from sgc_gt.dominio.ficha_sistema import ficha_vacia
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.errores import IntegridadRota
from sgc_gt.repositorio.arbol_vivo import ArbolVivo
from sgc_gt.repositorio.repositorio import Repositorio

Diferencia = Mapping[str, tuple[str | None, str | None]]

MEMORIA = 128 * 1024 * 1024
"""Cuántos bytes de archivos se conservan a la mano; lo que salga se vuelve a traer."""

_DERIVADAS = ("_configuracion", "servicio", "sistema", "organizacion")


class Despensa:
    """Los archivos recién traídos de la historia, por oid; los que más hace que no se usan, salen."""

    def __init__(self, repo: Repositorio) -> None:
        self._repo = repo
        self._bytes: dict[str, bytes] = {}
        self._peso = 0

    def traer(self, oids: Iterable[str]) -> None:
        """Trae de una vez los que falten: una conversación con git y no una por archivo."""
        faltan = [oid for oid in dict.fromkeys(oids) if oid not in self._bytes]
        for oid, datos in zip(faltan, self._repo.blobs(faltan), strict=True):
            self._bytes[oid] = datos
            self._peso += len(datos)

    def varios(self, oids: Sequence[str]) -> list[bytes]:
        """Los bytes de esos oid, en su orden."""
        self.traer(oids)
        usados = []
        for oid in oids:
            datos = self._bytes.pop(oid) if oid in self._bytes else self._repo.blobs([oid])[0]
            self._bytes[oid] = datos  # al final de la fila: es el más reciente
            usados.append(datos)
        self._acotar()
        return usados

    def _acotar(self) -> None:
        while self._peso > MEMORIA and len(self._bytes) > 1:
            mas_antiguo = next(iter(self._bytes))
            self._peso -= len(self._bytes.pop(mas_antiguo))


class Leida(NamedTuple):
    """Una ficha y los bytes de que salió."""

    ficha: Ficha
    datos: bytes


class Replica(Vista):
    """El estado después de cada movimiento, en memoria: rutas y oid; los bytes se leen y se comprueban."""

    def __init__(self, repo: Repositorio, otra: Replica | None = None) -> None:
        super().__init__(repo, "")
        self.arbol: ArbolVivo = otra.arbol if otra else ArbolVivo()
        self.despensa: Despensa = otra.despensa if otra else Despensa(repo)
        self._leidas: dict[str, Leida] = otra._leidas if otra else {}
        self._encima: dict[str, str | None] = {}
        self.numero: int = otra.numero if otra else 0  # cuántos movimientos se han aplicado

    def partir_de(self, numero: int, archivos: Mapping[str, str]) -> None:
        """Empieza en un movimiento que se da por revisado: cuántos van, y sus archivos con su oid."""
        self.numero = numero
        self.arbol.cambiar(dict(archivos))

    def avanzar(self, diferencia: Diferencia) -> Replica:
        """Pasa al movimiento siguiente y devuelve el estado anterior, que se lee sobre el mismo árbol."""
        antes = Replica(self.repo, self)
        antes.__dict__.update({n: self.__dict__[n] for n in _DERIVADAS if n in self.__dict__})
        antes._encima = self.arbol.cambiar({ruta: nuevo for ruta, (_, nuevo) in diferencia.items()})
        self.numero += 1
        if any(rutas.es_configuracion(r) for r in diferencia):
            self._olvidar("_configuracion", "servicio", "organizacion")
        if rutas.SISTEMA in diferencia:
            self._olvidar("sistema", "organizacion")
        return antes

    def olvidar_anterior(self, diferencia: Diferencia) -> None:
        """Suelta las fichas que el movimiento dejó atrás: nadie volverá a pedirlas."""
        for ruta, (viejo, _) in diferencia.items():
            if viejo and ruta.endswith(".json"):
                self._leidas.pop(viejo, None)

    def _olvidar(self, *nombres: str) -> None:
        for nombre in nombres:
            self.__dict__.pop(nombre, None)

    def _oid(self, ruta: str) -> str | None:
        return self._encima[ruta] if ruta in self._encima else self.arbol.buscar(ruta)

    def oids(self, rutas_: Iterable[str]) -> Mapping[str, str]:
        """El oid de cada archivo que exista entre esas rutas."""
        return {r: oid for r in rutas_ if (oid := self._oid(r)) is not None}

    def leer_varios(self, rutas_: Iterable[str]) -> Mapping[str, bytes]:
        """Los bytes, comprobados contra su oid."""
        oids = self.oids(rutas_)
        try:
            return dict(zip(oids, self.despensa.varios(list(oids.values())), strict=True))
        except IntegridadRota:
            return {ruta: self._uno(ruta, oid) for ruta, oid in oids.items()}

    def _uno(self, ruta: str, oid: str) -> bytes:
        """Los bytes de un archivo; si están dañados, el rechazo dice de cuál."""
        try:
            return self.despensa.varios([oid])[0]
        except IntegridadRota as rota:
            raise IntegridadRota(rota.mensaje, lugar=ruta, hacer=rota.hacer) from rota

    def presentes(self, carpeta: str) -> Mapping[str, str]:
        """Los archivos de una carpeta y su oid."""
        base = carpeta.rstrip("/")
        dentro: dict[str, str | None] = dict(self.arbol.bajo(base))
        dentro.update({r: oid for r, oid in self._encima.items() if r.startswith(f"{base}/")})
        return {r: oid for r, oid in sorted(dentro.items()) if oid is not None}

    todas = presentes

    @cached_property
    def servicio(self) -> Servicio:
        """La configuración de ese momento, leída de sus archivos y no de lo que la carpeta recuerda."""
        return self.servicio_de_origen()

    @cached_property
    def sistema(self) -> Ficha:
        """La ficha del sistema."""
        leida = self.leida(rutas.SISTEMA)
        return leida.ficha if leida else ficha_vacia()

    # ---- fichas: se leen una vez --------------------------------------------------------------------------

    def leida(self, ruta: str) -> Leida | None:
        """La ficha de esa ruta con sus bytes; None si no está."""
        oid = self._oid(ruta)
        if oid is None:
            return None
        if oid not in self._leidas:
            datos = self._uno(ruta, oid)
            self._leidas[oid] = Leida(leer_ficha(datos, ruta), datos)
        return self._leidas[oid]

    def recordar(self, ruta: str, ficha: Ficha, datos: bytes) -> None:
        """Anota la ficha que ya se leyó de esos bytes."""
        oid = self._oid(ruta)
        if oid is not None:
            self._leidas[oid] = Leida(ficha, datos)

    def _primera(self, candidatas: Iterable[str]) -> Ficha | None:
        return next((leida.ficha for ruta in candidatas if (leida := self.leida(ruta))), None)

    def fichas(self) -> Iterator[Ficha]:
        """Todas las fichas, por ruta."""
        for ruta in self.oids_fichas():
            leida = self.leida(ruta)
            if leida is not None:
                yield leida.ficha

    def instancias(self, serie: str) -> list[Ficha]:
        """Las instancias archivadas o en trabajo de una serie de registros."""
        fichas = [r for r in self.presentes(f"registros/{serie}") if r.endswith("/ficha.json")]
        return [leida.ficha for r in fichas if (leida := self.leida(r))]
