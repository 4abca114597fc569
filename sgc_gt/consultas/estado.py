"""`estado`: qué rige, qué está en camino, de quién es el turno y qué se venció. Una fila por versión viva."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.consultas.memoria import Recuerdo, filas_recordadas
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.caso import posibles
from sgc_gt.dominio.distribucion import conocimientos, dichas, por_regla, resolver
from sgc_gt.dominio.estandarizacion import FilaEstandarizacion, productos_del_acto
from sgc_gt.dominio.fechas import sumar_meses
from sgc_gt.dominio.ficha import Ficha, leer_ficha
from sgc_gt.dominio.filas import impreso_antes
from sgc_gt.dominio.observaciones import abiertas
from sgc_gt.dominio.plazos import PLAZO, leer
from sgc_gt.dominio.rectificacion import con_lo_que_decia, rectificada
from sgc_gt.dominio.respuestas_plazo import abierto
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import Version, situacion


class FilaEstado(NamedTuple):
    """Una versión viva de un código, en una fecha."""

    codigo: str
    titulo: str
    tipo: str
    version: str
    estado: str
    vigente_desde: date | None
    proxima_revision: date | None
    vencida: bool
    turno: tuple[str, ...]  # cargos a los que les toca
    iteracion: int
    posibles: tuple[str, ...]
    aprobacion: str = ""  # «fuera_con_respaldo» o «fuera_sin_respaldo» si se importó ya aprobada
    observaciones_abiertas: int = 0
    region: str = ""  # la de un registro
    codigo_impreso: str = ""  # el anterior, si la versión se emitió antes de recodificar
    productos: tuple[str, ...] = ()  # por los que se abrió la versión (etapa 6.2.5)
    estandarizacion: tuple[FilaEstandarizacion, ...] = ()  # lo que el documento debe por esa etapa
    responder_hasta: date | None = None  # el plazo que un oficio dio para responder lo observado
    plazo: str = ""  # cómo está ese plazo: «vence el 04-04-2026 (quedan 3 días hábiles)»
    conocimientos: int | None = None  # cuántos destinatarios conocen la que rige; None si no es del caso
    destinatarios: int | None = None  # cuántos deben conocerla; 0: nadie los ha definido

    def a_dict(self) -> dict[str, Any]:
        """Las claves del contrato, con fechas como texto."""
        valores = {k: v.isoformat() if isinstance(v, date) else v for k, v in self._asdict().items()}
        return {**valores, "estandarizacion": [f.a_dict() for f in self.estandarizacion]}


def estado(vista: Vista, fecha: date, codigo: str = "") -> list[FilaEstado]:
    """Las filas de un código, o de todos, como estaban en la fecha; NoEncontrado si el código no existe."""
    if codigo:
        crudas = _filas(vista.ficha(codigo), fecha, tabla.RETIRADOS)
    else:
        crudas = filas_recordadas(
            vista, fecha, _recuerdo, lambda datos, ruta: _filas(leer_ficha(datos, ruta), fecha)
        )
    filas = [_fila(cruda, vista.servicio, fecha) for cruda in crudas]
    orden = vista.servicio.formato.orden
    return sorted(filas, key=lambda f: (f.codigo, orden(f.version) if f.version else (0, 0)))


def _recuerdo(datos: bytes, ruta: str) -> Recuerdo | None:
    """Las filas de hoy en adelante, si ninguna fecha futura las puede cambiar."""
    ficha = leer_ficha(datos, ruta)
    ultima = max(m.fecha for m in ficha.actos)
    s = situacion(ficha)
    fechas = [d for v in s.versiones for d in (v.vigente_desde, v.hasta) if d]
    if any(d > ultima for d in fechas):
        return None
    return Recuerdo(ultima.isoformat(), _filas(ficha, ultima))


def _filas(ficha: Ficha, fecha: date, ademas: Collection[str] = ()) -> list[list[Any]]:
    """Una lista por versión viva, o en un estado de `ademas`, sin lo que depende de la configuración."""
    ficha = rectificada(ficha)
    s = situacion(ficha, fecha)
    admitidos = posibles(s)
    marcas = {m.version: ps for m in ficha.actos if (ps := productos_del_acto(m))}
    return [
        [
            ficha.codigo,
            con_lo_que_decia(ficha, "titulo", v.titulo),
            ficha.tipo,
            ficha.clase,
            v.version,
            v.estado,
            v.vigente_desde.isoformat() if v.vigente_desde else None,
            s.ultima_revision.isoformat() if s.ultima_revision else None,
            turno(ficha, v),
            v.iteracion,
            admitidos,
            v.aprobacion,
            len(abiertas(_hasta(ficha, fecha), v.version)),
            ficha.region,
            impreso_antes(ficha, v),
            marcas.get(v.version, ()),
            _plazo(ficha, v, fecha),
            _distribucion(ficha, v, fecha),
        ]
        for v in s.versiones
        if v.estado in ademas or v.estado not in tabla.HISTORIA
    ]


def _plazo(ficha: Ficha, v: Version, fecha: date) -> dict[str, Any] | None:
    """El plazo abierto de la versión, como su movimiento lo anotó."""
    pendiente = abierto(ficha, fecha, v.version)
    return dict(pendiente.devuelto.extra[PLAZO]) if pendiente else None


def _distribucion(ficha: Ficha, v: Version, fecha: date) -> list[Any] | None:
    """Lo que la ficha dice de quiénes deben conocer la versión que rige y quiénes la conocen."""
    if v.estado != tabla.VIGENTE:
        return None
    conocen = {c.cargo for c in conocimientos(ficha, fecha) if c.version == v.version}
    return [dichas(ficha, fecha), str(ficha.identidad.get("area", "")), sorted(conocen)]


def _hasta(ficha: Ficha, fecha: date) -> Ficha:
    """La ficha con los movimientos hasta esa fecha."""
    return ficha._replace(actos=tuple(m for m in ficha.actos if m.fecha <= fecha))


def _fila(cruda: list[Any], servicio: Servicio, fecha: date) -> FilaEstado:
    codigo, titulo, tipo, clase, version, estado_, desde, revisada, *resto = cruda
    turnos, iteracion, admitidos, fuera, abiertas_, region, impreso, productos, anotado, dist = resto
    plazo = leer({PLAZO: anotado})
    proxima = None
    meses = servicio.tipos[tipo].revision_meses if tipo in servicio.tipos else 0
    if estado_ == tabla.VIGENTE and revisada and clase != "registro" and meses:
        proxima = sumar_meses(date.fromisoformat(revisada), meses)
    conocen, deben = _conocen(servicio, tipo, dist)
    return FilaEstado(
        codigo=codigo,
        titulo=titulo,
        tipo=tipo,
        version=version,
        estado=estado_,
        vigente_desde=date.fromisoformat(desde) if desde else None,
        proxima_revision=proxima,
        vencida=proxima is not None and proxima < fecha,
        turno=tuple(turnos),
        iteracion=iteracion,
        posibles=tuple(admitidos),
        aprobacion=fuera,
        observaciones_abiertas=abiertas_,
        region=region,
        codigo_impreso=impreso,
        productos=tuple(productos),
        responder_hasta=plazo.vence if plazo else None,
        plazo=plazo.en_palabras(fecha) if plazo else "",
        conocimientos=conocen,
        destinatarios=deben,
    )


def _conocen(servicio: Servicio, tipo: str, distribucion: list[Any] | None) -> tuple[int | None, int | None]:
    """Cuántos destinatarios conocen la versión que rige, y cuántos son según la configuración de hoy."""
    if distribucion is None:
        return None, None
    propias, area, conocen = distribucion
    deben = resolver(servicio, por_regla(servicio, tipo, area) if propias is None else propias)
    return len(set(deben) & set(conocen)), len(deben)


def turno(ficha: Ficha, v: Version) -> tuple[str, ...]:
    """Los cargos que deben hacer algo para que la versión avance."""
    if v.estado == tabla.BORRADOR:
        return (str(ficha.identidad.get("elabora", "")),)
    if v.espera is None:
        return ()
    hechos = {m.cargo for m in v.firmas if m.correo in v.en_este_paso()}
    return tuple(c for c in v.espera.cargos if c not in hechos)
