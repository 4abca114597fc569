"""Qué pide la norma sobre documentos y registros, en palabras propias, y dónde responde el procedimiento.

Las cláusulas son datos por edición: el texto oficial tiene derechos de autor y no está aquí.
"""

from __future__ import annotations

from sgc_gt.reglas.control_palabras import lugar

_2008 = (
    ("4.2.3 a)", "Aprobar cada documento antes de emitirlo.", ("aprobacion", "circuitos")),
    ("4.2.3 b)", "Revisarlo, ponerlo al día si hace falta y aprobarlo de nuevo.", ("cambios", "tipos")),
    ("4.2.3 c)", "Que se sepa qué cambió y cuál es la versión que rige.", ("vigencia", "cambios")),
    ("4.2.3 d)", "Que la versión que rige esté donde se usa.", ("uso",)),
    ("4.2.3 e)", "Que se lea bien y se reconozca.", ("codigo", "vigencia")),
    ("4.2.3 f)", "Identificar los documentos externos y controlar su distribución.", ("externos",)),
    ("4.2.3 g)", "Que nadie use por error lo obsoleto, y marcarlo si se conserva.", ("obsoletos",)),
    (
        "4.2.4",
        "Identificar, guardar, proteger, recuperar, retener y disponer los registros.",
        ("registros", "series"),
    ),
)
_2015 = (
    (
        "7.5.1",
        "Tener la información documentada que la norma y el Servicio necesitan.",
        ("codigo", "codigos"),
    ),
    ("7.5.2 a)", "Identificarla y describirla.", ("codigo", "vigencia")),
    ("7.5.2 b)", "Darle un formato y un soporte adecuados.", ("elaboracion",)),
    ("7.5.2 c)", "Revisarla y aprobarla: que sea conveniente y suficiente.", ("aprobacion", "circuitos")),
    ("7.5.3.1 a)", "Que esté disponible donde y cuando se necesita.", ("uso",)),
    ("7.5.3.1 b)", "Protegerla de pérdidas, mal uso y alteraciones.", ("constancia", "obsoletos")),
    ("7.5.3.2 a)", "Controlar su distribución, acceso, recuperación y uso.", ("uso",)),
    ("7.5.3.2 b)", "Almacenarla y conservarla legible.", ("registros", "obsoletos")),
    ("7.5.3.2 c)", "Controlar los cambios.", ("cambios", "movimientos")),
    ("7.5.3.2 d)", "Conservarla el tiempo fijado y disponer de ella.", ("registros", "series")),
    ("7.5.3.2", "Identificar y controlar la de origen externo.", ("externos",)),
    ("7.5.3.2", "Proteger de cambios la que se guarda como evidencia.", ("registros", "constancia")),
)
_EDICIONES = {"ISO 9001:2008": _2008, "ISO 9001:2015": _2015}
_RESUMEN = {"ISO 9001:2008": "las cláusulas 4.2.3 y 4.2.4", "ISO 9001:2015": "la cláusula 7.5"}


def resumen(norma: str) -> str:
    """Las cláusulas que este procedimiento responde, para una oración."""
    return _RESUMEN[norma]


def clausulas(norma: str) -> tuple[tuple[str, str, str], ...]:
    """Cláusula, qué pide y dónde se responde, en la edición que rige."""
    return tuple((clave, pide, ", ".join(map(lugar, donde))) for clave, pide, donde in _EDICIONES[norma])
