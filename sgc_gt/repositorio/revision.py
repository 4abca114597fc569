"""Mirar el repositorio con desconfianza: lo que cambió por fuera, y lo que git mismo encuentra dañado."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from . import disco
from .diario import leer_pendientes
from .git import FalloDeGit, Git
from .rutas import es_borrador, es_contenido
from .valores import Ajeno


def ajenos_en(git: Git, historia: Mapping[str, str], rutas: Iterable[str]) -> list[Ajeno]:
    """Compara los bytes de esas rutas con la historia (ruta → oid). Los borradores no cuentan."""
    pendientes = leer_pendientes(git.raiz)
    hallados = []
    for ruta in rutas:
        esperado, actual = historia.get(ruta), disco.oid_en_disco(git.raiz / ruta)
        conocidos = pendientes[ruta].conocidos if ruta in pendientes else []
        if es_borrador(ruta) or actual == esperado or actual in conocidos:
            continue
        causa = "falta" if actual is None else "sobra" if esperado is None else "modificado"
        hallados.append(Ajeno(ruta, causa))
    return hallados


def ajenos_rapido(git: Git, historia: Callable[[Iterable[str]], Mapping[str, str]]) -> list[Ajeno]:
    """Pregunta a `git status` qué mirar (usa fechas y tamaños) y comprueba los bytes de eso solo."""
    salida = git.correr("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
    rutas = [trozo[3:].decode("utf-8", "surrogateescape") for trozo in salida.split(b"\0") if trozo]
    return ajenos_en(git, historia(rutas), rutas)


def ajenos_completo(git: Git, historia: Mapping[str, str]) -> list[Ajeno]:
    """Lee todos los archivos: no cree en fechas, tamaños ni marcas del índice."""
    salida = git.correr("ls-files", "-z", "--others", "--exclude-standard")
    sobran = [trozo.decode("utf-8", "surrogateescape") for trozo in salida.split(b"\0") if trozo]
    rutas = dict.fromkeys([*historia, *sobran])
    return ajenos_en(git, historia, [ruta for ruta in rutas if not es_contenido(ruta)])


def revisar_objetos(git: Git) -> list[str]:
    """Lo que `git fsck` completo encuentra: objetos dañados, cambiados o ausentes. Vacía si está sano.

    Lo que quedó sin referencia (un acto que un corte deshizo) no es hallazgo.
    """
    try:
        salida = git.correr("fsck", "--full", "--strict", "--no-dangling", "--no-progress")
    except FalloDeGit as fallo:
        return [
            linea
            for linea in (fallo.salida_git.decode("utf-8", "replace") + fallo.errores).splitlines()
            if linea
        ]
    return [
        linea for linea in salida.decode("utf-8", "replace").splitlines() if not linea.startswith("notice")
    ]
