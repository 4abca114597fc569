"""Plazos y orden de lo pendiente."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.pendientes import REVISION, Pendiente, en_orden

HOY = date(2025, 3, 10)
DIAS = st.integers(-400, 400)


def _a(dias: int | None, documento: str = "PR-GT-01") -> Pendiente:
    hasta = None if dias is None else HOY + timedelta(days=dias)
    return Pendiente(REVISION, documento, "Procedimiento", "egt", HOY, hasta)


@pytest.mark.parametrize(
    ("dias", "aviso", "plazo"),
    [
        (61, "vence en 61 días", None),
        (60, "vence en 60 días", 60),
        (31, "vence en 31 días", 60),
        (30, "vence en 30 días", 30),
        (1, "vence en 1 día", 30),
        (0, "vence hoy", 0),
        (-1, "vencido hace 1 día", 0),
        (-45, "vencido hace 45 días", 0),
        (None, "", None),
    ],
)
def test_el_aviso_cambia_a_sesenta_treinta_y_cero_dias(
    dias: int | None, aviso: str, plazo: int | None
) -> None:
    assert (_a(dias).aviso(HOY), _a(dias).plazo(HOY)) == (aviso, plazo)
    assert _a(dias).a_dict(HOY)["vencido"] is (dias is not None and dias < 0)


@given(st.lists(st.tuples(DIAS | st.none(), st.sampled_from(["A", "B", "C"]))))
def test_primero_lo_que_vence_antes_y_al_final_lo_que_no_tiene_plazo(
    casos: list[tuple[int | None, str]],
) -> None:
    plazos = [p.hasta for p in en_orden(_a(*c) for c in casos)]
    con_plazo = [p for p in plazos if p]
    assert con_plazo == sorted(con_plazo)
    assert plazos[: len(con_plazo)] == con_plazo
    assert len(plazos) == len(casos)
