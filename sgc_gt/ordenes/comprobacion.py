"""El chequeo de forma desde las órdenes: con lo que este piso sabe de datos y plantillas."""

from __future__ import annotations

from datetime import date

from sgc_gt.consultas.comprobar import Revision
from sgc_gt.consultas.formas_leidas import FormasLeidas
from sgc_gt.consultas.revisado import Taller
from sgc_gt.contexto import Vista
from sgc_gt.dominio.alertas import Alerta
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import Version
from sgc_gt.ordenes import borrador as taller

TALLER: Taller = taller
"""Qué falta en los datos y qué guías trae la plantilla: lo que el chequeo pregunta a este piso."""


def impedimentos(
    vista: Vista, ficha: Ficha, v: Version, contenido: bytes, datos: bytes | None, fecha: date
) -> list[Alerta]:
    """Las alertas que impiden enviar ese contenido: las de la línea base de un importado no cuentan."""
    revision = Revision(vista, TALLER, fecha, FormasLeidas(vista.repo.raiz))
    return revision.impedimentos(ficha, v, contenido, datos)
