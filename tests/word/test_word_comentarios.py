"""Comentarios: en su lugar, sin tocar el contenido, sin perder los de nadie, legibles de vuelta."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mini_docx import mini_docx
from validador import errores

from sgc_gt.dominio.huella import huella
from sgc_gt.errores import EntradaInvalida
from sgc_gt.word import pdf
from sgc_gt.word.comentarios import Comentario, Nota, comentar, leer_comentarios, sin_comentarios
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.mapa import aplanar
from sgc_gt.word.revisiones import revisar

FECHA = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Dentro de un control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
TABLA_EN_CONTROL = (
    '<w:sdt><w:sdtPr/><w:sdtContent><w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol '
    'w:w="900"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>Celda '
    "envuelta</w:t></w:r></w:p><w:p><w:r><w:t>en dos párrafos</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:sdtContent></w:sdt>"
)
CASA = f"""p Portada / T1 Objetivo / p Un texto corto. / T1 Etapas / p El plazo es de diez días. / T2 Convocatoria
p El plazo es de cinco días. / tabla Paso|Plazo;Uno|Tres días / xml {CONTROL} / xml {TABLA_EN_CONTROL}
zona codigo / zona firmas / cuadro En un cuadro / nota Con nota :: El pie / T1 Registros / p Final"""


def la_huella(documento: bytes) -> str:
    return huella(forma_normal(documento), None, "t", "m")


def puesto(nota: Nota, guion: str = CASA) -> Comentario:
    """El comentario, leído de vuelta de un documento comentado solo con él."""
    documento = mini_docx(guion)
    comentado = comentar(documento, [nota], FECHA)
    assert la_huella(comentado) == la_huella(documento)
    [comentario] = leer_comentarios(comentado)
    assert comentario.texto == nota.texto
    return comentario


@pytest.mark.parametrize(
    ("seccion", "ancla", "queda", "sobre"),
    [
        ("1", "Un texto corto.", "1 Objetivo", "Un texto corto."),
        ("Objetivo", "texto corto", "1 Objetivo", "Un texto corto."),
        ("2.1 Convocatoria", "El plazo", "2.1 Convocatoria", "El plazo es de cinco días."),
        ("2", "cinco días", "2.1 Convocatoria", "El plazo es de cinco días."),  # en una subsección
        ("2.", "El plazo es de diez días.", "2 Etapas", "El plazo es de diez días."),
        ("2.1", "Tres días", "2.1 Convocatoria", "Tres días"),  # una celda
        ("2.1", "Dentro de un control", "2.1 Convocatoria", "Dentro de un control"),
        ("2.1", "Celda envuelta en dos párrafos", "2.1 Convocatoria", "Celda envuelta"),
        ("", "Tres días", "2.1 Convocatoria", "Tres días"),
        ("1", "no está en ninguna parte", "1 Objetivo", "Objetivo"),
        ("1", "", "1 Objetivo", "Objetivo"),
        ("9 Que no existe", "Un texto corto.", "1 Objetivo", "Un texto corto."),
        ("9 Que no existe", "tampoco", "", "Portada"),
        ("", "", "", "Portada"),
    ],
)
def test_el_comentario_queda_en_su_lugar(seccion: str, ancla: str, queda: str, sobre: str) -> None:
    comentario = puesto(Nota("Falta algo", "Fiscal", seccion, ancla))
    assert (comentario.seccion, comentario.ancla) == (queda, sobre)


def test_en_un_documento_sin_parrafos_tampoco_se_pierde() -> None:
    assert puesto(Nota("Está vacío", "Fiscal"), "").ancla == ""


def test_dice_autor_fecha_y_todas_sus_lineas() -> None:
    comentario = puesto(Nota("Uno & <dos>\ntres", "Jefe/a de Fomento", "1"))
    assert (comentario.autor, comentario.fecha) == ("Jefe/a de Fomento", "2026-03-10T09:30:00Z")


def test_los_mismos_argumentos_dan_los_mismos_bytes() -> None:
    notas = [Nota("uno", "a", "1"), Nota("dos", "b", "2")]
    documento = mini_docx(CASA)
    assert comentar(documento, notas, FECHA) == comentar(documento, notas, FECHA)
    assert comentar(documento, [], FECHA) == documento


def test_los_comentarios_de_otras_personas_se_conservan() -> None:
    original = docx.Document(io.BytesIO(mini_docx(CASA)))
    parrafo = next(p for p in original.paragraphs if "Un texto" in p.text)
    original.add_comment(parrafo.runs, text="De otra persona", author="Otra", initials="O")
    salida = io.BytesIO()
    original.save(salida)
    comentado = comentar(salida.getvalue(), [Nota("Nuestro", "Fiscal", "3")], FECHA)
    assert [(c.texto, c.autor) for c in leer_comentarios(comentado)] == [
        ("De otra persona", "Otra"),
        ("Nuestro", "Fiscal"),
    ]
    [propio] = [c.id for c in leer_comentarios(comentado) if c.autor == "Fiscal"]
    limpio = sin_comentarios(comentado, [propio])
    assert [c.texto for c in leer_comentarios(limpio)] == ["De otra persona"]
    assert la_huella(limpio) == la_huella(comentado)


def test_python_docx_lee_lo_que_escribimos() -> None:
    comentado = comentar(mini_docx(CASA), [Nota("Falta\nel plazo", "Jefe/a de Fomento", "1")], FECHA)
    [comentario] = docx.Document(io.BytesIO(comentado)).comments
    assert (comentario.text, comentario.author, comentario.initials) == (
        "Falta\nel plazo",
        "Jefe/a de Fomento",
        "JDF",
    )


@pytest.mark.parametrize("datos", [b"", b"hola", mini_docx("p x")[:300]])
def test_lo_que_no_es_un_word_se_rechaza(datos: bytes) -> None:
    with pytest.raises(EntradaInvalida):
        comentar(datos, [Nota("x")], FECHA)


_PALABRAS = st.sampled_from(["Objetivo", "Etapas", "plazo", "diez días", "Registros", "Nota", "3", "a"])
_TEXTO = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), min_size=1, max_size=40
)
_GUIONES = st.lists(
    st.one_of(
        st.builds("T{} {}".format, st.integers(1, 3), _PALABRAS),
        st.builds("p {}".format, _PALABRAS),
        st.builds("tabla {}|{};{}|x".format, _PALABRAS, _PALABRAS, _PALABRAS),
        st.builds("l1 {}".format, _PALABRAS),
        st.builds("nota {} :: {}".format, _PALABRAS, _PALABRAS),
        st.sampled_from(["zona codigo", "zona firmas", "cuadro Etapas", "toc", "salto", f"xml {CONTROL}"]),
    ),
    max_size=8,
)
_NOTAS = st.lists(
    st.builds(
        Nota,
        _TEXTO.map(str.strip).filter(bool),
        st.sampled_from(["", "Fiscal", "Chequeo de forma"]),
        st.one_of(_PALABRAS, st.just(""), _TEXTO),
        st.one_of(_PALABRAS, st.just(""), _TEXTO),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(guion=_GUIONES, notas=_NOTAS)
def test_ninguna_nota_se_pierde_y_el_contenido_no_cambia(guion: list[str], notas: list[Nota]) -> None:
    documento = mini_docx("\n".join(guion))
    comentado = comentar(documento, notas, FECHA)
    assert forma_normal(comentado) == forma_normal(documento)
    leidos = leer_comentarios(comentado)
    assert sorted(aplanar(c.texto) for c in leidos) == sorted(aplanar(n.texto) for n in notas)
    assert leer_comentarios(sin_comentarios(comentado, [c.id for c in leidos])) == []


# ---- con los programas de verdad -----------------------------------------------------------------------------


@pytest.mark.validador
def test_un_documento_comentado_es_valido(tmp_path: Path) -> None:
    notas = [
        Nota("Falta\nel plazo", "Fiscal", "1"),
        Nota("x", "", "2.1", "Tres días"),
        Nota("y", "a", "", ""),
    ]
    comentado = comentar(mini_docx(CASA), notas, FECHA)
    assert errores(comentado, tmp_path) == []
    assert errores(comentar(comentado, [Nota("otro", "b", "3")], FECHA), tmp_path) == []
    assert errores(sin_comentarios(comentado, ["0", "1", "2"]), tmp_path) == []


@pytest.mark.libreoffice
def test_libreoffice_los_conserva_donde_estaban() -> None:
    notas = [
        Nota("Falta el plazo", "Fiscal", "1", "Un texto corto."),
        Nota("Una celda", "Fiscal", "2.1", "Tres días"),
    ]
    comentado = comentar(mini_docx(CASA), notas, FECHA)
    guardado = leer_comentarios(pdf.convertir(comentado, "a.docx", "docx"))
    assert [(c.texto, c.autor, c.seccion, c.ancla) for c in guardado] == [
        ("Falta el plazo", "Fiscal", "1 Objetivo", "Un texto corto."),
        ("Una celda", "Fiscal", "2.1 Convocatoria", "Tres días"),
    ]


HECHO_EN_LIBREOFFICE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:tracked-changes text:track-changes="false">
<text:changed-region xml:id="c1" text:id="c1"><text:deletion><office:change-info><dc:creator>Revisora</dc:creator>
<dc:date>2026-03-10T09:30:00</dc:date></office:change-info><text:p>cinco</text:p></text:deletion></text:changed-region>
<text:changed-region xml:id="c2" text:id="c2"><text:insertion><office:change-info><dc:creator>Revisora</dc:creator>
<dc:date>2026-03-10T09:30:00</dc:date></office:change-info></text:insertion></text:changed-region>
</text:tracked-changes>
<text:h text:style-name="Heading_20_1" text:outline-level="1">Objetivo</text:h>
<text:p>Se publican <office:annotation office:name="a1" loext:resolved="false"><dc:creator>Fiscal</dc:creator>
<dc:date>2026-03-10T09:30:00</dc:date><text:p>Falta la fecha</text:p></office:annotation>las bases<office:annotation-end
 office:name="a1"/>.</text:p>
<text:h text:style-name="Heading_20_1" text:outline-level="1">Plazos</text:h>
<text:p>El plazo es de <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>diez<text:change-end
 text:change-id="c2"/> días.</text:p>
<table:table><table:table-column/><table:table-row><table:table-cell><text:p>Tres <office:annotation office:name="a2"
 loext:resolved="true"><dc:creator>Fiscal</dc:creator><dc:date>2026-03-10T09:31:00</dc:date><text:p>¿Hábiles?</text:p>
</office:annotation>días<office:annotation-end office:name="a2"/></text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document>"""


