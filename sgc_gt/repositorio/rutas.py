"""Qué nombres de archivo admite la historia: los que Windows, Linux y git entienden igual.

git acepta CON.docx, «a:b» o dos nombres que solo difieren en mayúsculas, y falla después en otro equipo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sgc_gt.errores import EntradaInvalida

LARGO_MAXIMO = 120  # Windows admite 260 con la carpeta de cada usuario delante
CARPETAS_DE_CONTENIDOS = ("evidencias", "archivos")  # fuera de los objetos de git: se pueden eliminar un día
CARPETA_DE_BORRADOR = "borrador"
PARTE = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.-]*")
RESERVADO = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def exigir_rutas(archivos: Iterable[str], contenidos: Iterable[str]) -> None:
    """Rechaza rutas fuera de la gramática, o puestas en la carpeta que no les corresponde."""
    archivos = list(archivos)
    exigir_sin_choques(archivos)
    for ruta in archivos:
        exigir_ruta(ruta)
        if es_contenido(ruta):
            raise EntradaInvalida("una evidencia no se guarda en la historia, solo su ficha", lugar=ruta)
    for ruta in contenidos:
        exigir_ruta(ruta)
        if not es_contenido(ruta):
            raise EntradaInvalida(
                "una evidencia se guarda en su propia carpeta",
                lugar=ruta,
                esperado="…/evidencias/… o …/archivos/…",
            )


def exigir_sin_choques(rutas: Iterable[str]) -> None:
    """Dentro de un acto: ningún archivo es carpeta de otro, ni hay dos nombres iguales para Windows."""
    archivos = set(rutas)
    vistos: dict[str, str] = {}
    for ruta in sorted(archivos):
        partes = ruta.split("/")
        for largo in range(1, len(partes) + 1):
            tramo = "/".join(partes[:largo])
            if vistos.setdefault(tramo.lower(), tramo) != tramo or (tramo in archivos and tramo != ruta):
                raise EntradaInvalida(f"choca con «{vistos[tramo.lower()]}» en el mismo acto", lugar=ruta)


def exigir_ruta(ruta: str) -> None:
    partes = ruta.split("/")
    if len(ruta) > LARGO_MAXIMO or not all(_parte_valida(parte) for parte in partes):
        raise EntradaInvalida(
            "el nombre del archivo no sirve en todos los equipos",
            lugar=ruta,
            esperado=f"letras sin acento, números, «.», «-» y «_»; hasta {LARGO_MAXIMO} caracteres",
            hacer="Cambie el nombre del archivo y repita la orden.",
        )


def _parte_valida(parte: str) -> bool:
    return bool(
        PARTE.fullmatch(parte)
        and parte not in (".", "..")
        and parte.lower() != ".git"
        and not parte.endswith(".")
        and not RESERVADO.fullmatch(parte)
    )


def es_contenido(ruta: str) -> bool:
    """Si la ruta cae en una carpeta de contenidos (el nombre final no cuenta)."""
    return any(parte in CARPETAS_DE_CONTENIDOS for parte in ruta.split("/")[:-1])


def es_borrador(ruta: str) -> bool:
    """Los borradores los edita su dueño cuando quiere: un cambio ahí no es ajeno."""
    return CARPETA_DE_BORRADOR in ruta.split("/")[:-1]
