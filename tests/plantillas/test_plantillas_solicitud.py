"""La solicitud: el ejemplo cumple su esquema, la plantilla lo dice entero y cabe en una página."""

import construir_solicitud
from test_plantillas_gt import FILTROS, contexto, ejemplo, parte, sin, texto_de, tipo, titulos_de

from sgc_gt.config.datos import validar_datos
from sgc_gt.word.plantilla import Plantilla


def test_la_plantilla_guardada_es_la_que_escribe_su_constructor() -> None:
    assert construir_solicitud.RUTA.read_bytes() == construir_solicitud.construir()
    secciones = [s["titulo"] for s in tipo("solicitud")["secciones"]]
    assert [t for t in titulos_de(construir_solicitud.construir()) if t in secciones] == secciones


def test_el_ejemplo_cumple_su_esquema_y_se_lee_entero_resuelto_o_no() -> None:
    datos = ejemplo("solicitud")
    assert not validar_datos(tipo("solicitud")["datos"], datos, "solicitud")
    compilada = Plantilla.compilar(construir_solicitud.construir(), "solicitud")
    resuelta, pendiente = (
        texto_de(parte(compilada.generar(contexto("solicitud", d), FILTROS)))
        for d in (datos, sin(datos, ("decision",)))
    )
    for dicho in ("Adecuación de la implementación", "PR-FOM-01: Otorgamiento", "Aceptada", "14-04-2025"):
        assert dicho in resuelta, dicho
    assert "Pendiente" not in resuelta
    assert "todavía no se resuelve" in pendiente
