"""El ancla: se imprime corta, se lee como la escribe una persona y nombra un solo movimiento."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.ancla import Ancla, ancla, escribir, leer
from sgc_gt.errores import UsoIncorrecto

OIDS = st.text("0123456789abcdef", min_size=40, max_size=40)


@given(st.integers(1, 999_999_999), OIDS)
def test_lo_escrito_se_lee_igual(numero: int, oid: str) -> None:
    valor = ancla(numero, oid)
    assert leer(escribir(valor)) == valor
    assert valor.es(oid)


def test_se_lee_como_la_copia_una_persona() -> None:
    assert leer(" 70 - 3F9A1C2B4D5E\n") == Ancla(70, "3f9a1c2b4d5e")


def test_un_identificador_entero_vale_y_exige_todo() -> None:
    entera = leer("70-" + "3f9a1c2b4d5e" + "0" * 28)
    assert entera.es("3f9a1c2b4d5e" + "0" * 28)
    assert not entera.es("3f9a1c2b4d5e" + "0" * 27 + "1")


@pytest.mark.parametrize(
    "malo", ["", "70", "70-3f9a", "0-3f9a1c2b4d5e", "-70-3f9a1c2b4d5e", "x-3f9a1c2b4d5e", "70-3f9a1c2b4d5g"]
)
def test_lo_que_no_es_un_ancla_se_niega_con_un_ejemplo(malo: str) -> None:
    with pytest.raises(UsoIncorrecto) as negada:
        leer(malo)
    assert "70-3f9a1c2b4d5e" in negada.value.esperado
