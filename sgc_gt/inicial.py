"""Lo que el programa trae: plantillas, documentos de partida y series de registros."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sgc_gt.dominio import rutas

_EN_PAQUETE = Path(__file__).parent / "_inicial"
_EN_FUENTE = Path(__file__).parent.parent


def raiz_inicial() -> Path:
    """La carpeta que contiene `plantillas_docx/`, `documentos/` y `registros/`."""
    return _EN_PAQUETE if _EN_PAQUETE.is_dir() else _EN_FUENTE


def plantillas() -> Mapping[str, bytes]:
    """Las plantillas y los tipos que trae el programa: nombre → bytes."""
    carpeta = raiz_inicial() / "plantillas_docx"
    return {a.name: a.read_bytes() for a in sorted(carpeta.iterdir()) if a.suffix in (".docx", ".yaml")}


def series() -> bytes:
    """El catálogo de series de registros que trae el programa."""
    return (raiz_inicial() / "registros" / "series.yaml").read_bytes()


def requisitos() -> Mapping[str, bytes]:
    """Los catálogos de requisitos que trae el programa, uno por sistema: nombre → bytes."""
    carpeta = raiz_inicial() / "registros" / "requisitos"
    return {a.name: a.read_bytes() for a in sorted(carpeta.glob("*.yaml"))}


def configuracion() -> Mapping[str, bytes]:
    """Los tipos, sus plantillas y los requisitos del programa: ruta en el servicio → bytes."""
    return {f"{rutas.PLANTILLAS}/{n}": d for n, d in plantillas().items()} | {
        f"{rutas.REQUISITOS}/{n}": d for n, d in requisitos().items()
    }


def documentos() -> Mapping[str, tuple[bytes, bytes]]:
    """Los documentos de partida: código → (identidad, datos)."""
    carpeta = raiz_inicial() / "documentos"
    return {
        a.parent.name: (a.read_bytes(), _datos(a.parent / "datos.yaml"))
        for a in sorted(carpeta.glob("*/*/identidad.yaml"))
    }


def _datos(archivo: Path) -> bytes:
    """Los datos del documento; vacíos si se deducen de las reglas del servicio."""
    return archivo.read_bytes() if archivo.is_file() else b""
