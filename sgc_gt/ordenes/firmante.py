"""Con qué clave firma quien da la orden, si firma: la de su equipo, que además sea suya en el servicio."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sgc_gt.contexto import Contexto
from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.clave_ssh import huella_de, leer_clave
from sgc_gt.dominio.guardas_firma import firma
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.sshsig import leer_firma
from sgc_gt.errores import ActoNoPermitido


class Pluma(NamedTuple):
    """Con qué se firma un movimiento: la huella que su ficha dirá y cómo se hace la firma."""

    huella: str = ""
    firmar: Callable[[bytes], bytes] | None = None


SIN_PLUMA = Pluma()


def pluma(ctx: Contexto, servicio: Servicio, ahora: datetime) -> Pluma:
    """La de quien da la orden; SIN_PLUMA si no tiene clave registrada o su equipo no firma.

    Quien sí la tiene firma con ella o se niega la orden: ActoNoPermitido si su equipo firma con otra.
    """
    claves = servicio.claves_de(ctx.persona.correo, ahora.date())
    if not claves or not ctx.persona.llave:
        ctx.sin_firmar = bool(claves)
        return SIN_PLUMA
    # Aquí, y no arriba: quien no firma no arranca procesos ni lee claves.
    from sgc_gt.repositorio.firmar import clave_publica  # noqa: PLC0415

    cuerpo = leer_clave(clave_publica(ctx.persona.llave, ctx.raiz))
    huella = huella_de(cuerpo)
    if huella not in {c.huella for c in claves}:
        raise ActoNoPermitido(
            f"la clave con que firma este equipo ({huella}) no es la registrada de {ctx.persona.correo}",
            lugar="firma",
            esperado=" o ".join(c.huella for c in claves),
            hacer="elija la registrada con: git config user.signingkey RUTA; o pida a control documental "
            "que registre esta",
        )
    return Pluma(huella, lambda datos: _firmar(ctx, cuerpo, datos))


def exigir_que_firme(ctx: Contexto, servicio: Servicio, ahora: datetime) -> None:
    """Rechazo si quien va a dejar una orden andando no podría firmar lo que ella anote.

    Se firma una prueba: mejor saberlo al empezar que en el archivo de otra persona.
    """
    hecha, quien = pluma(ctx, servicio, ahora), ctx.persona.correo
    firma(servicio, Pedido("entregar", "firma", ahora.date(), ahora, quien, quien, firma=hecha.huella))
    if hecha.firmar:
        hecha.firmar(b"prueba")


def _firmar(ctx: Contexto, cuerpo: bytes, datos: bytes) -> bytes:
    """La firma, comprobada antes de que entre en la historia: de ahí ya no sale."""
    from sgc_gt.repositorio.comprobar_firma import vale  # noqa: PLC0415  (60 ms que solo paga quien firma)
    from sgc_gt.repositorio.firmar import SinFirma, firmar  # noqa: PLC0415

    hecha = firmar(ctx.persona.llave, ctx.raiz, datos)
    leida = leer_firma(hecha)
    if leida.clave != cuerpo or not vale(leida, datos):
        raise SinFirma(
            "lo que firmó este equipo no se puede comprobar con su clave; nada se registró",
            lugar=ctx.persona.llave,
            hacer="revise su clave y repita la orden",
        )
    return hecha
