"""El Word de una lista."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from validador import errores_de

from sgc_gt.dominio.tabla import FECHA, NUMERO, Columna, Tabla
from sgc_gt.word.lista import ALTO_A4, ANCHO_A4, lista_docx

TABLA = Tabla(
    "Lista maestra de documentos",
    "Todas las áreas",
    (
        Columna("codigo", "Código"),
        Columna("titulo", "Título"),
        Columna("desde", "Vigente desde", FECHA),
        Columna("cuantos", "Cuántos", NUMERO),
    ),
    tuple(
        {"codigo": f"PR-GT-{n:02d}", "titulo": "A & B <c> " * 6, "desde": date(2026, 3, 9), "cuantos": n}
        for n in range(60)
    ),
    date(2026, 3, 15),
    ("Una nota.",),
)
MEMBRETE = {
    "ministerio": "Ministerio & Cía.",
    "servicio": "Servicio de Ejemplo",
    "codigo": "LM-SGC-01",
    "verificacion": "Código de verificación: 1234",
    "leyenda": "Copia no controlada",
}


def test_dice_lo_que_la_tabla_dice() -> None:
    documento = docx.Document(io.BytesIO(lista_docx(TABLA, MEMBRETE)))
    (tabla,) = documento.tables
    filas = [[celda.text for celda in fila.cells] for fila in tabla.rows]
    assert filas[0] == ["Código", "Título", "Vigente desde", "Cuántos"]
    assert filas[2] == ["PR-GT-01", ("A & B <c> " * 6).strip(), "09-03-2026", "1"]
    assert len(filas) == 61
    assert [p.text for p in documento.paragraphs] == [
        "Lista maestra de documentos",
        "Todas las áreas · Filas: 60",
        "",
        "Una nota.",
    ]


def test_es_apaisada_y_su_encabezado_se_repite() -> None:
    documento = docx.Document(io.BytesIO(lista_docx(TABLA, MEMBRETE)))
    hoja = documento.sections[0]
    assert hoja.orientation == WD_ORIENT.LANDSCAPE
    assert (hoja.page_width.twips, hoja.page_height.twips) == (ANCHO_A4.twips, ALTO_A4.twips)
    primera, segunda = documento.tables[0].rows[0]._tr, documento.tables[0].rows[1]._tr
    assert primera.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert segunda.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None


def test_el_membrete_lleva_corte_y_paginas() -> None:
    documento = docx.Document(io.BytesIO(lista_docx(TABLA, MEMBRETE)))
    encabezado = documento.sections[0].header
    assert [p.text for p in encabezado.paragraphs] == [
        "Ministerio & Cía.\tCódigo: LM-SGC-01",
        "Servicio de Ejemplo\tFecha de corte: 15-03-2026",
        "\tPágina  de ",  # los números son campos
    ]
    campos = [c.get(qn("w:instr")) for c in encabezado._element.iter(qn("w:fldSimple"))]
    assert campos == [" PAGE ", " NUMPAGES "]
    pie = documento.sections[0].footer.paragraphs[0].text
    assert pie == "Copia no controlada\tCódigo de verificación: 1234"


def test_los_mismos_datos_dan_los_mismos_bytes() -> None:
    assert lista_docx(TABLA, MEMBRETE) == lista_docx(TABLA, MEMBRETE)


def test_las_columnas_suman_el_ancho_util() -> None:
    documento = docx.Document(io.BytesIO(lista_docx(TABLA, {})))
    anchos = [int(c.get(qn("w:w"))) for c in documento.tables[0]._tbl.tblGrid.iterchildren()]
    assert 15_000 < sum(anchos) <= 15_137
    assert max(anchos) == anchos[1]


@pytest.mark.validador
def test_el_validador_no_encuentra_errores(tmp_path: Path) -> None:
    (con_filas := tmp_path / "lista.docx").write_bytes(lista_docx(TABLA, MEMBRETE))
    (vacia := tmp_path / "vacía.docx").write_bytes(lista_docx(TABLA._replace(filas=()), MEMBRETE))
    assert errores_de(con_filas, vacia) == {}


@pytest.mark.libreoffice
def test_en_pdf_el_encabezado_esta_en_cada_pagina(tmp_path: Path) -> None:
    soffice, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    if not soffice or not pdftotext:
        pytest.skip("no está LibreOffice")
    (tmp_path / "lista.docx").write_bytes(lista_docx(TABLA, MEMBRETE))
    perfil = f"-env:UserInstallation={(tmp_path / 'perfil').as_uri()}"
    orden = [
        soffice,
        perfil,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
        tmp_path / "lista.docx",
    ]
    subprocess.run(orden, check=True, capture_output=True, timeout=180)
    texto = subprocess.run(
        [pdftotext, "-layout", tmp_path / "lista.pdf", "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    paginas = texto.split("\f")[:-1]
    assert len(paginas) > 1
    for numero, pagina in enumerate(paginas, start=1):
        assert f"Página {numero} de {len(paginas)}" in pagina
        assert "Vigente desde" in pagina
