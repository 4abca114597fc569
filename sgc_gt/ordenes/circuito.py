"""Los actos que no llevan archivo: los pasos del circuito y los que cierran o renuevan una versión."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio.actos import EN_RUTA
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import Conflicto
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Peticion, pedido, unicos
from sgc_gt.ordenes.propuesta import huella_a_la_vista, ruta_borrador

LIBERAN = frozenset({"retirar", "devolver", "reabrir"})
"""Actos que devuelven el borrador a quien lo escribe: su archivo deja de ser de solo lectura."""


def anotar(ctx: Contexto, acto: str, codigos: list[str], peticion: Peticion) -> list[Resultado]:
    """Registra el acto en todos los códigos a la vez, o en ninguno."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        return [_propuesta(ctx, vista, acto, codigo, peticion, ahora) for codigo in unicos(codigos)]

    resultados = registrar(ctx, preparar)
    if acto in LIBERAN:
        _liberar(ctx, resultados)
    return resultados


def _propuesta(
    ctx: Contexto, vista: Vista, acto: str, codigo: str, peticion: Peticion, ahora: datetime
) -> Propuesta:
    ficha = vista.ficha(codigo)
    p, evidencia = pedido(ctx, acto, codigo, ficha, peticion, ahora)
    abierta = situacion(ficha, ahora.date()).abierta
    if acto in EN_RUTA and abierta:
        p = p._replace(huella=huella_a_la_vista(ctx, vista, ficha, abierta), sha256=abierta.sha256)
    sustituye: dict[str, str] = {}
    if abierta and acto == "descartar":
        sustituye = taller.sustituibles(ctx, vista, ficha, abierta)
        _exigir_sin_edicion(ctx, vista, ficha, abierta, sustituye)
    return Propuesta(p, evidencias=evidencia, sustituye=sustituye)


def _exigir_sin_edicion(
    ctx: Contexto, vista: Vista, ficha: Ficha, v: Version, sustituibles: Collection[str]
) -> None:
    """Lo escrito y no entregado se perdería de vista, o reaparecería en la versión que tome el número."""
    ruta = ruta_borrador(ficha, v)
    en_disco = ctx.raiz / ruta
    if not v.archivo or not en_disco.is_file() or ruta in sustituibles:
        return
    if en_disco.read_bytes() != vista.leer(ruta):
        raise Conflicto(
            "el borrador tiene cambios sin entregar",
            lugar=ruta,
            hacer="guárdelo en otra carpeta si le sirve y bórrelo de ahí, o entréguelo; después descarte",
        )


def _liberar(ctx: Contexto, resultados: list[Resultado]) -> None:
    vista = ctx.vista()
    for r in resultados:
        ficha = vista.ficha(r.codigo)
        abierta = situacion(ficha).abierta
        ruta = ruta_borrador(ficha, abierta) if abierta else ""
        if ruta and (ctx.raiz / ruta).is_file():
            ctx.repo.proteger(ruta, solo_lectura=False)
