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
from sgc_gt.ordenes.salida import dejar, exigir_fuera, exigir_nombre

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
    asi = f"--ics ../{destino.name}"
    exigir_fuera(ctx.raiz, destino, asi)
    exigir_nombre(destino, (".ics",), "--ics")
    return dejar(ctx.raiz, {destino: calendario(pendientes, vista.servicio.nombre, ahora)}, asi)[0]


def dejar_correos(
    ctx: Contexto, vista: Vista, destinos: Sequence[Destino], ahora: datetime, carpeta: Path
) -> list[Path]:
    """Un archivo .eml por persona: se abre con doble clic, se revisa y se envía."""
    asi, dia, servicio = "--correo ../correos", ahora.date().isoformat(), vista.servicio.nombre
    exigir_fuera(ctx.raiz, carpeta, asi)  # aunque hoy no haya a quién escribirle
    cartas = {
        carpeta / f"pendientes_{dia}_{_NO_EN_NOMBRES.sub('-', d.correo)}.eml": bytes(
            mensaje(d, servicio, ahora)
        )
        for d in destinos
    }
    return dejar(ctx.raiz, cartas, asi)


def enviar_correos(
    vista: Vista, destinos: Sequence[Destino], ahora: datetime, servidor: str, remitente: str
) -> None:
    """Entrega los correos al servidor; NoSePudoEscribir con los que no salieron."""
    nombre = vista.servicio.nombre
    enviar({d.correo: mensaje(d, nombre, ahora, remitente) for d in destinos}, servidor)
