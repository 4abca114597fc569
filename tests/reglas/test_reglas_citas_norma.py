"""Qué cita un documento de la norma: la cláusula y no la sección propia, y de la edición que se busca."""

from __future__ import annotations

import pytest

from sgc_gt.config.normas import del_programa
from sgc_gt.dominio.forma import PARRAFO, TITULO, Bloque, FormaNormal
from sgc_gt.dominio.normas import Norma
from sgc_gt.reglas.citas_norma import citas

NUEVA, VIEJA = del_programa()


def documento(*parrafos: str) -> FormaNormal:
    """Una sección «Referencias» con esos párrafos."""
    return FormaNormal((Bloque(TITULO, 1, "Referencias"), *(Bloque(PARRAFO, 0, p) for p in parrafos)))


@pytest.mark.parametrize(
    ("parrafo", "de_2008"),
    [
        ("Responde a la cláusula 4.2.3 a) de ISO 9001:2008.", ["edicion", "4.2.3 a)"]),
        ("Según NCh-ISO 9001, numeral 4.2.4 de la norma.", ["edicion", "4.2.4"]),
        ("Cumple 4.2.3 letra g) y 5.6.2, letra c) de la ISO 9001.", ["edicion", "4.2.3 g)", "5.6.2 c)"]),
        ("Ver la sección 4.2.3 de este procedimiento, cláusula de garantía.", []),
        ("La ISO 9001:2015 pide en 7.5.3 lo mismo que antes.", []),
        ("9.3.2 c) de ISO 9001:2015, equivalente a 5.6.2 c) de la edición 2008.", ["edicion", "5.6.2 c)"]),
        ("La versión 4.2.3 del programa, al 8.2 % del total.", []),
        ("El artículo 4.2.3 de las bases.", []),
        ("Cláusula 4.2.4 | Guardar los registros. | 4.2.3, 5.6.1", ["4.2.4"]),
        ("Las cláusulas 4.2.3, 4.2.4 y 8.5.", ["4.2.3", "4.2.4", "8.5"]),
    ],
)
def test_se_reconoce_lo_que_es_de_la_norma(parrafo: str, de_2008: list[str]) -> None:
    assert [clave for clave, _, _ in citas(documento(parrafo), VIEJA)] == de_2008


def test_sin_anio_en_el_renglon_manda_el_mas_cercano() -> None:
    forma = documento("La norma es ISO 9001:2015.", "Cláusula 4.2 y sus partes.")
    assert [clave for clave, _, _ in citas(forma, VIEJA)] == []
    assert [(clave, seccion) for clave, seccion, _ in citas(forma, NUEVA)] == [("edicion", "1"), ("4.2", "1")]


@pytest.mark.parametrize("norma", [NUEVA, VIEJA], ids=lambda n: n.edicion)
def test_toda_clausula_citada_como_se_escribe_se_halla(norma: Norma) -> None:
    for c in norma.clausulas:
        numero = c.numero.partition(" (")[0]
        hallados = [
            clave
            for clave, _, _ in citas(documento(f"Cumple la cláusula {numero} de {norma.edicion}."), norma)
        ]
        assert any(c in norma.bajo(clave) for clave in hallados if clave != "edicion"), (numero, hallados)
