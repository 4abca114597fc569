"""Lo leído de un archivo, recordado por el resumen de sus bytes: se lee una vez y no envejece.

Es una ayuda que se puede borrar. Se guarda en la carpeta privada del servicio, un archivo por clase de
lectura; su nombre lleva el número de la forma, así una versión del programa que lee mejor no usa lo viejo.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from sgc_gt.repositorio.disco import carpeta_memoria, escribir

HOLGURA = 1000
"""Cuántas lecturas que hoy no se usaron se conservan: las pide quien mira otra fecha."""


class Lecturas:
    """Las lecturas de una clase. `guardar` deja en disco las nuevas, si las hay."""

    def __init__(self, raiz: Path, nombre: str) -> None:
        self._raiz = raiz
        self._archivo = carpeta_memoria(raiz) / f"{nombre}.json"
        self._previas = _leer(self._archivo)
        self._usadas: dict[str, Any] = {}
        self._hay_nuevas = False

    def buscar(self, clave: str) -> Any | None:
        """Lo recordado de esos bytes; None si no se han leído."""
        if clave in self._usadas or not clave:
            return self._usadas.get(clave)
        valor = self._previas.get(clave)
        if valor is not None:
            self._usadas[clave] = valor
        return valor

    def anotar(self, clave: str, valor: Any) -> None:
        """Recuerda la lectura de unos bytes."""
        self._usadas[clave] = valor
        self._hay_nuevas = True

    def guardar(self) -> None:
        """Escribe lo recordado si hay algo nuevo; en una carpeta de solo lectura, nada."""
        if not self._hay_nuevas:
            return
        otras = {c: v for c, v in self._previas.items() if c not in self._usadas}
        conservadas = dict(list(otras.items())[-HOLGURA:])
        datos = json.dumps({**conservadas, **self._usadas}, ensure_ascii=False, separators=(",", ":"))
        with suppress(OSError):
            escribir(self._raiz, self._archivo, datos.encode())


def _leer(archivo: Path) -> dict[str, Any]:
    try:
        datos = json.loads(archivo.read_bytes())
    except (OSError, ValueError):
        return {}
    return datos if isinstance(datos, dict) else {}
