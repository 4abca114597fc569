"""El diagrama de flujo."""

import os

import pygraphviz
import pytest

from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.diagrama import ALTO_CM, ANCHO_CM, dibujar, texto
from sgc_gt.word.imagen import Imagen

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


def medidas(imagen: Imagen) -> tuple[float, float, float]:
    """Ancho y alto en cm, y cuánto se achicó la letra de 9 puntos: 1 es nada (200 puntos por pulgada)."""
    ancho, alto = (int.from_bytes(imagen.png[n : n + 4], "big") for n in (16, 20))
    return imagen.ancho_cm, imagen.ancho_cm * alto / ancho, imagen.ancho_cm / (ancho / 200 * 2.54)


@pytest.mark.parametrize("pasos", [1, 2, 12, 25, 40])
def test_cabe_en_la_hoja_con_sus_titulos(pasos: int) -> None:
    ancho, alto, _ = medidas(dibujar(largo(pasos)))
    assert ancho <= ANCHO_CM
    assert alto <= ALTO_CM + 0.2


def test_un_flujo_corto_sale_chico_y_uno_mediano_se_lee() -> None:
    ancho, alto, letra = medidas(dibujar(largo(8)))
    assert alto < 10
    assert ancho < ANCHO_CM
    assert letra == pytest.approx(1, abs=0.01)
    assert medidas(dibujar(largo(25)))[2] > 0.85


def sin_etapas(pasos: int) -> dict[str, list[dict[str, str]]]:
    flujo = largo(pasos)
    return {**flujo, "nodos": [{k: v for k, v in nodo.items() if k != "etapa"} for nodo in flujo["nodos"]]}


def test_un_flujo_largo_sin_etapas_tambien_se_reparte_en_columnas() -> None:
    corto, extenso = medidas(dibujar(sin_etapas(10))), medidas(dibujar(sin_etapas(30)))
    assert corto[0] < 6
    assert extenso[0] > 9
    assert extenso[2] > 0.8


def test_nada_se_escribe_en_la_salida_de_errores(capfd: pytest.CaptureFixture[str]) -> None:
    raro = {**FLUJO, "nodos": [{**nodo, "texto": "Sinpartir" * 9} for nodo in FLUJO["nodos"]]}
    dibujar(raro)
    os.write(2, b"sigue abierta")
    assert capfd.readouterr().err == "sigue abierta"


def test_si_el_dibujo_falla_se_rechaza_y_la_salida_de_errores_vuelve(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    # Un programa de dibujo que no existe: falla Graphviz de verdad.
    original = pygraphviz.AGraph.draw
    monkeypatch.setattr(
        pygraphviz.AGraph, "draw", lambda grafo, **_: original(grafo, format="png", prog="inexistente")
    )
    with pytest.raises(EntradaInvalida, match="no se pudo dibujar"):
        dibujar(FLUJO)
    os.write(2, b"sigue abierta")
    assert capfd.readouterr().err == "sigue abierta"


def test_sin_consola_se_dibuja_igual(monkeypatch: pytest.MonkeyPatch) -> None:
    def sin_descriptor(_: int) -> int:
        raise OSError("no hay descriptor")

    esperado = dibujar(FLUJO)
    monkeypatch.setattr(os, "dup", sin_descriptor)
    assert dibujar(FLUJO) == esperado


def test_flecha_a_un_paso_que_no_existe() -> None:
    with pytest.raises(EntradaInvalida, match="«zz»"):
        dibujar({**FLUJO, "arcos": [{"de": "i", "a": "zz"}]})


def test_sin_pasos() -> None:
    with pytest.raises(EntradaInvalida, match="no tiene pasos"):
        dibujar({"nodos": [], "arcos": []})
