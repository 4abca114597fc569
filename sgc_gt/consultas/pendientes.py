"""`pendientes`: qué debe cada cargo en una fecha, reunido de donde cada cosa vive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sgc_gt.consultas.calendario import calendario
from sgc_gt.consultas.compromisos import cargos_de, compromisos
from sgc_gt.consultas.distribucion import distribuciones
from sgc_gt.consultas.estado import FilaEstado, estado
from sgc_gt.consultas.estandarizacion import estandarizacion
from sgc_gt.consultas.pendientes_vida import de_la_vida
from sgc_gt.consultas.registros import registros
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.estandarizacion import CUMPLIDO, en_palabras
from sgc_gt.dominio.etiquetas import SOPORTES_COPIA
from sgc_gt.dominio.externos import externos_de
from sgc_gt.dominio.pendientes import (
    ARCHIVAR,
    CALENDARIO,
    COMPROMISO,
    CONOCER,
    ESTANDARIZAR,
    EXTERNO,
    HORIZONTE,
    RETIRAR,
    REVISION,
    Pendiente,
    desde_cuando,
    en_orden,
)

PLAZO_SOLICITUD = timedelta(days=30)
"""En cuánto se espera que una solicitud tenga decisión (N-24)."""
_COMO_SE_ANOTA = "léalo y responda este aviso: con la respuesta control documental deja la constancia"


def pendientes(vista: Vista, fecha: date, dias: int = HORIZONTE) -> list[Pendiente]:
    """Lo que hay por hacer en la fecha; de lo que tiene plazo, lo vencido y lo que vence en esos días."""
    filas = estado(vista, fecha)
    hasta = fecha + timedelta(days=dias)
    hallados = [
        *_turnos(vista, filas, fecha),
        *_revisiones(vista, filas, hasta),
        *_externos(vista, fecha, hasta),
        *_estandarizacion(vista, filas, fecha, hasta),
        *_registros(vista, fecha, hasta),
        *de_la_vida(vista, fecha),
        *_compromisos(vista, fecha, hasta),
        *_calendario(vista, fecha, hasta),
        *_distribucion(vista, fecha),
    ]
    cargos = vista.servicio.cargos
    return en_orden(p._replace(region=cargos[p.cargo].region if p.cargo in cargos else "") for p in hallados)


def _distribucion(vista: Vista, fecha: date) -> Iterator[Pendiente]:
    """Quién no ha tomado conocimiento de lo que rige, y qué copias de lo que ya no rige hay que retirar."""
    servicio = vista.servicio
    for a in distribuciones(vista, fecha):
        for x in a.faltan:
            desde = x.entrega or a.desde
            yield Pendiente(
                CONOCER, a.codigo, a.titulo, x.cargo, desde, x.limite, a.version, detalle=_COMO_SE_ANOTA
            )
        for p in a.por_retirar:
            quien = vista.organizacion.nombre_cargo(p.copia.cargo)
            cual = f"copia N° {p.copia.numero} ({SOPORTES_COPIA[p.copia.soporte]}) que tiene {quien}"
            limite = p.desde + timedelta(days=servicio.plazo_conocimiento)
            for cargo in servicio.con_rol("control_documental"):
                yield Pendiente(RETIRAR, a.codigo, cual, cargo, p.desde, limite, p.copia.version)


def _turnos(vista: Vista, filas: Sequence[FilaEstado], fecha: date) -> Iterator[Pendiente]:
    """De quién es el turno en cada versión en camino."""
    for f in filas:
        if f.estado not in tabla.ABIERTOS:
            continue
        ficha = vista.ficha(f.codigo)
        desde = desde_cuando(ficha, f.version, fecha)
        detalle = ""
        if f.observaciones_abiertas:
            plural = ("ón", "") if f.observaciones_abiertas == 1 else ("ones", "s")
            detalle = f"{f.observaciones_abiertas} observaci{plural[0]} por responder"
        detalle = "; ".join(filter(None, (detalle, f.plazo)))
        espera = _que_espera(f)
        hasta = f.responder_hasta
        if vista.servicio.tipos[f.tipo].rutas:
            hasta = ficha.actos[0].fecha + PLAZO_SOLICITUD
        for cargo in f.turno:
            yield Pendiente(espera, f.codigo, f.titulo, cargo, desde, hasta, f.version, detalle=detalle)


def _que_espera(f: FilaEstado) -> str:
    """El movimiento que le toca a quien tiene el turno."""
    if f.estado == tabla.BORRADOR:
        return "enviar"
    return next(acto for acto in f.posibles if acto in tabla.EN_RUTA)


def _revisiones(vista: Vista, filas: Sequence[FilaEstado], hasta: date) -> Iterator[Pendiente]:
    for f in filas:
        if f.proxima_revision and f.proxima_revision <= hasta:
            responsable = str(vista.ficha(f.codigo).identidad.get("responsable", ""))
            for cargo in vista.servicio.con_rol(responsable) or (responsable,):
                yield Pendiente(
                    REVISION,
                    f.codigo,
                    f.titulo,
                    cargo,
                    f.proxima_revision - timedelta(days=HORIZONTE),
                    f.proxima_revision,
                    f.version,
                )


def _externos(vista: Vista, fecha: date, hasta: date) -> Iterator[Pendiente]:
    for e in externos_de(vista.sistema, fecha).values():
        plazos = [d for d in (e.proxima_verificacion, e.vigencia_hasta) if d and e.proxima_verificacion]
        if plazos and min(plazos) <= hasta:
            for cargo in vista.servicio.con_rol(e.verifica) or (e.verifica,):
                yield Pendiente(
                    EXTERNO, e.id, e.titulo, cargo, e.ultima_verificacion, min(plazos), detalle=e.version
                )


def _estandarizacion(
    vista: Vista, filas: Sequence[FilaEstado], fecha: date, hasta: date
) -> Iterator[Pendiente]:
    """Los compromisos de la etapa 6.2.5 que no se han cumplido."""
    for f in estandarizacion(vista, fecha, filas):
        if f.estado != CUMPLIDO and f.responsable and (f.plazo is None or f.plazo <= hasta):
            nombre = f.titulo or f.nombre
            yield Pendiente(
                ESTANDARIZAR,
                f.documento or f.producto,
                nombre,
                f.responsable,
                None,
                f.plazo,
                detalle=en_palabras(f),
            )


def _compromisos(vista: Vista, fecha: date, hasta: date) -> Iterator[Pendiente]:
    """Los compromisos abiertos que vencen o ya vencieron, de quien responde por cada uno."""
    for s in compromisos(vista, fecha):
        c = s.compromiso
        if s.abierto and c.plazo and c.plazo <= hasta:
            for cargo in cargos_de(vista.servicio, c) or (c.responsable,):
                yield Pendiente(
                    COMPROMISO, c.identidad, c.compromiso, cargo, None, c.plazo, detalle=c.indicador
                )


def _calendario(vista: Vista, fecha: date, hasta: date) -> Iterator[Pendiente]:
    """Lo que un oficio mandó presentar y todavía no se ha presentado."""
    for f in calendario(vista, fecha):
        if not f.cumplido and f.vence <= hasta:
            for cargo in f.cargos:
                yield Pendiente(
                    CALENDARIO,
                    f.documento,
                    f.nombre,
                    cargo,
                    f.recibido,
                    f.vence,
                    detalle=f"oficio N° {f.oficio}",
                )


def _registros(vista: Vista, fecha: date, hasta: date) -> Iterator[Pendiente]:
    """Los que un procedimiento vigente pide y del año no hay ninguno; si lo piden varios, una vez."""
    cierre = date(fecha.year, 12, 31)
    if cierre > hasta:
        return
    faltan = {f.codigo: f for f in registros(vista, str(fecha.year), fecha) if f.falta and f.pedido}
    for f in faltan.values():
        serie = vista.servicio.series.get(f.codigo)
        if serie:
            for cargo in vista.servicio.con_rol(serie.responsable) or (serie.responsable,):
                yield Pendiente(
                    ARCHIVAR, f.codigo, f.nombre, cargo, date(fecha.year, 1, 1), cierre, detalle=f.falta[0]
                )
