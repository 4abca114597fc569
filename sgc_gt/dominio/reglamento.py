"""El único lugar donde un acto se admite o se rechaza.

`decidir` recibe el servicio tal como estaba antes del acto, la ficha y el pedido, y devuelve el movimiento
que se anotaría. Es puro: la repetición de la cadena vuelve a llamarlo con lo que cada movimiento dice y
exige el mismo resultado. Fuente: ISO 9001:2008 4.2.3 y 2015 7.5.2-7.5.3; dominio §2.4; tabla de `actos`.
"""

from __future__ import annotations

from datetime import datetime

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio import guardas
from sgc_gt.dominio.caso import Caso, Pedido, adjuntos, armar, ruta_de
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.organizacion import Investidura, Organizacion
from sgc_gt.dominio.servicio import Servicio


def decidir(
    servicio: Servicio, organizacion: Organizacion, ficha: Ficha | None, pedido: Pedido
) -> Movimiento:
    """El movimiento que el pedido produce, o ActoNoPermitido con la razón y lo que sí es posible.

    `servicio` y `organizacion` son los del estado anterior al acto. NoEncontrado si el tipo no existe.
    """
    caso = armar(servicio, organizacion, ficha, pedido)
    guardas.estado(caso)
    guardas.fecha(caso)
    investidura = guardas.quien(caso)
    guardas.por_otro(caso)
    guardas.exigencias(caso)
    guardas.segregacion(caso)
    guardas.propias(caso)
    return _movimiento(caso, investidura)


def version_nueva(caso: Caso) -> str:
    """El número que toma la versión que se abre: el siguiente al mayor consumido (dominio §2.3)."""
    formato = caso.servicio.formato
    if caso.situacion is None:
        return formato.inicial()
    consumidas = [v.version for v in caso.situacion.versiones if v.emision or v.quemada]
    mayor = max(consumidas, key=formato.orden)
    return formato.siguiente(mayor, menor=bool(caso.pedido.extra.get("menor")))


def _circuito(caso: Caso) -> str:
    if caso.pedido.acto == "crear":
        return caso.tipo.circuito
    if caso.pedido.acto == "nueva-version":
        menor = caso.pedido.extra.get("menor") and caso.tipo.circuito_menor
        return str(menor or caso.tipo.circuito)
    return ""


def origen(pedido: Pedido) -> str:
    """Cómo llegó el acto: por la persona, o anotado por control documental con o sin respaldo."""
    if pedido.correo == pedido.registra:
        return "por_la_persona"
    return "registrado_con_respaldo" if adjuntos(pedido.evidencia) else "registrado_sin_respaldo"


def _movimiento(caso: Caso, investidura: Investidura) -> Movimiento:
    p, v = caso.pedido, caso.version
    if p.acto == "nueva-version" or v is None:
        version = "" if "/" in p.codigo else version_nueva(caso)
    else:
        version = v.version
    excepcion = caso.servicio.excepcion(p.codigo, "segregacion")
    extra = dict(p.extra)
    if excepcion and p.acto in tabla.DECISIONES:
        extra["excepcion"] = excepcion.motivo
    return Movimiento(
        n=len(caso.ficha.actos) + 1 if caso.ficha else 1,
        acto=p.acto,
        version=version,
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
        motivo=p.motivo.strip(),
        evidencia=p.evidencia,
        observaciones=p.observaciones,
        identidad=p.identidad,
        ruta=ruta_de(caso) if p.acto == "enviar" else (),
        circuito=_circuito(caso),
        vigente_desde=p.vigente_desde,
        extra=extra,
    )


def pedido_de(movimiento: Movimiento, codigo: str, tipo: str) -> Pedido:
    """El pedido que produjo un movimiento: con él se repite la decisión al verificar la cadena."""
    extra = {k: v for k, v in movimiento.extra.items() if k != "excepcion"}
    return Pedido(
        acto=movimiento.acto,
        codigo=codigo,
        fecha=movimiento.fecha,
        registrado=datetime.fromisoformat(movimiento.registrado),
        correo=movimiento.correo,
        registra=movimiento.registra,
        tipo=tipo,
        cargo="" if movimiento.cargo == "sistema" else movimiento.cargo,
        motivo=movimiento.motivo,
        evidencia=movimiento.evidencia,
        observaciones=movimiento.observaciones,
        huella=movimiento.huella,
        sha256=movimiento.sha256,
        archivo=movimiento.archivo,
        vigente_desde=movimiento.vigente_desde,
        identidad=movimiento.identidad,
        extra=extra,
    )
