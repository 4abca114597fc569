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


_EJECUTAN = ("filter.", "include.", "includeif.", "core.worktree", "extensions.worktreeconfig")
"""Lo que en la configuración de la carpeta haría a git ejecutar programas o leer de otra parte.

Los ganchos, el vigilante de archivos y la configuración de la persona los apaga el entorno de cada llamada.
"""


def exigir_historia_sola(git: Git) -> None:
    """Rechaza una historia sola que esté recortada, injertada, con reemplazos o que ejecute algo."""
    _exigir_historia_entera(git.raiz)
    git.exigir_version()
    _exigir_inofensiva(git, git.raiz / "config")


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
    if _exigir_inofensiva(git, base / "config").get("core.bare") != "false":
        raise IntegridadRota(
            "la configuración dice que no hay carpeta de trabajo",
            lugar=str(base / "config"),
            esperado="core.bare = false",
            hacer="Recupere la carpeta desde el último respaldo.",
        )


def _exigir_inofensiva(git: Git, lugar: Path) -> dict[str, str]:
    """La configuración que git tiene en esta carpeta; IntegridadRota si lo haría ejecutar algo ajeno."""
    try:
        crudo = git.correr("config", "--local", "--no-includes", "--null", "--list")
    except FalloDeGit as fallo:
        git.exigir_version()
        raise IntegridadRota(
            f"git no reconoce la carpeta ({fallo.errores})",
            lugar=str(git.raiz),
            hacer="Recupere la carpeta desde el último respaldo.",
        ) from fallo
    pares = (linea.partition("\n") for linea in crudo.decode("utf-8", "surrogateescape").split("\0") if linea)
    valores = {clave: valor for clave, _, valor in pares}
    ajenos = sorted(clave for clave in valores if clave.startswith(_EJECUTAN))
    if ajenos:
        raise IntegridadRota(
            f"la configuración de la carpeta haría ejecutar programas o leer de otra parte: {ajenos[0]}",
            lugar=str(lugar),
            esperado="solo lo que el sistema puso al crearla",
            hacer="No la use: pida a informática que revise quién cambió ese archivo.",
        )
    return valores


def _exigir_historia_entera(base: Path) -> None:
    trucos = {
        "shallow": "la historia está recortada: le faltan los movimientos antiguos",
        "info/grafts": "la historia tiene injertos que cambian el orden de los movimientos",
        "objects/info/alternates": "la historia depende de otra carpeta",
        "commondir": "la historia se lee de otra carpeta",
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
