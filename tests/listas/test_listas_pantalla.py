"""Lo que se ve en la consola y lo que lee otro programa."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.cli.cuadro import texto
from sgc_gt.cli.pantalla import a_json, a_lo_ancho, escribir, mostrar, mostrar_json
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio.filas import MAESTRA
from sgc_gt.dominio.tabla import FECHA, NUMERO, VERSION, Columna, Tabla

COLUMNAS = (
    Columna("codigo", "Código"),
    Columna("titulo", "Título"),
    Columna("version", "Versión", VERSION),
    Columna("desde", "Vigente desde", FECHA),
    Columna("n", "N°", NUMERO),
)


def tabla(*titulos: str, notas: tuple[str, ...] = ()) -> Tabla:
    filas = tuple(
        {"codigo": f"PR-GT-{n:03d}", "titulo": t, "version": "02", "desde": date(2026, 3, 9), "n": n}
        for n, t in enumerate(titulos, start=1)
    )
    return Tabla("Estado", "Servicio de Ejemplo", COLUMNAS, filas, date(2026, 3, 15), notas)


class Consola(io.StringIO):
    """Una consola UTF-8 de mentira: solo dice que lo es."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def salida(codificacion: str) -> tuple[io.TextIOWrapper, io.BytesIO]:
    crudo = io.BytesIO()
    return io.TextIOWrapper(crudo, encoding=codificacion, newline="\n"), crudo


def test_el_texto_es_este() -> None:
    assert texto(tabla("Uno", "Otro", notas=("Nota.",))) == (
        "Estado\n"
        "Servicio de Ejemplo\n"
        "Fecha de corte: 15-03-2026\n"
        "\n"
        "Código     Título  Versión  Vigente desde  N°\n"
        "---------  ------  -------  -------------  --\n"
        "PR-GT-001  Uno     02       09-03-2026      1\n"
        "PR-GT-002  Otro    02       09-03-2026      2\n"
        "\n"
        "Nota.\n"
    )


def test_sin_filas_lo_dice() -> None:
    assert texto(tabla(), 80).endswith("\n\nSin filas.\n")


@given(
    st.lists(st.text("áb -/", max_size=120), min_size=1, max_size=5),
    st.integers(min_value=60, max_value=120),
)
def test_nada_pasa_del_ancho_y_nada_se_pierde(titulos: list[str], ancho: int) -> None:
    corto = [" ".join(p[:20] for p in t.split()) for t in titulos]
    vista = texto(tabla(*corto), ancho)
    assert max(map(len, vista.splitlines())) <= ancho
    for n, titulo in enumerate(corto, start=1):
        assert f"PR-GT-{n:03d}" in vista
        for palabra in titulo.split():
            assert palabra in vista
    assert vista.count("09-03-2026") == len(corto)


def test_trece_columnas_en_ochenta_van_como_listas_de_datos() -> None:
    fila: dict[str, object] = {c.clave: "Encargado/a de Gestión Territorial" for c in MAESTRA}
    maestra = Tabla("Lista", "", MAESTRA, ({**fila, "codigo": "PR-GT-01", "reviso": ""},))
    vista = texto(maestra, 80)
    assert max(map(len, vista.splitlines())) <= 80
    assert "PR-GT-01\n  Título:              Encargado/a" in vista
    assert "Revisó" not in vista


def test_el_texto_que_no_cabe_baja_al_pie_de_su_fila() -> None:
    largo = "Procedimiento de Incorporación de Perspectiva Territorial en los productos del servicio"
    assert texto(tabla(largo, "Corto"), 60).splitlines()[4:] == [
        "Código     Versión  Vigente desde  N°",
        "---------  -------  -------------  --",
        "PR-GT-001  02       09-03-2026      1",
        "    Título: Procedimiento de Incorporación de Perspectiva",
        "      Territorial en los productos del servicio",
        "PR-GT-002  02       09-03-2026      2",
        "    Título: Corto",
    ]


