"""Los datos de un documento: qué falta, dónde y qué requisito queda sin responder."""

from pathlib import Path

import pytest

from sgc_gt.config.carga import leer_yaml
from sgc_gt.config.datos import Falta, validar_datos

RAIZ = Path(__file__).parents[2]
ESQUEMA = leer_yaml(
    b"""
title: Datos del plan
type: object
additionalProperties: false
required: [objetivo, productos, pronunciamiento]
properties:
  objetivo: {title: Objetivo, type: string, minLength: 10, x-requisito: PLA-A.1}
  productos:
    title: Productos
    type: array
    minItems: 1
    x-requisito: PLA-A
    items:
      type: object
      additionalProperties: false
      required: [id, clase]
      properties:
        id: {title: Identificador, description: 'Sigla breve, p. ej. PE1.', pattern: '^PE[0-9]+$'}
        clase: {title: Clase, enum: [incorpora, no_corresponde]}
        title: {title: Titular, type: string, x-requisito: TIT-1}
        razon: {title: Raz\xc3\xb3n, type: string}
        meses: {$ref: '#/$defs/meses'}
      allOf:
        - if: {required: [clase], properties: {clase: {const: no_corresponde}}}
          then:
            x-requisito: DIA-1.3
            required: [razon]
            properties: {razon: {minLength: 5, x-requisito: DIA-1.3}}
  pronunciamiento:
    title: Pronunciamiento
    type: object
    x-requisito: DIA-4
    required: [ejercidas, necesarias]
    properties:
      ejercidas: {type: string, x-requisito: DIA-4.1}
      necesarias: {type: string, x-requisito: DIA-4.2}
  fecha: {type: string, format: date, description: La fecha de corte.}
  alcance:
    anyOf:
      - {const: todas}
      - {type: array, items: {pattern: '^[0-9]{2}$', x-forma: un c\xc3\xb3digo de regi\xc3\xb3n}}
$defs:
  meses:
    type: array
    items: {type: integer, minimum: 1, maximum: 12}
    x-requisito: MES-1
""",
    "plan.yaml",
)[0]
BUENOS = (
    "objetivo: Reducir las brechas\n"
    "productos:\n"
    "  - {id: PE1, clase: incorpora}\n"
    "pronunciamiento: {ejercidas: x, necesarias: y}\n"
)


def faltas(texto: str) -> list[Falta]:
    datos, lineas = leer_yaml(texto.encode(), "d.yaml")
    return validar_datos(ESQUEMA, datos, "d.yaml", lineas)


def resumen(texto: str) -> list[tuple[str, str, str]]:
    return [(f.requisito, f"{f.lugar}: {f.mensaje}", f.clase) for f in faltas(texto)]


def test_datos_completos_no_tienen_faltas():
    assert faltas(BUENOS) == []


@pytest.mark.parametrize(
    ("antes", "despues", "esperado"),
    [
        ("objetivo: Reducir las brechas\n", "", ("PLA-A.1", "d.yaml:1: objetivo: falta", "falta")),
        ("Reducir las brechas", "", ("PLA-A.1", "d.yaml:1: objetivo: está vacío", "falta")),
        ("Reducir las brechas", "'  '", ("PLA-A.1", "d.yaml:1: objetivo: está vacío", "falta")),
        (
            "Reducir las brechas",
            "Reducir",
            (
                "PLA-A.1",
                "d.yaml:1: objetivo: es muy corto: lleva 7 caracteres y debe tener al menos 10",
                "forma",
            ),
        ),
        ("\n  - {id: PE1, clase: incorpora}", " []", ("PLA-A", "d.yaml:2: productos: está vacío", "falta")),
        (
            "clase: incorpora",
            "clase: incorpra",
            (
                "PLA-A",
                "d.yaml:3: productos[1](id='PE1').clase: «incorpra» no es uno de: "
                "incorpora, no_corresponde (¿quiso escribir «incorpora»?)",
                "forma",
            ),
        ),
        (
            "PE1",
            "P1",
            (
                "PLA-A",
                "d.yaml:3: productos[1](id='P1').id: «P1» no sirve: "
                "no tiene la forma esperada. Sigla breve, p. ej. PE1.",
                "forma",
            ),
        ),
        (
            "clase: incorpora",
            "clase: no_corresponde",
            ("DIA-1.3", "d.yaml:3: productos[1](id='PE1').razon: falta", "falta"),
        ),
        (
            "clase: incorpora",
            "clase: no_corresponde, razon: No",
            (
                "DIA-1.3",
                "d.yaml:3: productos[1](id='PE1').razon: "
                "es muy corto: lleva 2 caracteres y debe tener al menos 5",
                "forma",
            ),
        ),
        (
            "clase: incorpora",
            "clase: incorpora, meses: [13]",
            ("MES-1", "d.yaml:3: productos[1](id='PE1').meses[1]: es 13 y debe ser 12 o menos", "forma"),
        ),
        (
            "clase: incorpora",
            "clase: incorpora, title: 3",
            (
                "TIT-1",
                "d.yaml:3: productos[1](id='PE1').title: debe ser un texto; escríbalo entre comillas: '3'",
                "forma",
            ),
        ),
        (
            "clase: incorpora",
            "clase: incorpora, rason: x",
            (
                "PLA-A",
                "d.yaml:3: productos[1](id='PE1').rason: clave desconocida (¿quiso escribir «razon»?)",
                "sobra",
            ),
        ),
        (", necesarias: y", "", ("DIA-4.2", "d.yaml:4: pronunciamiento.necesarias: falta", "falta")),
    ],
)
def test_cada_falta_dice_lugar_requisito_y_clase(antes, despues, esperado):
    assert antes in BUENOS
    assert resumen(BUENOS.replace(antes, despues)) == [esperado]


