"""Los informes de seguimiento y resultados: contenidos exigidos por su requisito, y números dibujados."""

import copy
import importlib
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

# fmt: off
EXIGIDOS = {
    "informe_implementacion": ["IMP-1", "IMP-2", "IMP-3", "IMP-4", "IMP-F", "I-48"],
    "medicion_indicadores": ["IMP-5.a", "IMP-5.b", "SEG7-1"],
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
def test_nada_obligatorio_falta_sin_que_un_requisito_lo_reclame(nombre: str) -> None:
    mudas = [
        ruta
        for ruta in partes_exigidas(ESQUEMAS[nombre], DATOS[nombre])
        if not any(requisito for requisito, _ in faltas(nombre, sin(DATOS[nombre], ruta)))
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
]


@pytest.mark.parametrize(("nombre", "ruta", "requisito"), SIN_ESTO)
def test_lo_que_falta_se_reporta_con_su_requisito(nombre: str, ruta: Ruta, requisito: str) -> None:
    assert [r for r, _ in faltas(nombre, sin(DATOS[nombre], ruta))] == [requisito]


@pytest.mark.parametrize("frente", ["productos", "informacion", "gore"])
def test_el_analisis_cubre_los_tres_frentes(frente: str) -> None:
    datos = copy.deepcopy(DATOS["informe_implementacion"])
    datos["analisis"] = [a for a in datos["analisis"] if a["frente"] != frente]
    assert [r for r, _ in faltas("informe_implementacion", datos)] == ["IMP-1"]


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
    # IND-01, Aysén: 5 de 14 localidades, 36 %; la meta es 60 %.
    contenido = generar("medicion_indicadores", DATOS["medicion_indicadores"])
    celdas, fondos = barra(contenido, "Región 11", "5 / 14")
    assert celdas[2:] == ["35,7", "60", "■", "■", "■", "", "", "◇", "", "", "", "", "Faltan 24,3 puntos"]
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


def chico(valor: Any) -> Any:
    """Los mismos datos con el primer elemento de cada lista: bastan para que falte cada clave una vez."""
    if isinstance(valor, dict):
        return {k: chico(v) for k, v in valor.items()}
    return [chico(valor[0])] if isinstance(valor, list) and valor else valor


@pytest.mark.parametrize("nombre", TIPOS)
def test_un_borrador_al_que_le_falta_cualquier_dato_se_genera_igual(nombre: str) -> None:
    datos = chico(DATOS[nombre])
    assert "Pendiente" in texto_de(parte(generar(nombre, {})))
    for ruta in claves(datos):
        assert generar(nombre, sin(datos, ruta)), ruta
        assert generar(nombre, con(datos, ruta, None)), ruta
