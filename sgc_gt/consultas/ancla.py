"""El ancla de la historia, para quien imprime: un documento que se emite, una lista, un acta."""

from __future__ import annotations

from sgc_gt.contexto import Vista
from sgc_gt.dominio.ancla import ancla, escribir
from sgc_gt.repositorio.repositorio import Repositorio


def ancla_de(donde: Vista | Repositorio) -> str:
    """El ancla del último movimiento, o del movimiento de esa vista: `70-3f9a1c2b4d5e`."""
    repo, commit = (donde.repo, donde.commit) if isinstance(donde, Vista) else (donde, donde.cabeza())
    return escribir(ancla(repo.contar(commit), commit))
