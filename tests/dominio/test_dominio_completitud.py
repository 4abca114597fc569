"""La matriz región × objeto: qué nombra a cada región, en el período y con las regiones que existían."""

from __future__ import annotations

from sgc_gt.config.datos import validar_datos
from sgc_gt.dominio.completitud import ESTA, FALTA, PARCIAL, Fuente, completitud, nombradas, objetos_de
from sgc_gt.dominio.regiones import TODAS
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.dominio.totales import descuadres

TABLAS = ("caracteristicas", "complementariedad", "distribucion", "informacion_regional")


def test_en_2010_son_quince_y_desde_2018_dieciseis() -> None:
    assert len(completitud(TODAS, 2010, {})) == 15
    assert len(completitud(TODAS, 2018, {})) == 16
    assert [f.region for f in completitud(("16", "08", "15"), 2010, {})] == ["15", "08"]


def test_cada_casilla_dice_lo_que_hay() -> None:
    diagnostico = Fuente(
        "RG-GT-01", 2025, {t: [{"region": "15"}] for t in TABLAS} | {"distribucion": [{"region": "11"}]}
    )
    fuentes = {
        "diagnostico": [diagnostico],
        "programa": [Fuente("PG-GT-01", 2025, {"actividades": [{"regiones": "todas"}], "responsables_regionales": [{"region": "11"}]})],
        "acuerdo": [Fuente("RG-GT-05/2023/001", 2023, region="11")],
        "entregas": [Fuente("RG-GT-07/2024/001", 2024, region="11")],
        "medicion": [Fuente("RG-GT-04/2025/001", 2025, {"mediciones": [{"por_region": [{"region": "11", "valor": 3}, {"region": "15", "sin_dato": "No se midió"}]}]})],
        "difusion": [Fuente("RG-GT-09/2025/001", 2025)],
    }  # fmt: skip
    arica, aysen = completitud(("15", "11"), 2025, fuentes)
    assert arica.casillas["diagnostico"] == (PARCIAL, ("RG-GT-01",), "sin distribución")
    assert aysen.casillas["diagnostico"].estado == PARCIAL
    assert (arica.casillas["programa"].estado, aysen.casillas["programa"].estado) == (PARCIAL, ESTA)
    # El acuerdo sigue rigiendo; la entrega de otro año, no.
    assert aysen.casillas["acuerdo"] == (ESTA, ("RG-GT-05/2023/001",), "")
    assert aysen.casillas["entregas"] == (FALTA, (), "lo último es RG-GT-07/2024/001, de 2024")
    # Decir por qué no hay dato no es informar.
    assert (arica.casillas["medicion"].estado, aysen.casillas["medicion"].estado) == (FALTA, ESTA)
    assert aysen.casillas["difusion"].detalle == "RG-GT-09/2025/001 no dice de qué región es"
    assert aysen.falta == ("diagnostico", "plan", "entregas", "difusion")
    assert arica.a_dict()["objetos"]["plan"] == {"estado": FALTA, "respaldo": [], "detalle": ""}


def test_todas_son_las_que_existian() -> None:
    assert nombradas([{"regiones": "todas"}, {"plazo": {"region": "11"}}], ("15", "08")) == {"15", "08", "11"}


ESQUEMA = {
    "properties": {
        "total": {"title": "Total M$", "type": "number", "x-total": "filas.monto", "x-requisito": "PLA-A.3"},
        "filas": {"title": "Montos", "items": {"properties": {"monto": {"type": "number"}}}},
        "mediciones": {
            "items": {
                "properties": {
                    "numerador": {"title": "Numerador", "x-total": "por_region.numerador"},
                    "por_region": {"title": "Por región"},
                }
            }
        },
    }
}


def test_un_total_declarado_se_compara_con_sus_filas() -> None:
    [uno] = descuadres(ESQUEMA, {"total": 1300, "filas": [{"monto": 1000}, {"monto": 250.5}]})
    assert uno.mensaje == "«Total M$» dice 1.300 y las filas de «Montos» suman 1.250,5: faltan 49,5"
    assert (uno.ruta, uno.requisito) == (("total",), "PLA-A.3")
    assert descuadres(ESQUEMA, {"total": 0.3, "filas": [{"monto": 0.1}, {"monto": 0.2}]}) == []
    # Sin filas todavía, con una sin su valor, o sin total, no hay con qué comparar.
    assert descuadres(ESQUEMA, {"total": 5, "filas": [{"monto": 3}, {}]}) == []
    assert (
        descuadres(ESQUEMA, {"total": 5, "filas": []}) == descuadres(ESQUEMA, {"filas": [{"monto": 3}]}) == []
    )
    [otro] = descuadres(ESQUEMA, {"mediciones": [{"numerador": 4, "por_region": [{"numerador": 9}]}]})
    assert otro.ruta == ("mediciones", 0, "numerador")
    assert otro.mensaje.endswith("suman 9: sobran 5")
    # Con «/», la tabla es de la raíz.
    aparte = {"properties": {"control": {"properties": {"total": {"x-total": "/filas.monto"}}}}}
    [uno] = descuadres(aparte, {"control": {"total": 1}, "filas": [{"monto": 2}]})
    assert uno.ruta == ("control", "total")
    assert descuadres(aparte, {"control": {"total": 1}, "filas": "nada"}) == []


def test_un_total_que_no_calza_es_una_falta_y_no_impide_guardar() -> None:
    [falta] = validar_datos(ESQUEMA, {"total": 10, "filas": [{"monto": 4}]}, "plan.yaml")
    assert (falta.incompleta, falta.requisito, falta.lugar) == (True, "PLA-A.3", "plan.yaml: total")
    assert falta.mensaje.endswith("suman 4: faltan 6")


def test_las_columnas_son_las_de_los_tipos_en_uso_y_las_que_otro_sistema_dice() -> None:
    suyos = [
        Tipo("plan", "Plan", "PL", "documento", "normal"),
        Tipo("programa", "Programa", "PG", "documento", "normal", en_cada_region=("actividades",)),
        Tipo("plan_genero", "Plan de género", "PL", "documento", "normal", en_cada_region=("metas",)),
        Tipo("taller", "Taller", "RG", "registro", "registro", serie="RG-GEN-02", por_region=True),
        Tipo("acta", "Acta", "RG", "registro", "registro"),
    ]
    objetos = objetos_de(suyos)
    assert [(o.clave, o.tablas) for o in objetos] == [
        ("plan", ("objetivos_regionales",)), ("programa", ("actividades",)), ("plan_genero", ("metas",)), ("taller", ()),
    ]  # fmt: skip
    fuentes = {"plan_genero": [Fuente("PL-GEN-01", 2025, {"metas": [{"region": "15"}]})],
               "taller": [Fuente("RG-GEN-02/2025/001", 2025, region="11")]}  # fmt: skip
    arica, aysen = completitud(("15", "11"), 2025, fuentes, objetos)
    assert (arica.falta, aysen.falta) == (
        ("plan", "programa", "taller"), ("plan", "programa", "plan_genero"),
    )  # fmt: skip


def test_un_gobierno_regional_no_se_debe_un_acuerdo_ni_entregas() -> None:
    suyos = [
        Tipo(t, t, "RG", "registro", "registro") for t in ("acuerdo_gore", "entrega_informacion", "plan")
    ]
    assert [o.clave for o in objetos_de(suyos)] == ["plan", "acuerdo", "entregas"]
    assert [o.clave for o in objetos_de(suyos, es_gore=True)] == ["plan"]
