"""El resumen de lo que hace una página: si cambia una plantilla, lo ya hecho no está al día."""

from __future__ import annotations

import hashlib
from pathlib import Path

PUNTO_DE_USO = ("publicado.html", "publicado.css", "publicado.js", "enlace.html")
"""Las plantillas de la carpeta publicada."""


def resumen_de_plantillas(*nombres: str) -> str:
    """El SHA-256 de esos archivos de plantilla, y de la base común. No carga la biblioteca de plantillas."""
    suma = hashlib.sha256()
    for nombre in ("base.html", "hoja.css", *nombres):
        suma.update((Path(__file__).parent / nombre).read_bytes())
    return suma.hexdigest()
