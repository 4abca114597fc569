"""El plazo que un oficio da para responder lo que observa, y en qué está: se calcula de los movimientos.

Se abre al devolver con un oficio que lo da; se cumple cuando la versión se vuelve a remitir. Fuente: dominio
§1.6, I-49, y §4, N-29.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio.ficha import Evidencia, Ficha, Movimiento
from sgc_gt.dominio.plazos import Plazo, leer


class PorResponder(NamedTuple):
    """Una devolución por oficio: su plazo, si lo da, y con qué movimiento se contestó."""

    devuelto: Movimiento
    oficio: Evidencia
    plazo: Plazo | None
    contestado: Movimiento | None  # la remisión que la contesta, o el descarte que la deja sin objeto

    @property
    def abierto(self) -> bool:
        """Si todavía hay que responder."""
        return self.contestado is None

    def atraso(self, fecha: date) -> int:
        """Cuántos días hábiles pasaron del plazo, contestado o no; 0 si está en él o no hay plazo."""
        if self.plazo is None:
            return 0
        return max(0, -self.plazo.quedan(self.contestado.fecha if self.contestado else fecha))

    def en_palabras(self, fecha: date) -> str:
        """«vence el 04-04-2026 (quedan 3 días hábiles)»; vacío si no hay plazo o ya se contestó."""
        if self.plazo is None or not self.abierto:
            return ""
        return self.plazo.en_palabras(fecha)

    def a_dict(self, fecha: date) -> dict[str, Any]:
        """Las claves del contrato: oficio, recibo, días, vencimiento y cuántos quedan."""
        return {
            "oficio": self.oficio.numero,
            "recibido": self.plazo.recibido.isoformat() if self.plazo else None,
            "habiles": self.plazo.habiles if self.plazo else None,
            "vence": self.plazo.vence.isoformat() if self.plazo else None,
            "quedan": self.plazo.quedan(fecha) if self.plazo else None,
        }


def por_responder(ficha: Ficha, fecha: date, version: str | None = None) -> Iterator[PorResponder]:
    """Las devoluciones por oficio hasta esa fecha, de una versión o de todas."""
    for m in ficha.actos:
        oficio = next((e for e in m.evidencia if e.clase == "oficio"), None)
        if m.acto != "devolver" or oficio is None or m.fecha > fecha or version not in (None, m.version):
            continue
        suyos = (x for x in ficha.actos if x.n > m.n and x.version == m.version and x.fecha <= fecha)
        contestado = next((x for x in suyos if x.acto in ("remitir", "descartar")), None)
        yield PorResponder(m, oficio, leer(m.extra), contestado)


def abierto(ficha: Ficha, fecha: date, version: str) -> PorResponder | None:
    """La última devolución con plazo que esa versión no ha contestado; None si no hay."""
    sin_contestar = [p for p in por_responder(ficha, fecha, version) if p.abierto and p.plazo]
    return sin_contestar[-1] if sin_contestar else None
