"""El camino de un acto del servicio sobre sí mismo: con la configuración anterior, y en su propia ficha."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sgc_gt.consultas.derivadas import aplicar, cambios
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import escribir_ficha
from sgc_gt.dominio.ficha_sistema import CODIGO, organizacion
from sgc_gt.dominio.mensaje import mensaje
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.sistema import decidir_sistema
from sgc_gt.ordenes.firmante import pluma
from sgc_gt.ordenes.movimiento import comenzar_a_regir, firmas
from sgc_gt.ordenes.pedido import Peticion, pedido
from sgc_gt.repositorio.escritura import Escritor
from sgc_gt.repositorio.valores import Cambio


def simple(ctx: Contexto, acto: str, peticion: Peticion) -> str:
    """Registra un acto que solo cambia la ficha del servicio y sus listas; devuelve su identificador."""
    with ctx.repo.escritura() as escritor:
        comenzar_a_regir(ctx, escritor)
        vista = ctx.vista(escritor.base)
        return registrar_del_sistema(ctx, escritor, vista, acto, peticion, {}, vista.servicio)


def registrar_del_sistema(  # noqa: PLR0913, PLR0917  (el acto y el estado sobre el que se decide)
    ctx: Contexto,
    escritor: Escritor,
    vista: Vista,
    acto: str,
    peticion: Peticion,
    archivos: Mapping[str, bytes | None],
    servicio: Servicio,
) -> str:
    """Registra el acto con los archivos que instala; `servicio` es la configuración que queda."""
    ahora: datetime = ctx.ahora(vista)
    p, evidencia = pedido(ctx, acto, CODIGO, vista.sistema, peticion, ahora)
    firma = pluma(ctx, vista.servicio, ahora)
    movimiento = decidir_sistema(vista.servicio, vista.sistema, p)
    despues = vista.sistema.con(movimiento)
    autor, registra = firmas(vista.organizacion, movimiento)
    return escritor.registrar(
        Cambio(
            mensaje=mensaje([despues], organizacion(vista.servicio, despues)),
            autor=autor,
            registra=registra,
            instante=ahora,
            archivos={
                **archivos,
                rutas.SISTEMA: escribir_ficha(despues),
                **aplicar(vista, cambios(vista, servicio, [despues])),
            },
            contenidos={f"registros/{rutas.EVIDENCIAS}/{n}": b for n, b in evidencia.items()},
            sustituye={r: oid for r in archivos if (oid := ctx.repo.oid_en_trabajo(r))},
            firmar=firma.firmar,
        )
    )
