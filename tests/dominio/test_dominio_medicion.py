"""El valor de una medición: lo que resulta de su numerador y su denominador."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.medicion import alcanza, calculado, desacuerdos, valor_medido


@pytest.mark.parametrize(
    ("fila", "unidad", "valor"),
    [
        ({"numerador": 132, "denominador": 240}, "%", 55.0),
        ({"numerador": 240, "denominador": 20}, "días hábiles", 12.0),
        ({"numerador": 132}, "%", None),
        ({"numerador": 132, "denominador": 0}, "%", None),
        ({"numerador": True, "denominador": 2}, "%", None),
        ({"valor": 54, "numerador": 132, "denominador": 240}, "%", 54.0),
    ],
)
def test_el_valor_es_el_escrito_o_el_calculado(
    fila: dict[str, Any], unidad: str, valor: float | None
) -> None:
    assert valor_medido(fila, unidad) == valor


def dichos(medicion: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    return list(desacuerdos(medicion, "por_region"))


@pytest.mark.parametrize("valor", [83, 83.3, 83.33, 83.333])
def test_vale_con_los_decimales_que_se_escribieron(valor: float) -> None:
    assert dichos({"unidad": "%", "numerador": 10, "denominador": 12, "valor": valor}) == []


def test_lo_que_no_sale_de_la_cuenta_se_dice_con_su_cuenta() -> None:
    assert dichos({"unidad": "%", "numerador": 10, "denominador": 12, "valor": 84}) == [
        (("valor",), "es 84 y de 10 ÷ 12 × 100 resulta 83,33")
    ]
    assert dichos({"unidad": "días", "por_region": [{"numerador": 9, "denominador": 2, "valor": 6}]}) == [
        (("por_region", 0, "valor"), "es 6 y de 9 ÷ 2 resulta 4,5")
    ]


def test_las_regiones_no_suman_mas_que_el_pais() -> None:
    regiones = [{"numerador": 7, "denominador": 9}, {"numerador": 4, "denominador": 6}]
    medicion = {"unidad": "%", "numerador": 10, "denominador": 15, "por_region": regiones}
    assert dichos(medicion) == [(("numerador",), "es 10 y el de las regiones suma 11")]


def test_sin_regiones_no_hay_suma_que_comparar() -> None:
    assert dichos({"unidad": "%", "numerador": -3, "denominador": 10}) == []


def test_sin_denominador_no_hay_valor() -> None:
    ((lugar, mensaje),) = dichos({"unidad": "%", "numerador": 0, "denominador": 0, "valor": 0})
    assert lugar == ("denominador",)
    assert "diga por qué" in mensaje


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4), st.sampled_from(["%", "días"]))
def test_el_valor_redondeado_siempre_vale_y_el_corrido_nunca(
    numerador: int, denominador: int, decimales: int, unidad: str
) -> None:
    fila = {"numerador": numerador, "denominador": denominador}
    exacto = calculado(fila, unidad)
    assert exacto is not None
    redondo = round(exacto, decimales)
    assert dichos({"unidad": unidad, **fila, "valor": redondo}) == []
    assert dichos({"unidad": unidad, **fila, "valor": redondo + 2})


@pytest.mark.parametrize(
    ("valor", "sentido", "llega"),
    [(60, "mayor", True), (59.9, "mayor", False), (10, "menor", True), (10.1, "menor", False)],
)
def test_se_alcanza_la_meta_por_arriba_o_por_abajo(valor: float, sentido: str, *, llega: bool) -> None:
    assert alcanza(valor, 60 if sentido == "mayor" else 10, sentido) is llega
