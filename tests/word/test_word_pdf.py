"""PDF: muchos documentos con una sola partida de LibreOffice, con título, idioma y estructura."""

import io
import os
import time
from pathlib import Path

import pytest
from mini_docx import mini_docx, mini_partes
from pypdf import PdfReader

from sgc_gt.errores import EntradaInvalida
from sgc_gt.word import pdf
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.propiedades import poner_nucleo


def _con_titulo(guion: str, titulo: str) -> bytes:
    partes = mini_partes(guion)
    poner_nucleo(partes, {"dc:title": titulo})
    return empaquetar(partes)


@pytest.mark.libreoffice
def test_muchos_de_una_vez_y_cada_uno_accesible() -> None:
    hechos = pdf.a_pdf_varios(
        {
            "uno.docx": _con_titulo("T1 Objetivo / p Ordenar", "Compras"),
            "otra/dos.docx": mini_docx("p Segundo"),
        }
    )
    assert list(hechos) == ["uno.docx", "otra/dos.docx"]
    uno, dos = (PdfReader(io.BytesIO(contenido)) for contenido in hechos.values())
    assert "Ordenar" in uno.pages[0].extract_text()
    assert "Segundo" in dos.pages[0].extract_text()
    assert uno.metadata is not None
    assert uno.metadata.title == "Compras"
    assert uno.root_object["/MarkInfo"]["/Marked"]
    assert uno.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert [pdf_.root_object["/Lang"] for pdf_ in (uno, dos)] == ["es-CL", "es-CL"]
    for contenido in hechos.values():
        assert b"sgc-" not in contenido  # nada de la carpeta en que se hizo


def test_uno_que_no_es_word_se_nombra_y_no_se_abre_nada() -> None:
    with pytest.raises(EntradaInvalida, match=r"dos\.docx"):
        pdf.a_pdf_varios({"uno.docx": mini_docx("p x"), "dos.docx": b"%PDF-1.7"})


@pytest.mark.skipif(os.name == "nt", reason="el programa que se cuelga es un guion de shell")
def test_un_programa_que_no_termina_se_corta_entero(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programa = tmp_path / "soffice"
    programa.write_text(f"#!/bin/sh\nsleep 60 & echo $! > {tmp_path}/hijo; wait\n")
    programa.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(pdf, "TIEMPO_MAXIMO_S", 2)
    with pytest.raises(EntradaInvalida, match=r"no pudo convertir el documento en 2 segundos"):
        pdf.a_pdf(mini_docx("p x"), "a.docx")
    hijo = int((tmp_path / "hijo").read_text())
    for _ in range(50):
        estado = Path(f"/proc/{hijo}/stat")
        if not estado.exists() or estado.read_text().split()[2] == "Z":
            return
        time.sleep(0.1)
    pytest.fail("el proceso hijo sigue corriendo")


def test_ninguno() -> None:
    assert pdf.a_pdf_varios({}) == {}
