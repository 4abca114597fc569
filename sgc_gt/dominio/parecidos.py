"""Qué quiso decir quien escribió un valor que no existe: los parecidos o, si no los hay, los que sirven."""

from __future__ import annotations

from collections.abc import Iterable


def parecidos(dicho: str, conocidos: Iterable[str], cuantos: int = 3, minimo: float = 0.6) -> list[str]:
    """Los que más se le parecen, del más al menos; `minimo`, de 0 a 1."""
    from difflib import get_close_matches  # noqa: PLC0415  (solo hace falta al equivocarse)

    return get_close_matches(dicho, list(conocidos), n=cuantos, cutoff=minimo)


def quiso_decir(dicho: str, conocidos: Iterable[str]) -> str:
    """«¿quiso decir procedimiento?»: lo que se le parece o empieza igual; «» si nada."""
    todos = list(conocidos)
    cerca = dicho and (parecidos(dicho, todos) or [c for c in todos if c.startswith(dicho)][:3])
    return f"¿quiso decir {', '.join(cerca)}?" if cerca else ""


def esperados(dicho: str, conocidos: Iterable[str]) -> str:
    """Lo que quiso decir; si nada se le parece, los conocidos."""
    todos = list(conocidos)
    return quiso_decir(dicho, todos) or ", ".join(todos)
