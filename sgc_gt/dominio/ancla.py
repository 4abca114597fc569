"""El ancla: una cita corta de la historia hasta un movimiento, para guardarla donde nadie de aquí la alcance.

`70-3f9a1c2b4d5e` dice que la historia tenía setenta movimientos y que el identificador del último empieza
por `3f9a1c2b4d5e`. Cada movimiento nombra al anterior: quien reproduce ese identificador reproduce los
setenta. Con un ancla en la mano se nota si falta el final o si alguien puso otra historia en su lugar.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sgc_gt.errores import UsoIncorrecto

ANCLA = "ancla"
"""Con esta clave una emisión dice el ancla que imprimió: la de la historia en que se apoyó."""
LARGO = 12
_FORMA = re.compile(rf"([1-9]\d{{0,8}})\s*-\s*([0-9a-f]{{{LARGO},40}})")


class Ancla(NamedTuple):
    """Cuántos movimientos tenía la historia y los primeros dígitos del identificador del último."""

    numero: int
    prefijo: str

    def es(self, oid: str) -> bool:
        """Si ese identificador es el del movimiento anclado."""
        return oid.startswith(self.prefijo)


def ancla(numero: int, oid: str) -> Ancla:
    """El ancla de una historia de `numero` movimientos cuyo último es `oid`."""
    return Ancla(numero, oid[:LARGO])


def escribir(valor: Ancla) -> str:
    """Como se imprime: `70-3f9a1c2b4d5e`."""
    return f"{valor.numero}-{valor.prefijo}"


def leer(texto: str, lugar: str = "--ancla") -> Ancla:
    """El ancla que alguien copió de un papel: admite espacios y mayúsculas. UsoIncorrecto si no lo es."""
    hallada = _FORMA.fullmatch(texto.strip().lower())
    if hallada is None:
        raise UsoIncorrecto(
            f"no es un ancla: «{texto}»",
            lugar=lugar,
            esperado="el número de movimientos, un guion y doce dígitos, p. ej. 70-3f9a1c2b4d5e",
            hacer="cópiela como está al pie del documento, de la lista o del acta",
        )
    return Ancla(int(hallada[1]), hallada[2])
