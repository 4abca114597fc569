"""`reasignar`: otro cargo elabora, revisa, aprueba o responde: de un documento, o de todos los que tenía."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio.externos import externos_de
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.reasignacion import ANTES, ENTRA, SALE, espera_a, papeles_con
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import Situacion, situacion
from sgc_gt.errores import NoEncontrado
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Peticion, pedido, unicos


def reasignar(
    ctx: Contexto, codigos: Sequence[str], cargos: Mapping[str, Any], peticion: Peticion
) -> list[Resultado]:
    """Cambia esos papeles (`elabora`, `revisa`…) en cada código, todos a la vez o ninguno."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        nuevos = {papel: _concretos(vista.servicio, dicho) for papel, dicho in cargos.items()}
        return [
            _propuesta(ctx, vista.ficha(codigo), nuevos, {}, peticion, ahora) for codigo in unicos(codigos)
        ]

    return registrar(ctx, preparar)


def reemplazar(ctx: Contexto, sale: str, entra: str, peticion: Peticion) -> list[Resultado]:
    """Pone un cargo en lugar de otro en todo documento vivo que lo nombre, en un solo acto.

    NoEncontrado si ninguno lo nombra.
    """

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        dicho = {SALE: sale, ENTRA: entra}
        propuestas = [
            _propuesta(ctx, ficha, papeles_con(ficha.identidad, sale, entra), dicho, peticion, ahora)
            for ficha in vista.fichas()
            if _lo_nombra(ficha, situacion(ficha, ahora.date()), sale, entra)
        ]
        if not propuestas:
            raise NoEncontrado(
                f"ningún documento en uso ni en trabajo nombra al cargo «{sale}»",
                lugar="--de",
                hacer="vea de quién es cada documento con: sgc-gt expediente COD",
            )
        return propuestas

    return registrar(ctx, preparar)


def quedan_con(vista: Vista, cargo: str) -> list[str]:
    """Lo que la configuración y la lista de externos siguen diciendo de un cargo: no son de un documento."""
    return [*_en_la_configuracion(vista, cargo), *_en_los_externos(vista, cargo)]


def _concretos(servicio: Servicio, dicho: Any) -> Any:
    """Cargos del catálogo: de un papel del servicio, el primero; lo desconocido lo dirá la guarda."""
    if isinstance(dicho, str):
        return (servicio.con_rol(dicho) or (dicho,))[0]
    return [_concretos(servicio, c) for c in dicho]


def _propuesta(
    ctx: Contexto,
    ficha: Ficha,
    cargos: Mapping[str, Any],
    dicho: Mapping[str, str],
    peticion: Peticion,
    ahora: datetime,
) -> Propuesta:
    antes = {papel: ficha.identidad.get(papel) for papel in cargos}
    completa = peticion._replace(extra={**peticion.extra, ANTES: antes, **dicho})
    p, evidencia = pedido(ctx, "reasignar", ficha.codigo, ficha, completa, ahora)
    return Propuesta(p._replace(identidad=dict(cargos)), evidencias=evidencia)


def _lo_nombra(ficha: Ficha, s: Situacion, sale: str, entra: str) -> bool:
    """Si el documento está en uso o en trabajo y ese cargo tiene en él un papel o una firma pendiente."""
    vivo = s.abierta or (s.vigente and ficha.clase != "registro") or s.por_regir
    return bool(vivo) and bool(papeles_con(ficha.identidad, sale, entra) or espera_a(s.abierta, sale))


def _en_la_configuracion(vista: Vista, cargo: str) -> Iterator[str]:
    s = vista.servicio
    roles = sorted(rol for rol, cargos in s.roles.items() if cargo in cargos and rol != cargo)
    circuitos = sorted(c for c, pasos in s.circuitos.items() if any(p.rol == cargo for p in pasos))
    series = sorted(codigo for codigo, serie in s.series.items() if serie.responsable == cargo)
    for que, nombres in (("el papel", roles), ("el circuito", circuitos), ("la serie", series)):
        if nombres:
            yield (
                f"la configuración lo nombra todavía en {que}: {', '.join(nombres)}; cámbielo en sus "
                "archivos y regístrelo con: sgc-gt configurar"
            )


def _en_los_externos(vista: Vista, cargo: str) -> Iterator[str]:
    suyos = sorted(e.id for e in externos_de(vista.sistema).values() if e.verifica == cargo)
    if suyos:
        yield (
            f"verifica documentos externos: {', '.join(suyos)}; cámbielo con: "
            "sgc-gt externo verificar ID --verifica CARGO"
        )
