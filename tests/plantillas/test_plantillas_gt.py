"""Diagnóstico, Plan, Programa y Revisión por la Dirección: esquema, ejemplo y plantilla dicen lo mismo."""

import copy
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import construir_acuerdo_gore
import construir_aspectos_no_incorporados
import construir_diagnostico
import construir_diseno_logico
import construir_ficha_indicadores
import construir_medidas_autoridad
import construir_plan
import construir_plan_difusion
import construir_programa
import construir_programa_seguimiento
import construir_revision_direccion
import pytest
import yaml
from lxml import etree

from sgc_gt.config.datos import requisitos_de, validar_datos
from sgc_gt.word.plantilla import Plantilla

RAIZ = Path(__file__).parents[2]
CONSTRUCTORES = {
    "diagnostico": construir_diagnostico,
    "plan": construir_plan,
    "programa": construir_programa,
    "revision_direccion": construir_revision_direccion,
    "diseno_logico": construir_diseno_logico,
    "acuerdo_gore": construir_acuerdo_gore,
    "ficha_indicadores": construir_ficha_indicadores,
    "medidas_autoridad": construir_medidas_autoridad,
    "plan_difusion": construir_plan_difusion,
    "aspectos_no_incorporados": construir_aspectos_no_incorporados,
    "programa_seguimiento": construir_programa_seguimiento,
}
EJEMPLOS = {
    "diagnostico": "diagnostico",
    "plan": "plan",
    "plan_observado": "plan",
    "programa": "programa",
    "revision_direccion_1": "revision_direccion",
    "diseno_logico": "diseno_logico",
    "acuerdo_gore": "acuerdo_gore",
    "ficha_indicadores": "ficha_indicadores",
    "medidas_autoridad": "medidas_autoridad",
    "plan_difusion": "plan_difusion",
    "aspectos_no_incorporados": "aspectos_no_incorporados",
    "programa_seguimiento": "programa_seguimiento",
}
TIPOS = tuple(CONSTRUCTORES)
# fmt: off
EXIGIDOS = [
    "DIA-1", "DIA-1.1", "DIA-1.2", "DIA-1.3", "DIA-1.4", "DIA-1.5", "DIA-1.6", "DIA-2", "DIA-2.1",
    "DIA-2.2", "DIA-2.3", "DIA-2.4", "DIA-3", "DIA-4", "DIA-4.1", "DIA-4.2", "DIA-4.a", "DIA-4.b",
    "DIA-4.c", "DIA-4.d", "DIA-5", "DIA-5.1", "DIA-5.2", "DIA-5.3", "DIA-5.4", "DIA-5.5", "DIA-F", "PLA-A",
    "PLA-A.1", "PLA-A.2", "PLA-A.2.a", "PLA-A.2.b", "PLA-A.2.c", "PLA-A.3", "PLA-A.4", "PLA-A.5", "PLA-B",
    "PLA-B.1", "PLA-B.2", "PLA-B.3", "PLA-B.4", "PLA-C", "PLA-F", "IND-1", "IND-1.a", "IND-1.b", "IND-1.c",
    "IND-1.d", "PRG-1", "PRG-1.a", "RXD-1", "RXD-2", "I-43", "I-45", "I-47", "I-48",
    "DIF-0", "DIF-1", "DIF-2", "DIF-3", "DIF-4", "NOI-1", "SEG-1", "SEG-2", "SEG-3", "SEG-4", "SEG-5", "EVA-F",
    "OB-22", "I-04", "I-06",
]
REGIONES = [
    "15", "01", "02", "03", "04", "05", "13", "06", "07", "16", "08", "09", "14", "10", "11", "12",
]
MESES = [
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
    "noviembre", "diciembre",
]
# fmt: on
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ZONAS = {
    "codigo",
    "titulo",
    "version",
    "fecha",
    "estado",
    "vigencia",
    "motivo",
    "verificacion",
    "ancla",
    "servicio",
    "firmas",
    "cambios",
}

Ruta = tuple[str | int, ...]


def tipo(nombre: str) -> dict[str, Any]:
    leido: dict[str, Any] = yaml.safe_load((RAIZ / "plantillas_docx" / f"{nombre}.yaml").read_text("utf-8"))
    return leido


