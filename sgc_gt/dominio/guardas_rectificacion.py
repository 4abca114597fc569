"""Guardas de rectificar: un dato que se puede corregir, de un movimiento que lo dice, con su valor de hoy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sgc_gt.dominio.caso import Caso, Pedido, ficha_nueva
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.periodos import PRIMER_ANIO, es_periodo
from sgc_gt.dominio.rectificacion import (
    CAMPO,
    CAMPOS,
    DECIA,
    DICE,
    MOVIMIENTO,
    NO_SE_RECTIFICAN,
    Campo,
    que_hacer,
    rectificada,
    valor,
)
from sgc_gt.dominio.regiones import REGIONES, quizas
from sgc_gt.dominio.textos import LARGO_TITULO, dice_algo
from sgc_gt.errores import ActoNoPermitido


class Escrito(NamedTuple):
    """Lo que se mira para rectificar: la ficha del documento, o la del sistema, y lo que se pide."""

    ficha: Ficha
    pedido: Pedido
    regiones: tuple[str, ...]  # las que el servicio usa

    def negar(self, mensaje: str, esperado: str, hacer: str) -> ActoNoPermitido:
        """El rechazo, en el lugar que corresponde."""
        return ActoNoPermitido(mensaje, lugar=self.pedido.codigo, esperado=esperado, hacer=hacer)


def rectificar(caso: Caso) -> None:
    """El dato existe en ese movimiento, dice hoy lo que se anota que decía, y el nuevo valor sirve."""
    escrito = Escrito(
        caso.ficha or ficha_nueva(caso.servicio, caso.pedido), caso.pedido, caso.servicio.regiones
    )
    m = exigir_rectificable(escrito)
    if m.version != (caso.version.version if caso.version else ""):
        raise escrito.negar("la versión anotada no es la del movimiento", "la suya", "repita la orden")


def exigir_rectificable(escrito: Escrito) -> Movimiento:
    """El movimiento que se rectifica, como se lee hoy; ActoNoPermitido si ese dato no se corrige así."""
    extra = escrito.pedido.extra
    m = _movimiento(escrito)
    nombre = str(extra.get(CAMPO, ""))
    campo = _campo(escrito, nombre, m)
    actual, dice = campo.leer(m), str(extra.get(DICE, ""))
    if not actual:
        raise escrito.negar(
            f"el movimiento {m.n} ({ETIQUETAS[m.acto]}) no dice {campo.etiqueta}",
            ", ".join(c.etiqueta for c in CAMPOS.values() if c.leer(m)) or "un movimiento que lo diga",
            f"vea qué dice cada uno con: sgc-gt historial {escrito.pedido.codigo}",
        )
    if extra.get(DECIA) != actual:
        raise escrito.negar(
            "lo que el movimiento decía no es lo anotado", valor(campo, actual), "repita la orden"
        )
    if dice == actual:
        raise escrito.negar(
            f"el movimiento {m.n} ya dice eso: nada cambia",
            "otro valor",
            "revise qué movimiento y qué dato es",
        )
    _valor(escrito, nombre, campo, dice)
    if campo.es_fecha and campo.ya_ocurrio and date.fromisoformat(dice) > m.fecha:
        raise escrito.negar(
            f"el movimiento {m.n} es del {imprimir_fecha(m.fecha)}: su respaldo no puede ser posterior",
            f"una fecha hasta el {imprimir_fecha(m.fecha)}",
            "revise la fecha del papel",
        )
    return m


def _movimiento(escrito: Escrito) -> Movimiento:
    """El movimiento, como se lee hoy: con lo ya rectificado."""
    n, actos = escrito.pedido.extra.get(MOVIMIENTO), rectificada(escrito.ficha).actos
    if type(n) is not int or not 1 <= n <= len(actos):
        raise escrito.negar(
            f"no hay un movimiento {n or 0}",
            f"un número del 1 al {len(actos)}",
            f"vea los movimientos con: sgc-gt historial {escrito.pedido.codigo}",
        )
    return actos[n - 1]


def _campo(escrito: Escrito, nombre: str, m: Movimiento) -> Campo:
    if nombre in CAMPOS:
        return CAMPOS[nombre]
    suyos = ", ".join(f"«{n}»" for n, c in CAMPOS.items() if c.leer(m))
    cuales = suyos or "otro movimiento: este no dice ningún dato que se rectifique"
    if nombre in NO_SE_RECTIFICAN:
        raise escrito.negar(
            f"«{nombre}» no se rectifica: es lo que el movimiento prueba",
            cuales,
            que_hacer(nombre, escrito.ficha),
        )
    ver = f"vea qué dice cada movimiento con: sgc-gt historial {escrito.pedido.codigo}"
    raise escrito.negar(
        f"«{nombre}» no es un dato que se rectifique",
        cuales,
        "elija uno de ellos (--campo)" if suyos else ver,
    )


def _valor(escrito: Escrito, nombre: str, campo: Campo, dice: str) -> None:
    falta = _es_fecha(escrito, dice) if campo.es_fecha else _NO_SIRVE.get(nombre, _es_texto)(escrito, dice)
    if falta:
        otra = quizas(dice) if nombre == "region" else ""
        raise escrito.negar(
            f"«{dice}» no sirve como {campo.etiqueta}{otra}", falta, "corrija el valor (--dice)"
        )


def _es_texto(_: Escrito, dice: str) -> str:
    return "" if dice_algo(dice) else "un texto que diga algo"


def _es_titulo(_: Escrito, dice: str) -> str:
    return "" if dice_algo(dice) and len(dice) <= LARGO_TITULO else f"un título, hasta {LARGO_TITULO} letras"


def _es_periodo(escrito: Escrito, dice: str) -> str:
    """Un año posible, solo o con su mes o su parte: por él se busca el registro."""
    ultimo = escrito.pedido.registrado.year + 1
    return "" if es_periodo(dice, ultimo) else f"un año del {PRIMER_ANIO} al {ultimo}, o AAAA-MM"


def _es_region(escrito: Escrito, dice: str) -> str:
    en_uso = escrito.regiones
    return "" if dice in en_uso else ", ".join(f"{c} ({REGIONES[c].nombre})" for c in en_uso)


def _es_fecha(_: Escrito, dice: str) -> str:
    try:
        date.fromisoformat(dice)
    except ValueError:
        return "una fecha"
    return ""


_NO_SIRVE: dict[str, Callable[[Escrito, str], str]] = {
    "titulo": _es_titulo,
    "periodo": _es_periodo,
    "region": _es_region,
}
"""Por qué un valor no sirve, o vacío si sirve."""
