"""Los encabezados ajenos: hallar cada dato, envolverlo en su zona sin mover nada, y sellarlo."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from mini_docx import mini_docx

from sgc_gt.word import pdf
from sgc_gt.word.encabezados_ajenos import Familia, familia, mapear, zonas_mapeadas
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.nombres import NS, q
from sgc_gt.word.pedazos import envolver_texto
from sgc_gt.word.pedazos import texto_de as texto_parrafo
from sgc_gt.word.puerta import abrir
from sgc_gt.word.sello import ValoresSello, sellar

NUEVOS = ValoresSello(
    {"codigo": "PR-GT-09", "version": "07", "fecha": "01-01-2027", "titulo": "Otro título", "vigencia": "02-01-2027"}, {}, None
)  # fmt: skip
DE_TABLA = (
    "tabla Servicio Nacional de Fomento|PROCEDIMIENTO DE COMPRAS|Código: PR-FOM-03;"
    "SISTEMA DE GESTIÓN DE LA CALIDAD||Versión: 03;|Fecha: 15 de marzo de 2024|Página 1 de 3"
)


def muestras(docx: bytes, **valores: str) -> dict[str, str]:
    return {c.zona: c.muestra for c in familia(abrir(docx, "x"), valores).celdas}


def textos(docx: bytes, parte: str = "word/header1.xml") -> list[str]:
    """El texto de cada párrafo con texto de un encabezado."""
    raiz = etree.fromstring(abrir(docx, "x")[parte])
    leidos = ("".join(t.text or "" for t in p.iter(q("w:t"))) for p in raiz.iter(q("w:p")))
    return [texto for texto in leidos if texto]


@pytest.mark.parametrize(
    ("encabezado", "hallado", "sellado"),
    [
        (
            DE_TABLA,
            {"codigo": "PR-FOM-03", "version": "03", "fecha": "15 de marzo de 2024", "titulo": "PROCEDIMIENTO DE COMPRAS"},
            ["Servicio Nacional de Fomento", "Otro título", "Código: PR-GT-09", "SISTEMA DE GESTIÓN DE LA CALIDAD",
             "Versión: 07", "Fecha: 01-01-2027", "Página 1 de 3"],
        ),
        (
            "tabla Código|Versión|Fecha;PR-FOM-03|Rev. N.º 02|15-03-2024",
            {"codigo": "PR-FOM-03", "version": "02", "fecha": "15-03-2024"},
            ["Código", "Versión", "Fecha", "PR-GT-09", "Rev. N.º 07", "01-01-2027"],
        ),
        (
            "p Código: PPGC\tVersión: 02\tVigente desde: 15-03-2024",
            {"codigo": "PPGC", "version": "02", "vigencia": "15-03-2024"},
            ["Código: PR-GT-09\tVersión: 07\tVigente desde: 02-01-2027"],
        ),
        (
            "p CÓDIGO / p PR_FOM_03 / p VERSIÓN N° / p 02 / p Manual de la calidad",
            {"codigo": "PR_FOM_03", "version": "02", "titulo": "Manual de la calidad"},
            ["CÓDIGO", "PR-GT-09", "VERSIÓN N°", "07", "Otro título"],
        ),
        (
            "xml <w:p><w:r><w:t>SISTEMA DE GESTIÓN</w:t><w:br/><w:t>Procedimiento de compras</w:t></w:r></w:p>",
            {"titulo": "Procedimiento de compras"},
            ["SISTEMA DE GESTIÓNOtro título"],
        ),
        ("p Servicio Nacional de Fomento", {}, ["Servicio Nacional de Fomento"]),
    ],
)  # fmt: skip
def test_de_hallar_a_sellar(encabezado: str, hallado: dict[str, str], sellado: list[str]) -> None:
    docx = mini_docx("T1 Objetivo / p x", encabezado=encabezado)
    assert muestras(docx) == hallado
    mapeado = mapear(docx)
    assert textos(mapeado) == textos(docx)
    assert zonas_mapeadas(abrir(mapeado, "x")) == set(hallado)
    assert textos(sellar(mapeado, NUEVOS)) == sellado


def test_lo_que_ningun_rotulo_anuncia_se_encuentra_por_su_valor() -> None:
    docx = mini_docx("p x", encabezado="tabla Fondo de emergencia|PR-FOM-03")
    assert muestras(docx, codigo="PR-FOM-03")["codigo"] == "PR-FOM-03"
    junto = mini_docx("p x", encabezado="p IN_FOM_02    Rev.3    marzo 2023")
    assert muestras(junto, codigo="IN-FOM-02") == {"codigo": "IN_FOM_02", "version": "3"}


def test_el_mapa_de_un_documento_sirve_a_toda_su_familia() -> None:
    """También al que dice otra cosa, al que trae un dato vacío de forma y al que movió una celda."""
    modelo = mini_docx("p x", encabezado=DE_TABLA)
    otro = mini_docx(
        "p y",
        encabezado=DE_TABLA.replace("PR-FOM-03", "MC-SGC-01").replace("PROCEDIMIENTO DE COMPRAS", "Fondos"),
    )
    una, otra = familia(abrir(modelo, "x")), familia(abrir(otro, "x"))
    assert una.huella == otra.huella
    assert textos(sellar(mapear(otro, una), NUEVOS))[:3] == [
        "Servicio Nacional de Fomento",
        "Otro título",
        "Código: PR-GT-09",
    ]
    assert familia(abrir(mapear(modelo, una), "x")).huella == una.huella
    assert Familia.de_dict(json.loads(json.dumps(una.a_dict()))) == una


def test_otra_seccion_con_otro_encabezado_no_recibe_un_mapa_equivocado() -> None:
    """Hay dos encabezados corrientes: en el lugar del código del primero, el segundo dice otra cosa."""
    uno = mini_docx("p x", encabezado="tabla Código|Manual de la calidad;MC-SGC-01|x")
    otro = mini_docx(
        "p x", encabezado="tabla Servicio Nacional|Fecha: 01-02-2020;Oficina de Partes|Código: MC-SGC-01"
    )
    mapa = familia(abrir(uno, "x"))
    assert [(c.zona, c.camino) for c in mapa.celdas] == [
        ("codigo", "tbl0/tr1/tc0/p0"),
        ("titulo", "tbl0/tr0/tc1/p0"),
    ]
    assert textos(sellar(mapear(otro, mapa), NUEVOS)) == [
        "Servicio Nacional",
        "Fecha: 01-02-2020",
        "Oficina de Partes",
        "Código: PR-GT-09",
    ]


def test_mapear_dos_veces_es_mapear_una_y_no_mueve_el_cuerpo() -> None:
    docx = mini_docx("T1 Objetivo / tabla 2x2 / p x", encabezado=DE_TABLA, pie="p Vigente desde: 01-04-2024")
    mapeado = mapear(docx)
    assert mapear(mapeado) == mapeado
    assert forma_normal(mapeado).bloques == forma_normal(docx).bloques
    assert zonas_mapeadas(abrir(mapeado, "x")) == {"codigo", "version", "fecha", "titulo", "vigencia"}
    assert mapear(mini_docx("p x")) == mini_docx("p x")


def parrafo(xml: str) -> etree._Element:
    return etree.fromstring(f'<w:p xmlns:w="{NS["w"]}">{xml}</w:p>')


NEGRITA = "<w:rPr><w:b/></w:rPr>"


def test_un_valor_partido_en_tramos_conserva_el_formato_de_cada_uno() -> None:
    p = parrafo(
        f"<w:r><w:t>Código: PR-</w:t></w:r><w:r>{NEGRITA}<w:t>FOM-</w:t></w:r><w:r><w:t>03 Versión</w:t></w:r>"
    )
    assert envolver_texto(p, 8, 17, "codigo", "_sgc_codigo_h1")
    dentro = p.find(".//w:sdtContent", NS)
    assert dentro is not None
    assert [r.findtext("w:t", namespaces=NS) for r in dentro.iterfind("w:r", NS)] == ["PR-", "FOM-", "03"]
    assert [r.find("w:rPr/w:b", NS) is not None for r in dentro.iterfind("w:r", NS)] == [False, True, False]
    assert texto_parrafo(p) == "Código: PR-FOM-03 Versión"


def test_un_campo_va_entero_y_la_pagina_no_es_un_valor() -> None:
    campo = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>03</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    p = parrafo("<w:r><w:t>Versión: </w:t></w:r>" + campo.format("DOCPROPERTY Version"))
    assert envolver_texto(p, 9, 11, "version", "_sgc_version_h1")
    assert len(p.findall(".//w:sdtContent/w:r", NS)) == 5
    assert texto_parrafo(parrafo(campo.format("PAGE"))) == "[#]"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("aB1 ", min_size=1, max_size=5), min_size=1, max_size=5),
    st.integers(0, 12),
    st.integers(0, 12),
)
def test_envolver_nunca_cambia_el_texto(trozos: list[str], a: int, b: int) -> None:
    p = parrafo("".join(f'<w:r>{NEGRITA}<w:t xml:space="preserve">{t}</w:t></w:r>' for t in trozos))
    antes = texto_parrafo(p)
    envuelto = envolver_texto(p, a, b, "codigo", "_sgc_codigo")
    assert texto_parrafo(p) == antes
    dentro = p.find(".//w:sdtContent", NS)
    assert envuelto == (antes[a:b] != "")
    assert (texto_parrafo(dentro) if dentro is not None else "") == antes[a:b]


@pytest.mark.libreoffice
def test_se_ve_igual_y_libreoffice_conserva_las_zonas(tmp_path: Path) -> None:
    """Cada palabra queda donde estaba (a menos de medio punto); guardado por LibreOffice, se sella igual."""
    docx = mini_docx("T1 Objetivo / p x", encabezado=DE_TABLA, pie="p Vigente desde: 01-04-2024")
    mapeado = mapear(docx)
    antes, despues = lugares(docx, tmp_path), lugares(mapeado, tmp_path)
    assert [palabra for palabra, _ in antes] == [palabra for palabra, _ in despues]
    assert all(
        abs(a - b) < 0.5
        for (_, uno), (_, otro) in zip(antes, despues, strict=True)
        for a, b in zip(uno, otro, strict=True)
    )
    guardado = pdf.convertir(mapeado, "a.docx", "docx")
    assert mapear(guardado) == guardado
    assert textos(sellar(guardado, NUEVOS)) == textos(sellar(mapeado, NUEVOS))


def lugares(docx: bytes, carpeta: Path) -> list[tuple[str, list[float]]]:
    """Cada palabra del documento como PDF, con las cuatro medidas de su caja."""
    (carpeta / "a.pdf").write_bytes(pdf.convertir(docx, "a.docx", "pdf"))
    subprocess.run(["pdftotext", "-bbox", "a.pdf", "a.html"], cwd=carpeta, check=True)
    palabras = etree.parse(carpeta / "a.html").iter("{http://www.w3.org/1999/xhtml}word")
    return [(p.text or "", [float(v) for v in p.attrib.values()]) for p in palabras]


def test_encabezados_de_primera_pagina_y_de_todas() -> None:
    """Cada encabezado distinto tiene sus celdas, y el mapa dice de cuál es cada una."""
    marco = {"encabezado": "p Código: PR-FOM-03", "pie": "p Versión: 03"}
    principal = abrir(mini_docx("p x", **marco), "x")["word/document.xml"]
    principal = principal.replace(b'Reference w:type="default"', b'Reference w:type="first"', 1)
    docx = mini_docx("p x", **marco, partes={"word/document.xml": principal})
    celdas = familia(abrir(docx, "x")).celdas
    assert [(c.zona, c.clase) for c in celdas] == [("codigo", "encabezado_primera"), ("version", "pie")]
    sellado = sellar(mapear(docx), NUEVOS)
    assert textos(sellado) == ["Código: PR-GT-09"]
    assert textos(sellado, "word/footer1.xml") == ["Versión: 07"]


def test_la_sigla_del_servicio_no_se_toma_por_titulo() -> None:
    """El sello escribiría el título encima de ella."""
    partes = abrir(mini_docx("p Texto", encabezado="tabla SENOPL|Código: PR-FOM-02|Versión: 01"), "x.docx")
    assert {c.zona for c in familia(partes).celdas} == {"codigo", "version"}
