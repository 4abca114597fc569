"""La sección de registros escrita en Word: se aprueba, y desde entonces es lo que el sistema pide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from casa import Casa

ACTA = (
    "RG-FOM-01",
    "Acta de entrega",
    "Jefatura",
    "papel",
    "Bodega",
    "llave",
    "por fecha",
    "3 años",
    "eliminar",
)


def escribir_registros(archivo: Path, *filas: tuple[str, ...]) -> None:
    """Alguien llena en Word la tabla de la sección «Registros»: la primera fila y las que agrega."""
    documento = docx.Document(str(archivo))
    tabla = next(t for t in documento.tables if t.rows[0].cells[1].text == "Registro")
    for sobra in tabla.rows[2:]:
        sobra._tr.getparent().remove(sobra._tr)
    for _ in filas[1:]:
        tabla.add_row()
    for fila, valores in zip(tabla.rows[1:], filas, strict=True):
        for celda, valor in zip(fila.cells, valores, strict=True):
            celda.text = valor
    documento.save(str(archivo))


def pedidos(casa: Casa, codigo: str, periodo: str = "2025") -> list[dict[str, Any]]:
    return [f for f in casa.hace(f"registros --periodo {periodo}") if f["procedimiento"] == codigo]


def nueva_version(casa: Casa, *filas: tuple[str, ...]) -> None:
    """Una versión de PR-FOM-01 cuya tabla de registros se escribió en Word, puesta en vigencia."""
    archivo = casa.ruta(casa.hace("nueva-version PR-FOM-01 --motivo 'Precisa los registros'")["archivo"])
    escribir_registros(archivo, *filas)
    casa.hace("entregar PR-FOM-01", de="cr1")
    casa.hasta("PR-FOM-01", "emitir")


def test_lo_escrito_en_word_rige_desde_que_se_pone_en_vigencia(casa: Casa) -> None:
    assert pedidos(casa, "PR-FOM-01") == []
    archivo = casa.ruta(casa.hace("nueva-version PR-FOM-01 --motivo 'Precisa los registros'")["archivo"])
    escribir_registros(archivo, ACTA, ("", "Nómina de asistencia", *[""] * 7))
    casa.hace("entregar PR-FOM-01", de="cr1")
    assert pedidos(casa, "PR-FOM-01") == [], "un borrador no pide nada"
    casa.hasta("PR-FOM-01", "emitir")
    acta, nomina = pedidos(casa, "PR-FOM-01")
    assert (acta["codigo"], acta["nombre"], acta["responsable"]) == (
        "RG-FOM-01",
        "Acta de entrega",
        "Jefatura",
    )
    assert (acta["retencion"], acta["soporte"], acta["origen"]) == ("3 años", "papel", "word")
    assert acta["falta"] == ["ningún registro del período 2025"]
    assert (nomina["codigo"], nomina["sin_definir"][:2]) == ("", ["serie", "responsable"])
    assert pedidos(casa, "PR-FOM-01") == [acta, nomina], "lo recordado dice lo mismo"


def test_un_registro_que_se_cita_o_se_muestrea_no_falta(casa: Casa) -> None:
    series = casa.ruta("registros/series.yaml")
    antes = series.read_text("utf-8")
    series.write_text(
        antes.replace("codigo: RG-GT-06\n", "codigo: RG-GT-06\n    modo: muestrea\n"), "utf-8", newline="\n"
    )
    casa.hace("configurar --motivo 'Los informes de terreno se muestrean'")
    nueva_version(casa, ("RG-GT-06", *[""] * 8), ("RG-GT-04", *[""] * 8))
    muestreado, archivado = pedidos(casa, "PR-FOM-01")
    assert (muestreado["modo"], muestreado["falta"]) == ("muestrea", [])
    assert (archivado["modo"], len(archivado["falta"])) == ("archiva", 1)
    assert "se muestrea" in casa.dice("registros --periodo 2025")


def test_la_lista_de_registros_dice_quien_pide_cada_uno(casa: Casa, tmp_path: Path) -> None:
    nueva_version(casa, ("RG-GT-06", *[""] * 8), ACTA)
    casa.hace("listas --formato csv -o", str(tmp_path))
    texto = next(tmp_path.glob("lista_registros*")).read_text("utf-8-sig")
    [del_catalogo] = [linea for linea in texto.splitlines() if linea.startswith("RG-GT-06;")]
    [ajeno] = [linea for linea in texto.splitlines() if linea.startswith("RG-FOM-01;")]
    assert del_catalogo.endswith(";PR-FOM-01")
    assert "Acta de entrega;Jefatura;papel;Bodega" in ajeno
    antes = next(iter(casa.hace("listas --fecha 2025-03-04 --formato csv -o", str(tmp_path))["archivos"][1:]))
    assert "RG-FOM-01" not in Path(antes).read_text("utf-8-sig"), "a esa fecha regía la versión anterior"


def test_lo_archivado_que_nadie_pide(casa: Casa) -> None:
    [fila] = casa.hace("registros --periodo 2025")
    assert (fila["codigo"], fila["pedido"], fila["procedimiento"]) == ("RG-GT-10", False, "")
    assert "ningún procedimiento vigente lo pide" in casa.dice("registros --periodo 2025")


def test_la_retencion_cumplida_se_avisa_sin_borrar_nada(casa: Casa) -> None:
    casa.reloj.hora = casa.reloj.hora.replace(year=2031)
    [fila] = casa.hace("registros --periodo 2031")
    assert [v["codigo"] for v in fila["vencidos"]] == ["RG-GT-10/2025/001"]
    assert "uno con la retención cumplida" in casa.dice("registros")


def test_lo_generado_dice_lo_mismo_que_sus_datos(demo: Casa) -> None:
    filas = {f["codigo"]: f for f in pedidos(demo, "PR-GT-01", "2024")}
    assert set(filas) > {"RG-GT-01", "PL-GT-01", "PG-GT-01", "RG-SGC-05", "RG-GT-13", "PG-GT-02"}
    assert {f["origen"] for f in filas.values()} == {"word"}
    assert filas["PG-GT-01"]["nombre"] == "Programa de Trabajo"
    assert {f["catalogo_difiere"] == [] and f["sin_definir"] == [] for f in filas.values()} == {True}


def test_lo_importado_tambien_pide_sus_registros(casa_importada: Casa) -> None:
    """Archivos de otros, cada uno con su forma: una tabla, una lista, una línea con el plazo adentro."""
    casa = casa_importada
    leidos = {
        codigo: [(f["nombre"], f["responsable"], f["retencion"]) for f in pedidos(casa, codigo)]
        for codigo in ("PR-FOM-02", "PR-ATC-01", "PR-FOR-01")
    }
    assert leidos == {
        "PR-FOM-02": [("Solicitudes", "Jefe/a División de Fomento", "5 años")],
        "PR-ATC-01": [("Solicitudes", "", ""), ("Respuestas", "", "")],
        "PR-FOR-01": [("Solicitudes", "", "cinco años")],
    }
    assert "sin ningún atributo de control" in casa.dice("registros")


@pytest.mark.parametrize("periodo", ["20x5", "abc", "1800", "2025/3"])
def test_un_periodo_que_no_lo_es_se_niega(casa: Casa, periodo: str) -> None:
    for orden in (
        "registros",
        "crear procedimiento --titulo T",
        "registrar RG-GT-10 --fecha 2025-03-01",
        "nueva-version PR-GT-01 --motivo Otra",
    ):
        casa.negada(f"{orden} --periodo {periodo}", codigo=2, dice="no es un período")
