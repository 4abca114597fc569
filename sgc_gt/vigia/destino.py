"""Dar destino a lo escrito sobre una versión vigente: un borrador nuevo, o la carpeta de quien elabora."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import ActoNoPermitido, Ocupado, Rechazo
from sgc_gt.repositorio.disco import carpeta_privada
from sgc_gt.vigia import rescate
from sgc_gt.vigia.frases import Suceso
from sgc_gt.vigia.recibir import en_nombre_de
from sgc_gt.vigia.valores import RESTITUIR, Accion, Expediente

if TYPE_CHECKING:
    from sgc_gt.vigia.vigia import Vigia


def atender(vigia: Vigia) -> None:
    """Atiende todo lo apartado. Lo que falle sigue a salvo donde está, para la próxima mirada."""
    for r in rescate.por_atender(vigia.ctx.raiz):
        try:
            _uno(vigia, r)
        except (Ocupado, OSError):
            continue
        except Exception:  # noqa: BLE001  (un defecto no detiene la vigilancia ni pierde lo escrito)
            vigia.defecto(Accion(RESTITUIR, r.contenido.as_posix(), r.codigo))


def _uno(vigia: Vigia, r: rescate.Rescatado) -> None:
    vigia.leer_mesa()
    e = vigia.mesa[r.codigo]
    ficha = vigia.vista.ficha(r.codigo)
    rescate.restituir_si_sigue(vigia.ctx, vigia.vista, ficha, r)
    rige = situacion(ficha).vigente
    suceso = Suceso(
        vigia.ctx.ahora(vigia.vista),
        "edicion_directa",
        r.codigo,
        rige.version if rige else "",
        next(iter(e.cargos), ""),
        r.nombre,
    )
    try:
        nueva = _como_borrador(vigia, e, r)
    except Ocupado:
        raise
    except Rechazo as rechazo:
        final = rescate.conservar(r, _carpeta(vigia, e))
        detalle = {"guardado": str(final), "razon": rechazo.mensaje}
        vigia.contar(suceso._replace(clase="edicion_conservada", detalle=detalle))
    else:
        vigia.contar(suceso._replace(detalle={"nueva": nueva}))
    rescate.olvidar(r)


def _como_borrador(vigia: Vigia, e: Expediente, r: rescate.Rescatado) -> str:
    titulares = vigia.personas.get(next(iter(e.cargos), ""), ())
    if len(titulares) != 1:
        raise ActoNoPermitido("no hay una sola persona que elabore el documento", lugar=r.codigo)
    return rescate.como_borrador(vigia.ctx, en_nombre_de(vigia.ctx, titulares[0]), r)


def _carpeta(vigia: Vigia, e: Expediente) -> Path:
    """La carpeta conectada de quien elabora; si no la tiene o no está, una privada del servicio."""
    todas = vigia.carpetas()
    propia = next((todas[c] for c in e.cargos if c in todas and todas[c].is_dir()), None)
    if propia:
        return propia
    guardados = carpeta_privada(vigia.ctx.raiz) / "conservados"
    guardados.mkdir(parents=True, exist_ok=True)
    return guardados