@pytest.mark.libreoffice
def test_se_lee_lo_que_libreoffice_escribe(tmp_path: Path) -> None:
    """Comentarios (uno resuelto, en una celda) y control de cambios, escritos por LibreOffice."""
    origen = tmp_path / "a.fodt"
    origen.write_text(HECHO_EN_LIBREOFFICE, "utf-8")
    perfil = f"-env:UserInstallation=file://{tmp_path}/perfil"
    orden = [
        "soffice",
        perfil,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*orden, str(origen)], check=True, capture_output=True, timeout=120)
    documento = (tmp_path / "a.docx").read_bytes()
    assert [
        (c.texto, c.seccion, c.ancla, c.respuesta_a, c.resuelto) for c in leer_comentarios(documento)
    ] == [
        ("Falta la fecha", "1 Objetivo", "las bases", "", False),
        ("¿Hábiles?", "2 Plazos", "días", "", True),
    ]
    [cambio] = revisar(documento).cambios
    assert (cambio.autor, cambio.texto) == (
        "Revisora",
        "Se propone reemplazar «cinco» por «diez», después de «El plazo es de»",
    )


def test_la_fecha_se_escribe_como_word(tmp_path: Path) -> None:
    xml = comentar(mini_docx("p x"), [Nota("y")], FECHA)
    assert re.search(rb'w:date="2026-03-10T09:30:00Z"', xml)
