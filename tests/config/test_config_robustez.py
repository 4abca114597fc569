"""Cualquier cosa escrita en cualquier parte se acepta o se rechaza con lugar y mensaje: nunca revienta."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from sgc_gt.config.carga import cargar, leer_yaml, validar_datos
from sgc_gt.config.ejemplo_sgt import traducir
from sgc_gt.config.inicial import inicial
from sgc_gt.config.saltos import defecto_de_esquema
from sgc_gt.errores import ConfiguracionInvalida

SGC = leer_yaml(inicial("Servicio", "S", "a@s.cl", "Control"), "sgc.yaml")[0] | {
    "excepciones": [{"documento": "PR-GT-01", "regla": "segregacion", "motivo": "x"}],
    "tipos": {"plan": {"revision_meses": 6}},
}
TIPO = {
    "nombre": "Plan",
    "prefijo": "PL",
    "clase": "registro",
    "circuito": "normal",
    "serie": "RG-GT-01",
    "secciones": [{"titulo": "Uno", "requisitos": ["A"]}],
    "datos": {
        "type": "object",
        "required": ["a"],
        "properties": {"a": {"$ref": "#/$defs/b"}, "c": {"anyOf": [{"const": 1}, {"type": "array"}]}},
        "$defs": {"b": {"type": ["string", "null"], "pattern": "^a", "x-requisito": "R-1"}},
        "allOf": [{"if": {"required": ["c"]}, "then": {"required": ["d"], "x-requisito": "R-2"}}],
    },
}
SERIES = {"series": [{"codigo": "RG-GT-01", "nombre": "Uno", "responsable": "dr", "retencion_anios": 5}]}
EJEMPLO = {
    "meta": {"esquema": "demo-sgt/1", "anio_gestion": 2026},
    "servicio": {"nombre": "S", "sigla": "S"},
    "cargos": {
        "dn": {"cargo": "D", "rol": "jefe_servicio"},
        "cd": {"cargo": "C", "rol": "controlador_documental"},
        "dr": {"cargo": "R", "rol": "encargado_cr_territorial", "uno_por_region": True},
    },
    "regiones": [{"cod": "15", "ben": 1}],
    "totales_de_control": {"ben": 1},
    "productos": [{"id": "P", "nombre": "P", "por_region": {"15": "x"}}],
    "registros": [{"codigo": "RG-GT-01", "nombre": "x", "resp": "dr"}],
    "documentos": [
        {"codigo": "PL-GT-01", "titulo": "P", "tipo": "plan", "version": "01", "estado": "borrador"}
        | {"elabora": "dn", "aprueba": "dn"}
    ],
    "mediciones": [{"indicador": "I", "cortes": {"3": 1}, "por_region_mes9": {"15": 2}}],
}
_PALABRA = st.sampled_from(["", " ", "dr", "dn", "15", "todas", "#", "("]) | st.text(max_size=4)
_CLAVE = st.sampled_from(["nombre", "acto", "por_region", "$ref", "x"]) | st.text(max_size=3)
RARO = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**6) | _PALABRA,
    lambda hijo: st.lists(hijo, max_size=2) | st.dictionaries(_CLAVE, hijo, max_size=2),
    max_leaves=4,
)


def rutas(valor, ruta=()):
    hijos = valor.items() if isinstance(valor, dict) else enumerate(valor) if isinstance(valor, list) else ()
    return [ruta, *(r for clave, parte in hijos for r in rutas(parte, (*ruta, clave)))]


def con(valor, ruta, otro):
    """El valor con otra cosa en esa ruta."""
    if not ruta:
        return otro
    copia = copy.deepcopy(valor)
    parte = copia
    for paso in ruta[:-1]:
        parte = parte[paso]
    parte[ruta[-1]] = otro
    return copia


def bytes_de(valor) -> bytes:
    return json.dumps(valor).encode()  # todo JSON se lee


ARCHIVOS = {"sgc.yaml": SGC, "plantillas_docx/plan.yaml": TIPO, "registros/series.yaml": SERIES}


def test_la_base_de_estas_pruebas_es_buena():
    cargar({nombre: bytes_de(valor) for nombre, valor in ARCHIVOS.items()})
    traducir(bytes_de(EJEMPLO), "s.yaml")


def se_acepta_o_se_explica(funcion) -> None:
    try:
        funcion()
    except ConfiguracionInvalida as rechazo:
        mudos = [p for p in rechazo.problemas if not p.mensaje or not p.lugar]
        if mudos or not rechazo.problemas:
            pytest.fail(f"rechazo sin lugar o sin mensaje: {rechazo!r}")


@settings(deadline=None, max_examples=100)
@given(st.data(), RARO)
def test_la_configuracion_con_una_parte_cambiada(datos, otro):
    nombre = datos.draw(st.sampled_from(sorted(ARCHIVOS)))
    cambiado = con(ARCHIVOS[nombre], datos.draw(st.sampled_from(rutas(ARCHIVOS[nombre]))), otro)
    se_acepta_o_se_explica(
        lambda: cargar({n: bytes_de(v) for n, v in (ARCHIVOS | {nombre: cambiado}).items()})
    )


@settings(deadline=None, max_examples=100)
@given(st.data(), RARO)
def test_el_ejemplo_con_una_parte_cambiada(datos, otro):
    cambiado = con(EJEMPLO, datos.draw(st.sampled_from(rutas(EJEMPLO))), otro)
    se_acepta_o_se_explica(lambda: traducir(bytes_de(cambiado), "s.yaml"))


@settings(deadline=None)
@given(st.data(), RARO)
def test_un_esquema_se_rechaza_cuando_la_norma_lo_rechaza(datos, otro):
    esquema = con(TIPO["datos"], datos.draw(st.sampled_from(rutas(TIPO["datos"]))), otro)
    dicho = defecto_de_esquema(esquema)
    try:
        Draft202012Validator.check_schema(esquema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    except SchemaError:
        assert dicho is not None
    else:
        assert dicho is None or dicho[0][-1] == "$ref"


@settings(deadline=None)
@given(RARO)
def test_datos_cualesquiera_contra_un_esquema(datos):
    assert all(f.mensaje and f.lugar for f in validar_datos(TIPO["datos"], datos, "d.yaml"))
