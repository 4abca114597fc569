"""La región de un registro: la que se dice al crearlo y la que traen sus datos son la misma."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.regiones import REGIONES, leer_region, quizas
from sgc_gt.dominio.servicio import Servicio, Tipo
from sgc_gt.errores import UsoIncorrecto

MARCA = "x-region"
"""En el esquema de un tipo, el dato que dice de qué región es el registro."""


def region_en_uso(servicio: Servicio, dicha: str) -> str:
    """El código de la región que alguien nombra; «» si no dijo ninguna. UsoIncorrecto si no está en uso."""
    region = leer_region(dicha) if dicha else None
    if dicha and (region is None or region.codigo not in servicio.regiones):
        raise UsoIncorrecto(
            f"«{dicha}» no es una región en uso{'' if region else quizas(dicha)}",
            lugar="--region",
            esperado=_en_uso(servicio),
            hacer="use su código o su nombre",
        )
    return region.codigo if region else ""


def region_del_registro(servicio: Servicio, tipo: Tipo, dicha: str, datos: Any) -> str:
    """La que se dijo o, si no, la de los datos; la única en uso, si su tipo es de cada región.

    UsoIncorrecto si difieren, si el tipo no es un registro, o si es de cada región y nadie dijo cuál: de ella
    sale quién lo elabora.
    """
    if dicha and tipo.clase != "registro":
        raise UsoIncorrecto(
            f"«{tipo.nombre}» no es un registro de una región: es un documento de todo el Servicio",
            lugar="--region",
            hacer="quite --region; las regiones de un documento van en sus datos",
        )
    region, escrita = region_en_uso(servicio, dicha), _escrita(tipo, datos)
    if region and escrita and region != escrita:
        raise _distintas(region, escrita)
    region = region or (region_en_uso(servicio, escrita) if tipo.clase == "registro" else "")
    if region or not tipo.por_region:
        return region
    if len(servicio.regiones) == 1:
        return servicio.regiones[0]
    raise UsoIncorrecto(
        f"«{tipo.nombre}» es un registro de cada región, y falta decir de cuál",
        lugar="--region",
        esperado=_en_uso(servicio),
        hacer="diga su código o su nombre; cada región lleva el suyo",
    )


def _en_uso(servicio: Servicio) -> str:
    return ", ".join(f"{c} ({REGIONES[c].nombre})" for c in servicio.regiones)


def exigir_region(ficha: Ficha, tipo: Tipo, datos: Any) -> None:
    """Los datos con que se genera un registro son de su región; UsoIncorrecto si son de otra."""
    escrita = _escrita(tipo, datos)
    if ficha.region and escrita and escrita != ficha.region:
        raise _distintas(ficha.region, escrita)


def _distintas(region: str, escrita: str) -> UsoIncorrecto:
    propia, ajena = (REGIONES[c].nombre if c in REGIONES else c for c in (region, escrita))
    return UsoIncorrecto(
        f"los datos son de {ajena} y el registro es de {propia}",
        lugar="--datos",
        esperado=propia,
        hacer="corrija la región en los datos, o cree un registro aparte para esa región",
    )


def _escrita(tipo: Tipo, datos: Any) -> str:
    """La región que los datos dicen, donde el esquema de su tipo la marca."""
    valores = (_en(datos, ruta) for ruta in _marcadas(tipo.datos))
    return next((str(v) for v in valores if v is not None and str(v)), "")


def _marcadas(esquema: Mapping[str, Any], ruta: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for clave, parte in (esquema.get("properties") or {}).items():
        if parte.get(MARCA):
            yield (*ruta, clave)
        yield from _marcadas(parte, (*ruta, clave))


def _en(datos: Any, ruta: tuple[str, ...]) -> Any:
    for clave in ruta:
        datos = datos.get(clave) if isinstance(datos, Mapping) else None
    return datos
