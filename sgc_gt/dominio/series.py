"""Las series de un área, y la sección de registros que las pide todas (ISO 9001:2008 4.2.4; I-03)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.servicio import Serie, Servicio

_TEXTOS = ("nombre", "responsable", "soporte", "almacenamiento", "proteccion", "recuperacion")
POR_DEFINIR = "por definir"

Fila = Mapping[str, object]


def series_de_area(servicio: Servicio, area: str) -> tuple[Serie, ...]:
    """Las series de un área: las que la llevan en su código o, si él no la dice, en su paquete."""

    def es_suya(serie: Serie) -> bool:
        calza = servicio.mascara.leer(serie.codigo)
        return (calza.area if calza and calza.area in servicio.areas else serie.paquete.upper()) == area

    return tuple(s for s in servicio.series.values() if es_suya(s))


def serie_de(servicio: Servicio, ficha: Ficha) -> str:
    """La serie en que se archiva: la de su código o, si él no es una, la que su tipo dice.

    El Programa de Seguimiento que sigue a uno descartado tiene otro número y es el mismo registro.
    """
    propia = ficha.codigo.split("/")[0]
    tipo = servicio.tipos.get(ficha.tipo)
    return tipo.serie if propia not in servicio.series and tipo and tipo.serie else propia


def registros_al_dia(servicio: Servicio, area: str, filas: Sequence[Fila]) -> list[Fila]:
    """Las filas de una sección de registros, según el catálogo del servicio.

    Las series que el servicio no tiene se quitan, las demás de su área se agregan y todas dicen lo que su
    serie: un gobierno regional lleva el cumplimiento de los servicios, y los otros no.
    """
    del_catalogo = {c: _fila(s) for c, s in servicio.series.items() if s.retencion_anios}
    dichas = [{**f, **del_catalogo[c]} for f in filas if (c := str(f["codigo"])) in del_catalogo]
    ya = {str(f["codigo"]) for f in dichas}
    suyas = [s.codigo for s in series_de_area(servicio, area) if s.codigo in del_catalogo]
    return [*dichas, *(del_catalogo[c] for c in suyas if c not in ya)]


def _fila(serie: Serie) -> Fila:
    textos = {c: getattr(serie, c) or POR_DEFINIR for c in _TEXTOS}
    cuanto = {"retencion": serie.retencion_anios, "disposicion": serie.disposicion or POR_DEFINIR}
    return {"codigo": serie.codigo, **textos, **cuanto}
