"""Nuestro marco, el cuerpo de otro: nada se pierde, o no se entrega."""

from __future__ import annotations

import io

import docx
import pytest
from docx.enum.section import WD_ORIENT
from mini_docx import mini_docx

from sgc_gt.dominio.forma import texto_de
from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.conversion import convertir
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.nombres import leer_xml, q
from sgc_gt.word.puerta import abrir

MARCO = mini_docx(
    "p Portada / zona firmas / T1 Objetivo / p Describa aquí / p Control de cambios / zona cambios"
)
AJENO = (
    "T1 Alcance / p Todo / tabla 2x3 / l1 Uno / n1 Dos / imagen Plano / nota Ver :: La ley / tachado viejo"
)


def textos(contenido: bytes) -> list[str]:
    return [texto_de([b]) for b in forma_normal(contenido).bloques]


def test_el_cuerpo_queda_entero_entre_la_portada_y_el_control_de_cambios() -> None:
    unido = convertir(MARCO, mini_docx(AJENO), "x.docx")
    cuerpo = textos(mini_docx(AJENO))
    assert textos(unido) == ["Portada", "firmas", *cuerpo, "Control de cambios", "cambios"]
    assert convertir(MARCO, mini_docx(AJENO), "x.docx") == unido


def test_un_titulo_numerado_a_mano_no_se_numera_dos_veces() -> None:
    unido = convertir(MARCO, mini_docx("T1 1. Alcance / p Todo / T1 Plazos / p Diez"), "x.docx")
    partes = abrir(unido, "x.docx")
    raiz = leer_xml(partes["word/document.xml"], "x")
    sin_numero = [
        "".join(p.itertext())
        for p in raiz.iter(q("w:p"))
        if p.find(f"{q('w:pPr')}/{q('w:numPr')}") is not None
    ]
    assert sin_numero == ["1. Alcance"]


def test_lo_que_se_perderia_se_dice_y_no_se_convierte() -> None:
    documento = docx.Document(io.BytesIO(mini_docx(AJENO)))
    documento.add_comment(documento.paragraphs[1].runs, text="¿Y esto?", author="Jefatura", initials="J")
    comentado = io.BytesIO()
    documento.save(comentado)
    with pytest.raises(EntradaInvalida, match="comentarios de Word"):
        convertir(MARCO, comentado.getvalue(), "x.docx")
    apaisado = docx.Document(io.BytesIO(mini_docx(AJENO)))
    apaisado.sections[-1].orientation = WD_ORIENT.LANDSCAPE
    salida = io.BytesIO()
    apaisado.save(salida)
    with pytest.raises(EntradaInvalida, match="hoja es horizontal"):
        convertir(MARCO, salida.getvalue(), "x.docx")


def test_las_propiedades_de_otros_documentos_se_siguen_escribiendo_bien() -> None:
    """docxcompose cambia un prefijo de python-docx para todo el proceso: se deshace."""
    convertir(MARCO, mini_docx(AJENO), "x.docx")
    documento = docx.Document()
    documento.core_properties.last_modified_by = "Unidad"
    salida = io.BytesIO()
    documento.save(salida)
    nucleo = abrir(salida.getvalue(), "x.docx")["docProps/core.xml"]
    assert b"<cp:lastModifiedBy>Unidad</cp:lastModifiedBy>" in nucleo
