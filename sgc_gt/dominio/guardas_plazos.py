"""Guardas del plazo de un oficio: se cuenta bien, desde un día posible, y lo abre un oficio."""

from __future__ import annotations

from sgc_gt.dominio.caso import Caso, negar
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.plazos import PLAZO, leer


def plazo(caso: Caso) -> None:
    """El plazo anotado lo da un oficio, se cuenta desde su recibo, y contar de nuevo da el mismo día."""
    p = caso.pedido
    if PLAZO not in p.extra:
        return
    dicho = leer(p.extra)
    if dicho is None or not dicho.cuadra:
        raise negar(caso, "el plazo anotado no cuadra con sus días hábiles", hacer="repita la orden")
    oficio = next((e for e in p.evidencia if e.clase == "oficio"), None)
    if oficio is None:
        raise negar(
            caso,
            "un plazo para responder lo da un oficio, y no se dijo cuál",
            "el número y la fecha del oficio (--oficio, --fecha-oficio)",
            "repita la orden con el oficio, o sin --plazo-habiles",
        )
    if oficio.fecha and dicho.recibido < oficio.fecha:
        raise negar(
            caso,
            f"el oficio N° {oficio.numero} es del {imprimir_fecha(oficio.fecha)} y no pudo recibirse antes, "
            f"el {imprimir_fecha(dicho.recibido)}",
            f"un día desde el {imprimir_fecha(oficio.fecha)}",
            "revise el día del recibo (--recibido)",
        )
    if dicho.recibido > p.fecha:
        raise negar(
            caso,
            f"el oficio se recibió el {imprimir_fecha(dicho.recibido)}, después de la devolución, del "
            f"{imprimir_fecha(p.fecha)}",
            f"un día hasta el {imprimir_fecha(p.fecha)}",
            "revise el día del recibo (--recibido) o la fecha del movimiento (--fecha)",
        )
