"""El diario de un acto en curso y la lista de archivos por reemplazar, dos JSON dentro de `.git/sgc`.

El diario existe solo entre «los objetos están en el disco» y «todo quedó al día». Quien lo encuentra sabe qué
se estaba haciendo y decide mirando dónde está `main`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from sgc_gt.errores import IntegridadRota

from .disco import asegurar_carpeta, carpeta_privada, escribir
from .valores import Pendiente


class Destino(NamedTuple):
    """Cómo debe quedar un archivo de trabajo: su oid (None: no debe estar) y qué bytes se pueden pisar."""

    nuevo: str | None
    conocidos: list[str]


class Diario(NamedTuple):
    """Lo necesario para terminar o deshacer un acto."""

    anterior: str
    nuevo: str
    etiquetas: dict[str, str]  # nombre → oid del objeto tag
    archivos: dict[str, Destino]
    contenidos: dict[str, str]  # evidencias que este acto crea: ruta → oid de blob de sus bytes


def _ruta(raiz: Path) -> Path:
    return carpeta_privada(raiz) / "diario.json"


def anotar(raiz: Path, diario: Diario) -> None:
    escribir(raiz, _ruta(raiz), json.dumps({"esquema": 1, **diario._asdict()}, sort_keys=True).encode())
    asegurar_carpeta(carpeta_privada(raiz))


def leer(raiz: Path) -> Diario | None:
    try:
        datos = json.loads(_ruta(raiz).read_bytes())
        archivos = {ruta: Destino(*destino) for ruta, destino in datos["archivos"].items()}
        return Diario(datos["anterior"], datos["nuevo"], datos["etiquetas"], archivos, datos["contenidos"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as causa:
        raise IntegridadRota(
            "el diario del acto en curso no se puede leer",
            lugar=str(_ruta(raiz)),
            hacer="Copie la carpeta completa a un lugar seguro y ejecute `sgc-gt verificar`.",
        ) from causa


def cerrar(raiz: Path) -> None:
    _ruta(raiz).unlink(missing_ok=True)


class PorReemplazar(NamedTuple):
    """Un archivo que no se pudo poner al día: por qué, y qué bytes suyos se pueden pisar."""

    causa: str
    conocidos: list[str]


def leer_pendientes(raiz: Path) -> dict[str, PorReemplazar]:
    """Los archivos por reemplazar. Es una ayuda: si no se lee, `verificar` los halla por comparación."""
    try:
        datos = json.loads((carpeta_privada(raiz) / "pendientes.json").read_bytes())
        return {ruta: PorReemplazar(*fila) for ruta, fila in datos.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def pendientes(raiz: Path) -> tuple[Pendiente, ...]:
    """Lo anotado como por reemplazar, más lo que un acto a medias todavía no puso al día."""
    anotados = {ruta: fila.causa for ruta, fila in leer_pendientes(raiz).items()}
    a_medias = leer(raiz)
    if a_medias:
        anotados = dict.fromkeys(a_medias.archivos, "sin_escribir") | anotados
    return tuple(Pendiente(ruta, causa) for ruta, causa in sorted(anotados.items()))


def guardar_pendientes(raiz: Path, pendientes: dict[str, PorReemplazar]) -> None:
    destino = carpeta_privada(raiz) / "pendientes.json"
    if pendientes:
        escribir(raiz, destino, json.dumps(pendientes, sort_keys=True).encode())
    else:
        destino.unlink(missing_ok=True)
