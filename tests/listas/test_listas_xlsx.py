"""El Excel de una lista, leído con otra biblioteca."""

from __future__ import annotations

import io
from datetime import date, datetime, time

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sgc_gt.dominio.tabla import FECHA, NUMERO, VERSION, Columna, Tabla
from sgc_gt.listas.xlsx import AIRE, RENGLON, a_xlsx

TABLA = Tabla(
    "Lista maestra de documentos",
    "Servicio de Ejemplo",
    (
        Columna("codigo", "Código", ancho=14),
        Columna("titulo", "Título", ancho=40),
        Columna("version", "Versión", VERSION),
        Columna("desde", "Vigente desde", FECHA),
        Columna("cuantos", "Cuántos", NUMERO),
    ),
    (
        {"codigo": "PR-01", "titulo": "=1+1", "version": "02", "desde": date(2026, 3, 9), "cuantos": 1200},
        {"codigo": "PR-02", "titulo": "https://ejemplo.cl", "version": "01", "desde": None, "cuantos": None},
    ),
    date(2026, 3, 15),
    ("Una nota.",),
)
MEMBRETE = {
    "ministerio": "Ministerio",
    "servicio": "Servicio de Ejemplo",
    "codigo": "LM-SGC-01",
    "verificacion": "Código de verificación: 1234",
    "leyenda": "I+D & copia no controlada",
}


def hoja(tabla: Tabla = TABLA, membrete: dict[str, str] = MEMBRETE) -> Worksheet:
    libro = openpyxl.load_workbook(io.BytesIO(a_xlsx(tabla, membrete)))
    activa = libro.active
    assert isinstance(activa, Worksheet)
    return activa


def test_lleva_membrete_y_fecha_de_corte() -> None:
    columna = [celda.value for (celda,) in hoja().iter_rows(max_col=1)]
    assert columna == [
        "Ministerio",
        "Servicio de Ejemplo",
        "Lista maestra de documentos",
        "Código: LM-SGC-01 · Fecha de corte: 15-03-2026 · Filas: 2",
        "Código de verificación: 1234",
        None,
        "Código",
        "PR-01",
        "PR-02",
        None,
        "Una nota.",
    ]


def test_un_texto_nunca_es_formula_ni_numero_y_una_fecha_es_fecha() -> None:
    celdas = {c.value: c for fila in hoja().iter_rows(min_row=8, max_row=8) for c in fila}
    assert celdas["=1+1"].data_type == "s"
    assert celdas["02"].data_type == "s"
    assert celdas[datetime.combine(date(2026, 3, 9), time())].number_format == "dd-mm-yyyy"
    assert celdas[1200].data_type == "n"


def test_un_enlace_queda_como_texto() -> None:
    celda = hoja()["B9"]
    assert (celda.value, celda.hyperlink) == ("https://ejemplo.cl", None)


def test_se_filtra_se_inmoviliza_y_se_imprime_a_lo_ancho() -> None:
    activa = hoja()
    assert activa.auto_filter.ref == "A7:E9"
    assert activa.freeze_panes == "B8"
    assert activa.page_setup.orientation == "landscape"
    assert activa.sheet_properties.pageSetUpPr.fitToPage
    assert activa.page_setup.fitToHeight == 0  # las páginas que haga falta, de una de ancho
    assert activa.print_title_rows == "$7:$7"
    assert activa.column_dimensions["B"].width == pytest.approx(40, abs=1)
    assert activa.oddFooter.right.text == "Página &P de &N"
    assert activa.oddFooter.left.text == "I+D && copia no controlada"


def test_los_mismos_datos_dan_los_mismos_bytes() -> None:
    assert a_xlsx(TABLA, MEMBRETE) == a_xlsx(TABLA, MEMBRETE)


def test_sin_membrete_ni_filas_tambien_se_abre() -> None:
    activa = hoja(TABLA._replace(filas=(), notas=(), corte=None), {})
    assert [c.value for c in activa[5]][:2] == ["Código", "Título"]


def test_lo_que_excel_no_admite_se_acomoda() -> None:
    tabla = TABLA._replace(
        titulo="[Lista]: a/b*c? " + "x" * 40,
        filas=({"codigo": "A\x00\x0b1", "titulo": "y" * 40_000, "desde": date(1855, 12, 14)},),
    )
    activa = hoja(tabla, {"leyenda": "z" * 300})
    celdas = next(activa.iter_rows(min_row=6, max_row=6))
    assert celdas[0].value == "A 1"
    assert len(str(celdas[1].value)) == 32_767
    assert celdas[3].value == "14-12-1855"
    assert activa.title == "Lista a b c " + "x" * 19


def test_un_encabezado_de_dos_renglones_y_una_celda_larga_se_leen_enteros() -> None:
    tabla = TABLA._replace(
        columnas=(Columna("codigo", "Código"), Columna("v", "Fecha de aprobación", FECHA, 10)),
        filas=({"codigo": "palabra " * 12},),
    )
    activa = hoja(tabla, {})
    alturas = [activa.row_dimensions[n].height for n in (5, 6)]
    assert alturas == pytest.approx([2 * RENGLON + 2 * AIRE, 6 * RENGLON + AIRE], abs=0.3)
