"""Las columnas de la planilla de importación: la misma tabla la escribe y la lee."""

from __future__ import annotations

from typing import NamedTuple

TEXTO, FECHA, LISTA, CARGO, CARGOS, VARIOS = "texto", "fecha", "lista", "cargo", "cargos", "varios"

DOCUMENTOS, FORMATOS, NO_ENTENDIDO, LEAME, OPCIONES = (
    "Documentos",
    "Formatos",
    "No se entendió",
    "Léame",
    "Opciones",
)
"""Los nombres de las hojas; «Opciones» va oculta: son los valores que las listas ofrecen."""


class ColumnaPlanilla(NamedTuple):
    """Una columna: el campo de la fila, su título, y si la persona la llena."""

    campo: str
    titulo: str
    ancho: int
    clase: str = TEXTO
    editable: bool = True
    debida: bool = False
    """Sin ella una fila no se importa."""
    nota: str = ""
    """Lo que la celda de título explica al pasar sobre ella."""
    oculta: bool = False


COLUMNAS = (
    ColumnaPlanilla("decision", "Decisión", 12, LISTA, debida=True, nota="importar, evidencia u omitir"),
    ColumnaPlanilla("estado", "Sería", 18, editable=False, nota="Lo que la fila será si se importa así"),
    ColumnaPlanilla("archivo", "Archivo", 44, editable=False),
    ColumnaPlanilla(
        "codigo", "Código", 13, debida=True, nota="Si el documento cambia de código, escriba el nuevo"
    ),
    ColumnaPlanilla("version", "Versión", 9, debida=True),
    ColumnaPlanilla("titulo", "Título", 36, debida=True),
    ColumnaPlanilla("tipo", "Tipo", 18, LISTA, debida=True),
    ColumnaPlanilla("area", "Área", 8, LISTA, debida=True),
    ColumnaPlanilla("aprobado", "Aprobado el", 12, FECHA),
    ColumnaPlanilla(
        "vigente_desde", "Vigente desde", 12, FECHA, debida=True, nota="La fecha original, no la de hoy"
    ),
    ColumnaPlanilla("proxima_revision", "Próxima revisión", 12, FECHA, editable=False),
    ColumnaPlanilla("problemas", "Problemas", 60, VARIOS, editable=False),
    ColumnaPlanilla(
        "elabora", "Elabora", 26, CARGO, debida=True, nota="Quién elaborará las versiones que vengan"
    ),
    ColumnaPlanilla("revisa", "Revisa", 26, CARGOS, nota="Si son varios cargos, sepárelos con «;»"),
    ColumnaPlanilla("aprueba", "Aprueba", 26, CARGO, debida=True),
    ColumnaPlanilla("responsable", "Responsable", 26, CARGO, debida=True, nota="El responsable del proceso"),
    ColumnaPlanilla(
        "respaldo", "Respaldo", 34, VARIOS, nota="Archivos que prueban la aprobación, separados por «;»"
    ),
    ColumnaPlanilla("resolucion", "N° de resolución", 12),
    ColumnaPlanilla("anterior", "Código que trae", 13, editable=False),
    ColumnaPlanilla("elaboro", "Elaboró, según el documento", 24),
    ColumnaPlanilla("reviso", "Revisó, según el documento", 24),
    ColumnaPlanilla("aprobo", "Aprobó, según el documento", 24),
    ColumnaPlanilla("familia", "Formato", 14, editable=False),
    ColumnaPlanilla("sha256", "Comprobación del archivo", 14, editable=False, oculta=True),
)
POR_TITULO = {c.titulo: c for c in COLUMNAS}
SEPARADOR = "; "
