"""Qué carpeta es un repositorio del sistema: se mira antes de confiar en lo que git cuente de ella."""

from __future__ import annotations

from pathlib import Path

from sgc_gt.errores import IntegridadRota, NoEncontrado

from .git import FalloDeGit, Git
from .valores import RAMA


def es_historia_sola(raiz: Path) -> bool:
    """Si la carpeta es una historia sin archivos de trabajo, como la que deja `git clone --bare`."""
    piezas = (raiz / "HEAD").is_file() and (raiz / "objects").is_dir() and (raiz / "refs").is_dir()
    return piezas and not (raiz / ".git").exists()


def exigir_historia_sola(git: Git) -> None:
    """Rechaza una historia sola que esté recortada, injertada o con reemplazos."""
    _exigir_historia_entera(git.raiz)
    git.exigir_version()


def exigir_repositorio(git: Git) -> None:
    """Rechaza lo que no es un repositorio propio, completo y sin trucos que hagan mentir a git."""
    base = git.raiz / ".git"
    if not (base / "HEAD").is_file() or not (base / "objects").is_dir():
        raise NoEncontrado(
            "no es una carpeta del sistema de gestión",
            lugar=str(git.raiz),
            hacer="Vaya a la carpeta correcta, o cree una con `sgc-gt iniciar`.",
        )
    _exigir_historia_entera(base)
    try:
        desnudo, *_ = git.correr("rev-parse", "--is-bare-repository").decode("ascii").splitlines()
    except FalloDeGit as fallo:
        git.exigir_version()
        raise IntegridadRota(
            f"git no reconoce la carpeta ({fallo.errores})",
            lugar=str(git.raiz),
            hacer="Recupere la carpeta desde el último respaldo.",
        ) from fallo
    if desnudo != "false":
        raise IntegridadRota(
            "la configuración dice que no hay carpeta de trabajo",
            lugar=str(base / "config"),
            esperado="core.bare = false",
            hacer="Recupere la carpeta desde el último respaldo.",
        )


def _exigir_historia_entera(base: Path) -> None:
    trucos = {
        "shallow": "la historia está recortada: le faltan los movimientos antiguos",
        "info/grafts": "la historia tiene injertos que cambian el orden de los movimientos",
        "objects/info/alternates": "la historia depende de otra carpeta",
    }
    for nombre, mensaje in trucos.items():
        if (base / nombre).exists():
            raise _truco(mensaje, base / nombre)
    if _tiene_reemplazos(base):
        raise _truco(
            "la historia tiene reemplazos que muestran un dato en lugar de otro", base / "refs/replace"
        )


def _tiene_reemplazos(base: Path) -> bool:
    sueltos = base / "refs" / "replace"
    empacadas = base / "packed-refs"
    return (sueltos.is_dir() and any(sueltos.iterdir())) or (
        empacadas.is_file() and b" refs/replace/" in empacadas.read_bytes()
    )


def _truco(mensaje: str, lugar: Path) -> IntegridadRota:
    return IntegridadRota(
        mensaje,
        lugar=str(lugar),
        esperado="la historia completa, tal como se registró",
        hacer="Use una copia completa de la carpeta, o pida a informática que revise quién puso ese archivo.",
    )


def exigir_rama(git: Git) -> None:
    """Para escribir, la carpeta está en `main`; otra cosa es alguien trabajando con git a mano."""
    cabeza = (git.raiz / ".git" / "HEAD").read_text("utf-8").strip()
    if cabeza != f"ref: {RAMA}":
        raise IntegridadRota(
            "la carpeta está detenida en un punto antiguo o en otra línea de la historia",
            lugar=str(git.raiz / ".git" / "HEAD"),
            esperado=f"ref: {RAMA}",
            hacer="Vuelva a la línea principal (git switch main) y repita la orden.",
        )
