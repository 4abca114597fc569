"""La forma normal: qué se lee de un documento y qué se deja fuera."""

import re
import unicodedata
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mini_docx import mini_docx, png

from sgc_gt.dominio.forma import (
    Bloque,
    FormaNormal,
    Marca,
    secciones,
    texto_de,
)
from sgc_gt.dominio.huella import huella
from sgc_gt.word.extraer import forma_normal, tiene_revisiones
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.puerta import abrir


def bloques(guion: str, **mas: object) -> list[tuple[str, int, str]]:
    return [(b.clase, b.nivel, b.texto) for b in forma_normal(mini_docx(guion, **mas)).bloques]  # type: ignore[arg-type]


def marcas(guion: str) -> list[tuple[str, str, str]]:
    """(clase, texto marcado, dato) de todo el documento."""
    return [
        (m.clase, b.texto[m.desde : m.hasta], m.dato)
        for b in forma_normal(mini_docx(guion)).bloques
        for m in b.marcas
    ]


def la_huella(guion: str, **mas: object) -> str:
    return huella(forma_normal(mini_docx(guion, **mas)), None, "T", "M")  # type: ignore[arg-type]


def test_clases_y_niveles() -> None:
    assert bloques("T1 Objetivo / p texto / T2 Alcance / l1 uno / l2 dos / n1 paso") == [
        ("titulo", 1, "Objetivo"),
        ("parrafo", 0, "texto"),
        ("titulo", 2, "Alcance"),
        ("lista", 1, "uno"),
        ("lista", 2, "dos"),
        ("lista", 1, "paso"),
    ]


@pytest.mark.parametrize("nombre", ["Título 2", "heading 2", "Titulo 2"])
def test_estilos_de_un_word_en_espanol(nombre: str) -> None:
    hoja = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style '
        f'w:type="paragraph" w:styleId="Ttulo2"><w:name w:val="{nombre}"/></w:style><w:style w:type="paragraph" '
        'w:styleId="Propio"><w:name w:val="Mi título"/><w:basedOn w:val="Ttulo2"/></w:style></w:styles>'
    ).encode()
    parrafos = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{e}"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
        for e in ("Ttulo2", "Propio")
    )
    assert bloques(f"xml {parrafos}", partes={"word/styles.xml": hoja}) == [("titulo", 2, "x")] * 2


def test_nivel_de_esquema_directo() -> None:
    parrafo = '<w:p><w:pPr><w:outlineLvl w:val="{}"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    assert bloques(f"xml {parrafo.format(0)}{parrafo.format(9)}") == [("titulo", 1, "x"), ("parrafo", 0, "x")]


def test_tablas_por_fila_y_celda_y_anidadas() -> None:
    anidada = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>dentro</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    docx = mini_docx(f"tabla a|b;c|d / p x / xml <w:tbl><w:tr><w:tc>{anidada}<w:p/></w:tc></w:tr></w:tbl>")
    tabla, _, otra = forma_normal(docx).bloques
    assert tabla.textos_filas() == (("a", "b"), ("c", "d"))
    assert otra.filas[0][0][0].textos_filas() == (("dentro",),)


def test_dos_tablas_pegadas_son_una() -> None:
    assert len(forma_normal(mini_docx("tabla a|b / tabla c|d")).bloques) == 1
    assert len(forma_normal(mini_docx("tabla a|b / xml <w:p/> / tabla c|d")).bloques) == 2


def test_texto_dentro_de_controles_de_contenido() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    tramo, parrafo = "<w:r><w:t>en línea</w:t></w:r>", "<w:p><w:r><w:t>en bloque</w:t></w:r></w:p>"
    assert bloques(f"xml <w:p>{control.format(tramo)}</w:p> / xml {control.format(parrafo)}") == [
        ("parrafo", 0, "en línea"),
        ("parrafo", 0, "en bloque"),
    ]


def test_marcas() -> None:
    assert marcas(
        "enlace el sitio -> https://a.cl/x%20y / tachado viejo / oculto secreto / enlace ir -> #m"
    ) == [
        ("enlace", "el sitio", "https://a.cl/x y"),
        ("tachado", "viejo", ""),
        ("oculto", "secreto", ""),
        ("enlace", "ir", "#m"),
    ]


def test_tachado_por_estilo() -> None:
    hoja = (
        b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type='
        b'"character" w:styleId="T"><w:name w:val="T"/><w:rPr><w:strike/></w:rPr></w:style></w:styles>'
    )
    tramo = '<w:p><w:r><w:rPr><w:rStyle w:val="T"/></w:rPr><w:t>x</w:t></w:r></w:p>'
    docx = mini_docx(f"xml {tramo}", partes={"word/styles.xml": hoja})
    assert forma_normal(docx).bloques[0].marcas == (Marca("tachado", 0, 1),)


def test_nota_imagen_y_cuadro() -> None:
    forma = forma_normal(mini_docx("nota Con :: el pie / imagen una foto / cuadro en el cuadro"))
    assert [b.texto for b in forma.bloques[:2]] == ["Con[nota: el pie] sigue", "Figura: [imagen: una foto]"]
    assert forma.bloques[2].clase == "cuadro"
    assert texto_de(forma.bloques[2:]) == "en el cuadro"


