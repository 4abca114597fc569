"""Reglas sobre las secciones: las que el tipo exige, en su orden, una vez y con contenido."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from sgc_gt.dominio.forma import Seccion
from sgc_gt.reglas.materia import Materia, lugar_de
from sgc_gt.reglas.regla import Hallazgo
from sgc_gt.reglas.textos import clave


def falta(m: Materia) -> Iterator[Hallazgo]:
    """Las secciones que el tipo exige y no están."""
    if m.forma is None or m.tipo is None or _ilegible(m):
        return
    titulos = {clave(s.titulo): s.titulo for s in m.secciones}
    for exigida in m.tipo.secciones:
        if clave(exigida.titulo) in titulos:
            continue
        cerca = get_close_matches(clave(exigida.titulo), titulos, n=1, cutoff=0.75)
        sugerencia = f"si es «{titulos[cerca[0]]}», escriba el título como lo pide el tipo" if cerca else ""
        yield Hallazgo(
            f"no hay un título «{exigida.titulo}»",
            "cuerpo del documento",
            requisito=", ".join(exigida.requisitos),
            sugerencia=sugerencia,
        )


def vacia(m: Materia) -> Iterator[Hallazgo]:
    """Las secciones exigidas que tienen título y nada debajo."""
    for s in _exigidas(m):
        propias = [s, *(h for h in m.secciones if h.numero.startswith(f"{s.numero}."))]
        if not any(h.bloques for h in propias):
            yield Hallazgo(f"«{s.titulo}» no tiene contenido", lugar_de(s), s.numero, s.titulo)


def repetida(m: Materia) -> Iterator[Hallazgo]:
    """Las secciones de primer nivel que aparecen más de una vez con el mismo título."""
    vistas: dict[str, Seccion] = {}
    for s in m.secciones:
        if s.nivel != 1 or not s.titulo:
            continue
        primera = vistas.setdefault(clave(s.titulo), s)
        if primera is not s:
            yield Hallazgo(
                f"«{s.titulo}» ya está en la sección {primera.numero}", lugar_de(s), s.numero, s.titulo
            )


def desordenada(m: Materia) -> Iterator[Hallazgo]:
    """Las secciones exigidas que no van en el orden del tipo."""
    orden = [clave(s.titulo) for s in m.tipo.secciones] if m.tipo else []
    previa: Seccion | None = None
    for s in _exigidas(m):
        if previa is not None and orden.index(clave(s.titulo)) < orden.index(clave(previa.titulo)):
            yield Hallazgo(f"«{s.titulo}» está después de «{previa.titulo}»", lugar_de(s), s.numero, s.titulo)
        else:
            previa = s


def _exigidas(m: Materia) -> Iterator[Seccion]:
    """Las secciones del documento que el tipo exige; de las repetidas, la primera."""
    exigidas = {clave(s.titulo) for s in m.tipo.secciones} if m.tipo else set()
    # «6.2.9 Registros» no es la sección 9: vale la de más arriba.
    niveles: dict[str, int] = {}
    for s in m.secciones:
        niveles[clave(s.titulo)] = min(s.nivel, niveles.get(clave(s.titulo), s.nivel))
    for s in m.secciones:
        if clave(s.titulo) in exigidas and s.nivel == niveles[clave(s.titulo)]:
            exigidas.discard(clave(s.titulo))
            yield s


def _ilegible(m: Materia) -> bool:
    return m.hechos is not None and bool(m.hechos.inseguro)
