"""Qué archivos toca cada acto, y cómo quedan: la misma tabla ejecuta el acto y lo verifica después.

Un efecto dice el destino de una ruta: `Escribe` (con el resumen que el movimiento declara), `Mueve` (los
mismos bytes, desde otra ruta) o `Borra`. La ficha y las listas no están aquí: cambian siempre por su regla.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sgc_gt.dominio.actos import ESCRIBEN_BORRADOR
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.rutas import carpeta, datos_de
from sgc_gt.dominio.situacion import Version, es_el_suyo, situacion


class Escribe(NamedTuple):
    """La ruta recibe bytes nuevos, cuyo SHA-256 es el declarado."""

    sha256: str


class Mueve(NamedTuple):
    """La ruta recibe los bytes que estaban en `origen`, que deja de existir."""

    origen: str


class Borra(NamedTuple):
    """La ruta deja de existir en el árbol; su historia queda."""


Efecto = Escribe | Mueve | Borra


def efectos(antes: Ficha | None, despues: Ficha, presentes: Collection[str]) -> dict[str, Efecto]:
    """Los efectos del último movimiento de `despues` sobre los archivos `presentes` de su carpeta.

    `presentes` son rutas relativas a la raíz. Las que no aparecen en el resultado quedan como estaban.
    """
    m = despues.actos[-1]
    base = carpeta(despues)
    if m.acto in ESCRIBEN_BORRADOR:
        return _borrador(base, m, presentes)
    if m.acto == "descartar":
        return {ruta: Borra() for ruta in presentes if ruta.startswith(f"{base}/borrador/")}
    if m.acto == "importar":
        return _importacion(base, antes, m, presentes)
    if m.acto == "emitir":
        return _emision(base, antes, m, presentes)
    if m.acto == "resolver":
        return _resolucion(base, m, presentes)
    if m.acto == "regir":
        return _regir(base, antes, m, presentes)
    if m.acto == "registrar" and m.archivo and m.extra.get("datos_sha256"):
        return {f"{base}/{datos_de(m.archivo)}": Escribe(str(m.extra["datos_sha256"]))}
    if m.acto in ("dejar-sin-efecto", "disponer") or _sustrae_el_registro(antes, m):
        return {ruta: Borra() for ruta in _de_la_vigente(base, antes, m, presentes)}
    return {}


def _sustrae_el_registro(antes: Ficha | None, m: Movimiento) -> bool:
    """Si lo sustraído es el archivo mismo de un registro: lo que de él se transcribió se va de la carpeta."""
    v = situacion(antes, m.fecha).vigente if antes and m.acto == "sustraer" else None
    return v is not None and es_el_suyo(v, m)


def _borrador(base: str, m: Movimiento, presentes: Collection[str]) -> dict[str, Efecto]:
    if not m.archivo:
        return {}
    destino = f"{base}/borrador/{m.archivo}"
    resultado: dict[str, Efecto] = {
        ruta: Borra()
        for ruta in presentes
        if ruta.startswith(f"{base}/borrador/") and ruta not in (destino, datos_de(destino))
    }
    resultado[destino] = Escribe(m.sha256)
    datos = m.extra.get("datos_sha256")
    if datos:
        resultado[datos_de(destino)] = Escribe(str(datos))
    elif datos_de(destino) in presentes and m.acto == "generar":
        resultado[datos_de(destino)] = Borra()
    return resultado


def _emision(base: str, antes: Ficha | None, m: Movimiento, presentes: Collection[str]) -> dict[str, Efecto]:
    futura = m.vigente_desde is not None and m.vigente_desde > m.fecha
    lugar = f"{base}/por_regir" if futura else base
    resultado: dict[str, Efecto] = {}
    for ruta in presentes:
        if ruta.startswith(f"{base}/borrador/"):
            resultado[ruta] = Borra()
            if ruta.endswith(".datos.yaml"):
                resultado[f"{lugar}/{datos_de(m.archivo)}"] = Mueve(ruta)
    if not futura:
        resultado.update({ruta: Borra() for ruta in _de_la_vigente(base, antes, m, presentes)})
    resultado[f"{lugar}/{m.archivo}"] = Escribe(m.sha256)
    return resultado


def _resolucion(base: str, m: Movimiento, presentes: Collection[str]) -> dict[str, Efecto]:
    """El formulario con su decisión ocupa el lugar del que se presentó, que queda en la historia."""
    retirados: dict[str, Efecto] = {r: Borra() for r in presentes if r.startswith(f"{base}/borrador/")}
    nuevos = {f"{base}/{m.archivo}": m.sha256, f"{base}/{datos_de(m.archivo)}": m.extra.get("datos_sha256")}
    return retirados | {ruta: Escribe(str(sha)) for ruta, sha in nuevos.items() if sha}


def _importacion(
    base: str, antes: Ficha | None, m: Movimiento, presentes: Collection[str]
) -> dict[str, Efecto]:
    """El archivo, tal cual, en el lugar de la vigente; el de la versión anterior queda en la historia."""
    previos: dict[str, Efecto] = {ruta: Borra() for ruta in _de_la_vigente(base, antes, m, presentes)}
    return previos | {f"{base}/{m.archivo}": Escribe(m.sha256)}


def _regir(base: str, antes: Ficha | None, m: Movimiento, presentes: Collection[str]) -> dict[str, Efecto]:
    resultado: dict[str, Efecto] = {ruta: Borra() for ruta in _anteriores(base, antes, m, presentes)}
    for ruta in presentes:
        if ruta.startswith(f"{base}/por_regir/"):
            resultado[ruta] = Borra()
            resultado[f"{base}/{ruta.rpartition('/')[2]}"] = Mueve(ruta)
    return resultado


def _de_la_vigente(base: str, antes: Ficha | None, m: Movimiento, presentes: Collection[str]) -> list[str]:
    """Los archivos de la versión que rige antes del acto."""
    vigente = situacion(antes, m.fecha).vigente if antes else None
    return _archivos_de(base, vigente, presentes)


def _anteriores(base: str, antes: Ficha | None, m: Movimiento, presentes: Collection[str]) -> list[str]:
    """Los archivos de las versiones regidas antes de la que comienza a regir."""
    versiones = situacion(antes).versiones if antes else ()
    return [
        r for v in versiones if v.regida and v.version != m.version for r in _archivos_de(base, v, presentes)
    ]


def _archivos_de(base: str, version: Version | None, presentes: Collection[str]) -> list[str]:
    if version is None or not version.archivo:
        return []
    rutas = (f"{base}/{version.archivo}", f"{base}/{datos_de(version.archivo)}")
    return [ruta for ruta in rutas if ruta in presentes]
