"""Lo que cada acto exige decir o adjuntar, y lo que su paso acepta como prueba."""

from __future__ import annotations

from datetime import date

import pytest
from mesa_dominio import SERVICIO, Mesa, oficio, pdf, resumen

from sgc_gt.dominio.ficha import Evidencia, Observacion

AYER, HOY = date(2026, 3, 9), date(2026, 3, 10)


@pytest.mark.parametrize(
    ("estado", "acto", "etiqueta"),
    [
        ("vigente", "nueva-version", "abrir nueva versión"),
        ("vigente", "dejar-sin-efecto", "dejar sin efecto"),
        ("aprobado", "reabrir", "reabrir"),
        ("borrador", "descartar", "descartar borrador"),
    ],
)
@pytest.mark.parametrize("motivo", ["", "  \n ", "…"])
def test_actos_que_piden_motivo(estado: str, acto: str, etiqueta: str, motivo: str) -> None:
    rechazo = Mesa().hasta(estado).rechazo(acto, motivo=motivo)
    assert rechazo.mensaje == f"para «{etiqueta}» hay que indicar el motivo (--motivo)"
    assert rechazo.hacer == "repita la orden con lo que falta"


@pytest.mark.parametrize("observaciones", [(), (Observacion(" "),)])
def test_devolver_dice_que_corregir(observaciones: tuple[Observacion, ...]) -> None:
    rechazo = Mesa().hasta("en_revision").rechazo("devolver", observaciones=observaciones)
    assert rechazo.mensaje == (
        "para «devolver con observaciones» hay que indicar las observaciones (--texto o --archivo)"
    )


def plan(estado: str) -> Mesa:
    """Un plan en ese estado; su oficio de envío es el N° 5 del 10-03-2026."""
    return Mesa("plan", "PL-GT-01").hasta(estado)


@pytest.mark.parametrize(
    "evidencia", [(), (oficio("", HOY),), (Evidencia("oficio", "88"),), (pdf(),)], ids=str
)
def test_remitir_lleva_numero_y_fecha(evidencia: tuple[Evidencia, ...]) -> None:
    assert plan("aprobado").rechazo("remitir", evidencia=evidencia).mensaje == (
        "para «remitir a visación técnica» hay que indicar el número y la fecha del oficio "
        "(--oficio, --fecha-oficio)"
    )


def test_visar_adjunta_el_oficio_que_llego() -> None:
    mesa = plan("en_visacion")
    assert mesa.rechazo("visar", evidencia=()).mensaje == (
        "para «registrar visación técnica» hay que indicar el número y la fecha del oficio "
        "(--oficio, --fecha-oficio) y el archivo del oficio (--adjunto)"
    )
    sin_archivo = oficio("231", HOY, responde="5", adjunto=False)
    assert mesa.rechazo("visar", evidencia=(sin_archivo, pdf())).mensaje == (
        "para «registrar visación técnica» hay que indicar el archivo del oficio (--adjunto)"
    )


def test_visar_contesta_el_envio() -> None:
    mesa = plan("en_visacion")
    rechazo = mesa.rechazo("visar", evidencia=(oficio("231", HOY, responde="77"),))
    assert rechazo.mensaje == "el oficio N° 231 no dice que responde al oficio de envío (N° 5)"
    assert rechazo.esperado == "--responde 5"
    assert mesa.decidir("visar", evidencia=(oficio("231", HOY, responde="5"),)).acto == "visar"


def test_la_respuesta_no_es_anterior_al_envio() -> None:
    rechazo = plan("en_visacion").rechazo("visar", evidencia=(oficio("231", AYER, responde="5"),))
    assert rechazo.mensaje == (
        "el oficio N° 231 es del 09-03-2026, anterior al de envío (N° 5, del 10-03-2026)"
    )


def test_devolver_desde_la_visacion_entra_por_oficio() -> None:
    mesa = plan("en_visacion")
    assert mesa.rechazo("devolver", evidencia=()).mensaje == (
        "para «devolver con observaciones» hay que indicar el número y la fecha del oficio "
        "(--oficio, --fecha-oficio) y el archivo del oficio (--adjunto)"
    )
    assert mesa.rechazo("devolver", evidencia=(oficio("B", HOY, responde="77"),)).mensaje == (
        "el oficio N° B no dice que responde al oficio de envío (N° 5)"
    )
    assert mesa.decidir("devolver", evidencia=(oficio("B", HOY),)).acto == "devolver"


def test_tras_un_segundo_envio_se_contesta_el_segundo() -> None:
    mesa = plan("en_visacion").hacer("devolver").hacer("entregar").hacer("enviar").hacer("revisar")
    mesa.hacer("aprobar").hacer("remitir", evidencia=(oficio("118", HOY),))
    assert mesa.rechazo("visar", evidencia=(oficio("C", HOY, responde="5"),)).esperado == "--responde 118"


def con_aprobacion(*formas: str) -> Mesa:
    tipo = SERVICIO.tipos["procedimiento"]._replace(aprobacion=formas)
    return Mesa(servicio=SERVICIO._replace(tipos={**SERVICIO.tipos, "procedimiento": tipo})).hasta(
        "en_aprobacion"
    )


def test_el_tipo_dice_con_que_se_aprueba() -> None:
    mesa = con_aprobacion("pdf_firmado", "resolucion")
    rechazo = mesa.rechazo("aprobar")
    assert rechazo.mensaje == "«aprobar» no trae un respaldo que el circuito acepte"
    assert rechazo.esperado == "PDF firmado, resolución exenta"
    assert mesa.decidir("aprobar", evidencia=(pdf(),)).acto == "aprobar"
    assert mesa.rechazo("aprobar", evidencia=(Evidencia("pdf_firmado"),)).mensaje == rechazo.mensaje


def test_firma_es_el_acto_de_la_propia_persona() -> None:
    mesa = con_aprobacion("firma")
    assert mesa.decidir("aprobar").origen == "por_la_persona"
    archivo = Evidencia("archivo", archivo="x.txt", tamano=1, sha256=resumen("x"))
    assert mesa.rechazo("aprobar", registra="cdoc@s.cl", evidencia=(archivo,)).mensaje == (
        "«aprobar» no trae un respaldo que el circuito acepte"
    )


def test_una_resolucion_trae_numero_y_archivo() -> None:
    mesa = Mesa().hasta("en_aprobacion")
    for incompleta in (Evidencia("resolucion", "412"), Evidencia("resolucion", sha256=resumen("r"))):
        rechazo = mesa.rechazo("aprobar", evidencia=(incompleta, pdf()))
        assert rechazo.mensaje == "la resolución necesita su número y su archivo"
        assert rechazo.hacer == "use --resolucion N y --adjunto F"
    completa = Evidencia("resolucion", "412", HOY, "r.pdf", 1, resumen("r"))
    assert mesa.decidir("aprobar", evidencia=(completa,)).evidencia == (completa,)
