"""Totales de control: un dato que dice cuánto deben sumar las filas de una tabla.

El esquema del tipo lo declara con `x-total: tabla.columna`, junto a la tabla, o `/tabla.columna`, de la raíz.
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
    """Los totales declarados que no calzan; una tabla sin filas, o a medio llenar, no se compara."""
    return list(_Cotejo(esquema, datos).en(esquema, datos, ()))


class _Cotejo:
    """Recorre el esquema y los datos a la vez; un total puede nombrar una tabla de la raíz, con «/»."""

    def __init__(self, esquema: Mapping[str, Any], datos: Any) -> None:
        self.raiz = (esquema, datos)

    def en(self, esquema: Any, datos: Any, ruta: tuple[str | int, ...]) -> Iterator[Descuadre]:
        if not isinstance(esquema, Mapping):
            return
        if isinstance(datos, list):
            for i, elemento in enumerate(datos):
                yield from self.en(esquema.get("items"), elemento, (*ruta, i))
        if not isinstance(datos, Mapping):
            return
        for clave, propio in esquema.get("properties", {}).items():
            if clave not in datos or not isinstance(propio, Mapping):
                continue
            if "x-total" in propio:
                yield from self._uno(propio, (esquema, datos), (*ruta, clave), datos[clave])
            yield from self.en(propio, datos[clave], (*ruta, clave))

    def _uno(
        self,
        propio: Mapping[str, Any],
        grupo: tuple[Mapping[str, Any], Any],
        ruta: tuple[str | int, ...],
        declarado: Any,
    ) -> Iterator[Descuadre]:
        dicho = str(propio["x-total"])
        esquema, datos = self.raiz if dicho.startswith("/") else grupo
        tabla, _, columna = dicho.removeprefix("/").rpartition(".")
        filas = datos.get(tabla)
        numeros = [n for f in filas if _numero(n := f.get(columna))] if _es_tabla(filas) else []
        if not numeros or len(numeros) < len(filas) or not _numero(declarado):
            return  # a una fila le falta su valor: eso ya se dice, y la suma no es todavía la suya
        suma = sum(numeros)
        if abs(declarado - suma) >= MINIMA:
            nombre = str(esquema.get("properties", {}).get(tabla, {}).get("title", tabla))
            titulo = str(propio.get("title", ruta[-1]))
            yield Descuadre(ruta, titulo, declarado, suma, nombre, str(propio.get("x-requisito", "")))


def _es_tabla(filas: Any) -> bool:
    return isinstance(filas, list) and all(isinstance(f, Mapping) for f in filas)


def _numero(valor: Any) -> bool:
    return isinstance(valor, (int, float)) and not isinstance(valor, bool)
