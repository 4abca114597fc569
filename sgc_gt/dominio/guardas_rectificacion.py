"""Guardas de rectificar: un dato que se puede corregir, de un movimiento que lo dice, con su valor de hoy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sgc_gt.dominio.caso import Caso, negar
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Movimiento
from sgc_gt.dominio.periodos import PRIMER_ANIO, es_periodo
from sgc_gt.dominio.rectificacion import (
    CAMPO,
    CAMPOS,
    DECIA,
    DICE,
    MOVIMIENTO,
    NO_SE_RECTIFICAN,
    Campo,
    rectificada,
)
from sgc_gt.dominio.regiones import REGIONES
from sgc_gt.dominio.textos import LARGO_TITULO, dice_algo

_CUALES = ", ".join(f"«{nombre}»" for nombre in CAMPOS)


def rectificar(caso: Caso) -> None:
    """El dato existe en ese movimiento, dice hoy lo que se anota que decía, y el nuevo valor sirve."""
    extra = caso.pedido.extra
    m = _movimiento(caso)
    nombre = str(extra.get(CAMPO, ""))
    campo = _campo(caso, nombre)
    actual = campo.leer(m)
    if not actual:
        raise negar(
            caso,
            f"el movimiento {m.n} ({ETIQUETAS[m.acto]}) no dice {campo.etiqueta}",
            ", ".join(c.etiqueta for c in CAMPOS.values() if c.leer(m)) or "un movimiento que lo diga",
            f"vea qué dice cada uno con: sgc-gt historial {caso.pedido.codigo}",
        )
    dice = str(extra.get(DICE, ""))
    if extra.get(DECIA) != actual:
        raise negar(caso, "lo que el movimiento decía no es lo anotado", hacer="repita la orden")
    if dice == actual:
        raise negar(
            caso,
            f"el movimiento {m.n} ya dice eso: nada cambia",
            "otro valor",
            "revise qué movimiento y qué dato es",
        )
    _valor(caso, nombre, campo, dice)
    if campo.es_fecha and date.fromisoformat(dice) > m.fecha:
        raise negar(
            caso,
            f"el movimiento {m.n} es del {imprimir_fecha(m.fecha)}: su respaldo no puede ser posterior",
            f"una fecha hasta el {imprimir_fecha(m.fecha)}",
            "revise la fecha del papel",
        )


def _movimiento(caso: Caso) -> Movimiento:
    """El movimiento, como se lee hoy: con lo ya rectificado."""
    n, ficha = caso.pedido.extra.get(MOVIMIENTO), caso.ficha
    actos = rectificada(ficha).actos if ficha else ()
    if type(n) is not int or not 1 <= n <= len(actos):
        raise negar(
            caso,
            f"no hay un movimiento {n or 0}",
            f"un número del 1 al {len(actos)}",
            f"vea los movimientos con: sgc-gt historial {caso.pedido.codigo}",
        )
    if actos[n - 1].version != (caso.version.version if caso.version else ""):
        raise negar(caso, "la versión anotada no es la del movimiento", hacer="repita la orden")
    return actos[n - 1]


def _campo(caso: Caso, nombre: str) -> Campo:
    if nombre in CAMPOS:
        return CAMPOS[nombre]
    if nombre in NO_SE_RECTIFICAN:
        raise negar(
            caso,
            f"«{nombre}» no se rectifica: es lo que el movimiento prueba",
            _CUALES,
            NO_SE_RECTIFICAN[nombre],
        )
    raise negar(
        caso,
        f"«{nombre}» no es un dato que se rectifique",
        _CUALES,
        "elija uno de ellos (--campo)",
    )


def _valor(caso: Caso, nombre: str, campo: Campo, dice: str) -> None:
    falta = _NO_SIRVE.get(nombre, _es_texto)(caso, dice)
    if campo.es_fecha:
        falta = _es_fecha(caso, dice)
    if falta:
        raise negar(caso, f"«{dice}» no sirve como {campo.etiqueta}", falta, "corrija el valor (--dice)")


def _es_texto(_: Caso, dice: str) -> str:
    return "" if dice_algo(dice) else "un texto que diga algo"


def _es_titulo(_: Caso, dice: str) -> str:
    return "" if dice_algo(dice) and len(dice) <= LARGO_TITULO else f"un título, hasta {LARGO_TITULO} letras"


def _es_periodo(caso: Caso, dice: str) -> str:
    """Un año posible, solo o con su mes o su parte: por él se busca el registro."""
    ultimo = caso.pedido.registrado.year + 1
    return "" if es_periodo(dice, ultimo) else f"un año del {PRIMER_ANIO} al {ultimo}, o AAAA-MM"


def _es_region(caso: Caso, dice: str) -> str:
    en_uso = caso.servicio.regiones
    return "" if dice in en_uso else ", ".join(f"{c} ({REGIONES[c].nombre})" for c in en_uso)


def _es_fecha(_: Caso, dice: str) -> str:
    try:
        date.fromisoformat(dice)
    except ValueError:
        return "una fecha"
    return ""


_NO_SIRVE: dict[str, Callable[[Caso, str], str]] = {
    "titulo": _es_titulo,
    "periodo": _es_periodo,
    "region": _es_region,
}
"""Por qué un valor no sirve, o vacío si sirve."""
