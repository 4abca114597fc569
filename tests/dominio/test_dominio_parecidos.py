"""Lo que se dice a quien escribió un valor que no existe."""

from __future__ import annotations

import pytest

from sgc_gt.dominio.parecidos import esperados

CARGOS = ("dn", "sdn", "jefatura_territorial")


@pytest.mark.parametrize(
    ("dicho", "dice"),
    [
        ("sdm", "¿quiso decir sdn?"),
        ("jefatura", "¿quiso decir jefatura_territorial?"),
        ("marte", "dn, sdn, jefatura_territorial"),
        ("", "dn, sdn, jefatura_territorial"),
    ],
)
def test_lo_parecido_o_todo(dicho: str, dice: str) -> None:
    assert esperados(dicho, CARGOS) == dice
