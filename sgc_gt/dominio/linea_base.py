"""La línea base de un documento importado: lo que ya traía no se le cobra hasta su próxima revisión completa.

Una versión que se aprobó fuera del sistema entra tal como está. Sus alertas se muestran aparte, en ella y
en los cambios menores que se le hagan, y no detienen nada. La terminan una versión nueva que no es menor,
o declarar que se mantiene vigente sin cambios: quien hace eso leyó el documento entero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sgc_gt.dominio.alertas import Alerta
from sgc_gt.dominio.codigos import FormatoVersion
from sgc_gt.dominio.ficha import Ficha, Movimiento

IMPORTAR = "importar"
TERMINAN = ("mantener",)


def base_de(ficha: Ficha, version: str, formato: FormatoVersion) -> Movimiento | None:
    """El movimiento que importó la versión que es línea base de `version`; None si no tiene.

    La base alcanza a la propia importada y a los cambios menores de ella, mientras nadie la haya revisado.
    """
    base: Movimiento | None = None
    for m in ficha.actos:
        if m.acto == IMPORTAR:
            base = m
        elif base is not None and m.acto in TERMINAN:
            base = None
    if base is None or not _sirve(version, base.version, formato):
        return None
    return base


def _sirve(version: str, importada: str, formato: FormatoVersion) -> bool:
    """Si es la importada o un cambio menor de ella: mismo número mayor y no anterior."""
    try:
        suya, propia = formato.orden(importada), formato.orden(version)
    except ValueError:  # un número que el servicio no sabe leer solo es igual a sí mismo
        return version == importada
    return suya[0] == propia[0] and propia >= suya


def separar(alertas: Iterable[Alerta], de_base: Iterable[Alerta]) -> tuple[list[Alerta], list[Alerta]]:
    """(las propias, las que ya estaban en la base). Cada una de la base ampara a una sola."""
    quedan = Counter(map(_identidad, de_base))
    propias: list[Alerta] = []
    heredadas: list[Alerta] = []
    for alerta in alertas:
        clave = _identidad(alerta)
        if quedan[clave] > 0:
            quedan[clave] -= 1
            heredadas.append(alerta)
        else:
            propias.append(alerta)
    return propias, heredadas


def _identidad(alerta: Alerta) -> tuple[str, str, str]:
    """Lo que hace que dos alertas sean la misma aunque el texto se haya corrido de lugar."""
    return alerta.regla, " ".join(alerta.evidencia.split()), alerta.ancla
