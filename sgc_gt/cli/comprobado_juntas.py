"""Lo que se ve en los datos y el estado, dicho una vez: mismo hallazgo y mismo remedio, con su lista.

Es solo para leer: en los datos de la respuesta cada alerta sigue siendo de su documento.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from sgc_gt.consultas.revisado import Revisado
from sgc_gt.dominio.alertas import ESTADO, Alerta


def juntar(estado: Iterable[Revisado]) -> list[Revisado]:
    """Los mismos, con lo que se repite en varios documentos de un responsable en uno: «13 documentos»."""
    sueltos: list[Revisado] = []
    iguales: dict[tuple[str, Alerta], list[tuple[Revisado, Alerta]]] = defaultdict(list)
    for r in estado:
        for a in r.alertas:
            iguales[r.responsable, _comun(a)].append((r, a))
    for r in estado:
        propias = tuple(a for a in r.alertas if not _varios(iguales[r.responsable, _comun(a)]))
        if propias:
            sueltos.append(r._replace(alertas=propias))
    return [*_reunidos(iguales), *sueltos]


def _reunidos(iguales: dict[tuple[str, Alerta], list[tuple[Revisado, Alerta]]]) -> Iterator[Revisado]:
    for (responsable, _), pares in iguales.items():
        if n := _varios(pares):
            alertas = sorted((a for _, a in pares), key=lambda a: a.documento)
            yield Revisado(f"{n} documentos", "", "", "", "", responsable, tuple(alertas))


def _varios(pares: Iterable[tuple[Revisado, Alerta]]) -> int:
    """En cuántos documentos se vio; 0 si fue en uno."""
    n = len({a.documento for _, a in pares})
    return n if n > 1 else 0


def de_a_una(alertas: Iterable[Alerta]) -> list[tuple[Alerta, list[str]]]:
    """Cada alerta con sus evidencias: las seguidas que solo en eso difieren son una."""
    grupos = (list(g) for _, g in groupby(alertas, key=_comun))
    return [(g[0], [_evidencia(a) for a in g] if len(g) > 1 else [g[0].evidencia]) for g in grupos]


def _evidencia(a: Alerta) -> str:
    """Con su documento, si no lo nombra."""
    return a.evidencia if a.documento in a.evidencia else f"{a.documento}: {a.evidencia}"


def _comun(a: Alerta) -> Alerta:
    return a._replace(documento="", evidencia="") if a.ambito == ESTADO else a
