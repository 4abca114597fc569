"""Los documentos que escribe el sistema, ante el validador del SDK de OpenXML."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from mini_docx import mini_docx, png
from test_word_marca import dificil
from validador import errores

from sgc_gt.word.desde_texto import docx_de_texto
from sgc_gt.word.encabezados_ajenos import mapear
from sgc_gt.word.marca import marcar
from sgc_gt.word.plantilla import Imagen, Plantilla
from sgc_gt.word.redline import con_cambios_marcados
from sgc_gt.word.sello import ValoresSello, sellar

pytestmark = pytest.mark.validador
CUERPO = """toc / T1 {{ a }} / p {{ f }} / zona codigo / zona firmas / T2 Tabla / tabla A|B;{%tr for x in xs %}|;{{ x }}|b;{%tr endfor %}|
p {%p for x in xs %}
zona version
nota Con {{ x }} :: pie
p {%p endfor %}
enlace sitio -> https://ejemplo.cl / zona cambios"""


@pytest.mark.parametrize("marca", [None, "DOCUMENTO OBSOLETO"])
def test_generado_y_sellado(marca: str | None, tmp_path: Path) -> None:
    plantilla = Plantilla.compilar(
        mini_docx(CUERPO, encabezado="zona titulo / p {{ f }}", pie="zona codigo"), "m"
    )
    contexto = {"a": "Uno\ndos & <tres>", "f": Imagen(png(), "x & y", 4), "xs": [1, 2, 3]}
    valores = ValoresSello(
        {"codigo": "C", "titulo": "T & más", "base": ""}, {"firmas": [["a"] * 6] * 3}, marca
    )
    generado = plantilla.generar(contexto, {})
    assert errores(generado, tmp_path) == []
    assert (
        errores(sellar(generado, valores, plantilla=plantilla, contexto=contexto, filtros={}), tmp_path) == []
    )


def test_marca_en_un_documento_sin_encabezado(tmp_path: Path) -> None:
    assert errores(sellar(mini_docx("p x"), ValoresSello({}, {}, "BORRADOR")), tmp_path) == []


def test_copia_marcada_con_su_linea_al_pie(tmp_path: Path) -> None:
    assert errores(marcar(dificil(), "DOCUMENTO OBSOLETO", "OBSOLETO & <una> línea"), tmp_path) == []


@pytest.mark.redline
def test_con_cambios_marcados(tmp_path: Path) -> None:
    antes = mini_docx(
        "T1 Plazos / p En cinco días. / tabla a|b;c|d / zona cambios", encabezado="p Uno / zona version"
    )
    despues = mini_docx(
        "T1 Plazos / p En diez días. / tabla a|b;e|f;c|d / zona cambios", encabezado="p Dos / zona version"
    )
    marcado = con_cambios_marcados(antes, despues, "Comparación", datetime(2026, 3, 10, tzinfo=UTC))
    assert errores(marcado, tmp_path) == []


@pytest.mark.parametrize(
    "encabezado", ["tabla Código: PR-1|Versión;x|02", "p Código: PPGC\tVersión: 02\tFecha: 15-03-2024"]
)
def test_encabezado_ajeno_mapeado_y_sellado(encabezado: str, tmp_path: Path) -> None:
    mapeado = mapear(mini_docx("T1 Objetivo / p x", encabezado=encabezado, pie="p Vigente desde: 01-04-2024"))
    assert errores(mapeado, tmp_path) == []
    valores = ValoresSello({"codigo": "C", "version": "03", "vigencia": "02-01-2027"}, {}, None)
    assert errores(sellar(mapeado, valores), tmp_path) == []


def test_documento_hecho_desde_texto(tmp_path: Path) -> None:
    filete = " " * 49
    texto = f"1 Objetivo\n\nLa región1 & <más> \n• uno\no Dos\n{filete}\n1 Una nota.\n\n 2 Alcance\n\n1. Paso.\n\nFigura 1"
    assert errores(docx_de_texto(texto, "Título"), tmp_path) == []
