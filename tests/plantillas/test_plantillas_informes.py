"""Los informes de seguimiento y resultados: contenidos exigidos por su requisito, y números dibujados."""

import copy
import importlib
from collections.abc import Iterator
from functools import reduce
from itertools import zip_longest
from typing import Any

import pytest
from test_plantillas_gt import (
    Ruta,
    claves,
    con,
    docx,
    ejemplo,
    filas,
    fondo,
    generar,
    parte,
    partes_exigidas,
    sin,
    texto_de,
    tipo,
    titulos_de,
)

from sgc_gt.config.datos import requisitos_de, validar_datos
from sgc_gt.ordenes.borrador import NOMBRES
from sgc_gt.word.plantilla import Plantilla

# fmt: off
EXIGIDOS = {
    "informe_implementacion": ["IMP-1", "IMP-2", "IMP-3", "IMP-4", "IMP-F", "I-48"],
    "medicion_indicadores": ["IMP-5.a", "IMP-5.b", "SEG7-1"],
    "evaluacion_resultados": [
        "EVA-0", "EVA-1", "EVA-2", "EVA-3", "EVA-4", "EVA-5", "EVA-6", "EVA-6.a", "EVA-6.b", "EVA-6.c",
        "EVA-F", "I-44", "I-48",
    ],
    "evidencia_actividad": ["PRG-1.a", "IMP-1"],
    "evidencia_difusion": ["DIF-0", "DIF-2", "DIF-3", "DIF-4"],
    "informe_avance": ["OB-23", "I-31", "I-48"],
    "entrega_informacion": ["PLA-B.3", "DIA-5.5"],
    "cumplimiento_gore": ["PLA-B.4"],
}
# fmt: on
TIPOS = tuple(EXIGIDOS)
ESQUEMAS: dict[str, dict[str, Any]] = {nombre: tipo(nombre)["datos"] for nombre in TIPOS}
DATOS: dict[str, Any] = {nombre: ejemplo(nombre) for nombre in TIPOS}


def faltas(nombre: str, datos: object) -> list[tuple[str, str]]:
    """Cada falta: el requisito que deja sin responder y el lugar."""
    return [(f.requisito, f.lugar) for f in validar_datos(ESQUEMAS[nombre], datos, "datos.yaml")]


@pytest.mark.parametrize("nombre", TIPOS)
def test_el_ejemplo_cumple_su_esquema_y_nada_queda_pendiente(nombre: str) -> None:
    assert faltas(nombre, DATOS[nombre]) == []
    texto = texto_de(parte(generar(nombre, DATOS[nombre])))
    assert "Pendiente" not in texto
    assert "{{" not in texto


@pytest.mark.parametrize("nombre", TIPOS)
def test_cada_requisito_tiene_su_lugar_en_los_datos_y_en_una_seccion(nombre: str) -> None:
    de_datos = set(requisitos_de(ESQUEMAS[nombre]))
    de_secciones = {r for s in tipo(nombre)["secciones"] for r in s["requisitos"]}
    assert set(EXIGIDOS[nombre]) <= de_datos
    assert {r for r in de_datos if not r.startswith("I-")} == de_secciones


@pytest.mark.parametrize("nombre", TIPOS)
def test_toda_seccion_exigida_es_un_titulo_de_la_plantilla(nombre: str) -> None:
    secciones = [s["titulo"] for s in tipo(nombre)["secciones"]]
    assert [t for t in titulos_de(docx(nombre)) if t in secciones] == secciones


@pytest.mark.parametrize("nombre", TIPOS)
def test_la_plantilla_guardada_es_la_que_escribe_su_constructor(nombre: str) -> None:
    assert docx(nombre) == importlib.import_module(f"construir_{nombre}").construir()


@pytest.mark.parametrize("nombre", TIPOS)
def test_la_plantilla_solo_nombra_lo_que_existe(nombre: str) -> None:
    assert Plantilla.compilar(docx(nombre), nombre).variables() <= NOMBRES


@pytest.mark.parametrize("nombre", TIPOS)
def test_nada_obligatorio_falta_sin_que_un_requisito_lo_reclame(nombre: str) -> None:
    datos = copy.deepcopy(DATOS[nombre])
    for medicion in datos.get("mediciones", []):
        del medicion["por_region"][1:]
    mudas = [
        ruta
        for ruta in partes_exigidas(ESQUEMAS[nombre], datos)
        if not any(requisito for requisito, _ in faltas(nombre, sin(datos, ruta)))
    ]
    assert mudas == []


