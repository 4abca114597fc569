"""Una vista que avanza: el árbol de la historia reconstruido de sus diferencias, sin volver a listarlo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.repositorio.repositorio import Repositorio

Diferencia = Mapping[str, tuple[str | None, str | None]]


class Replica(Vista):
    """El estado después de cada movimiento, en memoria: rutas y oid; los bytes se leen y se comprueban."""

    def __init__(self, repo: Repositorio, arbol: dict[str, str] | None = None) -> None:
        super().__init__(repo, "")
        self.arbol = arbol if arbol is not None else {}
        self._encima: dict[str, str | None] = {}

    def siguiente(self, diferencia: Diferencia) -> Replica:
        """La réplica después de la diferencia, sobre el mismo árbol: mira sin copiarlo."""
        otra = Replica(self.repo, self.arbol)
        otra._encima = {ruta: nuevo for ruta, (_, nuevo) in diferencia.items()}
        if not any(rutas.es_configuracion(r) for r in diferencia):
            self._heredar(otra, "servicio")
        if rutas.SISTEMA not in diferencia:
            self._heredar(otra, "sistema")
        return otra

    def _heredar(self, otra: Replica, nombre: str) -> None:
        if self.arbol:
            otra.__dict__[nombre] = getattr(self, nombre)

    def avanzar(self, diferencia: Diferencia) -> None:
        """Pasa a ser la siguiente."""
        for ruta, (_, nuevo) in diferencia.items():
            if nuevo is None:
                self.arbol.pop(ruta, None)
            else:
                self.arbol[ruta] = nuevo
        if any(rutas.es_configuracion(r) for r in diferencia):
            self._olvidar("_configuracion", "servicio", "organizacion")
        if rutas.SISTEMA in diferencia:
            self._olvidar("sistema", "organizacion")

    def _olvidar(self, *nombres: str) -> None:
        for nombre in nombres:
            self.__dict__.pop(nombre, None)

    def _oid(self, ruta: str) -> str | None:
        return self._encima[ruta] if ruta in self._encima else self.arbol.get(ruta)

    def oids(self, rutas_: Iterable[str]) -> Mapping[str, str]:
        """El oid de cada archivo que exista entre esas rutas."""
        return {r: oid for r in rutas_ if (oid := self._oid(r)) is not None}

    def leer_varios(self, rutas_: Iterable[str]) -> Mapping[str, bytes]:
        """Los bytes, comprobados contra su oid."""
        oids = self.oids(rutas_)
        return dict(zip(oids, self.repo.blobs(oids.values()), strict=True))

    def presentes(self, carpeta: str) -> Mapping[str, str]:
        """Los archivos de una carpeta y su oid."""
        prefijo = carpeta.rstrip("/") + "/"
        dentro = [r for r in {**self.arbol, **self._encima} if r.startswith(prefijo)]
        return self.oids(sorted(dentro))

    todas = presentes
