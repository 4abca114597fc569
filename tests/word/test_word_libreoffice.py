"""Con LibreOffice de verdad: la huella y las zonas después de guardar, y el PDF."""

import subprocess
from pathlib import Path

import pytest
from mini_docx import mini_docx

from sgc_gt.dominio.huella import huella
from sgc_gt.errores import ProgramaAusente
from sgc_gt.word import pdf
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.propiedades import leer_propias
from sgc_gt.word.puerta import abrir
from sgc_gt.word.sello import ValoresSello, sellar
from sgc_gt.word.zonas import danos, leer_zonas

_ANIDADA = (
    '<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
    '<w:tr><w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>afuera</w:t></w:r></w:p>'
    '<w:tbl><w:tblPr><w:tblW w:w="3000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid>'
    "<w:tr><w:tc><w:p><w:r><w:t>anidada</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>"
)
_SIGNOS = (
    '<w:p><w:bookmarkStart w:id="500" w:name="_marca"/><w:r><w:t>a</w:t></w:r><w:bookmarkEnd w:id="500"/><w:r>'
    "<w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:softHyphen/>"
    '<w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
)
_REVISION = (
    '<w:p><w:ins w:id="900" w:author="x" w:date="2026-01-01T00:00:00Z"><w:r><w:t>nuevo</w:t></w:r></w:ins><w:r>'
    '<w:t xml:space="preserve"> y </w:t></w:r><w:del w:id="901" w:author="x" w:date="2026-01-01T00:00:00Z"><w:r>'
    "<w:delText>viejo</w:delText></w:r></w:del></w:p>"
)
_SALTO = '<w:p><w:r><w:t>antes</w:t><w:br w:type="page"/><w:t>después</w:t></w:r></w:p>'
_CONTROLES = (
    "<w:p><w:sdt><w:sdtPr><w:alias w:val='Libre'/></w:sdtPr><w:sdtContent><w:r><w:t>en control</w:t></w:r>"
    "</w:sdtContent></w:sdt></w:p><w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>bloque</w:t></w:r></w:p><w:p><w:r>"
    "<w:t>otro</w:t></w:r></w:p></w:sdtContent></w:sdt>"
)
RICO = rf"""toc
T1 Objetivo / p Un texto con  dos espacios y ñandú / T2 Alcance / l1 uno / l2 dos / l1 tres / n1 paso / n2 subpaso
p antes / tabla 3x3 / p después / nota Con nota :: El pie de la nota
enlace el sitio -> https://ejemplo.cl/a%20b?x=1&y=2 / enlace dominio -> https://ejemplo.cl / enlace ir -> #_marca
imagen Una figura & más / tachado borrado / oculto escondido / salto / cuadro dentro del cuadro
campo SEQ Tabla \* ARABIC / campo DOCPROPERTY "sgc:codigo" \* MERGEFORMAT / campo PAGE / campo REF _marca \h
zona codigo / zona version / zona firmas / T1 Registros / tabla a|b;c|d / xml {_ANIDADA}
xml {_SIGNOS}
xml {_REVISION}
xml {_SALTO}
xml {_CONTROLES}
zona cambios
p final"""
VALORES = ValoresSello(
    {"codigo": "PR-GT-01", "version": "02", "titulo": "Gestión", "verificacion": "ab12", "base": "1:00"},
    {"firmas": [["a"] * 6] * 3, "cambios": [["b"] * 6]},
    "BORRADOR",
)


@pytest.fixture(scope="module")
def sellado() -> bytes:
    docx = mini_docx(
        RICO, encabezado="zona titulo / zona codigo / campo PAGE", pie="zona verificacion / p Pie"
    )
    return sellar(docx, VALORES)


@pytest.fixture(scope="module")
def guardado(sellado: bytes) -> bytes:
    return pdf.convertir(sellado, "rico.docx", "docx")


def la_huella(docx: bytes) -> str:
    return huella(forma_normal(docx), None, "t", "m")


@pytest.mark.libreoffice
def test_la_huella_sobrevive_a_guardar_dos_veces(sellado: bytes, guardado: bytes) -> None:
    assert guardado != sellado
    otra_vez = pdf.convertir(guardado, "rico.docx", "docx")
    for docx in (guardado, otra_vez):
        assert forma_normal(docx) == forma_normal(sellado)
        assert la_huella(docx) == la_huella(sellado)


@pytest.mark.libreoffice
def test_las_zonas_se_leen_se_dicen_danadas_y_se_reparan(guardado: bytes) -> None:
    assert leer_zonas(abrir(guardado, "a"))["firmas"].filas == (("a",) * 6,) * 3
    assert {d.clase for d in danos(guardado, VALORES)} == {"etiqueta_perdida"}
    assert leer_propias(abrir(guardado, "a")) == dict(VALORES.textos)
    reparado = sellar(guardado, VALORES)
    assert danos(reparado, VALORES) == []
    assert sellar(reparado, VALORES) == reparado
    assert la_huella(reparado) == la_huella(guardado)


CAMBIOS = {
    "Un texto": "Un textó",
    ">f2c2<": ">f2C2<",
    "El pie de": "El píe de",
    "anidada": "Anidada",
    "dominio": "domini0",
}


@pytest.mark.libreoffice
def test_un_cambio_de_una_letra_tambien_se_nota_despues_de_guardar(sellado: bytes) -> None:
    partes = abrir(sellado, "a")
    cambiados = {}
    for viejo, nuevo in CAMBIOS.items():
        editadas = {n: p.replace(viejo.encode(), nuevo.encode()) for n, p in partes.items()}
        assert editadas != partes, viejo
        cambiados[viejo] = empaquetar(editadas)
    for viejo, guardado in pdf.convertir_varios(cambiados, "docx").items():
        assert la_huella(guardado) != la_huella(sellado), viejo


@pytest.mark.libreoffice
def test_pdf_con_la_marca_visible(sellado: bytes, tmp_path: Path) -> None:
    def gris(docx: bytes) -> int:
        ruta = tmp_path / "a.pdf"
        ruta.write_bytes(pdf.a_pdf(docx, "a.docx"))
        orden = ["pdftoppm", "-r", "20", "-gray", "-singlefile", str(ruta), str(tmp_path / "a")]
        subprocess.run(orden, check=True)
        pixeles = (tmp_path / "a.pgm").read_bytes().split(b"\n", 3)[3]
        return sum(150 < p < 240 for p in pixeles)

    assert gris(sellado) > gris(sellar(sellado, VALORES._replace(marca=None))) + 500


def test_sin_libreoffice_se_dice_en_una_oracion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "_RUTAS_WINDOWS", ())
    monkeypatch.setattr(pdf, "_RUTAS_MAC", ())
    with pytest.raises(ProgramaAusente, match="LibreOffice y no está instalado"):
        pdf.a_pdf(mini_docx("p x"), "a.docx")
