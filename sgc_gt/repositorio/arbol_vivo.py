"""El árbol de la historia en memoria: recibe lo que cada movimiento cambió y dice qué identificador tiene.

Solo se resumen de nuevo las carpetas tocadas. El identificador de un árbol resume todo lo que contiene: si
el calculado es el que el movimiento nombra, nadie puso una carpeta en lugar de otra, diga git lo que diga.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping

from .objetos import ARCHIVO, CARPETA, oid_de


class _Carpeta:
    """Una carpeta: sus archivos, sus carpetas y los renglones que git escribiría, en su orden."""

    __slots__ = ("archivos", "carpetas", "filas", "oid", "orden")

    def __init__(self) -> None:
        self.archivos: dict[str, str] = {}
        self.carpetas: dict[str, _Carpeta] = {}
        self.filas: dict[bytes, bytes] = {}
        self.orden: list[bytes] = []
        self.oid = ""  # vacío: cambió desde que se resumió

    def anotar(self, clave: bytes, fila: bytes) -> None:
        if clave not in self.filas:
            insort(self.orden, clave)
        self.filas[clave] = fila

    def tachar(self, clave: bytes) -> None:
        if self.filas.pop(clave, None) is not None:
            del self.orden[bisect_left(self.orden, clave)]

    def resumir(self) -> str:
        if not self.oid:
            for nombre, hija in self.carpetas.items():
                if not hija.oid:
                    crudo = nombre.encode("utf-8", "surrogateescape")
                    self.anotar(crudo + b"/", _fila(CARPETA, crudo, hija.resumir()))
            self.oid = oid_de("tree", b"".join([self.filas[clave] for clave in self.orden]))
        return self.oid

    def recorrer(self, base: str) -> Iterator[tuple[str, str]]:
        for nombre, oid in self.archivos.items():
            yield base + nombre, oid
        for nombre, hija in self.carpetas.items():
            yield from hija.recorrer(f"{base}{nombre}/")


def _fila(modo: str, nombre: bytes, oid: str) -> bytes:
    return b"%s %s\0%s" % (modo.encode(), nombre, bytes.fromhex(oid))


class ArbolVivo:
    """Rutas y oid de los archivos de un movimiento. Vacío al nacer."""

    def __init__(self) -> None:
        self._raiz = _Carpeta()

    def __bool__(self) -> bool:
        return bool(self._raiz.filas)

    def oid(self) -> str:
        """El identificador de todo el árbol, calculado."""
        return self._raiz.resumir()

    def buscar(self, ruta: str) -> str | None:
        """El oid de un archivo; None si no está."""
        carpeta, _, nombre = ruta.rpartition("/")
        donde = self._bajar(carpeta)
        return donde.archivos.get(nombre) if donde else None

    def bajo(self, carpeta: str) -> dict[str, str]:
        """ruta → oid de todos los archivos bajo una carpeta, por ruta; vacío si no existe."""
        donde = self._bajar(carpeta)
        return dict(sorted(donde.recorrer(f"{carpeta}/" if carpeta else ""))) if donde else {}

    def cambiar(self, cambios: Mapping[str, str | None]) -> dict[str, str | None]:
        """Pone (o quita, con None) esos archivos y devuelve lo que había en cada ruta."""
        antes = {ruta: self.buscar(ruta) for ruta in cambios}
        for ruta, oid in cambios.items():
            self._poner(ruta, oid) if oid else self._quitar(ruta)
        return antes

    def _bajar(self, carpeta: str) -> _Carpeta | None:
        actual: _Carpeta | None = self._raiz
        for parte in carpeta.split("/") if carpeta else ():
            actual = actual.carpetas.get(parte) if actual else None
        return actual

    def _poner(self, ruta: str, oid: str) -> None:
        *camino, nombre = ruta.split("/")
        actual = self._raiz
        actual.oid = ""
        for parte in camino:
            actual = actual.carpetas.setdefault(parte, _Carpeta())
            actual.oid = ""
        actual.archivos[nombre] = oid
        crudo = nombre.encode("utf-8", "surrogateescape")
        actual.anotar(crudo, _fila(ARCHIVO, crudo, oid))

    def _quitar(self, ruta: str) -> None:
        *camino, nombre = ruta.split("/")
        pasos = [self._raiz]
        for parte in camino:
            siguiente = pasos[-1].carpetas.get(parte)
            if siguiente is None:
                return
            pasos.append(siguiente)
        pasos[-1].archivos.pop(nombre, None)
        pasos[-1].tachar(nombre.encode("utf-8", "surrogateescape"))
        for carpeta in pasos:
            carpeta.oid = ""
        for parte, hija, madre in zip(reversed(camino), reversed(pasos), reversed(pasos[:-1]), strict=False):
            if hija.filas or hija.carpetas:
                break
            del madre.carpetas[parte]
            madre.tachar(parte.encode("utf-8", "surrogateescape") + b"/")
