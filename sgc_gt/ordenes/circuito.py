"""Los actos que no llevan archivo: los pasos del circuito y los que cierran o renuevan una versión."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio.actos import EN_RUTA
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.observaciones import SEGUIMIENTO
from sgc_gt.dominio.plazos import PLAZO, abrir, anotado, leer
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import Conflicto, UsoIncorrecto
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes import respuestas
from sgc_gt.ordenes.adjunto_pdf import con_pdf
from sgc_gt.ordenes.devolucion import Devolucion, Leido, con_evidencia, leer_devuelto
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Adjunto, Peticion, pedido, unicos
from sgc_gt.ordenes.propuesta import huella_a_la_vista, ruta_borrador

LIBERAN = frozenset({"retirar", "devolver", "reabrir"})
"""Actos que devuelven el borrador a quien lo escribe: su archivo deja de ser de solo lectura."""


def anotar(ctx: Contexto, acto: str, codigos: list[str], peticion: Peticion) -> list[Resultado]:
    """Registra el acto en todos los códigos a la vez, o en ninguno."""
    if acto == "devolver":
        return devolver(ctx, codigos, peticion).resultados

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        return [_propuesta(ctx, vista, acto, codigo, peticion, ahora) for codigo in unicos(codigos)]

    resultados = registrar(ctx, preparar)
    if acto in LIBERAN:
        _liberar(ctx, resultados)
    elif acto == "descartar":
        respuestas.retirar_de(ctx, resultados)
    return resultados


class Termino(NamedTuple):
    """Cuántos días hábiles da un oficio para responder, y cuándo llegó; None: el día del movimiento."""

    habiles: int
    recibido: date | None = None


def devolver(
    ctx: Contexto,
    codigos: list[str],
    peticion: Peticion,
    archivo: Adjunto | None = None,
    termino: Termino | None = None,
) -> Devolucion:
    """Devuelve con observaciones: las escritas en la orden y las del Word que el revisor comentó o corrigió.

    El archivo queda como evidencia. Junto al borrador queda una copia con las observaciones en su lugar. El
    plazo que el oficio da queda anotado con los feriados con que se contó.
    """
    if archivo and len(unicos(codigos)) != 1:
        raise UsoIncorrecto(
            "un archivo comentado es de un solo documento",
            lugar="--archivo",
            esperado="un código",
            hacer="devuelva cada documento con su archivo",
        )
    avisos: list[str] = []

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        propuestas = []
        for codigo in unicos(codigos):
            leido = leer_devuelto(vista, vista.ficha(codigo), archivo, ahora) if archivo else Leido()
            avisos.extend(leido.avisos)
            propia = peticion._replace(
                observaciones=(*peticion.observaciones, *leido.observaciones),
                extra={**peticion.extra, SEGUIMIENTO: 1, **(_plazo(vista, termino, peticion, ahora))},
            )
            propuesta = _propuesta(ctx, vista, "devolver", codigo, propia, ahora)
            propuestas.append(
                con_evidencia(propuesta, vista.ficha(codigo), archivo) if archivo else propuesta
            )
        return propuestas

    resultados = registrar(ctx, preparar)
    _liberar(ctx, resultados)
    vista = ctx.vista()
    anotado_ = leer(vista.ficha(resultados[0].codigo).actos[-1].extra) if resultados else None
    return Devolucion(resultados, tuple(avisos), dict(_dejar_copias(ctx, resultados)), anotado_)


def _plazo(
    vista: Vista, termino: Termino | None, peticion: Peticion, ahora: datetime
) -> dict[str, dict[str, Any]]:
    """Lo que el movimiento anota del plazo; nada si el oficio no lo da."""
    if termino is None:
        return {}
    recibido = termino.recibido or peticion.fecha or ahora.date()
    anios = range(recibido.year, recibido.year + 3)  # lo más que un plazo puede alcanzar
    feriados = {dia for anio in anios for dia in vista.feriados(anio)}
    return {PLAZO: anotado(abrir(recibido, termino.habiles, feriados))}


def _dejar_copias(ctx: Contexto, resultados: Sequence[Resultado]) -> Iterator[tuple[str, str]]:
    """Junto a cada borrador devuelto, su copia con las observaciones en su lugar: código y ruta."""
    vista = ctx.vista()
    for r in resultados:
        ficha = vista.ficha(r.codigo)
        abierta = situacion(ficha).abierta
        ruta = respuestas.dejar_copia(ctx, vista, ficha, abierta) if abierta else ""
        if ruta:
            yield r.codigo, ruta


def _propuesta(
    ctx: Contexto, vista: Vista, acto: str, codigo: str, peticion: Peticion, ahora: datetime
) -> Propuesta:
    ficha = vista.ficha(codigo)
    p, evidencia = pedido(ctx, acto, codigo, ficha, peticion, ahora)
    abierta = situacion(ficha, ahora.date()).abierta
    if acto in EN_RUTA and abierta:
        p = p._replace(huella=huella_a_la_vista(ctx, vista, ficha, abierta), sha256=abierta.sha256)
    p = con_pdf(vista, ficha, abierta, p, evidencia)
    sustituye: dict[str, str] = {}
    if abierta and acto == "descartar":
        sustituye = taller.sustituibles(ctx, vista, ficha, abierta)
        _exigir_sin_edicion(ctx, vista, ficha, abierta, sustituye)
        enviado = vista.leer(ruta_borrador(ficha, abierta)) or b""
        respuestas.exigir_copias_sin_editar(ctx, vista, ficha, abierta, enviado)
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
