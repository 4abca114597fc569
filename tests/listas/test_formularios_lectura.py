"""Lo que la gente hace con una planilla: cada cosa da el dato correcto, o una oración con hoja y celda."""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from formulario_de_prueba import editar, formulario, leer

from sgc_gt.errores import EntradaInvalida
from sgc_gt.listas.formularios.celdas import Nombres
from sgc_gt.listas.formularios.lectura_celdas import de_celda
from sgc_gt.listas.formularios.partes import Campo

MINI: dict[str, Any] = {
    "type": "object",
    "required": ["total", "montos"],
    "properties": {
        "total": {"title": "Total", "type": "number"},
        "vigente": {"title": "Vigente", "type": "boolean"},
        "firmado": {"title": "Firmado el", "type": "string", "format": "date"},
        "responsable": {"title": "Responsable", "type": "string", "x-referencia": "cargo"},
        "meses": {"title": "Meses", "type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 12}},
        "regiones": {"title": "Regiones", "type": ["string", "array"], "items": {"type": "string"}, "x-referencia": "region"},
        "montos": {
            "title": "Montos",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "region", "monto"],
                "properties": {
                    "id": {"title": "Sigla", "type": "string", "minLength": 1},
                    "region": {"title": "Región", "type": "string", "x-referencia": "region"},
                    "monto": {"title": "Monto", "type": "number"},
                    "estado": {"title": "Estado", "type": "string", "enum": ["en_negociacion", "vigente"]},
                    "pagos": {
                        "title": "Pagos",
                        "type": "array",
                        "items": {"type": "object", "properties": {"mes": {"title": "Mes", "type": "integer", "minimum": 1, "maximum": 12}}},
                    },
                },
            },
        },
    },
}  # fmt: skip
DATOS = {
    "total": 30,
    "vigente": True,
    "firmado": "2025-03-15",
    "responsable": "egt",
    "meses": [6, 12],
    "regiones": ["15", "01"],
    "montos": [
        {"id": "M1", "region": "11", "monto": 10, "estado": "vigente", "pagos": [{"mes": 3}]},
        {"id": "M2", "region": "15", "monto": 20},
    ],
}
FICHA, TABLA, PAGOS = "1. Datos generales", "2. Montos", "3. Montos · Pagos"
LIBRO = formulario(MINI, DATOS)


def escribir(hoja: str, **celdas: Any) -> Callable[[Any], None]:
    def cambios(libro: Any) -> None:
        for celda, valor in celdas.items():
            libro[hoja][celda] = valor

    return cambios


def despues(cambios: Callable[[Any], None]) -> Any:
    return leer(editar(LIBRO, cambios), MINI)


def test_sin_tocarlo_dice_lo_mismo() -> None:
    leido = leer(LIBRO, MINI)
    assert (leido.datos, leido.problemas, leido.avisos) == (DATOS, (), ())
    assert leido.lugar(("montos", 1, "monto")) == "F.xlsx, hoja «2. Montos», celda C8"


CLAVE = {
    "C5": "total",
    "C6": "vigente",
    "C7": "firmado",
    "C8": "responsable",
    "C9": "meses",
    "C10": "regiones",
}


@pytest.mark.parametrize(
    ("escrito", "dato"), [("pe2", "PE2"), ("PE2", "PE2"), ("PE20", "PE20"), ("ind-1", "ind-1")]
)
def test_una_sigla_se_lee_como_ya_esta_escrita(escrito: str, dato: str) -> None:
    conocidos = Nombres(conocidos=frozenset({"PE2", "IND-1", "Ind-1"}))
    uno = Campo(("producto",), "Producto", {"type": "string", "x-referencia": "producto"})
    varios = Campo(("productos",), "Productos", {"type": "array", "x-referencia": "producto"})
    assert de_celda(uno, escrito, "General", conocidos) == dato
    assert de_celda(varios, f"{escrito}, x", "General", conocidos) == [dato, "x"]


@pytest.mark.parametrize(
    "celdas",  # celda → lo escrito y el dato
    [
        {
            "C5": ("1.234,5", 1234.5),
            "C6": ("no", False),
            "C7": ("5-3-2025", "2025-03-05"),
            "C8": ("encargado/a gt", "egt"),
            "C9": ("marzo; 6", [3, 6]),
            "C10": ("Todas", "todas"),
        },
        {
            "C5": (" 45 % ", 45),
            "C6": (True, True),
            "C7": (datetime(2025, 3, 5), "2025-03-05"),  # noqa: DTZ001
            "C8": ("egt", "egt"),
            "C9": (6, [6]),
            "C10": ("15, 1 y Aysén", ["15", "01", "11"]),
        },
        {"C5": ("$ 1.500", 1500), "C7": (date(2025, 3, 5), "2025-03-05"), "C10": (5, ["05"])},
        {"C5": ("0.5", 0.5), "C6": ("x", True)},
        {"C5": (-12, -12), "C6": ("", None)},
    ],
    ids=str,
)
def test_se_entiende_lo_que_la_gente_escribe(celdas: dict[str, tuple[Any, Any]]) -> None:
    leido = despues(escribir(FICHA, **{celda: escrito for celda, (escrito, _) in celdas.items()}))
    assert leido.problemas == ()
    assert {c: leido.datos.get(CLAVE[c]) for c in celdas} == {c: dato for c, (_, dato) in celdas.items()}


