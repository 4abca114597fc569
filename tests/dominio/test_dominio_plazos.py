"""Los días hábiles: se cuentan desde el siguiente, sin fines de semana ni feriados, y se repiten iguales."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.avisos.feriados import ISO, feriados
from sgc_gt.dominio.plazos import (
    abrir,
    en_palabras,
    es_habil,
    habiles_entre,
    siguiente_habil,
    sumar_habiles,
)
from sgc_gt.dominio.regiones import TODAS

DIAS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
LIBRES = st.lists(DIAS, max_size=40).map(frozenset)


def test_se_cuenta_desde_el_dia_siguiente_y_la_semana_santa_no_corre():
    legales = feriados(2026)
    jueves = date(2026, 3, 26)
    assert sumar_habiles(jueves, 5, legales) == date(2026, 4, 2)
    assert sumar_habiles(jueves, 6, legales) == date(2026, 4, 6), "el 3 de abril de 2026 es Viernes Santo"
    assert sumar_habiles(jueves, 0, legales) == jueves


def test_lo_que_vence_en_feriado_se_corre_al_primer_habil():
    assert siguiente_habil(date(2026, 9, 18), feriados(2026)) == date(2026, 9, 21)


def test_un_plazo_guarda_los_feriados_que_salto_y_solo_esos():
    plazo = abrir(date(2026, 9, 11), 10, feriados(2026))
    assert plazo.vence == date(2026, 9, 28)
    assert plazo.feriados == (date(2026, 9, 18),), "el 19 cae sábado: no cambia la cuenta"
    assert plazo.cuadra
    assert not plazo._replace(vence=plazo.vence + timedelta(days=1)).cuadra
    assert not plazo._replace(feriados=(*plazo.feriados, date(2026, 9, 21))).cuadra


def test_lo_que_queda_se_dice_como_lo_diria_una_persona():
    plazo = abrir(date(2026, 3, 26), 6, feriados(2026))
    dichos = {dia: en_palabras(plazo.quedan(date(2026, 3, dia))) for dia in (27, 30, 31)}
    assert dichos == {27: "quedan 5 días hábiles", 30: "quedan 4 días hábiles", 31: "quedan 3 días hábiles"}
    assert en_palabras(plazo.quedan(date(2026, 4, 2))) == "queda 1 día hábil", "el viernes no cuenta"
    assert en_palabras(plazo.quedan(date(2026, 4, 6))) == "vence hoy"
    assert en_palabras(plazo.quedan(date(2026, 4, 8))) == "venció hace 2 días hábiles"


def test_cada_region_tiene_sus_feriados():
    assert set(ISO) == set(TODAS)
    morro = date(2026, 6, 7)
    assert morro in feriados(2026, "15")
    assert morro not in feriados(2026, "13")
    assert morro not in feriados(2026)


@given(DIAS, st.integers(1, 60), LIBRES)
def test_sumar_y_contar_son_inversos(desde, dias, libres):
    vence = sumar_habiles(desde, dias, libres)
    assert es_habil(vence, libres)
    assert habiles_entre(desde, vence, libres) == dias
    assert habiles_entre(desde, vence - timedelta(days=1), libres) == dias - 1


@given(DIAS, st.integers(1, 60), LIBRES)
def test_un_plazo_abierto_siempre_cuadra_sin_mas_que_lo_que_guarda(desde, dias, libres):
    plazo = abrir(desde, dias, libres)
    assert plazo.cuadra
    assert plazo.quedan(desde) == dias
    assert plazo.quedan(plazo.vence) == 0


@given(DIAS, DIAS, LIBRES)
def test_contar_hacia_atras_es_lo_mismo_con_otro_signo(uno, otro, libres):
    assert habiles_entre(uno, otro, libres) == -habiles_entre(otro, uno, libres)
