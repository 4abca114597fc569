"""A quién llega cada versión: destinatarios, copias controladas y tomas de conocimiento, según la ficha.

Aprobado, vigente, distribuido y conocido son cosas distintas (ISO 9001:2008 4.2.3 d y g; 2015 7.5.3.2 a;
dominio §2.4, guarda 7, y §2.6). Nada se guarda aparte: todo sale de las constancias del documento.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import count, islice
from typing import Any, NamedTuple

from sgc_gt.dominio.etiquetas import DESTINOS_COPIA, SOPORTES_COPIA
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.regiones import REGIONES
from sgc_gt.dominio.servicio import Servicio

TODAS = "todas"
"""Destinatarios: los cargos de todas las regiones."""

SOPORTES = ("papel", "electronica")
DESTINOS = ("devuelta", "destruida", "extraviada")
"""En qué termina una copia controlada que se retira."""

DESTINATARIOS, ENTREGA, COPIAS = "destinatarios", "entrega", "copias"
CONOCIMIENTOS, OTROS = "conocimientos", "otros"
RETIRADAS, DESTINO = "retiradas", "destino"
NUMERO_MAXIMO = 99_999
"""El mayor número que una copia controlada puede llevar."""
ACTOS = frozenset({"distribuir", "tomar-conocimiento", "retirar-copia"})


class Copia(NamedTuple):
    """Una copia controlada: se sabe quién la tiene y se garantiza su reemplazo (dominio §2.6)."""

    numero: int
    version: str
    cargo: str
    soporte: str
    region: str
    entrega: date
    n: int  # el movimiento que la entregó
    acuse: bool  # la entrega trae su recibo
    retiro: date | None = None
    destino: str = ""
    n_retiro: int = 0
    acuse_retiro: bool = False


class Conocimiento(NamedTuple):
    """Un cargo leyó una versión, por sí mismo o según un papel que lo prueba."""

    cargo: str
    version: str
    fecha: date
    n: int
    correo: str
    origen: str


def palabras(servicio: Servicio, ficha: Ficha, fecha: date | None = None) -> tuple[str, ...]:
    """Los destinatarios como están dichos: lo último que el documento dijo o, si calla, las reglas del tipo.

    Cada palabra es un cargo, un rol, un código de región o «todas».
    """
    propias = dichas(ficha, fecha)
    if propias is not None:
        return propias
    return por_regla(servicio, ficha.tipo, str(ficha.identidad.get("area", "")))


def dichas(ficha: Ficha, fecha: date | None = None) -> tuple[str, ...] | None:
    """Los destinatarios que el propio documento dice; None si los deja a las reglas del servicio."""
    ultimas: tuple[str, ...] | None = None
    for m in ficha.actos:
        propias = m.extra.get(DESTINATARIOS) if m.acto == "distribuir" else m.identidad.get("distribucion")
        if propias is not None and (fecha is None or m.fecha <= fecha):
            ultimas = tuple(str(p) for p in propias)
    return ultimas


def por_regla(servicio: Servicio, tipo: str, area: str) -> tuple[str, ...]:
    """Los destinatarios que las reglas del servicio dan a ese tipo y área: las que lo alcanzan se suman."""
    reglas = (r for r in servicio.distribucion if r.alcanza(tipo, area))
    return tuple(dict.fromkeys(p for r in reglas for p in r.a))


def resolver(servicio: Servicio, nombradas: Iterable[str]) -> tuple[str, ...]:
    """Los cargos que esas palabras nombran, sin repetir; lo que el servicio no conoce no nombra a nadie."""
    return tuple(dict.fromkeys(c for p in nombradas for c in _de_la_palabra(servicio, p)))


def _de_la_palabra(servicio: Servicio, palabra: str) -> tuple[str, ...]:
    if palabra == TODAS or palabra in servicio.regiones:
        return tuple(c.id for c in servicio.cargos.values() if c.region and palabra in (TODAS, c.region))
    return servicio.con_rol(palabra)


def destinatarios(servicio: Servicio, ficha: Ficha, fecha: date | None = None) -> tuple[str, ...]:
    """Los cargos que deben conocer el documento."""
    return resolver(servicio, palabras(servicio, ficha, fecha))


def sin_definir(servicio: Servicio, ficha: Ficha) -> bool:
    """Si el servicio dice a quiénes llegan sus documentos, y este queda fuera de todas sus reglas."""
    return bool(servicio.distribucion) and ficha.clase != "registro" and not palabras(servicio, ficha)


def copias(ficha: Ficha, fecha: date | None = None) -> tuple[Copia, ...]:
    """Las copias controladas entregadas hasta la fecha, por número, con su retiro si ya ocurrió."""
    todas: dict[int, Copia] = {}
    for m in ficha.actos:
        if fecha is not None and m.fecha > fecha:
            continue
        if m.acto == "distribuir":
            todas.update((c.numero, c) for c in _entregadas(m))
        elif m.acto == "retirar-copia":
            for numero in m.extra[RETIRADAS]:
                if numero in todas:
                    todas[numero] = _retirada(todas[numero], m)
    return tuple(todas[n] for n in sorted(todas))


def numeros_libres(ficha: Ficha, cuantos: int) -> list[int]:
    """Los que siguen al mayor ya usado; si pasarían del máximo, los primeros que nunca se usaron."""
    usados = {c.numero for c in copias(ficha)}
    siguiente = max(usados, default=0) + 1
    desde = siguiente if siguiente + cuantos - 1 <= NUMERO_MAXIMO else 1
    return list(islice((n for n in count(desde) if n not in usados), cuantos))


def _entregadas(m: Movimiento) -> Iterator[Copia]:
    for c in m.extra.get(COPIAS, ()):
        yield Copia(
            c["numero"], m.version, c["cargo"], c["soporte"], c["region"], m.fecha, m.n, _con_archivo(m)
        )


def _retirada(copia: Copia, m: Movimiento) -> Copia:
    return copia._replace(
        retiro=m.fecha, destino=str(m.extra[DESTINO]), n_retiro=m.n, acuse_retiro=_con_archivo(m)
    )


def _con_archivo(m: Movimiento) -> bool:
    return any(e.sha256 for e in m.evidencia)


def conocimientos(ficha: Ficha, fecha: date | None = None) -> tuple[Conocimiento, ...]:
    """Las tomas de conocimiento hasta la fecha, en el orden en que se anotaron."""
    anotadas = (c for m in ficha.actos if m.acto == "tomar-conocimiento" for c in _tomados(m))
    return tuple(c for c in anotadas if fecha is None or c.fecha <= fecha)


def _tomados(m: Movimiento) -> Iterator[Conocimiento]:
    """Uno, el de la propia persona; o los que un papel prueba, cada uno con su día."""
    if CONOCIMIENTOS not in m.extra:
        yield Conocimiento(m.cargo, m.version, m.fecha, m.n, m.correo, m.origen)
        return
    for c in m.extra[CONOCIMIENTOS]:
        dia = date.fromisoformat(c["fecha"])
        yield Conocimiento(c["cargo"], m.version, dia, m.n, str(c.get("correo", "")), m.origen)


def entregas(ficha: Ficha, version: str, fecha: date | None = None) -> dict[str, date]:
    """A qué cargos se entregó o avisó esa versión, y cuándo la primera vez."""
    avisados: dict[str, date] = {}
    for m in ficha.actos:
        if m.acto != "distribuir" or m.version != version or (fecha is not None and m.fecha > fecha):
            continue
        cargos = (*m.extra.get(ENTREGA, ()), *(c["cargo"] for c in m.extra.get(COPIAS, ())))
        for cargo in cargos:
            avisados[cargo] = min(m.fecha, avisados.get(cargo, m.fecha))
    return avisados


def en_palabras(acto: str, extra: Mapping[str, Any], nombre: Callable[[str], str]) -> str:
    """Lo que la constancia anotó, en una oración: a quién llegó, quiénes leyeron o qué copias volvieron."""
    partes = []
    if acto == "distribuir":
        partes = [
            f"copia N° {c['numero']} ({SOPORTES_COPIA[c['soporte']]}) a {nombre(c['cargo'])}"
            for c in extra.get(COPIAS, ())
        ]
        if extra.get(ENTREGA):
            partes.append(f"llega a {_varios(nombre(c) for c in extra[ENTREGA])}")
        if DESTINATARIOS in extra:
            partes.append(
                f"destinatarios: {_varios(dicho(p, nombre) for p in extra[DESTINATARIOS]) or 'ninguno'}"
            )
    elif acto == "tomar-conocimiento" and CONOCIMIENTOS in extra:
        partes = [_varios(nombre(c["cargo"]) for c in extra[CONOCIMIENTOS])] if extra[CONOCIMIENTOS] else []
        if extra.get(OTROS):
            partes.append("otra persona" if extra[OTROS] == 1 else f"otras {extra[OTROS]} personas")
    elif acto == "retirar-copia":
        numeros = ", ".join(map(str, extra[RETIRADAS]))
        varias = len(extra[RETIRADAS]) > 1
        partes = [
            f"{'copias' if varias else 'copia'} N° {numeros}: {DESTINOS_COPIA[extra[DESTINO]]}{'s' * varias}"
        ]
    return "; ".join(partes)


def dicho(palabra: str, nombre: Callable[[str], str]) -> str:
    """Un destinatario en palabras: la región o «todas las regiones»; de un cargo o de un rol, su nombre."""
    if palabra == TODAS:
        return "todas las regiones"
    if palabra in REGIONES:
        return f"región {REGIONES[palabra].nombre}"
    propio = nombre(palabra)
    return f"rol {palabra.replace('_', ' ')}" if propio == palabra else propio


def _varios(nombres: Iterable[str]) -> str:
    """Los nombres; el título que comparten se dice una vez: «Director/a Regional: Aysén, Magallanes»."""
    por_titulo: dict[str, list[str]] = {}
    for propio in nombres:
        titulo, _, lugar = propio.partition(", ")
        por_titulo.setdefault(titulo, []).append(lugar)
    return "; ".join(
        f"{titulo}: {', '.join(lugares)}" if len(lugares) > 1 else ", ".join(filter(None, (titulo, *lugares)))
        for titulo, lugares in por_titulo.items()
    )
