"""La memoria en el disco: qué archivos ya se abrieron y qué se respondió. Sin ella, se abren otra vez."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from sgc_gt.repositorio.disco import carpeta_privada, escribir
from sgc_gt.vigia.valores import Firma, Lectura, Memoria, Rastro

ESQUEMA = 1
ARCHIVO = "vigia.json"


def leer(raiz: Path) -> Memoria:
    """Lo recordado la vez anterior; vacío si no hay o no se entiende."""
    try:
        datos = json.loads((carpeta_privada(raiz) / ARCHIVO).read_bytes())
        if datos["esquema"] != ESQUEMA:
            return Memoria()
        rastros = {ruta: _rastro(fila) for ruta, fila in datos["archivos"].items()}
        return Memoria(rastros, conocidas=frozenset(datos["carpetas"]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # es una ayuda, no una verdad
        return Memoria()


def _rastro(fila: Any) -> Rastro:
    firma, lectura, respondido = fila
    leida = Lectura(*lectura)
    # Lo visto antes y no cambiado ya estuvo quieto; la espera no se mide entre dos procesos.
    return Rastro(Firma(*firma), 0.0, leida, respondido, fue=(leida.codigo, leida.version))


def guardar(raiz: Path, memoria: Memoria) -> None:
    """Deja lo que no depende de la hora; si no se puede escribir, se pierde sin daño."""
    archivos = {
        ruta: [list(r.firma), list(r.lectura), r.respondido]
        for ruta, r in memoria.rastros.items()
        if r.lectura is not None and r.lectura.completo
    }
    valor = {"esquema": ESQUEMA, "archivos": archivos, "carpetas": sorted(memoria.conocidas)}
    datos = json.dumps(valor, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    destino = carpeta_privada(raiz) / ARCHIVO
    with suppress(OSError):
        if not destino.is_file() or destino.read_bytes() != datos:
            escribir(raiz, destino, datos)
