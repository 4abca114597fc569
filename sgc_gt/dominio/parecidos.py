"""Qué valores se esperaban donde alguien escribió otro: los parecidos, si los hay, o todos."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def esperados(dicho: str, conocidos: Iterable[str]) -> str:
    """«¿quiso decir procedimiento?», si algo se le parece; si no, los conocidos."""
    todos = list(conocidos)
    cerca = dicho and (get_close_matches(dicho, todos, n=3) or [c for c in todos if c.startswith(dicho)][:3])
    return f"¿quiso decir {', '.join(cerca)}?" if cerca else ", ".join(todos)
