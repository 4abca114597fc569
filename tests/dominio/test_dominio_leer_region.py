"""Una región, como la dice cualquiera."""

from __future__ import annotations

import pytest

from sgc_gt.dominio.regiones import CATALOGO, leer_region


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
