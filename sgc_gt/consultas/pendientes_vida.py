"""Lo que deben quienes responden por registros que cumplieron su retención, o cuya suspensión terminó.

Sale del catálogo de series y de las fichas, sin abrir ningún archivo. Un renglón por serie y por paso: quien
tiene cuarenta registros vencidos hace una propuesta, no cuarenta.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio import vida
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.pendientes import Pendiente
from sgc_gt.dominio.servicio import Serie
from sgc_gt.dominio.situacion import situacion


class _Debe(NamedTuple):
    """Un registro que espera algo, y desde cuándo."""

    codigo: str
    acto: str
    desde: date
    hasta: date | None = None
    propuesta: str = ""


def de_la_vida(vista: Vista, fecha: date) -> Iterator[Pendiente]:
    """Un pendiente por serie, paso y cargo."""
    for serie in vista.servicio.series.values():
        grupos: dict[tuple[str, str], list[_Debe]] = {}
        for ficha in vista.instancias(serie.codigo):
            debe = _debe(serie, ficha, fecha)
            if debe:
                grupos.setdefault((debe.acto, debe.propuesta), []).append(debe)
        for (acto, propuesta), suyos in grupos.items():
            for cargo in _cargos(vista, serie, acto):
                yield _pendiente(serie, acto, propuesta, suyos, cargo)


def _cargos(vista: Vista, serie: Serie, acto: str) -> tuple[str, ...]:
    """Quien responde por la serie; la autorización y el resultado los anota control documental."""
    rol = serie.responsable if tabla.ACTOS[acto].quien == "custodia" else "control_documental"
    return vista.servicio.con_rol(rol) or (rol,)


def _pendiente(serie: Serie, acto: str, propuesta: str, suyos: list[_Debe], cargo: str) -> Pendiente:
    codigos = sorted(d.codigo for d in suyos)
    cuantos = codigos[0] if len(codigos) == 1 else f"{len(codigos)} registros: {codigos[0]} a {codigos[-1]}"
    return Pendiente(
        acto,
        propuesta or serie.codigo,
        serie.nombre,
        cargo,
        min(d.desde for d in suyos),
        min((d.hasta for d in suyos if d.hasta), default=None),
        detalle=cuantos,
    )


def _debe(serie: Serie, entera: Ficha, fecha: date) -> _Debe | None:
    """Qué espera un registro en la fecha: proponer, autorizar, hacer lo autorizado, o reanudar."""
    ficha = entera._replace(actos=tuple(m for m in entera.actos if m.fecha <= fecha))
    v = situacion(ficha).vigente if ficha.actos else None
    if v is None:
        return None
    curso = vida.curso(ficha)
    if curso:
        ultimo = curso.autorizacion or curso.propuesta
        acto = "disponer" if curso.autorizacion else "autorizar-disposicion"
        return _Debe(ficha.codigo, acto, ultimo.fecha, propuesta=curso.numero)
    detenida = vida.suspension(ficha)
    if detenida:
        fin = detenida.extra.get(vida.HASTA)
        termina = date.fromisoformat(str(fin)) if fin else None
        return (
            _Debe(ficha.codigo, "reanudar", detenida.fecha, termina) if termina and termina <= fecha else None
        )
    vence = vida.vence(serie, ficha)
    if vence is None or vence >= fecha or vida.conserva_siempre(serie):
        return None
    return _Debe(ficha.codigo, "proponer-disposicion", vence + timedelta(days=1))
