"""La lista de códigos que se cambian, como la hace una persona: en un libro o en un CSV, con lo que trae de más."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from sgc_gt.errores import EntradaInvalida
from sgc_gt.listas.pares import codigo_escrito, leer_pares

FILAS = (("Hoy", "Nuevo"), ("pr-fom-01 ", "PR-FOR-07"), (None, None), ("PR-FOM-02", "PR-FOR-08"))
SON = [("PR-FOM-01", "PR-FOR-07"), ("PR-FOM-02", "PR-FOR-08")]
Fila = tuple[object, ...]


def _libro(*filas: Fila, combina: str = "", esconde: int = 0) -> bytes:
    libro = Workbook()
    libro.active.append(("PR-GT-01", "PR-GT-02"))
    libro.active.sheet_state = "hidden"
    hoja = libro.create_sheet("Códigos")
    for fila in filas:
        hoja.append(fila)
    if combina:
        hoja.merge_cells(combina)
    if esconde:
        hoja.row_dimensions[esconde].hidden = True
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _csv(*filas: Fila) -> bytes:
    return "\n".join(";".join(str(c or "") for c in f) for f in filas).encode("utf-8-sig")


def _leidos(contenido: bytes, nombre: str = "c.xlsx") -> list[tuple[str, str]]:
    return [(p.antes, p.ahora) for p in leer_pares(contenido, nombre)]


def test_los_pares_se_leen_igual_de_un_libro_y_de_un_csv() -> None:
    assert _leidos(_libro(*FILAS)) == _leidos(_csv(*FILAS), "c.csv") == SON
    assert [p.lugar for p in leer_pares(_libro(*FILAS), "c.xlsx")] == [
        "c.xlsx, Códigos!A2",
        "c.xlsx, Códigos!A4",
    ]


@pytest.mark.parametrize(
    "filas",
    [
        (
            ("Reorganización de 2026",),
            ("N°", "Código nuevo", "Documento", "Código actual", "Observaciones"),
            (1, "PR-FOR-07", "Postulación", "PR-FOM-01", "Se fusiona con la 3"),
            (None,),
            (2, "PR-FOR-08", "Selección", "PR‑FOM – 02", None),
        ),
        (("N°", "Código", "Código nuevo"), (1, "PR-FOM-01", "PR-FOR-07"), (2, "PR-FOM-02", "PR-FOR-08")),
        (("PR-FOM-01", "PR-FOR-07", "pasa entera"), ("PR-FOM-02", "PR-FOR-08")),
        ((None, "PR-FOM-01", "PR-FOR-07"), (None, "PR-FOM-02", "PR-FOR-08")),
    ],
)
def test_lo_que_la_tabla_trae_de_mas_no_estorba(filas: tuple[Fila, ...]) -> None:
    assert _leidos(_libro(*filas)) == SON


@pytest.mark.parametrize(
    ("archivo", "dichos"),
    [
        (_libro(*FILAS, ("PR-FOM-03", None)), ["c.xlsx, Códigos!B5: falta el código nuevo"]),
        (
            _libro(*FILAS, ("PR-FOM-03", "PR-FOR-09"), (None, "PR-FOR-10"), combina="A5:A6"),
            [
                "c.xlsx, Códigos!A6: la celda está combinada con otra: sepárelas y escriba un código en cada fila"
            ],
        ),
        (
            _libro(*FILAS, ("PR-FOM-03", "PR-FOR-09"), esconde=5),
            ["c.xlsx, Códigos!A5: la fila está oculta: muéstrela, o bórrela si no va"],
        ),
        (
            _libro(*FILAS, (None, "PR-FOR-09"), ("PR-FOM-01", "PR-FOR-10")),
            [
                "c.xlsx, Códigos!A5: falta el código de hoy",
                "c.xlsx, Códigos!A6: PR-FOM-01 ya está en Códigos!A2",
            ],
        ),
        (_libro(("Hoy", "Nuevo")), []),
        (_libro(), []),
    ],
)
def test_todo_lo_que_no_sirve_se_nombra_por_su_celda(archivo: bytes, dichos: list[str]) -> None:
    with pytest.raises(EntradaInvalida) as rechazo:
        leer_pares(archivo, "c.xlsx")
    assert [str(p) for p in rechazo.value.problemas] == dichos


def test_en_un_csv_la_celda_es_su_fila_y_su_columna() -> None:
    with pytest.raises(EntradaInvalida) as rechazo:
        leer_pares(_csv(*FILAS, ("PR-FOM-03", "")), "c.csv")
    assert [p.lugar for p in rechazo.value.problemas] == ["c.csv, fila 5, columna 2"]


NUMERO = st.integers(1, 12)


@settings(max_examples=40)
@given(st.dictionaries(NUMERO, NUMERO, min_size=1), st.booleans(), st.sets(NUMERO))
def test_ningun_par_se_pierde_ni_se_cruza(pares: dict[int, int], titulos: bool, blancos: set[int]) -> None:
    """Con cadenas, intercambios y ciclos incluidos: leer es copiar, y decidir viene después."""
    escritos = [(f"PR-FOM-{a:02d}", f"PR-FOM-{b:02d}") for a, b in pares.items()]
    filas: list[Fila] = [("Código anterior", "Nuevo")] if titulos else []
    for n, par in enumerate(escritos):
        filas += [*[("", "")] * (n in blancos), par]
    assert _leidos(_csv(*filas), "c.csv") == escritos


@pytest.mark.parametrize("escrito", ["pr-fom-01", " PR – FOM-01\u00a0", "PR‑FOM‐01", "PR−FOM—01"])
def test_un_codigo_se_lee_aunque_la_planilla_cambie_sus_guiones(escrito: str) -> None:
    assert codigo_escrito(escrito) == "PR-FOM-01"
