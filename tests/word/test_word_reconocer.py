"""Reconocer un archivo que llega de afuera: cada dato con dónde se halló, y nunca un tropiezo."""

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mini_docx import mini_docx, png

from sgc_gt.dominio.codigos import Mascara
from sgc_gt.dominio.lectura_codigos import Lenguaje
from sgc_gt.dominio.reconocido import Hallazgo, Reconocido
from sgc_gt.word import pdf
from sgc_gt.word.reconocer import reconocer

CASA = Lenguaje(Mascara("{tipo}-{area}-{nn}"), ("PR", "IN", "FO", "MC"), ("FOM", "SGC", "GT"))
CUERPO = " / p 1. Objetivo / p x / p 2. Alcance / p y / p 9. Registros / l1 Informe de diagnóstico / l1 Plan"


def valores(hallazgos: tuple[Hallazgo, ...]) -> list[str]:
    """«valor fuente», con «~» si es aproximado."""
    return [f"{'' if h.exacto else '~'}{h.valor} {h.fuente}" for h in hallazgos]


def leido(guion: str, nombre: str = "a.docx", **marco: str) -> Reconocido:
    return reconocer(mini_docx(guion, **marco), nombre, CASA)  # type: ignore[arg-type]


def test_encabezado_de_tabla_y_nombre_que_lo_desmiente() -> None:
    r = leido(
        "p Servicio Nacional de Fomento" + CUERPO,
        "PR-FOM-03 v2 FINAL (2).docx",
        encabezado="tabla Servicio Nacional de Fomento|PROCEDIMIENTO DE COMPRAS|Código: PR-FOM-03;"
        "SISTEMA DE GESTIÓN DE LA CALIDAD||Versión: 03;|Fecha: 15 de marzo de 2024|Página 1 de 3",
    )
    assert valores(r.codigo) == ["PR-FOM-03 encabezado", "PR-FOM-03 nombre"]
    assert valores(r.version) == ["03 encabezado", "2 nombre"]
    assert valores(r.titulo) == ["PROCEDIMIENTO DE COMPRAS encabezado"]
    assert valores(r.fecha_aprobacion) == ["2024-03-15 encabezado"]
    assert r.version[0].lugar == "el encabezado, «Versión: 03»"
    assert (r.clase, r.problemas, r.rastros) == ("docx", (), ("(2)", "FINAL"))
    assert [s.titulo for s in r.secciones] == ["Objetivo", "Alcance", "Registros"]
    assert [p.nombre for p in r.registros] == ["Informe de diagnóstico", "Plan"]


@pytest.mark.parametrize(
    "encabezado",
    [
        "tabla Código|Versión|Fecha;PR-FOM-03|02|15-03-2024",  # rótulos arriba, valores abajo
        "tabla Código|PR-FOM-03;Versión|02;Fecha|15-03-2024",  # a la izquierda
        "tabla x|Código: PR-FOM-03;y|Versión: 02;z|Fecha: 15-03-2024",
        "p Código: PR-FOM-03\tVersión: 02\tFecha: 15-03-2024",
        "p Código PR FOM 3 - Rev. N.º 02 - Fecha 15/03/24",
        "p CÓDIGO / p PR_FOM_03 / p VERSIÓN N° / p 02 / p FECHA / p 15 de marzo de 2024",
    ],
)
def test_las_formas_de_un_encabezado(encabezado: str) -> None:
    r = leido("p x", encabezado=encabezado)
    assert (r.codigo[0].valor, r.version[0].valor, r.fecha_aprobacion[0].valor) == (
        "PR-FOM-03",
        "02",
        "2024-03-15",
    )


@pytest.mark.parametrize(
    "firmas",
    [
        "tabla Elaborado por|Revisado por|Aprobado por;Jefa de Compras|Encargado de Calidad|Directora;01-03-2024|02-03-2024|05-03-2024",
        "tabla |Elaboración|Revisión|Aprobación;Nombre|Uno|Dos|Tres;Cargo|Jefa de Compras|Encargado de Calidad|Directora;Fecha|1-3-24|2-3-24|5-3-24",
        "tabla Responsabilidad|Nombre|Cargo|Firma|Fecha;Elaboró|Uno|Jefa de Compras||1-3-24;Revisó|Dos|Encargado de Calidad||2-3-24;Aprobó|Tres|Directora||5-3-24",
    ],
)
def test_las_formas_de_un_bloque_de_firmas(firmas: str) -> None:
    r = leido("T1 Objetivo / p x / " + firmas)
    assert valores(r.elaboro) == ["Jefa de Compras firmas"]
    assert valores(r.reviso) == ["Encargado de Calidad firmas"]
    assert valores(r.aprobo) == ["Directora firmas"]
    assert valores(r.fecha_aprobacion) == ["2024-03-05 firmas"]


