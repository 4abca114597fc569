"""En qué forma se entrega el historial y dónde se deja."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sgc_gt.cli.sesion import Sesion

TEXTO, CSV, HTML = "texto", "csv", "html"
EXTENSIONES = {".txt": TEXTO, ".csv": CSV, ".html": HTML, ".htm": HTML}


class Salida(NamedTuple):
    """En qué forma y dónde se deja; sin lugar y en texto, es la pantalla."""

    formato: str
    lugar: Path | None

    @classmethod
    def pedida(cls, formato: str | None, lugar: Path | None) -> Salida:
        """La que se pidió: sin decir la forma, la que dice el nombre; UsoIncorrecto si no calzan."""
        if lugar:
            from sgc_gt.ordenes.salida import exigir_nombre  # noqa: PLC0415  (solo si se deja)

            exigir_nombre(lugar, tuple(e for e, f in EXTENSIONES.items() if formato in (None, f)))
        por_nombre = EXTENSIONES.get(lugar.suffix.lower(), TEXTO) if lugar else TEXTO
        return cls(formato or por_nombre, lugar)

    @property
    def en_pantalla(self) -> bool:
        """Si no se deja en ningún archivo."""
        return self.lugar is None and self.formato == TEXTO

    def dejar(self, sesion: Sesion, nombre: str, contenido: bytes) -> str:
        """El archivo, escrito fuera de lo controlado; si se dio una carpeta, con ese nombre."""
        from sgc_gt.ordenes.salida import dejar  # noqa: PLC0415  (solo si se deja)

        lugar = self.lugar or Path.cwd()
        extension = next(e for e, f in EXTENSIONES.items() if f == self.formato)
        destino = lugar / f"{nombre}{extension}" if lugar.is_dir() else lugar
        return str(dejar(sesion.raiz, {destino: contenido})[0])