def test_campos_conservan_la_instruccion_y_no_el_resultado() -> None:
    assert marcas(r"campo SEQ Tabla \* ARABIC") == [("campo", "[#]", "SEQ Tabla")]
    assert bloques("campo PAGE") == [("parrafo", 0, "Campo [#]")]


def test_el_resultado_de_un_hipervinculo_si_es_contenido() -> None:
    codigo = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    campo = (
        codigo("begin")
        + '<w:r><w:instrText> HYPERLINK "https://a.cl/" </w:instrText></w:r>'
        + codigo("separate")
        + "<w:r><w:t>el sitio</w:t></w:r>"
        + codigo("end")
    )
    assert marcas(f"xml <w:p>{campo}</w:p>") == [("enlace", "el sitio", "https://a.cl")]


def test_el_indice_queda_fuera_pero_no_esconde_otros_parrafos() -> None:
    dentro = "<w:p><w:r><w:t>escondido</w:t></w:r></w:p>"
    abre = (
        '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
        ' TOC </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Entrada</w:t></w:r></w:p>'
    )
    cierra = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    assert bloques(f"toc / xml {abre}{dentro}{cierra} / p fin") == [
        ("parrafo", 0, "escondido"),
        ("parrafo", 0, "fin"),
    ]


def test_un_campo_no_esconde_el_parrafo_siguiente() -> None:
    codigo = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    abre = f"<w:p>{codigo('begin')}<w:r><w:instrText> PAGE </w:instrText></w:r>{codigo('separate')}</w:p>"
    assert ("parrafo", 0, "visible") in bloques(
        f"xml {abre}<w:p><w:r><w:t>visible</w:t></w:r></w:p><w:p>{codigo('end')}</w:p>"
    )


def test_las_zonas_se_reemplazan_por_su_nombre() -> None:
    assert bloques("zona codigo / zona firmas") == [("parrafo", 0, "Dato: [codigo]"), ("zona", 0, "firmas")]


@pytest.mark.parametrize("quitar", ["tag", "bookmark"])
def test_una_zona_se_reconoce_por_etiqueta_o_por_marcador(quitar: str) -> None:

    partes = abrir(mini_docx("zona codigo / zona firmas"), "a")
    patron = {"tag": rb"<w:tag [^>]*/>", "bookmark": rb"<w:bookmark(?:Start|End)[^>]*/>"}[quitar]
    partes["word/document.xml"] = re.sub(patron, b"", partes["word/document.xml"])
    forma = forma_normal(empaquetar(partes))
    assert [(b.clase, b.texto) for b in forma.bloques] == [("parrafo", "Dato: [codigo]"), ("zona", "firmas")]


def test_una_zona_no_tapa_lo_que_se_le_agregue() -> None:
    marcador = '<w:bookmarkStart w:id="9" w:name="_sgc_titulo"/>{}<w:bookmarkEnd w:id="9"/>'
    parrafos = "<w:p><w:r><w:t>uno</w:t></w:r></w:p><w:p><w:r><w:t>dos</w:t></w:r></w:p>"
    control = f'<w:sdt><w:sdtPr><w:tag w:val="sgc:titulo"/></w:sdtPr><w:sdtContent>{parrafos}</w:sdtContent></w:sdt>'
    inventada = '<w:sdt><w:sdtPr><w:tag w:val="sgc:otra"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:sdtContent></w:sdt>'
    for xml, visto in ((marcador.format(parrafos), "uno\ndos"), (control, "uno\ndos"), (inventada, "x")):
        assert texto_de(forma_normal(mini_docx(f"xml {xml}")).bloques) == visto


def test_encabezados_aparte_y_fuera_de_la_huella() -> None:
    uno, otro = (
        mini_docx("p x", encabezado="p A / zona titulo"),
        mini_docx("p x", encabezado="p B / zona titulo"),
    )
    a, b = forma_normal(uno), forma_normal(otro)
    assert [(e.clase, texto_de(e.bloques)) for e in a.encabezados] == [("encabezado", "A\nDato: [titulo]")]
    assert a.encabezados != b.encabezados
    assert huella(a, None, "", "") == huella(b, None, "", "")


def test_revisiones_pendientes() -> None:
    ins = '<w:ins w:id="1" w:author="a"><w:r><w:t>nuevo</w:t></w:r></w:ins>'
    borrado = '<w:del w:id="2" w:author="a"><w:r><w:delText>viejo</w:delText></w:r></w:del>'
    docx = mini_docx(f"xml <w:p>{ins}{borrado}</w:p>")
    assert tiene_revisiones(docx)
    assert not tiene_revisiones(mini_docx("p x"))
    assert forma_normal(docx).bloques[0] == Bloque("parrafo", 0, "nuevoviejo", (Marca("suprimido", 5, 10),))


