"""La lista de códigos que se cambian, en un libro o en un CSV: lo mismo se lee de los dos."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from sgc_gt.errores import EntradaInvalida
from sgc_gt.ordenes.pedido import Adjunto
from sgc_gt.ordenes.recodificar import leer_pares

FILAS = (("Hoy", "Nuevo"), ("pr-fom-01 ", "PR-FOR-07"), (None, None), ("PR-FOM-02", "PR-FOR-08"))


def _libro(*filas: tuple[object, ...]) -> bytes:
    libro = Workbook()
    libro.active.append(("PR-GT-01", "PR-GT-02"))
    libro.active.sheet_state = "hidden"
    hoja = libro.create_sheet("Códigos")
    for fila in filas:
        hoja.append(fila)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _csv(*filas: tuple[object, ...]) -> bytes:
    return "\n".join(";".join(str(c or "") for c in f) for f in filas).encode("utf-8-sig")


@pytest.mark.parametrize("archivo", [Adjunto("c.xlsx", _libro(*FILAS)), Adjunto("c.csv", _csv(*FILAS))])
def test_los_pares_se_leen_igual(archivo: Adjunto) -> None:
    assert leer_pares(archivo) == {"PR-FOM-01": "PR-FOR-07", "PR-FOM-02": "PR-FOR-08"}


@pytest.mark.parametrize(
    ("archivo", "lugar"),
    [
        (Adjunto("c.xlsx", _libro(*FILAS, ("PR-FOM-03", None))), "c.xlsx, Códigos!A5"),
        (Adjunto("c.csv", _csv(*FILAS, ("PR-FOM-01", "PR-FOR-09"))), "c.csv, fila 5"),
    ],
)
def test_la_fila_que_no_sirve_se_nombra(archivo: Adjunto, lugar: str) -> None:
    with pytest.raises(EntradaInvalida) as rechazo:
        leer_pares(archivo)
    assert [p.lugar for p in rechazo.value.problemas] == [lugar]
