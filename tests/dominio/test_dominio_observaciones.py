"""Las observaciones de una versión: nacen al devolver, se responden al enviar, se cierran con la conformidad."""

from __future__ import annotations

import pytest
from mesa_dominio import Mesa, oficio

from sgc_gt.dominio.ficha import Observacion, escribir_ficha, leer_ficha
from sgc_gt.dominio.observaciones import SEGUIMIENTO, abiertas, observaciones

SEGUIDA = {SEGUIMIENTO: 1}
DOS = (Observacion("Falta el plazo", "6 Etapas", "El plazo es"), Observacion("Y la fuente"))


def devuelto(quien: str = "rev", estado: str = "en_revision") -> Mesa:
    """Devuelto con dos observaciones seguidas; las de «rev» son la 4.1 y la 4.2."""
    return Mesa().hasta(estado).hacer("devolver", quien, observaciones=DOS, extra=SEGUIDA)


def estados(mesa: Mesa) -> dict[str, str]:
    assert mesa.ficha is not None
    return {o.id: o.estado for o in observaciones(mesa.ficha, "01")}


def responde(mesa: Mesa, **respuestas: str) -> Mesa:
    dichas = {id_.replace("_", ".").lstrip("o"): texto for id_, texto in respuestas.items()}
    return mesa.hacer("entregar").hacer("enviar", extra={"respuestas": dichas})


def test_nacen_abiertas_con_el_numero_de_su_movimiento() -> None:
    mesa = devuelto()
    assert mesa.ficha is not None
    assert estados(mesa) == {"4.1": "abierta", "4.2": "abierta"}
    primera = abiertas(mesa.ficha, "01")[0]
    assert (primera.texto, primera.seccion, primera.ancla, primera.cargo) == (
        "Falta el plazo",
        "6 Etapas",
        "El plazo es",
        "rev",
    )
    assert leer_ficha(escribir_ficha(mesa.ficha), "x") == mesa.ficha


def test_las_anteriores_al_seguimiento_no_se_siguen() -> None:
    mesa = Mesa().hasta("en_revision").hacer("devolver", observaciones=DOS)
    assert estados(mesa) == {}
    mesa.hacer("enviar").hacer("revisar").hacer("aprobar")


def test_responder_y_despues_la_conformidad_de_quien_las_hizo() -> None:
    mesa = responde(devuelto(), o4_1="Se agregó en 6.2")
    assert estados(mesa) == {"4.1": "respondida", "4.2": "abierta"}
    mesa.hacer("revisar")
    assert estados(mesa) == {"4.1": "conforme", "4.2": "conforme"}
    mesa.hacer("aprobar")


def test_la_conformidad_de_otro_cargo_no_las_cierra() -> None:
    """Observa el jefe; revisa otra persona y la aprobación es de quien observó: se cierran con ella."""
    mesa = devuelto("jefe", "en_aprobacion").hacer("enviar").hacer("revisar")
    assert estados(mesa) == {"5.1": "abierta", "5.2": "abierta"}
    mesa.hacer("aprobar")
    assert estados(mesa) == {"5.1": "conforme", "5.2": "conforme"}


def test_sin_atender_no_se_aprueba_y_el_rechazo_las_nombra() -> None:
    """SUBDERE observó por oficio: ningún paso anterior a la aprobación es de quien la anotó."""
    mesa = Mesa("plan", "PL-GT-01").hasta("en_visacion")
    observa = oficio("9", mesa.hoy)
    mesa.hacer("devolver", "cdoc", observaciones=DOS, extra=SEGUIDA, evidencia=(observa,))
    mesa.hacer("entregar").hacer("enviar").hacer("revisar")
    rechazo = mesa.rechazo("aprobar")
    assert rechazo.mensaje == "hay 2 observaciones sin atender en la versión 01"
    assert [str(p) for p in rechazo.problemas] == [
        "sección 6 Etapas: observación 7.1: Falta el plazo",
        "observación 7.2: Y la fuente",
    ]
    assert '--respuesta "7.1: …"' in rechazo.hacer
    mesa.hacer("retirar").hacer("enviar", extra={"respuestas": {"7.1": "Se agregó", "7.2": "Se citó"}})
    mesa.hacer("revisar").hacer("aprobar")


@pytest.mark.parametrize(
    ("respuestas", "dice"),
    [
        ({"4.3": "hecho"}, "no hay una observación 4.3 por responder"),
        ({"1.1": "hecho"}, "no hay una observación 1.1 por responder"),
        ({"4.1": " — "}, "la respuesta a la observación 4.1 está vacía"),
    ],
)
def test_una_respuesta_a_nada_o_vacia_se_rechaza(respuestas: dict[str, str], dice: str) -> None:
    rechazo = devuelto().rechazo("enviar", extra={"respuestas": respuestas})
    assert rechazo.mensaje.startswith(dice)


def test_lo_conforme_no_se_vuelve_a_responder() -> None:
    mesa = devuelto().hacer("enviar").hacer("revisar").hacer("devolver", "jefe", observaciones=DOS)
    assert "4.1" in mesa.rechazo("enviar", extra={"respuestas": {"4.1": "hecho"}}).mensaje


def test_son_de_una_version() -> None:
    mesa = responde(devuelto(), o4_1="hecho", o4_2="hecho").hacer("revisar").hacer("aprobar").hacer("emitir")
    mesa.hacer("nueva-version")
    assert mesa.ficha is not None
    assert observaciones(mesa.ficha, "02") == ()
