"""Cada regla tiene su página; lo que la página muestra con alerta alerta, y lo otro no."""

import os

import pytest
from paginas_reglas import CARPETA, al_dia, ejemplos, indice, materia_de, pagina

from sgc_gt.dominio.alertas import FUENTES, GRAVEDADES, IMPIDE
from sgc_gt.reglas.catalogo import CATALOGO
from sgc_gt.reglas.chequeo import chequear
from sgc_gt.reglas.regla import Regla

POR_CODIGO = pytest.mark.parametrize("regla", CATALOGO, ids=lambda r: r.codigo)


@POR_CODIGO
def test_la_pagina_dice_lo_que_el_catalogo(regla: Regla) -> None:
    escrita = pagina(regla).read_text("utf-8")
    if os.environ.get("ACTUALIZAR"):
        pagina(regla).write_text(al_dia(regla, escrita), "utf-8")
        return
    assert escrita == al_dia(regla, escrita), "ACTUALIZAR=1 pytest tests/reglas/test_reglas_paginas.py"


@POR_CODIGO
def test_el_ejemplo_con_alerta_la_da_entera(regla: Regla) -> None:
    alertas = chequear(materia_de(ejemplos(pagina(regla).read_text("utf-8"))["Con alerta"]), [regla])
    assert alertas, "la página dice que alerta"
    for a in alertas:
        assert a.regla == regla.codigo
        assert all((a.evidencia, a.requisito, a.enunciado, a.sugerencia, a.lugar, a.documento)), a
        assert not a.enunciado.endswith("."), "el enunciado sigue con dos puntos y la evidencia"


@POR_CODIGO
def test_el_ejemplo_sin_alerta_no_la_da(regla: Regla) -> None:
    alertas = chequear(materia_de(ejemplos(pagina(regla).read_text("utf-8"))["Sin alerta"]), [regla])
    assert [a.evidencia for a in alertas] == []


def test_el_indice_las_nombra_todas() -> None:
    archivo = CARPETA / "README.md"
    if os.environ.get("ACTUALIZAR"):
        archivo.write_text(indice(), "utf-8")
    assert archivo.read_text("utf-8") == indice()
    assert {p.stem for p in CARPETA.glob("*.md")} - {"README"} == {r.codigo for r in CATALOGO}


def test_los_codigos_no_se_repiten_y_ocho_impiden() -> None:
    codigos = [r.codigo for r in CATALOGO]
    assert len(codigos) == len(set(codigos))
    assert all(r.gravedad in GRAVEDADES and r.fuente in FUENTES for r in CATALOGO)
    assert [r.codigo for r in CATALOGO if r.gravedad == IMPIDE] == [
        "ARCHIVO-INSEGURO", "SECCION-FALTA", "SECCION-VACIA", "DATO-FALTA", "GUIA-SIN-REEMPLAZAR",
        "RESTO-POR-COMPLETAR", "TEXTO-OCULTO", "CAMBIOS-PENDIENTES",
    ]  # fmt: skip
    orden = [GRAVEDADES.index(r.gravedad) for r in CATALOGO]
    assert orden == sorted(orden)
