"""Los productos del Diagnóstico por los que se crea un documento o se abre una versión (etapa 6.2.5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sgc_gt.consultas.estandarizacion import productos_vigentes
from sgc_gt.contexto import Vista
from sgc_gt.errores import NoEncontrado
from sgc_gt.ordenes.pedido import Peticion


def con_productos(vista: Vista, peticion: Peticion, fecha: date) -> Peticion:
    """La petición con sus productos anotados; NoEncontrado si el Diagnóstico vigente no los tiene."""
    if not peticion.productos:
        return peticion
    hay = [p.id for p in productos_vigentes(vista, fecha)]
    ajenos = [p for p in peticion.productos if p not in hay]
    if ajenos:
        raise NoEncontrado(
            f"el producto «{ajenos[0]}» no está en el Diagnóstico vigente"
            if hay
            else "no hay un Diagnóstico vigente que diga los productos",
            lugar="--producto",
            esperado=", ".join(hay),
            hacer="" if hay else "ponga en vigencia el Diagnóstico, o repita la orden sin --producto",
        )
    extra: dict[str, Any] = {**peticion.extra, "productos": list(peticion.productos)}
    return peticion._replace(extra=extra)
