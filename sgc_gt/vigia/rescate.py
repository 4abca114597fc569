"""Una versión vigente editada en su lugar: se aparta lo escrito, se restituye lo aprobado, y aquello sigue.

En ese orden. La copia queda en `.git/sgc/rescates` hasta que esté en la historia o en la carpeta de quien
elabora; si algo se corta entremedio, la próxima mirada la encuentra ahí y sigue.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.reglamento import CARPETA
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import ActoNoPermitido, Conflicto, EntradaInvalida
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.entregar import entregar
from sgc_gt.ordenes.nueva_version import nueva_version
from sgc_gt.ordenes.pedido import Adjunto, Peticion
from sgc_gt.repositorio.disco import asegurar_carpeta, carpeta_privada, escribir
from sgc_gt.vigia import manos, nombres
from sgc_gt.vigia.recibir import DEL_SERVICIO, observaciones

MOTIVO = "Edición directa de la versión vigente"


class Rescatado(NamedTuple):
    """Lo que alguien escribió sobre una versión vigente, a salvo y todavía sin destino."""

    contenido: Path
    codigo: str
    nombre: str
    cuando: str
    extra: dict[str, str]


def carpeta(raiz: Path) -> Path:
    return carpeta_privada(raiz) / "rescates"


def apartar(ctx: Contexto, codigo: str, archivo: Path, contenido: bytes, ahora: datetime) -> None:
    """Copia lo escrito a un lugar seguro. Repetirlo no lo duplica."""
    sha256 = hashlib.sha256(contenido).hexdigest()
    lugar = carpeta(ctx.raiz)
    anotado = {
        "codigo": codigo,
        "nombre": archivo.name,
        "cuando": f"{ahora:%d-%m-%Y %H%M}",
        "extra": dict(observaciones(archivo, contenido)),
    }
    escribir(ctx.raiz, lugar / sha256, contenido)
    escribir(ctx.raiz, lugar / f"{sha256}.json", json.dumps(anotado, ensure_ascii=False).encode())
    asegurar_carpeta(lugar)


def restituir(ctx: Contexto, ruta: str, editado: bytes, aprobado: bytes) -> bool:
    """Vuelve a poner el aprobado, si el editado sigue siendo el que se apartó. OSError si está tomado."""
    destino = ctx.raiz / ruta
    return escribir(ctx.raiz, destino, aprobado, si=lambda: destino.read_bytes() == editado)


def por_atender(raiz: Path) -> list[Rescatado]:
    """Lo apartado que aún no tiene destino."""
    rescatados = []
    for anotado in sorted(carpeta(raiz).glob("*.json")):
        datos = json.loads(anotado.read_text("utf-8"))
        rescatados.append(Rescatado(anotado.with_suffix(""), **datos))
    return rescatados


def olvidar(r: Rescatado) -> None:
    """Lo apartado ya está en otro lugar seguro."""
    r.contenido.with_name(r.contenido.name + ".json").unlink(missing_ok=True)
    r.contenido.unlink(missing_ok=True)


def como_borrador(ctx: Contexto, como_elabora: Contexto, r: Rescatado) -> str:
    """Abre la versión siguiente con lo escrito como su borrador; devuelve su número.

    Rechazo si no se puede (ya hay una versión en trabajo, el archivo no es de Word…): se conserva aparte.
    """
    contenido = r.contenido.read_bytes()
    taller.recibir(contenido, r.nombre)
    vista = ctx.vista()
    ficha = vista.ficha(r.codigo)
    ahora = situacion(ficha, ctx.ahora(vista).date())
    abierta = ahora.abierta
    if abierta is not None and _ya_lo_dice(vista, ficha, abierta, contenido):
        return abierta.version  # un corte entre recibirlo y olvidarlo
    if abierta is None:
        nueva_version(ctx, r.codigo, Peticion(motivo=MOTIVO), menor=False)
    elif abierta.motivo != MOTIVO or ahora.ultimo is None or ahora.ultimo.acto != "nueva-version":
        raise Conflicto("ya hay una versión en trabajo", lugar=r.codigo)
    vista = ctx.vista()
    ficha = vista.ficha(r.codigo)
    abierta = situacion(ficha).abierta
    if abierta is None:
        raise ActoNoPermitido("no hay borrador abierto", lugar=r.codigo)
    if r.nombre.endswith(".docx"):
        contenido = taller.sellado(vista, ficha, abierta.version, contenido)
    peticion = Peticion(extra={CARPETA: DEL_SERVICIO, **r.extra})
    nombre = rutas.nombre_archivo(r.codigo, abierta.version, "." + r.nombre.rpartition(".")[2])
    entregar(como_elabora, r.codigo, peticion, Adjunto(nombre, contenido))
    return abierta.version


def _ya_lo_dice(vista: Vista, ficha: Ficha, abierta: Version, contenido: bytes) -> bool:
    datos = vista.leer(rutas.datos_de(rutas.ruta_borrador(ficha, abierta.archivo)))
    dice = taller.huella_de(contenido, datos, abierta.titulo, abierta.motivo, abierta.archivo)
    return dice == abierta.huella


def restituir_si_sigue(ctx: Contexto, vista: Vista, ficha: Ficha, r: Rescatado) -> None:
    """Un corte entre apartar y restituir deja el archivo editado en su lugar: se restituye ahora."""
    ruta = f"{rutas.carpeta(ficha)}/{r.nombre}"
    editado, aprobado, archivo = r.contenido.read_bytes(), vista.leer(ruta), ctx.raiz / ruta
    if aprobado is not None and archivo.is_file() and archivo.read_bytes() == editado:
        restituir(ctx, ruta, editado, aprobado)


def conservar(r: Rescatado, destino: Path) -> Path:
    """Deja lo escrito en esa carpeta con un nombre que dice qué es. OSError si no se puede."""
    final = destino / nombres.edicion_directa(r.nombre, r.cuando)
    if final.exists() and final.read_bytes() == r.contenido.read_bytes():
        return final
    vez = 1
    while final.exists():
        vez += 1
        final = destino / nombres.edicion_directa(r.nombre, f"{r.cuando}, {vez}")
    manos.poner(final, r.contenido.read_bytes())
    return final


def dice_lo_mismo(vista: Vista, ficha: Ficha, rige: Version, contenido: bytes) -> bool:
    """Si, aunque sus bytes sean otros, el archivo dice lo mismo que la versión que rige."""
    try:
        taller.recibir(contenido, rige.archivo)
        datos = vista.leer(rutas.datos_de(f"{rutas.carpeta(ficha)}/{rige.archivo}"))
        return taller.huella_de(contenido, datos, rige.titulo, rige.motivo, rige.archivo) == rige.huella
    except EntradaInvalida:
        return False
