"""El único lugar donde un acto se admite o se rechaza.

`decidir` recibe el servicio tal como estaba antes del acto, la ficha y el pedido, y devuelve el movimiento
que se anotaría. Es puro: la repetición de la cadena vuelve a llamarlo con lo que cada movimiento dice y
exige el mismo resultado. Fuente: ISO 9001:2008 4.2.3 y 2015 7.5.2-7.5.3; dominio §2.4; tabla de `actos`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.caso import (
    Caso,
    Pedido,
    adjuntos,
    armar,
    ruta_de,
    ruta_solicitada,
    version_del_movimiento,
    version_nueva,
)
from sgc_gt.dominio.compuertas import ADVERTENCIAS, APOYOS, Mundo
from sgc_gt.dominio.distribucion import CONOCIMIENTOS
from sgc_gt.dominio.fechas import leer_instante
from sgc_gt.dominio.ficha import Ficha, Movimiento, Paso
from sgc_gt.dominio.guardas import Permiso, admitir
from sgc_gt.dominio.importado import ORIGINAL
from sgc_gt.dominio.organizacion import SISTEMA, Organizacion
from sgc_gt.dominio.reasignacion import ruta_reparada
from sgc_gt.dominio.servicio import Servicio

__all__ = ["CARPETA", "decidir", "origen", "pedido_de", "version_nueva"]

CARPETA = "carpeta"
"""Con esta clave un movimiento dice de qué carpeta conectada vino lo que se recibió."""

_DICEN_VERSION = tabla.CONSTANCIAS | {"importar"}
"""Actos cuyo pedido dice la versión; en los demás la deduce el reglamento."""

_EXCEPCION = "excepcion"
"""Con esta clave un movimiento dice en qué excepción a la segregación se apoyó: la pone el reglamento."""


_DEL_REGLAMENTO = frozenset({_EXCEPCION, APOYOS, ADVERTENCIAS})


def decidir(
    servicio: Servicio,
    organizacion: Organizacion,
    ficha: Ficha | None,
    pedido: Pedido,
    mundo: Mundo | None = None,
) -> Movimiento:
    """El movimiento que el pedido produce, o ActoNoPermitido con la razón y lo que sí es posible.

    `servicio`, `organizacion` y `mundo` (los demás documentos) son los del estado anterior al acto. Sin
    `mundo` no se miran las compuertas: sirve para adelantar una negativa, no para anotar. NoEncontrado si el
    tipo no existe.
    """
    caso = armar(servicio, organizacion, ficha, pedido.limpio(), mundo)
    return _movimiento(caso, admitir(caso))


def _circuito(caso: Caso) -> str:
    if caso.pedido.acto == "crear":
        return caso.tipo.circuito
    if caso.pedido.acto == "nueva-version":
        menor = caso.pedido.extra.get("menor") and caso.tipo.circuito_menor
        return str(menor or caso.tipo.circuito)
    return ""


def _ruta(caso: Caso) -> tuple[Paso, ...]:
    if caso.pedido.acto == "enviar":
        return ruta_de(caso)
    if caso.pedido.acto == "solicitar":
        return ruta_solicitada(caso)
    return ruta_reparada(caso) if caso.pedido.acto == "reasignar" else ()


def origen(pedido: Pedido) -> str:
    """Cómo llegó el acto: por la persona, anotado por control documental con o sin respaldo, o declarado.

    «Declarado»: lo trajo una carpeta conectada. La carpeta dice de qué cargo es, no qué mano guardó.
    """
    if pedido.acto in tabla.DECLARABLES and pedido.extra.get(CARPETA):
        return "declarado"
    if pedido.acto == "importar":  # la aprobación es de otros: lo que importa es si hay papel que la pruebe
        papeles = [e for e in adjuntos(pedido.evidencia) if e.clase != ORIGINAL]
        return "registrado_con_respaldo" if papeles else "registrado_sin_respaldo"
    if CONOCIMIENTOS in pedido.extra:  # los actos son de quienes firmaron la hoja; sin ella no se admiten
        return "registrado_con_respaldo"
    if pedido.correo == pedido.registra:
        return "por_la_persona"
    # El archivo de un registro es su propio respaldo.
    con_respaldo = adjuntos(pedido.evidencia) or (pedido.acto == "registrar" and pedido.sha256)
    return "registrado_con_respaldo" if con_respaldo else "registrado_sin_respaldo"


def _movimiento(caso: Caso, permiso: Permiso) -> Movimiento:
    p, investidura = caso.pedido, permiso.investidura
    extra = _solo_pedido(p.extra)
    dichos = {
        _EXCEPCION: permiso.excepcion,
        APOYOS: list(permiso.cruce.apoyos),
        ADVERTENCIAS: list(permiso.cruce.advertencias),
    }
    extra.update({clave: valor for clave, valor in dichos.items() if valor})
    return Movimiento(
        n=len(caso.ficha.actos) + 1 if caso.ficha else 1,
        acto=p.acto,
        version=version_del_movimiento(caso),
        fecha=p.fecha,
        registrado=p.registrado.isoformat(timespec="seconds"),
        correo=p.correo,
        cargo=investidura.cargo,
        registra=p.registra,
        origen=origen(p),
        calidad=investidura.calidad,
        base_calidad=investidura.base,
        huella=p.huella,
        sha256=p.sha256,
        archivo=p.archivo,
        motivo=p.motivo,
        evidencia=p.evidencia,
        observaciones=p.observaciones,
        identidad=p.identidad,
        ruta=_ruta(caso),
        circuito=_circuito(caso),
        vigente_desde=p.vigente_desde,
        firma=p.firma,
        extra=extra,
    )


def _solo_pedido(extra: Mapping[str, Any]) -> dict[str, Any]:
    """Lo que alguien pidió, sin lo que el reglamento anota por su cuenta."""
    return {clave: valor for clave, valor in extra.items() if clave not in _DEL_REGLAMENTO}


def pedido_de(movimiento: Movimiento, codigo: str, tipo: str) -> Pedido:
    """El pedido que produjo un movimiento: con él se repite la decisión al verificar la cadena."""
    return Pedido(
        acto=movimiento.acto,
        codigo=codigo,
        fecha=movimiento.fecha,
        registrado=leer_instante(movimiento.registrado),
        correo=movimiento.correo,
        registra=movimiento.registra,
        tipo=tipo,
        cargo="" if movimiento.cargo == SISTEMA else movimiento.cargo,
        version=movimiento.version if movimiento.acto in _DICEN_VERSION else "",
        motivo=movimiento.motivo,
        evidencia=movimiento.evidencia,
        observaciones=movimiento.observaciones,
        huella=movimiento.huella,
        sha256=movimiento.sha256,
        archivo=movimiento.archivo,
        vigente_desde=movimiento.vigente_desde,
        identidad=movimiento.identidad,
        extra=_solo_pedido(movimiento.extra),
        firma=movimiento.firma,
    )
