"""El formulario abierto, llenado y guardado con LibreOffice Calc de verdad."""

from __future__ import annotations

from pathlib import Path

import pytest
from formulario_de_prueba import ESQUEMAS, ejemplo, formulario, leer
from libreoffice import editar
from test_formularios_vuelta import sin_vacias

pytestmark = [pytest.mark.calc, pytest.mark.uno, pytest.mark.lento]


def test_lo_que_se_teclea_en_calc_llega_a_los_datos(tmp_path: Path) -> None:
    esquema, datos = ESQUEMAS["plan"], ejemplo("plan")
    origen = tmp_path / "F.xlsx"
    origen.write_bytes(formulario(esquema, datos, anterior=datos, anterior_nombre="la versión 01"))
    pasos = [
        "teclear|3. |B7|  Énfasis tecleado en Calc ",  # con espacios alrededor
        "teclear|8. |E7|46000,5",  # con coma: en un equipo en inglés Calc lo deja como texto
        "teclear|8. |E8|=7500*2",  # una fórmula
        "teclear|5. |C7|todas",
        "teclear|5. |C8|15, 01",
        "ocultar|5. |9",
        "renombrar|3. |Mi región",
        "combinar|8. |A13:A14",  # la misma región en dos filas
    ]
    guardado = editar(origen, tmp_path / "G.xlsx", *pasos)
    leido = leer(guardado.read_bytes(), esquema, datos)
    assert leido.problemas == ()

    datos["objetivos_regionales"][0]["enfasis"] = "Énfasis tecleado en Calc"
    datos["compromisos_propir"][0]["monto"] = 46000.5
    datos["compromisos_propir"][1]["monto"] = 15000
    datos["mejoras_acceso"][0]["regiones"] = "todas"
    datos["mejoras_acceso"][1]["regiones"] = ["15", "01"]
    datos["compromisos_propir"][7]["region"] = datos["compromisos_propir"][6]["region"]
    assert sin_vacias(leido.datos) == sin_vacias(datos)