def ejemplo(nombre: str) -> dict[str, Any]:
    archivo = RAIZ / "sgc_gt" / "ejemplo" / "datos" / f"{nombre}.yaml"
    leido: dict[str, Any] = yaml.safe_load(archivo.read_text(encoding="utf-8"))
    return leido


ESQUEMAS = {nombre: tipo(nombre)["datos"] for nombre in TIPOS}
DATOS = {nombre: ejemplo(nombre) for nombre in EJEMPLOS}
DE_TIPO = {nombre: DATOS[archivo] for archivo, nombre in EJEMPLOS.items() if archivo != "plan_observado"}


def sin(datos: Any, ruta: Ruta) -> Any:
    """Una copia de los datos a la que le falta esa parte."""
    copia = copy.deepcopy(datos)
    duenio = copia
    for paso in ruta[:-1]:
        duenio = duenio[paso]
    del duenio[ruta[-1]]
    return copia


def con(datos: Any, ruta: Ruta, valor: object) -> Any:
    """Una copia de los datos con otro valor en esa parte."""
    copia = copy.deepcopy(datos)
    duenio = copia
    for paso in ruta[:-1]:
        duenio = duenio[paso]
    duenio[ruta[-1]] = valor
    return copia


def requisitos(nombre: str, datos: object) -> set[str]:
    """Los requisitos que estos datos dejan sin responder."""
    faltas = validar_datos(ESQUEMAS[nombre], datos, f"{nombre}.yaml")
    return {r for falta in faltas for r in (falta.requisito, *falta.requisitos)}


# ---- el ejemplo y el esquema -----------------------------------------------------------------------------


@pytest.mark.parametrize("nombre", EJEMPLOS)
def test_el_ejemplo_cumple_su_esquema(nombre: str) -> None:
    assert validar_datos(ESQUEMAS[EJEMPLOS[nombre]], DATOS[nombre], nombre) == []


@pytest.mark.parametrize("requisito", EXIGIDOS)
def test_cada_requisito_tiene_su_lugar_en_un_esquema(requisito: str) -> None:
    assert any(requisito in requisitos_de(esquema) for esquema in ESQUEMAS.values())


@pytest.mark.parametrize("nombre", TIPOS)
def test_toda_seccion_exigida_es_un_titulo_de_la_plantilla(nombre: str) -> None:
    secciones = [s["titulo"] for s in tipo(nombre)["secciones"]]
    titulos = [t for t in titulos_de(docx(nombre)) if t in secciones]
    assert titulos == secciones


@pytest.mark.parametrize("nombre", TIPOS)
def test_las_secciones_nombran_todos_los_requisitos_del_esquema(nombre: str) -> None:
    """Salvo las exigencias propias (I-…), que no son del catálogo de la guía."""
    de_secciones = {r for s in tipo(nombre)["secciones"] for r in s["requisitos"]}
    assert {r for r in requisitos_de(ESQUEMAS[nombre]) if not r.startswith("I-")} == de_secciones


