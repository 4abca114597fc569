"""Dejar un archivo fuera de la carpeta del servicio: de una vez, o nada."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sgc_gt.errores import NoSePudoEscribir, UsoIncorrecto, causa_de

PREFIJO = ".sgc-"
"""Con qué empieza el nombre de un archivo a medio escribir."""

CONTROLADO = ("documentos", "registros", "plantillas_docx", ".git", "sgc.yaml")


def exigir_fuera(raiz: Path, destino: Path) -> None:
    """UsoIncorrecto si el destino cae donde el sistema guarda lo controlado: una copia no lo pisa."""
    absoluto = destino.absolute().resolve()
    casa = raiz.absolute().resolve()
    if absoluto.is_relative_to(casa) and absoluto.relative_to(casa).parts[:1] in [(c,) for c in CONTROLADO]:
        raise UsoIncorrecto(
            "ahí viven los documentos controlados: una copia los pisaría",
            lugar=str(destino),
            hacer="elija otra carpeta con -o",
        )


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
