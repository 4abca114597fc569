"""Lo que se deja junto al archivo de quien elabora: la copia con observaciones, o por qué no se recibió."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from sgc_gt.contexto import Vista
from sgc_gt.errores import EntradaInvalida, Rechazo
from sgc_gt.vigia import manos, nombres
from sgc_gt.vigia.lectura import RESPUESTA, contenido_de
from sgc_gt.word.propiedades import con_propias, leer_propias
from sgc_gt.word.puerta import abrir


def con_alertas(vista: Vista, codigo: str, contenido: bytes, cuando: datetime) -> bytes | None:  # noqa: ARG001
    """La copia con lo que el chequeo de forma encontró, como comentarios; None si no encontró nada."""
    return None


def marcada(copia: bytes, nombre: str) -> bytes:
    """La copia con la marca por la que se reconoce: nunca vuelve como entrega."""
    return con_propias(abrir(copia, nombre), {RESPUESTA: contenido_de(copia)})


def explicacion(rechazo: Rechazo, nombre: str) -> bytes:
    """Por qué no se recibió y qué hacer, en un texto que se abre con doble clic."""
    lineas = [f"«{nombre}» no se recibió.", "", f"{_oracion(rechazo.mensaje)}"]
    lineas += [f"  - {p}" for p in rechazo.problemas if p.mensaje != rechazo.mensaje]
    if rechazo.esperado:
        lineas.append(f"Se esperaba: {rechazo.esperado}.")
    if rechazo.hacer:
        lineas.append(f"Qué hacer: {rechazo.hacer.rstrip('.')}.")
    lineas += ["", "Su archivo está intacto donde usted lo dejó. Este aviso se borra solo cuando se reciba."]
    # Con marca de orden y fin de línea de Windows: el Bloc de notas más viejo lo muestra bien.
    return "\r\n".join(lineas).encode("utf-8-sig") + b"\r\n"


def _oracion(texto: str) -> str:
    return texto[:1].upper() + texto[1:].rstrip(".") + "."


def dejar(destino: Path, contenido: bytes) -> bool:
    """Deja la respuesta, en lugar de la anterior si nadie la tocó. Dice si quedó."""
    if destino.exists() and not _retirable(destino):
        return False
    try:
        if destino.exists():
            manos.retirar(destino, hashlib.sha256(destino.read_bytes()).hexdigest())
        manos.poner(destino, contenido)
    except (manos.Cambio, OSError):  # está abierta: se deja la próxima vez
        return False
    return True


def quitar(archivo: Path) -> None:
    """Saca el aviso de que no se recibió, porque ya se recibió."""
    aviso = archivo.with_name(nombres.no_recibido(archivo.name))
    aviso.unlink(missing_ok=True)


def _retirable(destino: Path) -> bool:
    """Si lo que hay con ese nombre es una respuesta nuestra en la que nadie escribió."""
    if destino.name.endswith(nombres.NO_RECIBIDO):
        return True
    try:
        contenido = destino.read_bytes()
        marca = leer_propias(abrir(contenido, destino.name)).get(RESPUESTA, "")
        return bool(marca) and marca == contenido_de(contenido)
    except (EntradaInvalida, OSError):
        return False
