"""Qué archivo que ya está se puede reemplazar sin preguntar: el que este programa dejó y nadie ha tocado.

Así la orden de cada semana se repite sobre el mismo archivo, y lo que alguien escribió o anotó no se pierde.
"""

from __future__ import annotations

from pathlib import Path

COMIENZO = 4096
PROPIOS = {
    ".html": b'<meta name="generator" content="sgc-gt">',
    ".htm": b'<meta name="generator" content="sgc-gt">',
    ".ics": b"PRODID:-//sgc-gt//",
    ".eml": b"X-Unsent: 1",
}
"""Lo que lleva en la cabeza cada archivo nuestro que nadie edita."""
EN_RENGLONES = (".csv", ".txt")


def reemplazable(archivo: Path, nuevo: bytes) -> bool:
    """Si dejar ahí lo nuevo no pierde nada de nadie. Lo que no se puede leer no se reemplaza.

    Un Word se reemplaza solo por el mismo: en uno se anota, y las propiedades no lo dicen.
    """
    clase = archivo.suffix.lower()
    try:
        anterior = archivo.read_bytes()
    except OSError:
        return False
    if anterior == nuevo:
        return True
    if clase in PROPIOS:
        return PROPIOS[clase] in anterior[:COMIENZO]
    if clase in EN_RENGLONES:
        return _titulo(anterior) == _titulo(nuevo)
    if clase not in (".xlsx", ".pdf"):
        return False
    from sgc_gt.word.origen import origen  # noqa: PLC0415  (pypdf, solo si ya hay un archivo)

    return bool(de := origen(anterior)) and de == origen(nuevo)


def _titulo(contenido: bytes) -> bytes:
    return contenido.split(b"\n", 1)[0].strip()