SIN_ESTO: list[tuple[str, Ruta, str]] = [
    ("informe_implementacion", ("avance_programa",), "IMP-1"),
    ("informe_implementacion", ("compromisos",), "IMP-3"),
    ("informe_implementacion", ("compromisos", 0, "recomendacion"), "IMP-2"),
    ("informe_implementacion", ("compromisos", 0, "compromiso"), "IMP-3"),
    ("informe_implementacion", ("compromisos", 0, "plazo"), "IMP-4"),
    ("informe_implementacion", ("compromisos", 0, "responsable"), "IMP-4"),
    ("informe_implementacion", ("compromisos", 0, "indicador"), "IMP-4"),
    ("informe_implementacion", ("ajuste",), "IMP-F"),
    ("informe_implementacion", ("ajuste", "propuesta"), "IMP-F"),
    ("medicion_indicadores", ("mediciones",), "IMP-5.a"),
    ("medicion_indicadores", ("mediciones", 0, "meta"), "IMP-5.a"),
    ("medicion_indicadores", ("modificados",), "IMP-5.b"),
    ("medicion_indicadores", ("modificados", 0, "fundamento"), "IMP-5.b"),
    ("medicion_indicadores", ("modificados", 0, "propuesta"), "IMP-5.b"),
    ("medicion_indicadores", ("sig",), "SEG7-1"),
    ("evaluacion_resultados", ("informe_ejecutivo",), "EVA-1"),
    ("evaluacion_resultados", ("informe_ejecutivo", "sintesis"), "EVA-1"),
    ("evaluacion_resultados", ("resultado_plan",), "EVA-0"),
    ("evaluacion_resultados", ("mediciones",), "EVA-2"),
    ("evaluacion_resultados", ("desarrollo_productos", 0, "indicador"), "EVA-2"),
    ("evaluacion_resultados", ("desarrollo_productos", 3, "sin_indicador"), "EVA-2"),
    ("evaluacion_resultados", ("inequidades",), "EVA-3"),
    ("evaluacion_resultados", ("brechas",), "EVA-4"),
    ("evaluacion_resultados", ("brechas", 0, "causa"), "EVA-4"),
    ("evaluacion_resultados", ("modificaciones_productos",), "EVA-5"),
    *(
        ("evaluacion_resultados", ("sistema_informacion", "etapas", etapa), "EVA-6.a")
        for etapa in ("recoleccion", "procesamiento", "analisis", "difusion")
    ),
    ("evaluacion_resultados", ("sistema_informacion", "problemas_estadisticas"), "EVA-6.b"),
    ("evaluacion_resultados", ("sistema_informacion", "problemas_provision"), "EVA-6.c"),
    ("evaluacion_resultados", ("programa_seguimiento",), "EVA-F"),
    ("evaluacion_resultados", ("tramitacion",), "EVA-F"),
    ("evidencia_actividad", ("responsable",), "PRG-1.a"),
    ("evidencia_actividad", ("respaldos",), "IMP-1"),
    ("evidencia_difusion", ("criterio",), "DIF-2"),
    ("evidencia_difusion", ("pendiente",), "DIF-2"),
    ("evidencia_difusion", ("responsable",), "DIF-3"),
    ("evidencia_difusion", ("acciones", 0, "canal"), "DIF-4"),
    ("evidencia_difusion", ("acciones", 0, "regiones"), "DIF-0"),
    ("informe_avance", ("medidas",), "OB-23"),
    ("informe_avance", ("seguimiento",), "OB-23"),
    ("entrega_informacion", ("acuse",), "PLA-B.3"),
    ("entrega_informacion", ("contenidos", 3), "DIA-5.5"),
    ("cumplimiento_gore", ("servicios", 0, "periodicidad"), "PLA-B.4"),
]


@pytest.mark.parametrize(("nombre", "ruta", "requisito"), SIN_ESTO)
def test_lo_que_falta_se_reporta_con_su_requisito(nombre: str, ruta: Ruta, requisito: str) -> None:
    assert [r for r, _ in faltas(nombre, sin(DATOS[nombre], ruta))] == [requisito]


