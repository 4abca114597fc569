"""Regla sobre los cargos: el que un documento hace responsable existe en el servicio."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sgc_gt.reglas.control_palabras import papel
from sgc_gt.reglas.materia import Materia, Renglon, clave, corto
from sgc_gt.reglas.regla import Hallazgo, en

_CARGO = re.compile(
    r"(?:el/la |la/el |los/las |el |la |los |las )?(?:sub)?"
    r"(?:jef[ea]s?|direct[oa]r(?:[ae]s)?|encargad[oa]s?|coordinador(?:a|es|as)?|profesional(?:es)?|analistas?"
    r"|secretari[oa]s?|administrador(?:a|es)?|gestor(?:a|es)?|fiscal|asesor(?:a|es)?)\b",
    re.I,
)
_COLUMNA = re.compile(r"^(?:responsables?|cargos?|quién|elabora|revisa|aprueba)\b", re.I)
_VACIAS = frozenset(
    (
        "de",
        "del",
        "la",
        "el",
        "los",
        "las",
        "a",
        "as",
        "o",
        "os",
        "y",
        "e",
        "en",
        "cada",
        "una",
        "uno",
        "todas",
    )
)
_TITULARES = ("Responsabilidades", "Responsables", "Roles y responsabilidades")


def desconocido(m: Materia) -> Iterator[Hallazgo]:
    """Los cargos en «Responsabilidades» y en columnas de responsable que ningún cargo del servicio es."""
    conocidos = _conocidos(m)
    responsabilidades = {id(r) for r in m.de_seccion(*_TITULARES)}
    vistos: set[str] = set()
    for r in m.renglones:
        if not (_COLUMNA.match(r.columna) or (id(r) in responsabilidades and r.es_titulo)):
            continue
        for nombrado in _nombrados(r):
            palabras = _palabras(nombrado)
            if palabras and not any(_mismo(palabras, c) for c in conocidos) and clave(nombrado) not in vistos:
                vistos.add(clave(nombrado))
                yield en(r, f"«{corto(nombrado)}» no es un cargo ni un rol del servicio")


def _nombrados(r: Renglon) -> list[str]:
    """Los cargos que un renglón nombra, si empieza por uno."""
    return [p.strip() for p in re.split(r"[;\n]", r.texto) if _CARGO.match(p.strip()) and len(p) < 120]


def _conocidos(m: Materia) -> list[frozenset[str]]:
    s = m.servicio
    nombres = [c.nombre for c in s.cargos.values()] + [papel(r) for r in s.roles]
    nombres += [rol.replace("_", " ") for rol in s.roles] + [
        s.comite,
        "Jefe/a de Servicio",
        "Jefatura Superior",
    ]
    return [frozenset(p) for n in nombres if (p := _palabras(n))]


def _palabras(texto: str) -> frozenset[str]:
    """Las palabras que distinguen un cargo, sin género ni número."""
    llano = clave(re.sub(r"\(?/?\b(?:as?|os?|es)\)|/as?\b|/os?\b", " ", texto))
    raices = (_raiz(p) for p in llano.split() if p not in _VACIAS and not p.isdigit())
    return frozenset(r for r in raices if r != "region")


def _raiz(palabra: str) -> str:
    """«directoras» y «director» → «director»; «encargada» → «encargad»; «jefa» → «jef»."""
    raiz = palabra.removesuffix("s")
    return raiz.rstrip("aeo") if len(raiz) > 3 else raiz


def _mismo(dicho: frozenset[str], cargo: frozenset[str]) -> bool:
    return dicho <= cargo or cargo <= dicho
