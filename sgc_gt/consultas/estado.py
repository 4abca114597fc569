"""`estado`: qué rige, qué está en camino, de quién es el turno y qué se venció. Una fila por versión viva."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.caso import posibles
from sgc_gt.dominio.fechas import sumar_meses
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import Situacion, Version, situacion

DE_CONTROL_DOCUMENTAL = (tabla.APROBADO, tabla.VISADO)


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

    def a_dict(self) -> dict[str, Any]:
        """Las claves del contrato, con fechas como texto."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in self._asdict().items()}


def estado(vista: Vista, fecha: date, codigo: str = "") -> list[FilaEstado]:
    """Las filas de un código, o de todos, como estaban en la fecha; NoEncontrado si el código no existe."""
    fichas = [vista.ficha(codigo)] if codigo else vista.fichas()
    return sorted(
        (fila for ficha in fichas for fila in _filas(vista, ficha, fecha)),
        key=lambda f: (f.codigo, f.version),
    )


def _filas(vista: Vista, ficha: Ficha, fecha: date) -> list[FilaEstado]:
    vista_en = situacion(ficha, fecha)
    tipo = vista.servicio.tipos.get(ficha.tipo)
    meses = tipo.revision_meses if tipo and ficha.clase != "registro" else 0
    return [_fila(ficha, vista_en, v, meses, fecha) for v in vista_en.vivas()]


def _fila(ficha: Ficha, s: Situacion, v: Version, meses: int, fecha: date) -> FilaEstado:
    proxima = None
    if v.estado == tabla.VIGENTE and s.ultima_revision and meses:
        proxima = sumar_meses(s.ultima_revision, meses)
    return FilaEstado(
        codigo=ficha.codigo,
        titulo=v.titulo,
        tipo=ficha.tipo,
        version=v.version,
        estado=v.estado,
        vigente_desde=v.vigente_desde,
        proxima_revision=proxima,
        vencida=proxima is not None and proxima < fecha,
        turno=turno(ficha, v),
        iteracion=v.iteracion,
        posibles=posibles(s),
    )


def turno(ficha: Ficha, v: Version) -> tuple[str, ...]:
    """Los cargos que deben hacer algo para que la versión avance."""
    if v.estado == tabla.BORRADOR:
        return (str(ficha.identidad.get("elabora", "")),)
    if v.espera is None:
        return ()
    hechos = {m.cargo for m in v.firmas if m.correo in v.en_este_paso()}
    return tuple(c for c in v.espera.cargos if c not in hechos)
