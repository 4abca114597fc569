"""PDF: muchos documentos con una sola partida de LibreOffice, con título, idioma y estructura."""

import io

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
    for contenido in hechos.values():
        assert b"sgc-" not in contenido  # nada de la carpeta en que se hizo


def test_uno_que_no_es_word_se_nombra_y_no_se_abre_nada() -> None:
    with pytest.raises(EntradaInvalida, match=r"dos\.docx"):
        pdf.a_pdf_varios({"uno.docx": mini_docx("p x"), "dos.docx": b"%PDF-1.7"})


def test_ninguno() -> None:
    assert pdf.a_pdf_varios({}) == {}
