"""Reglas sobre la identidad: el encabezado, la ficha y el nombre del archivo dicen lo mismo."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sgc_gt.reglas.materia import Materia
from sgc_gt.reglas.regla import Hallazgo

_VERSION = re.compile(r"\b(?:versi[oó]n|revisi[oó]n)\s*(?:n[°º.]\s*)?:?\s*(\d{1,2}(?:\.\d{1,2})?)\b", re.I)
_EN_NOMBRE = re.compile(r"(?:^|[\s_-])v(?:ersi[oó]n)?[\s._-]*(\d{1,2}(?:\.\d{1,2})?)(?![\d])", re.I)


def codigo(m: Materia) -> Iterator[Hallazgo]:
    """El código del encabezado, del archivo o de las propiedades que no es el de la ficha."""
    if not m.codigo:
        return
    propios = {m.codigo.partition("/")[0], *m.anteriores}
    for lugar, dichos in _dicen(m, m.vocabulario.codigos):
        # Un encabezado puede nombrar además otro documento; basta con que también diga el propio.
        if dichos and propios.isdisjoint(dichos):
            yield Hallazgo(f"{lugar} dice {dichos[0]} y la ficha es de {m.codigo}", lugar)


def version(m: Materia) -> Iterator[Hallazgo]:
    """La versión del encabezado, del archivo o de las propiedades que no es la de la ficha."""
    if not m.version or not m.codigo:
        return
    fuentes = [
        ("encabezado", _VERSION.findall(m.hechos.encabezado) if m.hechos else []),
        ("nombre del archivo", _EN_NOMBRE.findall(m.archivo.rpartition(".")[0])),
        ("propiedades del archivo", [v] if m.hechos and (v := m.hechos.propiedades.get("version")) else []),
    ]
    for lugar, dichas in fuentes:
        if dichas and all(_llana(v) != _llana(m.version) for v in dichas):
            yield Hallazgo(f"{lugar} dice versión {dichas[0]} y la ficha está en la {m.version}", lugar)


def version_en_nombre(archivo: str) -> str:
    """La versión que el nombre de un archivo dice («Subsidios v2.docx»), o vacío."""
    dichas: list[str] = _EN_NOMBRE.findall(archivo.rpartition(".")[0])
    return dichas[0] if dichas else ""


def _dicen(m: Materia, patron: re.Pattern[str]) -> list[tuple[str, list[str]]]:
    propio = m.hechos.propiedades.get("codigo", "").partition("/")[0] if m.hechos else ""
    return [
        ("encabezado", patron.findall(m.hechos.encabezado) if m.hechos else []),
        ("nombre del archivo", patron.findall(m.archivo.replace("_", " "))),
        ("propiedades del archivo", [propio] if propio else []),
    ]


def _llana(version: str) -> str:
    """«01.1» y «1.1» son la misma."""
    return ".".join(str(int(p)) for p in version.split(".") if p.isdigit())
