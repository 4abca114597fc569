"""Mirar el repositorio con desconfianza: lo que cambió por fuera, y lo que git mismo encuentra dañado."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from . import disco
from .diario import leer_pendientes
from .git import FalloDeGit, Git
from .historia import diferencias
from .rutas import es_borrador, es_contenido
from .valores import Ajeno

Conocidos = Mapping[str, Collection[str]]
"""Ruta → oid que el archivo puede tener por ahora: quedó por reemplazar porque alguien lo tenía abierto."""


def ajenos_en(
    git: Git, historia: Mapping[str, str], rutas: Iterable[str], conocidos: Conocidos | None = None
) -> list[Ajeno]:
    """Compara los bytes de esas rutas con la historia (ruta → oid). Los borradores no cuentan."""
    admitidos = _pendientes(git) if conocidos is None else conocidos
    hallados = []
    for ruta in rutas:
        if es_borrador(ruta):
            continue
        causa = _causa(git.raiz / ruta, historia.get(ruta), admitidos.get(ruta, ()))
        if causa:
            hallados.append(Ajeno(ruta, causa))
    return hallados


def _pendientes(git: Git) -> Conocidos:
    return {ruta: pendiente.conocidos for ruta, pendiente in leer_pendientes(git.raiz).items()}


def _pendientes_ciertos(git: Git) -> Conocidos:
    """Los mismos, solo con bytes que esa ruta tuvo alguna vez: el anuncio lo puede escribir cualquiera."""
    anunciados = _pendientes(git)
    if not anunciados:
        return {}
    tuvo: dict[str, set[str | None]] = {ruta: set() for ruta in anunciados}
    for _, diferencia in diferencias(git):
        for ruta in tuvo.keys() & diferencia.keys():
            tuvo[ruta].update(diferencia[ruta])
    return {ruta: [oid for oid in oids if oid in tuvo[ruta]] for ruta, oids in anunciados.items()}


def _causa(archivo: Path, esperado: str | None, conocidos: Collection[str]) -> str:
    """Cómo difiere el archivo de la carpeta del de la historia; vacío si es el mismo."""
    if disco.es_enlace(archivo):
        return "enlace"  # lo que muestra puede cambiar sin que nadie toque esta carpeta
    try:
        actual = disco.oid_en_disco(archivo)
    except OSError:
        return "ilegible"
    if actual == esperado or actual in conocidos:
        return ""
    return "falta" if actual is None else "sobra" if esperado is None else "modificado"


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
    propias = [ruta for ruta in rutas if not es_contenido(ruta)]
    return ajenos_en(git, historia, propias, _pendientes_ciertos(git))


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
