"""Qué nombres no son documentos de nadie: temporales, avisos de «abierto», restos de la nube y lo nuestro."""

from __future__ import annotations

import re

_AJENOS = re.compile(
    r"""
      ~\$.* | .*\.tmp | .*\.temp | .*\.crdownload | .*\.part | .*\.sb-.* | .*\.partial | .*\.bak
    | \..*                                   # .DS_Store, .sb-1a2b, .~lock.x#, temporales de sincronizadores
    | thumbs\.db | desktop\.ini | .*\.lnk
    | ~wr[dlf]\d+\..* | .*~rf[0-9a-f]+\.tmp  # lo que Word deja a medio guardar
    """,
    re.VERBOSE | re.IGNORECASE,
)
PROPIO = ".sgc-"
"""Comienzo de los archivos de paso que el sistema escribe en una carpeta ajena."""
CON_OBSERVACIONES = " (con observaciones)"
NO_RECIBIDO = " (no se recibió).txt"
EDICION = " (edición directa "


def ignorado(nombre: str) -> bool:
    """Si el archivo no es un documento: un temporal, un aviso, un resto."""
    return _AJENOS.fullmatch(nombre) is not None or nombre.endswith(NO_RECIBIDO)


def de_texto(nombre: str) -> bool:
    """Si el nombre es el de un documento de texto, aunque sea de una clase que no se recibe."""
    return nombre.lower().endswith((".docx", ".docm", ".doc", ".dotx", ".odt", ".rtf"))


def avisos(nombre: str) -> tuple[str, ...]:
    """Los nombres con que Word y LibreOffice avisan que tienen abierto ese archivo.

    Word reemplaza las dos primeras letras, una si el nombre es corto, o ninguna.
    """
    return (f"~${nombre}", f"~${nombre[1:]}", f"~${nombre[2:]}", f".~lock.{nombre}#")


def con_observaciones(nombre: str) -> str:
    """«PR-FOM-03_v02.docx» → «PR-FOM-03_v02 (con observaciones).docx»; la de una copia es ella misma."""
    raiz, punto, extension = nombre.rpartition(".")
    return f"{raiz.removesuffix(CON_OBSERVACIONES)}{CON_OBSERVACIONES}{punto}{extension}"


def no_recibido(nombre: str) -> str:
    """«PR-FOM-03_v02.docx» → «PR-FOM-03_v02 (no se recibió).txt»."""
    return f"{nombre.rpartition('.')[0]}{NO_RECIBIDO}"


def edicion_directa(nombre: str, cuando: str) -> str:
    """«PR-FOM-03_v02 (edición directa 25-11-2026 0914).docx»."""
    raiz, punto, extension = nombre.rpartition(".")
    return f"{raiz}{EDICION}{cuando}){punto}{extension}"
