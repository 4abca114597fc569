"""El historial en una consola: cada movimiento en tres o cuatro líneas, como se cuenta."""

from __future__ import annotations

from collections.abc import Iterator

from sgc_gt.cli.cuadro import parrafo
from sgc_gt.dominio.tabla import Fila, Tabla, texto_de

COMODO = 100
"""Un renglón más largo que esto se lee mal."""
ANGOSTO = 40


def en_renglones(tabla: Tabla, ancho: int) -> str:
    """La tabla del historial (`historial_palabras.en_pantalla`), leída de corrido."""
    ancho = max(ancho, ANGOSTO)
    claves = {c.clave for c in tabla.columnas}
    lineas = [tabla.titulo, tabla.subtitulo]
    for fila in tabla.filas:
        lineas += ["", *_movimiento(fila, ancho, con_codigo="codigo" in claves)]
    if not tabla.filas:
        lineas += ["", "Sin filas."]
    for nota in tabla.notas:
        lineas += ["", *parrafo(nota, ancho)]
    return "\n".join(lineas) + "\n"


def _movimiento(f: Fila, ancho: int, *, con_codigo: bool) -> Iterator[str]:
    version = f", versión {f['version']}" if f["version"] else ""
    codigo = f"{f['codigo']}  " if con_codigo else ""
    numero = f"{f['n']}".ljust(4)
    primera = parrafo(f"{codigo}{texto_de(f['fecha'])}  {f['acto']}{version}", ancho, " " * len(numero))
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
            yield from parrafo(dicho, ancho, " " * len(numero))


def _registro(anotado: str) -> str:
    return "" if anotado in ("", "el mismo día") else f"registrado el {anotado}"


def _codigo(f: Fila) -> str:
    codigo = f"código de verificación {f['codigo_verificacion']}" if f["codigo_verificacion"] else ""
    return "; ".join(filter(None, (codigo, str(f["firma_dicha"]))))
