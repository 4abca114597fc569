"""Repetir la historia entera antes de entregar algo que se va a leer en otra parte.

De una historia forjada salen páginas impecables: quien las recibe no tiene cómo notarlo. Por eso el paquete
se niega a salir de una historia rota, y lo que sale dice cuánto se repitió.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sgc_gt.consultas.ancla import ancla_de
from sgc_gt.consultas.repeticion import Taller
from sgc_gt.consultas.verificar import Pedida, verificar
from sgc_gt.contexto import Vista
from sgc_gt.dominio.ancla import leer
from sgc_gt.errores import IntegridadRota

EVIDENCIA = "evidencia"
"""Una evidencia perdida no desmiente a ningún movimiento y nadie la puede rehacer: se dice, y se entrega."""


class Integridad(NamedTuple):
    """Una historia repetida entera y correcta: cuántos movimientos, y qué evidencias no están bien."""

    movimientos: int
    ancla: str
    evidencias: tuple[str, ...] = ()

    @property
    def dice(self) -> str:
        """«historia repetida completa: 78 movimientos, correcta»."""
        cuenta = "1 movimiento" if self.movimientos == 1 else f"{self.movimientos} movimientos"
        return f"historia repetida completa: {cuenta}, correcta"

    def a_dict(self) -> dict[str, Any]:
        """Las claves de `auditoria.json` y de `expediente --verificar --json`."""
        return {"resultado": self.dice, **self._asdict(), "evidencias": list(self.evidencias)}


def exigir_integra(vista: Vista, taller: Taller, avanzar: Callable[[int], None]) -> Integridad:
    """Repite la historia desde el principio; IntegridadRota, con la primera alerta, si no es correcta.

    El movimiento de la vista entra como ancla: lo que se entrega es de la misma historia que se repitió.
    """
    ancla = ancla_de(vista)
    informe = verificar(vista.repo, taller, avanzar, Pedida((leer(ancla),)))
    primera = next((a for a in informe.alertas if a.regla != EVIDENCIA), None)
    if primera is not None:
        raise IntegridadRota(
            f"la integridad está rota, y así no se entrega nada: {primera.mensaje}",
            lugar=primera.lugar,
            hacer="vea todo lo que no calza con sgc-gt verificar; si es la carpeta y no la historia, "
            "sgc-gt verificar --regenerar la repone",
        )
    return Integridad(leer(ancla).numero, ancla, tuple(f"{a.lugar}: {a.mensaje}" for a in informe.alertas))
