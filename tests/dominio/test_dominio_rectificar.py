"""Rectificar: se lee el dato corregido, la ficha conserva el que decía, y lo que prueba un acto no se toca."""

from datetime import date
from typing import Any

import pytest
from mesa_dominio import IDENTIDAD, SERVICIO, Mesa, oficio

from sgc_gt.dominio.impresion import impresion
from sgc_gt.dominio.rectificacion import (
    CAMPOS,
    NO_SE_RECTIFICAN,
    citan,
    con_respuestas,
    periodo_de,
    rectificaciones,
    rectificada,
)
from sgc_gt.errores import ActoNoPermitido


def _rectificar(mesa: Mesa, n: int, campo: str, dice: str, **mas: Any) -> Mesa:
    assert mesa.ficha
    m = rectificada(mesa.ficha).actos[n - 1]
    decia = CAMPOS[campo].leer(m) if campo in CAMPOS else ""
    extra = {"movimiento": n, "campo": campo, "decia": decia, "dice": dice, **mas}
    return mesa.hacer("rectificar", extra=extra, version=m.version, motivo="Se anotó mal")


def _remitido(numero: str) -> Mesa:
    mesa = Mesa("plan", "PL-GT-01")
    for acto in ("crear", "entregar", "enviar", "revisar", "aprobar"):
        mesa.hacer(acto)
    return mesa.hacer("remitir", evidencia=(oficio(numero, mesa.hoy, adjunto=False),))


def test_la_visacion_responde_al_numero_corregido_y_el_otro_queda_a_la_vista() -> None:
    mesa = _rectificar(_remitido("181"), 6, "oficio", "118")
    assert mesa.ficha
    assert mesa.ficha.actos[5].evidencia[0].numero == "181"
    assert rectificada(mesa.ficha).actos[5].evidencia[0][1::6] == ("118", "decía N° 181")
    assert (
        "--responde 118" in mesa.rechazo("visar", evidencia=(oficio("9", mesa.hoy, responde="181"),)).esperado
    )
    assert mesa.hacer("visar", evidencia=(oficio("9", mesa.hoy, responde="118"),)).abierta.estado == "visado"
    [una] = rectificaciones(mesa.ficha)[6]
    assert una.en_palabras == "número del oficio: decía 181, dice 118"


def test_la_visacion_que_ya_respondia_muestra_el_numero_de_hoy_y_el_que_decia() -> None:
    mesa = _remitido("118")
    mesa.hacer("visar", evidencia=(oficio("9", mesa.hoy, responde="118"),))
    mesa = _rectificar(mesa, 6, "oficio", "119")
    assert mesa.ficha
    assert [m.n for m in citan(mesa.ficha, 6, "118")] == [7]
    [mostrada] = con_respuestas(mesa.ficha).actos[6].evidencia
    assert (mostrada.responde, mostrada.decia) == ("119", "decía que responde al N° 118")
    # El movimiento sigue diciendo lo que anotó: se puede rectificar a él, y entonces no hay nada que agregar.
    assert rectificada(mesa.ficha).actos[6].evidencia[0].responde == "118"
    mesa = _rectificar(mesa, 7, "responde", "119")
    assert mesa.ficha
    assert citan(mesa.ficha, 6, "118") == ()
    assert con_respuestas(mesa.ficha) == rectificada(mesa.ficha)


def test_la_version_que_se_emite_despues_imprime_el_numero_corregido() -> None:
    mesa = Mesa()
    for acto in ("crear", "entregar", "enviar", "revisar"):
        mesa.hacer(acto)
    res = oficio("421", mesa.hoy)._replace(clase="resolucion")
    mesa = _rectificar(mesa.hacer("aprobar", evidencia=(res,)), 5, "resolucion", "412").hacer("emitir")
    assert mesa.ficha
    firmas = impresion(mesa.ficha, "01", mesa.org, "S").tablas["firmas"]
    assert firmas[2][4] == f"Resolución Exenta N° 412 del {mesa.hoy:%d-%m-%Y}"


