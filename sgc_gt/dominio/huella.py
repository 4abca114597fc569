"""La huella: el código de verificación de lo que un documento dice.

`1:<64 hex>`: el número es el algoritmo. SHA-256 sobre una serialización única de la forma normal, los
datos canónicos y el título y motivo de la ficha; nunca sobre el XML, que cambia con cada guardado.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from sgc_gt.dominio.forma import Bloque, FormaNormal, nfc

ALGORITMO = "1"


def huella(forma: FormaNormal, datos: bytes | None, titulo: str, motivo: str) -> str:
    """La huella de un documento Word. `datos` son los bytes canónicos de sus datos, si su tipo los tiene."""
    cuerpo = [_bloque(bloque) for bloque in forma.bloques]
    hash_datos = None if datos is None else hashlib.sha256(datos).hexdigest()
    return _sellar(["sgc-gt/documento", nfc(titulo), nfc(motivo), hash_datos, cuerpo])


def huellas(forma: FormaNormal) -> Callable[[bytes | None, str, str], str]:
    """Cómo calcular la huella de ese contenido con distintos datos, títulos y motivos: se escribe una vez."""
    cuerpo = serializar(forma.bloques)

    def con(datos: bytes | None, titulo: str, motivo: str) -> str:
        hash_datos = None if datos is None else hashlib.sha256(datos).hexdigest()
        cabeza = _json(["sgc-gt/documento", nfc(titulo), nfc(motivo), hash_datos])
        return _resumir(f"{cabeza[:-1]},{cuerpo}]")

    return con


def huella_bytes(contenido: bytes, titulo: str = "", motivo: str = "") -> str:
    """La huella de un documento de clase «archivo»: ahí los bytes son el contenido."""
    hash_contenido = hashlib.sha256(contenido).hexdigest()
    return _sellar(["sgc-gt/archivo", nfc(titulo), nfc(motivo), hash_contenido])


def serializar(bloques: tuple[Bloque, ...]) -> str:
    """La serialización canónica de unos bloques: JSON de listas, sin espacios, texto en NFC."""
    return _json([_bloque(bloque) for bloque in bloques])


def _bloque(bloque: Bloque) -> list[Any]:
    """El bloque como lista de posiciones fijas: dos bloques distintos nunca dan la misma."""
    return [
        bloque.clase,
        bloque.nivel,
        nfc(bloque.texto),
        [[m.clase, m.desde, m.hasta, nfc(m.dato)] for m in bloque.marcas],
        [[[_bloque(b) for b in celda] for celda in fila] for fila in bloque.filas],
        [_bloque(b) for b in bloque.bloques],
    ]


def _json(valor: object) -> str:
    return json.dumps(valor, ensure_ascii=False, separators=(",", ":"))


def _sellar(valor: list[Any]) -> str:
    return _resumir(_json(valor))


def _resumir(canonico: str) -> str:
    # `surrogatepass`: un sustituto suelto no puede venir de XML, pero una huella nunca debe fallar por él.
    bytes_canonicos = canonico.encode("utf-8", "surrogatepass")
    return f"{ALGORITMO}:{hashlib.sha256(bytes_canonicos).hexdigest()}"