def test_una_columna_vacia_no_quita_lugar_en_la_consola() -> None:
    vacia = tabla("Título", "Otro")._replace(columnas=(*COLUMNAS, Columna("turno", "Turno de")))
    assert "Turno de" in texto(vacia)
    assert "Turno de" not in texto(vacia, 80)


def test_un_codigo_mas_ancho_que_la_pantalla_no_se_corta() -> None:
    largo = "PR-" + "X" * 60
    vista = texto(Tabla("L", "", COLUMNAS, ({"codigo": largo, "titulo": "y " * 30},)), 40)
    assert largo in vista


def test_redirigida_va_completa_y_sin_adornos() -> None:
    archivo = io.StringIO()
    mostrar(tabla("palabra " * 40), archivo, 80)
    assert archivo.getvalue() == texto(tabla("palabra " * 40))


@pytest.mark.parametrize("filas", [2, 51])
def test_en_consola_es_el_mismo_texto_a_su_ancho(filas: int) -> None:
    contenido = tabla(*["Un título bastante largo que no cabe en una sola línea"] * filas)
    consola = Consola()
    mostrar(contenido, consola, 70)
    assert consola.getvalue() == texto(contenido, 70)
    assert max(map(len, consola.getvalue().splitlines())) <= 70


def test_una_oracion_se_parte_por_palabras_y_la_orden_que_se_copia_no() -> None:
    dicho = "  Qué hacer: deje el documento como estaba y registre otra vez con: sgc-gt entregar PR-GT-01 --fecha D"
    assert a_lo_ancho(dicho, 50).splitlines() == [
        "  Qué hacer: deje el documento como estaba y",
        "    registre otra vez con:",
        "    sgc-gt entregar PR-GT-01 --fecha D",
    ]
    assert a_lo_ancho(dicho, 200) == dicho


@pytest.mark.parametrize("codificacion", ["cp1252", "cp850", "ascii"])
def test_una_consola_antigua_no_revienta(codificacion: str) -> None:
    archivo, crudo = salida(codificacion)
    mostrar(tabla("Año – «todo» ✓"), archivo, 80)
    archivo.flush()
    esperado = {"cp1252": "Año - «todo» ?", "cp850": "Año - «todo» ?", "ascii": "A?o - ?todo? ?"}
    assert esperado[codificacion].encode(codificacion) in crudo.getvalue()


def test_lo_que_la_consola_conoce_va_igual() -> None:
    archivo, crudo = salida("cp1252")
    escribir("Año – «todo»…", archivo)
    archivo.flush()
    assert crudo.getvalue().decode("cp1252") == "Año – «todo»…"


class Par(NamedTuple):
    fecha: date
    cosas: tuple[str, ...] = ()


def test_el_json_es_de_piezas_simples() -> None:
    instante = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
    valor = [Par(date(2026, 3, 9), ("ñ",)), {"i": instante, "s": {"b", "a"}, "n": None, "v": True}]
    assert json.loads(a_json(valor)) == [
        {"fecha": "2026-03-09", "cosas": ["ñ"]},
        {"i": "2026-03-09T10:00:00+00:00", "s": ["a", "b"], "n": None, "v": True},
    ]
    assert "ñ" in a_json(valor)


def test_el_json_no_pierde_nada_en_una_salida_antigua() -> None:
    archivo, crudo = salida("cp1252")
    mostrar_json({"titulo": "año ✓"}, archivo)
    archivo.flush()
    assert json.loads(crudo.getvalue().decode("cp1252")) == {"titulo": "año ✓"}


def test_cada_aviso_es_una_oracion_y_se_dice_una_vez(capsys: pytest.CaptureFixture[str]) -> None:
    Sesion().advertir(["falta la hoja", "Se repone.", "falta la hoja"])
    assert capsys.readouterr().err == "Aviso: falta la hoja.\nAviso: Se repone.\n"
