"""Leer durante horas: el portal y las carpetas conectadas comparten un solo git abierto, por GitPython.

Cargar GitPython cuesta unos 300 ms: este módulo no lo importa ninguna orden corta. Lo que entrega pasa por la
misma comprobación, porque ante un objeto dañado GitPython devuelve cero bytes sin error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from git.cmd import Git as GitAbierto
from git.exc import GitError

from .apertura import exigir_repositorio
from .git import Git, danada, entorno
from .lector import Lectura, comprobado
from .objetos import Arbol, Objeto


class LecturaLarga(Lectura):
    """Una lectura que varios hilos pueden usar a la vez."""

    def __init__(self, abierto: GitAbierto) -> None:
        super().__init__()
        self._abierto = abierto
        self._turno = RLock()

    def resolver(self, nombre: str) -> str | None:
        with self._turno:
            try:
                return _texto(self._abierto.get_object_header(nombre)[0])
            except ValueError:  # así dice GitPython que no existe
                return None

    def objetos(self, oids: Iterable[str]) -> Iterator[Objeto]:
        for oid in oids:
            with self._turno:
                objeto = self._objeto(oid)
            yield objeto

    def arboles(self, oids: Sequence[str]) -> dict[str, Arbol]:
        with self._turno:
            return super().arboles(oids)

    def _objeto(self, oid: str) -> Objeto:
        try:
            hallado, tipo, _, datos = self._abierto.get_object_data(oid)
        except (ValueError, OSError, GitError) as causa:
            self._abierto.clear_cache()  # el git abierto pudo morir con la pregunta: el siguiente será nuevo
            raise danada(oid, "falta o no se puede leer") from causa
        return comprobado(oid, _texto(hallado), _texto(tipo), datos)


def _texto(valor: str | bytes) -> str:
    """GitPython anuncia texto y entrega bytes."""
    return valor.decode("ascii") if isinstance(valor, bytes) else valor


@contextmanager
def abrir_lectura_larga(raiz: Path) -> Iterator[LecturaLarga]:
    """Abre la carpeta para leer mucho rato y la suelta al salir (en Windows retiene sus archivos)."""
    raiz = raiz.absolute()
    exigir_repositorio(Git(raiz))
    base = raiz / ".git"
    abierto = GitAbierto(str(raiz))
    # GitPython hereda el entorno del proceso: lo que no se puede quitar se fija en esta carpeta.
    propias = {"GIT_DIR": base, "GIT_WORK_TREE": raiz, "GIT_OBJECT_DIRECTORY": base / "objects"}
    limpio = entorno(raiz) | {clave: str(valor) for clave, valor in propias.items()}
    abierto.update_environment(**limpio)
    try:
        yield LecturaLarga(abierto)
    finally:
        abierto.clear_cache()