def test_portada_pie_y_control_de_cambios() -> None:
    r = leido(
        "p Servicio Nacional de Fomento / p PROCEDIMIENTO / p DE COMPRAS / tabla Código|PPGC;Revisión N.º|13;"
        "Válido desde|3 de enero de 2019 / T1 Objetivo / p x / T1 Control de cambios / "
        "tabla Versión|Fecha|Descripción del cambio;12|01-01-2018|Creación;13|15/12/18|Plazos",
        "compras.docx",
        pie="p Fecha de elaboración: marzo 2018    Próxima revisión: abril de 2026",
    )
    assert valores(r.codigo) == ["PPGC portada"]
    assert valores(r.version) == ["13 portada", "13 cambios"]
    assert valores(r.titulo) == ["PROCEDIMIENTO DE COMPRAS portada", "compras nombre"]
    assert valores(r.vigente_desde) == ["2019-01-03 portada"]
    assert valores(r.fecha_aprobacion) == ["2018-12-15 cambios", "~2018-03-01 pie"]
    assert valores(r.proxima_revision) == ["~2026-04-01 pie"]


def test_la_fecha_de_una_firma_no_es_la_del_documento() -> None:
    """El bloque de firmas va en la portada, con todo en una celda: manda la fecha de quien aprobó."""
    celda = "<w:p><w:r><w:t>{} por:</w:t></w:r></w:p><w:p><w:r><w:t>Cargo: {}</w:t></w:r></w:p><w:p><w:r><w:t>Fecha: {}</w:t></w:r></w:p>"
    celdas = "".join(
        f"<w:tc>{celda.format(*datos)}</w:tc>"
        for datos in (
            ("Elaborado", "Profesional", "01/03/24"),
            ("Revisado", "Jefa División Fomento", "05/03/24"),
            ("Aprobado", "Directora", "20/03/24"),
        )
    )
    tabla = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{celdas}</w:tr></w:tbl>"
    r = leido(f"p MANUAL DE LA CALIDAD / xml {tabla} / T1 Objetivo / p x")
    assert valores(r.fecha_aprobacion) == ["2024-03-20 firmas"]
    assert valores(r.reviso) == ["Jefa División Fomento firmas"]
    assert valores(r.titulo)[0] == "MANUAL DE LA CALIDAD portada"


def test_texto_simple_en_la_codificacion_que_venga() -> None:
    texto = "Código: PR-FOM-03\nVersión 02\n\n1 Objetivo\n\nUn texto.\n\n2 Difusión\n\nOtro."
    for codificacion in ("utf-8", "cp1252"):
        r = reconocer(texto.encode(codificacion), "guia.txt", CASA)
        assert (valores(r.codigo), valores(r.version)) == (["PR-FOM-03 contenido"], ["02 contenido"])
        assert [s.titulo for s in r.secciones] == ["Objetivo", "Difusión"]


def test_la_familia_es_la_forma_del_encabezado_sin_sus_valores() -> None:
    forma = "tabla {}|Código: {};Versión: {}|Página 1"
    una = leido("p x", encabezado=forma.format("Procedimiento de compras", "PR-FOM-03", "03")).familia
    otra = leido("p otra cosa", encabezado=forma.format("Manual de la calidad", "MC-SGC-01", "11")).familia
    distinta = leido("p x", encabezado="tabla Código: PR-FOM-03|Versión: 03").familia
    assert una == otra != distinta
    assert leido("p x").familia == ""


