"""Lo que la tabla admite desde cada estado, y la oración con que niega lo demás."""

from __future__ import annotations

from datetime import date

import pytest
from mesa_dominio import Mesa

from sgc_gt.dominio.actos import TABLA
from sgc_gt.dominio.caso import posibles
from sgc_gt.errores import ActoNoPermitido, NoEncontrado


@pytest.mark.parametrize(
    ("estado", "esperados"),
    [
        ("borrador", "generar entregar enviar descartar"),
        ("en_revision", "retirar devolver revisar descartar"),
        ("en_aprobacion", "retirar devolver aprobar descartar"),
        ("aprobado", "reabrir emitir descartar"),
        ("vigente", "nueva-version mantener dejar-sin-efecto"),
    ],
)
def test_actos_de_un_procedimiento(estado: str, esperados: str) -> None:
    mesa = Mesa().hasta(estado)
    assert posibles(mesa.vista) == tuple(esperados.split())
    for acto in (a for a in TABLA if not a.constancia):
        if acto.nombre in esperados.split():
            mesa.decidir(acto.nombre)
        else:
            assert isinstance(mesa.rechazo(acto.nombre), ActoNoPermitido)


@pytest.mark.parametrize(
    ("estado", "esperados"),
    [
        ("aprobado", "reabrir remitir descartar"),
        ("en_visacion", "devolver visar descartar"),
        ("visado", "emitir descartar"),
    ],
)
def test_actos_de_un_plan_que_se_visa(estado: str, esperados: str) -> None:
    mesa = Mesa("plan", "PL-GT-01").hasta(estado)
    assert posibles(mesa.vista) == tuple(esperados.split())


def test_con_una_version_en_trabajo_no_se_abre_otra_ni_se_deja_sin_efecto() -> None:
    mesa = Mesa().hasta("vigente").hacer("nueva-version")
    assert posibles(mesa.vista) == ("generar", "entregar", "enviar", "mantener", "descartar")
    rechazo = mesa.rechazo("nueva-version")
    assert rechazo.mensaje == "no se puede abrir nueva versión: la versión 02 está en «Borrador»"
    assert rechazo.hacer == "termine la versión 02, o descártela"
    assert mesa.rechazo("dejar-sin-efecto").mensaje == (
        "no se puede dejar sin efecto: la versión 02 está en «Borrador»"
    )


def test_emitida_con_fecha_futura_solo_queda_esperar() -> None:
    mesa = Mesa().hasta("vigente").siguiente().hacer("emitir", vigente_desde=date(2026, 4, 1))
    assert posibles(mesa.vista) == ("mantener",)
    rechazo = mesa.rechazo("nueva-version")
    assert rechazo.mensaje == "no se puede abrir nueva versión: la versión 02 está en «Emitido, por regir»"
    assert rechazo.hacer == "espere a que comience a regir, el 01-04-2026"


def test_fuera_de_estado_dice_donde_esta_y_que_es_posible() -> None:
    rechazo = Mesa().hasta("en_revision").rechazo("aprobar")
    assert rechazo.mensaje == "no se puede aprobar: la versión 01 está en «En revisión»"
    assert rechazo.esperado == "«En aprobación»"
    assert rechazo.hacer == (
        "ahora es posible: retirar (retirar del circuito), devolver (devolver con observaciones), "
        "revisar (dar conformidad de revisión), descartar (descartar borrador)"
    )


def test_la_ruta_dice_que_acto_espera() -> None:
    rechazo = Mesa("plan", "PL-GT-01").hasta("aprobado").rechazo("emitir")
    assert rechazo.mensaje == (
        "no corresponde poner en vigencia: la versión 01 espera «remitir a visación técnica»"
    )


def test_un_codigo_usado_no_se_vuelve_a_usar_ni_despues_de_descartado() -> None:
    mesa = Mesa().hasta("borrador").hacer("descartar")
    rechazo = mesa.rechazo("crear")
    assert rechazo.mensaje == "el código PR-GT-01 ya está usado («Compras»)"
    assert rechazo.hacer == "pida otro código, o abra una nueva versión del documento existente"
    assert mesa.rechazo("nueva-version").mensaje == (
        "no se puede abrir nueva versión: no queda ninguna versión viva"
    )
    assert mesa.rechazo("nueva-version").hacer == "por ahora no hay actos posibles"


def test_un_codigo_dejado_sin_efecto_tampoco() -> None:
    mesa = Mesa().hasta("vigente").hacer("dejar-sin-efecto")
    assert mesa.rechazo("registrar").mensaje == "el código PR-GT-01 ya está usado («Compras»)"
    assert posibles(mesa.vista) == ()


def test_lo_que_no_existe() -> None:
    rechazo = Mesa().rechazo("enviar")
    assert isinstance(rechazo, NoEncontrado)
    assert rechazo.mensaje == "el código PR-GT-01 no existe"
    assert Mesa(tipo="poema").rechazo("crear").mensaje == "el tipo «poema» no existe en este servicio"
    mesa = Mesa().hasta("borrador")
    otro = mesa.pedido("enviar")._replace(acto="teñir")
    with pytest.raises(ActoNoPermitido, match="«teñir» no es un acto sobre documentos"):
        mesa.anotar(otro)


def test_un_registro_se_archiva_y_no_tiene_versiones() -> None:
    mesa = Mesa("acta", "RG-SGC-05/2026/001").hasta("archivado")
    assert mesa.ultimo.version == ""
    assert set(posibles(mesa.vista)) == {"corregir", "suspender", "proponer-disposicion", "sustraer"}
    assert mesa.rechazo("nueva-version").mensaje == (
        "no se puede abrir nueva versión: el registro está en «Archivado»"
    )


def test_lo_que_ya_debe_regir_se_anota_antes_que_nada() -> None:
    mesa = Mesa().hasta("vigente").siguiente().hacer("emitir", vigente_desde=date(2026, 3, 20)).dia(15)
    rechazo = mesa.rechazo("nueva-version")
    assert rechazo.mensaje == "la versión 02 rige desde el 20-03-2026 y falta anotarlo"
    assert rechazo.hacer == "repita la orden: el sistema lo anota solo, antes que el acto que se le pide"
    mesa.hacer("regir", fecha=date(2026, 3, 20), archivo="PR-GT-01_v02.docx").hacer("nueva-version")
    assert mesa.ultimo.version == "03"


def test_regir_solo_en_su_fecha_y_una_vez() -> None:
    mesa = Mesa().hasta("vigente")
    assert mesa.rechazo("regir").mensaje == "no hay una versión emitida que espere su fecha"
    mesa.siguiente().hacer("emitir", vigente_desde=date(2026, 3, 20)).dia(15)
    rechazo = mesa.rechazo("regir", fecha=date(2026, 3, 21))
    assert rechazo.mensaje == "la versión 02 no comienza a regir el 21-03-2026"
    assert rechazo.esperado == "el 20-03-2026, la fecha que fijó su emisión"
    assert mesa.decidir("regir", fecha=date(2026, 3, 20)).cargo == "sistema"
