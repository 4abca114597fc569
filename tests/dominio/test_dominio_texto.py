"""Un texto simple con estructura: qué es título, párrafo, viñeta, paso, definición, nota o pie de página."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.texto_paginas import juntar, sin_paginas
from sgc_gt.dominio.texto_piezas import leer_texto


def piezas(texto: str) -> list[str]:
    """Cada pieza como «titulo1 3 Alcance» o «vineta2 texto»."""
    return [
        " ".join(filter(None, (f"{p.clase}{p.nivel}", p.numero, p.texto))) for p in leer_texto(texto).piezas
    ]


SECCIONES = "1 Objetivo\n\nUn texto.\n\n2 Alcance\n\n"


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        # Renglones de un párrafo, con guion de corte y con un blanco de página por medio.
        ("Uno dos\ntres cuatro.\n\nOtro.", ["parrafo1 Uno dos tres cuatro.", "parrafo1 Otro."]),
        ("La implemen-\ntación del plan.", ["parrafo1 La implementación del plan."]),
        ("bienes y servicios de la\n\nregión y sus habitantes.", ["parrafo1 bienes y servicios de la región y sus habitantes."]),
        # Viñetas: con signo, y sin él (un espacio es lo que quedó del signo).
        ("Considera:\n\n• uno\n• dos que\nsigue", ["parrafo1 Considera:", "vineta1 uno", "vineta1 dos que sigue"]),
        ("Considera:\n Uno\n Dos.", ["parrafo1 Considera:", "vineta1 Uno", "vineta1 Dos."]),
        ("• Uno:\no Dos\no Tres\n• Cuatro", ["vineta1 Uno:", "vineta2 Dos", "vineta2 Tres", "vineta1 Cuatro"]),
        # «o» en minúscula al comienzo de un renglón es la conjunción.
        ("existan inequidades \no atención parcial.", ["parrafo1 existan inequidades o atención parcial."]),
        # Pasos: cada lista parte de uno; lo que cuelga de un paso baja un nivel.
        ("1. Recibir la solicitud que llega a la oficina.\n• con timbre\n2. Derivar a la unidad que la debe responder.",
         ["paso1 1 Recibir la solicitud que llega a la oficina.", "vineta2 con timbre",
          "paso1 2 Derivar a la unidad que la debe responder."]),
        # Secciones, y las que parten con su número en el párrafo.
        (SECCIONES + "Otro.", ["titulo1 1 Objetivo", "parrafo1 Un texto.", "titulo1 2 Alcance", "parrafo1 Otro."]),
        (SECCIONES + "2.1 La Jefatura, es responsable de conducir la aplicación de todo el procedimiento en\nlas regiones.",
         ["titulo1 1 Objetivo", "parrafo1 Un texto.", "titulo1 2 Alcance", "titulo2 2.1 La Jefatura,",
          "parrafo1 es responsable de conducir la aplicación de todo el procedimiento en las regiones."]),
        # Glosario, y una enumeración sin signos.
        (SECCIONES + "3 Definiciones\n\nSGC: Sistema de\nGestión.\n\nPMG: Programa.",
         ["titulo1 1 Objetivo", "parrafo1 Un texto.", "titulo1 2 Alcance", "titulo1 3 Definiciones",
          "definicion1 SGC: Sistema de Gestión.", "definicion1 PMG: Programa."]),
        (SECCIONES + "3 Registros\n\nActa\nPlan anual\nInforme",
         ["titulo1 1 Objetivo", "parrafo1 Un texto.", "titulo1 2 Alcance", "titulo1 3 Registros",
          "vineta1 Acta", "vineta1 Plan anual", "vineta1 Informe"]),
        ("", []),
    ],
)  # fmt: skip
def test_piezas(texto: str, esperado: list[str]) -> None:
    assert piezas(texto) == esperado


def test_lo_que_es_de_la_pagina_se_aparta_y_se_dice() -> None:
    pie = "\nProcedimiento de ejemplo\nVersión 02" + " " * 60 + "{}\n\n"
    texto = "Un párrafo que no \n" + pie.format(6) + "termina aquí.\n" + pie.format(8) + "Otro."
    leido = leer_texto(texto)
    assert [p.texto for p in leido.piezas] == ["Un párrafo que no termina aquí.", "Otro."]
    assert [re.sub(r"\s+", " ", d) for d in leido.descartado] == [
        "Procedimiento de ejemplo", "Versión 02 6", "Procedimiento de ejemplo", "Versión 02 8",
    ]  # fmt: skip


def test_una_nota_al_pie_va_donde_la_llaman() -> None:
    filete = " " * 49
    leido = leer_texto(f"La A1 y la región1 sigue \n{filete}\n1 Al menos las \ncomprometidas.\n hasta aquí.")
    assert [(p.texto, p.notas) for p in leido.piezas] == [("La A1 y la región sigue hasta aquí.", ((17, 1),))]
    assert [(n.numero, n.texto) for n in leido.notas] == [(1, "Al menos las comprometidas.")]


def test_una_nota_que_nadie_llama_queda_al_final() -> None:
    leido = leer_texto(f"Sin llamada.\n{' ' * 49}\n1 Una nota.")
    assert [p.texto for p in leido.piezas] == ["Sin llamada.", "1 Una nota."]


def palabras(textos: list[str]) -> Counter[str]:
    return Counter(p for t in textos for p in re.findall(r"[^\W\d_]+", t))


RENGLONES = st.sampled_from(
    ["1 Objetivo", "2 Alcance", "3.1 La Jefatura, es quien manda", "• uno", " Dos", "o Tres", "1. Paso", "2. Paso", "", "SGC: algo", "texto que", "Sigue.", "Anexo 1. X", " " * 40, "1 nota", "3 Definiciones"]
) | st.text("aB1 .•\n", max_size=12)  # fmt: skip


@given(st.lists(RENGLONES, max_size=25).map("\n".join))
def test_ninguna_palabra_se_pierde(texto: str) -> None:
    """Las palabras del texto son las de las piezas, las notas y lo descartado; las viñetas «o» son un signo."""
    leido = leer_texto(texto)
    salidas = [p.texto for p in leido.piezas] + [n.texto for n in leido.notas] + list(leido.descartado)
    faltan = palabras([texto]) - palabras([*salidas, *(p.numero for p in leido.piezas)])
    assert set(faltan) <= {"o"}
    assert leer_texto(texto) == leido


@given(st.lists(st.text("ab- ", min_size=1, max_size=6), max_size=5))
def test_juntar_solo_quita_guiones_y_espacios(lineas: list[str]) -> None:
    assert re.sub(r"[-\s]", "", juntar(lineas)) == re.sub(r"[-\s]", "", "".join(lineas))


@pytest.mark.parametrize(
    "pie", ["Página {} de 9", "- {} -", "{}", "Manual" + " " * 20 + "{}", "Manual, pág. {}"]
)
def test_las_formas_de_un_numero_de_pagina(pie: str) -> None:
    texto = "\n\n".join(f"Texto de la hoja.\n\n{pie.format(n)}" for n in (1, 2, 3))
    assert len(leer_texto(texto).descartado) == 3
    assert {p.texto for p in leer_texto(texto).piezas} == {"Texto de la hoja."}


def test_dos_numeros_iguales_no_son_paginas() -> None:
    assert sin_paginas("Total          5\n\nSuma          5").descartado == ()
