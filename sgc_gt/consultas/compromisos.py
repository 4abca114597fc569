"""`compromisos`: todo lo comprometido, nazca donde nazca, y en qué está en una fecha (I-07, N-31)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sgc_gt.consultas.datos_emitidos import datos_de
from sgc_gt.consultas.quienes import cargos_que
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.compromisos import (
    COLUMNAS,
    ESTADOS,
    ORIGENES,
    Compromiso,
    Cumplimiento,
    Seguido,
    cumplimientos,
    leer,
    seguir,
)
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.dominio.objetos import SEGUIMIENTO
from sgc_gt.dominio.periodos import anio_impreso
from sgc_gt.dominio.regiones import REGIONES, leer_region
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.dominio.tabla import Tabla

_EMITIDAS = (tabla.VIGENTE, *tabla.CONSERVADOS, tabla.OBSOLETO)
_JEFATURAS = {"jefatura_regional": "jefatura_territorial"}
"""Los datos llaman así a quien responde en cada región."""


def compromisos(vista: Vista, fecha: date, fichas: Iterable[Ficha] | None = None) -> list[Seguido]:
    """Los compromisos que constan en la fecha, cada uno con su último estado informado; vence antes, primero.

    De un documento que ya tuvo otra versión cuentan también los de la anterior: son los que la nueva rinde.
    """
    todos: dict[str, Compromiso] = {}
    dichos: list[Cumplimiento] = []
    for ficha, v in _emitidos(vista, fecha, fichas):
        datos = datos_de(vista, ficha, v)
        hace_de = vista.servicio.hace_de(ficha.tipo)
        for c in leer(ficha.codigo, hace_de, datos, anio_impreso(ficha, v), vista.servicio.regiones):
            todos[c.identidad] = c
        if hace_de == SEGUIMIENTO:
            dichos += cumplimientos(ficha.codigo, datos)
    return seguir(todos.values(), dichos, fecha)


def _emitidos(vista: Vista, fecha: date, fichas: Iterable[Ficha] | None) -> Iterator[tuple[Ficha, Version]]:
    """Lo emitido de los tipos que comprometen, de lo más antiguo a lo más nuevo."""
    tipos = [t for t in vista.servicio.tipos.values() if t.hace_de in ORIGENES]
    suyas = (
        [f for t in tipos for f in vista.de_tipo(t)]
        if fichas is None
        else [f for f in fichas if vista.servicio.hace_de(f.tipo) in ORIGENES]
    )
    pares = [(f, v) for f in suyas for v in situacion(f, fecha).versiones if v.estado in _EMITIDAS]
    yield from sorted(pares, key=lambda p: p[1].vigente_desde or p[1].abierta)


def cargos_de(servicio: Servicio, c: Compromiso) -> tuple[str, ...]:
    """Los cargos que responden: uno, los de un rol, o la jefatura de cada región que el compromiso nombra."""
    cargos = servicio.con_rol(_JEFATURAS.get(c.responsable, c.responsable))
    de_la_region = tuple(i for i in cargos if servicio.cargos[i].region in c.regiones) if c.regiones else ()
    return de_la_region or cargos


def a_dict(s: Seguido) -> dict[str, Any]:
    """Las claves del contrato: id, origen, plazo, responsable, indicador, estado y evidencia, y lo demás."""
    c = s.compromiso
    return {
        "id": c.identidad,
        "origen": c.tipo,
        "documento": c.codigo,
        "frente": c.frente,
        "recomendacion": c.recomendacion,
        "compromiso": c.compromiso,
        "responsable": c.responsable,
        "regiones": list(c.regiones),
        "plazo": c.plazo.isoformat() if c.plazo else None,
        "indicador": c.indicador,
        "pertinencia": c.pertinencia,
        "prioridad": c.prioridad,
        "estado": s.estado,
        "abierto": s.abierto,
        "evidencia": s.evidencia,
        "informado_en": s.informado_en,
        "falta": list(c.faltan),
    }


def tabla_de(servicio: Servicio, seguidos: Iterable[Seguido], fecha: date) -> Tabla:
    """La tabla que se muestra y se exporta."""
    filas = tuple(_fila(servicio, s) for s in seguidos)
    abiertos = sum(1 for f in filas if f["abierto"])
    nota = f"Abiertos: {abiertos} de {len(filas)}." if filas else "Ningún documento vigente trae compromisos."
    return Tabla("Compromisos", servicio.nombre, COLUMNAS, filas, fecha, (nota,))


def _fila(servicio: Servicio, s: Seguido) -> Mapping[str, object]:
    c = s.compromiso
    todas = len(c.regiones) > 1 and set(c.regiones) == set(servicio.regiones)
    regiones = "Todas" if todas else ", ".join(REGIONES[r].nombre for r in c.regiones)
    return {
        "id": c.identidad,
        "origen": ORIGENES[c.tipo],
        "compromiso": c.compromiso or c.recomendacion,  # lo no pertinente se recomendó y no se comprometió
        "plazo": c.plazo,
        "responsable": nombre_cargo(servicio, _JEFATURAS.get(c.responsable, c.responsable)),
        "regiones": regiones,
        "indicador": c.indicador,
        "estado": ESTADOS.get(s.estado, s.estado),
        "evidencia": s.evidencia,
        "abierto": s.abierto,
    }


def de_quien(vista: Vista, seguidos: list[Seguido], quien: str, fecha: date) -> list[Seguido]:
    """Los de un cargo, una persona o una región; todos si no se dice. UsoIncorrecto si nadie se llama así."""
    if not quien:
        return seguidos
    region = leer_region(quien)
    cargos = cargos_que(vista, quien, fecha)
    return [
        s
        for s in seguidos
        if cargos & set(cargos_de(vista.servicio, s.compromiso))
        or (region is not None and region.codigo in s.compromiso.regiones)
    ]
