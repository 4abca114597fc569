"""Lo que se rinde contra lo que se programó, se comprometió y se midió: uno por uno."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from mesa_hallazgos import VISADO, evidencias, ficha, hechos
from mesa_reglas import servicio

from sgc_gt.dominio import compromisos
from sgc_gt.dominio.antecedentes import Antecedente
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import situacion
from sgc_gt.reglas.hallazgos.en_trabajo import regiones_omitidas
from sgc_gt.reglas.hallazgos.evaluar import en_uso
from sgc_gt.reglas.hallazgos.hechos import Hechos

REGISTRO = "crear generar enviar aprobar emitir"
JULIO = date(2025, 7, 14)
PROGRAMA = ficha(VISADO, "PG-GT-01", "programa", dia=date(2025, 3, 3))
PLAN = ficha(VISADO, "PL-GT-01", "plan", dia=date(2025, 3, 3))
INFORME = ficha(REGISTRO, "RG-GT-03/2025/001", "informe_implementacion", dia=JULIO)
EVALUACION = ficha(REGISTRO, "RG-GT-08/2025/001", "evaluacion_resultados", dia=date(2025, 11, 26))
MEDICION = ficha(REGISTRO, "RG-GT-04/2025/001", "medicion_indicadores", dia=date(2025, 11, 20))
PROPUESTA = ficha(VISADO, "RG-GT-11/2025/001", "propuesta_modificacion", dia=date(2025, 8, 4))
CIERRE = date(2025, 12, 15)
COMUN = {"actividad": "Ruta 1 de ventanilla", "frente": "productos", "responsable": "cr5"}
ACTIVIDADES = [
    {**COMUN, "id": "A1", "inicio": 4, "fin": 5, "regiones": ["15"]},
    {**COMUN, "id": "A2", "inicio": 5, "fin": 10, "regiones": ["15"]},
    {**COMUN, "id": "A3", "inicio": 12, "fin": 12, "regiones": ["15"]},
]


def fila(id_: str, estado: str, avance: int = 50) -> dict[str, Any]:
    return {"id": id_, "estado": estado, "avance": avance}


def rinde(*avance: dict[str, Any], de: Ficha = INFORME, **datos: Any) -> list[str]:
    """Lo que N-36 ve de un informe que rinde eso del primer semestre."""
    propios = {"periodo": {"desde_mes": 1, "hasta_mes": 6}, "avance_programa": list(avance), **datos}
    h = hechos(PROGRAMA, de, datos={"PG-GT-01": {"actividades": ACTIVIDADES}, de.codigo: propios})
    return evidencias("N-36", replace(h, fecha=CIERRE))


COMPLETO = (fila("A1", "cumplida", 100), fila("A2", "en_plazo"))


def test_un_informe_que_rinde_lo_que_ya_comenzo_no_tiene_nada():
    assert rinde(*COMPLETO) == []


@pytest.mark.parametrize(
    ("avance", "dice"),
    [
        (COMPLETO[:1], "RG-GT-03/2025/001 no rinde A2, que debía haber comenzado al mes 6 según PG-GT-01 versión 01"),
        ((*COMPLETO, fila("B9", "en_plazo")), "rinde B9, que no está entre las actividades de PG-GT-01 versión 01"),
        ((fila("A1", "en_plazo"), COMPLETO[1]), "dice A1 «en plazo» y debía terminar en el mes 5"),
        ((COMPLETO[0], fila("A2", "no_iniciada", 0)), "dice A2 «no iniciada» y debía comenzar en el mes 5"),
        ((*COMPLETO, fila("A3", "cumplida", 100)), "dice A3 «cumplida» y comienza recién en el mes 12"),
        ((*COMPLETO, fila("A3", "atrasada")), "dice A3 «atrasada» y comienza recién en el mes 12"),
    ],
)  # fmt: skip
def test_lo_callado_lo_ajeno_y_lo_que_choca_con_las_fechas(avance: tuple[dict[str, Any], ...], dice: str):
    [visto] = rinde(*avance)
    assert dice in visto


def test_lo_atrasado_y_lo_no_iniciado_a_tiempo_son_verdad_y_no_se_observan():
    assert rinde(fila("A1", "atrasada"), COMPLETO[1], fila("A3", "no_iniciada", 0)) == []


def test_la_evaluacion_rinde_lo_que_ya_debia_haber_terminado():
    assert rinde(*COMPLETO[:1], de=EVALUACION, periodo=None) == [
        "RG-GT-08/2025/001 no rinde A2, que debía haber terminado al mes 10 según PG-GT-01 versión 01"
    ]
    assert rinde(COMPLETO[0], fila("A2", "atrasada", 90), de=EVALUACION, periodo=None) == []


def test_se_mira_contra_la_version_que_regia_y_no_contra_la_que_vino_despues():
    dos = ficha("nueva-version generar enviar revisar aprobar remitir visar emitir", version="02", de=PROGRAMA,
                dia=date(2025, 9, 2))  # fmt: skip
    nuevas = [*ACTIVIDADES, {**COMUN, "id": "A4", "inicio": 6, "fin": 6, "regiones": ["15"]}]
    informe = {"periodo": {"hasta_mes": 6}, "avance_programa": list(COMPLETO)}
    h = replace(
        hechos(dos, INFORME, datos={"PG-GT-01": {"actividades": nuevas}, INFORME.codigo: informe}),
        fecha=CIERRE,
    )
    assert evidencias("N-36", h) == []  # sin los datos de entonces no se acusa
    assert evidencias("N-36", replace(h, de_antes={("PG-GT-01", "01"): {"actividades": ACTIVIDADES}})) == []
    assert evidencias("N-36", replace(h, de_antes={("PG-GT-01", "01"): {"actividades": nuevas}})) == [
        "RG-GT-03/2025/001 no rinde A4, que debía haber comenzado al mes 6 según PG-GT-01 versión 01"
    ]


def test_un_borrador_del_anio_siguiente_no_cambia_el_anio_de_la_que_rige():
    abierta = ficha("nueva-version", version="02", de=PROGRAMA, dia=date(2025, 12, 1),
                    nueva_version={"identidad": {"anio": "2026"}})  # fmt: skip
    informe = {"periodo": {"hasta_mes": 6}, "avance_programa": list(COMPLETO[:1])}
    h = hechos(abierta, INFORME, datos={"PG-GT-01": {"actividades": ACTIVIDADES}, INFORME.codigo: informe})
    h = replace(h, fecha=CIERRE)
    assert [r.anio for r in h.rigen] == [2025]
    assert "no rinde A2" in evidencias("N-36", h)[0]


# ---- los indicadores -------------------------------------------------------------------------------------

PARTES = {"nombre": "Cobertura", "formula": "a/b", "medio_verificacion": "acta", "recoleccion": "ficha",
          "sistematizacion": "tablero", "unidad": "%", "sentido": "mayor"}  # fmt: skip
INDICADORES = [
    {**PARTES, "id": "IND-01", "meta": 60, "frecuencia": "trimestral"},
    {**PARTES, "id": "IND-02", "meta": 85, "frecuencia": "anual"},
]


def medida(id_: str, valor: float, **cambios: Any) -> dict[str, Any]:
    return {"indicador": id_, "valor": valor, "corte": {"mes": 11}, **cambios}


def con(*fichas: Ficha, **datos: Any) -> Hechos:
    """Rige un Plan con dos indicadores y están esas fichas con esos datos, al cierre del año."""
    todos = {f.codigo: datos[f.tipo] for f in fichas if f.tipo in datos}
    h = hechos(PLAN, *fichas, datos={"PL-GT-01": {"indicadores": INDICADORES}, **todos})
    return replace(h, fecha=CIERRE)


ANUAL = {"frecuencia": "anual", "mediciones": [medida("IND-01", 55), medida("IND-02", 83.3)]}


def test_una_medicion_que_mide_todo_lo_suyo_no_tiene_nada():
    assert evidencias("N-27", con(MEDICION, medicion_indicadores=ANUAL)) == []


def test_lo_anual_no_le_toca_a_una_medicion_trimestral():
    otra = ficha(REGISTRO, "RG-GT-04/2025/002", "medicion_indicadores", dia=date(2025, 11, 20))
    trimestral = {"frecuencia": "trimestral", "mediciones": [medida("IND-01", 50, corte={"mes": 9})]}
    h = con(MEDICION, medicion_indicadores=ANUAL)
    h = replace(h, fichas=(*h.fichas, otra), datos={**h.datos, otra.codigo: trimestral})
    assert evidencias("N-27", h) == []
    sin_ella = {"frecuencia": "trimestral", "mediciones": [medida("IND-02", 83.3)]}
    assert evidencias("N-27", replace(h, datos={**h.datos, otra.codigo: sin_ella})) == [
        "RG-GT-04/2025/002 no mide IND-01, de PL-GT-01 versión 01, ni dice que se eliminó"
    ]


def test_un_indicador_que_el_plan_no_tiene():
    datos = {**ANUAL, "mediciones": [*ANUAL["mediciones"], medida("IND-09", 1)]}
    assert evidencias("N-27", con(MEDICION, medicion_indicadores=datos)) == [
        "RG-GT-04/2025/001 mide IND-09, que PL-GT-01 versión 01 no tiene"
    ]


@pytest.mark.parametrize(
    ("fichas", "cambios", "dice"),
    [
        ((), None, "da por corregido IND-01, y no consta aprobada la propuesta RG-GT-11 (I-26)"),
        ((PROPUESTA,), [{"indicador": "IND-02"}], "y la propuesta RG-GT-11 no nombra ese indicador (I-26)"),
        ((PROPUESTA,), [{"indicador": "IND-01"}], ""),
        ((PROPUESTA,), None, ""),  # sin sus datos no se acusa
    ],
)  # fmt: skip
def test_lo_corregido_lo_dice_una_propuesta_aprobada_que_lo_nombra(
    fichas: tuple[Ficha, ...], cambios: list[dict[str, str]] | None, dice: str
):
    modificados = [{"indicador": "IND-01", "accion": "corregido", "propuesta": "RG-GT-11"}]
    propios = {"propuesta_modificacion": {"cambios": cambios}} if cambios else {}
    h = con(MEDICION, *fichas, medicion_indicadores={**ANUAL, "modificados": modificados}, **propios)
    vistas = evidencias("N-27", h)
    assert len(vistas) == bool(dice)
    assert not dice or dice in vistas[0]


def test_la_ficha_dice_la_meta_del_plan():
    propia = ficha("crear generar enviar revisar aprobar emitir", "FI-GT-01", "ficha_indicadores")
    otra = [{**INDICADORES[0], "meta": 65}, INDICADORES[1]]
    h = con(propia, MEDICION, medicion_indicadores=ANUAL, ficha_indicadores={"indicadores": INDICADORES})
    assert evidencias("N-27", h) == []
    h = con(propia, MEDICION, medicion_indicadores=ANUAL, ficha_indicadores={"indicadores": otra})
    assert evidencias("N-27", h) == [
        "FI-GT-01 versión 01 dice de IND-01 meta «65» y PL-GT-01 versión 01, «60»"
    ]


def brecha(id_: str, comprometido: float, efectivo: float) -> dict[str, Any]:
    return {"indicador": id_, "comprometido": comprometido, "efectivo": efectivo}


BRECHAS = [brecha("IND-01", 60, 55), brecha("IND-02", 85, 83.3)]


@pytest.mark.parametrize(
    ("brechas", "dice"),
    [
        (BRECHAS, ""),
        ([brecha("IND-01", 65, 55), BRECHAS[1]], "dice que de IND-01 se comprometió 65 y la meta de PL-GT-01 versión 01 es 60"),
        ([brecha("IND-01", 60, 58), BRECHAS[1]], "dice que de IND-01 resultó 58 y RG-GT-04/2025/001 midió 55"),
        (BRECHAS[:1], "no dice la brecha de IND-02: RG-GT-04/2025/001 midió 83,3 y la meta es 85"),
        ([*BRECHAS, brecha("IND-09", 1, 1)], "evalúa IND-09, que PL-GT-01 versión 01 no tiene"),
    ],
)  # fmt: skip
def test_una_brecha_es_la_meta_del_plan_contra_lo_ultimo_medido(brechas: list[dict[str, Any]], dice: str):
    h = con(MEDICION, EVALUACION, medicion_indicadores=ANUAL, evaluacion_resultados={"brechas": brechas})
    vistas = evidencias("N-27", h)
    assert len(vistas) == bool(dice)
    assert not dice or vistas[0] == f"RG-GT-08/2025/001 {dice}"


def test_lo_que_la_evaluacion_mide_es_lo_que_se_midio():
    exacto = {"indicador": "IND-02", "unidad": "%", "meta": 85, "numerador": 10, "denominador": 12}
    for valor, dice in (
        (exacto, []),
        ({**exacto, "numerador": 9}, ["resultó 75 y RG-GT-04/2025/001 midió 83,3"]),
    ):
        medido = {"frecuencia": "anual", "mediciones": [medida("IND-01", 55), medida("IND-02", 83.3)]}
        evaluado = {"brechas": BRECHAS, "mediciones": [valor]}
        h = con(MEDICION, EVALUACION, medicion_indicadores=medido, evaluacion_resultados=evaluado)
        assert [d for d in dice for v in evidencias("N-27", h) if d in v] == dice
        assert len(evidencias("N-27", h)) == len(dice)


# ---- los compromisos -------------------------------------------------------------------------------------

SEGUIMIENTO = ficha(VISADO, "PG-GT-02", "programa_seguimiento", dia=date(2025, 12, 1))
PASADOS = [
    {
        "id": n,
        "compromiso": f"Compromiso {n}",
        "responsable": "cr5",
        "plazo": {"mes": 12},
        "indicador": "IND-01",
    }
    for n in ("1", "2")
]


def sigue(*rendidos: str, informe: Ficha = INFORME, estado: str = "en_curso") -> list[str]:
    """Lo que N-31 ve de un Programa de Seguimiento que rinde esos, cuando el informe dejó dos compromisos."""
    datos = {"cumplimiento_anterior": [{"compromiso": c, "estado": estado} for c in rendidos]}
    dichos = compromisos.cumplimientos("PG-GT-02", datos)
    todos = compromisos.leer(informe.codigo, "informe_implementacion", {"compromisos": PASADOS}, 2025)
    seguidos = tuple(compromisos.seguir(todos, dichos, CIERRE))
    h = hechos(informe, SEGUIMIENTO, datos={"PG-GT-02": datos, informe.codigo: {"compromisos": PASADOS}})
    return evidencias("N-31", replace(h, fecha=CIERRE, compromisos=seguidos))


def test_cada_compromiso_anterior_se_rinde_y_una_sola_vez():
    assert sigue("1", f"{INFORME.codigo}#2") == []
    assert sigue("1") == ["PG-GT-02 versión 01 no rinde 1 compromiso anterior: RG-GT-03/2025/001#2 (I-06)"]
    assert sigue("1", "2", f"{INFORME.codigo}#2") == [
        "PG-GT-02 versión 01 rinde RG-GT-03/2025/001#2 más de una vez (I-06)"
    ]


def test_lo_comprometido_despues_lo_rinde_el_siguiente():
    tarde = ficha(REGISTRO, "RG-GT-03/2025/002", "informe_implementacion", dia=date(2025, 12, 9))
    assert sigue(informe=tarde) == []


def test_lo_que_falta_en_varias_filas_se_dice_una_vez():
    sin_quien = [{**a, "responsable": ""} if a["id"] != "A2" else a for a in ACTIVIDADES]
    h = hechos(PROGRAMA, datos={"PG-GT-01": {"actividades": sin_quien}})
    assert evidencias("N-36", h) == ["PG-GT-01: A1 y A3 no tienen responsable"]
    sin_formula = [{**i, "formula": ""} for i in INDICADORES]
    h = con(MEDICION, medicion_indicadores=ANUAL)
    h = replace(h, datos={**h.datos, "PL-GT-01": {"indicadores": sin_formula}})
    assert evidencias("N-27", h) == ["PL-GT-01: los indicadores IND-01 e IND-02 no tienen fórmula"]


# ---- un segundo sistema ------------------------------------------------------------------------------------


def test_un_tipo_de_otro_sistema_que_hace_de_programa_se_mira_como_el_programa():
    s = servicio()
    accion = s.tipos["programa"]._replace(
        id="programa_genero", hace_de="programa", paquete="genero", en_cada_region=("acciones",)
    )
    propio = ficha(VISADO, "PG-GEN-01", "programa_genero")
    sin_quien = {**ACTIVIDADES[0], "responsable": ""}
    datos = {"actividades": [sin_quien], "acciones": [{"region": r} for r in s.regiones[1:]]}
    solo = s._replace(paquetes=("sgc", "genero"), tipos={"programa_genero": accion})
    h = replace(hechos(propio, datos={propio.codigo: datos}), servicio=solo)
    assert evidencias("N-36", h) == ["PG-GEN-01: A1 «Ruta 1 de ventanilla» no tiene responsable"]
    assert evidencias("N-32", h) == ["PG-GEN-01 versión 01, «acciones»: falta Arica y Parinacota"]
    # Lo que se declaró del Programa al comenzar ya no cuenta: ahora lo dice un documento.
    declarado = Antecedente("programa", "PG-GT-01", 2025, {"actividades": [sin_quien]})
    assert evidencias("N-36", replace(h, antecedentes=(declarado,))) == evidencias("N-36", h)
    # De lo que solo Gestión Territorial lleva no se dice nada.
    assert {t.id for t in en_uso(h)} - {f"N-{n:02}" for n in range(1, 28)} == {
        "N-28", "N-29", "N-30", "N-32", "N-34", "N-36", "N-37",
    }  # fmt: skip


def test_un_borrador_dice_la_region_que_perdio_con_las_palabras_con_que_se_dira_cuando_rija():
    s = servicio()
    plan = ficha("crear generar", "PL-GT-01", "plan")
    completa = [{"region": r} for r in s.regiones]
    datos = {
        "objetivos_regionales": completa[1:],
        "compromisos_propir": completa,
        "acuerdos_gore": completa[2:],
    }
    [v] = situacion(plan).versiones

    def dichas(**cambios: Any) -> list[str]:
        h = replace(hechos(plan), servicio=s._replace(**cambios))
        return [a.evidencia.partition(", ")[2] for a in regiones_omitidas(h, plan, v, datos)]

    objetivo = "«Objetivo en cada región»: falta Arica y Parinacota"
    assert dichas() == [
        objetivo, "«Acuerdos con los gobiernos regionales»: falta Arica y Parinacota y Tarapacá",
    ]  # fmt: skip
    # Un gobierno regional no acuerda nada consigo mismo; y de la lista que no está ya habla DATO-FALTA.
    assert dichas(es_gore=True) == [objetivo]
    datos["acuerdos_gore"] = []
    assert dichas() == [objetivo]
    rige = hechos(ficha(VISADO, "PL-GT-01", "plan"), datos={"PL-GT-01": datos | {"acuerdos_gore": completa}})
    assert f"PL-GT-01 versión 01, {objetivo}" in evidencias("N-32", rige)


# ---- la difusión -------------------------------------------------------------------------------------------

DIFUSION = ficha("crear generar enviar revisar aprobar emitir", "PL-GT-02", "plan_difusion")
EVIDENCIA = ficha(REGISTRO, "RG-GT-09/2025/001", "evidencia_difusion", dia=date(2025, 12, 11))


def accion(publico: str, regiones: object) -> dict[str, Any]:
    return {"publico": publico, "regiones": regiones}


def difundido(*acciones: dict[str, Any], fecha: date = date(2026, 1, 5), **datos: Any) -> list[str]:
    propios = {"acciones": list(acciones), "se_cumple": True, **datos}
    todos = {"PL-GT-02": {"realizada_si": "Una jornada"}, EVIDENCIA.codigo: propios}
    return evidencias("N-35", replace(hechos(DIFUSION, EVIDENCIA, datos=todos), fecha=fecha))


def test_la_difusion_del_anio_que_cerro_llego_a_cada_region_y_a_los_dos_publicos():
    regiones = list(servicio().regiones)
    assert difundido(accion("funcionarios", "todas"), accion("usuarios", regiones)) == []
    assert difundido(accion("funcionarios", "todas"), accion("usuarios", regiones[1:])) == [
        "RG-GT-09: sin evidencia de 2025 para usuarios en 1 región: Arica y Parinacota"
    ]
    assert difundido(accion("funcionarios", "todas"), fecha=date(2025, 12, 20)) == []  # todavía hay plazo


def test_una_evidencia_que_dice_que_falta_no_cierra_el_anio():
    completas = accion("funcionarios", "todas"), accion("usuarios", "todas")
    assert difundido(*completas, se_cumple=False, pendiente="Falta la jornada de Magallanes.") == [
        "RG-GT-09/2025/001 es la última evidencia de 2025 y dice que la difusión no se ha realizado: "
        "Falta la jornada de Magallanes"
    ]
