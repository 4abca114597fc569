"""Mirar, sin abrir nada: qué hay en las carpetas conectadas y en los lugares que el servicio cuida."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from sgc_gt.vigia import nombres
from sgc_gt.vigia.valores import BORRADOR, INTERCAMBIO, VIGENTE, Expediente, Firma, Foto, Visto


def mirar(base: Path, carpetas: Mapping[str, Path], mesa: Iterable[Expediente]) -> Foto:
    """La foto de ahora. La carpeta que no se puede mirar queda entre las ausentes; no detiene a otras."""
    vistos: dict[str, Visto] = {}
    presentes, ausentes, avisos = {}, {}, set[str]()
    for cargo, carpeta in carpetas.items():
        try:
            hallados, suyos = _carpeta(cargo, carpeta)
        except OSError:
            ausentes[cargo] = carpeta.as_posix()
            continue
        presentes[cargo] = carpeta.as_posix()
        vistos.update(hallados)
        avisos |= suyos
    for visto in _propios(mesa):
        vistos[visto.ruta] = visto
    esta = base.is_dir()
    lugar = base.as_posix()
    return Foto(vistos, presentes, ausentes, frozenset(avisos), lugar, "" if esta else lugar)


def _carpeta(cargo: str, carpeta: Path) -> tuple[dict[str, Visto], set[str]]:
    with os.scandir(carpeta) as entradas:
        todas = {e.name: e for e in entradas}
    vistos = {}
    for nombre, entrada in todas.items():
        if nombres.ignorado(nombre):
            continue
        firma = firma_de(entrada)
        if firma is not None:
            abierto = any(aviso in todas for aviso in nombres.avisos(nombre))
            ruta = f"{carpeta.as_posix()}/{nombre}"
            vistos[ruta] = Visto(ruta, INTERCAMBIO, cargo, firma, abierto)
    avisos = {f"{carpeta.as_posix()}/{n}" for n in todas if n.startswith(("~$", ".~lock."))}
    return vistos, avisos


def firma_de(entrada: os.DirEntry[str] | Path) -> Firma | None:
    """Lo que distingue un guardado de otro; None si no es un archivo, o si se fue mientras se miraba."""
    try:
        # `DirEntry.stat` en Windows no trae el nodo y puede venir atrasado: se pregunta por el camino.
        datos = Path(entrada).stat()
    except OSError:
        return None
    return Firma(datos.st_size, datos.st_mtime_ns, datos.st_ino) if stat.S_ISREG(datos.st_mode) else None


def _propios(mesa: Iterable[Expediente]) -> Iterable[Visto]:
    for e in mesa:
        for ruta, lugar in ((e.borrador, BORRADOR), (e.vigente, VIGENTE)):
            firma = firma_de(Path(ruta)) if ruta else None
            if firma is not None:
                yield Visto(ruta, lugar, e.codigo, firma, _abierto(Path(ruta)))


def _abierto(archivo: Path) -> bool:
    return any(archivo.with_name(aviso).exists() for aviso in nombres.avisos(archivo.name))
