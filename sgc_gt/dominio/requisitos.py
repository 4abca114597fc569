"""El catálogo de requisitos de un sistema: qué pide, y qué objeto y qué tipo lo responden. Solo datos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

CONTENIDO, APROBACION, VISACION, REGISTRO = "contenido", "aprobacion", "visacion", "registro"
"""Lo que un requisito puede pedir de su objeto."""
ES_GORE, NO_ES_GORE = "es_gore", "no_es_gore"


class Objeto(NamedTuple):
    """Un documento, registro o decisión que el sistema exige, y los tipos que lo escriben."""

    id: str
    nombre: str
    clase: str = "documento"  # documento | registro | acto
    etapa: str = ""
    tipos: tuple[str, ...] = ()  # primero el que lo responde entero
    serie: str = ""  # donde vive, si ningún tipo lo dice
    anual: bool = False
    por_region: bool = False
    eventual: bool = False  # existe solo si hizo falta
    adelanta: bool = False  # se escribe en un período para el siguiente: cuenta en el que se escribió
    estandarizacion: bool = False  # lo que el seguimiento de la etapa 6.2.5 enlaza


class Requisito(NamedTuple):
    """Un contenido mínimo, con el identificador que las secciones y los datos de los tipos nombran."""

    id: str
    titulo: str
    objeto: str
    etapa: str = ""
    pide: tuple[str, ...] = (CONTENIDO,)
    con: tuple[str, ...] = ()  # los que, respondidos, lo responden
    tambien: tuple[str, ...] = ()  # otros objetos de que se pide lo mismo
    si: str = ""  # ES_GORE o NO_ES_GORE: solo si el servicio es, o no, un gobierno regional


class Catalogo(NamedTuple):
    """Los requisitos de un sistema. Su paquete es el nombre de su archivo."""

    paquete: str
    sistema: str
    fuente: str = ""
    objetos: tuple[Objeto, ...] = ()
    requisitos: tuple[Requisito, ...] = ()

    def objeto(self, clave: str) -> Objeto:
        """El objeto de esa clave; el catálogo ya se revisó y siempre está."""
        return next(o for o in self.objetos if o.id == clave)


def requisitos_de(esquema: object) -> tuple[str, ...]:
    """Los requisitos que un esquema de datos nombra en cualquier parte, en su orden y sin repetir."""
    return tuple(dict.fromkeys(_requisitos(esquema)))


def _requisitos(esquema: object) -> Iterator[str]:
    if isinstance(esquema, Mapping):
        if "x-requisito" in esquema:
            yield str(esquema["x-requisito"])
        for valor in esquema.values():
            yield from _requisitos(valor)
    elif isinstance(esquema, list):
        for valor in esquema:
            yield from _requisitos(valor)
