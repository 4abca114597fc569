"""Guardas de la firma: con qué clave puede firmar quien anota, y cuándo debe hacerlo.

La firma de un movimiento responde por quien lo anota, no por quien figura haciéndolo: es de su teclado.
Las claves son las de la configuración anterior al movimiento y se miden el día en que se anotó, en la zona
del servicio: una clave vencida no firma, y lo que firmó cuando regía sigue valiendo.
"""

from __future__ import annotations

from datetime import date

from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.errores import ActoNoPermitido

SIN_FIRMA = frozenset({"iniciar", "configurar"})
"""Actos que se admiten sin firma aunque se exija: antes de ellos no hay claves, o se perdió la que había."""


def dia_de(servicio: Servicio, pedido: Pedido) -> date:
    """El día en que se anota, en la zona del servicio."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (solo quien firma lo necesita)

    return pedido.registrado.astimezone(ZoneInfo(servicio.zona_horaria)).date()


def firma(servicio: Servicio, pedido: Pedido) -> None:
    """La clave es de quien anota y regía ese día; si el servicio exige firmar, quien tiene clave firma."""
    if not (pedido.firma or servicio.firmas_exigidas):
        return
    claves = servicio.claves_de(pedido.registra, dia_de(servicio, pedido))
    if pedido.firma and (pedido.acto == "iniciar" or pedido.firma not in {c.huella for c in claves}):
        raise ActoNoPermitido(
            f"la clave {pedido.firma} no es de {pedido.registra}, o no regía ese día",
            lugar=pedido.codigo,
            esperado=", ".join(c.huella for c in claves) or "una clave registrada y en su período",
            hacer="pida a control documental que registre su clave, o firme con la registrada",
        )
    if not pedido.firma and claves and pedido.acto not in SIN_FIRMA:
        raise ActoNoPermitido(
            "este servicio pide que firme quien tiene una clave registrada, y el movimiento viene sin firma",
            lugar=pedido.codigo,
            esperado=f"la firma de {pedido.registra} con {' o '.join(c.huella for c in claves)}",
            hacer="diga a su equipo con qué clave firmar: git config --global gpg.format ssh, y "
            "git config --global user.signingkey con la ruta de su clave",
        )
