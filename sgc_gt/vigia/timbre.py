"""El timbre: watchdog avisa que algo se movió. No dice qué, ni hace falta: se mira."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from sgc_gt.errores import causa_de

_SIN_CAMBIO = frozenset({"opened", "closed_no_write"})
"""Que alguien lea no es que algo cambie: atenderlo sería despertarse por las propias miradas."""


class _Mano(FileSystemEventHandler):
    """Toca el timbre ante cualquier cambio."""

    def __init__(self, timbre: threading.Event) -> None:
        self.timbre = timbre

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _SIN_CAMBIO:
            self.timbre.set()


class Timbre:
    """Los avisos del sistema operativo, y la espera. Se usa con `with`."""

    def __init__(self) -> None:
        self._suena = threading.Event()
        self._observador: Any = Observer()
        self._puestos: dict[tuple[Path, bool], Any] = {}
        self.sordo = False  # hay carpetas de las que el sistema no avisa

    def __enter__(self) -> Timbre:
        self._observador.start()
        return self

    def __exit__(
        self, clase: type[BaseException] | None, error: BaseException | None, traza: TracebackType | None
    ) -> None:
        self._observador.stop()
        self._observador.join(timeout=5)

    def atender(self, carpetas: Iterable[tuple[Path, bool]]) -> str:
        """Pide avisos de esas carpetas (y las que tengan adentro, si se dice) y deja de pedir los de otras.

        Devuelve por qué no se pudo con alguna, la primera vez; en adelante hay que mirar cada cierto tiempo.
        """
        pedidas = dict.fromkeys(carpetas)
        for ida in [c for c in self._puestos if c not in pedidas]:
            with suppress(KeyError, OSError):
                self._observador.unschedule(self._puestos.pop(ida))
        fallo = ""
        for carpeta, adentro in [c for c in pedidas if c not in self._puestos]:
            try:
                puesto = self._observador.schedule(_Mano(self._suena), str(carpeta), recursive=adentro)
                self._puestos[carpeta, adentro] = puesto
            except OSError as error:
                fallo = "" if self.sordo else causa_de(error)
                self.sordo = True
        return fallo

    def esperar(self, segundos: float) -> bool:
        """Espera a que suene, a lo más esos segundos. Dice si sonó."""
        return self._suena.wait(segundos)

    def reunir(self, segundos: float) -> None:
        """Deja pasar los avisos que vienen juntos y queda en silencio."""
        threading.Event().wait(segundos)
        self._suena.clear()
