"""Sellar: zonas llenas, reparadas y nada más; y lo que se dice de una zona dañada."""

import re

import pytest
from mini_docx import mini_docx, png

from sgc_gt.dominio.forma import texto_de
from sgc_gt.errores import ConfiguracionInvalida
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.marca import marcar
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.plantilla import Imagen, Plantilla
from sgc_gt.word.propiedades import leer_propias
from sgc_gt.word.puerta import abrir
from sgc_gt.word.sello import ValoresSello, sellar
from sgc_gt.word.zonas import danos, leer_zonas

CUERPO = "zona codigo / zona version / zona firmas / T1 Objetivo / p texto / tabla 2x2 / zona cambios / p fin"
DOCX = mini_docx(CUERPO, encabezado="zona titulo / zona codigo", pie="zona verificacion")
VALORES = ValoresSello(
    {"codigo": "PR-GT-01", "version": "02", "titulo": "Gestión & más", "verificacion": "ab12", "base": ""},
    {
        "firmas": [["Elaborado", "A", "B", "C", "", "01-02-2026"], ["Aprobado", "D", "E", "F", "G", "H"]],
        "cambios": [["02", "01-02-2026", "3", "Línea 1\nLínea 2", "Mejora", "Jefatura"]],
    },
    None,
)


def cambiar(docx: bytes, patron: str, por: str, parte: str = "word/document.xml", *, veces: int = 0) -> bytes:
    partes = abrir(docx, "a")
    nuevo, cuantos = re.subn(patron, por, partes[parte].decode(), count=veces, flags=re.S)
    assert cuantos, patron
    return empaquetar(partes | {parte: nuevo.encode()})


def zonas(docx: bytes) -> dict[str, object]:
    return {n: z.filas or z.texto for n, z in leer_zonas(abrir(docx, "a")).items()}


SELLADO = sellar(DOCX, VALORES)
LLENO = {
    "codigo": "PR-GT-01",
    "version": "02",
    "titulo": "Gestión & más",
    "verificacion": "ab12",
    "firmas": tuple(map(tuple, VALORES.tablas["firmas"])),
    "cambios": tuple(map(tuple, VALORES.tablas["cambios"])),
}


def test_llena_todas_las_zonas() -> None:
    assert zonas(SELLADO) == LLENO
    assert leer_zonas(abrir(SELLADO, "a"))["codigo"].apariciones == 2


def test_no_cambia_la_forma_normal() -> None:
    assert forma_normal(SELLADO) == forma_normal(DOCX)


def test_sellar_dos_veces_da_los_mismos_bytes() -> None:
    assert sellar(SELLADO, VALORES) == SELLADO
    con_marca = sellar(DOCX, VALORES._replace(marca="BORRADOR"))
    assert sellar(con_marca, VALORES._replace(marca="BORRADOR")) == con_marca
    assert sellar(con_marca, VALORES) == SELLADO


def test_volver_a_sellar_con_menos_filas_y_ninguna() -> None:
    sin_filas = sellar(SELLADO, VALORES._replace(tablas={"firmas": [], "cambios": []}))
    assert zonas(sin_filas)["cambios"] == (("",) * 6,)
    assert sellar(sin_filas, VALORES) == SELLADO


def test_una_zona_sin_valor_queda_vacia() -> None:
    assert zonas(sellar(DOCX, VALORES._replace(textos={})))["codigo"] == ""


def test_propiedades() -> None:
    partes = abrir(SELLADO, "a")
    assert leer_propias(partes) == dict(VALORES.textos)
    assert b"<dc:title>Gesti\xc3\xb3n &amp; m\xc3\xa1s</dc:title>" in partes["docProps/core.xml"]


def test_demasiadas_columnas() -> None:
    with pytest.raises(ConfiguracionInvalida, match="columnas"):
        sellar(DOCX, VALORES._replace(tablas={"firmas": [["x"] * 9]}))


# ---- daños y reparación -----------------------------------------------------------------------------------

