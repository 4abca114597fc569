"""De lo que la persona escribió a un pedido: evidencia con su resumen, origen y fecha por omisión."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sgc_gt.contexto import Contexto
from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.ficha import Evidencia, Ficha, Observacion
from sgc_gt.errores import EntradaInvalida
from sgc_gt.ordenes.firmante import pluma
from sgc_gt.repositorio.rutas import RESERVADO


class Adjunto(NamedTuple):
    """Un archivo que respalda un acto, ya leído."""

    nombre: str
    contenido: bytes


class Peticion(NamedTuple):
    """Lo que una orden recoge de quien la da; lo ausente queda vacío."""

    fecha: date | None = None
    motivo: str = ""
    oficio: str = ""
    fecha_oficio: date | None = None
    responde: str = ""
    resolucion: str = ""
    adjuntos: tuple[Adjunto, ...] = ()
    observaciones: tuple[Observacion, ...] = ()
    vigente_desde: date | None = None
    extra: Mapping[str, Any] = {}
    decreto: str = ""
    clase: str = ""  # de los adjuntos que no respaldan un número (acta, recibo); vacía: por su extensión
    productos: tuple[str, ...] = ()  # del Diagnóstico, por los que se crea o se abre (etapa 6.2.5)


def evidencias(p: Peticion, n: int) -> tuple[tuple[Evidencia, ...], dict[str, bytes]]:
    """La evidencia del movimiento `n` y los archivos que hay que guardar, por nombre.

    El primer adjunto respalda la resolución, el decreto o el oficio nombrado; un PDF sin número es un PDF
    firmado; lo demás son archivos.
    """
    guardar: dict[str, bytes] = {}
    resultado: list[Evidencia] = []
    adjuntos = list(p.adjuntos)
    for clase, numero, fecha, responde in (
        ("resolucion", p.resolucion, p.fecha_oficio, ""),
        ("decreto", p.decreto, p.fecha_oficio, ""),
        ("oficio", p.oficio, p.fecha_oficio, p.responde),
    ):
        if numero:
            adjunto = adjuntos.pop(0) if adjuntos else None
            e = Evidencia(clase, numero, fecha, responde=responde)
            resultado.append(_con_archivo(e, adjunto, n, guardar) if adjunto else e)
    for adjunto in adjuntos:
        exigir_pdf(adjunto)
        clase = p.clase or ("pdf_firmado" if adjunto.nombre.lower().endswith(".pdf") else "archivo")
        resultado.append(_con_archivo(Evidencia(clase), adjunto, n, guardar))
    return tuple(resultado), guardar


def exigir_pdf(adjunto: Adjunto) -> None:
    """Lo que se presenta como PDF lo es; si su firma vale, lo dice quien la puede comprobar, no el nombre."""
    _exigir_contenido(adjunto)
    if adjunto.nombre.lower().endswith(".pdf") and not adjunto.contenido.startswith(b"%PDF-"):
        raise EntradaInvalida(
            "el archivo se llama .pdf y no es un PDF",
            lugar=adjunto.nombre,
            hacer="adjunte el PDF, o dé al archivo su verdadera terminación",
        )


def _exigir_contenido(adjunto: Adjunto) -> None:
    if not adjunto.contenido:
        raise EntradaInvalida("el archivo está vacío", lugar=adjunto.nombre, hacer="adjunte el documento")


def _con_archivo(e: Evidencia, adjunto: Adjunto, n: int, guardar: dict[str, bytes]) -> Evidencia:
    _exigir_contenido(adjunto)
    base = nombre_seguro(f"{n:03d}-{adjunto.nombre}")
    nombre, vez = base, 1
    while nombre in guardar:
        vez += 1
        raiz, punto, extension = base.rpartition(".")
        nombre = f"{raiz}-{vez}{punto}{extension}"
    guardar[nombre] = adjunto.contenido
    return e._replace(
        archivo=nombre,
        tamano=len(adjunto.contenido),
        sha256=hashlib.sha256(adjunto.contenido).hexdigest(),
    )


def nombre_seguro(nombre: str) -> str:
    """El nombre en ASCII corto que Windows y git aceptan: «Resolución N° 12.pdf» → `Resolucion-N-12.pdf`."""
    plano = unicodedata.normalize("NFKD", nombre).encode("ascii", "ignore").decode("ascii")
    raiz, punto, extension = plano.rpartition(".")
    raiz = re.sub(r"[^A-Za-z0-9]+", "-", raiz or extension).strip("-")[:50] or "archivo"
    extension = re.sub(r"[^A-Za-z0-9]+", "", extension)[:8].lower() if punto else ""
    limpio = f"{raiz}.{extension}" if extension else raiz
    return f"archivo-{limpio}" if RESERVADO.fullmatch(limpio) else limpio


def pedido(
    ctx: Contexto, acto: str, codigo: str, ficha: Ficha | None, peticion: Peticion, ahora: datetime
) -> tuple[Pedido, dict[str, bytes]]:
    """El pedido del acto y los archivos de evidencia que trae."""
    evidencia, guardar = evidencias(peticion, len(ficha.actos) + 1 if ficha else 1)
    hecho = Pedido(
        acto=acto,
        codigo=codigo,
        fecha=peticion.fecha or ahora.date(),
        registrado=ahora,
        correo=ctx.persona.actua,
        registra=ctx.persona.correo,
        cargo=ctx.persona.cargo,
        motivo=peticion.motivo,
        evidencia=evidencia,
        observaciones=peticion.observaciones,
        vigente_desde=peticion.vigente_desde,
        extra=peticion.extra,
        firma=pluma(ctx, ctx.vista().servicio, ahora).huella if ctx.persona.llave else "",
    )
    return hecho, guardar


def unicos(codigos: Sequence[str]) -> list[str]:
    """Los códigos sin repetir, en el orden dado."""
    return list(dict.fromkeys(codigos))
