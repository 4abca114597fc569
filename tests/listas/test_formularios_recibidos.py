"""Lo que una orden recibe como datos, antes de leerlo entero: que sea un formulario, y de qué año."""

from __future__ import annotations

from typing import Any

from formulario_de_prueba import formulario, nombres

from sgc_gt.dominio.servicio import Tipo
from sgc_gt.listas.formularios.leer import leer_formulario
from sgc_gt.ordenes.de_formularios import Destino, de_otro_periodo

ESQUEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"titulo": {"title": "Título", "type": "string"}},
}


def test_un_formulario_de_otro_ano_se_recibe_y_se_avisa() -> None:
    leido = leer_formulario(formulario(ESQUEMA, {"titulo": "Plan"}), "plan.xlsx", ESQUEMA, nombres({}))
    leido = leido._replace(senas=leido.senas._replace(periodo="2025"))
    tipo = Tipo("plan", "Plan", "PL", "documento", "sgc", "normal")
    assert de_otro_periodo(Destino(tipo, 2025), leido) == ()
    [aviso] = de_otro_periodo(Destino(tipo, 2026), leido)
    assert aviso.startswith("plan.xlsx: el formulario se pidió para 2025 y el documento es de 2026")
