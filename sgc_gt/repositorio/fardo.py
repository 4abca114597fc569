"""La historia entera en un archivo que git clona sin red: un «bundle», con los mismos bytes cada vez.

Se escribe aquí y no con `git bundle create` porque este reutiliza lo que halla comprimido en el disco: la
misma historia daría otros bytes según cuándo se empacó. El formato (v2) es una cabecera y un paquete.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from .git import FalloDeGit, Git

CABECERA = b"# v2 git bundle\n"
_EMPACAR = (
    "pack-objects", "--stdout", "--revs", "--no-reuse-object", "--delta-base-offset", "--threads=1",
    "--quiet",
)  # fmt: skip


def escribir(git: Git, destino: Path, refs: Mapping[str, str]) -> None:
    """Deja el fardo con esas referencias (nombre → oid), por trozos. FalloDeGit si git no puede."""
    nombradas = sorted(refs.items())
    puntas = "".join(f"{oid}\n" for oid in sorted(set(refs.values()))).encode("ascii")
    with destino.open("wb") as salida, git.proceso(*_EMPACAR, ajustes={"pack.useBitmaps": "false"}) as hijo:
        salida.write(CABECERA)
        salida.writelines(f"{oid} {nombre}\n".encode() for nombre, oid in nombradas)
        salida.write(b"\n")
        if hijo.stdin is None or hijo.stdout is None or hijo.stderr is None:  # pragma: no cover
            raise FalloDeGit(_EMPACAR, 0, b"", b"sin tuberias")
        hijo.stdin.write(puntas)
        hijo.stdin.close()
        shutil.copyfileobj(hijo.stdout, salida)
        errores = hijo.stderr.read()
        if hijo.wait():
            raise FalloDeGit(_EMPACAR, hijo.returncode, b"", errores)
