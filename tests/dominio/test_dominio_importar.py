"""Lo que ya regía antes del sistema entra tal como era, y se dice que no se aprobó aquí."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from mesa_dominio import IDENTIDAD, INICIO, SERVICIO, Mesa, oficio, pdf

from sgc_gt.dominio.etiquetas import APROBADO_FUERA
from sgc_gt.dominio.filas import fila_maestra
from sgc_gt.dominio.importado import afuera, conserva_formato
from sgc_gt.dominio.impresion import impresion
from sgc_gt.dominio.situacion import situacion

MARZO_2023 = date(2023, 3, 15)
AFUERA = {"fecha_aprobacion": "2023-03-10", "aprobo": "Jefe/a de Servicio", "elaboro": "Jefe/a de Fomento"}


def importada(**campos: Any) -> Mesa:
    return Mesa().hacer("importar", **{"vigente_desde": MARZO_2023, **campos})


def test_rige_desde_su_fecha_original_aunque_se_anote_hoy() -> None:
    mesa = importada()
    ficha = mesa.ficha
    assert ficha is not None
    assert mesa.ultimo.fecha == INICIO
    assert situacion(ficha, date(2023, 3, 14)).vigente is None
    vigente = situacion(ficha, date(2023, 3, 15)).vigente
    assert vigente is not None
    assert (vigente.version, vigente.vigente_desde, vigente.importada) == ("03", MARZO_2023, True)
    assert mesa.archivos() == ["PR-GT-01_v03.docx"]


def test_varias_versiones_de_la_mas_antigua_a_la_mas_nueva() -> None:
    mesa = importada(version="01", archivo="PR-GT-01_v01.docx", vigente_desde=date(2019, 1, 2))
    mesa.hacer("importar", version="02", archivo="PR-GT-01_v02.docx", vigente_desde=MARZO_2023)
    assert mesa.ficha is not None
    assert [(v.version, v.estado) for v in mesa.vista.versiones] == [("01", "obsoleto"), ("02", "vigente")]
    antes = situacion(mesa.ficha, date(2022, 12, 31)).vigente
    assert antes is not None
    assert antes.version == "01"
    assert mesa.vista.versiones[0].hasta == MARZO_2023
    assert mesa.archivos() == ["PR-GT-01_v02.docx"]


def test_sigue_su_vida_con_el_numero_que_viene() -> None:
    mesa = importada().siguiente().hacer("emitir")
    assert [(v.version, v.estado) for v in mesa.vista.versiones] == [("03", "obsoleto"), ("04", "vigente")]
    assert mesa.vista.versiones[1].aprobacion == ""
    assert mesa.ficha is not None
    assert conserva_formato(mesa.ficha)


@pytest.mark.parametrize(
    ("campos", "dice"),
    [
        ({"version": "3", "archivo": "PR-GT-01_v3.docx"}, "no es una versión como las del servicio"),
        ({"version": "", "archivo": "PR-GT-01.docx"}, "falta decir la versión"),
        ({"vigente_desde": None}, "falta decir desde cuándo rige"),
        ({"vigente_desde": INICIO + timedelta(days=1)}, "todavía no llega"),
        (
            {"fecha": INICIO - timedelta(days=1), "evidencia": (pdf(),)},
            "lleva la fecha del día en que se hace",
        ),
        ({"identidad": {**IDENTIDAD, "titulo": ""}}, "falta el título"),
        ({"identidad": {**IDENTIDAD, "area": "XX"}}, "no es un área"),
        ({"identidad": {**IDENTIDAD, "aprueba": "rey"}}, "falta decir quien aprueba"),
        ({"sha256": "", "huella": "", "archivo": ""}, "no trae el archivo"),
        ({"archivo": "Compras v3.docx"}, "no es el nombre del archivo"),
        ({"quien": "proc"}, "no le corresponde"),
        ({"extra": {"codigo_heredado": True}}, "se declara heredado"),
    ],
)
def test_lo_que_no_se_importa(campos: dict[str, Any], dice: str) -> None:
    rechazo = Mesa().rechazo("importar", **{"vigente_desde": MARZO_2023, **campos})
    assert dice in rechazo.mensaje


def test_un_codigo_heredado_se_declara_y_sirve_de_carpeta() -> None:
    archivo = {"archivo": "P-07-COMPRAS_v03.docx", "vigente_desde": MARZO_2023}
    mesa = Mesa(codigo="P-07-COMPRAS")
    assert "no se declara heredado" in mesa.rechazo("importar", **archivo).mensaje
    mesa.hacer("importar", **archivo, extra={"codigo_heredado": True})
    assert mesa.vista.vigente is not None
    malo = Mesa(codigo="P 07").rechazo("importar", extra={"codigo_heredado": True})
    assert "no sirve como código" in malo.mensaje


def test_un_registro_o_una_serie_no_se_importan() -> None:
    assert "es un registro" in Mesa("acta", "RG-SGC-05/2026/001").rechazo("importar").mensaje
    serie = Mesa("archivo", "RG-SGC-05").rechazo(
        "importar", identidad={**IDENTIDAD, "area": "SGC"}, extra={"codigo_heredado": True}
    )
    assert "serie de registros" in serie.mensaje


def test_no_retrocede_ni_pisa_un_documento_con_vida_propia() -> None:
    mesa = importada()
    assert (
        "no es posterior a la 03"
        in mesa.rechazo("importar", version="02", archivo="PR-GT-01_v02.docx").mensaje
    )
    tarde = mesa.rechazo("importar", vigente_desde=MARZO_2023 - timedelta(days=1))
    assert "antes que la versión anterior" in tarde.mensaje
    otra_area = mesa.rechazo("importar", identidad={**IDENTIDAD, "area": "SGC"})
    assert "no cambia" in otra_area.mensaje
    mesa.hacer("nueva-version")
    assert "ya se lleva en el sistema" in mesa.rechazo("importar").mensaje
    assert "ya se lleva en el sistema" in Mesa().hacer("crear").rechazo("importar").mensaje


@pytest.mark.parametrize(
    ("evidencia", "aprobacion", "estado"),
    [
        ((), "fuera_sin_respaldo", "Vigente, aprobado fuera del sistema, sin respaldo"),
        ((pdf(),), "fuera_con_respaldo", "Vigente, aprobado fuera del sistema"),
        ((oficio("12", MARZO_2023),), "fuera_con_respaldo", "Vigente, aprobado fuera del sistema"),
        (
            (oficio("12", MARZO_2023, adjunto=False),),
            "fuera_sin_respaldo",
            "Vigente, aprobado fuera del sistema, sin respaldo",
        ),
    ],
)
def test_siempre_se_ve_si_hay_respaldo(evidencia: Any, aprobacion: str, estado: str) -> None:
    mesa = importada(evidencia=evidencia)
    assert mesa.vista.vigente is not None
    assert mesa.vista.vigente.aprobacion == aprobacion
    assert mesa.ficha is not None
    fila = fila_maestra(SERVICIO, mesa.ficha)
    assert fila is not None
    assert fila["estado"] == estado


def test_lo_impreso_despues_recuerda_quien_la_aprobo_afuera() -> None:
    mesa = importada(extra=AFUERA)
    assert afuera(mesa.ultimo).fecha == date(2023, 3, 10)
    mesa.siguiente().hacer("emitir")
    assert mesa.ficha is not None
    impreso = impresion(mesa.ficha, "04", mesa.org, "Servicio")
    primera, segunda = impreso.tablas["cambios"]
    assert primera == ["03", "15-03-2023", "Todas", APROBADO_FUERA, "", "Jefe/a de Servicio"]
    assert segunda[0] == "04"
    antigua = impresion(mesa.ficha, "03", mesa.org, "Servicio")
    assert antigua.tablas["firmas"][2] == [
        "Aprobado por",
        "",
        "Jefe/a de Servicio",
        "",
        APROBADO_FUERA,
        "10-03-2023",
    ]
    assert antigua.textos["motivo"] == APROBADO_FUERA
