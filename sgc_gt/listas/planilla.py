"""La planilla de importación en Excel: se revisa fila por fila y después se lleva a cabo.

Los mismos datos dan los mismos bytes. Lo que falta para importar se pinta mientras falte; lo que se omite
queda gris. Las decisiones, tipos, áreas y cargos se eligen de una lista.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.dominio.importacion import DECISIONES, IMPORTAR, OMITIR, Fila
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.textos import mayuscula
from sgc_gt.listas import planilla_columnas as col
from sgc_gt.listas.planilla_columnas import COLUMNAS, ColumnaPlanilla
from sgc_gt.listas.planilla_textos import ayuda
from sgc_gt.listas.xlsx import A4, SIN_CORTE

CABECERA = 3
_ALTO_LINEA, _ALTO_MAXIMO = 12.75, 120
_LIBRO = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Contenido(NamedTuple):
    """Lo que la planilla muestra."""

    filas: Sequence[Fila]
    formatos: Sequence[Mapping[str, str]] = ()  # una por familia de encabezado
    no_entendido: Sequence[tuple[str, str]] = ()  # archivo, razón
    carpeta: str = ""


def a_planilla(contenido: Contenido, servicio: Servicio) -> bytes:
    """Los bytes del libro: Léame, Documentos, Formatos, No se entendió."""
    salida = io.BytesIO()
    with xlsxwriter.Workbook(salida, dict(_LIBRO)) as libro:
        libro.set_properties(
            {"title": "Importación de documentos", "company": servicio.nombre, "created": SIN_CORTE}
        )
        f = _formatos(libro)
        leame = libro.add_worksheet(col.LEAME)
        hojas = {n: libro.add_worksheet(n) for n in (col.DOCUMENTOS, col.FORMATOS, col.NO_ENTENDIDO)}
        opciones = libro.add_worksheet(col.OPCIONES)
        opciones.hide()
        rangos = _opciones(opciones, servicio)
        _leame(leame, contenido, servicio, f)
        _documentos(hojas[col.DOCUMENTOS], contenido.filas, servicio, rangos, f)
        _formatos_ajenos(hojas[col.FORMATOS], contenido.formatos, f)
        _no_entendido(hojas[col.NO_ENTENDIDO], contenido.no_entendido, f)
        leame.activate()
    return salida.getvalue()


def _formatos(libro: xlsxwriter.Workbook) -> dict[str, Format]:
    celda = {"valign": "top", "border": 1, "border_color": "#BFBFBF", "font_size": 9, "text_wrap": True}
    fija = {**celda, "bg_color": "#F2F2F2"}
    fecha = {"num_format": "dd-mm-yyyy", "align": "center"}
    estilos: dict[str, dict[str, object]] = {
        "titulo": {"bold": True, "font_size": 14},
        "dato": {"font_size": 9, "font_color": "#595959"},
        "parrafo": {"font_size": 11, "text_wrap": True, "valign": "top"},
        "subtitulo": {"bold": True, "font_size": 11, "font_color": "#1F3864", "valign": "top"},
        "encabezado": {
            **celda, "bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "valign": "vcenter",
        },
        "encabezado_fijo": {
            **celda, "bold": True, "bg_color": "#7F7F7F", "font_color": "#FFFFFF", "valign": "vcenter",
        },
        "texto": {**celda, "num_format": "@"},
        "fijo": {**fija, "num_format": "@"},
        "fecha": {**celda, **fecha},
        "fecha_fija": {**fija, **fecha},
        "falta": {"bg_color": "#F8CBAD"},
        "omitida": {"font_color": "#A6A6A6"},
        "problema": {"bg_color": "#FFF2CC"},
    }  # fmt: skip
    return {nombre: libro.add_format(estilo) for nombre, estilo in estilos.items()}


def _leame(hoja: Worksheet, contenido: Contenido, servicio: Servicio, f: Mapping[str, Format]) -> None:
    hoja.hide_gridlines(2)
    hoja.set_column(0, 0, 26)
    hoja.set_column(1, 1, 96)
    hoja.write_string(0, 0, "Importación de documentos", f["titulo"])
    hoja.write_string(1, 0, servicio.nombre, f["dato"])
    for n, (titulo, texto) in enumerate(ayuda(contenido.filas, contenido.carpeta), start=3):
        hoja.write_string(n, 0, titulo, f["subtitulo"])
        hoja.write_string(n, 1, texto, f["parrafo"])
        hoja.set_row(n, 15.0 * (1 + len(texto) // 100))
    hoja.set_landscape()
    hoja.set_paper(A4)
    hoja.fit_to_pages(1, 0)


def _opciones(hoja: Worksheet, servicio: Servicio) -> dict[str, str]:
    """Escribe los valores que se pueden elegir y devuelve el rango de cada lista."""
    listas = {
        "decision": list(DECISIONES),
        "tipo": [t.nombre for t in servicio.tipos.values() if t.clase != "registro"],
        "area": list(servicio.areas),
        "cargo": sorted(c.nombre for c in servicio.cargos.values()),
    }
    rangos = {}
    for n, (clave, valores) in enumerate(listas.items()):
        for fila, valor in enumerate(valores):
            hoja.write_string(fila, n, valor)
        columna = xl_col_to_name(n)
        rangos[clave] = f"={col.OPCIONES}!${columna}$1:${columna}${max(len(valores), 1)}"
    return rangos


def _documentos(
    hoja: Worksheet,
    filas: Sequence[Fila],
    servicio: Servicio,
    rangos: Mapping[str, str],
    f: Mapping[str, Format],
) -> None:
    hoja.write_string(0, 0, "Documentos hallados", f["titulo"])
    hoja.write_string(1, 0, "Las columnas grises son de consulta; lo naranjo falta para importar.", f["dato"])
    hoja.set_row(CABECERA, 30)
    for n, c in enumerate(COLUMNAS):
        hoja.set_column(n, n, c.ancho, None, {"hidden": c.oculta})
        hoja.write_string(CABECERA, n, c.titulo, f["encabezado" if c.editable else "encabezado_fijo"])
        if c.nota:
            hoja.write_comment(CABECERA, n, c.nota, {"x_scale": 1.6, "y_scale": 0.5, "author": ""})
    for numero, fila in enumerate(filas, start=CABECERA + 1):
        hoja.set_row(numero, _alto(fila))
        for n, c in enumerate(COLUMNAS):
            _celda(hoja, numero, n, _mostrar(fila, c, servicio), c, f)
    ultima = CABECERA + max(len(filas), 1)
    _validaciones(hoja, ultima, rangos)
    _colores(hoja, ultima, f)
    hoja.autofilter(CABECERA, 0, ultima, len(COLUMNAS) - 1)
    hoja.freeze_panes(CABECERA + 1, 3)
    hoja.set_landscape()
    hoja.set_paper(8)  # A3
    hoja.fit_to_pages(1, 0)
    hoja.print_area(0, 0, ultima, [c.campo for c in COLUMNAS].index("resolucion"))
    hoja.repeat_rows(CABECERA)
    hoja.set_footer("&L&8Importación de documentos&R&8Página &P de &N")


def _alto(fila: Fila) -> float:
    lineas = sum(1 + len(p) // 62 for p in fila.problemas)
    otras = max(1 + len(fila.archivo) // 44, 1 + len(fila.titulo) // 36, len(fila.respaldo))
    return min(_ALTO_MAXIMO, _ALTO_LINEA * max(lineas, otras, 1) + 2)


def _mostrar(fila: Fila, c: ColumnaPlanilla, servicio: Servicio) -> object:
    """El valor de la celda como lo lee una persona."""
    valor = getattr(fila, c.campo)
    if c.campo == "tipo":
        return servicio.tipos[valor].nombre if valor in servicio.tipos else valor
    if c.clase == col.CARGO:
        return nombre_cargo(servicio, valor) if valor else ""
    if c.clase == col.CARGOS:
        return col.SEPARADOR.join(nombre_cargo(servicio, v) for v in valor)
    if c.campo == "problemas":
        return "\n".join(mayuscula(p) + "." for p in valor)
    return col.SEPARADOR.join(valor) if c.clase == col.VARIOS else valor


def _celda(
    hoja: Worksheet, fila: int, columna: int, valor: object, c: ColumnaPlanilla, f: Mapping[str, Format]
) -> None:
    if c.clase == col.FECHA:
        formato = f["fecha" if c.editable else "fecha_fija"]
        if isinstance(valor, date):
            hoja.write_datetime(fila, columna, datetime.combine(valor, time()), formato)
            return
    else:
        formato = f["texto" if c.editable else "fijo"]
    if valor:
        hoja.write_string(fila, columna, str(valor), formato)
    else:
        hoja.write_blank(fila, columna, None, formato)


def _validaciones(hoja: Worksheet, ultima: int, rangos: Mapping[str, str]) -> None:
    for n, c in enumerate(COLUMNAS):
        origen = rangos.get("cargo" if c.clase == col.CARGO else c.campo)
        if c.clase in (col.LISTA, col.CARGO) and origen:
            hoja.data_validation(
                CABECERA + 1, n, ultima, n,
                {
                    "validate": "list", "source": origen, "error_title": c.titulo,
                    "error_message": "Elija un valor de la lista.",
                },
            )  # fmt: skip
        elif c.clase == col.FECHA and c.editable:
            hoja.data_validation(
                CABECERA + 1, n, ultima, n,
                {
                    "validate": "date", "criteria": ">=", "value": date(1970, 1, 1), "error_title": c.titulo,
                    "error_message": "Escriba una fecha, como 15-03-2023.",
                },
            )  # fmt: skip


def _colores(hoja: Worksheet, ultima: int, f: Mapping[str, Format]) -> None:
    primera = CABECERA + 1
    fin = len(COLUMNAS) - 1
    omitida = {"type": "formula", "criteria": f'=$A{primera + 1}="{OMITIR}"', "format": f["omitida"]}
    hoja.conditional_format(primera, 0, ultima, fin, {**omitida, "stop_if_true": True})
    for n, c in enumerate(COLUMNAS):
        letra = xl_col_to_name(n)
        if c.debida and c.campo != "decision":
            criterio = f'=AND($A{primera + 1}="{IMPORTAR}",{letra}{primera + 1}="")'
            hoja.conditional_format(
                primera, n, ultima, n, {"type": "formula", "criteria": criterio, "format": f["falta"]}
            )
        if c.campo == "problemas":
            criterio = f'={letra}{primera + 1}<>""'
            hoja.conditional_format(
                primera, n, ultima, n, {"type": "formula", "criteria": criterio, "format": f["problema"]}
            )


FORMATOS_COLUMNAS = (
    ("formato", "Formato", 14),
    ("documentos", "Documentos", 11),
    ("ejemplo", "Ejemplo", 44),
    ("codigo", "Dónde está el código", 34),
    ("version", "Dónde está la versión", 34),
    ("fecha", "Dónde está la fecha", 34),
    ("vigencia", "Dónde está la vigencia", 34),
    ("titulo", "Dónde está el título", 34),
    ("huella", "Clave", 14),
)


def _formatos_ajenos(hoja: Worksheet, formatos: Sequence[Mapping[str, str]], f: Mapping[str, Format]) -> None:
    hoja.write_string(0, 0, "Formatos de encabezado", f["titulo"])
    nota = "Una fila por plantilla que alguien usó. Se corrige aquí una vez y vale para todos sus documentos."
    hoja.write_string(1, 0, nota, f["dato"])
    for n, (clave, titulo, ancho) in enumerate(FORMATOS_COLUMNAS):
        fija = clave in ("formato", "documentos", "ejemplo", "huella")
        hoja.set_column(n, n, ancho, None, {"hidden": clave == "huella"})
        hoja.write_string(CABECERA, n, titulo, f["encabezado_fijo" if fija else "encabezado"])
        for numero, formato in enumerate(formatos, start=CABECERA + 1):
            hoja.write_string(numero, n, str(formato.get(clave, "")), f["fijo" if fija else "texto"])
    for numero, formato in enumerate(formatos, start=CABECERA + 1):
        hoja.set_row(numero, _ALTO_LINEA * max(1 + len(valor) // 38 for valor in formato.values()) + 2)
    hoja.freeze_panes(CABECERA + 1, 1)
    hoja.set_landscape()
    hoja.fit_to_pages(1, 0)


def _no_entendido(hoja: Worksheet, archivos: Sequence[tuple[str, str]], f: Mapping[str, Format]) -> None:
    hoja.write_string(0, 0, "Lo que no se entendió", f["titulo"])
    hoja.write_string(
        1, 0, "Archivos que no se pudieron leer o que no dicen de qué documento son.", f["dato"]
    )
    for n, (titulo, ancho) in enumerate((("Archivo", 60), ("Por qué", 90))):
        hoja.set_column(n, n, ancho)
        hoja.write_string(CABECERA, n, titulo, f["encabezado"])
    for numero, (archivo, razon) in enumerate(archivos, start=CABECERA + 1):
        hoja.write_string(numero, 0, archivo, f["texto"])
        hoja.write_string(numero, 1, razon, f["texto"])
    hoja.freeze_panes(CABECERA + 1, 0)
    hoja.set_landscape()
    hoja.fit_to_pages(1, 0)
