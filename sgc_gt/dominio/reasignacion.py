"""Reasignar: qué cargos cambian en un documento y cómo sigue la ruta de su borrador enviado.

Lo ya firmado queda como se firmó: solo cambia lo que falta. Funciones puras; la repetición de la cadena las
vuelve a llamar.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sgc_gt.dominio.caso import Caso, negar
from sgc_gt.dominio.ficha import Paso
from sgc_gt.dominio.situacion import Version

PAPELES = ("elabora", "revisa", "aprueba", "responsable")
SALE, ENTRA, ANTES = "sale", "entra", "antes"
"""Con estas claves el movimiento dice qué cargo se reemplaza por cuál, y qué decía antes cada papel."""


def papeles_con(identidad: Mapping[str, Any], sale: str, entra: str) -> dict[str, Any]:
    """Los papeles en que está `sale`, como quedan con `entra` en su lugar."""
    cambian: dict[str, Any] = {}
    for papel in PAPELES:
        valor = identidad.get(papel, ())
        if valor == sale:
            cambian[papel] = entra
        elif not isinstance(valor, str) and sale in valor:
            cambian[papel] = list(_en_su_lugar(valor, sale, entra))
    return cambian


def espera_a(version: Version | None, cargo: str) -> bool:
    """Si lo que le falta a la ruta del borrador enviado nombra a ese cargo, que aún no actúa."""
    return version is not None and any(cargo in faltan for faltan in _por_actuar(version))


def ruta_reparada(caso: Caso) -> tuple[Paso, ...]:
    """La ruta del borrador enviado con los cargos nuevos en lo que falta; vacía si nada cambia en ella.

    ActoNoPermitido si el circuito cambió desde el envío y no se sabe de qué papel es cada paso.
    """
    v = caso.situacion.abierta if caso.situacion else None
    if v is None or not v.ruta:
        return ()
    extra = caso.pedido.extra
    if extra.get(SALE):
        ruta = tuple(_sustituido(v, i, str(extra[SALE]), str(extra[ENTRA])) for i in range(len(v.ruta)))
    else:
        ruta = _por_papel(caso, v)
    return ruta if ruta != v.ruta else ()


def _en_su_lugar(cargos: Any, sale: str, entra: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entra if c == sale else str(c) for c in cargos))


def _ya_actuaron(v: Version, i: int) -> tuple[str, ...]:
    """Los cargos del paso que ya actuaron, si es el que se espera y pide a varios."""
    hechos = {m.cargo for m in v.firmas_del_paso()} if i == v.paso else set()
    return tuple(c for c in v.ruta[i].cargos if c in hechos)


def _por_actuar(v: Version) -> list[tuple[str, ...]]:
    pendientes = range(v.paso, len(v.ruta))
    return [tuple(c for c in v.ruta[i].cargos if c not in _ya_actuaron(v, i)) for i in pendientes]


def _sustituido(v: Version, i: int, sale: str, entra: str) -> Paso:
    paso = v.ruta[i]
    if i < v.paso or sale in _ya_actuaron(v, i):
        return paso
    return _con_cargos(paso, _en_su_lugar(paso.cargos, sale, entra))


def _con_cargos(paso: Paso, cargos: tuple[str, ...]) -> Paso:
    """El paso con esos cargos; si pedía a todos los suyos, sigue pidiendo a todos."""
    todos = paso.cuantos >= len(paso.cargos)
    cuantos = len(cargos) if todos and len(paso.cargos) > 1 else min(paso.cuantos, len(cargos))
    return paso._replace(cargos=cargos, cuantos=max(cuantos, 1))


def _por_papel(caso: Caso, v: Version) -> tuple[Paso, ...]:
    """De qué papel es cada paso lo dice el circuito con que se abrió, si sus pasos siguen siendo esos."""
    circuito = caso.servicio.circuitos.get(v.circuito, ())
    cambian = set(caso.pedido.identidad) & {p.rol for p in circuito}
    if [p.acto for p in circuito] != [p.acto for p in v.ruta]:
        raise negar(
            caso,
            f"el circuito «{v.circuito}» cambió desde el envío: no se sabe de qué papel es cada paso",
            "reemplazar un cargo por otro (--de y --a)",
            "use --de CARGO --a CARGO, o retire el borrador y envíelo otra vez",
        )
    ruta = list(v.ruta)
    for i in range(v.paso, len(ruta)):
        if circuito[i].rol in cambian:
            nuevos = caso.identidad(circuito[i].rol)
            ruta[i] = _con_cargos(ruta[i], tuple(dict.fromkeys((*_ya_actuaron(v, i), *nuevos))))
    return tuple(ruta)