SIN_ESTO = [
    ("diagnostico", ("alcance",), "DIA-1"),
    ("diagnostico", ("productos",), "DIA-1"),
    ("diagnostico", ("productos", 0, "causales"), "DIA-1"),
    ("diagnostico", ("analisis_productos", "corresponde"), "DIA-1.1"),
    ("diagnostico", ("analisis_productos", "avance"), "DIA-1.2"),
    ("diagnostico", ("productos", 0, "avance"), "DIA-1.2"),
    ("diagnostico", ("analisis_productos", "no_corresponde"), "DIA-1.3"),
    ("diagnostico", ("caracteristicas",), "DIA-1.4"),
    ("diagnostico", ("caracteristicas", 3, "acceso"), "DIA-1.4"),
    ("diagnostico", ("complementariedad",), "DIA-1.5"),
    ("diagnostico", ("distribucion",), "DIA-1.6"),
    *(
        ("diagnostico", ("distribucion", 0, zona), "DIA-1.6")
        for zona in ("extremas", "dificil_acceso", "deprimidas", "vulnerables")
    ),
    ("diagnostico", ("sintesis_medidas",), "DIA-2"),
    ("diagnostico", ("medidas_incorporar",), "DIA-2.1"),
    ("diagnostico", ("medidas_desagregar",), "DIA-2.2"),
    ("diagnostico", ("medidas_profundizar",), "DIA-2.3"),
    ("diagnostico", ("medidas_iniciativa",), "DIA-2.4"),
    ("diagnostico", ("analisis_productos", "no_posible"), "DIA-3"),
    ("diagnostico", ("productos", 4, "razon"), "DIA-3"),
    ("diagnostico", ("facultades",), "DIA-4"),
    ("diagnostico", ("facultades", 0, "origen"), "DIA-4"),
    ("diagnostico", ("ambitos_facultades", "administrar_programas", "no_ejercidas"), "DIA-4.1"),
    ("diagnostico", ("ambitos_facultades", "suscribir_compromisos", "necesarias"), "DIA-4.2"),
    ("diagnostico", ("ambitos_facultades", "administrar_programas"), "DIA-4.a"),
    ("diagnostico", ("ambitos_facultades", "ciclo_presupuestario"), "DIA-4.b"),
    ("diagnostico", ("ambitos_facultades", "adquisiciones_y_personal"), "DIA-4.c"),
    ("diagnostico", ("ambitos_facultades", "suscribir_compromisos"), "DIA-4.d"),
    ("diagnostico", ("sistemas",), "DIA-5"),
    ("diagnostico", ("informacion_regional", 0, "oferta"), "DIA-5.1"),
    ("diagnostico", ("informacion_regional", 0, "beneficiarios"), "DIA-5.2"),
    ("diagnostico", ("informacion_regional", 0, "localizacion"), "DIA-5.2"),
    ("diagnostico", ("informacion_regional", 0, "caracteristicas"), "DIA-5.2"),
    ("diagnostico", ("informacion_regional", 0, "gasto"), "DIA-5.3"),
    ("diagnostico", ("informacion_regional", 0, "inversion"), "DIA-5.3"),
    ("diagnostico", ("compromisos_formalizados",), "DIA-5.4"),
    ("diagnostico", ("provision_gore",), "DIA-5.5"),
    ("diagnostico", ("provision_gore", 0, "contenido", 3), "DIA-5.5"),
    ("diagnostico", ("propir", "corte"), "I-43"),
    ("diagnostico", ("tramitacion",), "DIA-F"),
    ("diagnostico", ("tramitacion", "visa"), "DIA-F"),
    ("plan", ("criterio_seleccion",), "PLA-A"),
    ("plan", ("productos",), "PLA-A"),
    ("plan", ("objetivo_general_productos",), "PLA-A.1"),
    ("plan", ("objetivos_regionales",), "PLA-A.1"),
    ("plan", ("objetivos_productos",), "PLA-A.2"),
    ("plan", ("objetivos_productos", 0, "indicadores"), "PLA-A.2"),
    ("plan", ("mejoras_acceso",), "PLA-A.2.a"),
    ("plan", ("mejoras_complementariedad",), "PLA-A.2.b"),
    ("plan", ("mejoras_distribucion",), "PLA-A.2.c"),
    ("plan", ("compromisos_propir",), "PLA-A.3"),
    ("plan", ("propir",), "I-43"),
    ("plan", ("variables_externas",), "PLA-A.4"),
    ("plan", ("variables_externas", "detalle"), "PLA-A.4"),
    ("plan", ("medidas",), "PLA-A.5"),
    ("plan", ("medidas", 0, "responsable"), "PLA-A.5"),
    ("plan", ("informacion_segun_diagnostico",), "PLA-B"),
    ("plan", ("objetivo_general_informacion",), "PLA-B.1"),
    *(("plan", ("objetivos_informacion", n), "PLA-B.2") for n in range(4)),
    ("plan", ("acuerdos_gore",), "PLA-B.3"),
    ("plan", ("acuerdos_gore", 0, "formato"), "PLA-B.3"),
    ("plan", ("acuerdos_gore", 0, "periodicidad"), "PLA-B.3"),
    ("plan", ("acuerdos_gore", 0, "contenido", 3), "PLA-B.3"),
    ("plan", ("es_gore",), "PLA-B.4"),
    ("plan", ("diseno_logico",), "PLA-C"),
    ("plan", ("diseno_logico", "entidades"), "PLA-C"),
    ("plan", ("indicadores",), "IND-1"),
    ("plan", ("indicadores", 0, "nombre"), "IND-1.a"),
    ("plan", ("indicadores", 0, "formula"), "IND-1.a"),
    ("plan", ("indicadores", 0, "medio_verificacion"), "IND-1.b"),
    ("plan", ("indicadores", 0, "recoleccion"), "IND-1.c"),
    ("plan", ("indicadores", 0, "sistematizacion"), "IND-1.d"),
    *(
        ("plan", ("indicadores", 0, campo), "I-45")
        for campo in ("linea_base", "meta", "frecuencia", "responsable")
    ),
    ("plan", ("tramitacion",), "PLA-F"),
    ("programa", ("alcance",), "PRG-1"),
    ("programa", ("actividades",), "PRG-1"),
    *(
        ("programa", ("actividades", 0, campo), "PRG-1.a")
        for campo in ("actividad", "inicio", "fin", "regiones", "responsable", "evidencia")
    ),
    ("programa", ("responsables_regionales",), "PRG-1.a"),
    ("programa", ("tramitacion",), "PLA-F"),
    ("revision_direccion", ("resultados_gt",), "RXD-1"),
    ("revision_direccion", ("resultados_gt", "programa_trabajo"), "RXD-1"),
    ("revision_direccion", ("resultados_gt", "seguimiento_anterior"), "RXD-1"),
    ("revision_direccion", ("resultados_gt", "seguimiento_anterior", "compromisos"), "RXD-1"),
    ("revision_direccion", ("instrumentos",), "RXD-2"),
    ("revision_direccion", ("instrumentos", "programa_seguimiento"), "RXD-2"),
    ("revision_direccion", ("entradas", "auditorias"), "N-25"),
    ("revision_direccion", ("entradas", "auditorias", "razon"), "N-25"),
    ("revision_direccion", ("decisiones", 0, "plazo"), "N-25"),
    *(
        ("diseno_logico", (clave,), "PLA-C")
        for clave in ("proposito", "sistemas", "entidades", "salidas", "resguardos", "puesta_en_marcha")
    ),
    *(("diseno_logico", ("contenidos", n), "PLA-C") for n in range(4)),
    ("diseno_logico", ("sistemas", 0, "nivel_meta"), "PLA-C"),
    *(
        ("acuerdo_gore", ("acuerdo", clave), "PLA-B.3")
        for clave in ("formato", "contenido", "periodicidad", "meses_entrega", "region")
    ),
    ("acuerdo_gore", ("acuerdo", "contenido", 3), "PLA-B.3"),
    ("acuerdo_gore", ("partes", 1), "PLA-B.3"),
    *(
        ("ficha_indicadores", ("indicadores", 0, campo), requisito)
        for campo, requisito in (
            *(("nombre", "IND-1.a"), ("formula", "IND-1.a"), ("medio_verificacion", "IND-1.b")),
            *(("recoleccion", "IND-1.c"), ("sistematizacion", "IND-1.d"), ("linea_base", "I-45")),
            *(("meta", "I-45"), ("frecuencia", "I-45"), ("responsable", "I-45")),
        )
    ),
    ("medidas_autoridad", ("medidas", 0, "facultad"), "DIA-2.4"),
    ("medidas_autoridad", ("medidas", 0, "evidencia"), "DIA-2.4"),
    ("medidas_autoridad", ("medidas", 2, "explicacion"), "DIA-2.4"),
    ("medidas_autoridad", ("complementariedad",), "DIA-2.4"),
    ("plan_difusion", ("resultados",), "DIF-0"),
    ("plan_difusion", ("aprueba",), "DIF-1"),
    ("plan_difusion", ("realizada_si",), "DIF-2"),
    ("plan_difusion", ("responsables",), "DIF-3"),
    ("plan_difusion", ("canales_usuarios", 0, "responsable"), "DIF-3"),
    ("plan_difusion", ("canales_funcionarios",), "DIF-4"),
    ("plan_difusion", ("canales_usuarios",), "DIF-4"),
    ("aspectos_no_incorporados", ("bienes_y_servicios",), "NOI-1"),
    ("aspectos_no_incorporados", ("sistema_informacion", "aspectos"), "NOI-1"),
    ("aspectos_no_incorporados", ("sistema_informacion", "aspectos", 0, "propuesta"), "NOI-1"),
    ("programa_seguimiento", ("cumplimiento_anterior",), "I-06"),
    ("programa_seguimiento", ("cumplimiento_anterior", 2, "explicacion"), "I-06"),
    ("programa_seguimiento", ("compromisos", 0, "recomendacion"), "SEG-1"),
    *(
        ("programa_seguimiento", ("compromisos", 0, clave), "SEG-2")
        for clave in ("compromiso", "responsable", "plazo", "indicador", "regiones")
    ),
    ("programa_seguimiento", ("compromisos", 2), "SEG-3"),
    ("programa_seguimiento", ("compromisos", 3), "SEG-4"),
    ("programa_seguimiento", ("cronograma",), "SEG-5"),
    ("programa_seguimiento", ("decision",), "OB-22"),
    ("programa_seguimiento", ("compromisos", 0, "pertinencia"), "OB-22"),
    ("programa_seguimiento", ("compromisos", 0, "prioridad"), "OB-22"),
    ("programa_seguimiento", ("compromisos", 5, "fundamento"), "OB-22"),
    ("programa_seguimiento", ("tramitacion", "aprueba"), "I-04"),
    ("programa_seguimiento", ("tramitacion", "visa"), "EVA-F"),
]


