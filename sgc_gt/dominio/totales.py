"""Totales de control: un dato que dice cuánto deben sumar las filas de una tabla.

En el esquema del tipo se declara con `x-total: tabla.columna`, relativo al grupo que contiene al dato.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

MINIMA = 0.005
"""Una diferencia menor es del redondeo."""


class Descuadre(NamedTuple):
    """Un total que no es la suma de sus filas."""

    ruta: tuple[str | int, ...]
    titulo: str
    declarado: float
    suma: float
    tabla: str
    requisito: str = ""

    @property
    def mensaje(self) -> str:
        """La diferencia, en una oración."""
        falta = self.declarado - self.suma
        que = f"faltan {escribir(falta)}" if falta > 0 else f"sobran {escribir(-falta)}"
        return (
            f"«{self.titulo}» dice {escribir(self.declarado)} y las filas de «{self.tabla}» suman "
            f"{escribir(self.suma)}: {que}"
        )


def escribir(numero: float) -> str:
    """El número como se escribe en Chile: 1.234,5."""
    texto = f"{numero:,.2f}".rstrip("0").rstrip(".")
    return texto.replace(",", " ").replace(".", ",").replace(" ", ".")


def descuadres(esquema: Mapping[str, Any], datos: Any) -> list[Descuadre]:
    """Los totales declarados que no calzan; una tabla sin filas todavía no se compara."""
    return list(_en(esquema, datos, ()))


def _en(esquema: Any, datos: Any, ruta: tuple[str | int, ...]) -> Iterator[Descuadre]:
    if not isinstance(esquema, Mapping):
        return
    if isinstance(datos, list):
        for i, elemento in enumerate(datos):
            yield from _en(esquema.get("items"), elemento, (*ruta, i))
    if not isinstance(datos, Mapping):
        return
    for clave, propio in esquema.get("properties", {}).items():
        if clave not in datos or not isinstance(propio, Mapping):
            continue
        if "x-total" in propio:
            yield from _uno(esquema, datos, clave, ruta)
        yield from _en(propio, datos[clave], (*ruta, clave))


def _uno(
    esquema: Mapping[str, Any], datos: Mapping[str, Any], clave: str, ruta: tuple[str | int, ...]
) -> Iterator[Descuadre]:
    propio = esquema["properties"][clave]
    tabla, _, columna = str(propio["x-total"]).rpartition(".")
    filas, declarado = datos.get(tabla), datos[clave]
    sumandos = [f.get(columna) for f in filas or () if isinstance(f, Mapping)] if filas else []
    numeros = [n for n in sumandos if isinstance(n, (int, float)) and not isinstance(n, bool)]
    if not numeros or not isinstance(declarado, (int, float)) or isinstance(declarado, bool):
        return
    suma = sum(numeros)
    if abs(declarado - suma) >= MINIMA:
        nombre = str(esquema["properties"].get(tabla, {}).get("title", tabla))
        titulo = str(propio.get("title", clave))
        requisito = str(propio.get("x-requisito", ""))
        yield Descuadre((*ruta, clave), titulo, declarado, suma, nombre, requisito)
