"""Revisar un servicio completo (`demo-sgt/1`) antes de traducirlo: forma, cargos, regiones y sumas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sgc_gt.config.defectos import defectos
from sgc_gt.config.esquemas import esquema
from sgc_gt.config.lugares import Archivo, Ruta
from sgc_gt.config.nombres import lista, mapa
from sgc_gt.config.oraciones import sugerencia
from sgc_gt.dominio.regiones import REGIONES, TODAS, de_norte_a_sur, quizas
from sgc_gt.errores import Problema

_DE_CARGO = frozenset(
    {
        "elabora",
        "revisa",
        "aprueba",
        "resp",
        "responsable",
        "solicita",
        "preside",
        "presentes",
        "destinatario",
    }
    | {"subroga", "cr"}
)
"""Claves cuyo valor nombra un cargo."""


def revisar(archivo: Archivo) -> Iterator[Problema]:
    """Todos los problemas del archivo."""
    for defecto in defectos(esquema("demo_sgt_1"), archivo.valor):
        yield archivo.problema(defecto.ruta, defecto.mensaje)
    yield from _nombrados(archivo)
    yield from _roles_obligatorios(archivo)
    yield from _totales(archivo)


def regiones_en_uso(servicio: Mapping[str, Any]) -> tuple[str, ...]:
    """Las regiones en uso, de norte a sur; todas si el archivo no las dice."""
    if "regiones" not in servicio:
        return TODAS
    return de_norte_a_sur(str(mapa(r).get("cod")) for r in lista(servicio["regiones"]))


def _nombrados(archivo: Archivo) -> Iterator[Problema]:
    """Cargos y regiones que se nombran y no existen."""
    servicio = mapa(archivo.valor)
    for i, region in enumerate(lista(servicio.get("regiones"))):
        cod = mapa(region).get("cod")
        if isinstance(cod, str) and cod not in REGIONES:
            parecido = quizas(cod) or sugerencia(cod, REGIONES)
            yield archivo.problema(("regiones", i, "cod"), f"«{cod}» no es un código de región{parecido}")
    regiones = regiones_en_uso(servicio)
    cargos = mapa(servicio.get("cargos"))
    multiples = {c for c, v in cargos.items() if mapa(v).get("uno_por_region") is True}
    validos = {*cargos, *(f"{c}-{r}" for c in multiples for r in (*regiones, "R"))}
    for ruta, dicho in _menciones(servicio, ()):
        if ruta[0] == "cargos" and ruta[-1] != "subroga":
            continue
        if _clave(ruta) in _DE_CARGO and dicho not in validos:
            yield archivo.problema(ruta, f"«{dicho}» no es un cargo{sugerencia(dicho, validos)}")
        elif _nombra_region(ruta) and dicho not in (*regiones, "todas", "resto"):
            yield archivo.problema(ruta, f"«{dicho}» no es una región de este servicio")
    for ruta in _grupos_por_region(servicio, ()):
        if ruta[-1] not in regiones:
            yield archivo.problema(ruta, f"«{ruta[-1]}» no es una región de este servicio")


def _nombra_region(ruta: Ruta) -> bool:
    """En los indicadores, `region` dice si se mide por región."""
    return _clave(ruta) in ("regiones", "region") and ruta[0] != "indicadores"


def _clave(ruta: Ruta) -> str:
    """La clave que manda en un valor: la última que no es una posición."""
    return next((p for p in reversed(ruta) if isinstance(p, str)), "")


def _menciones(valor: Any, ruta: Ruta) -> Iterator[tuple[Ruta, str]]:
    """Todos los textos del archivo, con su ruta."""
    if isinstance(valor, dict):
        for clave, parte in valor.items():
            yield from _menciones(parte, (*ruta, clave))
    elif isinstance(valor, list):
        for i, parte in enumerate(valor):
            yield from _menciones(parte, (*ruta, i))
    elif isinstance(valor, str) and ruta:
        yield ruta, valor


def _grupos_por_region(valor: Any, ruta: Ruta) -> Iterator[Ruta]:
    """Las rutas de las claves que deben ser códigos de región (`por_region`, `por_region_mes9`)."""
    hijos: Any = valor.items() if isinstance(valor, dict) else enumerate(lista(valor))
    for clave, parte in hijos:
        if str(clave).startswith("por_region") and isinstance(parte, dict):
            yield from ((*ruta, clave, region) for region in parte)
        else:
            yield from _grupos_por_region(parte, (*ruta, clave))


def _roles_obligatorios(archivo: Archivo) -> Iterator[Problema]:
    roles = {str(mapa(c).get("rol")) for c in mapa(mapa(archivo.valor).get("cargos")).values()}
    for rol in ("jefe_servicio", "controlador_documental"):
        if roles and rol not in roles:
            yield archivo.problema(("cargos",), f"falta un cargo con el rol «{rol}»")


def _totales(archivo: Archivo) -> Iterator[Problema]:
    """Los totales de control sirven para esto: que las regiones sumen lo que se dijo."""
    servicio = mapa(archivo.valor)
    for clave, total in mapa(servicio.get("totales_de_control")).items():
        partes = [mapa(r).get(clave) for r in lista(servicio.get("regiones"))]
        suma = sum(p for p in partes if isinstance(p, (int, float)))
        if isinstance(total, (int, float)) and suma != total:
            yield archivo.problema(("totales_de_control", clave), f"dice {total} y las regiones suman {suma}")
