"""Un dígito mal copiado se reconoce; lo demás es otra cosa."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.parecido import diferencia


@pytest.mark.parametrize(
    ("dicho", "difiere"),
    [
        ("48b51c38b23b", ""),
        ("48b51c38b23c", "en un dígito"),
        ("48b51c38b2cc", "en dos dígitos"),
        ("84b51c38b23b", "en el orden de dos dígitos"),
        ("84b51c38b23c", ""),
        ("48b51c38b23", ""),
        ("000000000000", ""),
    ],
)
def test_en_que_difiere(dicho: str, difiere: str) -> None:
    assert diferencia(dicho, "48b51c38b23b") == difiere


@given(st.text("0123456789abcdef", min_size=8, max_size=40), st.data())
def test_cambiar_un_digito_siempre_se_reconoce(cierto: str, datos: st.DataObject) -> None:
    lugar = datos.draw(st.integers(0, len(cierto) - 1))
    otro = datos.draw(st.sampled_from([d for d in "0123456789abcdef" if d != cierto[lugar]]))
    dicho = cierto[:lugar] + otro + cierto[lugar + 1 :]
    assert diferencia(dicho, cierto) == diferencia(cierto, dicho) == "en un dígito"
