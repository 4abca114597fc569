"""La configuración guardada vuelve idéntica, sin leer ni revisar nada, y lo dañado se reconoce."""

import json
import subprocess
import sys
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgc_gt.config.cache import CacheInservible, a_dict, de_dict
from sgc_gt.config.carga import cargar
from sgc_gt.config.inicial import inicial
from sgc_gt.dominio.clave_ssh import Clave
from sgc_gt.dominio.codigos import FormatoVersion, Mascara
from sgc_gt.dominio.organizacion import Cargo, Persona
from sgc_gt.dominio.requisitos import Catalogo, Objeto, Requisito
from sgc_gt.dominio.servicio import (
    Carpetas,
    Compuerta,
    Excepcion,
    Exige,
    Feriado,
    PasoCircuito,
    ReglaDistribucion,
    Seccion,
    Serie,
    Servicio,
    Tipo,
)

TEXTO = st.text(max_size=8)
TEXTOS = st.lists(TEXTO, max_size=3).map(tuple)
NUMERO = st.integers(0, 99)
JSON = st.recursive(
    st.none() | st.booleans() | NUMERO | TEXTO,
    lambda hijo: st.lists(hijo, max_size=3) | st.dictionaries(TEXTO, hijo, max_size=3),
    max_leaves=6,
)


def por_clave(campo: str, registros):
    """Diccionarios cuyas claves son el campo de cada registro, en cualquier orden."""
    unicos = st.lists(registros, max_size=3, unique_by=lambda r: getattr(r, campo))
    return unicos.map(lambda lista: {getattr(r, campo): r for r in lista})


