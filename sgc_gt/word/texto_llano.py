"""El texto de un DOCX sin nada más, para buscar una palabra en miles de archivos: cuatro veces más rápido.

No es la forma normal: no sabe de zonas, campos ni títulos. Lo que se firma o se compara sale de `extraer`.
"""

from __future__ import annotations

from sgc_gt.word.nombres import leer_xml, q
from sgc_gt.word.paquete import documento
from sgc_gt.word.puerta import abrir


def texto_llano(docx: bytes, nombre: str) -> str:
    """Los párrafos del cuerpo, tablas incluidas, uno por línea. EntradaInvalida si no pasa la puerta."""
    partes = abrir(docx, nombre)
    principal = documento(partes)
    parrafos = leer_xml(partes[principal], principal).iter(q("w:p"))
    return "\n".join("".join(t.text or "" for t in p.iter(q("w:t"))) for p in parrafos)
