"""Las piezas con que se arman las etapas del procedimiento."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sgc_gt.dominio.textos import mayuscula
from sgc_gt.reglas import control_palabras as p
from sgc_gt.reglas.control_reglas import Reglas


def parte(
    titulo: str, parrafos: Iterable[str] = (), pasos: Iterable[str] = (), **resto: Any
) -> dict[str, Any]:
    """Una etapa o un apartado, con su presentación y sus pasos; lo vacío no se escribe."""
    armada = {"titulo": titulo, "parrafos": textos(parrafos), "pasos": textos(pasos), **resto}
    return {clave: valor for clave, valor in armada.items() if valor}


def textos(lista: Iterable[str]) -> list[dict[str, str]]:
    """Cada párrafo o paso en la forma que pide el tipo; los vacíos se omiten."""
    return [{"texto": texto} for texto in lista if texto]


def quien(r: Reglas, acto: str) -> str:
    """Quién hace un movimiento, para comenzar una oración."""
    return mayuscula(p.quien_hace(r.acto(acto)))
