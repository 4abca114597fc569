"""El vocabulario de un servicio: con qué palabras escribe sus códigos, sus siglas y sus cargos.

Se arma una vez por revisión: mil documentos comparten las mismas expresiones.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sgc_gt.dominio.regiones import CATALOGO
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.reglas.control_palabras import papel
from sgc_gt.reglas.textos import clave

SIGLA = re.compile(r"(?<![\w./@-])[A-ZÁÉÍÓÚÑ]{2,8}(?![\w/@]|[.-]\w)")
_GENERO = re.compile(r"\(?/?\b(?:as?|os?|es)\)|/as?\b|/os?\b")
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


class Vocabulario(NamedTuple):
    """Las expresiones y listas que las reglas comparan."""

    codigos: re.Pattern[str]  # los códigos del servicio en medio de un texto
    nombres: re.Pattern[str]  # los nombres de las series y sus bases legales
    siglas: frozenset[str]  # las del servicio, sus áreas y tipos, y las de las regiones
    cargos: tuple[frozenset[str], ...]  # las palabras que distinguen cada cargo y rol


def vocabulario(servicio: Servicio) -> Vocabulario:
    """El vocabulario de ese servicio."""
    return Vocabulario(_codigos(servicio), _nombres(servicio), _siglas(servicio), _cargos(servicio))


def palabras_de_cargo(texto: str) -> frozenset[str]:
    """Las palabras que distinguen un cargo, sin género, número ni cuántos son."""
    llano = clave(_GENERO.sub(" ", texto))
    raices = (_raiz(p) for p in llano.split() if p not in _VACIAS and not p.isdigit())
    return frozenset(r for r in raices if r != "region")


def _raiz(palabra: str) -> str:
    """«directoras» y «director» → «director»; «encargada» → «encargad»; «jefa» → «jef»."""
    raiz = palabra.removesuffix("s")
    return raiz.rstrip("aeo") if len(raiz) > 3 else raiz


def _codigos(servicio: Servicio) -> re.Pattern[str]:
    prefijos = {t.prefijo for t in servicio.tipos.values()} | {s.partition("-")[0] for s in servicio.series}
    tipos = "|".join(sorted((re.escape(p) for p in prefijos if p), key=len, reverse=True))
    texto = ""
    for pieza in re.split(r"(\{(?:tipo|area|n+)\})", servicio.mascara.texto):
        if pieza == "{tipo}":
            texto += f"(?:{tipos})"
        elif pieza == "{area}":
            texto += "[A-Z0-9]+"
        elif pieza.startswith("{n"):
            texto += rf"\d{{{len(pieza) - 2},}}"
        else:
            texto += re.escape(pieza)
    return re.compile(rf"(?<![\w-]){texto}(?![\w-])")


def _nombres(servicio: Servicio) -> re.Pattern[str]:
    nombres = {n for s in servicio.series.values() for n in (s.nombre, s.base_legal)}
    varios = (n for n in nombres if " " in n)  # uno de una palabra puede ser la propia sigla
    return re.compile("|".join(map(re.escape, sorted(varios, key=lambda n: (-len(n), n)))) or r"(?!)")


def _siglas(servicio: Servicio) -> frozenset[str]:
    propias = {servicio.sigla, *servicio.areas, *(t.prefijo for t in servicio.tipos.values())}
    nombres = [servicio.nombre, *(c.nombre for c in servicio.cargos.values())]
    propias |= {sigla for nombre in nombres for sigla in SIGLA.findall(nombre)}
    return frozenset(propias | {r.abreviatura for r in CATALOGO} | {r.romano for r in CATALOGO})


def _cargos(servicio: Servicio) -> tuple[frozenset[str], ...]:
    nombres = [c.nombre for c in servicio.cargos.values()] + [papel(r) for r in servicio.roles]
    nombres += [rol.replace("_", " ") for rol in servicio.roles]
    nombres += [servicio.comite, "Jefe/a de Servicio", "Jefatura Superior"]
    return tuple({p: None for n in nombres if (p := palabras_de_cargo(n))})
