"""Lo medido contra lo comprometido: una medición usa la meta, la unidad y el sentido que el Plan dice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sgc_gt.reglas.hallazgos.hechos import Dicho, Rige
from sgc_gt.reglas.hallazgos.valores import Senal

Dichos = Sequence[tuple[Rige | Dicho, Mapping[str, Any]]]
_HACER = "mida contra lo que el Plan dice o, si cambió, apruebe antes su propuesta de modificación"
_PARTES = {"meta": "meta", "unidad": "unidad", "sentido": "sentido"}


def contra_otra_meta(indicadores: Dichos, mediciones: Dichos) -> Iterator[Senal]:
    """Las mediciones que no dicen del indicador lo que dice el Plan que regía al hacerlas (N-27)."""
    del_plan = {(r.anio, str(i.get("id"))): (r, i) for r, i in indicadores if isinstance(r, Rige)}
    for r, medicion in mediciones:
        clave = (r.anio, str(medicion.get("indicador")))
        plan, indicador = del_plan.get(clave, (None, {}))
        if plan is None or not isinstance(r, Rige) or not _regia(plan, r):
            continue
        for parte, nombre in _PARTES.items():
            dicho, debido = medicion.get(parte), indicador.get(parte)
            if dicho is not None and debido is not None and dicho != debido:
                texto = f"{r.nombre} mide {clave[1]} con {nombre} «{dicho}» y {plan.codigo} dice «{debido}»"
                yield r.senal(texto, quien=r.responsable, hacer=_HACER)


def _regia(plan: Rige, medicion: Rige) -> bool:
    """Si esa versión del Plan ya regía cuando se abrió la medición."""
    return plan.v.vigente_desde is not None and plan.v.vigente_desde <= medicion.v.abierta