TAG = r'<w:tag w:val="sgc:version"/>'
CANDADO = r'(<w:tag w:val="sgc:version"/><w:id w:val="\d+"/>)<w:lock [^>]*/>'
MARCADORES = r"<w:bookmark(?:Start|End)[^>]*/>"
CONTROL_VERSION = r"<w:sdt><w:sdtPr><w:alias w:val=.Versión./>.*?<w:sdtContent>(.*?)</w:sdtContent></w:sdt>"
CONTROL_FIRMAS = (
    r"<w:sdt><w:sdtPr><w:alias w:val=.Bloque de firmas./>.*?<w:sdtContent>(.*?)</w:sdtContent></w:sdt>"
)


@pytest.mark.parametrize(
    ("dano", "clases"),
    [
        (lambda d: d, []),
        (lambda d: cambiar(d, TAG, ""), ["etiqueta_perdida"]),
        (lambda d: cambiar(d, CANDADO, r"\1"), ["sin_candado"]),
        (lambda d: cambiar(d, CONTROL_VERSION, r"\1"), ["etiqueta_perdida"]),
        (lambda d: cambiar(d, MARCADORES, ""), []),
        (lambda d: cambiar(cambiar(d, MARCADORES, ""), TAG, ""), ["etiqueta_perdida"]),
        (lambda d: cambiar(d, ">02<", ">99<", veces=1), ["editada"]),
        (lambda d: cambiar(d, CONTROL_FIRMAS, r"\1"), ["etiqueta_perdida"]),
        (lambda d: cambiar(d, ">Jefatura<", ">Otra<"), ["editada"]),
    ],
)
def test_cada_dano_se_dice_y_se_repara(dano: object, clases: list[str]) -> None:
    danado = dano(SELLADO)  # type: ignore[operator]
    assert [d.clase for d in danos(danado, VALORES)] == clases
    assert forma_normal(danado).bloques == forma_normal(DOCX).bloques or "etiqueta_perdida" in clases
    reparado = sellar(danado, VALORES)
    assert danos(reparado, VALORES) == []
    assert zonas(reparado) == LLENO
    assert reparado == SELLADO


def test_zona_que_falta() -> None:
    sin = cambiar(
        SELLADO,
        r"<w:p><w:r><w:t[^>]*>Dato: </w:t></w:r><w:sdt><w:sdtPr><w:alias w:val=.Versión..*?</w:p>",
        "",
    )
    assert [d.mensaje for d in danos(sin, VALORES)] == ["La zona «Versión» ya no está en el documento."]
    assert danos(sin, VALORES, zonas={"codigo"}) == []


def test_zona_copiada() -> None:
    copia = re.search(CONTROL_VERSION, abrir(SELLADO, "a")["word/document.xml"].decode(), re.S)
    assert copia
    sin_marcador = re.sub(MARCADORES, "", copia[0])
    repetida = cambiar(SELLADO, "<w:sectPr", f"<w:p>{sin_marcador}</w:p><w:sectPr")
    assert [d.clase for d in danos(repetida, VALORES)] == ["repetida"]


def test_una_zona_editada_dice_que_dice_y_que_corresponde() -> None:
    editada = cambiar(SELLADO, ">02<", ">99<", veces=1)
    assert (
        danos(editada, VALORES)[0].mensaje == "La zona «Versión» en el cuerpo dice «99» y corresponde «02»."
    )


def test_lo_escrito_junto_a_una_zona_no_se_pierde() -> None:
    """El dueño escribió dentro del control, después del marcador: es suyo."""
    agregado = cambiar(
        SELLADO,
        r'(<w:bookmarkEnd w:id="\d+"/>)(</w:sdtContent></w:sdt></w:p><w:sdt>)',
        r"\1\2<w:r><w:t>MÍO</w:t></w:r>".replace(
            r"\2<w:r><w:t>MÍO</w:t></w:r>", r"<w:r><w:t>MÍO</w:t></w:r>\2"
        ),
    )
    sin_etiqueta = cambiar(agregado, TAG, "")
    assert "Dato: [version]MÍO" in texto_de(forma_normal(sin_etiqueta).bloques)
    assert forma_normal(sellar(sin_etiqueta, VALORES)).bloques == forma_normal(sin_etiqueta).bloques


# ---- encabezados desde la plantilla -----------------------------------------------------------------------

