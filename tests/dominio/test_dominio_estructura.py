"""Las secciones de un documento que no usó estilos de título: por numeración, escrita o automática, o nombre."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.estructura import Linea, parece_titulo, titulos
from sgc_gt.dominio.forma import (
    LISTA,
    PARRAFO,
    TABLA,
    TITULO,
    Bloque,
    FormaNormal,
    secciones,
    titulos_de,
)
from sgc_gt.dominio.huella import huella


def forma(guion: str) -> FormaNormal:
    """«T1 x» título, «l1 x» lista, «tabla», y lo demás párrafos; separados por « / »."""
    bloques = []
    for linea in guion.split(" / "):
        orden, _, resto = linea.partition(" ")
        if orden[:1] in "Tl" and orden[1:].isdigit():
            bloques.append(Bloque(TITULO if orden[0] == "T" else LISTA, int(orden[1:]), resto))
        elif orden == "tabla":
            bloques.append(Bloque(TABLA, filas=(((Bloque(PARRAFO, 0, "celda"),),),)))
        else:
            bloques.append(Bloque(PARRAFO, 0, linea))
    return FormaNormal(tuple(bloques))


def vistas(guion: str) -> list[str]:
    """Cada sección como «3.1 Jefatura (2)»: número, título y cuántos bloques trae."""
    return [f"{s.numero} {s.titulo} ({len(s.bloques)})".strip() for s in secciones(forma(guion))]


@pytest.mark.parametrize(
    ("guion", "esperado"),
    [
        # Como la gente escribe los números.
        ("1. Objetivo / x / 2. Alcance / y", ["1 Objetivo (1)", "2 Alcance (1)"]),
        ("1 Objetivo / x / 2 Alcance / y", ["1 Objetivo (1)", "2 Alcance (1)"]),
        ("1.- OBJETIVO / x / 2.- ALCANCE / y", ["1 OBJETIVO (1)", "2 ALCANCE (1)"]),
        ("1) Objetivo: / x / 2) Alcance: / y", ["1 Objetivo: (1)", "2 Alcance: (1)"]),
        ("1. – Objetivo / x / 2. – Alcance / y", ["1 Objetivo (1)", "2 Alcance (1)"]),
        ("01. OBJETIVO / x / 02. ALCANCE / y", ["01 OBJETIVO (1)", "02 ALCANCE (1)"]),
        ("1.\tObjetivo / x / 2.\tAlcance / y", ["1 Objetivo (1)", "2 Alcance (1)"]),
        (
            "I. Objetivo / x / II. Alcance / y / IV.- Registros",
            ["I Objetivo (1)", "II Alcance (1)", "IV Registros (0)"],
        ),
        ("III Responsabilidades / x / IV Registros / y", ["III Responsabilidades (1)", "IV Registros (1)"]),
        ("A. Objetivo / x / B. Alcance / y", ["A Objetivo (1)", "B Alcance (1)"]),
        ("OBJETIVO / x / ALCANCE / y / Registros / z", ["1 OBJETIVO (1)", "2 ALCANCE (3)"]),
        ("Objetivo / x / Alcance: / y", ["1 Objetivo (1)", "2 Alcance (1)"]),
        # Subtítulos, y lo que va antes de la primera.
        (
            "Portada / 1. Objetivo / x / 6. Desarrollo / 6.1 Recepción / y / 6.1.1. Registro en Oficina de Partes / z",
            [
                "(1)",
                "1 Objetivo (1)",
                "6 Desarrollo (0)",
                "6.1 Recepción (1)",
                "6.1.1 Registro en Oficina de Partes (1)",
            ],
        ),
        # Un título de nombre propio vale si la sucesión convence.
        (
            "1. Objetivo / x / 2. Alcance / y / 3. Fondo de emergencia / z",
            ["1 Objetivo (1)", "2 Alcance (1)", "3 Fondo de emergencia (1)"],
        ),
        (
            "1. Origen / x / 2. Cómo postular / y / 3. Pago / z",
            ["1 Origen (1)", "2 Cómo postular (1)", "3 Pago (1)"],
        ),
        # Numeración automática: Word guarda «Objetivo» y pone el número al mostrarlo.
        (
            "l1 Objetivo / x / l1 Alcance / y / l1 Visita a terreno / z / l1 Registros / l1 RG-01 Acta",
            ["1 Objetivo (1)", "2 Alcance (1)", "3 Visita a terreno (1)", "4 Registros (1)"],
        ),
        (
            "l1 Objetivo / x / l1 Desarrollo / l2 Recepción / y / l1 uno / l1 dos / l1 Registros / z",
            ["1 Objetivo (1)", "2 Desarrollo (0)", "2.1 Recepción (3)", "3 Registros (1)"],
        ),
    ],
)
def test_titulos_sin_estilo(guion: str, esperado: list[str]) -> None:
    assert vistas(guion) == esperado


@pytest.mark.parametrize(
    ("guion", "esperado"),
    [
        # Los pasos de una sección no son secciones, aunque haya más que secciones.
        (
            "1. Objetivo / x / 2. Desarrollo / 1. Recibir la solicitud / 2. Revisarla / 3. Firmar / 4. Derivar / 3. Registros / y",
            ["1 Objetivo (1)", "2 Desarrollo (4)", "3 Registros (1)"],
        ),
        (
            "1. Objetivo / x / 2. Alcance / y / 3. Desarrollo / 1. Recibir / 2. Revisar / 3. Firmar / 4. Enviar / 5. Archivar",
            ["1 Objetivo (1)", "2 Alcance (1)", "3 Desarrollo (5)"],
        ),
        # Tabla de contenido, con puntos, con tabulación o con puntos suspensivos.
        ("1. Objetivo.......... 3 / 2. Alcance\t4 / 3. Registros…… 5 / 1. Objetivo / x / 2. Alcance / y",
         ["(3)", "1 Objetivo (1)", "2 Alcance (1)"]),
        # Un índice sin puntos ni páginas: los títulos son los que traen su texto.
        ("1. Objetivo / 2. Alcance / 3. Registros / 1. Objetivo / x / 2. Alcance / y / 3. Registros / z",
         ["(3)", "1 Objetivo (1)", "2 Alcance (1)", "3 Registros (1)"]),
        ("OBJETIVO / ALCANCE / REGISTROS / OBJETIVO / x / ALCANCE / y / REGISTROS / z",
         ["(3)", "1 OBJETIVO (1)", "2 ALCANCE (1)", "3 REGISTROS (1)"]),
        # Fechas, leyes, cantidades, frases.
        ("1. Objetivo / 2. Alcance / 3. enero de 2024 / 3. Enero de 2024 / 3 meses después", ["1 Objetivo (0)", "2 Alcance (3)"]),
        ("1. Objetivo / 2. Alcance / 19.553 Ley de bases / 01.07.05 Modificada / 20.035 del año",
         ["1 Objetivo (0)", "2 Alcance (3)"]),
        ("1. Objetivo / 2. Alcance / 3. Se recibe la solicitud. Luego se deriva.", ["1 Objetivo (0)", "2 Alcance (1)"]),
        ("V Región / Objetivo general", ["(2)"]),
        # Una carta o un acta con su lista no se vuelve un documento con secciones.
        ("Señor Director: / 1. Pedir / 2. Dar", ["(3)"]),
        ("Hola / l1 uno / l1 dos / l1 tres", ["(4)"]),
        ("Objetivo / x", ["(2)"]),
        ("", ["(1)"]),
    ],
)  # fmt: skip
def test_lo_que_parece_titulo_y_no_lo_es(guion: str, esperado: list[str]) -> None:
    assert vistas(guion) == esperado


def test_con_estilos_de_titulo_manda_el_estilo() -> None:
    """Un documento con títulos de verdad no se relee: «4. Anexos» escrito en un párrafo sigue siendo texto."""
    assert vistas("T1 Objetivo / x / T2 Detalle / T1 7. Registros / 4. Anexos / ALCANCE") == [
        "1 Objetivo (1)",
        "1.1 Detalle (0)",
        "7 Registros (2)",
    ]


def test_una_tabla_o_un_texto_suprimido_no_es_titulo() -> None:
    assert vistas("1. Objetivo / tabla / 2. Alcance / tabla") == ["1 Objetivo (1)", "2 Alcance (1)"]


TROZOS = st.sampled_from(
    ["1. Objetivo", "2. Alcance", "3.1 Jefatura", "Registros", "1. Recibir", "V Región", "", "10. enero", "texto", "IX. Anexos", "1.\t"]
) | st.text(max_size=40)  # fmt: skip
LINEAS = st.lists(st.builds(Linea, TROZOS, st.integers(0, 3), st.booleans()), max_size=40)


@given(LINEAS)
def test_nunca_falla_y_los_titulos_van_en_orden(lineas: list[Linea]) -> None:
    hallados = titulos(lineas)
    indices = [t.indice for t in hallados]
    assert indices == sorted(set(indices))
    assert all(0 <= t.indice < len(lineas) and t.nivel >= 1 and parece_titulo(t.titulo) for t in hallados)
    assert not hallados or hallados[0].nivel == 1
    assert titulos(lineas) == hallados


@given(st.lists(st.tuples(st.sampled_from([TITULO, PARRAFO, LISTA, TABLA]), TROZOS), max_size=30))
def test_ningun_bloque_se_pierde_ni_cambia(crudos: list[tuple[str, str]]) -> None:
    """Títulos y contenidos, juntos y en orden, son el documento; y partirlo no mueve su huella."""
    completa = FormaNormal(tuple(Bloque(c, 1 if c in {TITULO, LISTA} else 0, t) for c, t in crudos))
    antes = huella(completa, None, "", "")
    de_titulo = {t.indice for t in titulos_de(completa)}
    restantes = [b for n, b in enumerate(completa.bloques) if n not in de_titulo]
    assert [b for s in secciones(completa) for b in s.bloques] == restantes
    assert huella(completa, None, "", "") == antes
