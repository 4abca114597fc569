"""Regla sobre datos personales: un RUT de persona no se publica en un documento controlado (Ley 19.628)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.cl import rut

from sgc_gt.reglas.materia import Materia
from sgc_gt.reglas.regla import Hallazgo, en

_CANDIDATO = re.compile(r"(?<![\d.-])(\d{1,2}(?:\.\d{3}){2}|\d{7,8})\s?-\s?([\dkK])(?![\w-])")
_PERSONAS = 50_000_000
"""De aquí hacia arriba los números son de instituciones y empresas, que no son datos personales."""


def rut_de_persona(m: Materia) -> Iterator[Hallazgo]:
    """Los números con forma de RUT y dígito verificador correcto. La alerta nunca los muestra enteros."""
    for r in m.renglones:
        for hallado in _CANDIDATO.finditer(r.texto):
            numero = hallado[1].replace(".", "")
            if int(numero) < _PERSONAS and rut.is_valid(f"{numero}{hallado[2]}"):
                yield en(r, f"un RUT que termina en «…{numero[-2:]}-{hallado[2]}»")
