"""Lo que se deja junto al archivo de quien elabora: la copia con observaciones, o por qué no se recibió."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sgc_gt.consultas.comprobar import Revision
from sgc_gt.consultas.formas_leidas import FormasLeidas
from sgc_gt.contexto import Vista
from sgc_gt.dominio.alertas import Alerta
from sgc_gt.dominio.fechas import leer_instante
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import EntradaInvalida, Rechazo
from sgc_gt.ordenes.comprobacion import TALLER
from sgc_gt.ordenes.respuestas import ajenos, con_respuestas, leer_respuestas, pendientes_de, sin_respuestas
from sgc_gt.vigia import manos, nombres
from sgc_gt.vigia.lectura import RESPUESTA, contenido_de
from sgc_gt.word.propiedades import con_propias, leer_propias
from sgc_gt.word.puerta import abrir


def copia_con_observaciones(vista: Vista, codigo: str, borrador: bytes, cuando: datetime) -> bytes | None:
    """El borrador con un comentario por alerta del chequeo y por observación abierta; None si no hay.

    Los comentarios llevan la hora del último movimiento: la misma copia dos veces son los mismos bytes.
    """
    ficha = vista.ficha(codigo)
    v = situacion(ficha, cuando.date()).abierta
    if v is None or not v.archivo.endswith(".docx"):
        return None
    alertas = alertas_de(vista, codigo, cuando)
    observadas = pendientes_de(ficha, v.version)
    if not (alertas or observadas):
        return None
    anotado = leer_instante(ficha.actos[-1].registrado)
    return con_respuestas(borrador, alertas, observadas, anotado, vista.organizacion.nombre_cargo)


def alertas_de(vista: Vista, codigo: str, cuando: datetime) -> list[Alerta]:
    """Lo que el chequeo de forma encuentra en el borrador registrado."""
    with FormasLeidas(vista.repo.raiz).recordando() as lecturas:
        revisados = Revision(vista, TALLER, cuando.date(), lecturas).documento(codigo)
    return [a for r in revisados for a in r.alertas]


def marcada(copia: bytes, nombre: str) -> bytes:
    """La copia con la marca por la que se reconoce: mientras nadie escriba en ella no vuelve como entrega."""
    return con_propias(abrir(copia, nombre), {RESPUESTA: contenido_de(copia)})


def como_borrador(copia: bytes, nombre: str) -> bytes:
    """Lo que alguien escribió en una copia, sin la marca ni los comentarios del sistema."""
    return con_propias(abrir(sin_respuestas(copia), nombre), {RESPUESTA: ""})


def nada_mas(copia: bytes, borrador: bytes) -> bool:
    """Si todo lo que alguien comentó en la copia está también en el borrador que salió de ella."""
    return ajenos(copia) <= ajenos(borrador)


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
        if destino.exists() and (destino.read_bytes() == contenido or _contestada(destino)):
            return False
        if destino.exists():
            manos.retirar(destino, hashlib.sha256(destino.read_bytes()).hexdigest())
        manos.poner(destino, contenido)
    except (manos.Cambio, OSError):  # está abierta: se deja la próxima vez
        return False
    return True


def quitar(destino: Path) -> None:
    """Saca una respuesta que ya no viene al caso, si nadie escribió en ella."""
    with suppress(manos.Cambio, OSError):  # está abierta: se saca la próxima vez
        if destino.exists() and _retirable(destino):
            manos.retirar(destino, hashlib.sha256(destino.read_bytes()).hexdigest())


def _contestada(destino: Path) -> bool:
    """Si la persona contestó en los comentarios de esa copia: se le deja, para que siga en ella."""
    return destino.suffix == ".docx" and bool(leer_respuestas(destino.read_bytes(), destino.name))


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
