"""El correo que alguien trae como respaldo (.eml): de quién es y de cuándo."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes, policy
from email.headerregistry import AddressHeader, DateHeader
from typing import NamedTuple


class Correo(NamedTuple):
    """Lo que el correo dice de sí, el `remitente` en minúsculas; lo que no dice o no se entiende, vacío."""

    remitente: str
    dia: date | None


def leer_correo(contenido: bytes, nombre: str) -> Correo | None:
    """El remitente y el día de un .eml; None si el archivo es de otra clase."""
    if not nombre.lower().endswith(".eml"):
        return None
    mensaje = message_from_bytes(contenido, policy=policy.default)
    de, dia = mensaje["from"], mensaje["date"]
    direcciones = de.addresses if isinstance(de, AddressHeader) else ()
    momento = dia.datetime if isinstance(dia, DateHeader) else None
    remitente = next((d.addr_spec.lower() for d in direcciones if d.domain), "")
    return Correo(remitente, momento.date() if momento else None)
