"""Un correo por persona con todo lo que debe: como borrador que se abre y se envía, o por el servidor."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.pendientes import Pendiente
from sgc_gt.dominio.textos import mayuscula
from sgc_gt.errores import NoSePudoEscribir, UsoIncorrecto

_PUERTO = 25
_ESPERA = 20


class Destino(NamedTuple):
    """A quién se escribe, cómo se le nombra y lo que debe."""

    correo: str
    cargos: str
    pendientes: tuple[Pendiente, ...]


def mensaje(d: Destino, servicio: str, ahora: datetime, remitente: str = "") -> EmailMessage:
    """El correo. Sin remitente es un borrador: el programa de correo pone al suyo al enviarlo."""
    fecha = ahora.date()
    carta = EmailMessage(policy=SMTP)
    cuantos = "1 pendiente" if len(d.pendientes) == 1 else f"{len(d.pendientes)} pendientes"
    carta["Subject"] = f"SGC: {cuantos} al {imprimir_fecha(fecha)}"
    carta["To"] = d.correo
    carta["Date"] = format_datetime(ahora)
    if remitente:
        carta["From"] = remitente
    else:
        carta["X-Unsent"] = "1"  # así Outlook lo abre para revisarlo y enviarlo
    carta.set_content(_texto(d, servicio, fecha), cte="quoted-printable")
    return carta


def _texto(d: Destino, servicio: str, fecha: date) -> str:
    renglones = [
        servicio,
        "Sistema de Gestión de la Calidad",
        "",
        f"Pendientes de {d.cargos} al {imprimir_fecha(fecha)}:",
        "",
    ]
    for p in d.pendientes:
        version = f", versión {p.version}" if p.version else ""
        renglones.append(f"- {p.documento}{version}, {p.titulo}")
        renglones.append(f"  {mayuscula(p.en_palabras)}.")
        renglones += [f"  {linea}." for linea in _detalles(p, fecha)]
        renglones.append("")
    return "\n".join(renglones)


def _detalles(p: Pendiente, fecha: date) -> Iterable[str]:
    if p.detalle:
        yield mayuscula(p.detalle)
    if p.hasta:
        aviso = p.aviso(fecha)
        yield f"{mayuscula(aviso)} ({imprimir_fecha(p.hasta)})"
    elif p.desde:
        yield f"En sus manos desde el {imprimir_fecha(p.desde)}"


def enviar(cartas: Mapping[str, EmailMessage], servidor: str) -> None:
    """Entrega los correos al servidor (HOST o HOST:PUERTO), cifrado si lo ofrece.

    NoSePudoEscribir con los que no salieron; los demás ya se enviaron.
    """
    salio: dict[str, bool] = {}
    with suppress(OSError), _conexion(servidor) as puerta:  # si se corta, lo dice lo que falta en `salio`
        for correo, carta in cartas.items():
            salio[correo] = _acepta(puerta, carta)
    if not all(salio.get(correo) for correo in cartas):
        raise NoSePudoEscribir(
            _lo_ocurrido(cartas, salio),
            lugar=servidor,
            hacer="no repita el envío entero: revise esos correos entre las personas del servicio, deje los "
            "borradores con --correo y envíe solo los que faltan",
        )


def _conexion(servidor: str) -> smtplib.SMTP:
    """El servidor, ya saludado y cifrado si lo ofrece; NoSePudoEscribir si no contesta o no quiere."""
    host, puerto = _direccion(servidor)
    try:
        puerta = smtplib.SMTP(host, puerto, timeout=_ESPERA)
        puerta.ehlo_or_helo_if_needed()  # lo que ofrece se sabe recién al saludar
        if puerta.has_extn("starttls"):
            puerta.starttls()
    except OSError as error:  # un SMTPException también lo es
        negado = isinstance(error, smtplib.SMTPException)
        raise NoSePudoEscribir(
            f"el servidor de correo {'no aceptó el envío' if negado else 'no contesta'}",
            lugar=servidor,
            hacer="revise el nombre y el puerto con informática, o deje los borradores con --correo",
        ) from None
    return puerta


def _acepta(puerta: smtplib.SMTP, carta: EmailMessage) -> bool:
    """Si el servidor tomó la carta. SMTPServerDisconnected si ya no hay con quién hablar."""
    try:
        puerta.send_message(carta)
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException:
        return False
    return True


def _lo_ocurrido(cartas: Iterable[str], salio: Mapping[str, bool]) -> str:
    """A quién no, por qué, y a cuántos sí: quien lo lee decide qué repetir."""
    negados = [correo for correo, si in salio.items() if not si]
    en_duda = [correo for correo in cartas if correo not in salio]
    frases = []
    if negados:
        frases.append(f"el servidor no quiso entregar a {', '.join(negados)}")
    if en_duda:
        frases.append(f"la conexión se cortó, y no consta que saliera lo de {', '.join(en_duda)}")
    otros = sum(salio.values())
    if otros or not en_duda:
        frases.append(f"a los demás, sí ({otros})" if otros else "no salió ninguno")
    return "; ".join(frases)


def _direccion(servidor: str) -> tuple[str, int]:
    host, _, puerto = servidor.partition(":")
    if not host or (puerto and not puerto.isdecimal()):
        raise UsoIncorrecto(
            f"«{servidor}» no es un servidor de correo",
            lugar="--smtp",
            esperado="su nombre, o nombre:puerto",
            hacer="pídalo a informática y repita la orden",
        )
    return host, int(puerto or _PUERTO)


def por_persona(
    pendientes: Sequence[Pendiente], quienes: Mapping[str, Iterable[str]], nombrar: Mapping[str, str]
) -> tuple[list[Destino], tuple[str, ...]]:
    """Un destino por correo, y los cargos con pendientes que nadie ejerce.

    `quienes` da los correos de cada cargo; `nombrar`, su título.
    """
    de: dict[str, list[Pendiente]] = {}
    for p in pendientes:
        for correo in sorted(quienes.get(p.cargo, ())):
            de.setdefault(correo, []).append(p)
    vacantes = tuple(dict.fromkeys(p.cargo for p in pendientes if not quienes.get(p.cargo)))
    destinos = [
        Destino(correo, ", ".join(dict.fromkeys(nombrar.get(p.cargo, p.cargo) for p in suyos)), tuple(suyos))
        for correo, suyos in sorted(de.items())
    ]
    return destinos, vacantes
