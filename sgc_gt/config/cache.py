"""La configuración ya validada, como datos que se guardan y se leen sin revisar nada de nuevo.

Es el camino frío de cada orden: aquí solo biblioteca estándar y `dominio`, ni YAML ni esquemas. Los
diccionarios en que el orden importa van como listas de pares, para que ordenar las claves no lo pierda.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from sgc_gt.dominio.clave_ssh import Clave
from sgc_gt.dominio.codigos import FormatoVersion, Mascara
from sgc_gt.dominio.organizacion import Cargo, Persona
from sgc_gt.dominio.requisitos import Catalogo, Objeto, Requisito
from sgc_gt.dominio.servicio import (
    Carpetas,
    Compuerta,
    Excepcion,
    Exige,
    Feriado,
    PasoCircuito,
    ReglaDistribucion,
    RutaSolicitud,
    Seccion,
    Serie,
    Servicio,
    Tipo,
)

FORMATO = 21
"""Número de esta forma; cambia cuando cambian estos datos o lo que el programa pone por omisión."""

_T = TypeVar("_T")


class CacheInservible(ValueError):
    """Lo guardado es de otra forma o está dañado: se vuelve a cargar de los archivos."""


def a_dict(servicio: Servicio) -> dict[str, Any]:
    """El servicio en tipos de JSON; `de_dict` lo devuelve idéntico."""
    return {
        **servicio._asdict(),
        "formato_cache": FORMATO,
        "mascara": servicio.mascara.texto,
        "areas": _pares(servicio.areas),
        "formato": list(servicio.formato),
        "cargos": [list(c) for c in servicio.cargos.values()],
        "personas": [_persona(p) for p in servicio.personas],
        "roles": _pares(servicio.roles),
        "circuitos": [[nombre, [list(p) for p in pasos]] for nombre, pasos in servicio.circuitos.items()],
        "tipos": [_tipo(t) for t in servicio.tipos.values()],
        "series": [list(s) for s in servicio.series.values()],
        "excepciones": [list(e) for e in servicio.excepciones],
        "distribucion": [list(r) for r in servicio.distribucion],
        "feriados": [[f.fecha.isoformat(), f.motivo, f.region] for f in servicio.feriados],
        "carpetas": servicio.carpetas._asdict() if servicio.carpetas else None,
        "catalogos": [list(c) for c in servicio.catalogos],
    }


def _pares(mapa: Mapping[str, Any]) -> list[list[Any]]:
    return [[clave, valor] for clave, valor in mapa.items()]


def _persona(p: Persona) -> list[Any]:
    return [
        p.correo,
        p.cargo,
        p.desde.isoformat(),
        p.hasta.isoformat() if p.hasta else None,
        p.nombre,
        [[c.publica, c.desde.isoformat(), c.hasta.isoformat() if c.hasta else None] for c in p.claves],
    ]


def _tipo(tipo: Tipo) -> dict[str, Any]:
    # El esquema va como texto: el orden de sus propiedades es el de los formularios y los mensajes.
    return {**tipo._asdict(), "datos": json.dumps(tipo.datos, ensure_ascii=False)}


def de_dict(datos: Mapping[str, Any]) -> Servicio:
    """El servicio guardado; CacheInservible si no se puede usar."""
    if datos.get("formato_cache") != FORMATO:
        raise CacheInservible("la configuración guardada es de otra forma")
    try:
        return _servicio(dict(datos))
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise CacheInservible("la configuración guardada está dañada") from error


def _servicio(d: dict[str, Any]) -> Servicio:
    del d["formato_cache"]
    tipos = [_leer_tipo(t) for t in d.pop("tipos")]
    cargos = [_tuplas(Cargo, c) for c in d.pop("cargos")]
    series = [_tuplas(Serie, s) for s in d.pop("series")]
    carpetas = d.pop("carpetas")
    return Servicio(
        mascara=Mascara(d.pop("mascara")),
        areas=dict(d.pop("areas")),
        formato=FormatoVersion(*d.pop("formato")),
        cargos={c.id: c for c in cargos},
        personas=tuple(_leer_persona(p) for p in d.pop("personas")),
        roles={rol: tuple(cargos) for rol, cargos in d.pop("roles")},
        circuitos={n: tuple(_tuplas(PasoCircuito, p) for p in pasos) for n, pasos in d.pop("circuitos")},
        tipos={t.id: t for t in tipos},
        series={s.codigo: s for s in series},
        regiones=tuple(d.pop("regiones")),
        paquetes=tuple(d.pop("paquetes")),
        excepciones=tuple(_tuplas(Excepcion, e) for e in d.pop("excepciones")),
        distribucion=tuple(_tuplas(ReglaDistribucion, r) for r in d.pop("distribucion")),
        feriados=tuple(Feriado(date.fromisoformat(f), *resto) for f, *resto in d.pop("feriados")),
        carpetas=Carpetas(**carpetas) if carpetas else None,
        catalogos=tuple(_leer_catalogo(*c) for c in d.pop("catalogos")),
        **d,
    )


def _tuplas(clase: Callable[..., _T], valores: list[Any]) -> _T:
    """El registro con esos campos; JSON volvió listas sus tuplas."""
    return clase(*(tuple(v) if isinstance(v, (list, tuple)) else v for v in valores))


def _leer_catalogo(paquete: str, sistema: str, fuente: str, objetos: list[Any], pide: list[Any]) -> Catalogo:
    return Catalogo(
        paquete,
        sistema,
        fuente,
        tuple(_tuplas(Objeto, o) for o in objetos),
        tuple(_tuplas(Requisito, r) for r in pide),
    )


def _leer_persona(valores: list[Any]) -> Persona:
    correo, cargo, desde, hasta, nombre, claves = valores
    firma = tuple(Clave(publica, *_periodo(*dias)) for publica, *dias in claves)
    return Persona(correo, cargo, *_periodo(desde, hasta), nombre, firma)


def _periodo(desde: str, hasta: str | None) -> tuple[date, date | None]:
    return date.fromisoformat(desde), date.fromisoformat(hasta) if hasta else None


def _leer_compuerta(valores: list[Any]) -> Compuerta:
    requisito, actos, exige, *resto = valores
    return Compuerta(requisito, tuple(actos), tuple(Exige(*e) for e in exige), *resto)


def _leer_ruta(valores: list[Any]) -> RutaSolicitud:
    pide, pasos, de = valores
    leidos = (PasoCircuito(a, r, c, tuple(d), tuple(e), f) for a, r, c, d, e, f in pasos)
    return RutaSolicitud(tuple(pide), tuple(leidos), tuple(de))


def _leer_tipo(d: Mapping[str, Any]) -> Tipo:
    return Tipo(
        **{
            **d,
            "aprobacion": tuple(d["aprobacion"]),
            "secciones": tuple(Seccion(titulo, tuple(requisitos)) for titulo, requisitos in d["secciones"]),
            "datos": json.loads(d["datos"]),
            "compuertas": tuple(_leer_compuerta(c) for c in d["compuertas"]),
            "rutas": tuple(_leer_ruta(r) for r in d["rutas"]),
            "en_cada_region": tuple(d["en_cada_region"]),
        }
    )
