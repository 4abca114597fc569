"""El cargo del servicio que un documento quiere decir con «Jefa División Fomento»."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from sgc_gt.dominio.servicio import Servicio

_VACIAS = frozenset({"de", "del", "la", "el", "los", "las", "y", "a", "o", "as", "os", "sr", "sra", "s"})
_PARECIDO = 0.86


def cargo_leido(servicio: Servicio, texto: str) -> str:
    """La clave del cargo que el texto nombra; «» si no se parece a ninguno, o si a dos por igual."""
    if not texto.strip():
        return ""
    if texto.strip() in servicio.cargos:
        return texto.strip()
    # Tal cual, que es lo que se elige de una lista: no hace falta comparar con los demás.
    iguales = [id_ for id_, cargo in servicio.cargos.items() if cargo.nombre == texto.strip()]
    if iguales:
        return iguales[0]
    dicho = _palabras(texto)
    notas = {id_: _parecido(dicho, _palabras(cargo.nombre)) for id_, cargo in servicio.cargos.items()}
    mejores = sorted(notas, key=lambda id_: notas[id_], reverse=True)[:2]
    if not mejores or notas[mejores[0]] < _PARECIDO:
        return ""
    empate = len(mejores) > 1 and notas[mejores[0]] == notas[mejores[1]]
    return "" if empate else mejores[0]


def _palabras(texto: str) -> tuple[str, ...]:
    """Las palabras que distinguen a un cargo: sin tildes, sin género y sin partículas."""
    plano = unicodedata.normalize("NFKD", texto.casefold()).encode("ascii", "ignore").decode()
    plano = re.sub(r"\b([a-z]+)(?:/a|\(a\)|/o|\(s\))", r"\1", plano)
    palabras = (p for p in re.findall(r"[a-z]+", plano) if p not in _VACIAS)
    return tuple(re.sub(r"(?:[ao]|[ao]s|e)$", "", p) for p in palabras)


def _parecido(dicho: tuple[str, ...], cargo: tuple[str, ...]) -> float:
    """Las palabras del cargo están todas en lo dicho (que puede nombrar además a la persona), o casi."""
    if cargo and set(cargo) <= set(dicho):
        return 1.0 + len(cargo) / 100
    return SequenceMatcher(None, " ".join(dicho), " ".join(cargo)).ratio()
