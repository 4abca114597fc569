"""De texto simple a Word: la guía entera, contada, y lo que el lector del sistema ve en ella."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sgc_gt.dominio.forma import LISTA, PARRAFO, FormaNormal, Seccion, secciones
from sgc_gt.dominio.registros_word import registros_en
from sgc_gt.word.desde_texto import DesdeTexto, convertir_texto, docx_de_texto
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.nombres import q
from sgc_gt.word.puerta import abrir

GUIA = Path(__file__).resolve().parents[3] / "shared/entrada/guia_gestion_territorial_v02.txt"


@pytest.fixture(scope="module")
def texto() -> str:
    return GUIA.read_text("utf-8")


@pytest.fixture(scope="module")
def hecho(texto: str) -> DesdeTexto:
    return convertir_texto(texto, "Guía")


@pytest.fixture(scope="module")
def forma(hecho: DesdeTexto) -> FormaNormal:
    return forma_normal(hecho.docx)


def seccion(forma: FormaNormal, numero: str) -> Seccion:
    return next(s for s in secciones(forma) if s.numero == numero)


@pytest.mark.entrada
def test_las_diez_secciones_y_sus_partes(forma: FormaNormal) -> None:
    todas = secciones(forma)
    assert [(s.numero, s.titulo) for s in todas if s.nivel == 1] == [
        ("1", "Objetivo"), ("2", "Alcance"), ("3", "Responsabilidades"), ("4", "Terminología"), ("5", "Referencias"),
        ("6", "Descripción de proceso"), ("7", "Seguimiento del Proceso"), ("8", "Resultados Esperados"),
        ("9", "Registros"), ("10", "Anexos"),
    ]  # fmt: skip
    assert [s.numero for s in todas if s.nivel > 1] == [
        "3.1", "3.2", "3.3", "3.4", "6.1", "6.2", "6.2.1", "6.2.2", "6.2.3", "6.2.4", "6.2.5", "10.1",
    ]  # fmt: skip


@pytest.mark.entrada
def test_lo_que_se_cuenta_en_ella(forma: FormaNormal) -> None:
    """18 términos, 17 referencias (y una remisión al anexo), 4 registros, 9 normas del anexo, 5 notas."""
    terminos = [b.texto.split(":")[0] for b in seccion(forma, "4").bloques]
    assert len(terminos) == 18
    assert (terminos[0], terminos[3], terminos[-1]) == ("Buen Gobierno", "Gestión Territorial, o GT", "SGC")
    referencias = [b.texto for b in seccion(forma, "5").bloques if b.clase == LISTA]
    assert len(referencias) == 17 + 1
    assert referencias[-1] == "Ver Anexo 2. Referencias normativas."
    assert [p.nombre for p in registros_en(forma)] == [
        "Informe de diagnóstico", "Plan", "Programa de Trabajo", "Registro de Revisión por la Dirección",
    ]  # fmt: skip
    assert len([b for b in seccion(forma, "10.1").bloques if b.clase == LISTA]) == 9
    notas = [m for b in forma.bloques for m in b.marcas if m.clase == "nota"]
    assert len(notas) == 5


@pytest.mark.entrada
def test_las_notas_van_donde_la_guia_las_llama(forma: FormaNormal) -> None:
    llamadas = [b.texto[: b.marcas[0].desde].split()[-1] for b in forma.bloques if b.marcas]
    assert llamadas == ["región", "específicos", "enunciada", "servicios", "desempeño"]


@pytest.mark.entrada
def test_ninguna_palabra_se_pierde_ni_aparece(texto: str, hecho: DesdeTexto) -> None:
    """Las palabras del texto = las del documento + las de los pies de página descartados + los signos «o»."""
    partes = abrir(hecho.docx, "guía")
    escritas: list[str] = []
    for parte in ("word/document.xml", "word/footnotes.xml"):
        for parrafo in etree.fromstring(partes[parte]).iter(q("w:p")):
            escritas.append("".join(t.text or "" for t in parrafo.iter(q("w:t"))))
    vinetas_o = len(re.findall(r"^o [A-ZÁÉÍÓÚ]", texto, re.M))
    esperadas = palabras([texto]) - palabras(hecho.descartado) - Counter({"o": vinetas_o})
    assert palabras(escritas) - Counter({"Guía": 1}) == esperadas
    assert len(hecho.descartado) == 4 * 2 + 2


def palabras(textos: object) -> Counter[str]:
    return Counter(p for t in textos for p in re.findall(r"[^\W\d_]+", t))  # type: ignore[attr-defined]


@pytest.mark.entrada
def test_los_niveles_de_lista_de_la_planificacion(forma: FormaNormal) -> None:
    """Paso, viñeta, «o» y viñeta dentro: cuatro niveles, aunque el texto perdió signos y sangrías."""
    niveles = [b.nivel for b in seccion(forma, "6.2.2").bloques if b.clase == LISTA]
    assert niveles == [1, 2, 3, 3, 4, 4, 4, 3, 3, 3, 4, 2, 3, 3, 4, 4, 4, 4, 3, 3, 1, 2, 2, 2, 2, 1, 2]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200), st.text(max_size=30))
def test_cualquier_texto_da_un_documento_que_pasa_la_puerta(texto: str, titulo: str) -> None:
    assert forma_normal(docx_de_texto(texto, titulo)) is not None


def test_un_parrafo_y_nada_mas() -> None:
    assert [(b.clase, b.texto) for b in forma_normal(docx_de_texto("a < b & c")).bloques] == [
        (PARRAFO, "a < b & c")
    ]
