"""Un formulario escrito y leído sin tocarlo devuelve los mismos datos, sean los que sean."""

from __future__ import annotations

from typing import Any

import pytest
from formulario_de_prueba import ESQUEMAS, datos_de, ejemplo, formulario, leer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sgc_gt.config.escritura import Parte, escribir
from sgc_gt.config.lectura import leer_yaml


def sin_vacias(valor: Any) -> Any:
    """Sin las listas vacías optativas: en una hoja, no tener y tener ninguna se ven igual."""
    if isinstance(valor, dict):
        return {k: sin_vacias(v) for k, v in valor.items() if v != []}
    return [sin_vacias(v) for v in valor] if isinstance(valor, list) else valor


@pytest.mark.parametrize("tipo", ["diagnostico", "procedimiento", "revision_direccion"])
def test_los_datos_de_muestra_vuelven_iguales(tipo: str) -> None:
    datos = ejemplo(tipo)
    leido = leer(formulario(ESQUEMAS[tipo], datos), ESQUEMAS[tipo], datos)
    assert (leido.problemas, leido.avisos) == ((), ())
    assert sin_vacias(leido.datos) == sin_vacias(datos)


@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # cada ejemplo es un libro: no se achica
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_cualquier_dato_vuelve_igual(data: st.DataObject) -> None:
    tipo = data.draw(st.sampled_from(sorted(ESQUEMAS)))
    datos = data.draw(datos_de(ESQUEMAS[tipo]))
    leido = leer(formulario(ESQUEMAS[tipo], datos), ESQUEMAS[tipo], datos)
    assert leido.problemas == ()
    assert sin_vacias(leido.datos) == datos
    # Y escritos como archivo de datos, otra vez los mismos.
    escrito = escribir("", [Parte(k, v) for k, v in leido.datos.items()])
    assert sin_vacias(leer_yaml(escrito, "datos")[0]) == datos
