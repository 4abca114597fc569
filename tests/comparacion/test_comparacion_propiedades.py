"""Comparar, como propiedad: el guion aplicado a lo de antes da lo de después, y nada se pierde."""

from __future__ import annotations

from formas import pares
from hypothesis import given, settings

from sgc_gt.comparacion.aplicar import aplicar
from sgc_gt.comparacion.comparar import comparar
from sgc_gt.comparacion.secciones import comparar_secciones
from sgc_gt.comparacion.valores import AGREGADO, MOVIDO, ORIGEN, SUPRIMIDO, Comparacion
from sgc_gt.dominio.forma import FormaNormal

Par = tuple[FormaNormal, FormaNormal]


@given(pares())
@settings(max_examples=500)
def test_aplicar_las_diferencias_a_lo_de_antes_da_lo_de_despues(par: Par) -> None:
    antes, despues = par

    assert aplicar(antes, comparar(antes, despues)) == despues


@given(pares())
def test_la_misma_comparacion_siempre(par: Par) -> None:
    assert comparar(*par) == comparar(*par)


@given(pares())
def test_iguales_solo_si_lo_son(par: Par) -> None:
    antes, despues = par

    assert comparar(antes, antes).iguales
    lo_mismo = antes.bloques == despues.bloques and margenes(antes) == margenes(despues)
    assert comparar(antes, despues).iguales == lo_mismo


@given(pares())
def test_de_vuelta_se_cuenta_lo_mismo_al_reves(par: Par) -> None:
    """Cada bloque de antes sigue, sale o se va a otro lugar, y una sola vez; igual los de después."""
    antes, despues = par
    c = comparar(antes, despues)

    assert sorted(p.antes for p in c.pasos if p.tipo not in (AGREGADO, ORIGEN)) == list(
        range(len(antes.bloques))
    )
    assert [p.despues for p in c.pasos if p.tipo not in (SUPRIMIDO, ORIGEN)] == list(
        range(len(despues.bloques))
    )
    movidos = {(p.antes, p.despues) for p in c.pasos if p.tipo == MOVIDO}
    assert movidos == {(p.antes, p.despues) for p in c.pasos if p.tipo == ORIGEN}
    assert len(antes.bloques) - pasos_de(c, SUPRIMIDO) == len(despues.bloques) - pasos_de(c, AGREGADO)


def pasos_de(c: Comparacion, tipo: str) -> int:
    return sum(p.tipo == tipo for p in c.pasos)


@given(pares())
def test_todo_paso_esta_en_una_seccion_y_en_una_sola(par: Par) -> None:
    c = comparar(*par)

    assert sorted(map(id, (p for s in c.secciones for p in s.pasos))) == sorted(map(id, c.pasos))


@given(pares())
def test_un_cambio_de_encabezado_o_pie_nunca_se_pierde(par: Par) -> None:
    antes, despues = par
    c = comparar(antes, despues)

    assert all(e.tipo == "igual" for e in c.encabezados) == (margenes(antes) == margenes(despues))


def margenes(forma: FormaNormal) -> dict[str, list[object]]:
    """Los encabezados y pies por clase, en orden."""
    por_clase: dict[str, list[object]] = {}
    for e in forma.encabezados:
        por_clase.setdefault(e.clase, []).append(e.bloques)
    return por_clase


@given(pares())
def test_por_secciones_se_informa_todo_cambio_del_cuerpo(par: Par) -> None:
    antes, despues = par

    assert bool(comparar_secciones(antes, despues)) == (antes.bloques != despues.bloques)
