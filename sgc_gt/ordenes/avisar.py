"""Sacar lo pendiente de la pantalla: un calendario, un borrador de correo por persona, o el envío."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sgc_gt.avisos.calendario import calendario
from sgc_gt.avisos.correo import Destino, enviar, mensaje, por_persona
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio.pendientes import Pendiente
from sgc_gt.ordenes.salida import exigir_fuera, guardar

_NO_EN_NOMBRES = re.compile(r"[^a-z0-9@._-]")


class Reparto(NamedTuple):
    """A quién le toca cada cosa, y los cargos con pendientes que hoy nadie ejerce."""

    destinos: list[Destino]
    vacantes: tuple[str, ...]


def repartir(vista: Vista, pendientes: Sequence[Pendiente], ahora: datetime) -> Reparto:
    """Un destino por persona: titulares del cargo y quienes hoy lo subrogan."""
    org = vista.organizacion
    cargos = {p.cargo for p in pendientes}
    quienes = {c: org.pueden_por(c, ahora.date()) for c in cargos}
    return Reparto(*por_persona(pendientes, quienes, {c: org.nombre_cargo(c) for c in cargos}))


def dejar_calendario(
    ctx: Contexto, vista: Vista, pendientes: Sequence[Pendiente], ahora: datetime, destino: Path
) -> Path:
    """El archivo .ics con los pendientes."""
    exigir_fuera(ctx.raiz, destino)
    return guardar(destino, calendario(pendientes, vista.servicio.nombre, ahora))


def dejar_correos(
    ctx: Contexto, vista: Vista, destinos: Sequence[Destino], ahora: datetime, carpeta: Path
) -> list[Path]:
    """Un archivo .eml por persona: se abre con doble clic, se revisa y se envía."""
    exigir_fuera(ctx.raiz, carpeta)
    return [
        guardar(
            carpeta / f"pendientes_{ahora.date().isoformat()}_{_NO_EN_NOMBRES.sub('-', d.correo)}.eml",
            bytes(mensaje(d, vista.servicio.nombre, ahora)),
        )
        for d in destinos
    ]


def enviar_correos(
    vista: Vista, destinos: Sequence[Destino], ahora: datetime, servidor: str, remitente: str
) -> None:
    """Entrega los correos al servidor; NoSePudoEscribir con los que no salieron."""
    nombre = vista.servicio.nombre
    enviar({d.correo: mensaje(d, nombre, ahora, remitente) for d in destinos}, servidor)
