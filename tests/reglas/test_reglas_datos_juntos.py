"""Una columna que falta en muchas filas es una sola alerta, que dice cuáles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mesa_reglas import servicio

import sgc_gt.ejemplo
from sgc_gt.config.datos import validar_datos
from sgc_gt.config.lectura import leer_yaml
from sgc_gt.reglas.catalogo import POR_CODIGO
from sgc_gt.reglas.materia import Materia

PLAN = (Path(sgc_gt.ejemplo.__file__).parent / "datos" / "plan.yaml").read_bytes()


def _alertas(datos: dict[str, Any]) -> list[tuple[str, str, int]]:
    tipo = servicio().tipos["plan"]
    faltas = tuple(validar_datos(tipo.datos, datos, "plan.yaml"))
    materia = Materia("PL-GT-01", None, servicio(), tipo=tipo, faltas=faltas)
    return [(a.lugar, a.evidencia, len(a.lugares)) for a in POR_CODIGO["DATO-FALTA"].alertas(materia)]


def _plan() -> dict[str, Any]:
    datos, _ = leer_yaml(PLAN, "plan.yaml")
    assert isinstance(datos, dict)
    return datos


def test_una_columna_vacia_en_dieciseis_regiones_es_una_alerta_y_no_dieciseis():
    datos = _plan()
    for fila in datos["objetivos_regionales"]:
        del fila["enfasis"]
    assert _alertas(datos) == [("Objetivo en cada región, filas 1 a 16, Énfasis", "falta en 16 filas", 16)]


def test_lo_que_falta_de_otro_modo_o_en_otra_columna_va_aparte():
    datos = _plan()
    fichas = datos["indicadores"]
    for n in (0, 2, 4):
        del fichas[n]["meta"]
    fichas[1]["meta"] = "sesenta"
    del fichas[0]["formula"]
    titulo = "Fichas de indicadores de desempeño"
    assert set(_alertas(datos)) == {
        (f"{titulo}, filas 1, 3 y 5, Meta", "falta en 3 filas", 3),
        (f"{titulo}, fila 1, Fórmula de cálculo", "falta", 1),
        (f"{titulo}, fila 2, Meta", "debe ser un número, no «sesenta»", 1),
    }


def test_un_plan_completo_no_tiene_ninguna():
    assert _alertas(_plan()) == []
