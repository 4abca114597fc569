"""El calendario del año: las fechas que los oficios recibidos fijan, contra lo presentado (I-32).

Un objeto se da por presentado cuando su documento del año se remitió a visación o, si su circuito no la pide,
cuando se emitió. Si vuelve con observaciones ya se presentó: lo que se debe es responderlas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.consultas.datos_emitidos import datos_de
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.compromisos import filas
from sgc_gt.dominio.fechas import dia_por_partes
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.periodos import anio_impreso
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.dominio.situacion import Version, situacion

OFICIO = "oficio_recibido"
_PRESENTADO = frozenset(
    {tabla.EN_VISACION, tabla.VISADO, tabla.EMITIDO, tabla.VIGENTE, *tabla.CONSERVADOS, tabla.OBSOLETO}
)


class Fecha(NamedTuple):
    """Una fecha que un oficio fija, y si ya se cumplió."""

    oficio: str
    registro: str  # dónde está archivado el oficio
    recibido: date | None
    objeto: str  # el tipo o el código, como el oficio lo dice
    nombre: str
    documento: str  # el código, si ya existe; si no, el objeto
    vence: date
    cumplido: bool
    cargos: tuple[str, ...]


def calendario(vista: Vista, fecha: date) -> list[Fecha]:
    """Las fechas de los oficios archivados hasta ese día; vence antes, primero."""
    tipo = vista.servicio.tipos.get(OFICIO)
    if tipo is None:
        return []
    halladas = [f for ficha in vista.de_tipo(tipo) for f in _de_oficio(vista, ficha, fecha)]
    return sorted(halladas, key=lambda f: (f.vence, f.objeto))


def _de_oficio(vista: Vista, ficha: Ficha, fecha: date) -> Iterator[Fecha]:
    v = situacion(ficha, fecha).vigente
    datos = datos_de(vista, ficha, v) if v else {}
    for fila in filas(datos, "vence") if v else ():
        anio = anio_impreso(ficha, v) if v else 0
        vence = dia_por_partes(fila.get("fecha"), anio)
        if vence is not None:
            yield _una(vista, ficha, datos, str(fila.get("objeto")), vence, fecha)


def _una(
    vista: Vista, oficio: Ficha, datos: Mapping[str, Any], objeto: str, vence: date, fecha: date
) -> Fecha:
    tipo = vista.servicio.tipos.get(objeto)
    candidatas = list(vista.de_tipo(tipo)) if tipo else [f for f in [vista.buscar(objeto)] if f]
    versiones = [(f, v) for f in candidatas for v in situacion(f, fecha).versiones]
    adelanta = objeto in vista.servicio.adelantados
    del_anio = [(f, v) for f, v in versiones if _cuenta_en(f, v, adelanta) == vence.year]
    cumplen = [f for f, v in del_anio if v.estado in _PRESENTADO or _se_remitio(f, v, fecha)]
    ficha = next(reversed(cumplen or [f for f, _ in del_anio] or candidatas), None)
    propio = str(ficha.identidad.get("titulo", "")) if ficha else objeto
    return Fecha(
        oficio=str(datos.get("numero", "")),
        registro=oficio.codigo,
        recibido=dia_por_partes(datos.get("recibido"), vence.year),
        objeto=objeto,
        nombre=tipo.nombre if tipo else propio,
        documento=ficha.codigo if ficha else (tipo.serie if tipo else "") or objeto,
        vence=vence,
        cumplido=bool(cumplen),
        cargos=_cargos(vista, tipo, ficha),
    )


def _se_remitio(ficha: Ficha, v: Version, fecha: date) -> bool:
    """Si alguna vez se remitió, aunque haya vuelto; lo descartado no presenta nada."""
    remitida = any(m.acto == "remitir" and m.version == v.version and m.fecha <= fecha for m in ficha.actos)
    return remitida and v.estado != tabla.DESCARTADO


def _cuenta_en(ficha: Ficha, v: Version, adelanta: bool) -> int:
    """El año de una versión; de lo que se escribe para el siguiente, aquel en que se escribió."""
    return v.abierta.year if adelanta else anio_impreso(ficha, v)


def _cargos(vista: Vista, tipo: Tipo | None, ficha: Ficha | None) -> tuple[str, ...]:
    """Quien lo elabora; si todavía no existe, quien responde por su serie o el encargado del sistema."""
    servicio = vista.servicio
    serie = servicio.series.get(tipo.serie) if tipo else None
    rol = serie.responsable if serie else "encargado_gt"
    elabora = str(ficha.identidad.get("elabora") or "") if ficha else ""
    return servicio.con_rol(elabora or rol) or servicio.con_rol("control_documental")
