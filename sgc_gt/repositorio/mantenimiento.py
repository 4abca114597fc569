"""Mantener liviana la historia: cada varios cientos de actos, empacar lo suelto y rehacer el grafo.

Nunca elimina objetos sin referencia: uno de ellos puede ser el acto que otro proceso está armando.
"""

from __future__ import annotations

from pathlib import Path

from .git import Git

# Cada acto deja unos 8 objetos sueltos repartidos en 256 carpetas: una muestra dice cuántos hay en total.
MUESTRA = "17"
SUELTOS_EN_MUESTRA = 8  # unos 2 000 objetos, cerca de 250 actos


def hace_falta(raiz: Path) -> bool:
    carpeta = raiz / ".git" / "objects" / MUESTRA
    return carpeta.is_dir() and sum(1 for _ in carpeta.iterdir()) >= SUELTOS_EN_MUESTRA


def mantener(git: Git) -> None:
    """Empaca por tamaños (no reescribe lo ya empacado) y agrega al grafo. Bajo el candado."""
    git.correr("repack", "-d", "-l", "-q", "--geometric=2", "--write-midx", escribe=True)
    git.correr("prune-packed", "-q", escribe=True)
    git.correr("pack-refs", "--all", escribe=True)
    git.correr(
        "commit-graph", "write", "--reachable", "--split", "--changed-paths", "--no-progress", escribe=True
    )
