"""El acta de eliminación: su ejemplo cumple el esquema, la plantilla lo dice entero y lo que falta se ve."""

import construir_acta_eliminacion as constructor
from test_plantillas_gt import FILTROS, contexto, ejemplo, parte, sin, texto_de, tipo, titulos_de

from sgc_gt.config.datos import validar_datos
from sgc_gt.word.plantilla import Plantilla

NOMBRE = "acta_eliminacion"


def faltas(datos: object) -> set[str]:
    return {".".join(map(str, f.ruta)) for f in validar_datos(tipo(NOMBRE)["datos"], datos, NOMBRE)}


def test_la_plantilla_guardada_es_la_que_escribe_su_constructor() -> None:
    assert constructor.RUTA.read_bytes() == constructor.construir()
    secciones = [s["titulo"] for s in tipo(NOMBRE)["secciones"]]
    assert [t for t in titulos_de(constructor.construir()) if t in secciones] == secciones


def test_el_acta_dice_el_acto_el_inventario_el_metodo_y_los_responsables() -> None:
    compilada = Plantilla.compilar(constructor.construir(), NOMBRE)
    dicho = texto_de(parte(compilada.generar(contexto(NOMBRE, ejemplo(NOMBRE)), FILTROS)))
    for texto in (
        "Resolución exenta",
        "418",
        "12-05-2026",
        "RG-GT-06/2020/002",
        "caja 14",
        "picado",
        "20-05-2026",
    ):
        assert texto in dicho, texto
    assert "Pendiente" not in dicho
    assert "Pendiente" in texto_de(parte(compilada.generar(contexto(NOMBRE, {}), FILTROS)))


def test_sin_acto_metodo_o_responsables_no_hay_acta() -> None:
    assert faltas(ejemplo(NOMBRE)) == set()
    for clave in ("acto", "registros", "metodo", "responsables", "realizada"):
        assert faltas(sin(ejemplo(NOMBRE), (clave,))) == {clave}
