"""El valor de un indicador: numerador ÷ denominador, por cien si se expresa en porcentaje.

Quien mide puede escribir además el valor; entonces debe ser el que resulta, con los decimales que escribió.
Los numeradores y denominadores de las regiones son partes de los del país: no pueden sumar más.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Lugar = tuple[str | int, ...]
PORCENTAJE = "%"
_HOLGURA = 1e-9


def numero(valor: Any) -> float | None:
    """El número, o None si no lo es."""
    return float(valor) if isinstance(valor, int | float) and not isinstance(valor, bool) else None


def calculado(fila: Mapping[str, Any], unidad: str) -> float | None:
    """Lo que resulta del numerador y el denominador de una fila; None si falta alguno o no se puede."""
    arriba, abajo = numero(fila.get("numerador")), numero(fila.get("denominador"))
    if arriba is None or not abajo:
        return None
    return arriba * (100 if unidad == PORCENTAJE else 1) / abajo


def valor_medido(fila: Mapping[str, Any], unidad: str) -> float | None:
    """El valor escrito o, si no está, el calculado; None si no hay con qué."""
    escrito = numero(fila.get("valor"))
    return calculado(fila, unidad) if escrito is None else escrito


def alcanza(valor: float, meta: float, sentido: str) -> bool:
    """Si el valor llega a la meta: por arriba o, cuando menos es mejor, por abajo."""
    return valor <= meta if sentido == "menor" else valor >= meta


def desacuerdos(medicion: Mapping[str, Any], partes: str) -> Iterator[tuple[Lugar, str]]:
    """Dónde una medición no cuadra consigo misma y por qué; `partes` nombra la lista de sus regiones."""
    unidad = str(medicion.get("unidad", ""))
    yield from _de_fila(medicion, unidad, ())
    lista = medicion.get(partes)
    filas = [(n, f) for n, f in enumerate(lista if isinstance(lista, list) else ()) if isinstance(f, Mapping)]
    for n, fila in filas:
        yield from _de_fila(fila, unidad, (partes, n))
    for clave in ("numerador", "denominador"):
        total = numero(medicion.get(clave))
        suma = sum(numero(fila.get(clave)) or 0 for _, fila in filas)
        if filas and total is not None and suma > total + _HOLGURA:
            yield (clave,), f"es {decir(total)} y el de las regiones suma {decir(suma)}"


def _de_fila(fila: Mapping[str, Any], unidad: str, donde: Lugar) -> Iterator[tuple[Lugar, str]]:
    if numero(fila.get("denominador")) == 0:
        yield (*donde, "denominador"), "es 0: sin denominador no hay valor; diga por qué no se midió"
    escrito, debido = numero(fila.get("valor")), calculado(fila, unidad)
    if escrito is None or debido is None or abs(escrito - debido) <= _margen(escrito):
        return
    cuenta = f"{decir(fila['numerador'])} ÷ {decir(fila['denominador'])}"
    por_cien = " × 100" if unidad == PORCENTAJE else ""
    yield (
        (*donde, "valor"),
        f"es {decir(escrito)} y de {cuenta}{por_cien} resulta {decir(round(debido, 2))}",
    )


def _margen(escrito: float) -> float:
    """Media unidad del último decimal que se escribió."""
    decimales = len(f"{escrito:.10g}".partition(".")[2])
    return 0.5 * 10.0**-decimales + _HOLGURA


def iguales(uno: float, otro: float) -> bool:
    """Si son el mismo valor, con los decimales de aquel que lleva menos: 83,3 y 83,33."""
    return abs(uno - otro) <= max(_margen(uno), _margen(otro))


def decir(valor: float) -> str:
    """El número con coma decimal."""
    return f"{valor:.10g}".replace(".", ",")
