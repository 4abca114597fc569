"""Los textos de guía de una plantilla: lo que alguien debe reemplazar antes de enviar su documento."""

from __future__ import annotations

from collections.abc import Mapping

from sgc_gt.word.nombres import leer_xml, q
from sgc_gt.word.paquete import documento

ESTILO = "Guia"


def guias(partes: Mapping[str, bytes]) -> frozenset[str]:
    """El texto de cada párrafo con estilo de guía, sin los que llevan etiquetas de plantilla."""
    principal = documento(partes)
    textos = set()
    for parrafo in leer_xml(partes[principal], principal).iter(q("w:p")):
        estilo = parrafo.find(f"{q('w:pPr')}/{q('w:pStyle')}")
        if estilo is not None and estilo.get(q("w:val")) == ESTILO:
            textos.add("".join(t.text or "" for t in parrafo.iter(q("w:t"))).strip())
    return frozenset(t for t in textos if t and "{" not in t)
