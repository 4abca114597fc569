"""La difusión del año que cerró: su evidencia, en cada región y para los dos públicos (N-35)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sgc_gt.dominio.fechas import ultimo_dia
from sgc_gt.reglas.hallazgos.direccion import en_serie
from sgc_gt.reglas.hallazgos.hechos import Hechos, filas
from sgc_gt.reglas.hallazgos.regiones import nombres, regiones_de
from sgc_gt.reglas.hallazgos.rige import Rige
from sgc_gt.reglas.hallazgos.valores import Senal, contar

SERIE = "RG-GT-09"
PUBLICOS = ("funcionarios", "usuarios")
_HACER = "archive la evidencia de cada región y público"

Evidencias = list[tuple[Rige, Mapping[str, Any]]]


def sin_difundir(h: Hechos, plan: Rige) -> Iterator[Senal]:
    """Lo que falta de la difusión del año del plan, si ya cerró (DIF-0 y DIF-2)."""
    cierre = ultimo_dia(12, plan.anio)
    if SERIE not in h.servicio.series or cierre is None or h.fecha <= cierre:
        return
    suyas = [(a, h.datos.get(a.codigo, {})) for a in h.archivados if en_serie(a, SERIE, plan.anio)]
    if not suyas:
        texto = f"{SERIE}: sin evidencia archivada de la difusión de {plan.anio} ({plan.nombre})"
        yield Senal(texto, SERIE, fecha=cierre, quien=plan.responsable, hacer=_HACER)
        return
    yield from _por_publico(h, plan, suyas)
    ultima, datos = max(suyas, key=lambda par: (par[0].v.archivada, par[0].codigo))
    if datos.get("se_cumple") is False:
        falta = str(datos.get("pendiente") or "no dice qué falta").strip().rstrip(".")
        yield ultima.senal(
            f"{ultima.codigo} es la última evidencia de {plan.anio} y dice que la difusión no se ha "
            f"realizado: {falta}",
            quien=plan.responsable,
            hacer="haga lo que falta y archive su evidencia",
        )


def _por_publico(h: Hechos, plan: Rige, suyas: Evidencias) -> Iterator[Senal]:
    """Las regiones sin evidencia de cada público; si alguna no dice sus regiones, eso no se puede saber."""
    if any(not datos and not a.ficha.region for a, datos in suyas):
        return
    cubre: dict[str, set[str]] = defaultdict(set)
    for a, datos in suyas:
        for accion in filas(datos, "acciones"):
            cubre[str(accion.get("publico"))] |= set(regiones_de(h, accion))
        for publico in PUBLICOS if not datos else ():
            cubre[publico].add(a.ficha.region)
    for publico in PUBLICOS:
        faltan = [c for c in h.servicio.regiones if c not in cubre[publico]]
        if faltan:
            donde = contar(len(faltan), "región", "regiones")
            texto = f"{SERIE}: sin evidencia de {plan.anio} para {publico} en {donde}: {nombres(h, faltan)}"
            yield Senal(texto, SERIE, quien=plan.responsable, hacer=_HACER)
