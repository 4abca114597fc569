"""Qué series pide cada documento vigente, y cuáles de un área no pide ninguno (I-03)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sgc_gt.consultas.pedidos import pedidos_vigentes
from sgc_gt.contexto import Vista
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.forma import FormaNormal
from sgc_gt.dominio.registros import con_serie
from sgc_gt.dominio.registros_word import registros_en
from sgc_gt.dominio.series import series_de_area
from sgc_gt.dominio.servicio import Servicio


class SeriesPedidas(NamedTuple):
    """Las series que pide cada documento vigente, y el de cada área que más series suyas pide."""

    servicio: Servicio
    de: Mapping[str, frozenset[str]]  # código → series
    principal: Mapping[str, str]  # área → código

    def sin_pedir(self, ficha: Ficha, forma: FormaNormal | None) -> tuple[str, ...]:
        """Las del área que nadie pide, si ese es el documento que debe pedirlas; las suyas, según `forma`."""
        codigo, area = ficha.codigo, _area(ficha)
        if forma is None or self.principal.get(area) != codigo:
            return ()
        propias = {s.codigo for _, s in con_serie(registros_en(forma), self.servicio.series) if s}
        dichas = propias.union(*(series for c, series in self.de.items() if c != codigo))
        return tuple(s.codigo for s in series_de_area(self.servicio, area) if s.codigo not in dichas)


def series_pedidas(vista: Vista, fichas: Sequence[Ficha], fecha: date) -> SeriesPedidas:
    """Lo que piden los documentos que rigen en la fecha."""
    s = vista.servicio
    pedidas: dict[str, set[str]] = defaultdict(set)
    for p, serie in con_serie(pedidos_vigentes(vista, fichas, fecha), s.series):
        pedidas[p.procedimiento] |= {serie.codigo} if serie else set()
    areas = {f.codigo: _area(f) for f in fichas if f.codigo in pedidas}
    suyas = {area: {serie.codigo for serie in series_de_area(s, area)} for area in areas.values()}
    cuantas = {c: len(pedidas[c] & suyas[area]) for c, area in areas.items()}
    de_menos_a_mas = sorted((c for c in areas if cuantas[c]), key=lambda c: (-cuantas[c], c), reverse=True)
    return SeriesPedidas(
        s, {c: frozenset(series) for c, series in pedidas.items()}, {areas[c]: c for c in de_menos_a_mas}
    )


def _area(ficha: Ficha) -> str:
    return str(ficha.identidad.get("area", ""))
