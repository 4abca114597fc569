"""Reponer lo que la historia ya dice y alguien cambió por fuera: etiquetas, archivos de trabajo, índice.

No cambia la historia ni decide qué es correcto: recibe lo que hay que reponer. Bajo el candado, y sin perder
lo que se reemplaza: un archivo cambiado se guarda aparte antes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sgc_gt.errores import Conflicto, NoSePudoEscribir, causa_de

from . import disco, indice, trabajo
from .diario import Destino
from .git import FalloDeGit, Git
from .lector import Lector
from .objetos import armar_paquete, oid_de
from .rutas import es_borrador
from .valores import ETIQUETAS, RAMA

APARTADOS = "apartados"


class Repuesto(NamedTuple):
    """Algo que se repuso (o no se pudo): qué, y si se guardó aparte lo que había, dónde."""

    clase: str  # «etiqueta», «archivo», «indice»
    nombre: str
    causa: str = ""  # por qué no se pudo: «abierto», «editado», «sin_escribir»
    apartado: str = ""


def reponer(
    git: Git, lector: Lector, cabeza: str, etiquetas: Mapping[str, bytes], rutas: Sequence[str]
) -> list[Repuesto]:
    """Lo que se hizo, en orden. Conflicto si alguien registró algo desde que se revisó."""
    if lector.resolver(RAMA) != cabeza:
        raise Conflicto(
            "se registró un movimiento mientras se revisaba: no se repuso nada",
            lugar=str(git.raiz),
            hacer="repita la orden",
        )
    return [*_etiquetas(git, lector, etiquetas), *_archivos(git.raiz, lector, cabeza, rutas), *_indice(git)]


def _etiquetas(git: Git, lector: Lector, etiquetas: Mapping[str, bytes]) -> list[Repuesto]:
    oids = {nombre: oid_de("tag", datos) for nombre, datos in etiquetas.items()}
    malas = {n: oid for n, oid in oids.items() if lector.resolver(ETIQUETAS + n) != oid}
    if not malas:
        return []
    paquete = armar_paquete(("tag", etiquetas[nombre]) for nombre in malas)
    try:
        git.correr("unpack-objects", "-q", "--strict", entrada=paquete, escribe=True)
        git.mover_refs([f"update {ETIQUETAS}{nombre} {oid}" for nombre, oid in malas.items()], lambda: None)
    except FalloDeGit as fallo:
        raise fallo.como_rechazo(str(git.raiz)) from fallo
    return [Repuesto("etiqueta", nombre) for nombre in malas]


def _archivos(raiz: Path, lector: Lector, cabeza: str, rutas: Sequence[str]) -> list[Repuesto]:
    propias = [ruta for ruta in rutas if not es_borrador(ruta)]
    entradas = lector.entradas(lector.commit(cabeza).arbol, propias)
    repuestos = []
    for ruta in propias:
        if ruta not in entradas:
            continue
        hay = disco.oid_en_disco(raiz / ruta)
        apartado = _apartar(raiz, ruta, hay) if hay else ""
        destino = Destino(entradas[ruta].oid, [hay] if hay else [])
        causas = trabajo.poner_al_dia(raiz, {ruta: destino}, lector.blob)
        causa = causas[ruta].causa if ruta in causas else ""
        repuestos.append(Repuesto("archivo", ruta, causa, apartado))
    return repuestos


def _apartar(raiz: Path, ruta: str, oid: str) -> str:
    """Guarda lo que hay en la carpeta antes de reemplazarlo: puede ser el trabajo de alguien."""
    destino = disco.carpeta_privada(raiz) / APARTADOS / f"{oid[:8]}-{Path(ruta).name}"
    try:
        disco.escribir(raiz, destino, (raiz / ruta).read_bytes())
    except OSError as causa:
        raise NoSePudoEscribir(
            f"no se pudo guardar aparte lo que había antes de reponerlo ({causa_de(causa)})",
            lugar=ruta,
            hacer="cierre el archivo, libere espacio y repita la orden",
        ) from causa
    return destino.relative_to(raiz).as_posix()


def _indice(git: Git) -> list[Repuesto]:
    if not git.correr("diff-index", "--cached", "--name-only", "-z", RAMA, "--").strip(b"\0"):
        return []
    indice.rehacer(git)
    return [Repuesto("indice", "index")]