@pytest.mark.parametrize("frente", ["productos", "informacion", "gore"])
def test_el_analisis_cubre_los_tres_frentes(frente: str) -> None:
    datos = copy.deepcopy(DATOS["informe_implementacion"])
    datos["analisis"] = [a for a in datos["analisis"] if a["frente"] != frente]
    assert [r for r, _ in faltas("informe_implementacion", datos)] == ["IMP-1"]


@pytest.mark.parametrize("publico", ["funcionarios", "usuarios"])
def test_la_difusion_llega_a_los_dos_publicos(publico: str) -> None:
    datos = copy.deepcopy(DATOS["evidencia_difusion"])
    datos["acciones"] = [a for a in datos["acciones"] if a["publico"] != publico]
    assert [r for r, _ in faltas("evidencia_difusion", datos)] == ["DIF-0"]


@pytest.mark.parametrize(
    ("rol", "faltan"),
    [
        ("equipo_calidad", ["procedimiento"]),
        ("encargado_cr", ["centro", "avance_centro"]),
        ("encargado_gt", []),
    ],
)
def test_cada_rol_informa_lo_suyo(rol: str, faltan: list[str]) -> None:
    datos = con(DATOS["informe_avance"], ("rol",), rol)
    halladas = validar_datos(ESQUEMAS["informe_avance"], datos, "datos.yaml")
    assert [(f.ruta[-1], f.requisito) for f in halladas] == [(clave, "OB-23") for clave in faltan]


def test_lo_que_ningun_indicador_mide_dice_por_que() -> None:
    texto = texto_de(parte(generar("evaluacion_resultados", DATOS["evaluacion_resultados"])))
    assert "Sin indicador: El Plan mide la entrega" in texto


def test_el_informe_ejecutivo_va_primero_y_no_crece_mas_de_dos_paginas() -> None:
    datos = con(DATOS["evaluacion_resultados"], ("informe_ejecutivo", "sintesis"), "Muy largo. " * 200)
    assert [r for r, _ in faltas("evaluacion_resultados", datos)] == ["EVA-1"]
    assert titulos_de(docx("evaluacion_resultados"))[0] == "Informe Ejecutivo"


def test_sin_recomendaciones_se_dice_por_que() -> None:
    datos = sin(DATOS["informe_implementacion"], ("compromisos",))
    datos["sin_compromisos"] = "Las actividades se ejecutaron sin dificultades."
    assert faltas("informe_implementacion", datos) == []
    assert "Sin recomendaciones: Las actividades" in texto_de(parte(generar("informe_implementacion", datos)))


def test_ningun_indicador_modificado_se_declara_con_una_lista_vacia() -> None:
    datos = con(DATOS["medicion_indicadores"], ("modificados",), [])
    assert faltas("medicion_indicadores", datos) == []
    assert "Ninguno en este corte" in texto_de(parte(generar("medicion_indicadores", datos)))


def test_un_valor_que_no_sale_de_su_cuenta_se_reporta_en_su_lugar() -> None:
    datos = con(DATOS["medicion_indicadores"], ("mediciones", 0, "valor"), 58)
    (falta,) = validar_datos(ESQUEMAS["medicion_indicadores"], datos, "datos.yaml")
    assert (falta.requisito, falta.ruta) == ("IMP-5.a", ("mediciones", 0, "valor"))
    assert falta.mensaje == "es 58 y de 132 ÷ 240 × 100 resulta 55"
    assert not falta.incompleta


def test_un_indicador_sin_medir_dice_por_que() -> None:
    medicion = {k: v for k, v in DATOS["medicion_indicadores"]["mediciones"][0].items() if k != "por_region"}
    for clave in ("valor", "numerador", "denominador"):
        medicion.pop(clave)
    datos = con(DATOS["medicion_indicadores"], ("mediciones", 0), medicion)
    assert [r for r, _ in faltas("medicion_indicadores", datos)] == ["IMP-5.a"]
    medicion["sin_medicion"] = "El tablero estuvo en mantención en la fecha de corte."
    assert faltas("medicion_indicadores", datos) == []
    assert "Sin dato" in texto_de(parte(generar("medicion_indicadores", datos)))


# ---- lo dibujado -----------------------------------------------------------------------------------------


