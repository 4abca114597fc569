"""`auditar --transicion`: de una edición a otra, qué documentos hay que tocar, por qué y quién responde."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.consultas.auditoria import auditar_en, materia_de
from sgc_gt.consultas.menciones import Buscador, menciones
from sgc_gt.contexto import Vista
from sgc_gt.dominio.auditoria import ClausulaAuditada
from sgc_gt.dominio.externos import VIGENTE, Externo
from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.dominio.normas import Camino, Norma, Paso, camino
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.reglas.citas_norma import EDICION, citas
from sgc_gt.reglas.evidencias.materia import Materia, Mencion
from sgc_gt.reglas.externos import claves_de

FORMATO = 2
"""Número de la búsqueda de citas: cambia cuando cambia lo que se sabe reconocer."""


class Cita(NamedTuple):
    """Un documento vigente que cita una cláusula o la edición, y quién responde de corregirlo."""

    documento: str
    version: str
    seccion: str
    frase: str
    responsable: str


class FilaTransicion(NamedTuple):
    """Una cláusula de la edición de partida: dónde sigue, qué cambia, quién la cita."""

    paso: Paso
    sigue: tuple[ClausulaAuditada, ...]  # con su evidencia de hoy
    citas: tuple[Cita, ...]


class Brecha(NamedTuple):
    """Lo que la edición de llegada pide y la de partida no, con la evidencia que ya hay."""

    falta: str
    hoy: ClausulaAuditada


class Transicion(NamedTuple):
    """El paso de una edición a otra en un servicio, a una fecha."""

    camino: Camino
    servicio: str
    fecha: date
    filas: tuple[FilaTransicion, ...]
    brechas: tuple[Brecha, ...]
    de_la_edicion: tuple[
        Cita, ...
    ]  # los que citan la norma entera, en su edición de partida o sin decir cuál
    externos: tuple[tuple[Externo, str], ...]  # la norma en la lista de externos, y qué corresponde hacer


class PorCorregir(NamedTuple):
    """Un documento vigente que cita la edición de partida: quién responde y en qué secciones."""

    responsable: str
    documento: str
    version: str
    secciones: tuple[str, ...]
    clausulas: tuple[str, ...]  # las que cita; vacío si solo nombra la norma


def por_corregir(t: Transicion) -> list[PorCorregir]:
    """Los documentos que hay que revisar, por responsable: el trabajo que la transición deja."""
    citas_: dict[tuple[str, str, str], tuple[dict[str, None], dict[str, None]]] = {}
    con_clausula = [(f.paso.clausula.numero, c) for f in t.filas for c in f.citas]
    for clausula, c in [*con_clausula, *(("", c) for c in t.de_la_edicion)]:
        secciones, clausulas = citas_.setdefault((c.responsable, c.documento, c.version), ({}, {}))
        secciones.update({c.seccion: None} if c.seccion else {})
        clausulas.update({clausula: None} if clausula else {})
    return [
        PorCorregir(*clave, tuple(sorted(s, key=_en_orden)), tuple(k))
        for clave, (s, k) in sorted(citas_.items())
    ]


def _en_orden(seccion: str) -> list[int]:
    """3.3 va antes que 10.8."""
    return [int(parte) if parte.isdecimal() else 0 for parte in seccion.split(".")]


def transicion(vista: Vista, de: Norma, a: Norma, fecha: date) -> Transicion:
    """La transición entera; UsoIncorrecto si entre las dos ediciones no hay cruce."""
    if de.edicion == a.edicion:
        raise UsoIncorrecto(
            f"{de.edicion} es de donde se parte y a donde se llega",
            lugar="--transicion",
            hacer="diga dos ediciones distintas",
        )
    hallado = camino(de, a)
    if hallado is None:
        raise UsoIncorrecto(
            f"no hay un cruce entre {de.edicion} y {a.edicion}",
            lugar="--transicion",
            esperado="dos ediciones de las que una diga cómo viene de la otra (clave «cruce» de su archivo)",
            hacer="agregue el cruce al archivo de la más nueva; cómo, en docs/uso/normas.md",
        )
    materia = materia_de(vista, fecha, a)
    hoy = {c.clausula.numero: c for c in auditar_en(materia, a).clausulas}
    halladas = menciones(vista, materia.vigentes(), _buscador(de))
    quien = {d.codigo: _responsable(materia, d.ficha.identidad) for d, _ in materia.vigentes()}
    por_clausula = _repartidas(de, halladas, quien)
    return Transicion(
        camino=hallado,
        servicio=vista.servicio.nombre,
        fecha=fecha,
        filas=tuple(
            FilaTransicion(p, tuple(hoy[c.numero] for c in p.sigue), por_clausula.get(p.clausula.numero, ()))
            for p in hallado.pasos
        ),
        brechas=tuple(Brecha(n.falta, hoy[n.clausula.numero]) for n in hallado.nuevas),
        de_la_edicion=tuple(_cita(m, quien) for m in halladas.get(EDICION, ())),
        externos=tuple((e, _que_hacer(e, a)) for e in materia.externos if _es_la_norma(e, a)),
    )


def _buscador(norma: Norma) -> Buscador:
    """Busca las citas a las cláusulas de esa edición; otra lista de cláusulas es otra búsqueda."""
    numeros = "\n".join(c.numero for c in norma.clausulas)
    huella = hashlib.sha256(f"citas {FORMATO} {norma.edicion}\n{numeros}".encode()).hexdigest()[:12]
    return Buscador(huella, lambda forma: citas(forma, norma))


def _responsable(m: Materia, identidad: Mapping[str, Any]) -> str:
    cargo = str(identidad.get("responsable") or identidad.get("elabora") or "")
    return nombre_cargo(m.servicio, cargo) if cargo else "Sin responsable"


def _cita(m: Mencion, quien: Mapping[str, str]) -> Cita:
    return Cita(m.documento, m.version, m.seccion, m.frase, quien[m.documento])


def _repartidas(
    de: Norma, halladas: Mapping[str, Iterable[Mencion]], quien: Mapping[str, str]
) -> dict[str, tuple[Cita, ...]]:
    """Cláusula → quién la cita. Quien cita «4.2.3» entera la cita con todas sus letras."""
    resultado: dict[str, dict[Cita, None]] = {}
    for citada, suyas in halladas.items():
        if citada != EDICION:
            for c in de.bajo(citada):
                resultado.setdefault(c.numero, {}).update(dict.fromkeys(_cita(m, quien) for m in suyas))
    return {numero: tuple(suyas) for numero, suyas in resultado.items()}


def _es_la_norma(e: Externo, a: Norma) -> bool:
    """Si es la misma norma, también como la adopta Chile: NCh-ISO 9001."""
    suyos = {numero for clase, numero in claves_de(f"{e.titulo} {e.version}") if clase in {"iso", "nch"}}
    return bool(suyos & {numero for _, numero in claves_de(a.edicion)})


def _que_hacer(e: Externo, a: Norma) -> str:
    """Qué corresponde anotar para que la lista de externos diga la edición de llegada."""
    anio = a.edicion.rpartition(":")[2]
    if anio in f"{e.titulo} {e.version}":
        return f"ya dice la edición {anio}"
    if e.estado != VIGENTE:
        return f"ya no rige: lo reemplaza {e.reemplazado_por}" if e.reemplazado_por else "está dado de baja"
    return f"anotar la edición {anio}: sgc-gt externo reemplazar {e.id} --por ID"


def a_dict(t: Transicion) -> dict[str, Any]:
    """La transición con las claves del contrato."""
    return {
        "de": t.camino.de.edicion,
        "a": t.camino.a.edicion,
        "fecha": t.fecha.isoformat(),
        "filas": [
            {
                "clausula": f.paso.clausula.numero,
                "titulo": f.paso.clausula.titulo,
                "sigue": [_hoy(c) for c in f.sigue],
                "cambia": f.paso.cambia,
                "desaparece": f.paso.desaparece,
                "citas": [c._asdict() for c in f.citas],
            }
            for f in t.filas
        ],
        "brechas": [{**_hoy(b.hoy), "falta": b.falta} for b in t.brechas],
        "por_corregir": [d._asdict() for d in por_corregir(t)],
        "edicion": [c._asdict() for c in t.de_la_edicion],
        "externos": [
            {"id": e.id, "titulo": e.titulo, "version": e.version, "hacer": hacer} for e, hacer in t.externos
        ],
    }


def _hoy(c: ClausulaAuditada) -> dict[str, str]:
    return {"clausula": c.clausula.numero, "titulo": c.clausula.titulo, "estado": c.estado, "razon": c.razon}
