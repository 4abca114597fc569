"""La sección «Registros» leída de Word, como la escriben distintos servicios."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mini_docx import mini_docx

from sgc_gt.dominio.forma import LISTA, TABLA, TITULO, Bloque, FormaNormal
from sgc_gt.dominio.registros import PedidoRegistro
from sgc_gt.dominio.registros_palabras import COLUMNAS
from sgc_gt.dominio.registros_word import registros_en, tiene_seccion
from sgc_gt.word.extraer import forma_normal

ENTRADA = Path(__file__).parents[3] / "shared" / "entrada"


def leidos(guion: str) -> list[dict[str, str]]:
    """Lo que se lee del guion, sin lo vacío ni el lugar."""
    return [
        {c: v for c, v in p._asdict().items() if v and c not in ("seccion", "ancla")}
        for p in registros_en(forma_normal(mini_docx(guion)))
    ]


def nombres(guion: str) -> list[tuple[str, str]]:
    return [(p.get("codigo", ""), p.get("nombre", "")) for p in leidos(guion)]


def test_una_tabla_con_las_columnas_de_la_plantilla() -> None:
    assert leidos(
        "T1 Objetivo / p x / T1 Registros / p Se controlan así. / tabla "
        "Código|Registro|Responsable|Soporte|Almacenamiento|Protección|Recuperación|Retención|Disposición;"
        "RG-GT-06|Informe de terreno  [IMP-1, IMP-2]|Jefatura|papel|Bodega|llave|por fecha|5|eliminación"
    ) == [
        {
            "codigo": "RG-GT-06",
            "nombre": "Informe de terreno",
            "responsable": "Jefatura",
            "soporte": "papel",
            "almacenamiento": "Bodega",
            "proteccion": "llave",
            "recuperacion": "por fecha",
            "retencion": "5 años",
            "disposicion": "eliminación",
        }
    ]


def test_otras_palabras_y_otro_orden() -> None:
    assert leidos(
        "T1 9. Control de registros: / tabla "
        "Nombre del registro|Custodio|Lugar de almacenamiento|Indexación|Tiempo de retención (años)|"
        "Disposición final|Acceso|Modo;"
        "Acta de comité|Secretaría|Red interna|por sesión|permanente|se conserva|Público|Se referencia"
    ) == [
        {
            "nombre": "Acta de comité",
            "responsable": "Secretaría",
            "almacenamiento": "Red interna",
            "recuperacion": "por sesión",
            "retencion": "permanente",
            "disposicion": "se conserva",
            "acceso": "Público",
            "modo": "referencia",
        }
    ]


def test_el_lugar_de_cada_registro_queda_dicho() -> None:
    [p] = registros_en(
        forma_normal(mini_docx("T1 A / T1 Registros / tabla Código|Nombre;RG-01|Acta [REG-1]")), "PR-GT-02"
    )
    assert (p.procedimiento, p.seccion, p.ancla) == ("PR-GT-02", "2", "Acta [REG-1]")


@pytest.mark.parametrize(
    "guion",
    [
        "l1 RG-GT-06 Informe de terreno / l1 Plan",
        "l1 Informe de terreno (RG-GT-06) / l1 Plan.",
        "p RG-GT-06: Informe de terreno / p - Plan",
        "n1 RG-GT-06 – Informe de terreno / n1 Plan",
        "p Los registros se controlan. / p • RG-GT-06. Informe de terreno; / p • Plan.",
        "tabla Registro;RG-GT-06 Informe de terreno;Plan",
        "tabla RG-GT-06|Informe de terreno;|Plan",
        "tabla Código|Nombre;RG-GT-06|Informe de terreno / p y también / tabla N°|Nombre;1|Plan",
        "tabla Código|Nombre|Retención;RG-GT-06|Informe de terreno|;Código|Nombre|Retención;|Plan|",
        "T2 Del nivel central / l1 RG-GT-06 Informe de terreno / T2 De las regiones / l1 Plan",
    ],
)
def test_dos_registros_sin_atributos(guion: str) -> None:
    assert nombres(f"T1 Registros / {guion} / T1 Anexos / l1 Otro / tabla Código|Nombre;RG-99|No") == [
        ("RG-GT-06", "Informe de terreno"),
        ("", "Plan"),
    ]


def test_los_parrafos_breves_son_nombres_y_las_oraciones_no() -> None:
    guion = (
        "T1 Registros / p Los siguientes registros evidencian el proceso: / p Informe de diagnóstico / p Plan"
    )
    assert nombres(guion) == [("", "Informe de diagnóstico"), ("", "Plan")]


def test_una_lista_con_los_atributos_debajo() -> None:
    assert leidos(
        "T1 Registros / l1 RG-01 Acta / l2 Responsable: Secretaría / l2 Retención: 3 / l1 RG-02 Nómina"
    ) == [
        {"codigo": "RG-01", "nombre": "Acta", "responsable": "Secretaría", "retencion": "3 años"},
        {"codigo": "RG-02", "nombre": "Nómina"},
    ]


@pytest.mark.parametrize(
    ("linea", "leido"),
    [
        ("Solicitudes, cinco años", {"nombre": "Solicitudes", "retencion": "cinco años"}),
        ("RG-01 Solicitudes (5 años).", {"codigo": "RG-01", "nombre": "Solicitudes", "retencion": "5 años"}),
        (
            "Acta; custodio: Secretaría; 2 años en oficina y 3 en archivo",
            {"nombre": "Acta", "responsable": "Secretaría", "retencion": "2 años en oficina y 3 en archivo"},
        ),
        ("Altas, bajas y traslados", {"nombre": "Altas, bajas y traslados"}),
        ("Acta del comité, sesión 5", {"nombre": "Acta del comité, sesión 5"}),
        ("Informe (RG-GT-04)", {"codigo": "RG-GT-04", "nombre": "Informe"}),
        ("Plan anual (versión firmada)", {"nombre": "Plan anual (versión firmada)"}),
    ],
)
def test_lo_que_una_linea_dice_de_su_registro(linea: str, leido: dict[str, str]) -> None:
    assert leidos(f"T1 Registros / l1 {linea}") == [leido]


def test_una_ficha_por_registro() -> None:
    ficha = "tabla Código|RG-0{0};Nombre|Acta {0};Responsable|Secretaría;Retención|2 años"
    guion = f"T1 Registros / {ficha.format(1)} / p . / {ficha.format(2)}"
    assert nombres(guion) == [("RG-01", "Acta 1"), ("RG-02", "Acta 2")]
    assert leidos(guion)[1]["retencion"] == "2 años"


def tabla_xml(*filas: str) -> str:
    return f"xml <w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{f}</w:tr>' for f in filas)}</w:tbl>"


def celda(texto: str, propiedades: str = "") -> str:
    return f"<w:tc><w:tcPr>{propiedades}</w:tcPr><w:p><w:r><w:t>{texto}</w:t></w:r></w:p></w:tc>"


ARRANCA, SIGUE, DOS = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'


def test_un_encabezado_de_dos_filas_con_celdas_combinadas() -> None:
    guion = tabla_xml(
        celda("Código", ARRANCA)
        + celda("Nombre", ARRANCA)
        + celda("Tiempo de retención", DOS)
        + celda("Acceso", ARRANCA),
        celda("", SIGUE) + celda("", SIGUE) + celda("Oficina") + celda("Archivo") + celda("", SIGUE),
        celda("RG-01") + celda("Acta") + celda("2") + celda("3") + celda("Público"),
    )
    assert leidos(f"T1 Registros / {guion}") == [
        {"codigo": "RG-01", "nombre": "Acta", "retencion": "Oficina: 2; Archivo: 3", "acceso": "Público"}
    ]


def test_una_celda_combinada_hacia_abajo_vale_para_sus_filas() -> None:
    """Y la que está en blanco sin combinar queda en blanco: ahí falta un atributo."""
    guion = tabla_xml(
        celda("Código") + celda("Nombre") + celda("Responsable") + celda("Retención"),
        celda("Del nivel central", '<w:gridSpan w:val="4"/>'),
        celda("RG-01") + celda("Acta") + celda("Secretaría", ARRANCA) + celda("5 años"),
        celda("RG-02") + celda("Nómina") + celda("", SIGUE) + celda(""),
    )
    assert leidos(f"T1 Registros / {guion}") == [
        {"codigo": "RG-01", "nombre": "Acta", "responsable": "Secretaría", "retencion": "5 años"},
        {"codigo": "RG-02", "nombre": "Nómina", "responsable": "Secretaría"},
    ]


@pytest.mark.parametrize(
    "guion",
    [
        "T1 Objetivo / p Mantener los registros. / T1 Anexos / l1 RG-01 Acta",
        "T1 Registros / p No aplica.",
        "T1 Registros / p Este procedimiento no genera registros.",
        "T1 Registros / tabla Código|Nombre|Responsable;||;No aplica|No aplica|No aplica",
        "T1 Registros / tabla Código|Registro|Responsable;RG-ÁREA-NN|Nombre|Cargo",
        "T1 Registros / p Registros del proceso y su control / tabla Código|Registro|Responsable;||",
        "T1 Registro de asistencia / l1 RG-01 Acta",
        "p suelto",
    ],
)
def test_no_pide_ninguno(guion: str) -> None:
    assert leidos(guion) == []


def test_manda_el_titulo_de_mas_arriba() -> None:
    """«Registros» también puede ser el subtítulo de una etapa: la sección es la de mayor nivel."""
    guion = "T1 Etapas / T2 Registros / l1 RG-01 Acta / T1 Registros / l1 RG-02 Nómina"
    assert nombres(guion) == [("RG-02", "Nómina")]
    assert tiene_seccion(forma_normal(mini_docx(guion)))


@pytest.mark.entrada
def test_los_cuatro_registros_de_la_guia() -> None:
    """Cuatro nombres sin un solo atributo, entre otras secciones y con los espacios con que vienen."""
    lineas = (ENTRADA / "guia_gestion_territorial_v02.txt").read_text("utf-8").splitlines()
    desde = next(n for n, linea in enumerate(lineas) if linea.strip() == "9 Registros")
    hasta = next(n for n, linea in enumerate(lineas) if linea.strip() == "10 Anexos")
    cuerpo = "".join(f" / p {linea.strip()}" for linea in lineas[desde + 1 : hasta] if linea.strip())
    assert leidos(f"T1 Registros{cuerpo} / T1 Anexos / p Anexo 1. Referencias normativas.") == [
        {"nombre": "Informe de diagnóstico"},
        {"nombre": "Plan"},
        {"nombre": "Programa de Trabajo"},
        {"nombre": "Registro de Revisión por la Dirección"},
    ]


CAMPOS = [c for c in COLUMNAS if c not in ("codigo", "nombre", "modo", "retencion")]
VALOR = st.text("abcdefgñáé ", min_size=1, max_size=12).map(lambda t: " ".join(f"v{t}".split()))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_se_lee_lo_que_se_escribio_en_cualquier_orden_y_con_cualquier_sinonimo(data: st.DataObject) -> None:
    campos = ["codigo", "nombre", *data.draw(st.permutations(CAMPOS))][: data.draw(st.integers(2, 9))]
    campos = data.draw(st.permutations(campos))
    titulos = [data.draw(st.sampled_from(COLUMNAS[c])) for c in campos]
    registros = [
        {c: f"RG-{n:02d}" if c == "codigo" else data.draw(VALOR) for c in campos}
        for n in range(data.draw(st.integers(1, 4)))
    ]
    filas = [titulos, *([r[c] for c in campos] for r in registros)]
    tabla = Bloque(TABLA, filas=tuple(tuple((Bloque("parrafo", texto=t),) for t in f) for f in filas))
    forma = FormaNormal((Bloque(TITULO, 1, "Registros"), tabla))
    assert [{c: getattr(p, c) for c in campos} for p in registros_en(forma)] == registros


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([LISTA, "parrafo", TITULO, TABLA]), st.text(max_size=40)), max_size=8)
)
def test_con_cualquier_texto_no_se_cae(crudos: list[tuple[str, str]]) -> None:
    bloques = [
        Bloque(c, filas=(((Bloque("parrafo", texto=t),),) * 3,) * 2) if c == TABLA else Bloque(c, 1, t)
        for c, t in crudos
    ]
    assert all(
        isinstance(p, PedidoRegistro) and (p.codigo or p.nombre)
        for p in registros_en(FormaNormal((Bloque(TITULO, 1, "Registros"), *bloques)))
    )
