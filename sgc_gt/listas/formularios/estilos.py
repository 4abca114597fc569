"""Cómo se ve un formulario, y qué se puede elegir en cada celda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from sgc_gt.dominio.opciones import nombre_opcion
from sgc_gt.listas.formularios.celdas import NO, SI, separador_de
from sgc_gt.listas.formularios.partes import (
    CARGO,
    ENTERO,
    FECHA,
    FILAS,
    LISTA,
    NUMERO,
    OPCION,
    REGION,
    REGIONES,
    SI_NO,
    Campo,
)

ANCHOS = {
    NUMERO: 16,
    ENTERO: 12,
    SI_NO: 11,
    FECHA: 14,
    OPCION: 22,
    REGION: 26,
    REGIONES: 20,
    CARGO: 34,
    LISTA: 28,
    FILAS: 40,
}
ANCHO_TEXTO, ANCHO_SIGLA = 44, 16
_ALTO_MAXIMO = 260.0
_MAX_AYUDA, _MAX_TITULO, _MAX_LISTA = 255, 32, 255

Rangos = Mapping[str, str]
"""Lista → dónde están sus valores en la hoja «Listas»."""


def formatos(libro: xlsxwriter.Workbook) -> dict[str, Format]:
    """Los formatos de celda, por su nombre."""
    celda = {"valign": "top", "border": 1, "border_color": "#A6A6A6", "font_size": 10, "text_wrap": True}
    libre = {**celda, "locked": False}
    estilos: dict[str, dict[str, object]] = {
        "titulo": {"bold": True, "font_size": 15, "font_color": "#1F3864"},
        "parrafo": {"font_size": 10, "text_wrap": True, "valign": "top"},
        "bajada": {"font_size": 10, "font_color": "#404040"},
        "fuerte": {"font_size": 10, "bold": True, "valign": "top", "text_wrap": True},
        "enlace": {"font_size": 10, "font_color": "#0B4F9E", "underline": 1, "valign": "top"},
        "ayuda": {**celda, "border": 0, "font_size": 9, "italic": True, "font_color": "#404040"},
        "encabezado": {
            **celda, "bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "valign": "vcenter",
        },
        "grupo": {**celda, "bold": True, "bg_color": "#D9E2F3", "font_color": "#1F3864"},
        "rotulo": {**celda, "bold": True, "bg_color": "#F2F2F2"},
        "fijo": {**celda, "bg_color": "#F2F2F2"},
        "fuera": {"locked": False},
        "texto": {**libre, "num_format": "@"},
        "general": libre,
        "entero": {**libre, "num_format": "0", "align": "left"},
        "miles": {**libre, "num_format": "#,##0", "align": "right"},
        "decimales": {**libre, "num_format": "#,##0.0#########", "align": "right"},
        "fecha": {**libre, "num_format": "dd-mm-yyyy", "align": "center"},
    }  # fmt: skip
    return {nombre: libro.add_format(estilo) for nombre, estilo in estilos.items()}


def formato_de(campo: Campo, valor: object = None) -> str:
    """El nombre del formato que conviene a esa celda."""
    if campo.clase in (ENTERO, FECHA):
        return campo.clase
    if campo.clase == NUMERO:
        if isinstance(valor, str):
            return "texto"
        return "miles" if isinstance(valor, int) else "decimales" if valor is not None else "general"
    return "texto"


def ancho_de(campo: Campo) -> int:
    """El ancho cómodo de su columna."""
    sigla = "pattern" in campo.esquema or campo.esquema.get("minLength") == 1 or campo.referencia
    texto = ANCHO_SIGLA if sigla else ANCHO_TEXTO
    return max(ANCHOS.get(campo.clase, texto), min(len(campo.rotulo) // 2, 24))


def alto(celdas: Iterable[tuple[object, int]]) -> float:
    """La altura de una fila en que caben sus celdas, cada una con el ancho de su columna."""
    lineas = max(
        (sum(1 + len(linea) // ancho for linea in str(v or "").split("\n")) for v, ancho in celdas), default=1
    )
    return min(_ALTO_MAXIMO, 13.0 * lineas + 2)


def como_se_llena(campo: Campo) -> str:
    """Cómo se escribe ese dato, si no es evidente."""
    if campo.clase == REGIONES:
        todas = "«todas», o " if "string" in campo.esquema.get("type", ()) else ""
        return f"Escriba {todas}los códigos de región separados por coma: 15, 01."
    if campo.clase == LISTA:
        opciones = campo.esquema.get("items", {}).get("enum", ())
        if opciones:
            return f"Uno o más, separados por coma: {', '.join(nombre_opcion(str(o)) for o in opciones)}."
        separa = separador_de(campo)
        if separa == "\n":
            return "Uno por línea: Alt+Intro en Excel, Ctrl+Intro en LibreOffice."
        return f"Si son varios, sepárelos con «{separa.strip()}»."
    if campo.clase == FILAS:
        return "Una fila por línea y las celdas separadas por «|»."
    return {FECHA: "Día, mes y año: 15-03-2025.", SI_NO: "Sí o No."}.get(campo.clase, "")


def ayuda_de(campo: Campo) -> str:
    """Qué va en el dato, cómo se escribe y qué requisito responde."""
    requisito = f"Requisito {campo.requisito}." if campo.requisito else ""
    return " ".join(filter(None, [campo.ayuda, como_se_llena(campo), requisito]))


def validacion(campo: Campo, rangos: Rangos) -> dict[str, Any]:
    """La validación de Excel de ese dato: qué se puede elegir y qué ayuda aparece al entrar en la celda."""
    regla = _regla(campo, rangos)
    ayuda = ayuda_de(campo) or campo.titulo
    return {
        **regla,
        "ignore_blank": True,
        "input_title": _cortar(campo.titulo, _MAX_TITULO),
        "input_message": _cortar(ayuda, _MAX_AYUDA),
        "error_title": _cortar(campo.titulo, _MAX_TITULO),
    }


def _regla(campo: Campo, rangos: Rangos) -> dict[str, Any]:
    lista = _opciones(campo, rangos)
    if lista:
        firme = campo.clase in (OPCION, SI_NO, REGION)
        mensaje = "Elija un valor de la lista." if firme else "No está en la lista. ¿Lo deja así?"
        return {
            "validate": "list",
            "source": lista,
            "error_type": "stop" if firme else "warning",
            "error_message": mensaje,
        }
    if campo.clase == ENTERO:
        desde = campo.esquema.get("minimum", -999_999_999)
        hasta = campo.esquema.get("maximum", 999_999_999)
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": desde,
            "maximum": hasta,
            "error_type": "warning",
            "error_message": "Se espera un número entero.",
        }
    return {"validate": "any"}


def _opciones(campo: Campo, rangos: Rangos) -> Any:
    if campo.clase == SI_NO:
        return [SI, NO]
    if campo.clase == OPCION:
        nombres = [nombre_opcion(str(o)) for o in campo.esquema["enum"] if o is not None]
        cabe = len(",".join(nombres)) <= _MAX_LISTA and not any("," in n for n in nombres)
        return nombres if cabe else None
    if campo.clase in (REGION, CARGO):
        return rangos.get(campo.clase)
    return rangos.get(campo.referencia) if campo.clase == "texto" else None


def _cortar(texto: str, largo: int) -> str:
    return texto if len(texto) <= largo else texto[: largo - 1].rstrip() + "…"
