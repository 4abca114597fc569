"""`emitir`: poner en vigencia lo aprobado."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sgc_gt.consultas.ancla import ancla_de
from sgc_gt.contexto import GENERADOR, Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ancla import ANCLA
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.impresion import VISACION
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import ActoNoPermitido, IntegridadRota
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.borrador import Borrador
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Peticion, pedido, unicos
from sgc_gt.ordenes.propuesta import con_archivo, ruta_borrador


def emitir(ctx: Contexto, codigos: list[str], peticion: Peticion) -> list[Resultado]:
    """Pone en vigencia: sella el borrador aprobado, lo coloca y actualiza las listas."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        return [_emision(ctx, vista, codigo, peticion, ahora) for codigo in unicos(codigos)]

    return registrar(ctx, preparar)


def _emision(ctx: Contexto, vista: Vista, codigo: str, peticion: Peticion, ahora: datetime) -> Propuesta:
    ficha = vista.ficha(codigo)
    v = situacion(ficha, ahora.date()).abierta
    p, evidencia = pedido(ctx, "emitir", codigo, ficha, peticion, ahora)
    if v is None:
        decidir(vista.servicio, vista.organizacion, ficha, p, vista)
        raise ActoNoPermitido("no hay versión que emitir", lugar=codigo)
    contenido = vista.leer(ruta_borrador(ficha, v)) or b""
    datos = vista.leer(rutas.datos_de(ruta_borrador(ficha, v)))

    def armar(despues: Ficha, version: str) -> Borrador:
        final = contenido
        if v.archivo.endswith(".docx"):
            final = taller.sellado(vista, despues, version, contenido)
        b = taller.armar(final, datos, v, v.archivo)
        if b.huella != v.huella:
            raise IntegridadRota(
                "al sellar el documento cambió su contenido; no se emite",
                lugar=f"{codigo} versión {version}",
                hacer="devuelva el borrador y revise sus zonas controladas",
            )
        return b._replace(datos=None)

    propuesta = con_archivo(
        vista, ficha, p._replace(huella=v.huella, extra=_extra(vista, v, p.extra)), evidencia, armar
    )
    return propuesta._replace(sustituye=taller.sustituibles(ctx, vista, ficha, v))


def _extra(vista: Vista, v: Version, pedido: Mapping[str, Any]) -> dict[str, Any]:
    """Lo que el movimiento anota para que el sello se pueda repetir: quién lo hizo y qué imprimió.

    El ancla es la del movimiento anterior: el de la emisión no tiene identificador mientras se imprime.
    """
    visado = {VISACION: True} if any(m.acto == "visar" for m in v.firmas) else {}
    return {**pedido, "generador": GENERADOR, ANCLA: ancla_de(vista), **visado}