def test_documento_de_python_docx_con_propiedades() -> None:
    documento = docx.Document()
    documento.core_properties.title = "Procedimiento de compras"
    documento.core_properties.subject = "PR-FOM-03"
    documento.add_heading("Objetivo", 1)
    documento.add_paragraph("x")
    salida = io.BytesIO()
    documento.save(salida)
    r = reconocer(salida.getvalue(), "compras.docx", CASA)
    assert valores(r.titulo) == ["compras nombre", "Procedimiento de compras propiedades"]
    assert valores(r.codigo) == ["PR-FOM-03 propiedades"]
    assert [s.titulo for s in r.secciones] == ["Objetivo"]


def test_word_en_espanol_y_titulos_heredados() -> None:
    """Word en español guarda `styleId="Ttulo1"` y nombre «heading 1»; un estilo propio lo hereda."""
    estilos = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Ttulo2"><w:name w:val="Título 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Seccin"><w:name w:val="Sección"/><w:basedOn w:val="Ttulo1"/></w:style>'
        "</w:styles>"
    )
    cuerpo = " / ".join(
        f'xml <w:p><w:pPr><w:pStyle w:val="{e}"/></w:pPr><w:r><w:t>{t}</w:t></w:r></w:p>'
        for e, t in (("Ttulo1", "Objetivo"), ("Ttulo2", "Detalle"), ("Seccin", "Registros"))
    )
    r = reconocer(mini_docx(cuerpo, partes={"word/styles.xml": estilos.encode()}), "a.docx")
    assert [(s.numero, s.titulo) for s in r.secciones] == [
        ("1", "Objetivo"),
        ("1.1", "Detalle"),
        ("2", "Registros"),
    ]


@pytest.mark.libreoffice
def test_lo_mismo_despues_de_pasar_por_libreoffice() -> None:
    """LibreOffice cambia los identificadores de estilo y rehace el encabezado; lo leído no cambia."""
    docx = mini_docx(
        "T1 Objetivo / p x / T2 Detalle / p y / T1 Registros / l1 Acta / tabla Versión|Fecha|Cambio;02|01-02-2020|Plazos",
        encabezado="tabla Procedimiento de compras|Código: PR-FOM-03;x|Versión: 02",
    )
    antes, despues = (reconocer(c, "a.docx", CASA) for c in (docx, pdf.convertir(docx, "a.docx", "docx")))
    for campo in ("codigo", "version", "titulo", "fecha_aprobacion", "familia", "secciones", "registros"):
        assert getattr(antes, campo) == getattr(despues, campo)
    assert [s.numero for s in despues.secciones] == ["1", "1.1", "2"]


@pytest.mark.parametrize(
    ("contenido", "nombre", "clase", "problema"),
    [
        (b"", "PR-FOM-03.docx", "docx", "el archivo está vacío"),
        (png(), "PR-FOM-03.docx", "imagen", "el nombre termina en «.docx» y el contenido es una imagen"),
        (b"hola", "PR-FOM-03.docx", "docx", "el archivo no es un documento Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "PR-FOM-03.docx", "docx", "el archivo está protegido con contraseña o es del formato antiguo .doc"),
        (mini_docx("p x")[:300], "PR-FOM-03.docx", "docx", "el archivo está incompleto o dañado: no se puede abrir como documento Word"),
        (b"%PDF-1.4 roto", "PR-FOM-03.pdf", "pdf", "el PDF está dañado o no se puede leer por dentro"),
        (b"hola", "PR-FOM-03.pdf", "pdf", "el nombre termina en «.pdf» y el contenido no es un PDF"),
        (b"hola", "PR-FOM-03.xlsx", "excel", ""),
        (b"hola", "PR-FOM-03.doc", "doc", ""),
        (b"hola", "PR-FOM-03", "otro", ""),
    ],
)  # fmt: skip
def test_lo_que_no_se_puede_leer_se_dice_y_el_nombre_igual_sirve(
    contenido: bytes, nombre: str, clase: str, problema: str
) -> None:
    r = reconocer(contenido, nombre, CASA)
    assert (r.clase, r.problemas) == (clase, (problema,) if problema else ())
    assert valores(r.codigo) == ["PR-FOM-03 nombre"]


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=20), st.sampled_from([".docx", ".pdf", ".png", ""]))
def test_nunca_falla(contenido: bytes, tronco: str, extension: str) -> None:
    for cabeza in (b"", b"PK\x03\x04", b"%PDF-1.7\n"):
        r = reconocer(cabeza + contenido, tronco + extension, CASA)
        assert r.tamano == len(cabeza + contenido)
