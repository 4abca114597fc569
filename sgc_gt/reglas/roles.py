"""Regla sobre los cargos: el que un documento hace responsable existe en el servicio."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sgc_gt.reglas.materia import Materia, Renglon
from sgc_gt.reglas.regla import Hallazgo, en
from sgc_gt.reglas.textos import clave, corto
from sgc_gt.reglas.vocabulario import palabras_de_cargo

_CARGO = re.compile(
    r"(?:el/la |la/el |los/las |el |la |los |las )?(?:sub)?"
    r"(?:jef[ea]s?|direct[oa]r(?:[ae]s)?|encargad[oa]s?|coordinador(?:a|es|as)?|profesional(?:es)?|analistas?"
    r"|secretari[oa]s?|administrador(?:a|es)?|gestor(?:a|es)?|fiscal|asesor(?:a|es)?)\b",
    re.I,
)
_COLUMNA = re.compile(r"^(?:responsables?|cargos?|quién|elabora|revisa|aprueba)\b", re.I)
_TITULARES = ("Responsabilidades", "Responsables", "Roles y responsabilidades")


def desconocido(m: Materia) -> Iterator[Hallazgo]:
    """Los cargos en «Responsabilidades» y en columnas de responsable que ningún cargo del servicio es."""
    responsabilidades = {id(r) for r in m.de_seccion(*_TITULARES)}
    vistos: set[str] = set()
    for r in m.renglones:
        if not (_COLUMNA.match(r.columna) or (id(r) in responsabilidades and r.es_titulo)):
            continue
        for nombrado in _nombrados(r):
            palabras = palabras_de_cargo(nombrado)
            if (
                palabras
                and not any(_mismo(palabras, c) for c in m.vocabulario.cargos)
                and clave(nombrado) not in vistos
            ):
                vistos.add(clave(nombrado))
                yield en(r, f"«{corto(nombrado)}» no es un cargo ni un rol del servicio")


def _nombrados(r: Renglon) -> list[str]:
    """Los cargos que un renglón nombra, si empieza por uno."""
    return [p.strip() for p in re.split(r"[;\n]", r.texto) if _CARGO.match(p.strip()) and len(p) < 120]


def _mismo(dicho: frozenset[str], cargo: frozenset[str]) -> bool:
    return dicho <= cargo or cargo <= dicho
