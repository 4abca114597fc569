"""El historial en una consola: cada movimiento en tres o cuatro líneas, como se cuenta."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from sgc_gt.dominio.tabla import Fila, Tabla, texto_de

COMODO = 100
"""Un renglón más largo que esto se lee mal."""


def en_renglones(tabla: Tabla, ancho: int) -> str:
    """La tabla del historial (`historial_palabras.en_pantalla`), leída de corrido."""
    claves = {c.clave for c in tabla.columnas}
    lineas = [tabla.titulo, tabla.subtitulo]
    for fila in tabla.filas:
        lineas += ["", *_movimiento(fila, ancho, con_codigo="codigo" in claves)]
    if not tabla.filas:
        lineas += ["", "Sin filas."]
    for nota in tabla.notas:
        lineas += ["", *_parrafo(nota, 0, ancho)]
    return "\n".join(lineas) + "\n"


def _movimiento(f: Fila, ancho: int, *, con_codigo: bool) -> Iterator[str]:
    version = f", versión {f['version']}" if f["version"] else ""
    codigo = f"{f['codigo']}  " if con_codigo else ""
    numero = f"{f['n']}".ljust(4)
    primera = _parrafo(f"{codigo}{texto_de(f['fecha'])}  {f['acto']}{version}", len(numero), ancho)
    yield numero + primera[0].strip()
    yield from primera[1:]
    for partes in (
        (f["detalle"],),
        (f["motivo"],),
        (f["cargo"], f["persona"]),
        (f["origen"], f["respaldo"]),
        (_registro(str(f["anotado"])),),
        (_codigo(f),),
    ):
        dicho = ", ".join(str(p) for p in partes if p)
        if dicho:
            yield from _parrafo(dicho, len(numero), ancho)


def _registro(anotado: str) -> str:
    return "" if anotado in ("", "el mismo día") else f"registrado el {anotado}"


def _codigo(f: Fila) -> str:
    codigo = f"código de verificación {f['codigo_verificacion']}" if f["codigo_verificacion"] else ""
    return "; ".join(filter(None, (codigo, str(f["firma_dicha"]))))


def _parrafo(texto: str, sangria: int, ancho: int) -> list[str]:
    margen = " " * sangria
    return textwrap.wrap(
        texto,
        max(ancho, 40),
        initial_indent=margen,
        subsequent_indent=margen,
        break_long_words=False,
        break_on_hyphens=False,
    )
