"""Las copias que deberían estar en cada carpeta conectada, y cuándo ponerlas. Puro, como la decisión."""

from __future__ import annotations

from collections.abc import Iterator

from sgc_gt.dominio import actos as tabla
from sgc_gt.vigia import nombres
from sgc_gt.vigia.valores import INTERCAMBIO, PONER, Accion, Expediente, Foto, Mundo


def faltantes(mundo: Mundo) -> dict[str, float]:
    """Las copias que deberían estar en su carpeta y no están, y desde cuándo se sabe."""
    return {
        ruta: mundo.memoria.faltan.get(ruta, mundo.ahora)
        for e in mundo.mesa.values()
        for _, ruta in copias(e, mundo.foto)
        if ruta not in mundo.foto.vistos
    }


def dentro(ruta: str, carpeta: str) -> bool:
    """Si la ruta está en esa carpeta."""
    return ruta.startswith((carpeta + "/", carpeta + "\\"))


def copias(e: Expediente, foto: Foto) -> Iterator[tuple[str, str]]:
    """Las copias del borrador que deberían estar: una por cada cargo que elabora y tiene su carpeta."""
    if e.estado == tabla.BORRADOR and e.archivo:
        for cargo in e.cargos:
            if cargo in foto.presentes:
                yield cargo, f"{foto.presentes[cargo]}/{e.archivo}"


def poner(mundo: Mundo, e: Expediente, cargo: str, ruta: str) -> Accion | float | None:
    """Poner la copia que falta, sin estorbar a quien está guardando: Word la saca un instante al guardar."""
    if ruta in mundo.foto.vistos or _guardando(mundo.foto, ruta):
        return None
    if _hay_otra(mundo, e, mundo.foto.presentes[cargo]):
        return None
    listo = mundo.memoria.faltan.get(ruta, mundo.ahora) + mundo.ajustes.quietud
    return listo if mundo.ahora < listo else Accion(PONER, ruta, e.codigo, cargo)


def _guardando(foto: Foto, ruta: str) -> bool:
    carpeta, _, nombre = ruta.rpartition("/")
    return any(f"{carpeta}/{aviso}" in foto.avisos for aviso in nombres.avisos(nombre))


def _hay_otra(mundo: Mundo, e: Expediente, carpeta: str) -> bool:
    """Si en la carpeta ya hay un archivo de esa versión con otro nombre, o uno que todavía no se abrió."""
    for visto in mundo.foto.vistos.values():
        if visto.lugar != INTERCAMBIO or not dentro(visto.ruta, carpeta):
            continue
        rastro = mundo.memoria.rastros[visto.ruta]
        if rastro.lectura is None and rastro.fue == ("", ""):
            return True
        fue = (rastro.lectura.codigo, rastro.lectura.version) if rastro.lectura else rastro.fue
        es_copia = rastro.lectura is not None and rastro.lectura.respuesta
        if fue == (e.codigo, e.version) and not es_copia:
            return True
    return False