@pytest.mark.parametrize(("nombre", "ruta", "requisito"), SIN_ESTO)
def test_lo_que_falta_se_reporta_con_su_requisito(nombre: str, ruta: Ruta, requisito: str) -> None:
    faltas = validar_datos(ESQUEMAS[nombre], sin(DE_TIPO[nombre], ruta), nombre)
    assert [f.requisito for f in faltas] == [requisito]


@pytest.mark.parametrize(
    ("frente", "requisito"), [("productos", "PRG-1"), ("informacion", "PRG-1"), ("gore", "I-47")]
)
def test_un_programa_sin_un_frente_lo_reporta(frente: str, requisito: str) -> None:
    datos = copy.deepcopy(DATOS["programa"])
    datos["actividades"] = [a for a in datos["actividades"] if a["frente"] != frente]
    assert requisitos("programa", datos) == {requisito}


def test_un_programa_sin_hitos_lo_reporta() -> None:
    datos = copy.deepcopy(DATOS["programa"])
    for actividad in datos["actividades"]:
        actividad.pop("hito", None)
    assert "PRG-1.a" in requisitos("programa", datos)


@pytest.mark.parametrize("evalua", ["productos", "sistema_informacion"])
def test_hay_indicadores_del_plan_y_del_sistema_de_informacion(evalua: str) -> None:
    datos = copy.deepcopy(DATOS["plan"])
    datos["indicadores"] = [i for i in datos["indicadores"] if i["evalua"] != evalua]
    assert requisitos("plan", datos) == {"IND-1"}


