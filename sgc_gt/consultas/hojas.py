"""Los datos de la hoja de toma de conocimiento y de la lista de distribución, como consta en una fecha."""

from __future__ import annotations

from datetime import date
from typing import Any

from sgc_gt.contexto import Vista
from sgc_gt.dominio.alcance import Alcance
from sgc_gt.dominio.distribucion import Copia
from sgc_gt.dominio.situacion import situacion

FILAS_LIBRES = 4
"""Renglones en blanco al final de la hoja, para quien firma y no está en la lista."""


def datos_de_la_hoja(vista: Vista, a: Alcance, *, todos: bool = False) -> dict[str, Any]:
    """La hoja que se firma: quienes no han tomado conocimiento de la versión, o todos los destinatarios."""
    v = situacion(vista.ficha(a.codigo)).de(a.version)
    personas: list[dict[str, Any]] = [{"cargo": x.cargo} for x in (a.destinatarios if todos else a.faltan)]
    datos = {**_documento(a), "personas": [*personas, *({} for _ in range(FILAS_LIBRES))]}
    return datos | ({"instruccion": v.motivo} if v and v.motivo else {})


def datos_de_la_lista(a: Alcance, corte: date) -> dict[str, Any]:
    """La lista de distribución del documento: sus copias y sus destinatarios."""
    por_retirar = {p.copia.numero for p in a.por_retirar}
    return {
        **_documento(a),
        "corte": _partes(corte),
        "copias": [_copia(c) for c in a.copias if c.version == a.version or c.numero in por_retirar],
        "destinatarios": [
            _con_fechas(
                {"cargo": x.cargo, **({"region": x.region} if x.region else {})},
                entrega=x.entrega,
                conocimiento=x.conocimiento.fecha if x.conocimiento else None,
            )
            for x in a.destinatarios
        ],
    }


def _documento(a: Alcance) -> dict[str, Any]:
    return _con_fechas(
        {"documento": a.codigo, "titulo": a.titulo, "version": a.version}, vigente_desde=a.desde
    )


def _copia(c: Copia) -> dict[str, Any]:
    suyo: dict[str, Any] = {
        "numero": c.numero,
        "destinatario": c.cargo,
        "version": c.version,
        "soporte": c.soporte,
        "acuse": _recibo(c.acuse),
    }
    if c.retiro:
        suyo |= {"acuse_retiro": _recibo(c.acuse_retiro), "destino": c.destino}
    return _con_fechas(suyo, entrega=c.entrega, retiro=c.retiro)


def _recibo(consta: bool) -> str:
    return "con_recibo" if consta else "sin_recibo"


def _con_fechas(base: dict[str, Any], **fechas: date | None) -> dict[str, Any]:
    return base | {clave: _partes(dia) for clave, dia in fechas.items() if dia}


def _partes(dia: date) -> dict[str, int]:
    """La fecha por partes, como la piden los datos de todo tipo."""
    return {"dia": dia.day, "mes": dia.month, "anio": dia.year}
