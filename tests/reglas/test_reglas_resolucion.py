"""El borrador de la resolución que aprueba varios documentos."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from validador import errores_de

from sgc_gt.word.pdf import a_pdf
from sgc_gt.word.resolucion import resolucion_docx

DATOS: dict[str, Any] = {
    "ministerio": "Ministerio de Ejemplo & Cía.",
    "servicio": "Servicio <de> Ejemplo",
    "cargo": "Jefe/a de Servicio",
    "documentos": [
        {"codigo": "PR-GT-01", "titulo": "Uno & <dos>", "version": "03", "verificacion": "A1B2-C3D4"},
        {"codigo": "PR-SGC-01", "titulo": "Control", "version": "02.1", "verificacion": "0000-FFFF"},
    ],
}
MUCHOS = [{**DATOS["documentos"][0], "codigo": f"PR-GT-{n:02d}"} for n in range(1, 61)]


def abrir(**cambios: Any) -> Any:
    return docx.Document(io.BytesIO(resolucion_docx({**DATOS, **cambios})))


def texto(**cambios: Any) -> str:
    return "\n".join(p.text for p in abrir(**cambios).paragraphs)


def test_la_tabla_individualiza_cada_documento() -> None:
    [tabla] = abrir().tables
    assert [[celda.text for celda in fila.cells] for fila in tabla.rows] == [
        ["Código", "Título", "Versión", "Código de verificación"],
        ["PR-GT-01", "Uno & <dos>", "03", "A1B2-C3D4"],
        ["PR-SGC-01", "Control", "02.1", "0000-FFFF"],
    ]
    assert tabla.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_trae_las_partes_de_una_resolucion_en_su_orden() -> None:
    partes = [
        *("MATERIA: ", "RESOLUCIÓN EXENTA N°", "VISTOS", "CONSIDERANDO", "RESUELVO", "APRUÉBANSE"),
        *("ANÓTESE, COMUNÍQUESE Y ARCHÍVESE.", "[completar: nombre]", "Jefe/a de Servicio"),
    ]
    lugares = [texto().index(parte) for parte in partes]
    assert lugares == sorted(lugares)
    assert "Aprueba 2 documentos del sistema" in texto()


def test_uno_solo_se_dice_en_singular() -> None:
    uno = texto(documentos=DATOS["documentos"][:1])
    assert "APRUÉBASE el siguiente documento" in uno
    assert "el documento que se individualiza en la parte resolutiva cumplió" in uno
    assert "Aprueba un documento" in uno


def test_la_calidad_se_imprime_o_se_pide() -> None:
    assert "[completar: calidad en que firma" in texto()
    assert "\n(S)\n" in texto(calidad="(S)")
    assert "completar: calidad" not in texto(calidad="(S)")


def test_no_da_por_cierta_ninguna_norma() -> None:
    vistos = texto().partition("VISTOS")[2].partition("CONSIDERANDO")[0]
    assert vistos.count("[completar por Fiscalía") == 3
    assert re.findall(r"(?i)\b(?:ley|decreto|DFL|DS|circular)\b", texto()) == []


def test_dice_borrador_en_el_texto_en_el_pie_y_en_la_marca_de_agua() -> None:
    documento = abrir()
    assert documento.paragraphs[0].text.startswith("BORRADOR")
    assert documento.sections[0].footer.paragraphs[0].text.startswith("Borrador: no produce efectos")
    assert 'string="BORRADOR"' in documento.sections[0].header._element.xml


def test_los_mismos_datos_dan_los_mismos_bytes() -> None:
    assert resolucion_docx(DATOS) == resolucion_docx(json.loads(json.dumps(DATOS)))
    with zipfile.ZipFile(io.BytesIO(resolucion_docx(DATOS))) as archivo:
        assert archivo.namelist()[0] == "[Content_Types].xml"


@pytest.mark.validador
def test_el_validador_no_encuentra_errores(tmp_path: Path) -> None:
    casos = {"dos": DATOS["documentos"], "sesenta": MUCHOS, "ninguno": []}
    for nombre, documentos in casos.items():
        (tmp_path / f"{nombre}.docx").write_bytes(resolucion_docx({**DATOS, "documentos": documentos}))
    assert errores_de(*(tmp_path / f"{nombre}.docx" for nombre in casos)) == {}


@pytest.mark.libreoffice
def test_en_pdf_una_lista_larga_repite_su_encabezado(tmp_path: Path) -> None:
    pdftotext = shutil.which("pdftotext")
    if not shutil.which("soffice") or not pdftotext:
        pytest.skip("no está LibreOffice")
    (tmp_path / "r.pdf").write_bytes(a_pdf(resolucion_docx({**DATOS, "documentos": MUCHOS}), "r.docx"))
    salida = subprocess.run([pdftotext, "-layout", tmp_path / "r.pdf", "-"], capture_output=True, check=True)
    paginas = salida.stdout.decode().split("\f")[:-1]
    con_filas = [pagina for pagina in paginas if "PR-GT-" in pagina]
    assert len(con_filas) > 1
    assert all("Código de verificación" in pagina for pagina in con_filas)
    assert [f"Página {n} de {len(paginas)}" in p for n, p in enumerate(paginas, 1)] == [True] * len(paginas)
