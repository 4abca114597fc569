"""La decisión: de lo que hay, lo que se recuerda, lo que dice la historia y la hora, a qué hacer. Pura.

La vida de un archivo: se ve → está quieto → se abre → se recibe, se avisa o no hace falta nada. Cualquier
cambio lo devuelve al comienzo. Nada de aquí borra lo que alguien escribió: se retira o se reemplaza solo una
copia que dice exactamente lo que la historia ya guarda.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.rutas import nombre_archivo
from sgc_gt.vigia import nombres
from sgc_gt.vigia.copias import copias, dentro, poner
from sgc_gt.vigia.valores import (
    AVISAR,
    BORRADOR,
    CONTESTAR,
    INTERCAMBIO,
    LEER,
    RECIBIR,
    REPONER,
    RESPONDER,
    RESTITUIR,
    RETIRAR,
    VIGENTE,
    Accion,
    Expediente,
    Foto,
    Lectura,
    Memoria,
    Mundo,
    Plan,
    Rastro,
    Visto,
)

TODAS = ""
"""En lugar de un cargo: la carpeta que contiene las de todos."""


def observar(memoria: Memoria, foto: Foto, ahora: float) -> Memoria:
    """Lo que se recuerda después de mirar: lo que cambió empieza de nuevo; lo que no está se olvida.

    De una carpeta que no se puede mirar no se olvida nada: puede volver igual.
    """
    rastros = {r: _rastro(memoria.rastros.get(r), v, ahora) for r, v in foto.vistos.items()}
    for ruta, rastro in memoria.rastros.items():
        if ruta not in rastros and any(dentro(ruta, c) for c in foto.ausentes.values()):
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
        for cargo, ruta in copias(e, mundo.foto):
            puesta = poner(mundo, e, cargo, ruta)
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
        if cargo not in perdidas and not (foto.sin_base and dentro(carpeta, foto.sin_base)):
            yield Accion(AVISAR, carpeta, cargo=cargo, causa="carpeta_perdida")
    for cargo, carpeta in foto.presentes.items():
        if cargo in perdidas:
            yield Accion(AVISAR, carpeta, cargo=cargo, causa="carpeta_de_vuelta")


def _del_archivo(mundo: Mundo, visto: Visto) -> Accion | float | None:
    """Lo que toca hacer con un archivo; o cuándo volver a mirarlo; o nada."""
    rastro = mundo.memoria.rastros[visto.ruta]
    if visto.firma.tamano > mundo.ajustes.maximo:
        return _enorme(visto, rastro)
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


def _enorme(visto: Visto, rastro: Rastro) -> Accion | None:
    aviso = Accion(AVISAR, visto.ruta, cargo=visto.dueno, causa="enorme", clave="enorme")
    es_word = visto.nombre.lower().endswith(".docx")
    return aviso if es_word and rastro.respondido != aviso.clave else None


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
        return _respuesta(mundo, visto, lectura, e)
    if e is None and not lectura.codigo and not nombres.de_texto(visto.nombre):
        return None  # una foto, un PDF: es su carpeta
    if e is None:
        return _aviso(visto, "desconocido" if lectura.codigo else "sin_identidad")
    intacto = _intacto(e, lectura)
    hacer = partial(_accion, mundo, visto, e)
    propio = visto.nombre == nombre_archivo(e.codigo, lectura.version, _extension(visto.nombre))
    sobra = hacer(RETIRAR) if propio and lectura.borrador and not visto.abierto else None
    if not e.estado or lectura.version != e.version:
        return sobra if intacto else hacer(AVISAR, "ya_no_es_borrador")
    if e.estado != tabla.BORRADOR:
        return sobra if intacto else hacer(AVISAR, "guardado_despues")
    if _actual(e, lectura):
        return _contestar(mundo, visto, lectura, e) or _responder(mundo, visto, e)
    if intacto:
        return hacer(REPONER) if propio and not visto.abierto else None
    return _recibir_a_su_turno(mundo, visto, e)


def _recibir_a_su_turno(mundo: Mundo, visto: Visto, e: Expediente) -> Accion | None:
    """Lo escrito en la carpeta del servicio, primero: recibir esto lo reemplazaría."""
    return None if _por_recibir(mundo, e) else _recibir(mundo, visto, e)


def _por_recibir(mundo: Mundo, e: Expediente) -> bool:
    """Si el borrador editado en la carpeta del servicio todavía espera que se lo reciba."""
    visto, rastro = mundo.foto.vistos.get(e.borrador), mundo.memoria.rastros.get(e.borrador)
    if visto is None or rastro is None or rastro.respondido:
        return False
    return rastro.lectura is None or _en_su_lugar(mundo, visto, rastro.lectura) is not None


def _respuesta(mundo: Mundo, visto: Visto, lectura: Lectura, e: Expediente | None) -> Accion | None:
    """Una copia con observaciones: lo contestado en ella viaja con el envío; lo corregido se recibe."""
    if e is None:
        return None
    en_trabajo = e.estado == tabla.BORRADOR and lectura.version == e.version
    if lectura.tocada and en_trabajo and not (_actual(e, lectura) or _intacto(e, lectura)):
        return _recibir_a_su_turno(mundo, visto, e)
    if lectura.tocada:
        return _accion(mundo, visto, e, AVISAR, "escrito_en_la_copia")
    return _contestar(mundo, visto, lectura, e) if en_trabajo else None


def _contestar(mundo: Mundo, visto: Visto, lectura: Lectura, e: Expediente) -> Accion | None:
    if not (lectura.contestado and e.observado):
        return None
    accion = _accion(mundo, visto, e, CONTESTAR)
    return accion._replace(clave=f"{accion.clave}|{lectura.contestado}")


def _responder(mundo: Mundo, visto: Visto, e: Expediente) -> Accion | None:
    """Las observaciones llegan aunque el archivo nunca haya salido de la carpeta, y una vez cada una."""
    accion = _accion(mundo, visto, e, RESPONDER)
    return accion._replace(clave=f"{accion.clave}|{e.observado}") if e.observado else None


def _en_su_lugar(mundo: Mundo, visto: Visto, lectura: Lectura) -> Accion | None:
    """El borrador editado en la carpeta del servicio. Uno anterior está por reemplazarse: no es un cambio."""
    e = mundo.mesa.get(visto.dueno)
    if e is None or visto.ruta != e.borrador or _actual(e, lectura) or _intacto(e, lectura, e.version):
        return None
    if e.estado != tabla.BORRADOR:
        return _accion(mundo, visto, e, AVISAR, "guardado_despues")
    return _recibir(mundo, visto, e)


def _rige(mundo: Mundo, visto: Visto, lectura: Lectura) -> Accion | None:
    """El archivo que rige no se edita: se restituye, y lo escrito se conserva aparte."""
    e = mundo.mesa.get(visto.dueno)
    if e is None or visto.ruta != e.vigente or lectura.sha256 == e.vigente_sha256 or visto.abierto:
        return None
    return _accion(mundo, visto, e, RESTITUIR)


_JUICIOS = {INTERCAMBIO: _intercambio, BORRADOR: _en_su_lugar, VIGENTE: _rige}


def _recibir(mundo: Mundo, visto: Visto, e: Expediente) -> Accion:
    """Se recibe si una sola persona puede haberlo guardado."""
    cuantas = len(mundo.personas.get(_cargo(visto, e), ()))
    if cuantas == 1:
        return _accion(mundo, visto, e, RECIBIR)
    return _accion(mundo, visto, e, AVISAR, "varias_personas" if cuantas else "sin_persona")


def _cargo(visto: Visto, e: Expediente) -> str:
    """De quién es: del cargo de la carpeta o, en la del servicio, de quien elabora."""
    return visto.dueno if visto.lugar == INTERCAMBIO else next(iter(e.cargos), "")


def _accion(mundo: Mundo, visto: Visto, e: Expediente, clase: str, causa: str = "") -> Accion:
    cargo = _cargo(visto, e)
    cual = e.sha256[:16] if clase == REPONER else ""
    clave = "|".join((clase, causa, cual, e.version, e.estado, *mundo.personas.get(cargo, ())))
    return Accion(clase, visto.ruta, e.codigo, cargo, causa, clave)


def _aviso(visto: Visto, causa: str) -> Accion:
    return Accion(AVISAR, visto.ruta, cargo=visto.dueno, causa=causa, clave=causa)


def _actual(e: Expediente, lectura: Lectura) -> bool:
    """Si dice lo mismo que el último borrador entregado."""
    return lectura.sha256 == e.sha256 or bool(lectura.huella and lectura.huella == e.huella)


def _intacto(e: Expediente, lectura: Lectura, version: str = "") -> bool:
    """Si dice lo que la historia ya guarda de esa versión: nadie escribió nada en él."""
    conocidas = e.conocidas.get(version or lectura.version, frozenset())
    return lectura.sha256 in conocidas or lectura.huella in conocidas


def _extension(nombre: str) -> str:
    return "." + nombre.rpartition(".")[2]
