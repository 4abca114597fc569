"""El índice de git: el sistema no lo usa, pero `git status` debe decir la verdad a quien lo mire."""

from __future__ import annotations

from collections.abc import Mapping

from .git import FalloDeGit, Git
from .objetos import ARCHIVO
from .valores import CERO, RAMA

# Es derivado: si un corte de luz lo daña se rehace, así que no se paga su fsync.
SIN_FSYNC = {"core.fsync": "none"}


def anotar(git: Git, archivos: Mapping[str, str | None]) -> None:
    """Pone al día solo las rutas que cambiaron; si el índice falta o está dañado, lo rehace entero."""
    if not (git.raiz / ".git" / "index").exists():
        rehacer(git)
        return
    filas = (f"{ARCHIVO} {oid}\t{ruta}\0" if oid else f"0 {CERO}\t{ruta}\0" for ruta, oid in archivos.items())
    entrada = "".join(filas).encode("utf-8")
    try:
        git.correr("update-index", "-z", "--index-info", entrada=entrada, escribe=True, ajustes=SIN_FSYNC)
    except FalloDeGit:
        rehacer(git)


def rehacer(git: Git) -> None:
    (git.raiz / ".git" / "index").unlink(missing_ok=True)
    git.correr("read-tree", RAMA, escribe=True, ajustes=SIN_FSYNC)
