"""Publicar como plan: de lo que debe estar, lo que se puso antes y lo que hay, qué hacer con cada archivo.

Función pura de tres tablas. El registro de lo publicado (`publicado.json`) dice qué archivos de la carpeta
son del servicio; lo que no está en él es de otra persona y nunca se toca.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from sgc_gt.dominio.ficha import json_canonico
from sgc_gt.errores import EntradaInvalida

REGISTRO = "publicado.json"
INDICE = "index.html"
DOCUMENTOS, ENLACES, LISTAS = CARPETAS = ("documentos", "enlaces", "listas")
ESQUEMA = "sgc-gt/publicado:1"

_PROPIO = re.compile(rf"{re.escape(INDICE)}|(?:{'|'.join(CARPETAS)})/[^/\\:\x00-\x1f.][^/\\:\x00-\x1f]*")
"""Los nombres que una publicación puede tener: alterar el registro no hace que se borre otra cosa."""


class Entrada(NamedTuple):
    """Un archivo publicado: el resumen de sus bytes y la clave de aquello de que se hizo."""

    sha256: str
    clave: str


class Registro(NamedTuple):
    """Lo que el servicio tiene publicado en una carpeta. `completo`: no quedó nada por hacer."""

    servicio: str = ""
    origen: str = ""  # identificador del primer movimiento: dos servicios no comparten carpeta
    clave: str = ""  # de todo aquello de que depende lo publicado
    completo: bool = False
    rigen: int = 0  # cuántos documentos regían, también los que se nombran sin archivo
    archivos: Mapping[str, Entrada] = {}


class Plan(NamedTuple):
    """Qué hacer con cada nombre. `cambiados`: los nuestros que alguien modificó."""

    hacer: tuple[str, ...]
    dejar: tuple[str, ...]
    retirar: tuple[str, ...]
    ocupados: tuple[str, ...]  # debían estar y hay un archivo ajeno con ese nombre
    cambiados: tuple[str, ...]
    ajenos: tuple[str, ...]


def plan(deseados: Mapping[str, str], propios: Mapping[str, Entrada], presentes: Mapping[str, str]) -> Plan:
    """Lo que falta para que la carpeta tenga exactamente lo deseado, sin tocar lo ajeno.

    `deseados` da la clave de cada nombre; `presentes`, el SHA-256 de cada archivo que hay en la carpeta.
    """
    ocupados = {n for n in deseados if n in presentes and n not in propios}
    bien = {
        n
        for n, clave in deseados.items()
        if (e := propios.get(n)) and e.clave == clave and presentes.get(n) == e.sha256
    }
    return Plan(
        hacer=tuple(n for n in deseados if n not in ocupados and n not in bien),
        dejar=tuple(n for n in deseados if n in bien),
        retirar=tuple(sorted(n for n in propios if n not in deseados and n in presentes)),
        ocupados=tuple(sorted(ocupados)),
        cambiados=tuple(sorted(n for n, e in propios.items() if presentes.get(n, e.sha256) != e.sha256)),
        ajenos=tuple(sorted(n for n in presentes if n not in propios and n not in deseados)),
    )


def juntar(uno: Plan, otro: Plan) -> Plan:
    """Los dos planes como uno, de nombres distintos."""
    return Plan(*(a + b for a, b in zip(uno, otro, strict=True)))


def escribir_registro(registro: Registro) -> bytes:
    """Los bytes canónicos del registro."""
    valor = {**registro._asdict(), "esquema": ESQUEMA}
    return json_canonico({**valor, "archivos": {n: e._asdict() for n, e in registro.archivos.items()}})


def leer_registro(datos: bytes, lugar: str) -> Registro:
    """El registro que esos bytes dicen; EntradaInvalida si no lo son o nombran algo que no se publica."""
    try:
        crudo = json.loads(datos)
        if crudo.pop("esquema") != ESQUEMA:
            raise ValueError("esquema")
        archivos = {
            _nombre(n): Entrada(_texto(e["sha256"]), _texto(e["clave"]))
            for n, e in crudo.pop("archivos").items()
        }
        return Registro(**{c: _campo(c, v) for c, v in crudo.items()}, archivos=archivos)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise EntradaInvalida(
            "el registro de lo publicado no se entiende: alguien lo cambió",
            lugar=lugar,
            esperado="el que dejó la última publicación",
            hacer="publique en una carpeta nueva, o vacíe esta si todo lo que tiene salió de aquí",
        ) from None


_CLASES: Mapping[str, type] = {"completo": bool, "rigen": int}


def _nombre(nombre: str) -> str:
    if not _PROPIO.fullmatch(nombre):
        raise ValueError(nombre)
    return nombre


def _texto(valor: Any) -> str:
    if type(valor) is not str:
        raise TypeError(valor)
    return valor


def _campo(clave: str, valor: Any) -> Any:
    clase = _CLASES.get(clave, str)
    if type(valor) is not clase:
        raise TypeError(clave)
    return valor
