"""Las palabras con que los servicios escriben su sección de registros: títulos, columnas y modos."""

from __future__ import annotations

import re

from sgc_gt.dominio.registros import ARCHIVA, MUESTREA, OCASIONAL, REFERENCIA
from sgc_gt.dominio.textos import comparable

TITULOS = (
    "registro",
    "registros",
    "control de registros",
    "control de los registros",
    "formularios y registros",
    "registros y formularios",
    "registros y anexos",
    "documentos y registros",
    "listado de registros",
    "lista de registros",
    "listado maestro de registros",
    "tabla de registros",
    "matriz de registros",
    "cuadro de registros",
    "identificacion de registros",
    "registros asociados",
    "registros generados",
    "registros relacionados",
    "registros aplicables",
    "registros de calidad",
    "registros de la calidad",
    "registros del proceso",
    "registros del procedimiento",
    "registros del sistema",
)
"""Cómo se titula la sección. Un título más largo («Registro de asistencia») es otra cosa."""

COLUMNAS: dict[str, tuple[str, ...]] = {
    "codigo": ("codigo", "cod", "n codigo", "identificacion", "id", "codificacion", "codigo del registro"),
    "nombre": (
        "nombre", "nombre del registro", "nombre de registro", "registro", "registros", "titulo",
        "titulo del registro", "denominacion", "documento", "nombre del documento", "formulario",
        "descripcion", "nombre del formulario", "evidencia", "tipo de registro", "codigo y nombre",
    ),
    "responsable": (
        "responsable", "responsables", "custodio", "custodia", "cargo responsable", "encargado",
        "responsable de archivo", "responsable del archivo", "responsable de su archivo",
        "responsable del registro", "responsable de custodia", "responsable de la custodia",
        "responsable de almacenamiento", "responsable del almacenamiento", "responsable de conservacion",
        "quien lo guarda", "responsable de mantenerlo", "unidad responsable", "area responsable",
    ),
    "soporte": ("soporte", "medio", "formato", "tipo de soporte", "medio de soporte", "papel o electronico"),
    "almacenamiento": (
        "almacenamiento", "lugar", "lugar de almacenamiento", "ubicacion", "archivo", "lugar de archivo",
        "donde se guarda", "lugar y forma de almacenamiento", "almacenamiento y lugar",
        "medio de almacenamiento", "forma de almacenamiento", "lugar de custodia", "ubicacion fisica",
        "conservacion", "lugar de conservacion",
    ),
    "proteccion": (
        "proteccion", "forma de proteccion", "medio de proteccion", "medidas de proteccion", "resguardo",
        "preservacion", "como se protege", "proteccion y resguardo", "respaldo",
    ),
    "recuperacion": (
        "recuperacion", "indexacion", "ordenamiento", "orden", "criterio de ordenamiento", "clasificacion",
        "criterio de recuperacion", "forma de recuperacion", "criterio de busqueda", "orden de archivo",
        "como se busca", "metodo de recuperacion", "indizacion", "forma de ordenamiento",
    ),
    "retencion": (
        "retencion", "tiempo de retencion", "periodo de retencion", "plazo de retencion", "retencion anos",
        "tiempo de conservacion", "plazo de conservacion", "tiempo de almacenamiento",
        "tiempo minimo de retencion", "tiempo de retencion anos", "anos de retencion", "vigencia",
        "tiempo de archivo", "permanencia", "periodo de conservacion", "tiempo",
    ),
    "disposicion": (
        "disposicion", "disposicion final", "destino final", "destino", "eliminacion", "accion final",
        "forma de eliminacion", "disposicion de los registros", "metodo de disposicion",
    ),
    "acceso": ("acceso", "nivel de acceso", "confidencialidad", "quien accede", "publico o reservado"),
    "modo": ("modo", "modo de control", "en el sistema", "se archiva", "forma de control", "modalidad"),
}  # fmt: skip
"""Atributo → cómo se llama su columna, sin tildes ni signos (ISO 9001:2008 4.2.4)."""

POR_MODO = {
    ARCHIVA: ("archiva", "se archiva", "se archiva aqui", "archivo", "si"),
    REFERENCIA: ("referencia", "se referencia", "externo", "en otro sistema", "no"),
    MUESTREA: ("muestrea", "se muestrea", "muestra", "muestreo", "por muestra", "por muestreo"),
    OCASIONAL: ("ocasional", "cuando ocurre", "se archiva cuando ocurre", "si ocurre", "segun ocurra"),
}
"""Modo → cómo se escribe en una celda."""

NO_HAY = (
    "", "-", "no aplica", "n/a", "na", "no hay", "ninguno", "no se generan", "no genera registros",
    "sin registros", "no genera", "no se generan registros", "no se identifican", "no corresponde",
    "no existen",
)  # fmt: skip
OTRAS = (
    "n", "no", "nro", "num", "numero", "item", "etapa", "actividad", "proceso", "version", "fecha",
    "observaciones", "base legal", "requisito", "requisitos", "frecuencia", "periodicidad",
)  # fmt: skip
"""Columnas que una tabla de registros suele traer y que no son atributos de su control."""
AJENA = "otra"
_POR_CAMPO = dict.fromkeys(OTRAS, AJENA) | {
    sinonimo: campo for campo, sinonimos in COLUMNAS.items() for sinonimo in sinonimos
}
_POR_MODO = {sinonimo: modo for modo, sinonimos in POR_MODO.items() for sinonimo in sinonimos}
_NUMERAL = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4})\s*[.):-]?\s+(?=\S)")
_SIGNOS = re.compile(r"[^\w\s/]+|_")
LARGO_DE_TITULO = 60


def es_titulo(titulo: str) -> bool:
    """Si una sección con ese título es la de registros: «Registros», «9. Control de registros:»."""
    return _sin_signos(_NUMERAL.sub("", comparable(titulo))) in TITULOS


def campo_de(celda: str) -> str:
    """El atributo que nombra un encabezado de columna; «otra» si no es de control; vacío si no es un título.

    «Tiempo de retención (años)» y «Responsable / custodio» se leen por lo que dicen entero, sin lo que va
    entre paréntesis, o por su primera alternativa.
    """
    if len(celda) > LARGO_DE_TITULO:
        return ""
    texto = comparable(celda)
    sin_parentesis = re.sub(r"\([^)]*\)", " ", texto)
    primera = re.split(r"[/,]|\by/o\b", sin_parentesis)[0]
    return next(
        (c for t in (texto, sin_parentesis, primera) if (c := _POR_CAMPO.get(_sin_signos(t), ""))), ""
    )


def modo_de(celda: str) -> str:
    """El modo que una celda dice; vacío si no dice ninguno conocido."""
    return _POR_MODO.get(_sin_signos(comparable(celda)), "")


def no_es_registro(codigo: str, nombre: str) -> bool:
    """Si la fila no pide nada: vacía, «no aplica», o la guía de una plantilla sin llenar («RG-ÁREA-NN»)."""
    con_numero = any(c.isdecimal() for c in codigo)
    return not con_numero and (
        comparable(nombre).strip(" .") in NO_HAY or (codigo and campo_de(nombre)) == "nombre"
    )


def _sin_signos(texto: str) -> str:
    return " ".join(_SIGNOS.sub(" ", texto).split())
