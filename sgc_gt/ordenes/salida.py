"""Dejar un archivo fuera de la carpeta del servicio: de una vez, o nada, y nunca encima de lo ajeno."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from sgc_gt.errores import NoSePudoEscribir, UsoIncorrecto, causa_de
from sgc_gt.ordenes.reemplazo import reemplazable
from sgc_gt.repositorio.apertura import es_historia_sola

PREFIJO = ".sgc-"
"""Con qué empieza el nombre de un archivo a medio escribir."""
PAGINA = (".html", ".htm")


def dentro(casa: Path, lugar: Path) -> tuple[str, ...] | None:
    """El camino de la casa al lugar, siguiendo los accesos a otras carpetas; None si está fuera."""
    aqui, real = casa.absolute().resolve(), lugar.absolute().resolve()
    return real.relative_to(aqui).parts if real.is_relative_to(aqui) else None


def exigir_fuera(raiz: Path, destino: Path, asi: str = "-o ..") -> None:
    """UsoIncorrecto si el destino cae en la carpeta del servicio: mirar no la cambia. `asi`: cómo se pide."""
    if dentro(raiz, destino) is None:
        return
    raise UsoIncorrecto(
        "esa carpeta es una copia de la historia: un archivo ahí la dañaría"
        if es_historia_sola(raiz)
        else "está dentro de la carpeta del servicio, que guarda solo lo del sistema",
        lugar=str(destino),
        hacer=f"elija un lugar fuera de la carpeta del servicio, por ejemplo: {asi}",
    )


def exigir_nombre(destino: Path, validas: Collection[str], opcion: str = "-o") -> None:
    """UsoIncorrecto si el nombre promete otra clase de archivo: ningún programa lo abriría."""
    if destino.is_dir() or destino.suffix.lower() in validas:
        return
    raise UsoIncorrecto(
        f"lo que se deja no es un archivo «{destino.suffix}»"
        if destino.suffix
        else "no existe esa carpeta, y como nombre de archivo le falta la extensión",
        lugar=str(destino),
        esperado="un nombre terminado en " + ", ".join(validas),
        hacer=f"elija otro nombre con {opcion}",
    )


def dejar(raiz: Path | None, archivos: Mapping[Path, bytes], asi: str = "-o ..") -> list[Path]:
    """Escribe lo que una consulta deja: todo o nada fuera del servicio, y sin pisar lo que otro hizo."""
    for destino, contenido in archivos.items():
        if raiz is not None:
            exigir_fuera(raiz, destino, asi)
        if destino.is_file() and not reemplazable(destino, contenido):
            raise UsoIncorrecto(
                "ya hay un archivo con ese nombre y dice otra cosa",
                lugar=str(destino),
                hacer=f"muévalo o bórrelo si ya no le sirve, o elija otro nombre con {asi.partition(' ')[0]}",
            )
    return [guardar(destino, contenido) for destino, contenido in archivos.items()]


def guardar(destino: Path, contenido: bytes) -> Path:
    """Escribe el archivo con temporal y reemplazo; NoSePudoEscribir con lo que se puede hacer."""
    import tempfile  # noqa: PLC0415  (15 ms que mirar no paga)

    if destino.is_dir():
        raise UsoIncorrecto(
            "es una carpeta y se esperaba un archivo",
            lugar=str(destino),
            hacer="agregue el nombre del archivo, y repita la orden",
        )
    for carpeta in destino.parents:
        if carpeta.is_file():
            raise UsoIncorrecto(
                "es un archivo, no una carpeta",
                lugar=str(carpeta),
                hacer="diga una carpeta, o el nombre de una que todavía no existe, y repita la orden",
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
