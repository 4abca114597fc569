"""Oficios y propuesta de modificación: el ejemplo cumple su esquema, la plantilla lo dice entero y nada sobra."""

from typing import Any

import construir_oficio_enviado
import construir_oficio_recibido
import construir_propuesta_modificacion
import pytest
from test_plantillas_gt import FILTROS, contexto, ejemplo, parte, sin, texto_de, tipo, titulos_de

from sgc_gt.config.datos import validar_datos
from sgc_gt.word.plantilla import Plantilla

CONSTRUCTORES = {
    "oficio_recibido": construir_oficio_recibido,
    "oficio_enviado": construir_oficio_enviado,
    "propuesta_modificacion": construir_propuesta_modificacion,
}
EJEMPLOS = {
    "oficio_recibido": "oficio_recibido",
    "oficio_recibido_observado": "oficio_recibido",
    "oficio_enviado": "oficio_enviado",
    "propuesta_modificacion": "propuesta_modificacion",
}


def faltas(nombre: str, datos: Any) -> set[str]:
    """Lo que a esos datos les falta o les sobra: el camino de cada defecto."""
    return {".".join(map(str, f.ruta)) for f in validar_datos(tipo(nombre)["datos"], datos, nombre)}


@pytest.fixture(scope="module")
def textos() -> dict[str, str]:
    """El texto de cada ejemplo generado, y de cada tipo sin datos."""
    casos = {
        **{a: (n, ejemplo(a)) for a, n in EJEMPLOS.items()},
        **{f"{n}, vacío": (n, {}) for n in CONSTRUCTORES},
    }
    compiladas = {n: Plantilla.compilar(c.construir(), n) for n, c in CONSTRUCTORES.items()}
    return {
        caso: texto_de(parte(compiladas[n].generar(contexto(n, datos), FILTROS)))
        for caso, (n, datos) in casos.items()
    }


@pytest.mark.parametrize("nombre", CONSTRUCTORES)
def test_la_plantilla_guardada_es_la_que_escribe_su_constructor(nombre: str) -> None:
    modulo = CONSTRUCTORES[nombre]
    assert modulo.RUTA.read_bytes() == modulo.construir()
    secciones = [s["titulo"] for s in tipo(nombre)["secciones"]]
    assert [t for t in titulos_de(modulo.construir()) if t in secciones] == secciones


@pytest.mark.parametrize("archivo", EJEMPLOS)
def test_el_ejemplo_cumple_su_esquema_y_se_lee_entero(archivo: str, textos: dict[str, str]) -> None:
    assert faltas(EJEMPLOS[archivo], ejemplo(archivo)) == set()
    assert "Pendiente" not in textos[archivo]
    assert "Pendiente" in textos[f"{EJEMPLOS[archivo]}, vacío"]


def test_el_oficio_dice_sus_fechas_y_sus_observaciones_una_por_una(textos: dict[str, str]) -> None:
    for dicho in (
        "Instruye y fija el calendario",
        "Programa de Trabajo",
        "31-03-2026",
        "no trae observaciones",
    ):
        assert dicho in textos["oficio_recibido"], dicho
    for dicho in ("es de 10 días hábiles", "IND-05", "El oficio no fija fechas"):
        assert dicho in textos["oficio_recibido_observado"], dicho
    assert "PL-GT-01, Variables externas" in textos["oficio_enviado"]
    assert "Indicadores que cambian: IND-05" in textos["propuesta_modificacion"]


def test_un_oficio_que_observa_dice_que_y_en_cuantos_dias_y_uno_que_instruye_fija_fechas() -> None:
    observado = ejemplo("oficio_recibido_observado")
    assert faltas("oficio_recibido", sin(observado, ("plazo_habiles",))) == {"plazo_habiles"}
    assert faltas("oficio_recibido", sin(observado, ("observaciones",))) == {"observaciones"}
    assert faltas("oficio_recibido", sin(ejemplo("oficio_recibido"), ("vence",))) == {"vence"}
    assert faltas("propuesta_modificacion", {**ejemplo("propuesta_modificacion"), "cambios": []}) == {
        "cambios"
    }
