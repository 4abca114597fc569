"""El texto de un PDF frente al documento: lo que la página agrega se explica; lo que alguien cambió, no."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.comparacion.cotejo import cotejar
from sgc_gt.dominio.forma import LISTA, PARRAFO, TABLA, TITULO, ZONA, Bloque, FormaNormal, Marca
from sgc_gt.dominio.pdf_firmado import DISTINTO, IGUAL, IMAGEN, OTRO, Pagina

PAGINA = Pagina(
    ("Servicio Nacional", "Página 1 de 2", "Este documento es una copia no controlada"), ("Vigente",)
)
NOTA = "Se paga [nota: Ley de presupuestos vigente] al final."
FORMA = FormaNormal(
    (
        Bloque(ZONA, texto="estado"),
        Bloque(TITULO, 1, "Objetivo"),
        Bloque(PARRAFO, texto="El servicio entrega los subsidios a quienes postulan dentro del plazo."),
        Bloque(LISTA, 1, "Revisar los antecedentes de cada postulación"),
        Bloque(TABLA, filas=(
            ((Bloque(PARRAFO, texto="Término"),), (Bloque(PARRAFO, texto="Definición"),)),
            ((Bloque(PARRAFO, texto="Taller"),), (Bloque(PARRAFO, texto="Espacio de trabajo"),)),
        )),
        Bloque(PARRAFO, texto=NOTA, marcas=(Marca("nota", 8, NOTA.index("]") + 1),)),
    )
)  # fmt: skip
PDF = (
    "Servicio Nacional", "Estado Vigente", "1 Objetivo 2", "Página 1 de 2", "I N F O R M E",
    "1 Objetivo", "El servicio entrega los subsidios a quienes", "postulan dentro del plazo.",
    "a. Revisar los antecedentes de cada postulación", "Término Definición", "Taller Espacio de trabajo",
    "1 Ley de presupuestos vigente", "Este documento es una copia no controlada", "Página 2 de 2",
    "Término Definición", "Se paga1 al final.",
)  # fmt: skip


def test_lo_que_la_pagina_agrega_no_es_diferencia() -> None:
    cotejo = cotejar(FORMA, [r for r in PDF if r not in ("I N F O R M E", "Estado Vigente")], PAGINA)
    assert cotejo.estado == IGUAL, cotejo


@pytest.mark.parametrize(
    ("quitar", "poner", "dice"),
    [
        ("El servicio entrega los", "El servicio no entrega los", "no (en «El servicio no entrega"),
        ("dentro del plazo", "fuera del plazo", "fuera (en"),
        ("Taller Espacio de trabajo", "Taller Espacio de trabajo común", "común (en"),
        ("Página 2 de 2", "Se exceptúa al que lo pida", "Se exceptúa al que lo pida"),
    ],
)
def test_lo_agregado_se_nombra(quitar: str, poner: str, dice: str) -> None:
    cotejo = cotejar(FORMA, _con(quitar, poner), PAGINA)
    assert cotejo.estado == DISTINTO
    assert any(dice in s for s in cotejo.sobran), cotejo


@pytest.mark.parametrize(
    ("quitar", "poner", "falta"),
    [
        ("dentro del plazo", "del plazo", "dentro"),
        (
            "a. Revisar los antecedentes de cada postulación",
            "",
            "revisar los antecedentes de cada postulación",
        ),
        ("1 Ley de presupuestos vigente", "", "ley de presupuestos vigente"),
    ],
)
def test_lo_que_falta_se_nombra(quitar: str, poner: str, falta: str) -> None:
    cotejo = cotejar(FORMA, _con(quitar, poner), PAGINA)
    assert cotejo.estado == DISTINTO
    assert falta in cotejo.faltan, cotejo


def test_un_titulo_espaciado_son_sus_palabras() -> None:
    forma = FormaNormal((Bloque(PARRAFO, texto="Informe de diagnóstico"), *FORMA.bloques))
    assert (
        cotejar(forma, ["I N F O R M E  D E  D I A G N Ó S T I C O", *_con("x", "x")], PAGINA).estado == IGUAL
    )


def test_el_sello_de_quien_firma_va_aparte() -> None:
    cotejo = cotejar(FORMA, [*_con("x", "x"), "Firmado digitalmente por Jefatura del Servicio"], PAGINA)
    assert (cotejo.estado, cotejo.sellos) == (IGUAL, ("Firmado digitalmente por Jefatura del Servicio",))


def test_un_acta_no_es_una_copia_del_documento_y_un_escaneo_no_tiene_texto() -> None:
    assert cotejar(FORMA, ["Acta de la sesión primera", "Asisten todos"], PAGINA).estado == OTRO
    assert cotejar(FORMA, [], PAGINA).estado == IMAGEN


CUERPO = FormaNormal(
    tuple(
        Bloque(PARRAFO, texto=t)
        for t in ("uno dos tres cuatro", "cinco seis siete ocho", "nueve diez once doce")
    )
)


@given(st.integers(0, 11), st.sampled_from(["no", "salvo", "excepto"]))
def test_ninguna_palabra_entra_ni_sale_sin_verse(donde: int, nueva: str) -> None:
    palabras = " ".join(b.texto for b in CUERPO.bloques).split()
    assert cotejar(CUERPO, _en_renglones(palabras), PAGINA).estado == IGUAL
    sin = [*palabras[:donde], *palabras[donde + 1 :]]
    assert palabras[donde] in cotejar(CUERPO, _en_renglones(sin), PAGINA).faltan
    con = [*palabras[:donde], nueva, *palabras[donde:]]
    assert any(nueva in s for s in cotejar(CUERPO, _en_renglones(con), PAGINA).sobran)


def _en_renglones(palabras: list[str]) -> list[str]:
    return [" ".join(palabras[i : i + 5]) for i in range(0, len(palabras), 5)]


def _con(quitar: str, poner: str) -> list[str]:
    return [r.replace(quitar, poner) for r in PDF if r not in ("I N F O R M E", "Estado Vigente")]
