"""Lo que el punto de uso muestra de cada ficha en una fecha: lo que rige, lo emitido y lo que cambió.

Todo se calcula de los movimientos. Un borrador no deja rastro aquí; lo emitido que espera su fecha aparece
solo para que su código de verificación no se tome por falso.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from pathlib import PurePath
from typing import NamedTuple

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio import filas
from sgc_gt.dominio.etiquetas import APROBADO_FUERA
from sgc_gt.dominio.fechas import sumar_meses
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.impresion import codigo_corto
from sgc_gt.dominio.publicacion import Entrada
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import Situacion, Version

MESES_RECIENTES = 12
"""Cuánto hacia atrás llegan los «cambios recientes»: el período entre dos auditorías."""

RESERVADO = "reservado"
WORD, PDF = ".docx", ".pdf"
_CON_VERSIONES = ("documento", "archivo")


class Documento(NamedTuple):
    """Un documento que rige, como lo necesita quien lo usa."""

    codigo: str
    titulo: str
    tipo: str
    area: str
    version: str
    vigente_desde: date | None
    responsable: str
    proxima_revision: date | None
    verificacion: str
    estado: str
    archivo: str  # el nombre del original: `PR-FOM-03_v02.docx`
    sha256: str  # de los bytes que se emitieron
    reservado: bool = False


class Emitida(NamedTuple):
    """Una versión que alguna vez se emitió, y qué es hoy: lo que se contesta a quien trae un papel."""

    verificacion: str
    codigo: str
    version: str
    estado: str  # vigente | obsoleto | emitido | archivado
    desde: date | None
    hasta: date | None = None
    sucesora: str = ""  # la versión que la reemplazó; vacío si se dejó sin efecto


class Cambio(NamedTuple):
    """Algo que cambió en lo que rige: una versión que comenzó a regir, o un documento que dejó de hacerlo."""

    fecha: date
    codigo: str
    titulo: str
    version: str
    que: str
    motivo: str


class Retirado(NamedTuple):
    """Un documento que rigió y ya no tiene versión vigente."""

    codigo: str
    titulo: str
    version: str
    hasta: date | None
    motivo: str


def documento(servicio: Servicio, ficha: Ficha, s: Situacion, corte: date) -> Documento | None:
    """El documento que rige en la fecha, o None: la misma condición que la lista maestra."""
    fila = filas.fila_maestra(servicio, ficha, corte)
    if fila is None or s.vigente is None:
        return None
    v = s.vigente
    identidad = filas.identidad_vigente(ficha, s, v, corte)
    return Documento(
        codigo=ficha.codigo,
        titulo=v.titulo,
        tipo=str(fila["tipo"]),
        area=str(fila["area"]),
        version=v.version,
        vigente_desde=v.vigente_desde,
        responsable=filas.nombre_cargo(
            servicio, str(identidad.get("responsable") or identidad.get("elabora", ""))
        ),
        proxima_revision=_fecha(fila["proxima_revision"]),
        verificacion=codigo_corto(v.huella),
        estado=str(fila["estado"]),
        archivo=v.archivo,
        sha256=v.sha256,
        reservado=es_reservado(servicio, ficha.codigo),
    )


def es_reservado(servicio: Servicio, codigo: str) -> bool:
    """Si lo que lleva ese código pertenece a una serie de acceso reservado."""
    serie = servicio.series.get(codigo.split("/", maxsplit=1)[0])
    return serie is not None and serie.acceso == RESERVADO


def emitidas(s: Situacion) -> Iterator[Emitida]:
    """Las versiones que se han emitido, de la primera a la última."""
    versiones = [v for v in s.versiones if v.emision and v.huella]
    for v, sigue in zip_longest(versiones, versiones[1:]):
        reemplazada = v.estado == tabla.OBSOLETO and sigue is not None and sigue.vigente_desde == v.hasta
        yield Emitida(
            codigo_corto(v.huella),
            s.codigo,
            v.version,
            v.estado,
            v.vigente_desde,
            v.hasta if v.estado == tabla.OBSOLETO else None,
            sigue.version if reemplazada and sigue else "",
        )


def retirado(s: Situacion) -> Retirado | None:
    """El documento que rigió y no tiene versión vigente; None si rige o si nunca rigió."""
    previas = [v for v in s.versiones if v.emision and v.estado == tabla.OBSOLETO]
    if s.clase not in _CON_VERSIONES or s.vigente or not previas:
        return None
    v = previas[-1]
    return Retirado(s.codigo, v.titulo, v.version, v.hasta, v.causa)


def cambios(s: Situacion, corte: date) -> Iterator[Cambio]:
    """Lo que en los últimos meses comenzó o dejó de regir de ese documento."""
    if s.clase not in _CON_VERSIONES:
        return
    limite = sumar_meses(corte, -MESES_RECIENTES)
    for v in s.versiones:
        if v.emision and v.vigente_desde and limite < v.vigente_desde <= corte:
            yield Cambio(v.vigente_desde, s.codigo, v.titulo, v.version, "Comienza a regir", _motivo(v))
    fuera = retirado(s)
    if fuera and fuera.hasta and limite < fuera.hasta <= corte:
        yield Cambio(fuera.hasta, s.codigo, fuera.titulo, fuera.version, "Deja de regir", fuera.motivo)


def _motivo(v: Version) -> str:
    return v.motivo or (APROBADO_FUERA if v.importada else "Primera versión")


def _fecha(valor: object) -> date | None:
    return valor if isinstance(valor, date) else None


class Forma(NamedTuple):
    """Con qué nombre y de qué modo se publica un documento. `clave` cambia si cambia algo de eso."""

    nombre: str
    clave: str


def formas(doc: Documento, generador: str) -> tuple[Forma, ...]:
    """Las formas en que puede publicarse, de la mejor a la última; lo que no es Word, tal cual."""
    if PurePath(doc.archivo).suffix.lower() != WORD:
        return (Forma(doc.archivo, f"{generador}/tal-cual/{doc.sha256}"),)
    raiz = doc.archivo[: -len(WORD)]
    return (
        Forma(raiz + PDF, f"{generador}/pdf/{doc.sha256}"),
        Forma(doc.archivo, f"{generador}/sin-pdf/{doc.sha256}"),  # se intentó, y no se pudo convertir
        Forma(doc.archivo, f"{generador}/word/{doc.sha256}"),
    )


def elegir(
    opciones: tuple[Forma, ...],
    propios: dict[str, Entrada],
    presentes: dict[str, str],
    *,
    hay_pdf: bool,
) -> Forma:
    """La forma que corresponde: la que ya está publicada e intacta, si sirve; si no, la que se puede hacer.

    Un PDF ya hecho no se pierde porque hoy falte LibreOffice, y lo que LibreOffice no pudo convertir no se
    intenta cada vez.
    """
    for forma in opciones[:2]:
        e = propios.get(forma.nombre)
        if e and e.clave == forma.clave and presentes.get(forma.nombre) == e.sha256:
            return forma
    return opciones[0] if hay_pdf else opciones[-1]
