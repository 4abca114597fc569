"""La memoria de lo leído: cada archivo Word se abre una vez y se recuerda por el resumen de su contenido.

Es una ayuda que se puede borrar. La clave es el contenido, así que lo recordado no envejece; si el programa
aprende a leer otra cosa, cambia `FORMATO` y lo viejo no se mira.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sgc_gt.dominio.forma import Bloque, Casilla, Encabezado, FormaNormal, Marca
from sgc_gt.dominio.hechos import Hechos, Inseguro, Lectura, Sitio
from sgc_gt.repositorio.disco import carpeta_memoria
from sgc_gt.word.hechos import leer

FORMATO = 1
ARCHIVO = f"formas-{FORMATO}.sqlite"


class FormasLeidas:
    """Las lecturas de un servicio, recordadas en su carpeta privada mientras dure `recordando`."""

    def __init__(self, raiz: Path) -> None:
        self._archivo = carpeta_memoria(raiz) / ARCHIVO
        self._base: sqlite3.Connection | None = None

    @contextmanager
    def recordando(self) -> Iterator[FormasLeidas]:
        """Abre la memoria y, al salir, guarda lo nuevo. Sin poder abrirla, se lee todo cada vez."""
        with suppress(sqlite3.Error, OSError):
            self._archivo.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self._archivo, isolation_level="DEFERRED", timeout=1)
            self._base.execute("create table if not exists lecturas (oid text primary key, datos blob)")
            self._base.execute("create table if not exists siglas (oid text primary key, lista text)")
        try:
            yield self
        finally:
            if self._base is not None:
                with suppress(sqlite3.Error):
                    self._base.commit()
                self._base.close()
                self._base = None

    def recordada(self, oid: str) -> Lectura | None:
        """La lectura de ese contenido, si ya se hizo; None si no, o si lo guardado no se entiende."""
        try:
            fila = (
                self._base
                and self._base.execute("select datos from lecturas where oid = ?", (oid,)).fetchone()
            )
            return de_bytes(fila[0]) if fila else None
        except (sqlite3.Error, zlib.error, ValueError, TypeError, KeyError):
            return None

    def leer(self, oid: str, contenido: bytes, nombre: str) -> Lectura:
        """La lectura de ese contenido, recordada o hecha ahora."""
        lectura = self.recordada(oid)
        if lectura is not None:
            return lectura
        lectura = leer(contenido, nombre)
        if self._base is not None and not lectura.hechos.inseguro:
            with suppress(sqlite3.Error):
                self._base.execute("insert or replace into lecturas values (?, ?)", (oid, a_bytes(lectura)))
        return lectura

    def siglas(self, oid: str, calcular: Callable[[], frozenset[str]]) -> frozenset[str]:
        """Las siglas que ese contenido define, recordadas o calculadas ahora."""
        with suppress(sqlite3.Error):
            fila = (
                self._base and self._base.execute("select lista from siglas where oid = ?", (oid,)).fetchone()
            )
            if fila:
                return frozenset(str(fila[0]).split())
        definidas = calcular()
        if self._base is not None:
            with suppress(sqlite3.Error):
                lista = " ".join(sorted(definidas))
                self._base.execute("insert or replace into siglas values (?, ?)", (oid, lista))
        return definidas


def a_bytes(lectura: Lectura) -> bytes:
    """La lectura, comprimida, para guardarla."""
    forma, hechos = lectura
    valor = [
        _de_bloques(forma.bloques),
        [[e.clase, _de_bloques(e.bloques)] for e in forma.encabezados],
        {**hechos._asdict(), "rotulos": dict(hechos.rotulos), "propiedades": dict(hechos.propiedades)},
    ]
    return zlib.compress(json.dumps(valor, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def de_bytes(datos: bytes) -> Lectura:
    """La lectura que esos bytes guardan. ValueError, TypeError o KeyError si no es una."""
    bloques, encabezados, hechos = json.loads(zlib.decompress(datos))
    forma = FormaNormal(_a_bloques(bloques), tuple(Encabezado(c, _a_bloques(b)) for c, b in encabezados))
    return Lectura(forma, _a_hechos(hechos))


def _de_bloques(bloques: Sequence[Bloque]) -> list[list[Any]]:
    """Cada bloque como una lista de sus campos; los del final que están vacíos se omiten."""
    return [_sin_cola(_campos(b)) for b in bloques]


def _campos(b: Bloque) -> list[Any]:
    filas = [[_de_bloques(celda) for celda in fila] for fila in b.filas]
    return [b.clase, b.texto, b.nivel, b.marcas, filas, _de_bloques(b.bloques), b.casillas]


def _sin_cola(campos: list[Any]) -> list[Any]:
    while len(campos) > 1 and not campos[-1]:
        campos.pop()
    return campos


def _a_bloques(valores: Sequence[Sequence[Any]]) -> tuple[Bloque, ...]:
    return tuple(_a_bloque(*valor) for valor in valores)


def _a_bloque(  # noqa: PLR0913, PLR0917 - los campos de un bloque, en el orden en que se guardan
    clase: str,
    texto: str = "",
    nivel: int = 0,
    marcas: Sequence[Sequence[Any]] = (),
    filas: Sequence[Sequence[Any]] = (),
    bloques: Sequence[Any] = (),
    casillas: Sequence[Sequence[Any]] = (),
) -> Bloque:
    return Bloque(
        clase,
        nivel,
        texto,
        tuple(Marca(*m) for m in marcas),
        tuple(tuple(_a_bloques(celda) for celda in fila) for fila in filas),
        _a_bloques(bloques),
        tuple(tuple(Casilla(*c) for c in fila) for fila in casillas),
    )


def _a_hechos(valor: Mapping[str, Any]) -> Hechos:
    sitios = {
        clave: tuple(Sitio(*s) for s in valor[clave])
        for clave in ("imagenes_sin_texto", "tablas_sin_encabezado")
    }
    return Hechos(**{**valor, **sitios, "inseguro": tuple(Inseguro(*i) for i in valor["inseguro"])})
