"""Lo que se hace por cada clase de acción. Aquí se falla con rechazos; la vigilancia los cuenta."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sgc_gt.dominio import rutas
from sgc_gt.dominio.situacion import situacion
from sgc_gt.ordenes.respuestas import guardar_recibida
from sgc_gt.vigia import destino, lectura, manos, nombres, rescate, respuestas
from sgc_gt.vigia.recibir import DEL_SERVICIO, en_nombre_de, recibir
from sgc_gt.vigia.valores import (
    AVISAR,
    CONTESTAR,
    LEER,
    PONER,
    RECIBIR,
    REPONER,
    RESPONDER,
    RESTITUIR,
    RETIRAR,
    Accion,
    Expediente,
    Lectura,
)
from sgc_gt.word.propiedades import con_propias
from sgc_gt.word.puerta import abrir

if TYPE_CHECKING:
    from sgc_gt.vigia.vigia import Vigia

REINTENTO = 30.0
"""Segundos antes de volver a intentar lo que un archivo tomado o un disco lleno impidieron."""


def leer(vigia: Vigia, accion: Accion) -> None:
    """Abre el archivo y recuerda lo que dice."""
    archivo = Path(accion.ruta)
    por_nombre = _por_nombre(vigia, archivo.name)
    leida = lectura.leer(vigia.vista, vigia.mesa, archivo.read_bytes(), archivo.name, por_nombre)
    espera = 0.0 if leida.completo else vigia.segundos() + REINTENTO
    vigia.anotar(accion.ruta, lectura=leida, fue=(leida.codigo, leida.version), hasta=espera)


def _por_nombre(vigia: Vigia, nombre: str) -> tuple[str, str]:
    """El código y la versión que el nombre dice, si es el que el sistema da a un archivo."""
    base, _, version = nombre.rpartition(".")[0].rpartition("_v")
    extension = "." + nombre.rpartition(".")[2]
    e = vigia.mesa.get(base)
    if e and version in e.conocidas and rutas.nombre_archivo(base, version, extension) == nombre:
        return base, version
    return "", ""


def tomar(vigia: Vigia, accion: Accion) -> None:
    """Recibe lo guardado, a nombre de quien elabora."""
    archivo, e = Path(accion.ruta), vigia.mesa[accion.codigo]
    contenido = _el_mismo(vigia, accion)
    en_su_lugar = accion.ruta == e.borrador
    leida = _leida(vigia, accion)
    if leida.respuesta:
        if leida.contestado and e.observado:
            contestar(vigia, accion)
        contenido = respuestas.como_borrador(contenido, archivo.name)
    ctx = en_nombre_de(vigia.ctx, vigia.personas[accion.cargo][0])
    carpeta = DEL_SERVICIO if en_su_lugar else _linea(accion, archivo.name, e)
    r = recibir(ctx, accion.codigo, carpeta, archivo, contenido, en_su_lugar=en_su_lugar)
    vigia.anotar(accion.ruta, respondido=accion.clave)
    if r.resultado is None:
        vigia.suceso("sin_cambios", accion)
    else:
        secciones = [str(c["seccion"]) for c in r.en_esta_entrega or r.cambios]
        detalle = {"secciones": secciones, "commit": r.resultado.commit, "avisos": list(r.avisos)}
        vigia.suceso("recibido", accion, **detalle)
    if leida.respuesta and respuestas.nada_mas(archivo.read_bytes(), contenido):
        _sacar(vigia, accion)  # lo escrito en ella ya es el borrador
    if not en_su_lugar:
        respuestas.quitar(archivo.with_name(nombres.no_recibido(archivo.name)))
        responder(vigia, accion)


def _linea(accion: Accion, nombre: str, e: Expediente) -> str:
    """De dónde se anota que vino: la carpeta del cargo y, si no es la copia que el sistema puso, qué archivo.

    Dos archivos de una misma carpeta son dos líneas de trabajo: uno no continúa lo que el otro entregó.
    """
    return accion.cargo if nombre == e.archivo else f"{accion.cargo}/{nombre}"


def responder(vigia: Vigia, accion: Accion) -> None:
    """Deja junto al archivo la copia con lo que hay que mirar, o saca la anterior si ya no hay nada."""
    archivo, vista = Path(accion.ruta), vigia.ctx.vista()
    nombre = nombres.con_observaciones(archivo.name)
    ahora = vigia.ctx.ahora(vista)
    copia = respuestas.copia_con_observaciones(vista, accion.codigo, copia_de(vigia, accion.codigo), ahora)
    if copia is None:
        respuestas.quitar(archivo.with_name(nombre))
    elif respuestas.dejar(archivo.with_name(nombre), respuestas.marcada(copia, nombre)):
        vigia.suceso("respondido", accion, copia=nombre)


def _el_mismo(vigia: Vigia, accion: Accion) -> bytes:
    """Los bytes del archivo, si sigue siendo el que se decidió."""
    contenido = Path(accion.ruta).read_bytes()
    if lectura.resumen(contenido) != _leida(vigia, accion).sha256:
        raise manos.Cambio(accion.ruta)
    return contenido


def _leida(vigia: Vigia, accion: Accion) -> Lectura:
    leida = vigia.memoria.rastros[accion.ruta].lectura
    if leida is None:
        raise manos.Cambio(accion.ruta)
    return leida


def copia_de(vigia: Vigia, codigo: str) -> bytes:
    """El borrador como se deja en una carpeta: con su identidad y el movimiento de que parte."""
    vista = vigia.ctx.vista()
    ficha = vista.ficha(codigo)
    v = situacion(ficha, vigia.ctx.ahora(vista).date()).abierta
    contenido = vista.leer(rutas.ruta_borrador(ficha, v.archivo)) if v else None
    if v is None or contenido is None:
        raise manos.Cambio(codigo)
    if not v.archivo.endswith(".docx"):
        return contenido
    base = max(m.n for m in ficha.actos if m.version == v.version and m.sha256 == v.sha256)
    propias = {"codigo": codigo, "version": v.version, "base": str(base)}
    return con_propias(abrir(contenido, v.archivo), propias)


def poner(vigia: Vigia, accion: Accion) -> None:
    """Deja el borrador en la carpeta de quien elabora."""
    manos.poner(Path(accion.ruta), copia_de(vigia, accion.codigo))
    vigia.suceso("puesto", accion)


def reponer(vigia: Vigia, accion: Accion) -> None:
    """Cambia una copia en que nadie escribió por la del último borrador."""
    copia = copia_de(vigia, accion.codigo)
    _sacar(vigia, accion)
    manos.poner(Path(accion.ruta), copia)
    vigia.puesto(accion)
    vigia.suceso("repuesto", accion)


def retirar(vigia: Vigia, accion: Accion) -> None:
    """Saca una copia en que nadie escribió, de un borrador que ya no está en trabajo."""
    _sacar(vigia, accion)
    copia = Path(accion.ruta).with_name(nombres.con_observaciones(Path(accion.ruta).name))
    rastro = vigia.memoria.rastros.get(copia.as_posix())
    if rastro is None or not rastro.lectura or not rastro.lectura.contestado or rastro.respondido:
        respuestas.quitar(copia)  # lo que ahí se contestó, si algo, ya viajó
    vigia.suceso("retirado", accion)


def _sacar(vigia: Vigia, accion: Accion) -> None:
    manos.retirar(Path(accion.ruta), _leida(vigia, accion).sha256)


def entregar_observaciones(vigia: Vigia, accion: Accion) -> None:
    """Deja junto al archivo lo que un revisor observó."""
    responder(vigia, accion)
    vigia.anotar(accion.ruta, respondido=accion.clave)


def contestar(vigia: Vigia, accion: Accion) -> None:
    """Lo que quien elabora contestó a las observaciones queda donde el envío lo busca."""
    vista = vigia.ctx.vista()
    ficha = vista.ficha(accion.codigo)
    guardar_recibida(vigia.ctx, ficha, accion.cargo, _el_mismo(vigia, accion))
    vigia.anotar(accion.ruta, respondido=accion.clave)
    vigia.suceso("contestado", accion)


def avisar(vigia: Vigia, accion: Accion) -> None:
    """Dice lo que pasa, una vez."""
    perdidas = vigia.memoria.perdidas
    if accion.causa == "carpeta_perdida":
        vigia.memoria = vigia.memoria._replace(perdidas=perdidas | {accion.cargo})
    elif accion.causa == "carpeta_de_vuelta":
        vigia.memoria = vigia.memoria._replace(perdidas=perdidas - {accion.cargo})
        manos.limpiar(Path(accion.ruta))
    vigia.anotar(accion.ruta, respondido=accion.clave)
    vigia.suceso(accion.causa, accion)


def restituir(vigia: Vigia, accion: Accion) -> None:
    """Vuelve a poner el archivo aprobado; lo que alguien escribió sobre él se aparta antes."""
    editado = _el_mismo(vigia, accion)
    archivo, vista = Path(accion.ruta), vigia.ctx.vista()
    ficha = vista.ficha(accion.codigo)
    ahora = vigia.ctx.ahora(vista)
    rige = situacion(ficha, ahora.date()).vigente
    ruta = archivo.relative_to(vigia.ctx.raiz).as_posix()
    aprobado = vista.leer(ruta)
    if rige is None or aprobado is None or aprobado == editado or archivo.name != rige.archivo:
        return  # la historia avanzó: lo que hay es lo que debe haber, o ya no es asunto de este archivo
    igual = rescate.dice_lo_mismo(vista, ficha, rige, editado)
    if not igual:
        rescate.apartar(vigia.ctx, accion.codigo, archivo, editado, ahora)
    if not rescate.restituir(vigia.ctx, ruta, editado, aprobado):
        raise manos.Cambio(accion.ruta)
    if igual:
        vigia.suceso("restituido", accion)
    destino.atender(vigia)


MANOS: dict[str, Callable[[Vigia, Accion], None]] = {
    LEER: leer,
    RECIBIR: tomar,
    PONER: poner,
    REPONER: reponer,
    RETIRAR: retirar,
    RESTITUIR: restituir,
    CONTESTAR: contestar,
    RESPONDER: entregar_observaciones,
    AVISAR: avisar,
}
