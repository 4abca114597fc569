"""La planilla de importación: lo que se escribe se vuelve a leer igual, y lo que alguien tuerce se dice."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sgc_gt.dominio.codigos import FormatoVersion, Mascara
from sgc_gt.dominio.importacion import DECISIONES, Fila
from sgc_gt.dominio.organizacion import Cargo
from sgc_gt.dominio.servicio import Servicio, Tipo
from sgc_gt.dominio.textos import una_linea
from sgc_gt.errores import EntradaInvalida, UsoIncorrecto
from sgc_gt.listas.planilla import Contenido, a_planilla
from sgc_gt.listas.planilla_lectura import PlanillaLeida, leer_planilla
from sgc_gt.ordenes.importar_formatos import a_textos, de_textos
from sgc_gt.word.encabezados_ajenos import Celda, Familia

CARGOS = {"jefe": Cargo("jefe", "Jefe/a de Servicio"), "proc": Cargo("proc", "Jefe/a de Compras"), "cal": Cargo("cal", "Encargado/a de Calidad")}  # fmt: skip
TIPOS = {
    "procedimiento": Tipo("procedimiento", "Procedimiento", "PR", "documento", "normal"),
    "archivo": Tipo("archivo", "Archivo controlado", "FO", "archivo", "normal", con_plantilla=False),
}
SERVICIO = Servicio(
    "Servicio de Prueba", "SP", "ISO 9001:2015", Mascara("{tipo}-{area}-{nn}"), {"GT": "Territorio", "SGC": "Calidad"},
    FormatoVersion(), CARGOS, (), {"control_documental": ("cal",)}, {}, TIPOS, {},
)  # fmt: skip
LLENA = Fila(
    "a/PR-GT-01.docx", "f" * 64, "importar", "vigente", "PR-GT-01", "02", "Compras", "procedimiento", "GT",
    date(2024, 3, 1), date(2024, 3, 15), date(2026, 3, 15), "proc", ("cal", "jefe"), "jefe", "proc",
    ("a/firmado.pdf", "b/res.pdf"), "412", ("el nombre no calza",), "PR-GT-01", "Jefa", "Encargado", "Director", "F1",
)  # fmt: skip


def leida(contenido: bytes) -> PlanillaLeida:
    return leer_planilla(contenido, "importacion.xlsx", SERVICIO)


def con_celda(titulo: str, valor: object, fila: Fila = LLENA) -> PlanillaLeida:
    """La planilla de esa fila, con una celda cambiada por alguien."""
    libro = load_workbook(io.BytesIO(a_planilla(Contenido([fila]), SERVICIO)))
    hoja = libro["Documentos"]
    columna = next(n for n in range(1, hoja.max_column + 1) if hoja.cell(4, n).value == titulo)
    hoja.cell(5, columna).value = valor
    salida = io.BytesIO()
    libro.save(salida)
    return leida(salida.getvalue())


def test_lo_escrito_se_lee_igual_y_son_siempre_los_mismos_bytes() -> None:
    contenido = a_planilla(
        Contenido([LLENA], [{"formato": "F1", "codigo": "encabezado: párrafo 1"}]), SERVICIO
    )
    planilla = leida(contenido)
    [fila] = planilla.filas
    assert fila.fila == LLENA._replace(problemas=("El nombre no calza.",))
    assert planilla.problemas == ()
    assert planilla.formatos["F1"]["codigo"] == "encabezado: párrafo 1"
    assert (
        a_planilla(Contenido([LLENA], [{"formato": "F1", "codigo": "encabezado: párrafo 1"}]), SERVICIO)
        == contenido
    )


TEXTOS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=30).map(
    lambda t: una_linea(t.replace(";", ","))
)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(DECISIONES),
    TEXTOS,
    st.dates(date(1970, 1, 2), date(2100, 1, 1)) | st.none(),
    st.lists(TEXTOS.filter(bool), max_size=2),
)
def test_ningun_texto_se_vuelve_formula_ni_se_pierde(
    decision: str, titulo: str, desde: Any, papeles: list[str]
) -> None:
    fila = LLENA._replace(
        decision=decision, titulo=titulo, vigente_desde=desde, respaldo=tuple(papeles), problemas=()
    )
    [una] = leida(a_planilla(Contenido([fila]), SERVICIO)).filas
    assert una.fila == fila


@pytest.mark.parametrize(
    ("titulo", "valor", "dice"),
    [
        ("Decisión", "sí", "«sí» no es una decisión"),
        ("Decisión", None, "falta la decisión"),
        ("Versión", "dos", "«dos» no es una versión como las del servicio"),
        ("Vigente desde", "31-02-2024", "«31-02-2024» no existe en el calendario"),
        ("Tipo", "Memorando", "«Memorando» no es un tipo del servicio"),
        ("Área", "FOM", "«FOM» no es un área del servicio"),
        ("Revisa", "Encargado/a de Calidad; Nadie", "«Nadie» no es un cargo del servicio"),
    ],
)
def test_cada_celda_mala_dice_su_lugar(titulo: str, valor: object, dice: str) -> None:
    [problema] = con_celda(titulo, valor).problemas
    assert problema.mensaje == dice
    assert problema.lugar.startswith("Documentos!")
    assert problema.lugar.endswith("5")


@pytest.mark.parametrize(
    ("titulo", "valor", "campo", "queda"),
    [
        ("Versión", 2, "version", "02"),
        ("Versión", 2.1, "version", "02.1"),
        ("Código", " pr-gt-01 ", "codigo", "PR-GT-01"),
        ("Área", "gt", "area", "GT"),
        ("Tipo", "archivo", "tipo", "archivo"),
        ("Vigente desde", "15/03/2023", "vigente_desde", date(2023, 3, 15)),
        ("Vigente desde", date(2023, 3, 15), "vigente_desde", date(2023, 3, 15)),
        ("Elabora", "jefa de compras", "elabora", "proc"),
        ("Decisión", "IMPORTAR", "decision", "importar"),
    ],
)
def test_lo_que_una_persona_o_excel_escriben_a_su_modo(
    titulo: str, valor: object, campo: str, queda: object
) -> None:
    planilla = con_celda(titulo, valor)
    assert planilla.problemas == ()
    assert getattr(planilla.filas[0].fila, campo) == queda


def test_lo_que_se_omite_puede_decir_cualquier_cosa() -> None:
    assert con_celda("Versión", "dos", LLENA._replace(decision="omitir")).problemas == ()


@pytest.mark.parametrize("contenido", [b"", b"PK", b"no es Excel"])
def test_otro_archivo_no_es_la_planilla(contenido: bytes) -> None:
    with pytest.raises(EntradaInvalida, match="no es la planilla de importación"):
        leida(contenido)


CAMINOS = st.builds(lambda t, f, c, p: f"tbl{t}/tr{f}/tc{c}/p{p}", *[st.integers(0, 9)] * 4) | st.integers(
    0, 9
).map(lambda n: f"p{n}")
CELDAS = st.builds(
    Celda,
    st.sampled_from(["codigo", "version", "fecha", "vigencia", "titulo"]),
    st.sampled_from(["encabezado", "encabezado_primera", "encabezado_par", "pie", "pie_primera", "pie_par"]),
    CAMINOS | st.just("sdt0/sdtContent0/p1"),
    st.sampled_from(["", "Versión:", "Rev. N°", "Código"]),
    st.just(""),  # la muestra no se escribe
)


@given(st.lists(CELDAS, unique_by=lambda c: (c.zona, c.clase, c.camino), max_size=8))
def test_el_lugar_de_cada_dato_se_escribe_en_palabras_y_se_vuelve_a_leer(celdas: list[Celda]) -> None:
    mapa = Familia("huella", tuple(celdas))
    vuelto = de_textos(a_textos(mapa), "huella")
    assert sorted(vuelto.celdas) == sorted(mapa.celdas)


@pytest.mark.parametrize(
    "texto", ["arriba a la derecha", "encabezado: la tercera", "encabezado: tabla cero", "portada: tabla 1"]
)
def test_un_lugar_que_no_se_entiende(texto: str) -> None:
    with pytest.raises(UsoIncorrecto, match="no dice un lugar del encabezado"):
        de_textos({"codigo": texto}, "h")
