"""Las claves que un cambio de configuración toca: de quién son, y si no toca nada más.

Se calcula de las dos configuraciones. Quien registra el cambio lo anota, para que la guarda de la firma sepa
qué se pide; `verificar` vuelve a calcularlo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sgc_gt.dominio import rutas
from sgc_gt.dominio.clave_ssh import Clave
from sgc_gt.dominio.ficha import Movimiento
from sgc_gt.dominio.servicio import Servicio

SOLO_CLAVES = "solo_claves"
"""Con esta clave un cambio de configuración dice de quién son las claves, si no cambia otra cosa."""


def cambiadas(antes: Servicio, despues: Servicio) -> tuple[str, ...]:
    """Los correos cuyas claves, o los días en que firman, no son los mismos."""
    eran, son = _de_cada_uno(antes), _de_cada_uno(despues)
    return tuple(correo for correo in sorted({*eran, *son}) if eran.get(correo) != son.get(correo))


def solo_claves_de(antes: Servicio, despues: Servicio, archivos: Iterable[str]) -> str:
    """El correo de la única persona cuyas claves cambian, sin que cambie nada más; vacío si no es así."""
    correos = cambiadas(antes, despues)
    solas = set(archivos) == {rutas.CONFIGURACION} and _sin_claves(antes) == _sin_claves(despues)
    return correos[0] if solas and len(correos) == 1 else ""


def mal_dicho(antes: Servicio, despues: Servicio, m: Movimiento) -> str:
    """Si el movimiento dice que solo cambian las claves de alguien y no es así, la oración; si no, vacío."""
    dicho = m.extra.get(SOLO_CLAVES)
    if not dicho or dicho == solo_claves_de(antes, despues, m.extra.get("archivos", {})):
        return ""
    return f"dice que solo cambian las claves de {dicho}, y cambia otra cosa"


def sin_firma(antes: Servicio, despues: Servicio, m: Movimiento) -> tuple[str, ...]:
    """El aviso de un cambio de claves sin firma: puede ser legal, y nada prueba de quién es."""
    correos = cambiadas(antes, despues) if m.acto == "configurar" and not m.firma else ()
    dicho = "cambiaron sin firma: busque el papel que lo autorizó"
    return (f"las claves de {', '.join(correos)} {dicho}",) if correos else ()


def _de_cada_uno(servicio: Servicio) -> Mapping[str, set[Clave]]:
    claves: dict[str, set[Clave]] = {}
    for p in servicio.personas:
        if p.claves:
            claves.setdefault(p.correo, set()).update(p.claves)
    return claves


def _sin_claves(servicio: Servicio) -> Servicio:
    return servicio._replace(personas=tuple(p._replace(claves=()) for p in servicio.personas))
