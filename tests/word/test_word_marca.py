"""La marca de una copia en cada formato: en cada página y sin perder nada de lo que el archivo traía."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from mini_docx import mini_docx
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from sgc_gt.errores import EntradaInvalida
from sgc_gt.word import marca_pdf, marca_xlsx, pdf
from sgc_gt.word.controlada import sin_no_controlada
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.marca import marcar

AGUA = "DOCUMENTO OBSOLETO"
LEYENDA = f"{AGUA} desde el 05-05-2025: reemplazada por la versión 02 & <otra>. Se conserva como evidencia."


def dificil() -> bytes:
    """Ningún encabezado, primera página y pares distintas, una sección apaisada con encabezado propio, A5 al final."""
    documento = docx.Document()
    documento.settings.odd_and_even_pages_header_footer = True
    documento.sections[0].different_first_page_header_footer = True
    for n in range(3):
        documento.add_paragraph(f"Página {n}").add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    apaisada = documento.add_section(WD_SECTION.NEW_PAGE)
    apaisada.orientation = WD_ORIENT.LANDSCAPE
    apaisada.page_width, apaisada.page_height = apaisada.page_height, apaisada.page_width
    apaisada.header.is_linked_to_previous = False
    apaisada.header.paragraphs[0].text = "Encabezado de la apaisada"
    documento.add_paragraph("Una tabla ancha").add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    chica = documento.add_section(WD_SECTION.NEW_PAGE)
    chica.page_width, chica.page_height = docx.shared.Mm(148), docx.shared.Mm(210)
    documento.add_paragraph("Final")
    salida = io.BytesIO()
    documento.save(salida)
    return salida.getvalue()


def paginas(contenido: bytes, carpeta: Path) -> list[str]:
    """El texto de cada página, como lo busca quien abre el PDF."""
    archivo = carpeta / "a.pdf"
    archivo.write_bytes(contenido)
    dicho = subprocess.run(["pdftotext", "-raw", str(archivo), "-"], capture_output=True, check=True).stdout
    return [" ".join(p.split()) for p in dicho.decode().split("\f")[:-1]]


@pytest.mark.libreoffice
def test_cada_pagina_del_word_impreso_dice_la_marca(tmp_path: Path) -> None:
    impresas = paginas(pdf.a_pdf(marcar(dificil(), AGUA, LEYENDA), "a.docx"), tmp_path)
    assert len(impresas) >= 5
    assert [p.count(LEYENDA) for p in impresas] == [1] * len(impresas)


def test_la_marca_no_cambia_lo_que_el_documento_dice_y_se_quita_entera() -> None:
    original = mini_docx("T1 Objetivo / p Ordenar / tabla 2x2", encabezado="p Servicio", pie="p Pie")
    marcado = marcar(original, AGUA, LEYENDA)
    assert escape(LEYENDA) in zipfile.ZipFile(io.BytesIO(marcado)).read("word/header1.xml").decode()
    assert forma_normal(marcado).bloques == forma_normal(original).bloques
    assert marcar(marcar(marcado, "OTRA", "Otra"), AGUA, LEYENDA) == marcado
    assert marcar(marcado, None) == marcar(original, None)


@pytest.mark.parametrize(
    ("pie", "queda", "dice"),
    [
        ("p Copia impresa no controlada / p Otro dato", False, "Otro dato"),
        ("p COPIA NO CONTROLADA / zona codigo", False, "Dato"),
        (
            "xml <w:p><w:r><w:t>Copia no controlada</w:t><w:tab/><w:t>Página 1</w:t></w:r></w:p>",
            True,
            "Página 1",
        ),
        ("p Copia controlada", False, "Copia controlada"),
    ],
)
def test_una_copia_controlada_no_dice_lo_contrario_al_pie(pie: str, queda: bool, dice: str) -> None:
    docx_, sigue = sin_no_controlada(mini_docx("p Una copia no controlada es la que no se sigue.", pie=pie))
    partes = zipfile.ZipFile(io.BytesIO(docx_))
    pie_ = partes.read("word/footer1.xml").decode()
    assert sigue == queda
    assert dice in pie_
    assert ("no controlada" in pie_.lower()) == queda
    assert "no controlada es la que" in partes.read("word/document.xml").decode()  # el texto no se toca


def _hojas(*giros: int, recorte: tuple[float, float, float, float] | None = None) -> bytes:
    escritor = PdfWriter()
    for giro in giros:
        pagina = escritor.add_page(PageObject.create_blank_page(width=612, height=1008)).rotate(giro)
        if recorte:
            pagina.cropbox = RectangleObject(recorte)
    salida = io.BytesIO()
    escritor.write(salida)
    return salida.getvalue()


def donde_dice(pagina: PageObject, que: str) -> list[tuple[float, float]]:
    """En qué puntos de la página empieza ese texto."""
    lugares: list[tuple[float, float]] = []

    def anotar(texto: str, cm: list[float], tm: list[float], *_: object) -> None:
        if que in texto:
            a, b, c, d, e, f = cm
            lugares.append((tm[4] * a + tm[5] * c + e, tm[4] * b + tm[5] * d + f))

    pagina.extract_text(visitor_text=anotar)
    return lugares


@pytest.mark.parametrize("recorte", [None, (100, 300, 500, 700), (0, 0, 5000, 5000)])
def test_un_pdf_girado_o_recortado_lleva_la_marca_al_pie_de_lo_que_se_ve(
    recorte: tuple[float, float, float, float] | None,
) -> None:
    original = _hojas(0, 90, 180, 270, recorte=recorte)
    marcado = marca_pdf.marcar_pdf(original, AGUA, LEYENDA, "a.pdf")
    x0, y0, x1, y1 = recorte if recorte and recorte[2] < 1000 else (0, 0, 612, 1008)
    for pagina in PdfReader(io.BytesIO(marcado)).pages:
        [(x, y)] = donde_dice(pagina, "OBSOLETO desde")
        borde = {0: y - y0, 90: x1 - x, 180: y1 - y, 270: x - x0}[pagina.rotation % 360]
        assert 0 < borde < 40, (pagina.rotation, x, y)


def test_lo_firmado_sigue_entero_dentro_de_la_copia_marcada(tmp_path: Path) -> None:
    from firmas_pdf import firmar_pdf  # noqa: PLC0415

    from sgc_gt.word.pdf_firmado import leer_pdf  # noqa: PLC0415

    original = firmar_pdf(_hojas(0), tmp_path)
    marcado = marca_pdf.marcar_pdf(original, AGUA, LEYENDA, "a.pdf")
    assert marcado.startswith(original)
    assert hashlib.sha256(original).hexdigest() in marca_pdf.resumenes(marcado)
    [antes], [despues] = leer_pdf(original).firmas, leer_pdf(marcado).firmas
    assert antes.integra
    assert despues.integra
    assert (antes.cubre_todo, despues.cubre_todo) == (True, False)  # se ve que la marca vino después
    assert hashlib.sha256(original).hexdigest() not in marca_pdf.resumenes(_hojas(90))


def test_un_pdf_con_contrasena_o_roto_no_sale_sin_marca() -> None:
    escritor = PdfWriter(clone_from=io.BytesIO(_hojas(0)))
    escritor.encrypt("", "clave", algorithm="RC4-128")
    salida = io.BytesIO()
    escritor.write(salida)
    with pytest.raises(EntradaInvalida, match="contraseña"):
        marca_pdf.marcar_pdf(salida.getvalue(), AGUA, LEYENDA, "a.pdf")
    for roto in (b"%PDF-1.4\n%%EOF\n", _hojas(0)[:200], b""):
        with pytest.raises(EntradaInvalida, match="mal formado"):
            marca_pdf.marcar_pdf(roto, AGUA, LEYENDA, "a.pdf")


def test_la_planilla_lleva_la_marca_en_cada_hoja_y_lo_demas_queda_igual() -> None:
    libro = openpyxl.Workbook()
    libro.active.oddHeader.left.text = "Servicio"
    libro.active.oddHeader.center.text = "Formulario"
    otra = libro.create_sheet("Otra")
    otra["A1"] = "=1+1"
    otra.HeaderFooter.differentFirst = True
    salida = io.BytesIO()
    libro.save(salida)
    marcado = marca_xlsx.marcar_xlsx(salida.getvalue(), AGUA, LEYENDA, "a.xlsx")
    leido = openpyxl.load_workbook(io.BytesIO(marcado))
    una, dos = leido.worksheets
    assert AGUA in una.oddHeader.center.text
    assert "Formulario" in una.oddHeader.center.text
    assert una.oddHeader.left.text == "Servicio"
    assert "Se conserva" in una.oddFooter.center.text
    assert AGUA in dos.oddHeader.center.text
    assert AGUA in dos.firstHeader.center.text
    assert dos["A1"].value == "=1+1"
    antes, despues = (zipfile.ZipFile(io.BytesIO(b)) for b in (salida.getvalue(), marcado))
    assert set(antes.namelist()) == set(despues.namelist())
    for nombre in antes.namelist():
        assert "worksheets/" in nombre or antes.read(nombre) == despues.read(nombre), nombre
