"""Dejar el paquete de auditoría: una carpeta y un zip, armados al lado y puestos de una vez, o nada.

Una carpeta que ya está se reemplaza solo si es un paquete anterior y nadie le agregó nada.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sgc_gt.consultas.leame import MARCA
from sgc_gt.consultas.paquete import FARDO, LEAME, Pieza
from sgc_gt.contexto import Vista
from sgc_gt.errores import NoSePudoEscribir, UsoIncorrecto, causa_de

SUMAS = "SHA256SUMS"
TROZO = 1 << 20
DEL_SISTEMA = frozenset({"Thumbs.db", "desktop.ini", ".DS_Store"})
"""Los deja el explorador de archivos al mirar una carpeta: no son de nadie."""
ANTERIOR = "anterior"
SIN_HORA = (1980, 1, 1, 0, 0, 0)
"""La única hora que un zip puede decir sin mirar el reloj."""


class Dejado(NamedTuple):
    """Lo que quedó: la carpeta, el zip, cuántos archivos y el resumen de SHA256SUMS, para anotarlo aparte."""

    carpeta: Path
    zip: Path
    archivos: int
    resumen: str


def zip_de(carpeta: Path) -> Path:
    """El zip va al lado de la carpeta, con su nombre."""
    return carpeta.with_name(f"{carpeta.name}.zip")


def exigir_propia(carpeta: Path) -> None:
    """UsoIncorrecto si ahí hay algo que no es un paquete nuestro entero: no se borra lo de nadie."""
    if carpeta.exists() and not carpeta.is_dir():
        raise UsoIncorrecto(
            "ahí hay un archivo, y el paquete es una carpeta",
            lugar=str(carpeta),
            hacer="elija el nombre de una carpeta con -o; el zip queda al lado",
        )
    if carpeta.is_dir() and any(carpeta.iterdir()) and not _es_paquete(carpeta):
        raise UsoIncorrecto(
            "esa carpeta tiene archivos que no son de un paquete de auditoría, y reemplazarla los borraría",
            lugar=str(carpeta),
            esperado="una carpeta nueva, una vacía, o un paquete anterior sin nada agregado",
            hacer="elija otra carpeta con -o, o saque de esa lo que no es del paquete",
        )
    zip_ = zip_de(carpeta)
    if zip_.exists() and not _es_zip_nuestro(zip_):
        raise UsoIncorrecto(
            "ya hay un archivo con el nombre que llevará el zip, y no es un paquete de auditoría",
            lugar=str(zip_),
            hacer="elija otra carpeta con -o, o mueva ese archivo",
        )


def _es_paquete(carpeta: Path) -> bool:
    """Si empieza por nuestro LEAME y no tiene más archivos que los que sus sumas nombran."""
    try:
        propio = (carpeta / LEAME).read_text("utf-8").startswith(MARCA)
        nombrados = {r for _, r in leer_sumas((carpeta / SUMAS).read_text("utf-8"))}
    except (OSError, UnicodeDecodeError):
        return False
    ajenas = set(_rutas(carpeta)) - {*nombrados, SUMAS}
    return propio and all(ruta.rpartition("/")[2] in DEL_SISTEMA for ruta in ajenas)


def _es_zip_nuestro(archivo: Path) -> bool:
    try:
        with zipfile.ZipFile(archivo) as z:
            return z.read(LEAME).startswith(MARCA.encode())
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def leer_sumas(texto: str) -> Iterator[tuple[str, str]]:
    """(sha256, ruta) de cada línea de SHA256SUMS."""
    for linea in texto.splitlines():
        suma, _, ruta = linea.partition("  ")
        yield suma, ruta


def dejar(vista: Vista, piezas: Iterable[Pieza], destino: Path) -> Dejado:
    """Arma el paquete al lado y lo pone en su lugar. NoSePudoEscribir si el disco no deja: nada cambió.

    Si ni siquiera lo anterior pudo volver a su lugar, no se borra: el rechazo dice dónde quedó.
    """
    carpeta = destino.absolute()
    exigir_propia(carpeta)
    obra: Path | None = None
    puesto = False
    try:
        carpeta.parent.mkdir(parents=True, exist_ok=True)
        obra = Path(tempfile.mkdtemp(prefix=f".{carpeta.name}.", dir=carpeta.parent))
        dentro = obra / "paquete"
        cuantos, resumen = _armar(vista, piezas, dentro)
        comprimido = obra / "paquete.zip"
        _comprimir(dentro, comprimido)
        _poner(obra / ANTERIOR, {dentro: carpeta, comprimido: zip_de(carpeta)})
        puesto = True
    except OSError as error:
        apartado = _apartado(obra)
        raise NoSePudoEscribir(
            f"no se pudo dejar el paquete: {causa_de(error)}"
            + (f"; el anterior no pudo volver a su lugar y quedó en {apartado}" if apartado else ""),
            lugar=str(carpeta),
            hacer="cierre lo que tenga abierto de ella, revise el permiso y el espacio"
            + (f", devuelva a su lugar lo que hay en {apartado}," if apartado else ",")
            + " y repita la orden",
        ) from None
    finally:
        if obra is not None and (puesto or not _apartado(obra)):
            shutil.rmtree(obra, ignore_errors=True)
    return Dejado(carpeta, zip_de(carpeta), cuantos, resumen)


def _apartado(obra: Path | None) -> Path | None:
    """Dónde está lo del paquete anterior que no ha vuelto a su lugar; None si no hay nada."""
    lugar = obra / ANTERIOR if obra else None
    return lugar if lugar and lugar.is_dir() and any(lugar.iterdir()) else None


def _armar(vista: Vista, piezas: Iterable[Pieza], carpeta: Path) -> tuple[int, str]:
    """Escribe cada pieza según llega, la historia, y al final las sumas de todo."""
    for ruta, contenido in piezas:
        archivo = carpeta / ruta
        archivo.parent.mkdir(parents=True, exist_ok=True)
        archivo.write_bytes(contenido)
    (carpeta / FARDO).parent.mkdir(parents=True, exist_ok=True)
    vista.repo.enfardar(carpeta / FARDO, vista.commit)
    rutas = sorted(_rutas(carpeta))
    sumas = "".join(f"{_sha256(carpeta / r)}  {r}\n" for r in rutas).encode()
    (carpeta / SUMAS).write_bytes(sumas)
    return len(rutas) + 1, hashlib.sha256(sumas).hexdigest()


def _rutas(carpeta: Path) -> Iterator[str]:
    for archivo in carpeta.rglob("*"):
        if archivo.is_file():
            yield archivo.relative_to(carpeta).as_posix()


def _sha256(archivo: Path) -> str:
    suma = hashlib.sha256()
    with archivo.open("rb") as abierto:
        while trozo := abierto.read(TROZO):
            suma.update(trozo)
    return suma.hexdigest()


def _comprimir(carpeta: Path, destino: Path) -> None:
    """Un zip que depende solo de lo que contiene: nombres en orden y ninguna hora."""
    with zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as z:
        for ruta in sorted(_rutas(carpeta)):
            entrada = zipfile.ZipInfo(ruta, SIN_HORA)
            entrada.compress_type = zipfile.ZIP_DEFLATED
            entrada.create_system = 3
            entrada.external_attr = 0o100644 << 16
            with (carpeta / ruta).open("rb") as origen, z.open(entrada, "w", force_zip64=True) as copia:
                shutil.copyfileobj(origen, copia, TROZO)


def _poner(anterior: Path, lugares: Mapping[Path, Path]) -> None:
    """Cada cosa nueva en el lugar de la vieja; si una no se puede, todas las viejas vuelven.

    Mientras dura, las viejas están en `anterior`, con su nombre: la que no pueda volver queda ahí.
    """
    apartadas: dict[Path, Path] = {}
    puestas: dict[Path, Path] = {}
    anterior.mkdir()
    # `rename` y no `replace`: si algo tiene abierto lo viejo, falla al apartarlo y no a medio reemplazar.
    try:
        for destino in lugares.values():
            if destino.exists():
                apartadas[anterior / destino.name] = destino
                destino.rename(anterior / destino.name)
        for nueva, destino in lugares.items():
            puestas[destino] = nueva
            nueva.rename(destino)
    except BaseException:  # también si la persona lo detiene
        for aqui, alla in (*puestas.items(), *apartadas.items()):
            if aqui.exists() and not alla.exists():
                with suppress(OSError):  # la que no puede volver, la dice quien llama
                    aqui.rename(alla)
        raise
