"""El diagrama de flujo."""

import pytest

from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.diagrama import ALTO_CM, dibujar, texto

FLUJO = {
    "nodos": [
        {"id": "i", "texto": "Inicio", "clase": "inicio"},
        {"id": "d", "texto": "¿Aprueba la Jefatura?", "clase": "decision"},
        {"id": "e", "texto": "Visa SUBDERE", "clase": "externo"},
        {"id": "f", "texto": "Fin", "clase": "fin"},
    ],
    "arcos": [
        {"de": "i", "a": "d"},
        {"de": "d", "a": "i", "texto": "no"},
        {"de": "d", "a": "e", "texto": "sí"},
        {"de": "e", "a": "f"},
    ],
}


def largo(pasos: int) -> dict[str, list[dict[str, str]]]:
    nodos = [
        {"id": f"n{n}", "texto": f"Paso número {n} \\N", "clase": "actividad", "etapa": f"6.2.{n // 5}"}
        for n in range(pasos)
    ]
    return {"nodos": nodos, "arcos": [{"de": f"n{n}", "a": f"n{n + 1}"} for n in range(pasos - 1)]}


def test_alternativa_en_texto() -> None:
    assert texto(FLUJO) == [
        "1. Inicio (sigue en 2)",
        "2. ¿Aprueba la Jefatura? (no: sigue en 1; sí: sigue en 3)",
        "3. Visa SUBDERE (sigue en 4)",
        "4. Fin (termina)",
    ]


def test_la_misma_figura_cada_vez_con_su_texto_alternativo() -> None:
    uno = dibujar(FLUJO, "Flujo de prueba")
    assert uno == dibujar(FLUJO, "Flujo de prueba")
    assert uno.alt == "Flujo de prueba"
    assert uno.png != dibujar({**FLUJO, "arcos": FLUJO["arcos"][:-1]}).png


@pytest.mark.parametrize("pasos", [2, 12, 25, 40])
def test_cabe_en_la_hoja(pasos: int) -> None:
    imagen = dibujar(largo(pasos))
    ancho, alto = (int.from_bytes(imagen.png[n : n + 4], "big") for n in (16, 20))
    assert imagen.ancho_cm <= 16.5
    assert imagen.ancho_cm * alto / ancho <= ALTO_CM + 0.2


def test_flecha_a_un_paso_que_no_existe() -> None:
    with pytest.raises(EntradaInvalida, match="«zz»"):
        dibujar({**FLUJO, "arcos": [{"de": "i", "a": "zz"}]})


def test_sin_pasos() -> None:
    with pytest.raises(EntradaInvalida, match="no tiene pasos"):
        dibujar({"nodos": [], "arcos": []})
