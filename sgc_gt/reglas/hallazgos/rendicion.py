"""Lo rendido contra lo programado: cada actividad en su informe, y cada compromiso anterior, una sola vez."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sgc_gt.dominio import compromisos
from sgc_gt.dominio.compromisos import Compromiso
from sgc_gt.dominio.objetos import EVALUACION, IMPLEMENTACION, PROGRAMA, REVISION, SEGUIMIENTO
from sgc_gt.reglas.hallazgos.hechos import Hechos, filas
from sgc_gt.reglas.hallazgos.rige import Rige
from sgc_gt.reglas.hallazgos.valores import Senal, contar, enumerar

_CORREGIR = "rinda lo que falta en el próximo informe, o corrija este con otro que lo diga"
_DICHOS = {
    "en_plazo": "en plazo",
    "no_iniciada": "no iniciada",
    "atrasada": "atrasada",
    "cumplida": "cumplida",
}
_ENERO, _DICIEMBRE, _TODO = 1, 12, 100


class _Rendido(NamedTuple):
    """Un informe, hasta qué mes informa, y la versión del Programa que regía al hacerse."""

    r: Rige
    evalua: bool
    datos: Mapping[str, Any]
    corte: int
    abierto: int  # el mes en que se hizo: lo que ese mes ya comenzó puede rendirse
    programa: Rige
    actividades: Mapping[str, Mapping[str, Any]]

    @property
    def debidas(self) -> list[str]:
        """Las que ya debían haber comenzado; una evaluación rinde las que ya debían haber terminado."""
        marca = "fin" if self.evalua else "inicio"
        return [n for n, a in self.actividades.items() if _mes(a, marca, _DICIEMBRE + 1) <= self.corte]


def actividades(h: Hechos) -> Iterator[Senal]:
    """IMP-1 y EVA-0: las que el informe calla, las que el Programa no tiene y las que dicen otra cosa."""
    for tipo in (IMPLEMENTACION, EVALUACION):
        for r, datos in h.de_tipo(tipo):
            programa = h.regia(PROGRAMA, r, str(datos.get("programa") or ""))
            if datos and programa:
                propias = {str(a.get("id")): a for a in filas(programa[1], "actividades")}
                hecho = _mes_en_que_se_hizo(r)
                corte = _corte(datos, hecho)
                yield from _de_informe(
                    _Rendido(r, tipo == EVALUACION, datos, corte, max(hecho, corte), programa[0], propias)
                )


def _mes_en_que_se_hizo(r: Rige) -> int:
    """El mes del año informado en que se abrió; pasado ese año, uno posterior a todos."""
    return _DICIEMBRE + 1 if r.v.abierta.year > r.anio else r.v.abierta.month


def _corte(datos: Mapping[str, Any], hecho: int) -> int:
    """El último mes que informa: el que dice o, si no lo dice, el anterior a aquel en que se hizo."""
    periodo = datos.get("periodo")
    hasta = periodo.get("hasta_mes") if isinstance(periodo, Mapping) else None
    return hasta if isinstance(hasta, int) else hecho - 1


def _de_informe(d: _Rendido) -> Iterator[Senal]:
    rendidas = {str(f.get("id")): f for f in filas(d.datos, "avance_programa")}
    calladas = [n for n in d.debidas if n not in rendidas]
    ajenas = [n for n in rendidas if n not in d.actividades]
    if calladas:
        hecho = "terminado" if d.evalua else "comenzado"
        yield _senal(d, f"no rinde {enumerar(calladas)}, que debía haber {hecho} al mes {d.corte} según")
    if ajenas:
        yield _senal(d, f"rinde {enumerar(ajenas)}, que no está entre las actividades de")
    for n, fila in rendidas.items():
        choca = _choca(d.actividades[n], fila, d) if n in d.actividades else ""
        if choca:
            dicho = _DICHOS[str(fila.get("estado"))]
            yield _senal(d, f"dice {n} «{dicho}» y {choca}, según", str(fila.get("responsable") or ""))


def _senal(d: _Rendido, texto: str, quien: str = "") -> Senal:
    return d.r.senal(
        f"{d.r.codigo} {texto} {d.programa.nombre}", quien=quien or d.r.responsable, hacer=_CORREGIR
    )


def _choca(programada: Mapping[str, Any], fila: Mapping[str, Any], d: _Rendido) -> str:
    """Lo que las fechas del Programa dicen contra el estado rendido; vacío si calzan."""
    inicio, fin = _mes(programada, "inicio", _ENERO), _mes(programada, "fin", _DICIEMBRE)
    avance = fila.get("avance")
    completa = isinstance(avance, int | float) and avance >= _TODO
    match str(fila.get("estado")):
        case "en_plazo" if fin <= d.corte and not completa:
            return f"debía terminar en el mes {fin}"
        case "no_iniciada" if inicio <= d.corte:
            return f"debía comenzar en el mes {inicio}"
        case "atrasada" | "cumplida" if inicio > d.abierto:
            return f"comienza recién en el mes {inicio}"
    return ""


def _mes(a: Mapping[str, Any], clave: str, si_no: int) -> int:
    valor = a.get(clave)
    return valor if isinstance(valor, int) else si_no


def de_compromisos(h: Hechos) -> Iterator[Senal]:
    """I-06: cada compromiso que quedaba abierto del período anterior se rinde, y una sola vez."""
    todos = [s.compromiso for s in h.compromisos]
    abiertos = [s.compromiso for s in h.compromisos if s.abierto and s.compromiso.tipo != REVISION]
    for r, datos in h.de_tipo(SEGUIMIENTO):
        if not datos:
            continue
        rendidos = Counter(
            c.identidad
            for dicho in compromisos.cumplimientos(r.codigo, datos)
            for c in compromisos.nombrados(dicho.compromiso, todos)
        )
        propios = {c.identidad for c in compromisos.leer(r.codigo, SEGUIMIENTO, datos, r.anio)}
        callados = [
            c.identidad
            for c in abiertos
            if c.identidad not in rendidos and c.identidad not in propios and _anterior(h, c, r)
        ]
        if callados:
            cuantos = contar(len(callados), "compromiso anterior", "compromisos anteriores")
            yield r.senal(
                f"{r.nombre} no rinde {cuantos}: {enumerar(callados)} (I-06)",
                quien=r.responsable,
                hacer=_RENDIR,
            )
        for identidad in (i for i, n in rendidos.items() if n > 1):
            yield r.senal(
                f"{r.nombre} rinde {identidad} más de una vez (I-06)", quien=r.responsable, hacer=_UNA
            )


_RENDIR = "rinda cada uno en la próxima versión del Programa de Seguimiento, con su estado y su evidencia"
_UNA = "deje en la próxima versión una sola fila por compromiso"


def _anterior(h: Hechos, c: Compromiso, r: Rige) -> bool:
    """Si ya estaba comprometido cuando el Programa de Seguimiento se abrió."""
    s = h.situaciones.get(c.codigo)
    v = s.vigente if s else None
    return c.codigo == r.codigo or (v is not None and v.archivada < r.v.abierta)
