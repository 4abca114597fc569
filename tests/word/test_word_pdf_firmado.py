"""Un PDF firmado de verdad: entero, alterado, agregado, sin firma y sin con qué mirarlo."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from firmas_pdf import EMISOR, FIRMANTE, firmar_pdf
from pypdf import PdfReader, PdfWriter

from sgc_gt.dominio.pdf_firmado import NO_COMPROBADA, NOTA, SIN_MIRAR, Cotejo, nota, oraciones
from sgc_gt.ejemplo.evidencia import pdf
from sgc_gt.word import pdf_firmado
from sgc_gt.word.pdf_firmado import leer_pdf

HOJA = pdf("hoja.pdf", "Objetivo", "Ordenar la entrega de los subsidios.").contenido


@pytest.fixture(scope="module")
def firmado(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return firmar_pdf(HOJA, tmp_path_factory.mktemp("firma"))


def test_entero(firmado: bytes) -> None:
    leido = leer_pdf(firmado)
    [firma] = leido.firmas or ()
    assert (firma.quien, firma.emisor, firma.resumen) == (FIRMANTE, EMISOR, "sha256")
    assert (firma.integra, firma.cubre_todo, firma.posterior, firma.rota) == (True, True, "", False)
    assert (firma.sellada, firma.fecha != "") == (False, True)
    assert leido.renglones[:2] == ("Objetivo", "Ordenar la entrega de los subsidios.")


def test_un_byte_del_texto_cambiado(firmado: bytes) -> None:
    alterado = firmado.replace(b"entrega", b"Entrega", 1)
    assert alterado != firmado
    [firma] = leer_pdf(alterado).firmas or ()
    assert (firma.quien, firma.integra, firma.rota) == (FIRMANTE, False, True)


def test_una_pagina_agregada_despues_de_firmar(firmado: bytes) -> None:
    escritor = PdfWriter(io.BytesIO(firmado), incremental=True)
    escritor.add_blank_page(595, 842)
    salida = io.BytesIO()
    escritor.write(salida)
    alterado = salida.getvalue()
    assert alterado.startswith(firmado)
    assert len(PdfReader(io.BytesIO(alterado)).pages) == 2
    [firma] = leer_pdf(alterado).firmas or ()
    assert firma.rota
    assert not firma.cubre_todo


def test_una_segunda_firma_no_rompe_la_primera(firmado: bytes, tmp_path: Path) -> None:
    primera, segunda = leer_pdf(firmar_pdf(firmado, tmp_path, "Firma2")).firmas or ()
    assert (primera.cubre_todo, primera.posterior, primera.rota) == (False, "permitido", False)
    assert (segunda.cubre_todo, segunda.rota) == (True, False)


def test_sin_firma_y_sin_texto() -> None:
    assert leer_pdf(HOJA).firmas == ()
    assert leer_pdf(b"%PDF-1.4\n% nada\n%%EOF\n").problema == "no se pudo leer"
    assert (
        leer_pdf(b"%PDF-1.4\n/ByteRange [0 1 2 3]\n%%EOF\n").firmas != ()
    )  # dice traer firma y no se entiende


def test_sin_con_que_comprobar_se_dice(firmado: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_firmado, "find_spec", lambda _: None)
    leido = leer_pdf(firmado)
    assert leido.firmas is None
    anotado = nota("a.pdf", leido, Cotejo(SIN_MIRAR))
    assert anotado["firmas"] == NO_COMPROBADA
    assert list(oraciones({NOTA: [anotado]})) == [
        "a.pdf: trae una firma electrónica que no se comprobó (falta instalar sgc-gt[firma])."
    ]


def test_lo_que_se_dice_no_pasa_de_lo_mirado(firmado: bytes) -> None:
    [dicho] = oraciones({NOTA: [nota("a.pdf", leer_pdf(firmado), Cotejo(SIN_MIRAR))]})
    assert dicho.startswith(f"a.pdf: firmado por {FIRMANTE}, certificado de {EMISOR}, el 20")
    assert "(según quien firmó)" in dicho
    assert dicho.endswith("e íntegro; la cadena de certificados no se comprobó.")
