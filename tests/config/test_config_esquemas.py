"""Los esquemas dicen lo mismo que el modelo, se explican enteros, y su página está al día."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from sgc_gt.config.carga import cargar
from sgc_gt.config.circuitos import POR_OMISION
from sgc_gt.config.esquemas import esquema
from sgc_gt.config.inicial import inicial
from sgc_gt.config.referencia import pagina
from sgc_gt.consultas.hallazgos import CON_DATOS
from sgc_gt.dominio.actos import EN_RUTA
from sgc_gt.dominio.etiquetas import CLASES_EVIDENCIA
from sgc_gt.dominio.importado import ORIGINAL
from sgc_gt.dominio.servicio import Serie, Tipo

RAIZ = Path(__file__).parents[2]
PASO = esquema("sgc")["properties"]["circuitos"]["additionalProperties"]["items"]["properties"]


@pytest.mark.parametrize("nombre", ["sgc", "tipo", "series", "requisitos", "demo_sgt_1"])
def test_cada_esquema_es_valido(nombre):
    Draft202012Validator.check_schema(esquema(nombre))


@pytest.mark.parametrize("nombre", ["sgc", "tipo", "series", "requisitos"])
def test_cada_clave_se_explica_con_una_oracion(nombre):
    mudas = [
        camino
        for camino, forma in _claves(esquema(nombre), "")
        if not forma.get("description", "").endswith((".", "…"))
    ]
    assert mudas == []


def _claves(forma, camino):
    for clave, propia in forma.get("properties", {}).items():
        yield f"{camino}.{clave}", propia
        yield from _claves(propia, f"{camino}.{clave}")
    for hija in ("additionalProperties", "items"):
        if isinstance(forma.get(hija), dict) and (camino.count(".") or hija != "items"):
            yield from _claves(forma[hija], f"{camino}.{hija}")


def test_los_circuitos_conocen_los_actos_y_respaldos_del_modelo():
    de_circuito = EN_RUTA - {"resolver"}  # ese cierra la ruta de una solicitud, que va en su tipo
    assert set(PASO["acto"]["enum"]) == de_circuito
    assert set(PASO["distinto_de"]["items"]["enum"]) == {"elabora", *de_circuito - {"emitir"}}
    ajenos = {ORIGINAL, "decreto", "recibo"}  # respaldan disponer de un registro, que no es un circuito
    for respaldos in (PASO["evidencia"], esquema("tipo")["properties"]["aprobacion"]):
        assert set(respaldos["items"]["enum"]) == set(CLASES_EVIDENCIA) - ajenos


def test_los_tipos_y_series_tienen_las_claves_del_modelo():
    assert set(esquema("tipo")["properties"]) == set(Tipo._fields) - {"id"}
    series = esquema("series")["properties"]["series"]["items"]["properties"]
    assert set(series) - {"tipo"} == set(Serie._fields) - {"tipo"}


def test_un_tipo_hace_de_lo_que_algun_hallazgo_mira():
    assert set(esquema("tipo")["properties"]["hace_de"]["enum"]) == CON_DATOS


def test_la_pagina_de_referencia_esta_al_dia():
    escrita = (RAIZ / "docs/referencia/sgc_yaml.md").read_text(encoding="utf-8")
    assert escrita == pagina(), "docs/referencia/sgc_yaml.md quedó atrás: al comienzo dice cómo renovarla"


def test_la_configuracion_inicial_carga_con_los_tipos_y_series_del_proyecto():
    archivos = {
        p.relative_to(RAIZ).as_posix(): p.read_bytes() for p in (RAIZ / "plantillas_docx").glob("*.yaml")
    }
    archivos["registros/series.yaml"] = (RAIZ / "registros/series.yaml").read_bytes()
    archivos["sgc.yaml"] = inicial("Servicio", "S", "cdoc@s.cl", "Control Documental")
    servicio = cargar(archivos)
    todos = {Path(a).stem for a in archivos if a.startswith("plantillas_docx/")}
    assert set(servicio.tipos) == todos - {"cumplimiento_gore"}
    gore = archivos | {"sgc.yaml": archivos["sgc.yaml"].replace(b"es_gore: false", b"es_gore: true")}
    assert set(cargar(gore).tipos) == todos, "lo que lleva un gobierno regional, solo si el servicio lo es"
    sin_gt = archivos | {"sgc.yaml": archivos["sgc.yaml"].replace(b"paquetes: [sgc, gt]", b"paquetes: [sgc]")}
    assert {t.paquete for t in cargar(sin_gt).tipos.values()} == {"sgc"}


@pytest.mark.parametrize(
    "nombre",
    ["Servicio: «X» # no", 'Con "comillas" y \\barra', "*alias", "línea\ny otra\u2028más\x07", "- {a}"],
)
def test_la_configuracion_inicial_admite_cualquier_nombre(nombre):
    servicio = cargar({"sgc.yaml": inicial(nombre, "S", "Ana@S.cl", nombre)})
    limpio = nombre.replace("\n", " ").replace("\u2028", " ").replace("\x07", "")
    assert servicio.nombre == limpio
    assert (servicio.personas[0].correo, servicio.personas[0].cargo) == ("ana@s.cl", "cdoc")
    assert servicio.con_rol("control_documental") == ("cdoc",)


def test_la_configuracion_inicial_muestra_los_circuitos_que_vienen_puestos():
    assert cargar({"sgc.yaml": inicial("S", "S", "a@s.cl", "")}).circuitos == POR_OMISION