@pytest.mark.parametrize(
    "casos",  # hoja, celda, lo escrito, lo que se dice
    [
        [
            (FICHA, "C5", "treinta", "Total: «treinta» no es un número"),
            (FICHA, "C6", "quizás", "no es Sí ni No"),
            (FICHA, "C7", "31-02-2025", "no existe en el calendario"),
            (FICHA, "C8", "Encargado GTT", "no es un cargo del servicio"),
            (FICHA, "C9", 6.5, "Excel tomó la lista por un solo número, «6,5»"),
            (FICHA, "C10", "Tarapaca, Wallmapu", "«Wallmapu» no es una región"),
            (TABLA, "D7", "vijente", "¿quiso escribir «Vigente»?"),
            (TABLA, "B8", "Región 99", "no es una región"),
            (PAGOS, "A7", "M9", "«M9» no está en la hoja «Montos»"),
        ],
        [
            (FICHA, "C5", "1,234.5", "no es un número"),
            (TABLA, "A8", "M1", "«M1» ya está en otra fila (A7)"),
            (PAGOS, "A7", None, "falta decir a qué fila de «Montos» pertenece"),
        ],
        [(FICHA, "C5", date(2025, 3, 5), "hay una fecha donde va un número")],
        [(FICHA, "C5", "#N/A", "muestra el error #N/A"), (FICHA, "C9", "enero a marzo", "no es un número")],
    ],
)
def test_lo_que_no_se_entiende_se_dice_en_su_celda(casos: list[tuple[str, str, Any, str]]) -> None:
    def cambios(libro: Any) -> None:
        for hoja, celda, escrito, _ in casos:
            libro[hoja][celda] = escrito

    dichos = {p.lugar: p.mensaje for p in despues(cambios).problemas}
    assert list(dichos) == [f"F.xlsx, hoja «{hoja}», celda {celda}" for hoja, celda, _, _ in casos]
    for mensaje, (_, _, _, dice) in zip(dichos.values(), casos, strict=True):
        assert dice in mensaje


def test_todo_se_dice_de_una_vez_y_un_error_no_tapa_a_otro_de_la_misma_fila() -> None:
    def cambios(libro: Any) -> None:
        escribir(FICHA, C5="x", C7="ayer")(libro)
        escribir(TABLA, B7="?", C7="mucho", D7="nada")(libro)

    assert [p.lugar.rpartition(" ")[2] for p in despues(cambios).problemas] == ["C5", "C7", "B7", "C7", "D7"]


def test_filas_y_hojas_movidas_ocultas_y_vacias() -> None:
    def cambios(libro: Any) -> None:
        tabla = libro[TABLA]
        tabla.insert_rows(8, 3)  # en blanco, en medio
        tabla["A9"] = "   "
        tabla["A12"], tabla["B12"], tabla["C12"] = "M3", "Ñuble", "7"  # una fila más
        tabla.row_dimensions[11].hidden = True
        tabla.column_dimensions["C"].hidden = True
        tabla.title = "Mis montos"
        libro[FICHA].sheet_state = "hidden"
        libro.move_sheet("Mis montos", 3)

    leido = despues(cambios)
    assert leido.problemas == ()
    assert leido.datos == {**DATOS, "montos": [*DATOS["montos"], {"id": "M3", "region": "16", "monto": 7}]}


def test_columnas_cambiadas_de_lugar_de_mas_y_de_menos() -> None:
    def de_mas(libro: Any) -> None:
        libro[TABLA].insert_cols(1)
        libro[TABLA]["A7"] = "una nota"
        libro.create_sheet("Apuntes")["A1"] = "algo"

    leido = despues(de_mas)
    assert (leido.datos, leido.problemas) == (DATOS, ())
    assert leido.avisos == (
        "F.xlsx, hoja «2. Montos», celda A7: «una nota» está fuera de la tabla y no se lee",
        "la hoja «Apuntes» no es del formulario: no se lee",
    )
    leido = despues(lambda libro: libro[TABLA].delete_cols(3))
    assert [p.mensaje for p in leido.problemas] == ["falta la columna «Monto»"]
    leido = despues(lambda libro: libro.copy_worksheet(libro[TABLA]))
    assert "hay dos hojas de «Montos»" in leido.problemas[0].mensaje
    leido = despues(lambda libro: libro.remove(libro[FICHA]))
    assert (leido.datos, leido.avisos) == (
        DATOS,
        ("falta la hoja «Datos generales»: lo suyo queda como estaba",),
    )