PASO = st.builds(PasoCircuito, TEXTO, TEXTO, NUMERO, TEXTOS, TEXTOS, TEXTO)
EXIGE = st.builds(Exige, TEXTO, TEXTO, TEXTO, TEXTO)
COMPUERTA = st.builds(
    Compuerta,
    TEXTO,
    TEXTOS,
    st.lists(EXIGE, max_size=2).map(tuple),
    TEXTO,
    TEXTO,
    st.booleans(),
    st.booleans(),
)
TIPO = st.builds(
    Tipo, TEXTO, TEXTO, TEXTO, TEXTO, TEXTO, TEXTO, TEXTO, NUMERO, NUMERO, TEXTOS,
    st.lists(st.builds(Seccion, TEXTO, TEXTOS), max_size=2).map(tuple),
    st.dictionaries(TEXTO, JSON, max_size=3), TEXTO, st.booleans(), TEXTO,
    st.booleans(), st.lists(COMPUERTA, max_size=2).map(tuple),
)  # fmt: skip
SERIE = st.builds(
    Serie, TEXTO, TEXTO, TEXTO, TEXTO, TEXTO, TEXTO, TEXTO, TEXTO, st.none() | NUMERO, TEXTO, TEXTO, TEXTO,
    st.booleans(),
)  # fmt: skip
CLAVES = st.lists(st.builds(Clave, TEXTO, st.dates(), st.none() | st.dates()), max_size=2).map(tuple)
SERVICIO = st.builds(
    Servicio,
    nombre=TEXTO,
    sigla=TEXTO,
    norma=TEXTO,
    mascara=st.builds(Mascara, TEXTO),
    areas=st.dictionaries(TEXTO, TEXTO, max_size=3),
    formato=st.builds(FormatoVersion, NUMERO, NUMERO, TEXTO),
    cargos=por_clave("id", st.builds(Cargo, TEXTO, TEXTO, TEXTOS, TEXTO, TEXTO)),
    personas=st.lists(
        st.builds(Persona, TEXTO, TEXTO, st.dates(), st.none() | st.dates(), TEXTO, CLAVES), max_size=3
    ).map(tuple),
    roles=st.dictionaries(TEXTO, TEXTOS, max_size=3),
    circuitos=st.dictionaries(TEXTO, st.lists(PASO, max_size=3).map(tuple), max_size=2),
    tipos=por_clave("id", TIPO),
    series=por_clave("codigo", SERIE),
    regiones=TEXTOS,
    paquetes=TEXTOS,
    ministerio=TEXTO,
    comite=TEXTO,
    zona_horaria=TEXTO,
    es_gore=st.booleans(),
    leyenda=TEXTO,
    firmas_exigidas=st.booleans(),
    distribucion=st.lists(st.builds(ReglaDistribucion, TEXTOS, TEXTOS, TEXTOS), max_size=2).map(tuple),
    plazo_conocimiento=NUMERO,
    feriados=st.lists(st.builds(Feriado, st.dates(), TEXTO, TEXTO), max_size=2).map(tuple),
    excepciones=st.lists(st.builds(Excepcion, TEXTO, TEXTO, TEXTO), max_size=2).map(tuple),
    catalogos=st.lists(
        st.builds(
            Catalogo,
            TEXTO,
            TEXTO,
            TEXTO,
            st.lists(
                st.builds(Objeto, TEXTO, TEXTO, TEXTO, TEXTO, TEXTOS, TEXTO, st.booleans()), max_size=2
            ).map(tuple),
            st.lists(
                st.builds(Requisito, TEXTO, TEXTO, TEXTO, TEXTO, TEXTOS, TEXTOS, TEXTOS, TEXTO), max_size=2
            ).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    carpetas=st.none()
    | st.builds(Carpetas, TEXTO, st.dictionaries(TEXTO, TEXTO, max_size=2), TEXTO, NUMERO, NUMERO),
)


@settings(deadline=None, max_examples=40)
@given(SERVICIO)
def test_todo_servicio_vuelve_identico_aunque_las_claves_se_ordenen(servicio):
    vuelto = de_dict(json.loads(json.dumps(a_dict(servicio), sort_keys=True)))
    assert vuelto == servicio
    for campo in ("areas", "cargos", "roles", "circuitos", "tipos", "series"):
        assert list(getattr(vuelto, campo)) == list(getattr(servicio, campo))


def test_el_orden_de_los_datos_de_un_tipo_no_se_pierde():
    propiedades = {letra: {} for letra in reversed(ascii_lowercase)}
    tipo = Tipo("plan", "Plan", "PL", "documento", "normal", datos={"properties": propiedades})
    servicio = cargar({"sgc.yaml": inicial("S", "S", "a@s.cl", "")})._replace(tipos={"plan": tipo})
    vuelto = de_dict(json.loads(json.dumps(a_dict(servicio), sort_keys=True)))
    assert list(vuelto.tipos["plan"].datos["properties"]) == list(propiedades)


@pytest.mark.parametrize(
    "danio",
    [
        lambda d: d.clear(),
        lambda d: d.update(formato_cache=0),
        lambda d: d.pop("cargos"),
        lambda d: d.update(personas=[["a@s.cl"]]),
        lambda d: d.update(personas=[["a@s.cl", "x", "ayer", None, "", ""]]),
        lambda d: d.update(tipos=[{"datos": "{"}]),
        lambda d: d.update(cargos=[[]]),
        lambda d: d.update(otra=1),
        lambda d: d.update(areas=3),
    ],
)
def test_lo_guardado_que_no_sirve_se_reconoce(danio):
    datos = a_dict(cargar({"sgc.yaml": inicial("S", "S", "a@s.cl", "")}))
    danio(datos)
    with pytest.raises(CacheInservible):
        de_dict(datos)


def test_recuperar_no_cambia_lo_guardado():
    datos = a_dict(cargar({"sgc.yaml": inicial("S", "S", "a@s.cl", "")}))
    assert de_dict(datos) == de_dict(datos)


def test_recuperar_no_carga_lo_que_solo_hace_falta_para_revisar():
    pesados = "('yaml', 'jsonschema', 'referencing', 'difflib', 'zoneinfo')"
    orden = f"import sys, sgc_gt.config.cache; print([m for m in {pesados} if m in sys.modules])"
    salida = subprocess.run([sys.executable, "-c", orden], capture_output=True, text=True, check=True)
    assert salida.stdout.strip() == "[]"
