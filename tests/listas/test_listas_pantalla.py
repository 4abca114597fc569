"""Lo que se ve en la consola y lo que lee otro programa."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.cli.pantalla import a_json, escribir, mostrar, mostrar_json, texto
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


def test_un_codigo_mas_ancho_que_la_pantalla_no_se_corta() -> None:
    largo = "PR-" + "X" * 60
    vista = texto(Tabla("L", "", COLUMNAS, ({"codigo": largo, "titulo": "y " * 30},)), 40)
    assert largo in vista


def test_redirigida_va_completa_y_sin_adornos() -> None:
    archivo = io.StringIO()
    mostrar(tabla("palabra " * 40), archivo, 80)
    assert archivo.getvalue() == texto(tabla("palabra " * 40))


def test_en_consola_tiene_lo_mismo_que_el_texto() -> None:
    contenido = tabla(
        "Un título bastante largo que no cabe en una sola línea", "[rojo]Otro", notas=("Nota.",)
    )
    consola = Consola()
    mostrar(contenido, consola, 70)
    vista = re.sub(r"\x1b\[[0-9;]*m", "", consola.getvalue())
    assert max(map(len, vista.splitlines())) <= 70
    assert [r for r in re.split(r"[\s─-]+", vista) if r] == [
        r for r in re.split(r"[\s─-]+", texto(contenido, 70)) if r
    ]


def test_con_muchas_filas_la_consola_recibe_texto_simple() -> None:
    contenido = tabla(*["x"] * 51)
    consola = Consola()
    mostrar(contenido, consola, 80)
    assert consola.getvalue() == texto(contenido, 80)


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


def test_un_programa_que_lee_no_paga_por_el_adorno() -> None:
    codigo = (
        "import sys, io; from sgc_gt.cli.pantalla import mostrar; from sgc_gt.dominio.tabla import *;"
        "mostrar(Tabla('t','',(Columna('a','A'),),({'a':'x'},)), io.StringIO(), 80);"
        "print('rich' in sys.modules)"
    )
    hecho = subprocess.run([sys.executable, "-c", codigo], capture_output=True, text=True, check=True)
    assert hecho.stdout.strip() == "False"
