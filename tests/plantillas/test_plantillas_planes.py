"""Planificación y difusión: lo que se dibuja dice lo que los datos dicen, y lo que falta pide su razón."""

import copy
from typing import Any

import pytest
from test_plantillas_gt import DATOS, ESQUEMAS, con, filas, fondo, generar, parte, requisitos, sin, texto_de

from sgc_gt.config.datos import validar_datos
from sgc_gt.dominio.compromisos import leer

SEGUIMIENTO: dict[str, Any] = DATOS["programa_seguimiento"]
BLANCO = {"", "FFFFFF"}


def fila_de(tipo: str, datos: object, columnas: int, primera: str) -> list[Any]:
    """La primera fila de ese ancho que empieza así."""
    return next(f for f in filas(generar(tipo, datos)) if len(f) == columnas and texto_de(f[0]) == primera)


# ---- lo exigido ------------------------------------------------------------------------------------------


def test_un_indicador_se_describe_igual_en_el_plan_y_en_su_ficha() -> None:
    propiedades = [ESQUEMAS[t]["properties"]["indicadores"] for t in ("plan", "ficha_indicadores")]
    assert propiedades[0] == propiedades[1]
    assert DATOS["plan"]["indicadores"] == DATOS["ficha_indicadores"]["indicadores"]


@pytest.mark.parametrize(
    ("frente", "requisito", "razon"),
    [("informacion", "SEG-3", "sin_estadisticas"), ("gore", "SEG-4", "sin_provision")],
)
def test_sin_compromisos_de_un_frente_se_dice_por_que(frente: str, requisito: str, razon: str) -> None:
    quedan = [c for c in SEGUIMIENTO["compromisos"] if c["frente"] != frente]
    datos = con(SEGUIMIENTO, ("compromisos",), quedan)
    assert requisitos("programa_seguimiento", datos) == {requisito}
    datos[razon] = "La evaluación no halló problemas que lo pidan."
    assert requisitos("programa_seguimiento", datos) == set()
    assert datos[razon] in texto_de(parte(generar("programa_seguimiento", datos)))


def test_una_lista_incompleta_es_un_borrador_y_dice_que_le_falta() -> None:
    datos = con(DATOS["plan_difusion"], ("condiciones",), DATOS["plan_difusion"]["condiciones"][:1])
    [falta] = validar_datos(ESQUEMAS["plan_difusion"], datos, "datos")
    assert (falta.incompleta, falta.requisito) == (True, "DIF-2")
    assert falta.mensaje == "falta uno con publico «usuarios»"


def test_lo_no_pertinente_no_basta_para_un_frente() -> None:
    datos = copy.deepcopy(SEGUIMIENTO)
    gore = datos["compromisos"][3]
    gore |= {"pertinencia": "no_pertinente", "fundamento": "Lo resuelve el propio gobierno regional."}
    assert requisitos("programa_seguimiento", datos) == {"SEG-4"}


def test_el_primer_periodo_no_informa_cumplimiento_y_dice_por_que() -> None:
    datos = sin(
        sin(con(SEGUIMIENTO, ("hubo_anteriores",), False), ("cumplimiento_anterior",)), ("corte_mes",)
    )
    assert requisitos("programa_seguimiento", datos) == {"I-06"}
    datos["sin_anteriores"] = "Es el primer período del sistema."
    assert requisitos("programa_seguimiento", datos) == set()


def test_los_compromisos_del_ejemplo_se_leen_completos() -> None:
    leidos = leer("PG-GT-02", "programa_seguimiento", SEGUIMIENTO, 2027, ("15", "01"))
    assert [c.identidad for c in leidos][:2] == ["PG-GT-02#S1", "PG-GT-02#S2"]
    assert {c.id: c.faltan for c in leidos if c.faltan} == {"S6": ("plazo", "responsable", "indicador")}


def test_sin_delegaciones_se_dice_por_que_y_decir_que_hay_exige_una() -> None:
    medidas = [m for m in DATOS["medidas_autoridad"]["medidas"] if m["tipo"] != "delegacion"]
    datos = con(DATOS["medidas_autoridad"], ("medidas",), medidas)
    assert requisitos("medidas_autoridad", datos) == {"DIA-2.4"}
    assert requisitos("medidas_autoridad", con(datos, ("delegacion",), {"hay": False})) == {"DIA-2.4"}
    razon = {"hay": False, "razon": "Todas las facultades necesarias ya están delegadas."}
    assert requisitos("medidas_autoridad", con(datos, ("delegacion",), razon)) == set()


