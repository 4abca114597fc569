"""Guardas de la firma: con qué clave puede firmar quien anota, y cuándo debe hacerlo.

La firma de un movimiento responde por quien lo anota, no por quien figura haciéndolo: es de su teclado.
Las claves son las de la configuración anterior al movimiento y se miden el día en que se anotó, en la zona
del servicio: una clave vencida no firma, y lo que firmó cuando regía sigue valiendo.
"""

from __future__ import annotations

from datetime import date

from sgc_gt.dominio.cambio_claves import SOLO_CLAVES
from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.errores import ActoNoPermitido

COMO_FIRMAR = (
    "diga a su equipo con qué clave firmar: git config --global gpg.format ssh, y "
    "git config --global user.signingkey con la ruta de su clave"
)


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
    if pedido.firma or pedido.acto == "iniciar":
        return
    if pedido.acto == "configurar":
        _configurar_sin_firma(servicio, pedido)
    elif claves:
        raise ActoNoPermitido(
            "este servicio pide que firme quien tiene una clave registrada, y el movimiento viene sin firma",
            lugar=pedido.codigo,
            esperado=f"la firma de {pedido.registra} con {' o '.join(c.huella for c in claves)}",
            hacer=COMO_FIRMAR,
        )


def _configurar_sin_firma(servicio: Servicio, pedido: Pedido) -> None:
    """Donde se exige firmar, la configuración se cambia firmando: un correo lo escribe cualquiera.

    Solo así se registra la primera clave y se repone la perdida: cada uno las suyas y nada más, y mientras
    ninguna otra persona de control documental pueda firmar ese cambio por él.
    """
    if pedido.extra.get(SOLO_CLAVES) != pedido.registra:
        raise ActoNoPermitido(
            "este servicio exige firmar, y el cambio de la configuración viene sin firma",
            lugar=pedido.codigo,
            esperado=f"la firma de {pedido.registra}; sin ella, solo se registran las claves propias",
            hacer=f"si todavía no tiene clave, registre primero la suya, sin cambiar nada más; {COMO_FIRMAR}",
        )
    otros = [c for c in _firmantes_de_control(servicio, dia_de(servicio, pedido)) if c != pedido.registra]
    if otros:
        raise ActoNoPermitido(
            f"el cambio de las claves de {pedido.registra} viene sin firma, y hay quien puede firmarlo",
            lugar=pedido.codigo,
            esperado=f"que lo registre, con su firma, {' o '.join(otros)}",
            hacer="entréguele su clave pública; o firme usted el cambio con la que tiene registrada",
        )


def _firmantes_de_control(servicio: Servicio, dia: date) -> list[str]:
    """Quienes ejercen el control documental ese día y tienen con qué firmar."""
    cargos = servicio.con_rol("control_documental")
    ejercen = (p.correo for p in servicio.personas if p.cargo in cargos and p.ejerce(dia))
    return [correo for correo in dict.fromkeys(ejercen) if servicio.claves_de(correo, dia)]
