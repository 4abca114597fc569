"""Lo que la auditoría responde: cada cláusula, sus evidencias y las pruebas concretas que hay detrás.

Una respuesta «con evidencia» trae siempre pruebas que se pueden ir a mirar: nunca una marca verde sola.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sgc_gt.dominio.normas import EVIDENCIAS, Clausula, Norma

CON_EVIDENCIA = "con_evidencia"
CON_ALERTAS = "con_alertas"
SIN_EVIDENCIA = "sin_evidencia"
NO_APLICA = "no_aplica"
SIN_CODIGO = "sgc-gt estado"
"""La orden que muestra que no hay nada, cuando la evidencia es de un documento."""
ESTADOS = (CON_ALERTAS, SIN_EVIDENCIA, CON_EVIDENCIA, NO_APLICA)
"""De peor a mejor: una cláusula toma el peor de sus evidencias."""


class Prueba(NamedTuple):
    """Un hecho que se puede ir a mirar: de qué documento, qué movimiento lo dejó y qué dice."""

    documento: str  # código del documento, registro, serie o documento externo
    dice: str
    alerta: str = ""  # qué está mal; vacío si nada
    version: str = ""
    movimiento: int | None = None  # su número en el historial del documento
    fecha: date | None = None
    lugar: str = ""  # dónde está el archivo


class Respuesta(NamedTuple):
    """Lo que una evidencia muestra: en qué está, un resumen, las pruebas y la orden con que se ve en vivo."""

    estado: str
    resumen: str
    pruebas: tuple[Prueba, ...] = ()
    orden: str = ""
    evidencia: str = ""  # su nombre en el catálogo

    @property
    def titulo(self) -> str:
        """Cómo se llama en pantalla."""
        return EVIDENCIAS[self.evidencia]

    @property
    def alertas(self) -> tuple[Prueba, ...]:
        """Las pruebas de que algo está mal."""
        return tuple(p for p in self.pruebas if p.alerta)


def responder(pruebas: Iterable[Prueba], resumen: str, orden: str, *, nada: str) -> Respuesta:
    """La respuesta que esas pruebas dan; sin ninguna, «sin evidencia» y por qué (`nada`).

    En `orden`, «COD» y «V» se reemplazan por el documento y la versión de la primera: se copia y se ejecuta.
    """
    todas = tuple(sorted(pruebas, key=lambda p: not p.alerta))
    if not todas:
        return Respuesta(SIN_EVIDENCIA, nada, (), SIN_CODIGO if "COD" in orden else orden)
    orden = re.sub(r"\bV\b", todas[0].version, re.sub(r"\bCOD\b", todas[0].documento, orden))
    return Respuesta(CON_ALERTAS if any(p.alerta for p in todas) else CON_EVIDENCIA, resumen, todas, orden)


class ClausulaAuditada(NamedTuple):
    """Una cláusula con sus respuestas."""

    clausula: Clausula
    respuestas: tuple[Respuesta, ...]

    @property
    def estado(self) -> str:
        """El peor de sus evidencias; «no aplica» solo si ninguna tiene qué mostrar."""
        return min((r.estado for r in self.respuestas), key=ESTADOS.index, default=NO_APLICA)

    @property
    def razon(self) -> str:
        """Por qué quedó así, en una línea: lo que dicen las evidencias que le dieron su estado."""
        decisivas = [r.resumen for r in self.respuestas if r.estado == self.estado]
        return " ".join(dict.fromkeys(decisivas)) or self.clausula.no_aplica

    @property
    def alertas(self) -> int:
        """Cuántas alertas tienen sus evidencias."""
        return sum(len(r.alertas) for r in self.respuestas)

    @property
    def pruebas(self) -> int:
        """Cuántas pruebas hay detrás."""
        return sum(len(r.pruebas) for r in self.respuestas)


class Auditoria(NamedTuple):
    """La auditoría de un servicio contra una edición, a una fecha."""

    norma: Norma
    servicio: str
    fecha: date
    clausulas: tuple[ClausulaAuditada, ...]
    ancla: str = ""  # de la historia de que se sacó

    @property
    def con_alertas(self) -> bool:
        """Si alguna cláusula tiene alertas."""
        return any(c.estado == CON_ALERTAS for c in self.clausulas)

    def cuantas(self, estado: str) -> int:
        """Cuántas cláusulas están así."""
        return sum(1 for c in self.clausulas if c.estado == estado)
