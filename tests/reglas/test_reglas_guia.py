"""La guía de referencia, vuelta Word desde su texto: lo que de verdad le falta, y nada inventado."""

import re
from functools import cache
from pathlib import Path

import pytest
from mesa_reglas import suelto

from sgc_gt.dominio.alertas import Alerta
from sgc_gt.reglas.catalogo import POR_CODIGO
from sgc_gt.reglas.chequeo import chequear
from sgc_gt.reglas.materia import Materia
from sgc_gt.word.desde_texto import docx_de_texto

pytestmark = pytest.mark.entrada
GUIA = Path(__file__).resolve().parents[3] / "shared" / "entrada" / "guia_gestion_territorial_v02.txt"


@cache
def guia() -> Materia:
    return suelto(docx_de_texto(GUIA.read_text("utf-8"), "Guía de Gestión Territorial"), "guia.docx")


def de(regla: str) -> list[Alerta]:
    return chequear(guia(), [POR_CODIGO[regla]])


def test_el_anexo_2_que_no_existe() -> None:
    [alerta] = de("ANEXO-INEXISTENTE")
    assert alerta.evidencia == "«Anexo 2»; los que hay: 1"
    assert alerta.lugar == "sección 5 Referencias"
    assert alerta.ancla == "Ver Anexo 2. Referencias normativas."


def test_dice_nueve_secciones_y_son_diez() -> None:
    [alerta] = de("CUENTA-DE-SECCIONES")
    assert alerta.evidencia == "«estructurado en 9 secciones», y son 10"


def test_las_siglas_que_nadie_define() -> None:
    halladas = [re.search(r"«(\w+)»", a.evidencia) for a in de("SIGLA-SIN-DEFINIR")]
    siglas = {h[1] for h in halladas if h}
    assert {"PT", "GORE", "BGI", "SIG"} <= siglas
    assert not siglas & {"PMG", "PROPIR", "ARI", "SUBDERE", "SGC", "GT", "ISO"}
    assert siglas == {"PT", "GORE", "BGI", "SIG", "SERNAM"}, "SERNAM tampoco está en su terminología"


def test_ningun_registro_dice_como_se_controla() -> None:
    assert [a.ancla for a in de("REGISTRO-SIN-ATRIBUTOS")] == [
        "Informe de diagnóstico",
        "Plan",
        "Programa de Trabajo",
        "Registro de Revisión por la Dirección",
    ]


def test_sus_diez_secciones_estan_en_orden_y_todas_las_citas_a_ellas_llevan_a_alguna_parte() -> None:
    for regla in ("SECCION-FALTA", "SECCION-DESORDENADA", "SECCION-INEXISTENTE", "ROTULO-INEXISTENTE"):
        assert [a.evidencia for a in de(regla)] == [], regla
