"""Reglas sobre los códigos que un documento cita: que existan, que rijan y que se llamen como dice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from sgc_gt.dominio.servicio import Servicio
from sgc_gt.reglas.materia import BORRADOR, OBSOLETO, Materia, Renglon, clave, corto
from sgc_gt.reglas.regla import Hallazgo, en

_PARECIDO = 0.6
"""Bajo esto, dos títulos no son el mismo dicho de otra forma."""
_EJEMPLO = re.compile(r"ejemplo", re.I)


def inexistente(m: Materia) -> Iterator[Hallazgo]:
    """Los códigos citados que el servicio nunca ha usado."""
    for r, citado in _citas(m):
        if citado not in m.codigos and citado != m.codigo:
            yield en(r, f"{citado} no existe ni ha existido")


def obsoleto(m: Materia) -> Iterator[Hallazgo]:
    """Los códigos citados que dejaron de regir."""
    for r, citado in _citas(m):
        if citado in m.codigos and m.codigos[citado].estado == OBSOLETO:
            yield en(r, f"{citado} «{m.codigos[citado].titulo}» dejó de regir")


def sin_regir(m: Materia) -> Iterator[Hallazgo]:
    """Los códigos citados que todavía son un borrador."""
    for r, citado in _citas(m):
        if citado != m.codigo and citado in m.codigos and m.codigos[citado].estado == BORRADOR:
            yield en(r, f"{citado} «{m.codigos[citado].titulo}» es un borrador")


def renombrado(m: Materia) -> Iterator[Hallazgo]:
    """Los documentos citados con un título que ya no tienen, en la lista de referencias."""
    for r, citado in _citas(m):
        conocido = m.codigos.get(citado)
        dicho = _titulo_dicho(m, r, citado) if conocido and conocido.titulo else ""
        if conocido is None or not dicho or _mismo(dicho, conocido.titulo):
            continue
        if any(_mismo(dicho, viejo) for viejo in conocido.antes) or _en_referencias(r):
            yield en(r, f"a {citado} «{conocido.titulo}» lo llama «{corto(dicho)}»")


def _citas(m: Materia) -> Iterator[tuple[Renglon, str]]:
    """(renglón, código) de cada cita, una vez por sección. Un código puesto de ejemplo no es una cita."""
    vistos: set[tuple[str, str]] = set()
    patron = patron_codigos(m.servicio)
    for r in m.renglones:
        if _EJEMPLO.search(r.columna) or _EJEMPLO.search(r.texto):
            continue
        for citado in patron.findall(r.texto):
            if (r.seccion, citado) not in vistos:
                vistos.add((r.seccion, citado))
                yield r, citado


@lru_cache(maxsize=8)
def _patron(mascara: str, prefijos: tuple[str, ...], areas: tuple[str, ...]) -> re.Pattern[str]:
    """La expresión que reconoce los códigos de una máscara en medio de un texto."""
    texto = ""
    for pieza in re.split(r"(\{(?:tipo|area|n+)\})", mascara):
        if pieza == "{tipo}":
            texto += f"(?:{'|'.join(prefijos)})"
        elif pieza == "{area}":
            texto += f"(?:{'|'.join(areas)})" if "{tipo}" not in mascara else "[A-Z0-9]+"
        elif pieza.startswith("{n"):
            texto += rf"\d{{{len(pieza) - 2},}}"
        else:
            texto += re.escape(pieza)
    return re.compile(rf"(?<![\w-]){texto}(?![\w-])")


def patron_codigos(servicio: Servicio) -> re.Pattern[str]:
    """La expresión que reconoce los códigos del servicio en medio de un texto."""
    prefijos = {t.prefijo for t in servicio.tipos.values()} | {s.partition("-")[0] for s in servicio.series}
    ordenados = sorted((re.escape(p) for p in prefijos if p), key=len, reverse=True)
    return _patron(servicio.mascara.texto, tuple(ordenados), tuple(sorted(servicio.areas)))


def _titulo_dicho(m: Materia, r: Renglon, citado: str) -> str:
    """El título con que una fila o línea de referencias acompaña al código; vacío si no lo hace."""
    if r.texto.strip() == citado:
        hermanas = [o for o in m.renglones if _misma_fila(o, r) and o.primera]
        return hermanas[0].texto if hermanas and hermanas[0] is not r else ""
    hallado = re.fullmatch(rf"{re.escape(citado)}[\s.,:;–—-]+(\D.*?)\.?", r.texto.strip())
    return hallado[1] if hallado and _en_referencias(r) else ""


def _misma_fila(uno: Renglon, otro: Renglon) -> bool:
    return bool(otro.columna) and uno.lugar.partition(", columna")[0] == otro.lugar.partition(", columna")[0]


def _en_referencias(r: Renglon) -> bool:
    return clave(r.titulo).startswith("referencias")


def _mismo(uno: str, otro: str) -> bool:
    a, b = clave(uno), clave(otro)
    return a in b or b in a or SequenceMatcher(None, a, b).ratio() >= _PARECIDO
