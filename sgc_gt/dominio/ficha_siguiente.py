"""La ficha que sigue a otra: se escribe y se lee solo el movimiento agregado."""

from __future__ import annotations

from sgc_gt.dominio.ficha import Ficha, escribir_ficha, leer_ficha

_FIN_DE_ACTOS = b"\n  ],\n"
_ANTES_DE_ACTOS = b'{\n  "actos": ['


def escribir_siguiente(datos_antes: bytes, despues: Ficha) -> bytes:
    """Los bytes de `escribir_ficha(despues)`, escribiendo solo el último movimiento.

    `datos_antes` son los de la ficha sin él, en su forma canónica: con cientos de movimientos, escribirlos
    todos de nuevo cuesta más que el resto del acto.
    """
    corte = datos_antes.rfind(_FIN_DE_ACTOS)
    if corte < 0 or not datos_antes.startswith(_ANTES_DE_ACTOS):
        return escribir_ficha(despues)
    sola = escribir_ficha(despues._replace(actos=despues.actos[-1:]))
    return datos_antes[:corte] + b"," + sola[len(_ANTES_DE_ACTOS) :]


def leer_siguiente(antes: Ficha, datos_antes: bytes, datos: bytes, lugar: str) -> Ficha | None:
    """La ficha de `datos` leyendo solo lo agregado; None si no es la anterior intacta más un movimiento.

    La forma canónica se escribe pieza por pieza y los movimientos van primero. Si lo anterior era canónico y
    sigue intacto, basta exigirlo de lo agregado y de la identidad. IntegridadRota si eso no se entiende.
    """
    corte = datos_antes.rfind(_FIN_DE_ACTOS)
    if corte < 0 or not datos_antes.startswith(_ANTES_DE_ACTOS):
        return None
    if datos[:corte] != datos_antes[:corte] or datos[corte : corte + 1] != b",":
        return None
    agregado = _ANTES_DE_ACTOS + datos[corte + 1 :]
    sola = leer_ficha(agregado, lugar)
    if len(sola.actos) != 1 or escribir_ficha(sola) != agregado:
        return None
    return sola._replace(actos=(*antes.actos, *sola.actos))
