"""Los datos con que se emitió una versión, aunque ya no rija: los que la cadena guarda."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.actos import CONSERVADOS, VIGENTE
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import Version


def datos_de(vista: Vista, ficha: Ficha, v: Version) -> Mapping[str, Any]:
    """Los datos de una versión emitida o de un registro archivado; vacíos si no los trae o no se leen."""
    if not v.archivo:
        return {}
    carpeta, nombre = rutas.carpeta(ficha), rutas.datos_de(v.archivo)
    if v.estado in (VIGENTE, *CONSERVADOS):
        contenido = vista.leer(f"{carpeta}/{nombre}")
    else:
        contenido = _de_la_historia(vista, ficha, v, carpeta, nombre)
    if contenido is None:
        return {}
    # Aquí, y no arriba: un servicio sin esos tipos no paga lo que cuesta leer YAML.
    from sgc_gt.config.lectura import leer_yaml  # noqa: PLC0415

    valor = leer_yaml(contenido, f"{carpeta}/{nombre}")[0]
    return valor if isinstance(valor, dict) else {}


def _de_la_historia(vista: Vista, ficha: Ficha, v: Version, carpeta: str, nombre: str) -> bytes | None:
    """Los que quedaron al emitirla: en el lugar de la vigente, o esperando su fecha."""
    if v.emision is None:
        return None
    commit = [c.oid for c in vista.repo.bitacora(rutas.ruta_ficha(ficha))][v.emision.n - 1]
    lugares = (f"{carpeta}/{nombre}", f"{carpeta}/por_regir/{nombre}")
    return next((d for lugar in lugares if (d := vista.repo.leer(lugar, commit)) is not None), None)
