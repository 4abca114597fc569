"""Las guardas en el orden en que se miran: cada una calla, o rechaza con la razón y lo que sí es posible.

Están por tema: `guardas_estado`, `guardas_fechas`, `guardas_personas`, `guardas_respaldo`,
`guardas_firma`, `guardas_contenido`, `guardas_codigo`, `guardas_importacion`, `guardas_observaciones`,
`guardas_distribucion`, `guardas_plazos`, `guardas_reasignacion`, `guardas_rectificacion`, `guardas_vida` y
`guardas_solicitudes`. Al final, `guardas_compuertas` mira los demás documentos. Aquí se ve qué mira cada uno.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sgc_gt.dominio import guardas_codigo as codigo
from sgc_gt.dominio import guardas_contenido as contenido
from sgc_gt.dominio import guardas_distribucion as distribucion
from sgc_gt.dominio import guardas_estado as estado
from sgc_gt.dominio import guardas_fechas as fechas
from sgc_gt.dominio import guardas_firma as firmas
from sgc_gt.dominio import guardas_importacion as importacion
from sgc_gt.dominio import guardas_observaciones as observaciones
from sgc_gt.dominio import guardas_personas as personas
from sgc_gt.dominio import guardas_plazos as plazos
from sgc_gt.dominio import guardas_reasignacion as reasignacion
from sgc_gt.dominio import guardas_recodificacion as recodificacion
from sgc_gt.dominio import guardas_rectificacion as rectificacion
from sgc_gt.dominio import guardas_respaldo as respaldo
from sgc_gt.dominio import guardas_solicitudes as solicitudes
from sgc_gt.dominio import guardas_vida as vida
from sgc_gt.dominio.caso import Caso
from sgc_gt.dominio.guardas_compuertas import Cruce, cruzar
from sgc_gt.dominio.organizacion import Investidura


class Permiso(NamedTuple):
    """Lo que las guardas conceden: en qué calidad se actúa y la excepción que hubo que invocar, si hubo."""

    investidura: Investidura
    excepcion: str
    cruce: Cruce = Cruce()


def admitir(caso: Caso) -> Permiso:
    """El permiso para el acto; ActoNoPermitido con la primera razón por la que no se puede."""
    contenido.textos(caso)
    contenido.anotado(caso)
    solicitudes.de_documentos(caso)
    fechas.reloj(caso)
    estado.estado(caso)
    contenido.identidad(caso)
    fechas.fecha(caso)
    investidura = personas.quien(caso)
    personas.por_otro(caso)
    firmas.firma(caso.servicio, caso.pedido)
    respaldo.exigencias(caso)
    excepcion = personas.segregacion(caso)
    personas.una_vez(caso, investidura)
    fechas.vigencia(caso)
    contenido.archivo(caso)
    if caso.pedido.acto == "tomar-conocimiento":
        distribucion.tomar_conocimiento(caso, investidura)
    for guarda in _PROPIAS.get(caso.pedido.acto, ()):
        guarda(caso)
    solicitudes.atiende(caso)
    return Permiso(investidura, excepcion, cruzar(caso))


_PROPIAS: dict[str, tuple[Callable[[Caso], None], ...]] = {
    "crear": (codigo.crear,),
    "importar": (importacion.importar,),
    "registrar": (codigo.registrar,),
    "nueva-version": (codigo.identidad_nueva,),
    "solicitar": (solicitudes.solicitar,),
    "resolver": (solicitudes.resolver,),
    "recodificar": (recodificacion.recodificar,),
    "rectificar": (rectificacion.rectificar,),
    "reasignar": (reasignacion.reasignar,),
    "enviar": (contenido.hay_borrador, personas.alcanza_la_gente, observaciones.respuestas),
    "devolver": (plazos.plazo,),
    "revisar": (contenido.lo_enviado,),
    "aprobar": (contenido.lo_enviado, observaciones.sin_abiertas),
    "remitir": (contenido.lo_enviado,),
    "visar": (contenido.lo_enviado,),
    "emitir": (contenido.lo_enviado,),
    "regir": (fechas.regir,),
    "distribuir": (distribucion.distribuir,),
    "retirar-copia": (distribucion.retirar_copia,),
    "corregir": (vida.corregir,),
    "suspender": (vida.suspender,),
    "proponer-disposicion": (vida.proponer,),
    "disponer": (vida.disponer,),
    "prorrogar": (vida.prorrogar,),
    "sustraer": (vida.sustraer,),
}
"""Lo que además mira cada acto."""
