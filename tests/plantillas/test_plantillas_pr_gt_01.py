"""El procedimiento de Gestión Territorial que se entrega: completo, trazable y con palabras propias."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

RAIZ = Path(__file__).parents[2]
CARPETA = RAIZ / "documentos" / "GT" / "PR-GT-01"
COMPARTIDO = RAIZ.parent / "shared"
ROLES = {
    "jefe_servicio",
    "encargado_gt",
    "equipo_calidad",
    "control_documental",
    "representante_direccion",
    "encargado_cr",
    "oficina_partes",
    "jefatura_territorial",
}
# Todo contenido que la guía exige (dominio §1.2), copiado aquí para que la prueba se baste.
EXIGIDOS = [
    f"{grupo}-{resto}"
    for grupo, restos in {
        "DIA": (
            "1 1.1 1.2 1.3 1.4 1.5 1.6 2 2.1 2.2 2.3 2.4 3 4 4.1 4.2 4.a 4.b 4.c 4.d 5 5.1 5.2 5.3 5.4 5.5 F"
        ),
        "PLA": "A A.1 A.2 A.2.a A.2.b A.2.c A.3 A.4 A.5 B B.1 B.2 B.3 B.4 C F",
        "IND": "1 1.a 1.b 1.c 1.d",
        "PRG": "1 1.a",
        "IMP": "1 2 3 4 5 5.a 5.b F",
        "EVA": "0 1 2 3 4 5 6 6.a 6.b 6.c F",
        "SEG": "1 2 3 4 5",
        "DIF": "0 1 2 3 4",
        "NOI": "1",
        "RXD": "1 2",
        "EST": "1 2",
        "SEG7": "1",
        "RES": "A B C",
        "REG": "1 2 3 4",
    }.items()
    for resto in restos.split()
]


def leer(ruta: Path) -> Any:
    return yaml.safe_load(ruta.read_text("utf-8"))


@pytest.fixture(scope="module")
def datos() -> dict[str, Any]:
    return leer(CARPETA / "datos.yaml")


def requisitos(valor: Any) -> Iterator[str]:
    """Todos los `requisitos:` a cualquier profundidad."""
    if isinstance(valor, dict):
        yield from valor.get("requisitos", [])
        for hijo in valor.values():
            yield from requisitos(hijo)
    elif isinstance(valor, list):
        for hijo in valor:
            yield from requisitos(hijo)


def textos(valor: Any) -> Iterator[str]:
    if isinstance(valor, str):
        yield valor
    elif isinstance(valor, dict):
        for hijo in valor.values():
            yield from textos(hijo)
    elif isinstance(valor, list):
        for hijo in valor:
            yield from textos(hijo)


def palabras(texto: str) -> list[str]:
    return re.findall(r"[a-záéíóúñü0-9]+", texto.lower())


def test_los_datos_cumplen_el_esquema(datos: dict[str, Any]) -> None:
    esquema = leer(RAIZ / "plantillas_docx" / "procedimiento.yaml")["datos"]
    Draft202012Validator.check_schema(esquema)
    assert [e.message for e in Draft202012Validator(esquema).iter_errors(datos)] == []


def test_cada_contenido_exigido_se_responde_una_sola_vez(datos: dict[str, Any]) -> None:
    assert sorted(requisitos(datos)) == sorted(EXIGIDOS)


@pytest.mark.entrada
def test_la_lista_de_exigidos_es_la_del_dominio() -> None:
    dominio = COMPARTIDO / "dominio.md"
    if not dominio.exists():
        pytest.skip("no está ../shared")
    parte = dominio.read_text("utf-8").split("## 1.2 ")[1].split("## 1.3 ")[0]
    propios = re.findall(r"^\| ([A-Z]+7?-[A-Z0-9]+(?:\.[a-z0-9]+)*) \|", parte, re.MULTILINE)
    # «REG-1…4» es un rango escrito en una sola fila.
    assert sorted(set(propios) | {"REG-1", "REG-2", "REG-3", "REG-4"}) == sorted(EXIGIDOS)


def test_la_seccion_9_trae_los_cuatro_de_la_guia_y_todo_lo_demas_que_se_guarda(datos: dict[str, Any]) -> None:
    """La guía lista cuatro; su texto pide 26 objetos, y cada uno tiene su serie (I-03)."""
    assert [r["codigo"] for r in datos["registros"] if "requisitos" in r] == [
        "RG-GT-01", "PL-GT-01", "PG-GT-01", "RG-SGC-05",
    ]  # fmt: skip
    series = {s["codigo"]: s for s in leer(RAIZ / "registros" / "series.yaml")["series"]}
    propias = {c for c, s in series.items() if s["paquete"] == "gt"}
    assert {r["codigo"] for r in datos["registros"]} == propias | {"RG-SGC-05"}
    for registro in datos["registros"]:
        serie = series[registro["codigo"]]
        comunes = (
            "nombre",
            "responsable",
            "soporte",
            "almacenamiento",
            "proteccion",
            "recuperacion",
            "disposicion",
        )
        assert {c: registro[c] for c in comunes} == {c: serie[c] for c in comunes}
        assert registro["retencion"] == serie["retencion_anios"]


def test_glosario_referencias_y_normas(datos: dict[str, Any]) -> None:
    terminos = " ".join(t["termino"] for t in datos["terminologia"])
    de_la_guia = (
        "Buen Gobierno",
        "Oferta Pública conjunta",
        "Parte Interesada",
        "PROPIR",
        "ARI",
        "SUBDERE",
        "SGC",
    )
    sin_definir = (
        "(PT)",
        "(GORE)",
        "BGI",
        "SIG",
        "CR",
        "Visación técnica",
        "Diseño lógico",
        "Difusión realizada",
    )
    assert [t for t in (*de_la_guia, *sin_definir) if t not in terminos] == []
    assert len(datos["terminologia"]) >= 18 + len(sin_definir) - 2
    assert len(datos["referencias"]) == 17
    assert [a["titulo"] for a in datos["anexos"]] == ["Anexo 1. Referencias normativas"]
    assert len(datos["anexos"][0]["tabla"]["filas"]) == 9


def test_las_inconsistencias_de_la_guia_no_pasan(datos: dict[str, Any]) -> None:
    todo = "\n".join(textos(datos))
    for errata in ("Anexo 2", "Anteprograma", "20,212", "focalizados", "etapa anterior", "Intendente"):
        assert errata not in todo
    for lectura in (
        "Control de Registros",
        "ISO 9001:2015",
        "sin indicador",
        "sin respuesta",
        "fuera del alcance",
    ):
        assert lectura in todo


def test_el_flujo_esta_bien_formado(datos: dict[str, Any]) -> None:
    nodos = {n["id"]: n for n in datos["flujo"]["nodos"]}
    arcos = [(a["de"], a["a"]) for a in datos["flujo"]["arcos"]]
    assert len(nodos) == len(datos["flujo"]["nodos"])
    assert {extremo for arco in arcos for extremo in arco} == set(nodos)
    alcanzados, pendientes = set(), [n for n in nodos if n in {"inicio", "acuerdos"}]
    while pendientes:
        actual = pendientes.pop()
        alcanzados.add(actual)
        pendientes += [a for de, a in arcos if de == actual and a not in alcanzados]
    assert alcanzados == set(nodos)
    sin_salida = {n for n in nodos if n not in {de for de, _ in arcos}}
    assert sin_salida == {"fin"}
    for ident, nodo in nodos.items():
        if nodo["clase"] == "decision":
            rotulos = {a.get("texto") for a in datos["flujo"]["arcos"] if a["de"] == ident}
            assert rotulos == {"sí", "no"}, ident


def test_la_identidad_usa_roles_y_quien_elabora_no_aprueba() -> None:
    identidad = leer(CARPETA / "identidad.yaml")
    assert identidad["area"] == "GT"
    assert identidad["tipo"] == "procedimiento"
    papeles = [identidad["elabora"], *identidad["revisa"], identidad["aprueba"], identidad["responsable"]]
    assert set(papeles) <= ROLES
    assert len({identidad["elabora"], *identidad["revisa"], identidad["aprueba"]}) == 3


@pytest.mark.entrada
def test_ninguna_frase_se_copia_de_la_guia(datos: dict[str, Any]) -> None:
    guia = COMPARTIDO / "entrada" / "guia_gestion_territorial_v02.txt"
    if not guia.exists():
        pytest.skip("no está ../shared/entrada")
    original = palabras(guia.read_text("utf-8"))
    tramos = {tuple(original[i : i + 8]) for i in range(len(original) - 7)}
    # Títulos y nombres de normas sí se conservan.
    propios = dict(datos)
    propios["referencias"] = [r["detalle"] for r in datos["referencias"]]
    propios["anexos"] = [a["parrafos"] for a in datos["anexos"]]
    copiados = [
        " ".join(tramo)
        for texto in textos(propios)
        for tramo in zip(*(palabras(texto)[n:] for n in range(8)), strict=False)
        if tramo in tramos
    ]
    assert copiados == []
