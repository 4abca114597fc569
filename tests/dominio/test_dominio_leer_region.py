"""Una región, como la dice cualquiera."""

from __future__ import annotations

import pytest

from sgc_gt.dominio.regiones import CATALOGO, leer_region, quizas


@pytest.mark.parametrize(
    ("dicho", "codigo"),
    [
        ("11", "11"),
        ("Aysén", "11"),
        ("region de AYSEN", "11"),
        ("RM", "13"),
        ("metropolitana", "13"),
        ("O’Higgins", "06"),
        ("Región de Los Ríos", "14"),
        ("5", "05"),
        ("XI", "11"),
        ("v", "05"),
        ("0", None),
        ("00", None),
        ("los", None),
        ("del", None),
        ("", None),
        ("Marte", None),
    ],
)
def test_leer_region(dicho: str, codigo: str | None) -> None:
    hallada = leer_region(dicho)
    assert (hallada.codigo if hallada else None) == codigo


def test_cada_nombre_del_catalogo_es_el_suyo() -> None:
    assert all(
        leer_region(n) == r for r in CATALOGO for n in (r.codigo, r.nombre, r.nombre_oficial, r.abreviatura)
    )


@pytest.mark.parametrize(
    "dicho", ["O'Higgins", "O´Higgins", "o`higgins", "OHiggins", "O Higgins", "VI", "LGBO"]
)
def test_un_nombre_usual_es_la_region_con_cualquier_apostrofo(dicho: str) -> None:
    assert leer_region(f"Región de {dicho}") == leer_region("06")


@pytest.mark.parametrize(
    ("dicho", "codigo"),
    [
        ("Biobio", "08"),
        ("Bío-Bío", "08"),
        ("Bio Bio", "08"),
        ("Región Metropolitana", "13"),
        ("Aisén", "11"),
        ("XI Región", "11"),
        ("Magallanes y Antártica Chilena", "12"),
    ],
)
def test_lo_que_solo_puede_ser_una_se_lee(dicho: str, codigo: str) -> None:
    assert leer_region(dicho) == leer_region(codigo)


@pytest.mark.parametrize(
    ("dicho", "sugerida"),
    [
        ("Coyhaique", "11, Aysén del General Carlos Ibáñez del Campo"),
        ("La Serena", "04, Coquimbo"),
        ("punta arenas", "12, Magallanes y de la Antártica Chilena"),
        ("Isla de Pascua", "05, Valparaíso"),
        ("Concepcion", "08, Biobío"),
        ("Antofagsta", "02, Antofagasta"),
        ("Iquiqe", "01, Tarapacá"),
    ],
)
def test_una_capital_no_es_su_region_y_se_sugiere(dicho: str, sugerida: str) -> None:
    assert leer_region(dicho) is None
    assert quizas(dicho) == f" (quizás quiso decir {sugerida})"


@pytest.mark.parametrize("dicho", ["Marte", "", "los", "99", "encargado_gt", "Wallmapu"])
def test_lo_que_no_se_parece_a_ninguna_no_se_sugiere(dicho: str) -> None:
    assert quizas(dicho) == ""


def test_toda_capital_lleva_a_su_region_leida_o_sugerida() -> None:
    assert all(
        leer_region(r.capital) == r or f" {r.codigo}, {r.nombre})" in quizas(r.capital) for r in CATALOGO
    )
