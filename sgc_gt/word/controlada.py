"""Una copia controlada no puede decir al pie que es una copia no controlada: esa frase se calla.

Muchas plantillas la llevan siempre. Se vacía el párrafo que solo dice eso, en encabezados y pies; si está
mezclada con otra cosa (el número de página, un dato), no se toca y se avisa.
"""

from __future__ import annotations

import re

from sgc_gt.dominio.textos import comparable
from sgc_gt.word.nombres import escribir_xml, leer_xml, q
from sgc_gt.word.paquete import documento, empaquetar, relaciones
from sgc_gt.word.puerta import abrir

_FRASE = re.compile(r"copias?\b.*\bno controlada")
_MEZCLA = (q("w:fldChar"), q("w:fldSimple"), q("w:sdt"), q("w:drawing"), q("w:pict"), q("w:tab"))


def sin_no_controlada(docx: bytes) -> tuple[bytes, bool]:
    """El documento sin esa frase en sus márgenes, y si en alguno quedó dicha."""
    partes = abrir(docx, "el documento")
    principal, queda = documento(partes), False
    margenes = {
        rel.destino
        for rel in relaciones(partes, principal).values()
        if rel.clase in ("header", "footer") and rel.destino in partes
    }
    for parte in sorted(margenes):
        raiz = leer_xml(partes[parte], parte)
        for parrafo in raiz.iter(q("w:p")):
            textos = list(parrafo.iter(q("w:t")))
            if not _FRASE.search(comparable("".join(t.text or "" for t in textos))):
                continue
            if next(parrafo.iter(*_MEZCLA), None) is not None:
                queda = True
                continue
            for texto in textos:
                texto.text = ""
        partes[parte] = escribir_xml(raiz)
    return empaquetar(partes, comprimir=True), queda
