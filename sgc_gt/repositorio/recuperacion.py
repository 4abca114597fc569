"""Terminar o deshacer lo que un corte dejó a medias. Siempre bajo el candado.

main == nuevo      → el acto vale: reponer etiquetas, archivos e índice
main == anterior   → el acto no ocurrió: quitar las evidencias que solo él nombraba
otra cosa          → alguien escribió por fuera: no se toca nada
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from sgc_gt.errores import IntegridadRota

from . import candado, diario, disco, indice, trabajo
from .diario import Destino, Diario
from .git import Git
from .lector import Lector
from .valores import CERO, ETIQUETAS, RAMA

PACIENCIA = 2.0  # lo que se espera a un git ajeno que esté trabajando antes de dar su traba por muerta


def recuperar(git: Git, lector: Lector) -> None:
    """Deja el repositorio en un estado de la historia, sin diario ni trabas muertas."""
    anotado = diario.leer(git.raiz)
    _soltar_trabas(git.raiz, anotado)
    _limpiar_temporales(git.raiz)
    if anotado is not None:
        _resolver(git, lector, anotado)
    reintentar_pendientes(git.raiz, lector)


def _resolver(git: Git, lector: Lector, anotado: Diario) -> None:
    main = lector.resolver(RAMA) or CERO
    if main == anotado.nuevo:
        completar(git, anotado, lector.resolver, lector.blob)
    elif main == anotado.anterior:
        deshacer(git, lector, anotado)
    else:
        raise IntegridadRota(
            "alguien escribió por fuera del sistema mientras un acto estaba a medias",
            lugar=str(git.raiz),
            esperado=f"la historia en {anotado.anterior[:9]} o {anotado.nuevo[:9]}, y está en {main[:12]}",
            hacer="No registre nada más: copie la carpeta completa y compare con el último respaldo.",
        )


def completar(
    git: Git,
    anotado: Diario,
    resolver: Callable[[str], str | None],
    leer: Callable[[str], bytes],
    paso: Callable[[str], None] = lambda _: None,
) -> None:
    """Lleva adelante todo lo que sigue a `main`, y cierra el diario. Repetirlo no cambia nada."""
    faltan = {nombre: oid for nombre, oid in anotado.etiquetas.items() if resolver(ETIQUETAS + nombre) != oid}
    if faltan:
        git.mover_refs([f"update {ETIQUETAS}{nombre} {oid}" for nombre, oid in faltan.items()], lambda: None)
    paso("etiquetas")
    anotar_pendientes(git.raiz, anotado.archivos, leer, paso)
    paso("trabajo")
    indice.anotar(git, {ruta: destino.nuevo for ruta, destino in anotado.archivos.items()})
    paso("indice")
    diario.cerrar(git.raiz)
    paso("fin")


def anotar_pendientes(
    raiz: Path,
    archivos: dict[str, Destino],
    leer: Callable[[str], bytes],
    paso: Callable[[str], None] = lambda _: None,
) -> None:
    """Pone al día los archivos y recuerda los que no se pudo."""
    antes = diario.leer_pendientes(raiz)
    nuevos = trabajo.poner_al_dia(raiz, archivos, leer, paso)
    despues = {ruta: fila for ruta, fila in antes.items() if ruta not in archivos} | nuevos
    if despues != antes:
        diario.guardar_pendientes(raiz, despues)


def reintentar_pendientes(raiz: Path, lector: Lector) -> None:
    """Vuelve a probar los archivos que estaban abiertos; su destino es lo que la historia dice hoy."""
    pendientes = diario.leer_pendientes(raiz)
    main = lector.resolver(RAMA) if pendientes else None
    if main is None:
        return
    entradas = lector.entradas(lector.commit(main).arbol, pendientes)
    archivos = {
        ruta: Destino(entradas[ruta].oid if ruta in entradas else None, fila.conocidos)
        for ruta, fila in pendientes.items()
    }
    anotar_pendientes(raiz, archivos, lector.blob)


def deshacer(git: Git, lector: Lector, anotado: Diario) -> None:
    """Quita lo que un acto que no ocurrió alcanzó a dejar. Sus objetos quedan sin referencia: no molestan."""
    for ruta, oid in anotado.contenidos.items():
        if disco.oid_en_disco(git.raiz / ruta) == oid:
            disco.borrar(git.raiz / ruta)
    sobran = [
        f"delete {ETIQUETAS}{nombre} {oid}"
        for nombre, oid in anotado.etiquetas.items()
        if lector.resolver(ETIQUETAS + nombre) == oid
    ]
    if sobran:
        git.mover_refs(sobran, lambda: None)
    diario.cerrar(git.raiz)


def _trabas(raiz: Path, etiquetas: Iterable[str]) -> list[Path]:
    base = raiz / ".git"
    sueltas = [*base.glob("*.lock"), *(base / "refs" / "heads").glob("*.lock")]
    de_etiquetas = [base / "refs" / "tags" / f"{nombre}.lock" for nombre in etiquetas]
    grafo = base / "objects" / "info" / "commit-graphs" / "commit-graph-chain.lock"
    paquetes = (base / "objects" / "pack").glob("*.lock")
    todas = [*sueltas, *de_etiquetas, grafo, *paquetes]
    return [traba for traba in todas if traba.name != candado.NOMBRE and traba.exists()]


def _soltar_trabas(raiz: Path, anotado: Diario | None) -> None:
    """Quita las trabas que dejó un proceso muerto.

    Con diario son nuestras, y en POSIX el candado ya garantiza que ningún hijo vive. Sin él pueden ser de
    alguien que usa git en este momento: se le da tiempo.
    """
    etiquetas = anotado.etiquetas if anotado else {}
    limite = time.monotonic() + (0 if anotado and os.name == "posix" else PACIENCIA)
    while trabas := _trabas(raiz, etiquetas):
        if time.monotonic() >= limite:
            for traba in trabas:
                traba.unlink(missing_ok=True)
            return
        time.sleep(0.05)


def _limpiar_temporales(raiz: Path) -> None:
    for resto in (disco.carpeta_privada(raiz) / "tmp").glob("*"):
        with suppress(OSError):  # un antivirus puede tenerlo abierto: estorba poco y se quita otro día
            resto.unlink()
