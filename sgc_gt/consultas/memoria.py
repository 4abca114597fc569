"""Lo que `estado` recuerda de cada ficha, por su oid: leer mil fichas se paga una vez, no cada consulta.

Es una ayuda que se puede borrar: la clave es el contenido de la ficha, así que lo recordado no envejece.
Se recuerda solo lo que no depende de la fecha: una ficha que espera su vigencia se calcula cada vez.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.contexto import Vista
from sgc_gt.repositorio.disco import carpeta_memoria, escribir

FORMATO = 10


class Recuerdo(NamedTuple):
    """Las filas de una ficha, válidas desde una fecha en adelante."""

    desde: str  # fecha ISO del último hecho: antes de ella la ficha decía otra cosa
    filas: list[list[Any]]


def filas_recordadas(
    vista: Vista,
    fecha: date,
    calcular: Callable[[bytes, str], Recuerdo | None],
    leer: Callable[[bytes, str], list[Any]],
) -> list[Any]:
    """Las filas de todas las fichas en la fecha; lo nuevo se calcula y se recuerda.

    `calcular` da el recuerdo de unos bytes (None si depende de la fecha); `leer`, las filas en la fecha sin
    pasar por la memoria: las que no sirven se leen todas de una vez.
    """
    oids = vista.oids_fichas()
    archivo = carpeta_memoria(vista.repo.raiz) / f"estado-{FORMATO}.json"
    previos = _leer(archivo)
    faltan = [ruta for ruta, oid in oids.items() if oid not in previos]
    nuevos: dict[str, list[Any]] = {}
    for ruta, datos in vista.leer_varios(faltan).items():
        recuerdo = calcular(datos, ruta)
        nuevos[oids[ruta]] = list(recuerdo) if recuerdo else []
    if nuevos:
        vigentes = {oid: previos[oid] for oid in oids.values() if oid in previos} | nuevos
        if vista.commit == vista.repo.cabeza():  # lo que se sabía otro día no desplaza lo de hoy
            with suppress(OSError):  # una carpeta de solo lectura también se puede consultar
                escribir(vista.repo.raiz, archivo, json.dumps(vigentes, separators=(",", ":")).encode())
        previos = vigentes
    corte = fecha.isoformat()
    sirven = {
        ruta: previos[oid][1] for ruta, oid in oids.items() if previos[oid] and previos[oid][0] <= corte
    }
    leidas = vista.leer_varios(ruta for ruta in oids if ruta not in sirven)
    return [f for ruta in oids for f in (sirven[ruta] if ruta in sirven else leer(leidas[ruta], ruta))]


def _leer(archivo: Any) -> Mapping[str, list[Any]]:
    try:
        datos: Mapping[str, list[Any]] = json.loads(archivo.read_bytes())
    except (OSError, ValueError):
        return {}
    return datos