def test_una_celda_en_la_ultima_esquina_no_cuesta_toda_la_hoja() -> None:
    leido = despues(escribir(TABLA, XFD1048576="lejos"))
    assert (leido.datos, leido.problemas, len(leido.avisos)) == (DATOS, (), 1)


def test_un_formulario_de_antes_de_cambiar_el_tipo() -> None:
    hoy = {**MINI, "properties": {k: v for k, v in MINI["properties"].items() if k != "vigente"}}
    [dicho] = leer(LIBRO, hoy).problemas
    assert "este dato ya no se pide" in dicho.mensaje
    assert dicho.lugar.startswith("F.xlsx, hoja «1. Datos generales»")


def test_celdas_combinadas() -> None:
    def hacia_abajo(libro: Any) -> None:
        libro[TABLA].merge_cells("B7:B8")

    assert [m["region"] for m in despues(hacia_abajo).datos["montos"]] == ["11", "11"]
    leido = despues(lambda libro: libro[TABLA].merge_cells("B7:C7"))
    assert "las celdas B7:C7 están combinadas y juntan datos distintos" in str(leido.problemas[0])


def test_formulas_y_porcentajes() -> None:
    # openpyxl guarda la fórmula sin su resultado, como un programa que no calcula.
    leido = despues(escribir(TABLA, C7="=5+5"))
    assert [(p.mensaje, p.lugar[-2:]) for p in leido.problemas] == [
        (
            "hay una fórmula sin su resultado: abra el archivo en Excel o LibreOffice y guárdelo, "
            "o escriba el dato",
            "C7",
        )
    ]

    def porcentaje(libro: Any) -> None:
        libro[TABLA]["C7"] = 0.57
        libro[TABLA]["C7"].number_format = "0%"

    assert despues(porcentaje).datos["montos"][0]["monto"] == 57


def _zip(**partes: bytes) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as z:
        for nombre, contenido in partes.items():
            z.writestr(nombre.replace("__", "/").replace("_xml", ".xml"), contenido)
    return salida.getvalue()


def _con(parte: str, contenido: bytes) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(LIBRO)) as antes, zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as z:
        for nombre in antes.namelist():
            z.writestr(nombre, contenido if nombre == parte else antes.read(nombre))
        if parte not in antes.namelist():
            z.writestr(parte, contenido)
    return salida.getvalue()


def con_senas(senas: Any) -> bytes:
    """El libro con otras señas en su hoja escondida."""
    texto = senas if isinstance(senas, str) else json.dumps(senas)
    return editar(LIBRO, escribir("formulario", A2=base64.b64encode(zlib.compress(texto.encode())).decode()))


def _otro_libro() -> bytes:
    salida = io.BytesIO()
    openpyxl.Workbook().save(salida)
    return salida.getvalue()


@pytest.mark.parametrize(
    ("archivo", "dice"),
    [
        (b"", "está vacío"),
        (b"hola", "no es un libro de Excel"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protegido con contraseña"),
        (b"\xd0\xcf\x11\xe0" + b"Workbook", "formato antiguo"),
        (LIBRO[: len(LIBRO) // 2], "incompleto o dañado"),
        (_zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "no es un libro de Excel"),
        (_con("xl/media/b.bin", bytes(30_000_000)), "crece sin medida"),
        (
            _con("xl/worksheets/sheet2.xml", b"".join(b'<c r="%d">' % i for i in range(400_001))),
            "celdas con contenido",
        ),
        (_con("xl/worksheets/sheet2.xml", b'<mergeCell ref="A1:XFD1048576"/>'), "celdas con contenido"),
        (_con("xl/vbaProject.bin", b"x"), "trae macros"),
        (_con("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "declaraciones"),
        (_con("xl/worksheets/sheet2.xml", b"<roto"), "incompleto o dañado"),
        (_otro_libro(), "no es un formulario de este sistema"),
        (editar(LIBRO, escribir("formulario", A2="eJw=")), "no es un formulario de este sistema"),
        (con_senas({"tipo": "plan", "partes": [["x"]]}), "no es un formulario de este sistema"),
        (con_senas({"tipo": "plan", "region": "11", "base": [7]}), "no es un formulario de este sistema"),
        (con_senas("[" * 100_000), "no es un formulario de este sistema"),
    ],
    ids=lambda v: v if isinstance(v, str) else "archivo",
)
def test_lo_que_no_es_un_formulario_no_se_abre(archivo: bytes, dice: str) -> None:
    with pytest.raises(EntradaInvalida) as rechazo:
        leer(archivo, MINI)
    assert dice in rechazo.value.mensaje
    assert rechazo.value.lugar == "F.xlsx"
    assert rechazo.value.hacer


def test_un_numero_sin_medida_se_dice_en_su_celda() -> None:
    [problema] = despues(escribir(TABLA, C7=1e300)).problemas
    assert problema.lugar == f"F.xlsx, hoja «{TABLA}», celda C7"
    assert problema.mensaje == "Monto: el número es demasiado grande; se espera un número de hasta 15 cifras"