def test_no_se_identifican_variables_externas_vale_con_fundamento_y_firma() -> None:
    sin_variables = {
        "se_identifican": False,
        "declaracion": "No se identifican: la gestión es interna.",
        "declara": "egt",
    }
    assert requisitos("plan", con(DATOS["plan"], ("variables_externas",), sin_variables)) == set()
    assert requisitos("plan", con(DATOS["plan"], ("variables_externas",), {"se_identifican": False})) == {
        "PLA-A.4"
    }


def test_solo_un_gobierno_regional_debe_decir_como_recibe_la_informacion() -> None:
    assert requisitos("plan", con(DATOS["plan"], ("es_gore",), True)) == {"PLA-B.4"}


def test_el_primer_periodo_explica_por_que_no_hay_programa_de_seguimiento_anterior() -> None:
    ruta: Ruta = ("resultados_gt", "seguimiento_anterior")
    sin_razon = con(DE_TIPO["revision_direccion"], ruta, {"hubo_programa": False})
    con_razon = con(
        DE_TIPO["revision_direccion"], ruta, {"hubo_programa": False, "razon": "Es el primer período."}
    )
    assert requisitos("revision_direccion", sin_razon) == {"RXD-1"}
    assert requisitos("revision_direccion", con_razon) == set()


def test_las_dos_clases_negativas_exigen_razon() -> None:
    for clase, requisito in (("no_corresponde", "DIA-1.3"), ("no_es_posible", "DIA-3")):
        datos = con(DATOS["diagnostico"], ("productos", 2, "clase"), clase)
        assert requisitos("diagnostico", sin(datos, ("productos", 2, "razon"))) == {requisito}