PLANTILLA = Plantilla.compilar(
    mini_docx(
        CUERPO + " / p {{ datos.x }}",
        encabezado="p {{ logo }} {{ servicio }} / zona titulo",
        pie="zona verificacion",
    ),
    "modelo.docx",
)
CONTEXTO = {"servicio": "Servicio", "logo": Imagen(png(), "logo", 2), "datos": {"x": "1"}}


def test_el_encabezado_se_regenera_desde_la_plantilla() -> None:
    borrador = PLANTILLA.generar(CONTEXTO, {})
    manoseado = cambiar(borrador, "Servicio", "Otra cosa", "word/header1.xml")
    sellado = sellar(manoseado, VALORES, plantilla=PLANTILLA, contexto=CONTEXTO, filtros={})
    encabezado = forma_normal(sellado).encabezados[0]
    assert texto_de(encabezado.bloques) == "[imagen: logo] Servicio\nDato: [titulo]"
    assert sellado == sellar(borrador, VALORES, plantilla=PLANTILLA, contexto=CONTEXTO, filtros={})
    assert sellar(sellado, VALORES, plantilla=PLANTILLA, contexto=CONTEXTO, filtros={}) == sellado


def test_el_sello_no_necesita_los_datos_del_cuerpo() -> None:
    borrador = PLANTILLA.generar(CONTEXTO, {})
    sin_datos = {k: v for k, v in CONTEXTO.items() if k != "datos"}
    assert sellar(borrador, VALORES, plantilla=PLANTILLA, contexto=sin_datos, filtros={})


def test_un_documento_que_perdio_sus_encabezados_los_recupera() -> None:
    borrador = PLANTILLA.generar(CONTEXTO, {})
    sin = cambiar(borrador, r"<w:(?:header|footer)Reference[^>]*/>", "")
    assert forma_normal(sin).encabezados == ()
    sellado = sellar(sin, VALORES, plantilla=PLANTILLA, contexto=CONTEXTO, filtros={})
    assert [e.clase for e in forma_normal(sellado).encabezados] == ["encabezado", "pie"]


def test_los_titulos_de_una_tabla_de_zona_vuelven_a_ser_los_de_la_plantilla() -> None:
    borrador = cambiar(PLANTILLA.generar(CONTEXTO, {}), ">Aprobó<", ">Visó<")
    sellado = sellar(borrador, VALORES, plantilla=PLANTILLA, contexto=CONTEXTO, filtros={})
    assert "Visó" not in abrir(sellado, "a")["word/document.xml"].decode()


# ---- marca de agua ----------------------------------------------------------------------------------------


def marcas_de_agua(docx: bytes) -> list[str]:
    partes = abrir(docx, "a")
    return [
        texto
        for parte in sorted(partes)
        if "header" in parte and parte.endswith(".xml")
        for texto in re.findall(r'<v:textpath[^>]*string="([^"]*)"', partes[parte].decode())
    ]


@pytest.mark.parametrize("texto", ["BORRADOR", "DOCUMENTO OBSOLETO", "COPIA NO CONTROLADA"])
@pytest.mark.parametrize("docx", [DOCX, mini_docx("p sin encabezado")])
def test_poner_cambiar_y_quitar_la_marca(docx: bytes, texto: str) -> None:
    marcado = marcar(docx, texto)
    assert marcas_de_agua(marcado) == [texto]
    assert marcas_de_agua(marcar(marcado, "OTRA")) == ["OTRA"]
    assert marcas_de_agua(marcar(marcado, None)) == []
    assert forma_normal(marcado) == forma_normal(docx)


def test_la_marca_cubre_portada_distinta_y_todas_las_secciones() -> None:
    salto = "<w:p><w:pPr><w:sectPr><w:titlePg/></w:sectPr></w:pPr></w:p>"
    marcado = marcar(mini_docx(f"p uno / xml {salto} / p dos"), "BORRADOR")
    assert marcas_de_agua(marcado) == ["BORRADOR"] * 2
    assert "word/headerMarca_first.xml" in abrir(marcado, "a")
    assert not any("headerMarca" in nombre for nombre in abrir(marcar(marcado, None), "a"))