def test_una_parte_ausente_deja_sin_responder_todos_sus_requisitos():
    (falta,) = faltas(BUENOS.replace("pronunciamiento: {ejercidas: x, necesarias: y}\n", ""))
    assert (falta.requisito, falta.requisitos) == ("DIA-4", ("DIA-4", "DIA-4.1", "DIA-4.2"))
    assert (falta.titulo, falta.ruta, falta.incompleta) == ("Pronunciamiento", ("pronunciamiento",), True)


def test_una_parte_corta_no_deja_sin_responder_a_las_vecinas():
    (falta,) = faltas(BUENOS.replace(", necesarias: y", ""))
    assert falta.requisitos == ("DIA-4.2",)


def test_de_varias_formas_se_explica_la_mas_cercana():
    (falta,) = faltas(BUENOS + "alcance: ['15', 7a]\n")
    assert (falta.lugar, falta.mensaje) == (
        "d.yaml:5: alcance[2]",
        "«7a» no sirve: se espera un código de región",
    )


@pytest.mark.parametrize(
    ("fecha", "buena"), [("2026-02-28", True), ("2026-02-30", False), ("20260228", False)]
)
def test_las_fechas_existen_en_el_calendario(fecha, buena):
    assert (faltas(f"{BUENOS}fecha: {fecha!r}\n") == []) is buena


def test_datos_que_no_vienen_de_un_archivo_de_texto_no_llevan_linea():
    (falta,) = validar_datos(
        ESQUEMA,
        {"objetivo": "Reducir las brechas", "productos": []}
        | {"pronunciamiento": {"ejercidas": "x", "necesarias": "y"}},
        "formulario.xlsx",
    )
    assert (falta.linea, falta.lugar) == (0, "formulario.xlsx: productos")


def test_todas_las_faltas_vienen_en_el_orden_del_archivo():
    lineas = [f.linea for f in faltas("productos:\n  - {id: PE1}\n  - {id: x}\nfecha: hoy\nobjetivo: No\n")]
    assert lineas == sorted(lineas)
    assert len(lineas) == 6


def test_un_archivo_vacio_es_todo_lo_que_falta():
    (falta,) = faltas("# nada\n")
    assert (falta.mensaje, falta.clase) == ("está vacío", "falta")
    assert "PLA-A.1" in falta.requisitos


def test_un_tipo_sin_esquema_acepta_cualquier_dato():
    assert validar_datos({}, {"a": 1}, "d.yaml") == []


def test_una_region_no_tiene_dos_filas_donde_va_una():
    esquema = {"properties": {"filas": {"title": "Por región", "type": "array", "x-unica": "region"}}}
    (falta,) = validar_datos(
        esquema, {"filas": [{"region": "11"}, {"region": "12"}, {"region": "11"}, {}, {}]}, "d.yaml"
    )
    assert falta.ruta == ("filas", 2, "region")
    assert (
        falta.mensaje
        == "Aysén del General Carlos Ibáñez del Campo ya tiene su fila más arriba: deje una sola"
    )
    assert not falta.incompleta


def test_el_lugar_se_dice_con_las_palabras_del_formulario():
    filas = {"title": "Mediciones", "type": "array", "items": {"$ref": "#/$defs/fila"}}
    fila = {"required": ["nombre"], "properties": {"nombre": {"title": "Nombre"}}}
    esquema = {"properties": {"mediciones": filas}, "$defs": {"fila": fila}}
    datos, lineas = leer_yaml(b"mediciones:\n  - {}\n", "d.yaml")
    (falta,) = validar_datos(esquema, datos, "d.yaml", lineas)
    assert falta.donde == "Mediciones, fila 1, Nombre (l\u00ednea 2 de los datos)"
    assert falta.lugar == "d.yaml:2: mediciones[1].nombre"


@pytest.mark.parametrize(
    ("tipo", "lista", "sigla"),
    [
        ("diagnostico", "productos", "PE1"),
        ("plan", "indicadores", "IND-01"),
        ("programa", "actividades", "A01"),
        ("informe_implementacion", "compromisos", "1"),
        ("revision_direccion", "decisiones", "D1"),
    ],
)
def test_lo_que_otros_documentos_citan_por_su_sigla_no_la_repite(tipo: str, lista: str, sigla: str):
    esquema = leer_yaml((RAIZ / f"plantillas_docx/{tipo}.yaml").read_bytes(), "t")[0]["datos"]
    faltas = validar_datos(esquema, {lista: [{"id": sigla}, {"id": sigla}]}, "d.yaml")
    dichas = [f.mensaje for f in faltas if f.ruta == (lista, 1, "id")]
    assert dichas == [f"{sigla} ya tiene su fila más arriba: deje una sola"]


def test_donde_va_el_codigo_de_una_region_se_sugiere_la_que_se_nombra():
    region = {"type": "string", "pattern": "^[0-9]{2}$", "x-referencia": "region", "x-forma": "un código"}
    for dicha, sugerida in (
        ("Aysén", "11, Aysén"),
        ("Coyhaique", "11, Aysén"),
        ("XI", "11, Aysén"),
        ("Marte", ""),
    ):
        (falta,) = validar_datos({"properties": {"region": region}}, {"region": dicha}, "d.yaml")
        esperada = f" (quizás quiso decir {sugerida} del General Carlos Ibáñez del Campo)" if sugerida else ""
        assert falta.mensaje == f"«{dicha}» no sirve: se espera un código{esperada}"
