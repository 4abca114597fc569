"""En qué serie se archiva cada documento."""

import pytest
from mesa_dominio import SERVICIO, Mesa

from sgc_gt.dominio.series import serie_de


@pytest.mark.parametrize(
    ("tipo", "codigo", "serie"),
    [
        ("plan", "PL-GT-01", "PL-GT-01"),
        ("plan", "PL-GT-03", "PL-GT-01"),  # el que sigue a uno descartado responde por el período
        ("acta", "RG-SGC-05/2026/002", "RG-SGC-05"),
        ("procedimiento", "PR-GT-01", "PR-GT-01"),  # su tipo no tiene serie
    ],
)
def test_la_serie_es_la_de_su_codigo_o_la_de_su_tipo(tipo: str, codigo: str, serie: str) -> None:
    assert serie_de(SERVICIO, Mesa(tipo, codigo).hacer("crear").ficha) == serie
