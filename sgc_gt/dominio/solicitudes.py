"""Solicitudes: qué se puede pedir, por dónde va cada una y qué documento la atiende (I-25, I-42).

Fuente: dominio §2.5 (las presenta cualquier persona), §2.6 (sus campos); ISO 9001:2008 4.2.3 b).
"""

from __future__ import annotations

from collections.abc import Mapping

from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.servicio import RutaSolicitud, Servicio, Tipo

PIDE, DOCUMENTO, DECISION, CON = "pide", "documento", "decision", "con"
"""Con estas claves el movimiento dice qué se pide, de qué documento, cómo se resolvió y con cuál se unió."""
SOLICITUD = "solicitud"
"""Con esta clave un movimiento dice qué solicitud atiende."""

CREACION = "creacion"
QUE = {
    CREACION: "creación de un documento",
    "modificacion": "modificación de un documento",
    "anulacion": "anulación de un documento",
    "adecuacion": "adecuación de la implementación",
    "mejora": "mejora",
    "recursos": "recursos",
}
DECISIONES = {
    "aceptada": "aceptada",
    "rechazada": "rechazada",
    "devuelta": "devuelta a quien la presentó",
    "unida": "unida a otra solicitud",
}
ATIENDE: Mapping[str, frozenset[str]] = {
    "crear": frozenset({"creacion", "adecuacion", "mejora", "recursos"}),
    "nueva-version": frozenset({"modificacion", "adecuacion", "mejora", "recursos"}),
    "dejar-sin-efecto": frozenset({"anulacion", "adecuacion", "mejora"}),
}
"""Qué solicitudes puede atender cada acto."""
SOBRE_UN_DOCUMENTO = frozenset({"modificacion", "anulacion"})
"""Las que no se entienden sin decir de qué documento."""


def tipo_de_solicitudes(servicio: Servicio) -> Tipo | None:
    """El tipo cuyos registros son solicitudes; None si el servicio no lo lleva."""
    return next((t for t in servicio.tipos.values() if t.rutas), None)


def ruta_de_solicitud(servicio: Servicio, tipo: Tipo, pide: str, cargo: str) -> RutaSolicitud | None:
    """La primera ruta que admite lo que se pide y a quien lo pide."""
    for ruta in tipo.rutas:
        suyos = {c for rol in ruta.de for c in servicio.con_rol(rol)}
        if pide in ruta.pide and (not ruta.de or cargo in suyos):
            return ruta
    return None


def resolucion_de(ficha: Ficha) -> Movimiento | None:
    """El movimiento que la resolvió, si ya se resolvió."""
    return next((m for m in ficha.actos if m.acto == "resolver"), None)


def decision_de(ficha: Ficha) -> str:
    """Cómo se resolvió; vacío si todavía no."""
    m = resolucion_de(ficha)
    return str(m.extra[DECISION]) if m else ""