def partes_exigidas(esquema: Mapping[str, Any], datos: Any, ruta: Ruta = ()) -> Iterator[Ruta]:
    """Toda clave obligatoria presente en el ejemplo; de cada lista, su primer elemento."""
    if isinstance(datos, dict):
        for clave in esquema.get("required", ()):
            yield (*ruta, clave)
        for clave, valor in datos.items():
            yield from partes_exigidas(esquema["properties"][clave], valor, (*ruta, clave))
    elif isinstance(datos, list) and datos:
        yield from partes_exigidas(esquema.get("items", {}), datos[0], (*ruta, 0))


@pytest.mark.parametrize("nombre", TIPOS)
def test_nada_obligatorio_falta_sin_que_un_requisito_lo_reclame(nombre: str) -> None:
    datos = DE_TIPO[nombre]
    mudas = [
        ruta
        for ruta in partes_exigidas(ESQUEMAS[nombre], datos)
        if not any(f.requisito for f in validar_datos(ESQUEMAS[nombre], sin(datos, ruta), nombre))
    ]
    assert mudas == []


# ---- coherencia del ejemplo ------------------------------------------------------------------------------


def test_las_cifras_del_ejemplo_suman_los_totales_de_control() -> None:
    regional = DATOS["diagnostico"]["informacion_regional"]
    totales = [sum(r[campo] for r in regional) for campo in ("beneficiarios", "gasto", "inversion")]
    assert totales == [12_390, 5_050_000, 1_300_000]


def test_los_compromisos_del_plan_suman_la_inversion_de_cada_region() -> None:
    inversion = {r["region"]: r["inversion"] for r in DATOS["diagnostico"]["informacion_regional"]}
    for plan in ("plan", "plan_observado"):
        comprometido = dict.fromkeys(REGIONES, 0)
        for compromiso in DATOS[plan]["compromisos_propir"]:
            comprometido[compromiso["region"]] += compromiso["monto"]
        assert comprometido == inversion


@pytest.mark.parametrize(
    ("nombre", "lista"),
    [
        ("diagnostico", "complementariedad"),
        ("diagnostico", "distribucion"),
        ("diagnostico", "informacion_regional"),
        ("plan", "objetivos_regionales"),
        ("plan", "acuerdos_gore"),
        ("programa", "responsables_regionales"),
    ],
)
def test_el_ejemplo_cubre_las_dieciseis_regiones_de_norte_a_sur(nombre: str, lista: str) -> None:
    assert [fila["region"] for fila in DATOS[nombre][lista]] == REGIONES


def test_los_identificadores_citados_existen() -> None:
    productos = {p["id"] for p in DATOS["diagnostico"]["productos"]}
    plan = DATOS["plan"]
    indicadores = {i["id"] for i in plan["indicadores"]}
    citados = {p for o in plan["objetivos_productos"] for p in o["productos"]}
    citados |= {c["producto"] for c in DATOS["diagnostico"]["caracteristicas"]}
    medidas = {m["id"] for m in DATOS["diagnostico"]["medidas_iniciativa"]}
    assert citados <= productos
    assert {i for o in plan["objetivos_productos"] for i in o["indicadores"]} <= indicadores
    assert {f["medida"] for f in DATOS["diagnostico"]["facultades"] if "medida" in f} <= medidas
    assert {m["id"] for m in plan["medidas"]} == medidas


def test_ninguna_actividad_del_plan_empieza_antes_de_la_visacion() -> None:
    programa = DATOS["programa"]
    inicio = programa["tramitacion"]["inicio_mes"]
    assert all(a["inicio"] >= inicio for a in programa["actividades"] if a["frente"] != "gestion")


def test_el_plan_observado_es_valido_pero_mas_debil_que_el_visado() -> None:
    antes, despues = DATOS["plan_observado"], DATOS["plan"]
    distintas = {clave for clave in despues if antes[clave] != despues[clave]}
    assert distintas == {"indicadores", "variables_externas", "objetivos_productos"}


