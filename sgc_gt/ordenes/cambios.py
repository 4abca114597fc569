"""Los cambios de un borrador respecto de la versión que rige, y la fila que se propone para contarlos."""

from __future__ import annotations

from datetime import date
from typing import Any

from sgc_gt.comparacion.secciones import comparar_secciones
from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.forma import FormaNormal
from sgc_gt.dominio.situacion import situacion
from sgc_gt.word.extraer import forma_normal


def forma_vigente(vista: Vista, ficha: Ficha, fecha: date) -> FormaNormal | None:
    """La forma normal de la versión que rige en esa fecha; None si no hay, o no es de Word."""
    rige = situacion(ficha, fecha).vigente
    if rige is None or not rige.archivo.endswith(".docx"):
        return None
    contenido = vista.leer(f"{rutas.carpeta(ficha)}/{rige.archivo}")
    return None if contenido is None else forma_normal(contenido)


def entre(antes: FormaNormal | None, despues: FormaNormal) -> list[dict[str, Any]]:
    """Los cambios por sección; ninguno si no hay con qué comparar."""
    return [] if antes is None else comparar_secciones(antes, despues)