def test_partir_tramos_no_cambia_nada() -> None:
    entero = "xml <w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>canción</w:t></w:r></w:p>"
    partido = (
        "xml <w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>canc</w:t></w:r><w:proofErr w:type='x'/><w:r><w:rPr><w:b/>"
        "<w:strike/></w:rPr><w:t>io</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>\u0301n</w:t></w:r></w:p>"
    )
    assert la_huella(entero) == la_huella(partido)


BASE = "T1 Objetivo / p Un texto / p Otro texto / tabla a|b;c|d / imagen foto / enlace sitio -> https://a.cl / l1 uno / nota Con :: pie"


@pytest.mark.parametrize(
    ("cambio", "por"),
    [
        ("Un texto", "Un textó"),
        ("Un texto", "Un  texto"),
        ("p Un texto / p Otro texto", "p Otro texto / p Un texto"),
        ("p Un texto", "l1 Un texto"),
        ("T1 Objetivo", "T2 Objetivo"),
        ("T1 Objetivo", "p Objetivo"),
        ("c|d", "c|D"),
        ("a|b;c|d", "a|b|c;d||"),
        ("l1 uno", "l2 uno"),
        (":: pie", ":: píe"),
        ("https://a.cl", "https://b.cl"),
        ("imagen foto", "imagen fotos"),
        ("p Un texto", "tachado Un texto"),
        ("p Un texto", "oculto Un texto"),
        ("p Un texto / ", ""),
    ],
)
def test_la_huella_nota_un_cambio_minimo(cambio: str, por: str) -> None:
    assert cambio in BASE
    assert la_huella(BASE) != la_huella(BASE.replace(cambio, por, 1))


def test_la_huella_nota_otra_imagen() -> None:
    assert la_huella(BASE) != la_huella(BASE, imagen=png(color=(0, 0, 1)))


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8), max_size=4))
def test_el_texto_llega_sin_perdida(textos: list[str]) -> None:

    tramos = "".join(f'<w:r><w:t xml:space="preserve">{escape(t)}</w:t></w:r>' for t in textos)

    partes = abrir(mini_docx("p x"), "a")
    partes["word/document.xml"] = partes["word/document.xml"].replace(
        b'<w:r><w:t xml:space="preserve">x</w:t></w:r>', tramos.encode()
    )
    esperado = unicodedata.normalize("NFC", "".join(textos))
    visto = "".join(b.texto for b in forma_normal(empaquetar(partes)).bloques)
    assert visto == esperado or not esperado.strip()


# ---- secciones --------------------------------------------------------------------------------------------


def numeros(*titulos: tuple[int, str]) -> list[tuple[str, str]]:
    forma = FormaNormal(tuple(Bloque("titulo", nivel, texto) for nivel, texto in titulos))
    return [(s.numero, s.titulo) for s in secciones(forma)]


def test_numeros_por_nivel() -> None:
    assert numeros((1, "A"), (2, "B"), (2, "C"), (1, "D"), (3, "E"), (2, "F")) == [
        ("1", "A"),
        ("1.1", "B"),
        ("1.2", "C"),
        ("2", "D"),
        ("2.1.1", "E"),
        ("2.2", "F"),
    ]


def test_un_numero_escrito_a_mano_manda() -> None:
    assert numeros((1, "6. Descripción"), (2, "6.2.1 Etapa"), (1, "2026 en cifras")) == [
        ("6", "Descripción"),
        ("6.2.1", "Etapa"),
        ("2", "2026 en cifras"),
    ]


def test_lo_que_precede_al_primer_titulo() -> None:
    forma = forma_normal(mini_docx("p portada / T1 Uno / p a / tabla 1x1 / T1 Dos"))
    assert [(s.numero, s.titulo, texto_de(s.bloques)) for s in secciones(forma)] == [
        ("", "", "portada"),
        ("1", "Uno", "a\nf1c1"),
        ("2", "Dos", ""),
    ]


def test_campos_cuyo_texto_es_contenido() -> None:
    codigo = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    fillin = f'<w:p>{codigo("begin")}<w:r><w:instrText>FILLIN ""</w:instrText></w:r>{codigo("separate")}'
    fillin += f"<w:r><w:t>respuesta</w:t></w:r>{codigo('end')}</w:p>"
    assert bloques(f"xml {fillin}") == [("parrafo", 0, "respuesta")]
    assert marcas("campo MACROBUTTON Nada [lea esto]") == [("campo", "[#]", "MACROBUTTON Nada [lea esto]")]


def test_espacios_de_los_extremos_solo_si_el_documento_los_conserva() -> None:
    assert bloques(
        'xml <w:p><w:r><w:t> a </w:t></w:r><w:r><w:t xml:space="preserve"> b </w:t></w:r></w:p>'
    ) == [("parrafo", 0, "a b ")]


def test_un_nivel_de_lista_que_no_es_un_numero_vale_como_el_primero() -> None:
    """«²» es un dígito para Python y no un número: un archivo así existe y no es razón para tropezar."""
    parrafo = '<w:p><w:pPr><w:numPr><w:ilvl w:val="²"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
    assert [(b.clase, b.nivel) for b in forma_normal(mini_docx(f"xml {parrafo}")).bloques] == [("lista", 1)]
