"""La decisión: de lo que hay, lo que se recuerda, lo que dice la historia y la hora, a qué hacer. Pura.

La vida de un archivo: se ve → está quieto → se abre → se recibe, se avisa o no hace falta nada. Cualquier
cambio lo devuelve al comienzo. Nada de aquí borra lo que alguien escribió: se retira o se reemplaza solo una
copia que dice exactamente lo que la historia ya guarda.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.rutas import nombre_archivo
from sgc_gt.vigia import nombres
from sgc_gt.vigia.valores import (
    AVISAR,
    BORRADOR,
    CONTESTAR,
    INTERCAMBIO,
    LEER,
    PONER,
    RECIBIR,
    REPONER,
    RESTITUIR,
    RETIRAR,
    VIGENTE,
    Accion,
    Ajustes,
    Expediente,
    Foto,
    Lectura,
    Memoria,
    Rastro,
    Visto,
)

TODAS = ""
"""En lugar de un cargo: la carpeta que contiene las de todos."""


class Mundo(NamedTuple):
    """Todo lo que hay que mirar para decidir."""

    foto: Foto
    memoria: Memoria
    mesa: Mapping[str, Expediente]  # código → lo que dice la historia
    ajustes: Ajustes
    ahora: float  # un reloj que no retrocede


class Plan(NamedTuple):
    """Qué hacer ahora, y cuándo volver a mirar aunque nadie avise (None: cuando algo cambie)."""

    acciones: tuple[Accion, ...]
    plazo: float | None


def observar(memoria: Memoria, foto: Foto, ahora: float) -> Memoria:
    """Lo que se recuerda después de mirar: lo que cambió empieza de nuevo; lo que no está se olvida.

    De una carpeta que no se puede mirar no se olvida nada: puede volver igual.
    """
    rastros = {r: _rastro(memoria.rastros.get(r), v, ahora) for r, v in foto.vistos.items()}
    for ruta, rastro in memoria.rastros.items():
        if ruta not in rastros and any(_dentro(ruta, c) for c in foto.ausentes.values()):
            rastros[ruta] = rastro
    return memoria._replace(
        rastros=rastros,
        faltan={r: d for r, d in memoria.faltan.items() if r not in foto.vistos},
        conocidas=memoria.conocidas | frozenset(foto.presentes),
    )


def _rastro(antes: Rastro | None, visto: Visto, ahora: float) -> Rastro:
    if antes is not None and antes.firma == visto.firma:
        return antes
    return Rastro(visto.firma, ahora, fue=antes.fue if antes else ("", ""))


def _dentro(ruta: str, carpeta: str) -> bool:
    return ruta.startswith((carpeta + "/", carpeta + "\\"))


def faltantes(mundo: Mundo) -> dict[str, float]:
    """Las copias que deberían estar en su carpeta y no están, y desde cuándo se sabe."""
    return {
        ruta: mundo.memoria.faltan.get(ruta, mundo.ahora)
        for e in mundo.mesa.values()
        for _, ruta in _copias(e, mundo.foto)
        if ruta not in mundo.foto.vistos
    }


def decidir(mundo: Mundo) -> Plan:
    """Qué hacer. Repetirla sobre lo mismo da lo mismo; hecho lo que dice, no dice nada más."""
    acciones = [*_carpetas(mundo)]
    plazos: list[float] = []
    for visto in mundo.foto.vistos.values():
        hecho = _del_archivo(mundo, visto)
        if isinstance(hecho, Accion):
            acciones.append(hecho)
        elif hecho is not None:
            plazos.append(hecho)
    for e in mundo.mesa.values():
        for cargo, ruta in _copias(e, mundo.foto):
            puesta = _poner(mundo, e, cargo, ruta)
            if isinstance(puesta, Accion):
                acciones.append(puesta)
            elif puesta is not None:
                plazos.append(puesta)
    return Plan(tuple(acciones), min(plazos, default=None))


def _carpetas(mundo: Mundo) -> Iterator[Accion]:
    foto, perdidas = mundo.foto, mundo.memoria.perdidas
    if foto.sin_base and TODAS not in perdidas:
        yield Accion(AVISAR, foto.sin_base, causa="carpeta_perdida")
    if not foto.sin_base and TODAS in perdidas:
        yield Accion(AVISAR, foto.base, causa="carpeta_de_vuelta")
    for cargo, carpeta in foto.ausentes.items():
        if cargo not in perdidas and not (foto.sin_base and _dentro(carpeta, foto.sin_base)):
            yield Accion(AVISAR, carpeta, cargo=cargo, causa="carpeta_perdida")
    for cargo, carpeta in foto.presentes.items():
        if cargo in perdidas:
            yield Accion(AVISAR, carpeta, cargo=cargo, causa="carpeta_de_vuelta")


def _del_archivo(mundo: Mundo, visto: Visto) -> Accion | float | None:
    """Lo que toca hacer con un archivo; o cuándo volver a mirarlo; o nada."""
    rastro = mundo.memoria.rastros[visto.ruta]
    espera = mundo.ajustes.quietud_abierto if visto.abierto else mundo.ajustes.quietud
    listo = max(rastro.desde + espera, rastro.hasta)
    if rastro.lectura is None:
        return listo if mundo.ahora < listo else Accion(LEER, visto.ruta)
    if not rastro.lectura.completo:
        return _a_medias(mundo, visto, rastro)
    accion = _JUICIOS[visto.lugar](mundo, visto, rastro.lectura)
    if accion is None or accion.clave == rastro.respondido:
        return None
    return rastro.hasta if mundo.ahora < rastro.hasta else accion


def _a_medias(mundo: Mundo, visto: Visto, rastro: Rastro) -> Accion | float | None:
    """Lo que no se abre entero puede estar llegando por una red lenta: se espera, y después se dice."""
    dicho = rastro.respondido == "incompleto"
    if not dicho and mundo.ahora >= rastro.desde + mundo.ajustes.paciencia:
        return Accion(AVISAR, visto.ruta, cargo=visto.dueno, causa="incompleto", clave="incompleto")
    return rastro.hasta if mundo.ahora < rastro.hasta else Accion(LEER, visto.ruta)


def _intercambio(mundo: Mundo, visto: Visto, lectura: Lectura) -> Accion | None:
    """Un archivo en la carpeta de un cargo: se lo reconoce por lo que dice dentro, no por su nombre."""
    e = mundo.mesa.get(lectura.codigo)
    if lectura.respuesta:
        return _respuesta(visto, lectura, e)
    if e is None and not lectura.codigo and not visto.nombre.lower().endswith(".docx"):
        return None  # una foto, un PDF: es su carpeta
    if e is None:
        return _aviso(visto, "desconocido" if lectura.codigo else "sin_identidad", e)
    intacto = _intacto(e, lectura)
    propio = visto.nombre == nombre_archivo(e.codigo, lectura.version, _extension(visto.nombre))
    sobra = _accion(RETIRAR, visto, e) if propio and lectura.borrador and not visto.abierto else None
    if not e.estado or lectura.version != e.version:
        return sobra if intacto else _aviso(visto, "ya_no_es_borrador", e)
    if e.estado != tabla.BORRADOR:
        return sobra if intacto else _aviso(visto, "guardado_despues", e)
    if _actual(e, lectura):
        return _contestar(visto, lectura, e)
    if intacto:
        return _accion(REPONER, visto, e) if propio and not visto.abierto else None
    return _recibir(visto, e)


def _respuesta(visto: Visto, lectura: Lectura, e: Expediente | None) -> Accion | None:
    """Una copia con observaciones: lo contestado en sus comentarios viaja; lo escrito en su texto, no."""
    if lectura.tocada or e is None:
        return _aviso(visto, "escrito_en_la_copia", e) if lectura.tocada else None
    en_trabajo = e.estado == tabla.BORRADOR and lectura.version == e.version
    return _contestar(visto, lectura, e) if en_trabajo else None


def _contestar(visto: Visto, lectura: Lectura, e: Expediente) -> Accion | None:
    if not (lectura.contestado and e.observado):
        return None
    accion = _accion(CONTESTAR, visto, e)
    return accion._replace(clave=f"{accion.clave}|{lectura.contestado}")


def _en_su_lugar(mundo: Mundo, visto: Visto, lectura: Lectura) -> Accion | None:
    """El borrador editado en la carpeta del servicio. Uno anterior está por reemplazarse: no es un cambio."""
    e = mundo.mesa.get(visto.dueno)
    if e is None or visto.ruta != e.borrador or _actual(e, lectura) or _intacto(e, lectura, e.version):
        return None
    return _recibir(visto, e) if e.estado == tabla.BORRADOR else _aviso(visto, "guardado_despues", e)


def _rige(mundo: Mundo, visto: Visto, lectura: Lectura) -> Accion | None:
    """El archivo que rige no se edita: se restituye, y lo escrito se conserva aparte."""
    e = mundo.mesa.get(visto.dueno)
    if e is None or visto.ruta != e.vigente or lectura.sha256 == e.vigente_sha256 or visto.abierto:
        return None
    return _accion(RESTITUIR, visto, e)


_JUICIOS = {INTERCAMBIO: _intercambio, BORRADOR: _en_su_lugar, VIGENTE: _rige}


def _recibir(visto: Visto, e: Expediente) -> Accion:
    """Se recibe si una sola persona puede haberlo guardado."""
    if len(e.titulares) != 1:
        return _aviso(visto, "sin_persona" if not e.titulares else "varias_personas", e)
    return _accion(RECIBIR, visto, e)


def _accion(clase: str, visto: Visto, e: Expediente, causa: str = "") -> Accion:
    cargo = visto.dueno if visto.lugar == INTERCAMBIO else next(iter(e.cargos), "")
    cual = e.sha256[:16] if clase == REPONER else ""
    clave = "|".join((clase, causa, cual, e.version, e.estado, *e.titulares))
    return Accion(clase, visto.ruta, e.codigo, cargo, causa, clave)


def _aviso(visto: Visto, causa: str, e: Expediente | None) -> Accion:
    if e is None:
        return Accion(AVISAR, visto.ruta, cargo=visto.dueno, causa=causa, clave=causa)
    return _accion(AVISAR, visto, e, causa)


def _actual(e: Expediente, lectura: Lectura) -> bool:
    """Si dice lo mismo que el último borrador entregado."""
    return lectura.sha256 == e.sha256 or bool(lectura.huella and lectura.huella == e.huella)


def _intacto(e: Expediente, lectura: Lectura, version: str = "") -> bool:
    """Si dice lo que la historia ya guarda de esa versión: nadie escribió nada en él."""
    conocidas = e.conocidas.get(version or lectura.version, frozenset())
    return lectura.sha256 in conocidas or lectura.huella in conocidas


def _extension(nombre: str) -> str:
    return "." + nombre.rpartition(".")[2]


def _copias(e: Expediente, foto: Foto) -> Iterator[tuple[str, str]]:
    """Las copias del borrador que deberían estar: una por cada cargo que elabora y tiene su carpeta."""
    if e.estado == tabla.BORRADOR and e.archivo:
        for cargo in e.cargos:
            if cargo in foto.presentes:
                yield cargo, f"{foto.presentes[cargo]}/{e.archivo}"


def _poner(mundo: Mundo, e: Expediente, cargo: str, ruta: str) -> Accion | float | None:
    """Poner la copia que falta, sin estorbar a quien está guardando: Word la saca un instante al guardar."""
    if ruta in mundo.foto.vistos or _guardando(mundo.foto, ruta):
        return None
    if _hay_otra(mundo, e, mundo.foto.presentes[cargo]):
        return None
    listo = mundo.memoria.faltan.get(ruta, mundo.ahora) + mundo.ajustes.quietud
    return listo if mundo.ahora < listo else Accion(PONER, ruta, e.codigo, cargo)


def _guardando(foto: Foto, ruta: str) -> bool:
    carpeta, _, nombre = ruta.rpartition("/")
    return any(f"{carpeta}/{aviso}" in foto.avisos for aviso in nombres.avisos(nombre))


def _hay_otra(mundo: Mundo, e: Expediente, carpeta: str) -> bool:
    """Si en la carpeta ya hay un archivo de esa versión con otro nombre, o uno que todavía no se abrió."""
    for visto in mundo.foto.vistos.values():
        if visto.lugar != INTERCAMBIO or not _dentro(visto.ruta, carpeta):
            continue
        rastro = mundo.memoria.rastros[visto.ruta]
        if rastro.lectura is None and rastro.fue == ("", ""):
            return True
        fue = (rastro.lectura.codigo, rastro.lectura.version) if rastro.lectura else rastro.fue
        es_copia = rastro.lectura is not None and rastro.lectura.respuesta
        if fue == (e.codigo, e.version) and not es_copia:
            return True
    return False
