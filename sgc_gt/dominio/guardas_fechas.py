"""Guardas de fecha: cuándo ocurrió el acto, cuándo se anota y qué lo prueba."""

from __future__ import annotations

from datetime import date

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.caso import Caso, adjuntos, en_palabras, negar
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.etiquetas import CLASES_EVIDENCIA
from sgc_gt.dominio.fechas import RELOJ_ATRASADO, imprimir_fecha, imprimir_instante, leer_instante
from sgc_gt.dominio.ficha import Evidencia, Movimiento
from sgc_gt.dominio.situacion import Version, ocurre

SIN_PRUEBA_DE_FECHA = frozenset({"regir", "registrar"})
"""La fecha de `regir` la fijó la emisión; la de un registro la dice el registro mismo."""


def reloj(caso: Caso) -> None:
    """Nada se anota antes que lo último que se anotó del documento."""
    ultimo = _ultimo(caso)
    if ultimo and caso.pedido.registrado.replace(microsecond=0) < leer_instante(ultimo.registrado):
        raise negar(
            caso,
            f"el reloj dice {imprimir_instante(caso.pedido.registrado)}, y el último acto del documento "
            f"({ETIQUETAS[ultimo.acto]}) se anotó el {imprimir_instante(leer_instante(ultimo.registrado))}",
            "una hora igual o posterior",
            RELOJ_ATRASADO,
        )


def fecha(caso: Caso) -> None:
    """Ni futura, ni anterior al último acto del documento, ni distinta de hoy sin evidencia.

    Una constancia mira solo la versión que nombra: un acuse del día 5 puede anotarse el 12.
    """
    p = caso.pedido
    hoy = p.registrado.date()
    if p.fecha > hoy:
        raise negar(
            caso,
            f"la fecha del acto, {imprimir_fecha(p.fecha)}, es futura (hoy es {imprimir_fecha(hoy)})",
            "una fecha hasta hoy; la vigencia sí puede ser futura (--vigente-desde)",
            "repita el acto con la fecha en que ocurrió",
        )
    if caso.acto.constancia:
        _desde_que_existe(caso)
    else:
        _no_retrocede(caso)
    if p.fecha != hoy and p.acto not in SIN_PRUEBA_DE_FECHA and not adjuntos(p.evidencia):
        raise negar(
            caso,
            f"la fecha {imprimir_fecha(p.fecha)} no es la de hoy y no hay evidencia que la diga",
            "un adjunto con esa fecha (--adjunto)",
            "adjunte el documento que prueba la fecha, o registre el acto con fecha de hoy",
        )
    for e in p.evidencia:
        _ya_existia(caso, e, p.fecha)


def _no_retrocede(caso: Caso) -> None:
    p, ultimo = caso.pedido, _ultimo_que_mueve(caso)
    if ultimo and p.fecha < ultimo.fecha:
        raise negar(
            caso,
            f"la fecha {imprimir_fecha(p.fecha)} es anterior al último acto del documento "
            f"({ETIQUETAS[ultimo.acto]}, {imprimir_fecha(ultimo.fecha)})",
            f"una fecha desde el {imprimir_fecha(ultimo.fecha)}",
            "las fechas de un documento no retroceden: revise la fecha o la evidencia",
        )


def _desde_que_existe(caso: Caso) -> None:
    """De una versión no hay constancia anterior a su emisión (o a su apertura, si no se ha emitido)."""
    p, v = caso.pedido, caso.version
    desde = nace(v) if v else p.fecha
    if v and p.fecha < desde:
        hecho = "se emitió" if v.emision and not v.importada else "existe desde"
        raise negar(
            caso,
            f"la fecha {imprimir_fecha(p.fecha)} es anterior a {en_palabras(v)}, que {hecho} "
            f"el {imprimir_fecha(desde)}",
            f"una fecha desde el {imprimir_fecha(desde)}",
            "revise la fecha, o de qué versión es la constancia",
        )


def nace(v: Version) -> date:
    """El día desde el que la versión existe para los demás: su emisión; si no se ha emitido, su apertura."""
    return ocurre(v.emision) if v.emision else v.abierta


def _ultimo_que_mueve(caso: Caso) -> Movimiento | None:
    """El último acto que movió una versión: las constancias no atan a los demás."""
    actos = caso.ficha.actos if caso.ficha else ()
    return next((m for m in reversed(actos) if m.acto not in tabla.CONSTANCIAS), None)


def _ultimo(caso: Caso) -> Movimiento | None:
    return caso.ficha.actos[-1] if caso.ficha and caso.ficha.actos else None


def _ya_existia(caso: Caso, e: Evidencia, fecha_acto: date) -> None:
    """Un acto no se apoya en un documento de fecha posterior."""
    if e.fecha and e.fecha > fecha_acto:
        numero = f" N° {e.numero}" if e.numero else ""
        raise negar(
            caso,
            f"el respaldo ({CLASES_EVIDENCIA.get(e.clase, e.clase)}{numero}) es del "
            f"{imprimir_fecha(e.fecha)}, posterior a la fecha del acto ({imprimir_fecha(fecha_acto)})",
            f"un respaldo con fecha hasta el {imprimir_fecha(fecha_acto)}",
            "revise la fecha del respaldo (--fecha-oficio) o la del acto (--fecha)",
        )


def vigencia(caso: Caso) -> None:
    """La vigencia se fija al emitir, desde la emisión en adelante; un registro no la tiene futura."""
    p = caso.pedido
    if p.vigente_desde is None or p.acto == "importar":  # la suya la mira `guardas_importacion`
        return
    if p.acto != "emitir":
        raise negar(
            caso,
            f"«{ETIQUETAS[p.acto]}» no fija desde cuándo rige el documento",
            hacer="la fecha de vigencia se dice al emitir (--vigente-desde)",
        )
    if p.vigente_desde < p.fecha:
        raise negar(
            caso,
            f"la vigencia ({imprimir_fecha(p.vigente_desde)}) no puede comenzar antes de la emisión "
            f"({imprimir_fecha(p.fecha)})",
            f"una fecha desde el {imprimir_fecha(p.fecha)}",
            "revise la fecha de vigencia (--vigente-desde)",
        )
    if p.vigente_desde > p.fecha and caso.ficha and caso.ficha.clase == "registro":
        raise negar(
            caso,
            "un registro queda archivado el día en que se emite: no tiene vigencia futura",
            f"la fecha de la emisión ({imprimir_fecha(p.fecha)})",
            "repita la orden sin --vigente-desde",
        )


def regir(caso: Caso) -> None:
    """Comienza a regir en la fecha que la emisión fijó, y en ninguna otra."""
    v, p = caso.version, caso.pedido
    if v and v.vigente_desde != p.fecha:
        raise negar(
            caso,
            f"la versión {v.version} no comienza a regir el {imprimir_fecha(p.fecha)}",
            f"el {imprimir_fecha(v.vigente_desde)}, la fecha que fijó su emisión",
        )