def barra(contenido: bytes, *textos: str) -> tuple[list[str], list[str]]:
    """De la fila que empieza con esos textos: lo que dicen sus celdas y el fondo de las pintadas."""
    (fila,) = [f for f in filas(contenido) if [texto_de(c).strip() for c in f][: len(textos)] == list(textos)]
    return [texto_de(c).strip() for c in fila], [fondo(c) for c in fila if fondo(c) not in {"", "FFFFFF"}]


def test_una_barra_escribe_su_valor_y_lo_dibuja_contra_la_meta() -> None:
    # IND-01, Magallanes: 4 de 11 localidades, 36 %; la meta es 60 %.
    contenido = generar("medicion_indicadores", DATOS["medicion_indicadores"])
    celdas, fondos = barra(contenido, "Región 12", "4 / 11")
    assert celdas[2:] == ["36,4", "60", "■", "■", "■", "", "", "◇", "", "", "", "", "Faltan 23,6 puntos"]
    assert fondos == ["C9D8F0"] * 3 + ["F6DFB5"] * 4


def test_donde_menos_es_mejor_lo_que_sobra_se_ve_despues_de_la_meta() -> None:
    # IND-05, Aysén: 30 días; la meta es 10. La escala llega a 30.
    contenido = generar("medicion_indicadores", DATOS["medicion_indicadores"])
    celdas, fondos = barra(contenido, "Región 11", "30 / 1")
    assert celdas[4:] == ["■", "■", "■", "◇", "■", "■", "■", "■", "■", "■", "Sobran 20"]
    assert fondos == ["C9D8F0"] * 4 + ["F6DFB5"] * 7


def test_el_avance_de_una_actividad_se_dibuja_con_su_estado() -> None:
    contenido = generar("informe_implementacion", DATOS["informe_implementacion"])
    celdas, _ = barra(contenido, "A05", "Ruta 1 de ventanilla móvil")
    assert celdas[2:4] == ["61", "100"]
    assert celdas[4:14] == ["■", "■", "■", "■", "■", "■", "", "", "", "◇"]
    assert celdas[14:] == ["Faltan 39 puntos", "Atrasada"]


def test_la_brecha_y_las_cuatro_etapas_se_dibujan() -> None:
    contenido = generar("evaluacion_resultados", DATOS["evaluacion_resultados"])
    brecha, _ = barra(contenido, "OE1", "IND-01")
    assert brecha[2:4] == ["55", "60"]
    assert brecha[14:] == ["Faltan 5 puntos", "Clima y disponibilidad de un solo móvil"]
    etapa, _ = barra(contenido, "Difusión", "40")
    assert etapa[2:13] == ["60", "■", "■", "■", "■", "", "◇", "", "", "", ""]


def test_la_cobertura_dice_por_que_canal_se_llego_a_cada_region() -> None:
    datos = DATOS["evidencia_difusion"]
    for a_funcionarios in (0, 2):
        datos = con(datos, ("acciones", a_funcionarios, "regiones"), ["15"])
    contenido = generar("evidencia_difusion", datos)
    celdas, fondos = barra(contenido, "Región 12")
    assert celdas[1:] == ["Sin difusión", "■ Sitio web ■ Radio local"]
    assert fondos == ["C8E6DA"]


def chico(valor: Any) -> Any:
    """Los mismos datos con el primer elemento de cada lista: bastan para que falte cada clave una vez."""
    if isinstance(valor, dict):
        return {k: chico(v) for k, v in valor.items()}
    return [chico(valor[0])] if isinstance(valor, list) and valor else valor


def tandas(datos: Any) -> Iterator[list[Ruta]]:
    """Toda clave una vez, de a una por cada parte: las partes no dependen entre sí y van juntas."""
    partes: dict[object, list[Ruta]] = {}
    for ruta in claves(datos):
        partes.setdefault(ruta[0], []).append(ruta)
    for tanda in zip_longest(*partes.values()):
        yield [ruta for ruta in tanda if ruta]


@pytest.mark.parametrize("nombre", TIPOS)
def test_un_borrador_al_que_le_falta_cualquier_dato_se_genera_igual(nombre: str) -> None:
    datos = chico(DATOS[nombre])
    assert "Pendiente" in texto_de(parte(generar(nombre, {})))
    for tanda in tandas(datos):
        assert generar(nombre, reduce(sin, tanda, datos)), tanda
        assert generar(nombre, reduce(lambda d, ruta: con(d, ruta, None), tanda, datos)), tanda
