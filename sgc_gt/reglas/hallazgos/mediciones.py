"""Lo medido y lo evaluado contra lo comprometido: la meta del Plan y el valor de su medición (N-27)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sgc_gt.dominio.compuertas import ALCANZADO, nombra
from sgc_gt.dominio.medicion import alcanza, decir, iguales, numero, valor_medido
from sgc_gt.dominio.objetos import EVALUACION, FICHA, MEDICION, PLAN, PROPUESTA
from sgc_gt.reglas.hallazgos.hechos import Hechos, filas
from sgc_gt.reglas.hallazgos.rige import Dicho, Rige, rige_el
from sgc_gt.reglas.hallazgos.valores import Senal, enumerar

Dichos = Sequence[tuple[Rige | Dicho, Mapping[str, Any]]]
MESES = {"mensual": 1, "bimestral": 2, "trimestral": 3, "cuatrimestral": 4, "semestral": 6, "anual": 12}
"""Cada cuántos meses se mide."""
_HACER = "mida contra lo que el Plan dice o, si cambió, apruebe antes su propuesta de modificación"
_CORREGIR = "corrija la evaluación en la próxima, o archive la medición que prueba lo que dice"
_PARTES = {"meta": "meta", "unidad": "unidad", "sentido": "sentido"}


def contra_otra_meta(indicadores: Dichos, mediciones: Dichos) -> Iterator[Senal]:
    """Las mediciones que no dicen del indicador lo que dice el Plan que regía al hacerlas."""
    del_plan = {(r.anio, str(i.get("id"))): (r, i) for r, i in indicadores if isinstance(r, Rige)}
    for r, medicion in mediciones:
        clave = (r.anio, str(medicion.get("indicador")))
        plan, indicador = del_plan.get(clave, (None, {}))
        if plan is None or not isinstance(r, Rige) or not rige_el(plan.v, r.v.abierta):
            continue
        for parte, dicho, debido in _distintas(medicion, indicador):
            texto = f"{r.nombre} mide {clave[1]} con {parte} «{dicho}» y {plan.codigo} dice «{debido}»"
            yield r.senal(texto, quien=r.responsable, hacer=_HACER)


def _distintas(uno: Mapping[str, Any], otro: Mapping[str, Any]) -> Iterator[tuple[str, object, object]]:
    for parte, nombre in _PARTES.items():
        dicho, debido = uno.get(parte), otro.get(parte)
        if dicho is not None and debido is not None and dicho != debido:
            yield nombre, dicho, debido


def plan_y_ficha(h: Hechos) -> Iterator[Senal]:
    """La ficha de un indicador dice la meta, la unidad y el sentido que dice el Plan del mismo año."""
    for plan, datos in h.de_tipo(PLAN):
        propios = {str(i.get("id")): i for i in filas(datos, "indicadores")}
        for r, ficha in h.de_tipo(FICHA):
            for i in filas(ficha, "indicadores") if r.anio == plan.anio else ():
                n = str(i.get("id"))
                for parte, dicho, debido in _distintas(i, propios.get(n, {})):
                    texto = f"{r.nombre} dice de {n} {parte} «{dicho}» y {plan.nombre}, «{debido}»"
                    yield r.senal(texto, quien=r.responsable, hacer=f"abra la nueva versión de {r.codigo}")


def contra_el_plan(h: Hechos) -> Iterator[Senal]:
    """IMP-5: la medición mide cada indicador del Plan que le toca y ninguno más, y funda lo que cambió."""
    informes = [(r, datos) for r, datos in h.de_tipo(MEDICION) if datos]
    nombrados = {(r.anio, str(m.get("indicador"))) for r, d in informes for m in filas(d, "mediciones")}
    for r, datos in informes:
        regia = h.regia(PLAN, r, str(datos.get("plan") or ""))
        if regia is None:
            continue
        plan, propios = regia[0], {str(i.get("id")): i for i in filas(regia[1], "indicadores")}
        medidos = [str(m.get("indicador")) for m in filas(datos, "mediciones")]
        eliminados = {
            str(m.get("indicador")) for m in filas(datos, "modificados") if m.get("accion") == "eliminado"
        }
        ajenos = [n for n in dict.fromkeys(medidos) if n not in propios and n not in eliminados]
        if ajenos:
            texto = f"{r.nombre} mide {enumerar(ajenos)}, que {plan.nombre} no tiene"
            yield r.senal(texto, quien=r.responsable, hacer=_HACER)
        # Si ninguna medición del año lo nombra, eso ya se dice una vez, del indicador.
        callados = [
            n for n, i in propios.items()
            if n not in medidos and n not in eliminados and (r.anio, n) in nombrados and _le_toca(datos, i)
        ]  # fmt: skip
        if callados:
            texto = f"{r.nombre} no mide {enumerar(callados)}, de {plan.nombre}, ni dice que se eliminó"
            yield r.senal(texto, quien=r.responsable, hacer=_HACER)
        yield from _sin_propuesta(h, r, datos)


def _le_toca(medicion: Mapping[str, Any], indicador: Mapping[str, Any]) -> bool:
    """Una medición trimestral no mide lo anual; la anual lo mide todo."""
    cada = MESES.get(str(medicion.get("frecuencia")), MESES["trimestral"])
    return MESES.get(str(indicador.get("frecuencia")), MESES["anual"]) <= cada


def _sin_propuesta(h: Hechos, r: Rige, datos: Mapping[str, Any]) -> Iterator[Senal]:
    """I-26: lo que deja de medirse o cambia lo dice una propuesta aprobada, que nombra ese indicador."""
    for m in filas(datos, "modificados"):
        dicha, n = str(m.get("propuesta") or ""), str(m.get("indicador"))
        propuestas = [f for f in h.fichas if h.hace_de(f) == PROPUESTA and nombra(dicha, f.codigo)]
        aprobadas = [
            f.codigo for f in propuestas
            if any(v.estado in ALCANZADO["aprobado"] for v in h.situaciones[f.codigo].versiones)
        ]  # fmt: skip
        con_datos = [h.datos[c] for c in aprobadas if h.datos.get(c)]
        nombrado = any(str(c.get("indicador")) == n for d in con_datos for c in filas(d, "cambios"))
        if not aprobadas:
            fin = (
                f"y no consta aprobada la propuesta {dicha}"
                if dicha
                else "y no dice qué propuesta lo aprueba"
            )
        elif con_datos and not nombrado:
            fin = f"y la propuesta {dicha} no nombra ese indicador"
        else:
            continue
        texto = f"{r.nombre} da por {m.get('accion') or 'modificado'} {n}, {fin} (I-26)"
        yield r.senal(texto, quien=r.responsable, hacer=_HACER)


class _Evaluado(NamedTuple):
    """Una evaluación, los indicadores del Plan que regía y lo último que se midió de cada uno."""

    r: Rige
    plan: Rige
    indicadores: Mapping[str, Mapping[str, Any]]
    medidos: Mapping[str, tuple[Rige, float]]

    def senal(self, texto: str) -> Senal:
        return self.r.senal(f"{self.r.nombre} {texto}", quien=self.r.responsable, hacer=_CORREGIR)


def de_evaluacion(h: Hechos) -> Iterator[Senal]:
    """EVA-2 y EVA-4: lo comprometido es la meta del Plan y lo efectivo, lo último que se midió."""
    for r, datos in h.de_tipo(EVALUACION):
        regia = h.regia(PLAN, r, str(datos.get("plan") or ""))
        if not datos or regia is None:
            continue
        propios = {str(i.get("id")): i for i in filas(regia[1], "indicadores")}
        e = _Evaluado(r, regia[0], propios, _ultimos(h, r))
        for b in filas(datos, "brechas"):
            yield from _cotejar(e, b, "comprometido", "efectivo")
        for m in filas(datos, "mediciones"):
            medido = valor_medido(m, str(m.get("unidad", "")))
            yield from _cotejar(e, {**m, "valor": medido}, "meta", "valor")
        yield from _brechas_calladas(e, {str(b.get("indicador")) for b in filas(datos, "brechas")})


def _ultimos(h: Hechos, de: Rige) -> dict[str, tuple[Rige, float]]:
    """De cada indicador, lo último medido en el año hasta que se abrió la evaluación."""
    ultimos: dict[str, tuple[int, Rige, float]] = {}
    for r, datos in sorted(h.de_tipo(MEDICION), key=lambda par: par[0].codigo):
        for m in filas(datos, "mediciones") if r.anio == de.anio and r.v.archivada <= de.v.abierta else ():
            corte = m.get("corte")
            mes = corte.get("mes") if isinstance(corte, Mapping) else None
            valor = valor_medido(m, str(m.get("unidad", "")))
            n, cuando = str(m.get("indicador")), mes if isinstance(mes, int) else 0
            if valor is not None and cuando >= ultimos.get(n, (0,))[0]:
                ultimos[n] = cuando, r, valor
    return {n: (r, valor) for n, (_, r, valor) in ultimos.items()}


def _cotejar(e: _Evaluado, fila: Mapping[str, Any], meta: str, valor: str) -> Iterator[Senal]:
    n = str(fila.get("indicador"))
    if n not in e.indicadores:
        yield e.senal(f"evalúa {n}, que {e.plan.nombre} no tiene")
        return
    dicha, debida = numero(fila.get(meta)), numero(e.indicadores[n].get("meta"))
    if dicha is not None and debida is not None and dicha != debida:
        yield e.senal(
            f"dice que de {n} se comprometió {decir(dicha)} y la meta de {e.plan.nombre} es {decir(debida)}"
        )
    medicion, medido = e.medidos.get(n, (None, None))
    dicho = numero(fila.get(valor))
    if medicion and medido is not None and dicho is not None and not iguales(dicho, medido):
        yield e.senal(f"dice que de {n} resultó {_corto(dicho)} y {medicion.codigo} midió {_corto(medido)}")


def _corto(valor: float) -> str:
    return decir(round(valor, 2))


def _brechas_calladas(e: _Evaluado, dichas: set[str]) -> Iterator[Senal]:
    """Lo que no llegó a su meta y la evaluación no cuenta entre sus brechas."""
    for n, i in e.indicadores.items():
        meta, (medicion, medido) = numero(i.get("meta")), e.medidos.get(n, (None, None))
        if n in dichas or meta is None or medicion is None or medido is None:
            continue
        if not alcanza(medido, meta, str(i.get("sentido"))) and not iguales(medido, meta):
            yield e.senal(
                f"no dice la brecha de {n}: {medicion.codigo} midió {_corto(medido)} "
                f"y la meta es {decir(meta)}"
            )
