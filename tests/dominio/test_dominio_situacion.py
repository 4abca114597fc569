"""Qué rige, qué espera y qué se quemó, en cada fecha: se calcula, no se guarda."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from mesa_dominio import INICIO, Mesa, oficio, pdf

from sgc_gt.dominio.situacion import sin_efecto, situacion


def el(dias: int) -> date:
    """El día que está a esa distancia del primero."""
    return INICIO + timedelta(days=dias)


def estados(mesa: Mesa, fecha: date) -> str:
    """`01 vigente · 02 borrador`, en la fecha."""
    assert mesa.ficha is not None
    return " · ".join(f"{v.version} {v.estado}" for v in situacion(mesa.ficha, fecha).versiones)


def test_antes_de_nacer_no_hay_nada() -> None:
    mesa = Mesa().hasta("vigente")
    assert estados(mesa, el(-1)) == ""
    assert mesa.ficha is not None
    assert situacion(mesa.ficha, el(-1)).ultimo is None


def test_una_emision_reemplaza_a_la_anterior_ese_mismo_dia() -> None:
    mesa = Mesa().hasta("vigente").dia(5).siguiente().dia(5).hacer("emitir")
    assert estados(mesa, el(4)) == "01 vigente"
    assert estados(mesa, el(5)) == "01 vigente · 02 aprobado"
    assert estados(mesa, el(10)) == "01 obsoleto · 02 vigente"
    assert mesa.vista.versiones[0].hasta == el(10)
    assert mesa.vista.versiones[0].causa == "reemplazada por la versión 02"


def test_con_vigencia_futura_la_anterior_sigue_hasta_la_vispera() -> None:
    mesa = Mesa().hasta("vigente").siguiente().hacer("emitir", vigente_desde=el(20))
    assert estados(mesa, el(0)) == estados(mesa, el(19)) == "01 vigente · 02 emitido"
    assert estados(mesa, el(20)) == "01 obsoleto · 02 vigente"
    mesa.dia(30).hacer("regir", fecha=el(20))
    assert estados(mesa, el(19)) == "01 vigente · 02 emitido"
    assert estados(mesa, el(20)) == "01 obsoleto · 02 vigente"


def test_la_primera_emision_futura_no_rige_todavia() -> None:
    mesa = Mesa().hasta("aprobado").hacer("emitir", vigente_desde=el(3))
    assert mesa.vista.vigente is None
    assert mesa.vista.por_regir is not None
    assert estados(mesa, el(3)) == "01 vigente"


def test_dos_emisiones_el_mismo_dia() -> None:
    mesa = Mesa().hasta("vigente").siguiente().hacer("emitir")
    assert estados(mesa, el(0)) == "01 obsoleto · 02 vigente"
    assert mesa.vista.versiones[0].hasta == mesa.vista.versiones[0].vigente_desde == el(0)


def test_sin_efecto_desde_ese_dia() -> None:
    mesa = Mesa().hasta("vigente").dia(7).hacer("dejar-sin-efecto", motivo="Trámite eliminado")
    assert estados(mesa, el(6)) == "01 vigente"
    assert estados(mesa, el(7)) == estados(mesa, el(700)) == "01 obsoleto"
    assert mesa.vista.vivas() == ()
    assert (mesa.vista.versiones[0].hasta, mesa.vista.versiones[0].causa) == (el(7), "Trámite eliminado")


def test_mantener_renueva_la_revision_y_una_emision_tambien() -> None:
    mesa = Mesa().hasta("vigente")
    assert mesa.vista.ultima_revision == el(0)
    mesa.dia(300).hacer("mantener")
    assert (mesa.vista.ultima_revision, len(mesa.vista.versiones)) == (el(300), 1)
    mesa.siguiente().hacer("emitir", vigente_desde=el(310)).dia(20)
    assert mesa.vista.ultima_revision == el(310)


def test_cada_devolucion_conserva_el_numero_y_cuenta_otra_vuelta() -> None:
    mesa = Mesa().hasta("en_revision").hacer("devolver").hacer("entregar").hacer("enviar")
    assert (mesa.abierta.version, mesa.abierta.iteracion, mesa.abierta.estado) == ("01", 2, "en_revision")


def test_las_firmas_son_de_un_solo_envio() -> None:
    mesa = Mesa().hasta("en_aprobacion").hacer("devolver").hacer("enviar")
    assert (mesa.abierta.estado, mesa.abierta.firmas) == ("en_revision", ())


def test_reabrir_deja_la_aprobacion_en_la_historia_sin_efecto() -> None:
    mesa = Mesa().hasta("aprobado").hacer("reabrir")
    assert mesa.ficha is not None
    assert [m.acto for m in mesa.ficha.actos][-3:] == ["revisar", "aprobar", "reabrir"]
    assert sin_efecto(mesa.ficha) == {4: 6, 5: 6}
    mesa.hacer("enviar").hacer("revisar").hacer("aprobar").hacer("emitir")
    assert sin_efecto(mesa.ficha) == {4: 6, 5: 6}


def test_lo_que_vale_no_esta_sin_efecto() -> None:
    mesa = Mesa().hasta("vigente").siguiente()
    assert mesa.ficha is not None
    assert sin_efecto(mesa.ficha) == {}


@pytest.mark.parametrize(
    ("estado", "siguiente"),
    [("borrador", "02"), ("en_revision", "02"), ("en_aprobacion", "02"), ("aprobado", "03")],
)
def test_descartar_quema_el_numero_desde_que_se_aprueba(estado: str, siguiente: str) -> None:
    mesa = Mesa().hasta("vigente").hacer("nueva-version").hasta(estado).hacer("descartar")
    assert mesa.hacer("nueva-version").ultimo.version == siguiente


def test_un_numero_aprobado_queda_quemado_aunque_se_reabra() -> None:
    """La resolución que aprobó la 02 existe: no puede haber otra versión 02."""
    mesa = Mesa().hasta("vigente").siguiente().hacer("reabrir").hacer("descartar")
    assert mesa.hacer("nueva-version").ultimo.version == "03"


def test_un_numero_remitido_queda_quemado_aunque_lo_devuelvan() -> None:
    mesa = Mesa("plan", "PL-GT-01").hasta("vigente").hacer("nueva-version").hasta("en_visacion")
    mesa.hacer("devolver").hacer("descartar")
    assert mesa.hacer("nueva-version").ultimo.version == "03"


def test_cambios_menores() -> None:
    mesa = Mesa().hasta("vigente").hacer("nueva-version", extra={"menor": True})
    assert (mesa.ultimo.version, mesa.ultimo.circuito) == ("01.1", "menor")
    mesa.hacer("entregar").hacer("enviar").hacer("aprobar", "fis").hacer("emitir")
    assert mesa.archivos() == ["PR-GT-01_v01.1.docx"]
    assert mesa.hacer("nueva-version", extra={"menor": True}).ultimo.version == "01.2"
    mesa.hacer("descartar")
    assert mesa.hacer("nueva-version").ultimo.version == "02"


def test_un_acto_con_fecha_anterior_vale_desde_su_fecha() -> None:
    mesa = Mesa().hasta("en_aprobacion").dia(5).hacer("aprobar", fecha=el(2), evidencia=(pdf(),))
    assert estados(mesa, el(1)) == "01 en_aprobacion"
    assert estados(mesa, el(2)) == "01 aprobado"


def test_emitida_con_fecha_anterior_y_vigencia_ya_llegada() -> None:
    mesa = Mesa().hasta("vigente").siguiente().dia(10)
    mesa.hacer("emitir", fecha=el(2), vigente_desde=el(5), evidencia=(oficio("1", el(2)),))
    assert estados(mesa, el(4)) == "01 vigente · 02 emitido"
    assert estados(mesa, el(5)) == "01 obsoleto · 02 vigente"
    mesa.hacer("regir", fecha=el(5))
    assert mesa.archivos() == ["PR-GT-01_v02.docx"]
