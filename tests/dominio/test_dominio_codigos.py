"""Códigos, versiones y fechas: lo que se forma se vuelve a leer, y lo siguiente es siempre mayor."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.codigos import RESERVADOS, FormatoVersion, Mascara, exigir_codigo
from sgc_gt.dominio.fechas import imprimir_fecha, imprimir_instante, leer_fecha, leer_instante, sumar_meses
from sgc_gt.errores import ConfiguracionInvalida, UsoIncorrecto

SIGLA = st.text("ABCXYZ0189", min_size=1, max_size=4)
FIJO = st.text("AB0-", max_size=2)


@st.composite
def mascaras(draw: st.DrawFn) -> Mascara:
    """Máscaras escritas de muchas formas; sirven solo las que `validar` admite."""
    piezas = draw(st.permutations(["{tipo}", "{area}", "{" + "n" * draw(st.integers(1, 4)) + "}"]))
    if draw(st.booleans()):
        piezas = [p for p in piezas if p != "{area}"]
    return Mascara(draw(FIJO) + "".join(p + draw(FIJO) for p in piezas))


@given(mascaras(), SIGLA, SIGLA, st.integers(0, 10**6))
def test_lo_que_una_mascara_valida_forma_lo_lee(mascara: Mascara, tipo: str, area: str, numero: int) -> None:
    try:
        mascara.validar()
    except ConfiguracionInvalida:
        return
    area = area if "{area}" in mascara.texto else ""
    assert mascara.leer(mascara.formar(tipo, area, numero)) == (tipo, area, numero)


@given(mascaras(), st.text("ABX01-", max_size=12))
def test_dos_codigos_distintos_nunca_son_el_mismo(mascara: Mascara, codigo: str) -> None:
    try:
        partes = mascara.validar().leer(codigo)
    except ConfiguracionInvalida:
        return
    if partes:
        assert mascara.formar(*partes) == codigo


@pytest.mark.parametrize(
    "texto", ["{tipo}-{area}-{nn}", "{area}-{tipo}-{nnn}", "{tipo}-{n}", "SGC-{tipo}-{nn}", "{tipo}-A{nn}"]
)
def test_mascaras_que_sirven(texto: str) -> None:
    assert Mascara(texto).validar().texto == texto


NO_SIRVEN = [
    "{tipo}",
    "{nn}",
    "{tipo}{nn}",
    "{tipo}{area}-{nn}",
    "{tipo}-{tipo}-{nn}",
    "{tipo}-{area}-{area}-{nn}",
    "{tipo}-{nn}-{nn}",
    "{tipo}_{nn}",
    "{tipo}-{nn}-",
    "-{tipo}-{nn}",
    "{tipo}--{nn}",
    "{tipo}-ñ{nn}",
    "{tipo}-{zz}-{nn}",
]


@pytest.mark.parametrize("texto", ["", *NO_SIRVEN])
def test_mascaras_que_no_sirven(texto: str) -> None:
    with pytest.raises(ConfiguracionInvalida) as rechazo:
        Mascara(texto).validar()
    assert rechazo.value.mensaje == f"la máscara «{texto}» no sirve para formar códigos"


def test_un_area_vacia_no_se_llena_con_el_numero() -> None:
    assert Mascara("{tipo}-{area}-{nn}").formar("PR", "", 1) == "PR--01"


@pytest.mark.parametrize(
    "codigo", [*sorted(RESERVADOS), "", "A", "pr-gt-01", "PR GT", "PR/GT", "PR-GT-", "Ñ-01", "PR-GT-01\n"]
)
def test_codigos_que_no_sirven(codigo: str) -> None:
    with pytest.raises(UsoIncorrecto, match="no sirve como código"):
        exigir_codigo(codigo)


@pytest.mark.parametrize("codigo", ["PR-GT-01", "CON-GT-01", "01", "A" * 32])
def test_codigos_que_sirven(codigo: str) -> None:
    assert exigir_codigo(codigo) == codigo


FORMATOS = st.builds(FormatoVersion, st.sampled_from([0, 1]), st.integers(1, 4), st.sampled_from([".", "_"]))


@given(FORMATOS, st.lists(st.booleans(), max_size=30))
def test_la_version_siguiente_es_siempre_mayor(formato: FormatoVersion, menores: list[bool]) -> None:
    version = formato.inicial()
    for menor in menores:
        siguiente = formato.siguiente(version, menor=menor)
        assert formato.orden(siguiente) > formato.orden(version)
        version = siguiente


def test_versiones() -> None:
    f = FormatoVersion()
    assert [f.inicial(), f.siguiente("02"), f.siguiente("02.9"), f.siguiente("99")] == [
        "01",
        "03",
        "03",
        "100",
    ]
    assert [f.siguiente("02", menor=True), f.siguiente("02.9", menor=True)] == ["02.1", "02.10"]
    assert FormatoVersion(0, 1).inicial() == "0"


@given(st.dates())
def test_una_fecha_impresa_se_vuelve_a_leer(fecha: date) -> None:
    assert leer_fecha(imprimir_fecha(fecha)) == leer_fecha(fecha.isoformat()) == fecha
    assert leer_fecha(f"  {imprimir_fecha(fecha).replace('-', '/')} ") == fecha
    assert leer_fecha(f"{fecha.day}/{fecha.month}/{fecha.year:04d}") == fecha


@pytest.mark.parametrize(
    ("texto", "frase"),
    [
        ("ayer", "«ayer» no es una fecha"),
        ("10-3/2026", "«10-3/2026» no es una fecha"),
        ("10-3-26", "«10-3-26» no es una fecha"),
        ("2026/03/10", "«2026/03/10» no es una fecha"),
        ("٢٠٢٦-٠٣-١٠", "«٢٠٢٦-٠٣-١٠» no es una fecha"),
        ("30-02-2026", "«30-02-2026» no existe en el calendario"),
        ("2026-13-01", "«2026-13-01» no existe en el calendario"),
        ("0000-01-01", "«0000-01-01» no existe en el calendario"),
    ],
)
def test_lo_que_no_es_una_fecha(texto: str, frase: str) -> None:
    with pytest.raises(UsoIncorrecto) as rechazo:
        leer_fecha(texto, "--fecha")
    assert (rechazo.value.mensaje, rechazo.value.lugar) == (frase, "--fecha")
    assert rechazo.value.esperado == "AAAA-MM-DD o DD-MM-AAAA"


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)), st.integers(-600, 600))
def test_sumar_meses(fecha: date, meses: int) -> None:
    despues = sumar_meses(fecha, meses)
    assert (despues.year * 12 + despues.month) - (fecha.year * 12 + fecha.month) == meses
    assert despues.day <= fecha.day
    assert despues.day == fecha.day or (despues.day >= 28 and sumar_meses(fecha, meses).day < fecha.day)


def test_sumar_meses_recorta_al_fin_de_mes() -> None:
    assert sumar_meses(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert sumar_meses(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert sumar_meses(date(2026, 12, 31), 0) == date(2026, 12, 31)
    assert sumar_meses(date(9999, 11, 30), 1) == date(9999, 12, 30)


def test_un_instante_dice_su_zona() -> None:
    assert imprimir_instante(leer_instante("2026-03-10T09:05:00-03:00")) == "10-03-2026, 09:05"
    with pytest.raises(ValueError, match="sin zona"):
        leer_instante("2026-03-10T09:05:00")


@given(st.datetimes(timezones=st.timezones()))
def test_un_instante_escrito_se_vuelve_a_leer(instante: datetime) -> None:
    assert leer_instante(instante.isoformat()).isoformat() == instante.isoformat()
