"""Regla sobre la distribución: alguien dijo quiénes deben conocer el documento (ISO 9001:2008 4.2.3 d)."""

from __future__ import annotations

from collections.abc import Iterator

from sgc_gt.reglas.materia import Materia
from sgc_gt.reglas.regla import Hallazgo


def sin_destinatarios(m: Materia) -> Iterator[Hallazgo]:
    """El documento que ninguna regla de distribución del servicio alcanza, y que tampoco lo dice él."""
    if m.sin_destinatarios:
        yield Hallazgo(f"ninguna regla de distribución alcanza a {m.codigo}", "el documento")
