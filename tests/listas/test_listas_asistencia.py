"""Listas de asistencia como las llena una jornada: con membrete, de Excel o de texto, y con errores."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from sgc_gt.dominio.asistencia import Asistente
from sgc_gt.errores import EntradaInvalida
from sgc_gt.listas.asistencia import leer_asistencia


def _libro(*filas: tuple[object, ...], oculta: bool = False) -> bytes:
    libro = Workbook()
    if oculta:
        libro.active.append(("Cargo",))
        libro.active.append(("De otra jornada",))
        libro.active.sheet_state = "hidden"
        hoja = libro.create_sheet("Hoja 2")
    else:
        hoja = libro.active
    for fila in filas:
        hoja.append(fila)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


@pytest.mark.parametrize(
    ("contenido", "nombre"),
    [
        ("Cargo;Fecha\nFiscal;05-03-2026\n".encode("utf-8-sig"), "a.csv"),
        ("Función,FECHA\nFiscal,2026-03-05\n".encode("cp1252"), "a.csv"),
        (_libro(("Jornada",), (), ("cargo", "Fecha"), ("Fiscal", date(2026, 3, 5))), "a.xlsx"),
        (_libro(("N°", "Nombre", "Fecha", "CARGO"), (1, "x", "05-03-2026", "Fiscal"), oculta=True), "a.xlsx"),
    ],
)
def test_se_lee_como_venga(contenido: bytes, nombre: str) -> None:
    [asistente] = leer_asistencia(contenido, nombre)
    assert (asistente.cargo, asistente.fecha, asistente.firmo) == ("Fiscal", date(2026, 3, 5), True)


def test_quien_no_firmo_se_distingue_y_las_filas_vacias_no_son_nadie() -> None:
    contenido = "Cargo;Correo;Región;Firma\nFiscal;f@s.cl;11;x\n;;;\nAuditor;;;no\nJefe;;;\n".encode()
    assert leer_asistencia(contenido, "lista.csv") == (
        Asistente("fila 2", "Fiscal", "f@s.cl", "11", None, firmo=True),
        Asistente("fila 4", "Auditor", "", "", None, firmo=False),
        Asistente("fila 5", "Jefe", "", "", None, firmo=False),
    )


@pytest.mark.parametrize(
    ("contenido", "nombre", "dice"),
    [
        (b"", "lista.csv", "la lista no dice cuál columna es el cargo"),
        (b"Nombre;Unidad\nalguien;otra\n", "lista.csv", "la lista no dice cuál columna es el cargo"),
        (b"Cargo;Firma\n", "lista.csv", "la lista no tiene a nadie"),
        (b"no es un libro", "lista.xlsx", "no es un libro de Excel"),
    ],
)
def test_lo_que_no_se_entiende_lo_dice(contenido: bytes, nombre: str, dice: str) -> None:
    with pytest.raises(EntradaInvalida) as rechazo:
        leer_asistencia(contenido, nombre)
    assert rechazo.value.mensaje == dice


def test_una_fecha_mala_dice_su_celda() -> None:
    with pytest.raises(EntradaInvalida) as rechazo:
        leer_asistencia(_libro(("Cargo", "Fecha"), ("Fiscal", "ayer"), ("Jefe", "32-13-2026")), "l.xlsx")
    assert [p.lugar for p in rechazo.value.problemas] == ["Sheet!A2", "Sheet!A3"]
