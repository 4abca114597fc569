"""La matriz como función pura: qué responde, qué falta y con qué palabras."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from sgc_gt.config.carga import cargar
from sgc_gt.config.inicial import inicial
from sgc_gt.dominio.matriz import matriz
from sgc_gt.dominio.matriz_objetos import objetos
from sgc_gt.dominio.matriz_valores import Abierto, Escrito, FilaMatriz, Materia
from sgc_gt.dominio.requisitos import Catalogo, Objeto, Requisito
from sgc_gt.dominio.servicio import Seccion, Serie, Tipo

PLAN = Tipo(
    "plan",
    "Plan",
    "PL",
    "documento",
    "con_visacion",
    secciones=(Seccion("Objetivos", ("A-1",)),),
    serie="PL-1",
)
ACTA = Tipo(
    "acta", "Acta", "RG", "registro", "registro", secciones=(Seccion("Acuerdos", ("B-1",)),), serie="RG-1"
)
SERIES = {c: Serie(c, c, "cdoc") for c in ("PL-1", "RG-1")}
RIGE = Escrito(
    "PL-1",
    "plan",
    "01",
    date(2025, 3, 1),
    "2025",
    aprobacion=date(2025, 2, 1),
    visacion=date(2025, 2, 20),
    registro="PL-1 (2025)",
)


def fila(
    *escritos: Escrito, requisito: Mapping[str, Any] = {}, objeto: Mapping[str, Any] = {}, **materia: Any
) -> FilaMatriz:
    """La fila de A-1, que el Plan responde cada año, con eso escrito en el período 2025."""
    o = Objeto("OB-1", "Plan", tipos=("plan",), anual=True)._replace(**objeto)
    r = Requisito("A-1", "Objetivos", "OB-1")._replace(**requisito)
    otros = (Requisito("B-1", "Acuerdos", "OB-2"),)
    c = Catalogo("gt", "Gestión", "", (o, Objeto("OB-2", "Acta", tipos=("acta",))), (r, *otros))
    s = cargar({"sgc.yaml": inicial("S", "S", "a@s.cl", "")})
    s = s._replace(tipos={"plan": PLAN, "acta": ACTA}, series=SERIES, catalogos=(c,), regiones=("15", "16"))
    s = s._replace(**materia.pop("servicio", {}))
    nombran = {t.id: t.requisitos() for t in s.tipos.values()}
    return matriz(Materia(s, "2025", escritos, nombran=nombran, **materia))[0]


def test_lo_responde_lo_que_rige_en_el_periodo_y_dice_donde():
    f = fila(RIGE)
    assert (f.codigo, f.version, f.aprobacion, f.visacion) == (
        "PL-1",
        "01",
        date(2025, 2, 1),
        date(2025, 2, 20),
    )
    assert (f.registro, f.lugar, f.falta) == ("PL-1 (2025)", "Objetivos", "")


@pytest.mark.parametrize(
    ("escritos", "mas", "falta"),
    [
        ([], {}, "no hay «Plan» de 2025"),
        ([RIGE._replace(periodo="2024")], {}, "lo último es PL-1 versión 01, de 2024: falta lo de 2025"),
        ([], {"abiertos": (Abierto("PL-1", "plan", "01", "en_visacion"),)}, "PL-1 versión 01 está en «En visación» y todavía no rige"),
        ([], {"declarados": frozenset(["plan"])}, "no hay «Plan» de 2025 (declarado al comenzar, sin documento vigente)"),
        ([], {"objeto": {"tipos": ("otro",)}}, "el servicio no tiene un tipo que lo escriba («otro»)"),
        ([RIGE._replace(blancos={"A-1": ("Objetivo general",)})], {}, "en blanco: «Objetivo general»"),
        ([RIGE], {"requisito": {"id": "A-9"}}, "el tipo «Plan» no dice dónde se responde"),
        ([RIGE._replace(visacion=None)], {"requisito": {"pide": ("aprobacion", "visacion")}}, "sin visación técnica"),
        ([RIGE._replace(aprobacion=None)], {"requisito": {"pide": ("aprobacion", "visacion")}}, "sin aprobación que conste"),
        ([RIGE._replace(registro="")], {"requisito": {"pide": ("registro",)}}, "no está en el listado de registros"),
        ([RIGE._replace(region="15")], {"objeto": {"por_region": True}}, "sin Ñuble"),
        ([RIGE._replace(region="15"), RIGE._replace(region="16")], {"objeto": {"por_region": True}}, ""),
        ([RIGE], {"requisito": {"tambien": ("OB-2",), "pide": ("aprobacion",)}}, "Acta: no hay «Acta»"),
        ([RIGE], {"requisito": {"con": ("B-1",)}}, "sin responder: B-1"),
    ],
)  # fmt: skip
def test_lo_que_falta_se_dice_en_palabras(escritos, mas, falta):
    assert fila(*escritos, **mas).falta == falta


@pytest.mark.parametrize(
    ("mas", "lugar"),
    [
        ({"requisito": {"si": "es_gore"}}, "no se aplica: el servicio no es un gobierno regional"),
        ({"objeto": {"eventual": True}}, "no hizo falta en el período"),
        ({"objeto": {"estandarizacion": True}}, "ningún producto lo pide hoy"),
    ],
)
def test_lo_que_no_se_aplica_no_falta(mas, lugar):
    f = fila(**mas)
    assert (f.aplica, f.falta, f.lugar) == (False, "", lugar)


def test_en_un_gobierno_regional_lo_suyo_se_pide():
    assert fila(requisito={"si": "es_gore"}, servicio={"es_gore": True}).falta == "no hay «Plan» de 2025"
    assert fila(requisito={"si": "no_es_gore"}).falta == "no hay «Plan» de 2025"


def test_a_un_gobierno_regional_no_se_le_pide_un_acuerdo_consigo_mismo():
    f = fila(requisito={"si": "no_es_gore"}, servicio={"es_gore": True})
    assert (f.aplica, f.falta, f.lugar) == (False, "", "no se aplica: el servicio es un gobierno regional")


def test_de_varios_responde_el_que_no_tiene_nada_en_blanco():
    callado = RIGE._replace(codigo="PL-2", blancos={"A-1": ("Objetivo",)})
    assert (fila(callado, RIGE).codigo, fila(callado, RIGE).otros, fila(callado, RIGE).falta) == (
        "PL-1",
        ("PL-2",),
        "",
    )


def test_un_objeto_sin_serie_o_que_nadie_pide_no_esta_entre_los_registros():
    s = cargar({"sgc.yaml": inicial("S", "S", "a@s.cl", "")})
    o = (
        Objeto("OB-1", "Plan", tipos=("plan",)),
        Objeto("OB-2", "Acta", tipos=("acta",)),
        Objeto("OB-3", "Otro", tipos=("x",)),
    )
    s = s._replace(
        tipos={"plan": PLAN, "acta": ACTA},
        series={"RG-1": SERIES["RG-1"]},
        catalogos=(Catalogo("gt", "G", "", o),),
    )
    m = Materia(s, "2025", (), nombran={"plan": PLAN.requisitos(), "acta": ACTA.requisitos()})
    assert [f.falta for f in objetos(m)] == [
        "no está en el listado de registros",
        "ningún procedimiento vigente lo pide en su sección de registros",
        "el servicio no tiene un tipo que lo escriba",
    ]
    pedida = objetos(m._replace(pedidos={"RG-1": ("PR-1",)}))[1]
    assert (pedida.falta, pedida.lo_pide) == ("", ("PR-1",))
