"""Lo que una publicación responde, y cómo se sabe de qué servicio es."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.contexto import Vista
from sgc_gt.dominio.ficha import json_canonico, movimiento_a_dict
from sgc_gt.ordenes.carpeta_publica import Pendiente


class Resultado(NamedTuple):
    """Qué hizo esta publicación. Las rutas son relativas a la carpeta publicada."""

    publicados: tuple[str, ...]  # documentos que se dejaron
    retirados: tuple[str, ...]
    pendientes: tuple[Pendiente, ...]
    carpeta: str
    fecha: date
    ancla: str
    rigen: int  # cuántos documentos rigen, reservados incluidos
    actualizados: tuple[str, ...] = ()  # índice, enlaces y listas que se dejaron
    restaurados: tuple[str, ...] = ()  # los que alguien había cambiado y volvieron a lo suyo
    cambiados: tuple[str, ...] = ()  # los que alguien había cambiado y además ya no rigen: se retiraron
    ajenos: tuple[str, ...] = ()  # de otra persona: no se tocan
    sin_pdf: tuple[str, ...] = ()  # códigos que van en Word
    rehecho: bool = False  # el registro no era el que dejó este servicio: se publicó todo de nuevo

    def a_dict(self) -> dict[str, Any]:
        """Las claves del contrato."""
        return {
            **self._asdict(),
            "fecha": self.fecha.isoformat(),
            "pendientes": [pendiente._asdict() for pendiente in self.pendientes],
        }


def identidad(vista: Vista) -> str:
    """Lo que distingue a este servicio de otro: el resumen de su primer movimiento."""
    primero = vista.sistema.actos[0]
    return hashlib.sha256(json_canonico(movimiento_a_dict(primero))).hexdigest()[:16]
