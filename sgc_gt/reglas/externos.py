"""Reglas sobre los documentos externos citados: que estén en la lista y en la edición que rige."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sgc_gt.dominio.externos import VIGENTE, Externo
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.textos import enumerar
from sgc_gt.reglas.materia import Materia, Renglon
from sgc_gt.reglas.regla import Hallazgo, en
from sgc_gt.reglas.textos import clave, corto

_NORMA = re.compile(
    r"\b(?P<clase>Leyes|Ley|D\.?\s?F\.?\s?L\.?|D\.?\s?S\.?|Decreto(?:\s+Supremo|\s+con\s+Fuerza\s+de\s+Ley)?"
    r"|Circular|Oficio\s+Circular|Resoluci[oó]n(?:\s+Exenta)?|ISO|NCh)"
    r"(?:\s+[A-Z]{2,5})?\s*(?:/\s*IEC\s*)?(?:N[°º.]?\s*)?(?P<numero>\d[\d.,]*\d|\d)"
    r"(?:\s*:\s*(?P<edicion>(?:19|20)\d\d))?"
)
_CLASES = {
    "leyes": "ley",
    "ley": "ley",
    "dfl": "dfl",
    "decreto con fuerza de ley": "dfl",
    "ds": "decreto",
    "decreto": "decreto",
    "decreto supremo": "decreto",
    "circular": "circular",
    "oficio circular": "circular",
    "resolucion": "resolucion",
    "resolucion exenta": "resolucion",
    "iso": "iso",
    "nch": "nch",
}
_EXTERNO_DICHO = re.compile(r"\bdocumento\s+externo\b", re.I)
_COMUNES = frozenset(
    ("de", "la", "el", "los", "las", "del", "y", "e", "o", "para", "en", "por", "con", "que", "a")
)
Clave = tuple[str, str]


def sin_lista(m: Materia) -> Iterator[Hallazgo]:
    """Los documentos externos que la sección de referencias cita y la lista del servicio no tiene.

    Con la lista vacía, como el primer día, es una sola alerta: lo que falta es comenzarla.
    """
    faltan = [(r, titulo) for r, claves, titulo in _citados(m) if not _hallar(m.externos, claves, titulo)]
    if len(faltan) > 1 and not m.externos:
        primera = faltan[0][0]
        cuales = enumerar(f"«{corto(titulo)}»" for _, titulo in faltan)
        todos = f"la lista de documentos externos está vacía y aquí se citan {len(faltan)}: {cuales}"
        yield en(primera, todos)._replace(lugares=tuple(r.lugar for r, _ in faltan))
        return
    for r, titulo in faltan:
        yield en(r, f"«{corto(titulo)}» no está en la lista de documentos externos")


def vencido(m: Materia) -> Iterator[Hallazgo]:
    """Los citados cuya edición fue reemplazada, dada de baja o venció."""
    for r, claves, titulo in _citados(m):
        externos = _hallar(m.externos, claves, titulo)
        edicion = _edicion(r.texto)
        if externos and not any(_rige(e, m, edicion) for e in externos):
            yield en(r, f"«{corto(titulo)}»; según la lista, {_estado(externos[0], m, edicion)}")


def claves_de(texto: str) -> set[Clave]:
    """Las normas que un texto nombra: («ley», «19553»), («iso», «9001»)."""
    return {
        (
            _CLASES.get(clave(h["clase"].replace(".", "").replace(" L", "L")), ""),
            re.sub(r"\D", "", h["numero"]),
        )
        for h in _NORMA.finditer(texto)
    }


@lru_cache(maxsize=2)
def _citados(m: Materia) -> tuple[tuple[Renglon, set[Clave], str], ...]:
    return tuple(_citas(m))


def _citas(m: Materia) -> Iterator[tuple[Renglon, set[Clave], str]]:
    """Cada renglón de «Referencias» que cita algo externo: por su número, o porque lo dice."""
    for r in m.de_seccion("Referencias", "Referencias normativas", "Documentos de referencia"):
        if r.es_titulo or (r.columna and not r.primera):
            continue
        claves = claves_de(r.texto)
        if claves or (r.primera and _dice_externo(m, r)):
            yield r, claves, r.texto.strip().rstrip(".")


def _dice_externo(m: Materia, r: Renglon) -> bool:
    fila = r.lugar.partition(", columna")[0] + ","
    return any(o.lugar.startswith(fila) and _EXTERNO_DICHO.search(o.texto) for o in m.renglones if o.columna)


def _hallar(externos: Sequence[Externo], claves: set[Clave], titulo: str) -> list[Externo]:
    """Los de la lista que son ese documento: por número; sin número, por las palabras del título."""
    if claves:
        return [e for e in externos if claves & claves_de(f"{e.titulo} {e.version}")]
    palabras = _palabras(titulo)
    return [e for e in externos if (p := _palabras(e.titulo)) and (p <= palabras or palabras <= p)]


def _palabras(texto: str) -> set[str]:
    return {p for p in clave(texto).split() if p not in _COMUNES}


def _edicion(texto: str) -> str:
    hallado = next((h for h in _NORMA.finditer(texto) if h["edicion"]), None)
    return hallado["edicion"] if hallado else ""


def _rige(e: Externo, m: Materia, edicion: str) -> bool:
    vigente = e.estado == VIGENTE and not (e.vigencia_hasta and m.fecha and e.vigencia_hasta < m.fecha)
    return vigente and (not edicion or edicion in f"{e.titulo} {e.version}")


def _estado(e: Externo, m: Materia, edicion: str) -> str:
    if e.estado != VIGENTE:
        return f"lo reemplaza {e.reemplazado_por}" if e.reemplazado_por else "está dado de baja"
    if e.vigencia_hasta and m.fecha and e.vigencia_hasta < m.fecha:
        return f"rigió hasta el {imprimir_fecha(e.vigencia_hasta)}"
    return f"la edición que rige es «{e.version or e.titulo}», no la de {edicion}"
