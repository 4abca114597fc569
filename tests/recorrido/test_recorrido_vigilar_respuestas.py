"""Las respuestas llegan donde la persona trabaja: una copia de su archivo, con comentarios en su lugar."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from carpetas_conectadas import Conectada
from casa import Casa, escribir_en_word
from test_recorrido_observaciones import contestar

from sgc_gt.word.comentarios import leer_comentarios

OBSERVA = "devolver PR-FOM-01 --texto 'Falta el plazo' --seccion Objetivo"


@pytest.fixture
def conectada(casa: Casa) -> Conectada:
    return Conectada(casa)


def con_observaciones(archivo: Path) -> Path:
    return archivo.with_name(f"{archivo.stem} (con observaciones).docx")


def devuelto(conectada: Conectada) -> Path:
    """Un borrador enviado y devuelto con una observación, ya de vuelta en la carpeta."""
    archivo = conectada.abrir()
    conectada.escribir(archivo)
    conectada.sucesos()
    conectada.casa.hace("enviar PR-FOM-01", de="cr1")
    conectada.sucesos()
    conectada.casa.hace(OBSERVA, de="egt")
    assert conectada.sucesos() == ["puesto", "respondido"]
    return archivo


def test_lo_que_el_chequeo_halla_vuelve_como_comentarios(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    conectada.escribir(archivo, "Vea la sección 14 y complete [completar].")
    assert conectada.sucesos() == ["recibido", "respondido"]
    dichos = [c.texto for c in leer_comentarios(con_observaciones(archivo).read_bytes())]
    assert any("[completar]" in d for d in dichos), dichos
    assert conectada.sucesos() == [], "la copia del sistema no vuelve como entrega"


def test_la_observacion_de_un_revisor_llega_y_lo_contestado_viaja(conectada: Conectada) -> None:
    archivo = devuelto(conectada)
    copia = con_observaciones(archivo)
    assert any("Falta el plazo" in c.texto for c in leer_comentarios(copia.read_bytes()))
    contestar(copia, "Se agregó: diez días")
    assert conectada.sucesos() == ["contestado"]
    conectada.escribir(archivo, "El plazo es de diez días.")
    assert "recibido" in conectada.sucesos()
    [envio] = conectada.casa.hace("enviar PR-FOM-01", de="cr1")
    assert envio["estado"] == "en_revision"
    respuestas = conectada.ultimo()["extra"]["respuestas"]
    assert list(respuestas.values()) == ["Se agregó: diez días"]
    assert conectada.sucesos() == ["retirado"]
    assert list(conectada.carpeta().iterdir()) == []


def test_lo_corregido_en_la_copia_con_observaciones_se_recibe(conectada: Conectada) -> None:
    """Quien elabora corrige donde ve los comentarios, y ahí mismo contesta: es lo natural."""
    archivo = devuelto(conectada)
    copia = con_observaciones(archivo)
    contestar(copia, "Se agregó: diez días")
    escribir_en_word(copia, "El plazo es de diez días.")
    sucesos = conectada.sucesos()
    assert {"contestado", "recibido", "repuesto"} <= set(sucesos), sucesos
    assert "El plazo es de diez días." in [p.text for p in docx.Document(str(archivo)).paragraphs]
    assert conectada.sucesos() == []
    conectada.casa.hace("enviar PR-FOM-01", de="cr1")
    assert list(conectada.ultimo()["extra"]["respuestas"].values()) == ["Se agregó: diez días"]


def test_corregir_en_los_dos_lados_no_pierde_ninguno(conectada: Conectada) -> None:
    archivo = devuelto(conectada)
    copia = con_observaciones(archivo)
    escribir_en_word(copia, "Escrito en la copia.")
    escribir_en_word(archivo, "Escrito en el borrador.")
    sucesos = conectada.sucesos()
    assert sucesos.count("recibido") == 1, sucesos
    assert "negado" in sucesos
    escritos = {
        p.text for hay in conectada.carpeta().glob("*.docx") for p in docx.Document(str(hay)).paragraphs
    }
    assert {"Escrito en la copia.", "Escrito en el borrador."} <= escritos


def test_las_observaciones_llegan_aunque_el_archivo_no_haya_salido_de_la_carpeta(
    conectada: Conectada,
) -> None:
    """Nadie miró la carpeta entre el envío y la devolución."""
    archivo = conectada.abrir()
    conectada.escribir(archivo)
    conectada.sucesos()
    conectada.casa.hace("enviar PR-FOM-01", de="cr1")
    conectada.casa.hace(OBSERVA, de="egt")
    assert "respondido" in conectada.sucesos()
    assert any("Falta el plazo" in c.texto for c in leer_comentarios(con_observaciones(archivo).read_bytes()))
    assert conectada.sucesos() == []


def test_un_segundo_envio_no_culpa_a_nadie_de_lo_que_el_sistema_imprimio(conectada: Conectada) -> None:
    """El control de cambios del primer envío sigue en el archivo: nadie lo escribió a mano."""
    archivo = devuelto(conectada)
    conectada.escribir(archivo, "El plazo es de diez días.")
    conectada.sucesos()
    conectada.casa.hace("enviar PR-FOM-01", de="cr1")
    assert "reparado" not in conectada.ultimo()["extra"]


def test_cuando_se_recibe_el_aviso_de_no_recibido_se_va(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    bueno = archivo.read_bytes()
    archivo.write_bytes(b"\xff\xd8\xff\xe0 una foto renombrada")
    assert conectada.sucesos() == ["negado"]
    aviso = archivo.with_name("PR-FOM-01_v02 (no se recibió).txt")
    assert aviso.exists()
    archivo.write_bytes(bueno)
    conectada.escribir(archivo)
    assert "recibido" in conectada.sucesos()
    assert not aviso.exists()


def test_lo_contestado_a_un_comentario_del_chequeo_no_se_borra(conectada: Conectada) -> None:
    """Eso no viaja con ningún envío: solo está en la copia, y ahí se queda."""
    archivo = conectada.abrir()
    conectada.escribir(archivo, "Complete [completar].")
    assert "respondido" in conectada.sucesos()
    copia = con_observaciones(archivo)
    contestar(copia, "Falta que lo diga la División")
    assert "escrito_en_la_copia" in conectada.sucesos()
    conectada.escribir(archivo, "Ya está completo.")
    conectada.sucesos()
    conectada.casa.orden("enviar PR-FOM-01", de="cr1")
    conectada.sucesos()
    assert "Falta que lo diga la División" in [c.texto for c in leer_comentarios(copia.read_bytes())]
