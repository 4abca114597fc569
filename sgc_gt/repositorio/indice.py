"""El índice de git: el sistema no lo usa, pero `git status` debe decir la verdad a quien lo mire."""

from __future__ import annotations

import time
from collections.abc import Mapping

from .git import OCUPADO, FalloDeGit, Git
from .objetos import ARCHIVO
from .valores import CERO, RAMA

# Es derivado: si un corte de luz lo daña se rehace, así que no se paga su fsync.
SIN_FSYNC = {"core.fsync": "none"}
INTENTOS = 20
ESPERA = 0.05


def anotar(git: Git, archivos: Mapping[str, str | None]) -> None:
    """Pone al día solo las rutas que cambiaron; si el índice falta o está dañado, lo rehace entero."""
    if not (git.raiz / ".git" / "index").exists():
        rehacer(git)
        return
    filas = (f"{ARCHIVO} {oid}\t{ruta}\0" if oid else f"0 {CERO}\t{ruta}\0" for ruta, oid in archivos.items())
    entrada = "".join(filas).encode("utf-8")
    try:
        _con_paciencia(git, "update-index", "-z", "--index-info", entrada=entrada)
    except FalloDeGit as fallo:
        if fallo.dice(OCUPADO):
            raise
        rehacer(git)


def rehacer(git: Git) -> None:
    _con_paciencia(git, "read-tree", RAMA)


def _con_paciencia(git: Git, *orden: str, entrada: bytes = b"") -> None:
    """Quien mira la carpeta con otro programa toma el índice por momentos: se espera y se insiste."""
    for quedan in reversed(range(INTENTOS)):
        try:
            git.correr(*orden, entrada=entrada, escribe=True, ajustes=SIN_FSYNC)
        except FalloDeGit as fallo:
            if not (quedan and fallo.dice(OCUPADO)):
                raise
            time.sleep(ESPERA)
        else:
            return
