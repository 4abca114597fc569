"""De dónde salió una versión: el movimiento que la abrió, y quién escribió su texto."""

from __future__ import annotations

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.situacion import Version

_ESCRIBEN = frozenset({"crear", "generar", "entregar", "nueva-version", "importar"})


def apertura(ficha: Ficha, v: Version) -> Movimiento:
    """El movimiento que abrió la versión; el último, si antes se descartó otra de igual número."""
    abrieron = [m for m in ficha.actos if m.version == v.version and m.acto in tabla.ABREN_VERSION]
    return abrieron[-1]


def es_generado(ficha: Ficha, v: Version) -> bool:
    """Si el texto de la versión salió de la plantilla y sus datos, sin edición en Word ni venir de fuera."""
    autoria = [m.acto for m in ficha.actos if m.version == v.version and m.acto in _ESCRIBEN]
    return bool(autoria) and autoria[-1] in ("crear", "generar")
