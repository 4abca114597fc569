"""Cuándo ocurrió, cuándo se anota y qué lo prueba."""

from __future__ import annotations

from datetime import date, timedelta

from mesa_dominio import Mesa, oficio, pdf

AYER, HOY, MANANA = date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11)


def test_un_acto_no_ocurre_en_el_futuro() -> None:
    rechazo = Mesa().rechazo("crear", fecha=MANANA)
    assert rechazo.mensaje == "la fecha del acto, 11-03-2026, es futura (hoy es 10-03-2026)"
    assert rechazo.esperado == "una fecha hasta hoy; la vigencia sí puede ser futura (--vigente-desde)"


def test_una_fecha_que_no_es_hoy_se_prueba() -> None:
    rechazo = Mesa().rechazo("crear", fecha=AYER)
    assert rechazo.mensaje == "la fecha 09-03-2026 no es la de hoy y no hay evidencia que la diga"
    assert rechazo.hacer == "adjunte el documento que prueba la fecha, o registre el acto con fecha de hoy"
    assert Mesa().rechazo("crear", fecha=AYER, evidencia=(oficio("7", AYER, adjunto=False),)).mensaje == (
        "la fecha 09-03-2026 no es la de hoy y no hay evidencia que la diga"
    )
    assert Mesa().decidir("crear", fecha=AYER, evidencia=(pdf(),)).fecha == AYER


def test_las_fechas_de_un_documento_no_retroceden() -> None:
    rechazo = Mesa().hasta("en_revision").rechazo("revisar", fecha=AYER, evidencia=(pdf(),))
    assert rechazo.mensaje == (
        "la fecha 09-03-2026 es anterior al último acto del documento (enviar a revisión, 10-03-2026)"
    )
    assert rechazo.esperado == "una fecha desde el 10-03-2026"
    assert rechazo.hacer == "las fechas de un documento no retroceden: revise la fecha o la evidencia"


def test_un_reloj_atrasado_no_anota() -> None:
    mesa = Mesa().hasta("en_revision")
    mesa.ahora -= timedelta(hours=2)
    rechazo = mesa.rechazo("revisar")
    assert rechazo.mensaje == (
        "el reloj dice 10-03-2026, 07:03, y el último acto del documento (enviar a revisión) "
        "se anotó el 10-03-2026, 09:02"
    )
    assert rechazo.hacer == (
        "corrija la fecha y la hora de este equipo y repita la orden; si están bien, la equivocada es la de ese "
        "movimiento: vuelva al último respaldo anterior a él y anote de nuevo lo que siguió"
    )


def test_un_reloj_atrasado_un_dia_no_ve_un_estado_anterior() -> None:
    """Con el reloj en ayer el documento no «vuelve» a su estado de ayer."""
    mesa = Mesa().hasta("borrador").dia(1).hacer("enviar")
    mesa.ahora -= timedelta(days=1)
    assert mesa.rechazo("enviar").mensaje.startswith("el reloj dice")


def test_dos_actos_en_el_mismo_segundo() -> None:
    mesa = Mesa().hacer("crear")
    mesa.ahora -= timedelta(minutes=1)
    assert mesa.decidir("entregar").n == 2


def test_el_respaldo_ya_existia_cuando_ocurrio_el_acto() -> None:
    mesa = Mesa("plan", "PL-GT-01").hasta("aprobado")
    rechazo = mesa.rechazo("remitir", evidencia=(oficio("88", MANANA),))
    assert rechazo.mensaje == (
        "el respaldo (oficio N° 88) es del 11-03-2026, posterior a la fecha del acto (10-03-2026)"
    )
    assert rechazo.hacer == "revise la fecha del respaldo (--fecha-oficio) o la del acto (--fecha)"
    assert mesa.decidir("remitir", evidencia=(oficio("88", AYER),)).acto == "remitir"


def test_la_vigencia_comienza_desde_la_emision() -> None:
    mesa = Mesa().hasta("aprobado")
    rechazo = mesa.rechazo("emitir", vigente_desde=AYER)
    assert rechazo.mensaje == ("la vigencia (09-03-2026) no puede comenzar antes de la emisión (10-03-2026)")
    assert mesa.decidir("emitir", vigente_desde=HOY).vigente_desde == HOY
    assert mesa.decidir("emitir", vigente_desde=date(2027, 1, 1)).vigente_desde == date(2027, 1, 1)


def test_la_vigencia_se_dice_solo_al_emitir() -> None:
    rechazo = Mesa().hasta("en_aprobacion").rechazo("aprobar", vigente_desde=MANANA)
    assert rechazo.mensaje == "«aprobar» no fija desde cuándo rige el documento"
    assert rechazo.hacer == "la fecha de vigencia se dice al emitir (--vigente-desde)"


def test_un_registro_no_espera_para_quedar_archivado() -> None:
    mesa = Mesa("acta", "RG-SGC-05/2026/001").hasta("aprobado")
    assert mesa.rechazo("emitir", vigente_desde=MANANA).mensaje == (
        "un registro queda archivado el día en que se emite: no tiene vigencia futura"
    )


def test_la_fecha_de_un_registro_la_dice_el_registro() -> None:
    mesa = Mesa("archivo", "RG-SGC-05/2025/001")
    assert mesa.decidir("registrar", fecha=date(2025, 12, 30)).fecha == date(2025, 12, 30)
