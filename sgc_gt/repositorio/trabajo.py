"""La carpeta de trabajo es una vista de la historia: se pone al día después del acto.

Un archivo cuyos bytes el sistema no conoce es de alguien: se respeta y se informa.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from sgc_gt.errores import Conflicto, Problema

from . import disco
from .diario import Destino, PorReemplazar
from .rutas import es_borrador


def poner_al_dia(
    raiz: Path,
    archivos: Mapping[str, Destino],
    leer: Callable[[str], bytes],
    paso: Callable[[str], None] = lambda _: None,
) -> dict[str, PorReemplazar]:
    """Lleva cada archivo a su destino y devuelve los que no se pudo, con la causa."""
    pendientes = {}
    for ruta, destino in archivos.items():
        causa = _colocar(raiz, raiz / ruta, destino, leer)
        if causa:
            pendientes[ruta] = PorReemplazar(causa, destino.conocidos)
        paso("archivo")
    return pendientes


def _colocar(raiz: Path, lugar: Path, destino: Destino, leer: Callable[[str], bytes]) -> str | None:
    def reemplazable() -> bool:
        return disco.oid_en_disco(lugar) in (None, *destino.conocidos)

    try:
        if disco.oid_en_disco(lugar) == destino.nuevo:
            return None
        if destino.nuevo is not None:
            return None if disco.escribir(raiz, lugar, leer(destino.nuevo), si=reemplazable) else "editado"
        if not reemplazable():
            return "editado"
        disco.borrar(lugar)
    except PermissionError:
        return "abierto"
    except OSError:  # disco lleno, nombre imposible: el acto ya vale y el archivo se repone después
        return "sin_escribir"
    return None


def exigir_sin_ajenos(raiz: Path, archivos: Mapping[str, Destino]) -> None:
    """Rechaza el acto si un archivo que va a reemplazar cambió por fuera. Los borradores no cuentan."""
    ajenos = [
        ruta for ruta, destino in archivos.items() if not es_borrador(ruta) and _cambio(raiz, ruta, destino)
    ]
    if ajenos:
        raise Conflicto(
            "hay archivos que cambiaron por fuera del sistema",
            lugar=ajenos[0] if len(ajenos) == 1 else "",
            esperado="los archivos tal como quedaron en el último movimiento",
            hacer="Guarde esos cambios en otra carpeta, devuelva el archivo a su estado y repita la orden.",
            problemas=[Problema("cambió desde el último movimiento", ruta) for ruta in ajenos],
        )


def _cambio(raiz: Path, ruta: str, destino: Destino) -> bool:
    return disco.oid_en_disco(raiz / ruta) not in (None, destino.nuevo, *destino.conocidos)


def destinos(
    antes: Mapping[str, str],
    despues: Mapping[str, str | None],
    sustituye: Mapping[str, str],
    pendientes: Mapping[str, PorReemplazar],
) -> dict[str, Destino]:
    """Para cada ruta: a dónde va, y qué bytes pueden estar ahora sin ser de nadie."""
    return {
        ruta: Destino(
            nuevo, _sin_repetir(antes.get(ruta), sustituye.get(ruta), *_conocidos(pendientes, ruta))
        )
        for ruta, nuevo in despues.items()
    }


def _conocidos(pendientes: Mapping[str, PorReemplazar], ruta: str) -> Iterable[str]:
    return pendientes[ruta].conocidos if ruta in pendientes else ()


def _sin_repetir(*oids: str | None) -> list[str]:
    return list(dict.fromkeys(oid for oid in oids if oid))
