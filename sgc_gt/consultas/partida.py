"""Desde dónde revisar, como lo dice una persona: un ancla, el número de un movimiento o una emisión."""

from __future__ import annotations

from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ancla import Ancla, leer
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import NoEncontrado
from sgc_gt.repositorio.repositorio import Repositorio


def partida(repo: Repositorio, texto: str) -> tuple[int, tuple[Ancla, ...]]:
    """Cuántos movimientos se dan por revisados, y el ancla que eso supone si se dijo con una.

    NoEncontrado si la historia no llega hasta ahí; UsoIncorrecto si no se entiende.
    """
    if not texto.strip():
        return 0, ()
    largo = len(repo.cadena())
    codigo, barra, version = texto.strip().upper().rpartition("/V")
    anclas: tuple[Ancla, ...] = ()
    if barra:
        numero = _de_la_emision(repo, codigo, version)
    elif texto.strip().isascii() and texto.strip().isdigit():
        numero = int(texto)
    else:
        anclas = (leer(texto, "--desde"),)
        numero = min(anclas[0].numero, largo)  # si la historia es más corta, el ancla lo desmiente
    if not 0 < numero <= largo:
        raise NoEncontrado(
            f"la historia no tiene un movimiento {numero}",
            lugar="--desde",
            esperado=f"un número de 1 a {largo}",
            hacer="diga un ancla, el número de un movimiento o una emisión como PR-GT-01/v02",
        )
    return numero, anclas


def _de_la_emision(repo: Repositorio, codigo: str, version: str) -> int:
    vista = Vista(repo, repo.cabeza())
    ficha = vista.ficha(codigo)
    v = situacion(ficha).de(version)
    if v is None or v.emision is None:
        raise NoEncontrado(
            f"{codigo} no tiene una versión {version} puesta en vigencia",
            lugar="--desde",
            hacer=f"vea sus versiones con: sgc-gt historial {codigo}",
        )
    commits = [c.oid for c in repo.bitacora(rutas.ruta_ficha(ficha))]
    return repo.cadena().index(commits[v.emision.n - 1]) + 1
