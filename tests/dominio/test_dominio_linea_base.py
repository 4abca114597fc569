"""Hasta cuándo un documento importado conserva su línea base."""

from datetime import date

import pytest
from mesa_dominio import Mesa

from sgc_gt.dominio.codigos import FormatoVersion
from sgc_gt.dominio.linea_base import base_de

FORMATO = FormatoVersion()


@pytest.fixture
def mesa() -> Mesa:
    mesa = Mesa()
    mesa.hacer("importar", version="04", archivo="PR-GT-01_v04.docx", vigente_desde=date(2023, 3, 15))
    return mesa


@pytest.mark.parametrize(
    ("version", "tiene"), [("04", True), ("04.1", True), ("04.2", True), ("05", False), ("03", False)]
)
def test_ampara_a_la_importada_y_a_sus_cambios_menores(mesa: Mesa, version: str, *, tiene: bool) -> None:
    assert mesa.ficha is not None
    base = base_de(mesa.ficha, version, FORMATO)
    assert (base is not None and base.version == "04") is tiene


def test_mantener_la_termina(mesa: Mesa) -> None:
    mesa.hacer("mantener")
    assert mesa.ficha is not None
    assert base_de(mesa.ficha, "04", FORMATO) is None