# ---- plantillas ------------------------------------------------------------------------------------------


def docx(nombre: str) -> bytes:
    return (RAIZ / "plantillas_docx" / f"{nombre}.docx").read_bytes()


def parte(contenido: bytes, nombre: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(contenido)) as archivo:
        return etree.fromstring(archivo.read(nombre))


def texto_de(elemento: etree._Element) -> str:
    return "".join(t.text or "" for t in elemento.iter(f"{W}t"))


def titulos_de(contenido: bytes) -> list[str]:
    return [
        texto_de(p)
        for p in parte(contenido).iter(f"{W}p")
        if (estilo := p.find(f"{W}pPr/{W}pStyle")) is not None and estilo.get(f"{W}val") == "Heading1"
    ]


def _lista(valores: list[str]) -> str:
    return ", ".join(valores)


FILTROS = {
    "cargo": lambda c: f"Cargo {c}",
    "region": lambda r: "Todas las regiones" if r == "todas" else f"Región {r}",
    "fecha": str,
    "mes": lambda m: MESES[m - 1],
    "miles": lambda n: f"{n:,}".replace(",", "."),
    "si_no": lambda b: "Sí" if b else "No",
    "lista": _lista,
}


def contexto(nombre: str, datos: object, regiones: Sequence[str] = REGIONES) -> dict[str, object]:
    doc = dict.fromkeys(
        ("area", "area_nombre", "elabora", "revisa", "aprueba", "responsable", "tipo_nombre", "titulo"), "x"
    )
    return {
        "servicio": {"nombre": "Servicio", "sigla": "S", "ministerio": "M", "comite": "C"},
        "doc": doc
        | {"codigo": "XX-GT-01", "version": "01", "tipo": nombre, "anio": 2026, "norma": "ISO 9001:2015"},
        "datos": datos,
        "regiones": [{"cod": c, "nombre": f"Región {c}", "abrev": f"R{c}"} for c in regiones],
        "meses": [m[:3].capitalize() for m in MESES],
    }


@cache
def compilada(nombre: str) -> Plantilla:
    return Plantilla.compilar(docx(nombre), nombre)


def generar(nombre: str, datos: object, regiones: Sequence[str] = REGIONES) -> bytes:
    return compilada(nombre).generar(contexto(nombre, datos, regiones), FILTROS)


@pytest.mark.parametrize("nombre", TIPOS)
def test_la_plantilla_guardada_es_la_que_escribe_su_constructor(nombre: str) -> None:
    assert docx(nombre) == CONSTRUCTORES[nombre].construir()


@pytest.mark.parametrize("nombre", TIPOS)
def test_la_plantilla_trae_todas_las_zonas_de_control(nombre: str) -> None:
    with zipfile.ZipFile(io.BytesIO(docx(nombre))) as archivo:
        partes = [
            n for n in archivo.namelist() if n.startswith(("word/document", "word/header", "word/footer"))
        ]
        marcas = {
            marca.get(f"{W}val")
            for n in partes
            for marca in etree.fromstring(archivo.read(n)).iter(f"{W}tag")
        }
    es_registro = tipo(nombre)["clase"] == "registro"
    debidas = ZONAS - {"version", "vigencia", "motivo", "cambios"} if es_registro else ZONAS
    assert marcas == {f"sgc:{zona}" for zona in debidas}


@pytest.mark.parametrize("archivo", EJEMPLOS)
def test_con_el_ejemplo_nada_queda_pendiente(archivo: str) -> None:
    texto = texto_de(parte(generar(EJEMPLOS[archivo], DATOS[archivo])))
    assert "Pendiente" not in texto
    assert "{{" not in texto


@pytest.mark.parametrize("nombre", TIPOS)
def test_sin_datos_se_genera_y_lo_pendiente_se_ve(nombre: str) -> None:
    assert "Pendiente" in texto_de(parte(generar(nombre, {})))


