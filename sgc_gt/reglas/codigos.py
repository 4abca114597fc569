"""Reglas sobre los códigos que un documento cita: que existan, que rijan y que se llamen como dice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from sgc_gt.reglas.materia import BORRADOR, OBSOLETO, Materia, Renglon
from sgc_gt.reglas.regla import Hallazgo, en
from sgc_gt.reglas.textos import clave, corto

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


def anterior(m: Materia) -> Iterator[Hallazgo]:
    """Los documentos citados por un código que ya no es el suyo: se hallan, y quien lee no los reconoce."""
    for r, citado in _citas(m):
        conocido = m.codigos.get(citado)
        if conocido and conocido.hoy:
            yield en(r, f"{citado} «{conocido.titulo}» es hoy {conocido.hoy}")


def renombrado(m: Materia) -> Iterator[Hallazgo]:
    """Los documentos citados con un título que ya no tienen, en la lista de referencias."""
    for r, citado in _citas(m):
        conocido = m.codigos.get(citado)
        dicho = _titulo_dicho(m, r, citado) if conocido and conocido.titulo else ""
        if conocido is None or not dicho or _mismo(dicho, conocido.titulo):
            continue
        if any(_mismo(dicho, viejo) for viejo in conocido.antes) or _en_referencias(r):
            yield en(r, f"a {citado} «{conocido.titulo}» lo llama «{corto(dicho)}»")


@lru_cache(maxsize=2)
def _citas(m: Materia) -> tuple[tuple[Renglon, str], ...]:
    """(renglón, código) de cada cita, una vez por sección. Un código puesto de ejemplo no es una cita."""
    citas: dict[tuple[str, str], Renglon] = {}
    for r in m.renglones:
        for citado in m.vocabulario.codigos.findall(r.texto):
            if not _EJEMPLO.search(r.columna) and not _EJEMPLO.search(r.texto):
                citas.setdefault((r.seccion, citado), r)
    return tuple((r, citado) for (_, citado), r in citas.items())


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
