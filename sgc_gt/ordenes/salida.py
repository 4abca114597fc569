"""Dejar un archivo fuera de la carpeta del servicio: de una vez, o nada."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sgc_gt.errores import NoSePudoEscribir, UsoIncorrecto, causa_de
from sgc_gt.repositorio.apertura import es_historia_sola

PREFIJO = ".sgc-"
"""Con qué empieza el nombre de un archivo a medio escribir."""
_COMIENZO = 2048  # el título está en la cabeza de la página

CONTROLADO = frozenset({"documentos", "registros", "plantillas_docx", "sgc.yaml"})
"""Lo del sistema en la carpeta del servicio; también, lo que empieza por `.git`."""


def dentro(casa: Path, lugar: Path) -> tuple[str, ...] | None:
    """El camino de la casa al lugar, siguiendo los accesos a otras carpetas; None si está fuera."""
    aqui, real = casa.absolute().resolve(), lugar.absolute().resolve()
    return real.relative_to(aqui).parts if real.is_relative_to(aqui) else None


def exigir_fuera(raiz: Path, destino: Path) -> None:
    """UsoIncorrecto si el destino cae donde el sistema guarda lo controlado: una copia no lo pisa.

    Una historia sola, sin carpeta de trabajo, es toda del sistema.
    """
    camino = dentro(raiz, destino)
    if camino is None:
        return
    if es_historia_sola(raiz):
        raise UsoIncorrecto(
            "esa carpeta es una copia de la historia: un archivo ahí la dañaría",
            lugar=str(destino),
            hacer="elija otra carpeta con -o",
        )
    primera = camino[0].lower() if camino else ""  # Windows no distingue «Documentos» de «documentos»
    if primera in CONTROLADO or primera.startswith(".git"):
        raise UsoIncorrecto(
            "ahí viven los documentos controlados: una copia los pisaría",
            lugar=str(destino),
            hacer="elija otra carpeta con -o",
        )


def exigir_pagina(destino: Path, titulo: str) -> None:
    """UsoIncorrecto si el destino no es un .html, o si ya está y no es una página con ese título."""
    if destino.suffix.lower() not in (".html", ".htm"):
        raise UsoIncorrecto(
            "es una página, y el nombre del archivo dice otra cosa",
            lugar=str(destino),
            esperado="un nombre terminado en .html, o una carpeta que exista",
            hacer="elija otro nombre con -o",
        )
    if destino.is_file() and f"<title>{titulo}".encode() not in _comienzo(destino):
        raise UsoIncorrecto(
            "ya hay un archivo con ese nombre y es otra cosa",
            lugar=str(destino),
            hacer="muévalo o bórrelo si ya no le sirve, o elija otro nombre con -o",
        )


def _comienzo(archivo: Path) -> bytes:
    """Los primeros bytes; ninguno si no se puede leer: lo que no se sabe qué es no se reemplaza."""
    try:
        with archivo.open("rb") as abierto:
            return abierto.read(_COMIENZO)
    except OSError:
        return b""


def guardar(destino: Path, contenido: bytes) -> Path:
    """Escribe el archivo con temporal y reemplazo; NoSePudoEscribir con lo que se puede hacer."""
    import tempfile  # noqa: PLC0415  (15 ms que mirar no paga)

    if destino.is_dir():
        raise UsoIncorrecto(
            "es una carpeta y se esperaba un archivo",
            lugar=str(destino),
            hacer="agregue el nombre del archivo, y repita la orden",
        )
    temporal: Path | None = None
    try:
        destino.parent.mkdir(parents=True, exist_ok=True)
        numero, nombre = tempfile.mkstemp(dir=destino.parent, prefix=PREFIJO)
        temporal = Path(nombre)
        with os.fdopen(numero, "wb") as archivo:
            archivo.write(contenido)
        temporal.chmod(0o644)
        temporal.replace(destino)
    except OSError as error:
        if temporal:
            with suppress(OSError):
                temporal.unlink()
        raise NoSePudoEscribir(
            f"no se pudo escribir: {causa_de(error)}",
            lugar=str(destino),
            hacer="cierre el archivo si está abierto, revise el permiso y el espacio, y repita la orden",
        ) from None
    return destino
