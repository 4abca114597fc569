"""El tiempo de retención, como se escribe."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgc_gt.dominio.retencion import Plazo, en_anios, leer_plazo

SIEMPRE = Plazo(permanente=True)


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("5 años", Plazo(60)),
        ("5", Plazo(60)),
        ("1 año", Plazo(12)),
        ("Cinco (5) años", Plazo(60)),
        ("5 (cinco) años", Plazo(60)),
        ("18 meses", Plazo(18)),
        ("2 años en oficina y 3 en archivo", Plazo(60)),
        ("Oficina: 2; Archivo: 3", Plazo(60)),
        ("2 + 3 años", Plazo(60)),
        ("2 y 3", Plazo(60)),
        ("1 año y 6 meses", Plazo(18)),
        ("mínimo 5 años, según Circular 28.704", Plazo(60)),
        ("5 años (DFL 5.200 de 1929)", Plazo(60)),
        ("Permanente", SIEMPRE),
        ("Conservación indefinida", SIEMPRE),
        ("mientras esté vigente", Plazo()),
        ("un archivador", Plazo()),
        ("hasta 2030", Plazo()),
        ("", Plazo()),
        ("—", Plazo()),
        ("0", Plazo()),
        ("9" * 5000, Plazo()),
    ],
)
def test_lo_que_dice(texto: str, esperado: Plazo) -> None:
    assert leer_plazo(texto) == esperado


def test_se_cuenta_desde_el_cierre_del_anio() -> None:
    assert leer_plazo("5 años").cumplido(2019) == date(2024, 12, 31)
    assert leer_plazo("6 meses").cumplido(2019) == date(2020, 6, 30)
    assert SIEMPRE.cumplido(2019) is None


@pytest.mark.parametrize(
    ("texto", "escrito"), [("5", "5 años"), (" 1 ", "1 año"), ("0", "0"), ("siempre", "siempre")]
)
def test_un_numero_solo_son_anios(texto: str, escrito: str) -> None:
    assert en_anios(texto) == escrito


@settings(deadline=None)
@given(st.integers(1, 99))
def test_lo_que_el_sistema_escribe_se_lee_igual(n: int) -> None:
    assert leer_plazo(en_anios(str(n))) == leer_plazo(str(n)) == Plazo(12 * n)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_con_cualquier_texto_no_se_cae(texto: str) -> None:
    leer_plazo(texto)
    en_anios(texto)