def claves(datos: Any, ruta: Ruta = ()) -> Iterator[Ruta]:
    """Toda clave del ejemplo, una vez por lugar del esquema (de cada lista, su primer elemento)."""
    if isinstance(datos, dict):
        for clave, valor in datos.items():
            yield (*ruta, clave)
            yield from claves(valor, (*ruta, clave))
    elif isinstance(datos, list) and datos and isinstance(datos[0], dict):
        yield from claves(datos[0], (*ruta, 0))


def corto(datos: Any) -> Any:
    """Los mismos lugares con dos filas por tabla: cada fila más recorre la plantilla por donde ya pasó."""
    if isinstance(datos, dict):
        return {clave: corto(valor) for clave, valor in datos.items()}
    return [corto(fila) for fila in datos[:2]] if isinstance(datos, list) else datos


@pytest.mark.lento
@pytest.mark.parametrize("nombre", TIPOS)
def test_un_borrador_al_que_le_falta_cualquier_dato_se_genera_igual(nombre: str) -> None:
    datos = corto(DE_TIPO[nombre])
    assert list(claves(datos)) == list(claves(DE_TIPO[nombre]))
    for ruta in claves(datos):
        assert generar(nombre, sin(datos, ruta), REGIONES[:2]), ruta
        assert generar(nombre, con(datos, ruta, None), REGIONES[:2]), ruta


def filas(contenido: bytes) -> list[list[etree._Element]]:
    return [fila.findall(f"{W}tc") for fila in parte(contenido).iter(f"{W}tr")]


def fondo(celda: etree._Element) -> str:
    sombra = celda.find(f"{W}tcPr/{W}shd")
    return "" if sombra is None else str(sombra.get(f"{W}fill"))


def test_la_carta_gantt_pinta_y_escribe_los_meses_de_cada_actividad() -> None:
    # A04 va de abril a agosto y termina en un hito; las columnas 4 a 15 son los meses.
    (fila,) = [
        f for f in filas(generar("programa", DATOS["programa"])) if len(f) == 17 and texto_de(f[0]) == "A04"
    ]
    assert [texto_de(c).strip() for c in fila[4:16]] == ["", "", "", "■", "■", "■", "■", "◆", "", "", "", ""]
    pintadas = [n for n, celda in enumerate(fila[4:16], start=1) if fondo(celda) not in {"", "FFFFFF"}]
    assert pintadas == [4, 5, 6, 7, 8]


def test_el_cronograma_por_region_muestra_lo_propio_de_cada_una() -> None:
    # La ruta 2 (A09, septiembre y octubre) toca a Valparaíso, Los Lagos y Magallanes.
    con_ruta = [
        texto_de(f[0])
        for f in filas(generar("programa", DATOS["programa"]))
        if len(f) == 14 and "A09" in texto_de(f[10])
    ]
    assert con_ruta == ["Región 05", "Región 10", "Región 12"]


def test_los_totales_se_calculan_con_filas_incompletas() -> None:
    datos = {"compromisos_propir": [{"region": "15", "monto": 1500}, {"region": "01"}, {"monto": None}]}
    totales = [texto_de(f[-1]) for f in filas(generar("plan", datos)) if texto_de(f[0]) == "Total"]
    assert totales == ["1.500", "1.500"]


def test_las_entradas_de_la_revision_no_citan_letras_de_la_norma() -> None:
    contenido = generar("revision_direccion", DATOS["revision_direccion_1"])
    (encabezado,) = [f for f in filas(contenido) if texto_de(f[0]) == "Entrada"]
    assert [texto_de(c) for c in encabezado] == [
        *("Entrada", "Estado", "Lo que se revisó, o la razón", "Respaldo")
    ]
    assert "9.3.2" not in texto_de(parte(contenido))


def test_un_registro_se_identifica_por_su_periodo_y_no_por_su_version() -> None:
    contenido = generar("revision_direccion", DATOS["revision_direccion_1"])
    with zipfile.ZipFile(io.BytesIO(contenido)) as archivo:
        encabezado = texto_de(etree.fromstring(archivo.read("word/header1.xml")))
        pie = texto_de(etree.fromstring(archivo.read("word/footer1.xml")))
    assert "Período2026" in encabezado
    for rotulo in ("Versión", "Vigencia", "Control de cambios"):
        assert rotulo not in encabezado + texto_de(parte(contenido))
    assert "no ha sido corregido" in pie
