"""Lo que cada cargo debe: qué, desde cuándo y hasta cuándo. Se calcula de lo que hay; no se guarda.

Fuente: ISO 9001:2008 4.2.3 b) y f); 2015 7.5.2 c) y 7.5.3.2. Los avisos son a 60, 30 y 0 días (N-10).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.etiquetas import ACTOS
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.tabla import FECHA, Columna

HORIZONTE = 60
"""Con cuántos días de anticipación se avisa de un vencimiento."""

AVISOS = (60, 30, 0)
"""A cuántos días del vencimiento cambia el aviso."""

REVISION, EXTERNO, ESTANDARIZAR, ARCHIVAR = "revision", "externo", "estandarizacion", "registro"
COMPROMISO, CALENDARIO = "compromiso", "calendario"
CONOCER, RETIRAR = "tomar-conocimiento", "retirar-copia"
QUE = {
    "enviar": "terminar el borrador y enviarlo a revisión",
    REVISION: "revisión periódica",
    EXTERNO: "verificar documento externo",
    ESTANDARIZAR: "modificar o crear el procedimiento (etapa 6.2.5)",
    ARCHIVAR: "archivar el registro del período",
    COMPROMISO: "cumplir el compromiso e informar su evidencia",
    CALENDARIO: "presentar en la fecha que fija el oficio del año",
}
"""Lo que se debe, en palabras; los pasos de un circuito toman las suyas de la tabla de movimientos."""

COLUMNAS = (
    Columna("que", "Qué", ancho=26),
    Columna("documento", "Documento", ancho=14),
    Columna("titulo", "Título", ancho=24),
    Columna("cargo", "De quién", ancho=26),
    Columna("desde", "Desde", FECHA, 11),
    Columna("hasta", "Hasta", FECHA, 11),
    Columna("aviso", "Aviso", ancho=18),
)

# Los movimientos que dejan la versión en manos de otro: desde el último se cuenta la espera.
_PASAN_EL_TURNO = frozenset(
    {"crear", "solicitar", "nueva-version", "enviar", "retirar", "devolver", "reabrir"} | tabla.EN_RUTA
)


class Pendiente(NamedTuple):
    """Algo que un cargo debe hacer. Sin `hasta`, nadie le puso plazo."""

    que: str  # el movimiento que se espera, o una clave de QUE
    documento: str
    titulo: str
    cargo: str
    desde: date | None
    hasta: date | None = None
    version: str = ""
    region: str = ""  # la del cargo
    detalle: str = ""

    @property
    def en_palabras(self) -> str:
        """Lo que se debe, como se lo diría una persona."""
        return QUE.get(self.que) or ACTOS[self.que]

    def aviso(self, fecha: date) -> str:
        """Cómo está el plazo en esa fecha: «vencido hace 12 días», «vence hoy», «vence en 25 días»."""
        if self.hasta is None:
            return ""
        dias = (self.hasta - fecha).days
        if dias == 0:
            return "vence hoy"
        cuantos = "1 día" if abs(dias) == 1 else f"{abs(dias)} días"
        return f"vencido hace {cuantos}" if dias < 0 else f"vence en {cuantos}"

    def plazo(self, fecha: date) -> int | None:
        """El aviso que le corresponde (60, 30 o 0); None si falta más, o si no tiene plazo."""
        if self.hasta is None:
            return None
        dias = (self.hasta - fecha).days
        return min((a for a in AVISOS if dias <= a), default=None)

    def a_dict(self, fecha: date) -> dict[str, Any]:
        """Las claves del contrato, con fechas como texto."""
        valores = {k: v.isoformat() if isinstance(v, date) else v for k, v in self._asdict().items()}
        return {**valores, "plazo": self.plazo(fecha), "vencido": bool(self.hasta and self.hasta < fecha)}


def desde_cuando(ficha: Ficha, version: str, fecha: date) -> date | None:
    """Desde cuándo espera la versión a quien le toca: el último movimiento que la dejó en sus manos."""
    pasos = [
        m.fecha
        for m in ficha.actos
        if m.version == version and m.acto in _PASAN_EL_TURNO and m.fecha <= fecha
    ]
    return pasos[-1] if pasos else None


def en_orden(pendientes: Iterable[Pendiente]) -> list[Pendiente]:
    """Primero lo que vence antes; lo que no tiene plazo, después, por cuánto lleva esperando."""
    return sorted(
        pendientes,
        key=lambda p: (p.hasta or date.max, p.desde or date.max, p.documento, p.que, p.cargo),
    )