def test_dos_veces_y_vuelta_atras() -> None:
    mesa = _rectificar(_rectificar(_remitido("181"), 6, "oficio", "118"), 6, "fecha_oficio", "2026-03-09")
    mesa = _rectificar(mesa, 6, "oficio", "119")
    assert mesa.ficha
    e = rectificada(mesa.ficha).actos[5].evidencia[0]
    assert (e.numero, f"{e.fecha}", e.decia) == ("119", "2026-03-09", "decía N° 181 y 118 del 10-03-2026")


@pytest.mark.parametrize(
    ("n", "campo", "dice", "mas", "razon"),
    [
        (6, "oficio", "181", {}, "nada cambia"),
        (6, "oficio", "…", {}, "no sirve"),
        (6, "fecha_oficio", "2026-03-11", {}, "no puede ser posterior"),
        (6, "resolucion", "5", {}, "no dice número de la resolución"),
        (1, "titulo", "Otro", {}, "no dice título"),
        (6, "color", "rojo", {}, "no es un dato"),
        (6, "oficio", "5", {"decia": "7"}, "no es lo anotado"),
        (6, "oficio", "5", {"movimiento": 90}, "no hay un movimiento 90"),
        *((6, campo, "x", {}, "no se rectifica") for campo in NO_SE_RECTIFICAN),
    ],
)
def test_lo_que_no_se_rectifica(n: int, campo: str, dice: str, mas: dict[str, Any], razon: str) -> None:
    with pytest.raises(ActoNoPermitido, match=razon):
        _rectificar(_remitido("181"), n, campo, dice, **mas)


def test_el_titulo_de_un_registro_archivado_se_lee_corregido() -> None:
    mesa = Mesa("acta", "RG-SGC-05/2026/001").hacer("registrar")
    mesa = _rectificar(mesa, 1, "titulo", "Compras públicas")
    assert mesa.ficha
    assert mesa.ficha.identidad["titulo"] == IDENTIDAD["titulo"]
    assert rectificada(mesa.ficha).identidad["titulo"] == "Compras públicas"


def _archivado(**extra: str) -> Mesa:
    mesa = Mesa("acta", "RG-SGC-05/2026/001", SERVICIO._replace(regiones=("15", "11")))
    return mesa.hacer("registrar", extra={"periodo": "2026", "ubicacion": "Estante 3", **extra})


@pytest.mark.parametrize("dice", ["2024", "2026-03", "2027", "2025-S1"])
def test_el_periodo_corregido_es_el_del_registro(dice: str) -> None:
    ficha = _rectificar(_archivado(), 1, "periodo", dice).ficha
    assert ficha
    assert periodo_de(rectificada(ficha)) == dice


def test_de_una_capital_se_sugiere_su_region() -> None:
    with pytest.raises(ActoNoPermitido) as rechazo:
        _rectificar(_archivado(region="15"), 1, "region", "Coyhaique")
    assert rechazo.value.mensaje.endswith(
        "(quizás quiso decir 11, Aysén del General Carlos Ibáñez del Campo)"
    )


@pytest.mark.parametrize("dice", ["3000", "2028", "1899", "2026-13", "26", "MARZO", "2026-", "2026-3"])
def test_un_periodo_es_un_anio_posible_o_una_parte_de_el(dice: str) -> None:
    with pytest.raises(ActoNoPermitido) as rechazo:
        _rectificar(_archivado(), 1, "periodo", dice)
    assert rechazo.value.esperado == "un año del 1900 al 2027, o AAAA-MM"


def test_un_decreto_y_quien_recibio_se_corrigen() -> None:
    decreto = oficio("9", date(2026, 3, 9))._replace(clase="decreto")
    m = _archivado().ficha.actos[0]._replace(evidencia=(decreto,))  # type: ignore[union-attr]
    assert (CAMPOS["decreto"].leer(m), CAMPOS["fecha_decreto"].leer(m)) == ("9", "2026-03-09")
    dispuesto = m._replace(acto="disponer", extra={"recibe": "Archivo Nasional"})
    assert CAMPOS["recibe"].poner(dispuesto, "Archivo Nacional").extra["recibe"] == "Archivo Nacional"
    assert not CAMPOS["recibe"].leer(m)
