"""Leer y sellar Word otra vez, al verificar: cada archivo distinto una vez; si son muchos, en otros procesos.

Los primeros se leen aquí mismo: abrir procesos cuesta más que una historia corta. Después, la cadena sigue
mientras otros leen. Un proceso que no se puede abrir no cambia el resultado: se lee aquí.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, Generic, NamedTuple, TypeVar

from sgc_gt.consultas.repeticion import Taller
from sgc_gt.contexto import GENERADOR, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.importado import conserva_formato
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import situacion
from sgc_gt.ordenes.borrador import contexto_de, filtros, huella_de, valores
from sgc_gt.word.plantilla import Plantilla
from sgc_gt.word.sello import ValoresSello, sellar

T = TypeVar("T")
AQUI = 40
"""Cuántas lecturas se hacen en este proceso antes de abrir otros."""
PROCESOS = 8


class Encargo(NamedTuple):
    """Un sello por repetir, en valores que otro proceso puede recibir."""

    contenido: bytes
    valores: ValoresSello
    plantilla: bytes | None
    nombre: str
    contexto: dict[str, Any]
    servicio: Servicio


def repetir_sello(encargo: Encargo) -> bytes:
    """El archivo sellado como lo sella una emisión."""
    plantilla = None
    if encargo.plantilla is not None:
        plantilla = Plantilla.compilar(encargo.plantilla, encargo.nombre, solo_margenes=True)
    return sellar(
        encargo.contenido,
        encargo.valores,
        plantilla=plantilla,
        contexto=encargo.contexto,
        filtros=filtros(encargo.servicio),
    )


class RepasoWord:
    """Encarga lecturas y recuerda las hechas. Se cierra al terminar, para soltar los procesos."""

    def __init__(self, aqui: int = AQUI, procesos: int = 0) -> None:
        self._aqui, self._procesos = aqui, procesos or min(os.cpu_count() or 1, PROCESOS)
        self._ejecutor: Executor | None = None
        self._hechas: dict[tuple[object, ...], Callable[[], str]] = {}

    def __enter__(self) -> RepasoWord:
        return self

    def __exit__(self, *_: object) -> None:
        if self._ejecutor is not None:
            self._ejecutor.shutdown(cancel_futures=True)

    @property
    def taller(self) -> Taller:
        """Lo que la repetición de la cadena pide."""
        return Taller(self.huella, self.sello, GENERADOR)

    def huella(
        self, contenido: bytes, datos: bytes | None, ficha: Ficha, version: str, archivo: str
    ) -> Callable[[], str]:
        """La huella de un archivo; los mismos bytes, con el mismo título y motivo, se leen una sola vez."""
        v = situacion(ficha).de(version)
        titulo, motivo = (v.titulo, v.motivo) if v else ("", "")
        if not archivo.endswith(
            ".docx"
        ):  # la de otro formato es un resumen de sus bytes: no hay qué encargar
            directa = huella_de(contenido, datos, titulo, motivo, archivo)
            return lambda: directa
        resumenes = (hashlib.sha256(contenido).digest(), hashlib.sha256(datos or b"").digest(), datos is None)
        clave = (*resumenes, titulo, motivo)
        if clave not in self._hechas:
            self._hechas[clave] = self._encargar(huella_de, contenido, datos, titulo, motivo, archivo)
        return self._hechas[clave]

    def sello(self, vista: Vista, ficha: Ficha, version: str, contenido: bytes) -> Callable[[], bytes]:
        """El archivo sellado con lo que la ficha dicta en ese movimiento."""
        con_plantilla = vista.servicio.tipos[ficha.tipo].con_plantilla and not conserva_formato(ficha)
        nombre = f"{rutas.PLANTILLAS}/{ficha.tipo}.docx"
        encargo = Encargo(
            contenido,
            valores(vista, ficha, version),
            (vista.leer(nombre) or b"") if con_plantilla else None,
            nombre,
            contexto_de(vista, ficha, version),
            vista.servicio,
        )
        return self._encargar(repetir_sello, encargo)

    def _encargar(self, hacer: Callable[..., T], *con: object) -> Callable[[], T]:
        if self._aqui > 0 or self._procesos < 2:
            self._aqui -= 1
            valor = hacer(*con)
            return lambda: valor
        if self._ejecutor is None:
            self._ejecutor = ProcessPoolExecutor(self._procesos, get_context("spawn"))
        try:
            return _Promesa(self._ejecutor.submit(hacer, *con), hacer, con)
        except (BrokenProcessPool, OSError):
            self._procesos = 1
            return _Promesa(None, hacer, con)


class _Promesa(Generic[T]):
    """Un valor que otro proceso calcula; si no pudo, se calcula aquí. Pedido una vez, suelta los archivos."""

    def __init__(self, futuro: Future[T] | None, hacer: Callable[..., T], con: tuple[object, ...]) -> None:
        self._futuro, self._hacer, self._con = futuro, hacer, con
        self._valor: list[T] = []

    def __call__(self) -> T:
        if not self._valor:
            self._valor.append(self._calcular())
            self._futuro, self._con = None, ()
        return self._valor[0]

    def _calcular(self) -> T:
        try:
            return self._futuro.result() if self._futuro else self._hacer(*self._con)
        except (BrokenProcessPool, OSError):
            return self._hacer(*self._con)
