"""La lista en Excel, con membrete y fecha de corte: los mismos bytes para la misma tabla.

Un texto nunca se vuelve fórmula, enlace ni número; una fecha es una fecha. Se imprime apaisada, a lo
ancho de la hoja, con el encabezado repetido y «Página X de Y».
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.tabla import FECHA, NUMERO, Columna, Fila, Tabla, texto_de, una_linea

A4 = 9
ANIO_MINIMO = 1900  # Excel no tiene fechas anteriores: van como texto
MAX_CELDA = 32_767
MAX_HOJA = 31
MAX_PIE = 255
RENGLON = 12.5  # puntos: los de una letra de 9
AIRE = 3
LETRAS = 1.25  # que caben por cada carácter de ancho, que se mide en cifras de 11 puntos
NEGRITAS = 1.05
ALTOS = {"servicio": 17, "titulo": 22}  # del membrete, que ningún programa agranda solo
MAX_RENGLONES = 32  # Excel no admite filas de más de 409 puntos
SIN_CORTE = datetime(2000, 1, 1)  # noqa: DTZ001 - fecha fija del archivo: nunca el reloj

_NO_EN_HOJA = re.compile(r"[\[\]:*?/\\']")
_OPCIONES = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def a_xlsx(tabla: Tabla, membrete: Mapping[str, str]) -> bytes:
    """El libro de una hoja con la tabla.

    `membrete` puede traer: ministerio, servicio, sistema, codigo (de la lista), verificacion y leyenda (pie).
    """
    salida = io.BytesIO()
    with xlsxwriter.Workbook(salida, dict(_OPCIONES)) as libro:
        libro.set_properties(
            {"title": tabla.titulo, "company": membrete.get("servicio", ""), "created": _creado(tabla.corte)}
        )
        formatos = _formatos(libro)
        hoja = libro.add_worksheet(_nombre_hoja(tabla.titulo))
        cabecera = _membrete(hoja, tabla, membrete, formatos)
        _cuerpo(hoja, tabla, cabecera, formatos)
        _notas(hoja, tabla, cabecera + len(tabla.filas) + 2, formatos)
        _impresion(hoja, tabla, cabecera, membrete)
    return salida.getvalue()


def _creado(corte: date | None) -> datetime:
    return datetime.combine(corte, time(), UTC).replace(tzinfo=None) if corte else SIN_CORTE


def _nombre_hoja(titulo: str) -> str:
    return una_linea(_NO_EN_HOJA.sub(" ", titulo))[:MAX_HOJA].strip() or "Lista"


def _formatos(libro: xlsxwriter.Workbook) -> dict[str, Format]:
    celda = {"valign": "top", "border": 1, "border_color": "#BFBFBF", "font_size": 9}
    estilos: dict[str, dict[str, object]] = {
        "servicio": {"bold": True, "font_size": 11},
        "titulo": {"bold": True, "font_size": 14},
        "dato": {"font_size": 9},
        "encabezado": {
            **celda,
            "bold": True,
            "bg_color": "#1F3864",
            "font_color": "#FFFFFF",
            "text_wrap": True,
            "valign": "vcenter",
        },
        "texto": {**celda, "text_wrap": True},
        "fecha": {**celda, "num_format": "dd-mm-yyyy", "align": "center"},
        "numero": {**celda, "num_format": "#,##0", "align": "right"},
    }
    return {nombre: libro.add_format(estilo) for nombre, estilo in estilos.items()}


def _membrete(
    hoja: Worksheet, tabla: Tabla, membrete: Mapping[str, str], formatos: Mapping[str, Format]
) -> int:
    """Escribe el membrete y devuelve la fila en que va el encabezado de la tabla."""
    codigo = f"Código: {membrete['codigo']}" if membrete.get("codigo") else ""
    corte = f"Fecha de corte: {imprimir_fecha(tabla.corte)}" if tabla.corte else ""
    servicio = membrete.get("servicio") or tabla.subtitulo
    lineas = [
        (membrete.get("ministerio", ""), "dato"),
        (servicio, "servicio"),
        (membrete.get("sistema", ""), "dato"),
        (tabla.titulo, "titulo"),
        (tabla.subtitulo if tabla.subtitulo != servicio else "", "dato"),
        (" · ".join(filter(None, [codigo, corte, f"Filas: {len(tabla.filas)}"])), "dato"),
        (membrete.get("verificacion", ""), "dato"),
    ]
    presentes = [(texto, estilo) for texto, estilo in lineas if texto]
    for numero, (texto, estilo) in enumerate(presentes):
        hoja.write_string(numero, 0, una_linea(texto), formatos[estilo])
        if estilo in ALTOS:
            hoja.set_row(numero, ALTOS[estilo])
    return len(presentes) + 1


def _cuerpo(hoja: Worksheet, tabla: Tabla, cabecera: int, formatos: Mapping[str, Format]) -> None:
    for numero, columna in enumerate(tabla.columnas):
        hoja.set_column(numero, numero, columna.ancho)
        hoja.write_string(cabecera, numero, columna.titulo, formatos["encabezado"])
    titulos = max((renglones(c.titulo, c.ancho, NEGRITAS) for c in tabla.columnas), default=1)
    hoja.set_row(cabecera, RENGLON * titulos + 2 * AIRE)
    for fila, valores in enumerate(tabla.filas, start=cabecera + 1):
        if (altura := _renglones(tabla.columnas, valores)) > 1:
            hoja.set_row(fila, RENGLON * altura + AIRE)
        for numero, columna in enumerate(tabla.columnas):
            _celda(hoja, fila, numero, valores.get(columna.clave), formatos)
    ultima = len(tabla.columnas) - 1
    if ultima >= 0:
        hoja.autofilter(cabecera, 0, max(cabecera + len(tabla.filas), cabecera + 1), ultima)
    hoja.freeze_panes(cabecera + 1, 1)


def _renglones(columnas: Sequence[Columna], valores: Fila) -> int:
    """Los que ocupa la celda más alta: no todo programa los calcula al abrir, y el texto quedaría cortado."""
    return max((renglones(texto_de(valores.get(c.clave)), c.ancho) for c in columnas), default=1)


def renglones(texto: str, ancho: int, letras: float = LETRAS) -> int:
    """En cuántas líneas se lee el texto en una columna de ese ancho, partido por palabras."""
    caben = max(int(ancho * letras), 1)
    if len(texto) <= caben:
        return 1
    return min(len(textwrap.wrap(texto, caben)), MAX_RENGLONES)


def _celda(hoja: Worksheet, fila: int, columna: int, valor: object, formatos: Mapping[str, Format]) -> None:
    if isinstance(valor, date) and valor.year >= ANIO_MINIMO:
        hoja.write_datetime(fila, columna, datetime.combine(valor, time()), formatos[FECHA])
    elif isinstance(valor, int | float) and not isinstance(valor, bool):
        hoja.write_number(fila, columna, valor, formatos[NUMERO])
    elif texto := texto_de(valor):
        hoja.write_string(fila, columna, _recortar(texto, MAX_CELDA), formatos["texto"])
    else:
        hoja.write_blank(fila, columna, None, formatos["texto"])


def _recortar(texto: str, largo: int) -> str:
    return texto if len(texto) <= largo else texto[: largo - 1] + "…"


def _notas(hoja: Worksheet, tabla: Tabla, desde: int, formatos: Mapping[str, Format]) -> None:
    for numero, nota in enumerate(tabla.notas):
        hoja.write_string(desde + numero, 0, una_linea(nota), formatos["dato"])


def _impresion(hoja: Worksheet, tabla: Tabla, cabecera: int, membrete: Mapping[str, str]) -> None:
    hoja.set_landscape()
    hoja.set_paper(A4)
    hoja.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    hoja.fit_to_pages(1, 0)
    hoja.repeat_rows(cabecera)
    hoja.hide_gridlines(2)
    paginas = "&R&8Página &P de &N"
    # «&» es orden en un pie de Excel: un nombre que lo lleve va doble.
    pie = una_linea(membrete.get("leyenda") or tabla.titulo).replace("&", "&&")
    hoja.set_footer(f"&L&8{_recortar(pie, MAX_PIE - len(paginas) - len('&L&8'))}{paginas}")
