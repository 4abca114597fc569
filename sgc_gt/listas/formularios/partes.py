"""Qué hojas y qué celdas tiene el formulario de un tipo: lo dice el esquema de sus datos, y nada más.

Un objeto es una hoja de rótulo y valor; una lista de objetos, una tabla con una fila por elemento; una lista
dentro de una fila, otra tabla que dice a qué fila pertenece. Lo que cabe en una celda es un `Campo`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from sgc_gt.config.lugares import Ruta

GENERAL = "general"
NUMERADA = "#"
"""La columna con el número de cada fila, cuando ningún dato suyo la identifica."""
MADRE = "<"
"""La columna que dice a qué fila de la hoja madre pertenece."""
OBLIGATORIO, SEGUN_EL_CASO = "obligatorio", "obligatorio según el caso"

TEXTO, NUMERO, ENTERO, SI_NO, FECHA, OPCION = "texto", "numero", "entero", "si_no", "fecha", "opcion"
REGION, REGIONES, CARGO, LISTA, FILAS, OTRO = "region", "regiones", "cargo", "lista", "filas", "otro"


class Campo(NamedTuple):
    """Lo que va en una celda: un valor, o una lista corta de valores."""

    ruta: tuple[str, ...]
    titulo: str
    esquema: Mapping[str, Any]
    obligatorio: str = ""
    grupo: str = ""
    heredado: str = ""
    """El requisito del grupo a que pertenece, si él no dice uno propio."""

    @property
    def clave(self) -> str:
        return ".".join(self.ruta)

    @property
    def clase(self) -> str:
        """De qué clase es su valor: la primera que calza."""
        return clase_de(self.esquema)

    @property
    def referencia(self) -> str:
        """A qué lista apunta: region, cargo, producto, indicador…"""
        return str(self.esquema.get("x-referencia", ""))

    @property
    def ayuda(self) -> str:
        return str(self.esquema.get("description", ""))

    @property
    def requisito(self) -> str:
        return str(self.esquema.get("x-requisito", self.heredado))

    @property
    def rotulo(self) -> str:
        """El título, con lo que obliga dicho en palabras."""
        return f"{self.titulo} ({self.obligatorio})" if self.obligatorio else self.titulo


class Parte(NamedTuple):
    """Una hoja del formulario."""

    clave: str
    titulo: str
    ayuda: str
    requisitos: tuple[str, ...]
    ruta: tuple[str, ...]
    campos: tuple[Campo, ...]
    tabla: bool = False
    madre: str = ""
    llave: str = ""
    """El campo que identifica sus filas ante las hojas hijas; «» si no tiene o si van numeradas."""
    numerada: bool = False
    escalar: bool = False
    """Tabla de una sola columna: cada elemento es un valor, no un grupo."""

    @property
    def regional(self) -> bool:
        """Si cada fila es de una región."""
        return self.tabla and any(c.ruta == ("region",) and c.clase == REGION for c in self.campos)

    def campo(self, clave: str) -> Campo | None:
        return next((c for c in self.campos if c.clave == clave), None)


class FilaDe(NamedTuple):
    """Una fila de una tabla dentro de los datos."""

    ruta: Ruta
    valor: Any
    madre: int = -1
    """El lugar de su fila madre entre todas las de la hoja madre."""


def filas_de(todas: Mapping[str, Parte], parte: Parte, datos: Any) -> list[FilaDe]:
    """Todas las filas de una tabla, con su camino; las de una hija, las de cada fila madre en orden."""
    if not parte.madre:
        return _de_lista(bajar(datos, parte.ruta), parte.ruta, -1)
    madres = filas_de(todas, todas[parte.madre], datos)
    return [
        fila
        for i, m in enumerate(madres)
        for fila in _de_lista(bajar(m.valor, parte.ruta), (*m.ruta, *parte.ruta), i)
    ]


def _de_lista(lista: Any, ruta: Ruta, madre: int) -> list[FilaDe]:
    filas = lista if isinstance(lista, list) else []
    return [FilaDe((*ruta, i), v, madre) for i, v in enumerate(filas)]


def bajar(valor: Any, ruta: tuple[str, ...]) -> Any:
    """Lo que hay al final de ese camino de claves; None si no está."""
    for paso in ruta:
        valor = valor.get(paso) if isinstance(valor, Mapping) else None
    return valor


def poner(datos: dict[str, Any], ruta: tuple[str, ...], valor: Any) -> None:
    """Deja el valor al final de ese camino, haciendo los grupos que falten."""
    for paso in ruta[:-1]:
        datos = datos.setdefault(paso, {})
    datos[ruta[-1]] = valor


def tipos_de(esquema: Mapping[str, Any]) -> tuple[str, ...]:
    """Los tipos que el esquema admite, además de nada."""
    dicho = esquema.get("type")
    if dicho is None:
        dicho = "object" if "properties" in esquema else "string" if "enum" in esquema else "array"
        dicho = dicho if dicho != "array" or "items" in esquema else "string"
    return tuple(t for t in ([dicho] if isinstance(dicho, str) else dicho) if t != "null")


def clase_de(esquema: Mapping[str, Any]) -> str:
    """La clase de celda de un valor."""
    tipos, referencia = tipos_de(esquema), esquema.get("x-referencia")
    if "array" in tipos:
        return REGIONES if referencia == "region" else _clase_de_lista(esquema.get("items"))
    if tipos == ("boolean",):
        return SI_NO
    if tipos == ("integer",):
        return ENTERO
    if set(tipos) <= {"integer", "number"}:
        return NUMERO
    if tipos != ("string",):
        return OTRO
    if "enum" in esquema:
        return OPCION
    return {"region": REGION, "cargo": CARGO}.get(str(referencia), FECHA if _es_fecha(esquema) else TEXTO)


def _clase_de_lista(elemento: Any) -> str:
    tipos = tipos_de(elemento) if isinstance(elemento, Mapping) else ("string",)
    if tipos == ("array",):
        return FILAS
    return LISTA if set(tipos) <= {"string", "integer", "number"} else OTRO


def _es_fecha(esquema: Mapping[str, Any]) -> bool:
    if esquema.get("format") == "date":
        return True
    forma = str(esquema.get("pattern", ""))
    return bool(forma) and bool(re.search(forma, "2025-03-15")) and not re.search(forma, "texto 2025")
