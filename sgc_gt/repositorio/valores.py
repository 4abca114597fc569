"""Los valores que entran y salen del motor. Todos inmutables; la hora y las personas llegan como datos."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

RAMA = "refs/heads/main"
ETIQUETAS = "refs/tags/"
CERO = "0" * 40
NINGUNO: Mapping[str, bytes] = MappingProxyType({})
SIN_HUELLAS: Mapping[str, str] = MappingProxyType({})


class Firma(NamedTuple):
    """Una persona tal como queda en la historia."""

    nombre: str
    correo: str


class Cambio(NamedTuple):
    """Un movimiento: todo lo que cambia de una vez o no cambia."""

    mensaje: str  # completo, con LF
    autor: Firma  # quien hizo el acto
    registra: Firma  # quien lo anotó
    instante: datetime  # con zona; es la fecha de autor y de registro
    archivos: Mapping[str, bytes | None]  # ruta → bytes nuevos; None la borra
    contenidos: Mapping[str, bytes] = NINGUNO  # evidencias: ruta → bytes, fuera de los objetos de git
    etiquetas: Callable[[str], Mapping[str, bytes]] | None = None  # oid del commit → {nombre: objeto tag}
    sustituye: Mapping[str, str] = SIN_HUELLAS  # ruta → oid del blob que el acto leyó y puede reemplazar
    retira: tuple[str, ...] = ()  # contenidos que se eliminan una vez registrado el acto (disposición)
    firmar: Callable[[bytes], bytes] | None = None  # los bytes del eslabón → su firma; None: va sin firma


class Commit(NamedTuple):
    """Un eslabón de la historia, leído de sus bytes."""

    oid: str
    padre: str | None
    arbol: str
    autor: Firma
    registra: Firma
    fecha_autor: datetime
    fecha: datetime  # de registro
    mensaje: str
    firma: bytes | None = None  # el bloque gpgsig, si lo hay
    firmado: bytes = b""  # los bytes que esa firma cubre: todo lo demás


class Entrada(NamedTuple):
    """Un renglón de un árbol de git."""

    modo: str
    oid: str

    @property
    def es_carpeta(self) -> bool:
        return self.modo == "40000"


class Pendiente(NamedTuple):
    """Un archivo de la carpeta de trabajo que todavía no es el de la historia."""

    ruta: str
    causa: str  # «abierto» (otro programa lo tiene), «editado» (tiene cambios de alguien), «sin_escribir»


class Ajeno(NamedTuple):
    """Una diferencia entre la carpeta de trabajo y la historia que ningún acto explica."""

    ruta: str
    causa: str  # «modificado», «falta», «sobra»