def test_nada_fuera_del_programa_vale_con_su_razon() -> None:
    nada = {"hay": False, "razon": "El Programa recogió todas las mejoras."}
    datos = con(DATOS["aspectos_no_incorporados"], ("bienes_y_servicios",), nada)
    assert requisitos("aspectos_no_incorporados", datos) == set()
    assert nada["razon"] in texto_de(parte(generar("aspectos_no_incorporados", datos)))


# ---- lo dibujado -----------------------------------------------------------------------------------------


def test_el_cronograma_pinta_los_meses_de_cada_compromiso() -> None:
    # S2 va de marzo a octubre; las columnas 3 a 14 son los meses.
    fila = fila_de("programa_seguimiento", SEGUIMIENTO, 16, "S2")
    assert "".join(texto_de(c) or "·" for c in fila[3:15]) == "··■■■■■■■◆··"
    assert [n for n, c in enumerate(fila[3:15], start=1) if fondo(c) not in BLANCO] == list(range(3, 11))


def test_el_cronograma_es_del_anio_mas_lejano_de_los_plazos() -> None:
    datos = con(SEGUIMIENTO, ("compromisos", 1, "plazo"), {"mes": 10, "anio": 2027})
    assert "Cronograma 2027" in texto_de(parte(generar("programa_seguimiento", datos)))
    de_2026 = fila_de("programa_seguimiento", datos, 16, "S1")
    assert "".join(texto_de(c) for c in de_2026[3:15]) == ""
    assert texto_de(de_2026[15]) == "abril de 2026"


@pytest.mark.parametrize(("avance", "barra"), [(0, "·····"), (59, "■■···"), (60, "■■■··"), (100, "■■■■■")])
def test_una_barra_solo_se_llena_hasta_donde_llega(avance: int, barra: str) -> None:
    datos = con(SEGUIMIENTO, ("cumplimiento_anterior", 2, "avance"), avance)
    fila = fila_de("programa_seguimiento", datos, 11, "3")
    assert "".join(texto_de(c) or "·" for c in fila[5:10]) == barra


def test_la_region_a_que_no_llega_ningun_canal_se_ve() -> None:
    datos = copy.deepcopy(DATOS["plan_difusion"])
    for canal in datos["canales_usuarios"]:
        canal["regiones"] = ["15"]
    con_canal, sin_canal = (fila_de("plan_difusion", datos, 4, f"Región {c}") for c in ("15", "01"))
    assert texto_de(con_canal[3]).split() == ["CU1", "CU2", "CU3"]
    assert (texto_de(sin_canal[3]), fondo(sin_canal[3])) == ("Sin canal", "F6DFB5")


def test_de_la_base_a_la_meta_hacia_arriba_o_hacia_abajo() -> None:
    ficha = DATOS["ficha_indicadores"]
    sube, baja = (fila_de("ficha_indicadores", ficha, 15, i)[5:] for i in ("IND-01", "IND-05"))
    assert "".join(texto_de(c) or "·" for c in sube) == "······■··◆"  # de 41 a 60
    assert "".join(texto_de(c) or "·" for c in baja) == "····◆····■"  # de 22 a 10


def test_cada_jefatura_ve_que_medidas_la_alcanzan() -> None:
    aysen, nuble = (
        fila_de("medidas_autoridad", DATOS["medidas_autoridad"], 5, f"Región {c}") for c in ("11", "16")
    )
    assert [texto_de(c).strip() for c in aysen[1:]] == ["", "", "M1 ■", "M2 ■"]
    assert [texto_de(c).strip() for c in nuble[1:]] == ["", "M3", "", "M2 ■"]


def test_el_acuerdo_marca_los_meses_de_entrega_de_cada_contenido() -> None:
    fila = fila_de("acuerdo_gore", DATOS["acuerdo_gore"], 13, "Gasto")
    assert "".join(texto_de(c) or "·" for c in fila[1:]) == "··◆··◆··◆··◆"


def test_cada_sistema_muestra_su_nivel_de_hoy_y_el_comprometido() -> None:
    # SIPROD: hoy llega al país y se compromete hasta la comuna.
    fila = fila_de("diseno_logico", DATOS["diseno_logico"], 8, "SI1")
    assert "".join(texto_de(c) or "·" for c in fila[2:7]) == "■◇◇◇·"


@pytest.mark.parametrize(
    ("en_sgc", "dice"), [(True, "Crear"), (False, "Crear, fuera del alcance de certificación")]
)
def test_lo_que_se_crea_queda_fuera_del_alcance_si_su_producto_no_esta_en_el_sgc(
    en_sgc: bool, dice: str
) -> None:
    fila = {"producto": "PE2", "en_sgc": en_sgc, "accion": "crear", "titulo": "Capacitación", "plazo_mes": 10}
    datos = {**DATOS["programa"], "estandarizacion": [fila]}
    assert dice in [texto_de(c) for f in filas(generar("programa", datos)) for c in f]
