"""El lugar de un dato, y el de varios de la misma columna dichos juntos."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.lugar_datos import columna, de_la_columna, en_palabras, enumerar_filas
from sgc_gt.dominio.textos import enumerar


@pytest.mark.parametrize(
    ("filas", "dicho"),
    [
        ([7], "7"),
        ([1, 3, 5], "1, 3 y 5"),
        ([1, 2], "1 y 2"),
        (list(range(1, 17)), "1 a 16"),
        ([1, 2, 3, 4, 7, 9], "1 a 4, 7 y 9"),
    ],
)
def test_las_filas_seguidas_se_dicen_por_sus_extremos(filas: list[int], dicho: str) -> None:
    assert enumerar_filas(filas) == dicho


@given(st.lists(st.integers(1, 60), min_size=1, unique=True).map(sorted))
def test_lo_enumerado_dice_todas_las_filas_y_ninguna_otra(filas: list[int]) -> None:
    dichas: list[int] = []
    for parte in enumerar_filas(filas).replace(" y ", ", ").split(", "):
        desde, _, hasta = parte.partition(" a ")
        dichas += range(int(desde), int(hasta or desde) + 1)
    assert dichas == filas


def test_una_columna_es_la_misma_en_todas_sus_filas_y_no_en_las_de_otra_lista() -> None:
    assert columna(("Mediciones", 2, "Por región", 3, "Valor")) == (
        ("Mediciones", 2, "Por región"),
        ("Valor",),
    )
    assert columna(("Mediciones", 1, "Por región", 3, "Valor")) != columna(
        ("Mediciones", 2, "Por región", 3, "Valor")
    )
    juntas = [("Indicadores", n, "Meta") for n in (1, 3, 5)]
    assert de_la_columna(juntas, 20) == "Indicadores, filas 1, 3 y 5, Meta (desde la línea 20 de los datos)"


def test_un_dato_que_no_esta_en_una_lista_se_dice_solo() -> None:
    assert en_palabras(("Propir", "Corte")) == "Propir, Corte"
    assert en_palabras((), 3) == "los datos (línea 3 de los datos)"


@pytest.mark.parametrize(
    ("partes", "union", "dicho"),
    [
        ((), "y", ""),
        (("IND-01",), "y", "IND-01"),
        (("IND-01", "IND-02"), "y", "IND-01 e IND-02"),
        (("plan", "Índice"), "y", "plan e Índice"),
        (("agua", "hielo"), "y", "agua y hielo"),
        (("a", "b", "c"), "y", "a, b y c"),
        (("uno", "otro"), "o", "uno u otro"),
    ],
)
def test_lo_que_se_enumera_suena_como_se_dice(partes: tuple[str, ...], union: str, dicho: str) -> None:
    assert enumerar(partes, union) == dicho
