"""Lo pendiente como calendario iCalendar (RFC 5545): lo que tiene plazo, un día; lo demás, una tarea."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, Todo

from sgc_gt.dominio.pendientes import AVISOS, Pendiente


def calendario(pendientes: Iterable[Pendiente], servicio: str, ahora: datetime) -> bytes:
    """El archivo .ics. Cada pendiente conserva su identidad: importarlo de nuevo pone al día lo que había."""
    libro = Calendar()
    libro.add("prodid", "-//sgc-gt//pendientes//ES")
    libro.add("version", "2.0")
    libro.add("x-wr-calname", f"Pendientes del SGC, {servicio}")
    for p in pendientes:
        libro.add_component(_pieza(p, ahora))
    return bytes(libro.to_ical())


def _pieza(p: Pendiente, ahora: datetime) -> Event | Todo:
    pieza = Event() if p.hasta else Todo()
    pieza.add("uid", f"{_identidad(p)}@sgc-gt")
    pieza.add("dtstamp", ahora.astimezone(UTC))
    pieza.add("summary", f"{p.documento}: {p.en_palabras}")
    version = f"versión {p.version}" if p.version else ""
    pieza.add("description", "\n".join(filter(None, (p.titulo, version, p.detalle))))
    if p.hasta:
        pieza.add("dtstart", p.hasta)
        pieza.add("dtend", p.hasta + timedelta(days=1))
        pieza.add("transp", "TRANSPARENT")  # un plazo no ocupa el día
        for dias in AVISOS:
            pieza.add_component(_aviso(dias, p))
    elif p.desde:
        pieza.add("dtstart", p.desde)
    return pieza


def _aviso(dias: int, p: Pendiente) -> Alarm:
    aviso = Alarm()
    aviso.add("action", "DISPLAY")
    aviso.add("description", f"{p.documento}: {p.en_palabras}")
    aviso.add("trigger", -timedelta(days=dias))
    return aviso


def _identidad(p: Pendiente) -> str:
    """Lo que hace a un pendiente el mismo mañana: qué, de qué documento y de quién."""
    texto = "\n".join((p.que, p.documento, p.version, p.cargo))
    return hashlib.sha256(texto.encode()).hexdigest()[:32]
