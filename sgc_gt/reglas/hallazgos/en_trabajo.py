"""Lo que una versión en trabajo ya muestra en sus datos: el mismo hallazgo, antes de que rija."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sgc_gt.dominio.alertas import Alerta
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.reglas.hallazgos.alertas import a_alertas
from sgc_gt.reglas.hallazgos.hechos import Hechos
from sgc_gt.reglas.hallazgos.rige import Rige
from sgc_gt.reglas.hallazgos.tabla import POR_ID
from sgc_gt.reglas.hallazgos.territorio import omitidas_en

LUGAR = "datos"


def regiones_omitidas(h: Hechos, ficha: Ficha, v: Version, datos: Mapping[str, Any]) -> list[Alerta]:
    """N-32 en esa versión, con las palabras con que se dirá cuando rija. Aconseja: no impide enviar."""
    r = Rige(ficha, v, situacion(ficha, h.fecha))
    tipico = POR_ID["N-32"]._replace(revisar=lambda h: omitidas_en(h, r, datos))
    return [alerta._replace(lugar=LUGAR) for _, alerta in a_alertas(h, [tipico])]
