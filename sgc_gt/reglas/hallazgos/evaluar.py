"""Resolver los hallazgos típicos en un servicio y una fecha."""

from __future__ import annotations

from collections.abc import Iterable

from sgc_gt.reglas.hallazgos.hechos import Hechos
from sgc_gt.reglas.hallazgos.tabla import TIPICOS
from sgc_gt.reglas.hallazgos.valores import Resultado, Senal, Tipico, Visto
from sgc_gt.reglas.rut import tapar


def evaluar(hechos: Hechos, tipicos: Iterable[Tipico] = TIPICOS) -> tuple[Resultado, ...]:
    """Uno por hallazgo típico de los sistemas en uso; primero lo hallado, de más grave a menos."""
    suyos = en_uso(hechos, tipicos)
    return tuple(sorted((resolver(hechos, t) for t in suyos), key=lambda r: r.lugar))


def en_uso(h: Hechos, tipicos: Iterable[Tipico] = TIPICOS) -> list[Tipico]:
    """Los que hay dónde mirar: los de todo servicio, y los de aquello de que hacen sus tipos."""
    return [t for t in tipicos if not t.mira_en or not h.por_mirar.isdisjoint(t.mira_en)]


def resolver(h: Hechos, t: Tipico, visto: Visto | None = None) -> Resultado:
    """Un hallazgo típico, con su evidencia sin datos de personas y los cargos en palabras.

    `visto`: lo que su función vio, si ya se miró.
    """
    visto = visto or t.revisar(h)
    return Resultado(
        id=t.id,
        nombre=t.nombre,
        clausula=t.clausulas.segun(h.servicio.norma),
        clausula_2008=t.clausulas.de_2008,
        clausula_2015=t.clausulas.de_2015,
        modo=t.modo,
        gravedad=t.gravedad,
        estado=visto.estado,
        evidencia=tuple(_mostrable(h, t, s) for s in visto.senales),
        requisito=t.requisito,
        enunciado=t.enunciado,
        hacer=t.hacer,
        quien=h.cargo(t.quien),
        mirado=visto.mirado,
        guarda=visto.guarda,
        gobernados=visto.gobernados,
        falta=visto.falta,
        nota=visto.nota,
    )


def _mostrable(h: Hechos, t: Tipico, s: Senal) -> Senal:
    quien = h.cargo(s.quien or t.quien)
    return s._replace(evidencia=tapar(s.evidencia), quien=quien, hacer=s.hacer or t.hacer)
