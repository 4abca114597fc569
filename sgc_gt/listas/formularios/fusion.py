"""Juntar formularios con el borrador: cada uno cambia lo suyo, y donde dos dicen cosas distintas se dice.

Qué cambió una persona se sabe contra lo que el formulario traía al hacerse, no contra el borrador de hoy: lo
que no tocó no borra lo que otra escribió entretanto.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from sgc_gt.dominio.textos import cita
from sgc_gt.errores import Problema
from sgc_gt.listas.formularios.celdas import como_texto, nombre_region
from sgc_gt.listas.formularios.leer import Leido
from sgc_gt.listas.formularios.leer_partes import FilaLeida
from sgc_gt.listas.formularios.partes import Campo, Parte, bajar
from sgc_gt.listas.formularios.piezas import (
    Pieza,
    aplicar,
    como_vino,
    es_propia,
    llave_de,
    piezas,
    sin_regionales,
)


class Cambio(NamedTuple):
    """Lo que un formulario dice de una pieza, y dónde lo dice."""

    valor: Any
    lugar: str
    filas: tuple[FilaLeida, ...] = ()


class Fusion(NamedTuple):
    """Los datos juntos, y por qué no se pueden juntar."""

    datos: Any
    problemas: tuple[Problema, ...]
    cambios: int


def fusionar(actual: Any, leidos: Sequence[Leido]) -> Fusion:
    """El borrador con lo que cada formulario cambió."""
    actual = actual if isinstance(actual, dict) else {}
    if len(leidos) == 1 and not leidos[0].senas.region and (leidos[0].senas.base or {}) == actual:
        return Fusion(leidos[0].datos, (), len(cambios_de(leidos[0])))
    datos, problemas = deepcopy(actual), list[Problema]()
    hechos: dict[Pieza, Cambio] = {}
    for leido in leidos:
        de_hoy = piezas(leido.todas, actual)
        base = _base(leido)
        for pieza, cambio in cambios_de(leido).items():
            previo = hechos.get(pieza)
            parte = leido.todas[pieza[0]]
            if previo is not None:
                if previo.valor != cambio.valor:
                    problemas.append(_choque(parte, pieza, previo, cambio))
                continue
            hechos[pieza] = cambio
            hoy = de_hoy.get(pieza)
            if hoy != base.get(pieza) and not _conserva(hoy, cambio.valor):
                problemas.append(_atrasado(parte, pieza, cambio, hoy))
            elif porque := aplicar(leido.todas, datos, pieza, deepcopy(cambio.valor)):
                problemas.append(Problema(porque, cambio.lugar))
    for leido in leidos:
        if not leido.senas.region:
            tocadas = dict.fromkeys(pieza[0] for pieza in cambios_de(leido))
            como_vino((leido.todas[clave] for clave in tocadas), datos, leido.datos)
    return Fusion(datos, tuple(problemas), len(hechos))


def _conserva(hoy: Any, dicho: Any) -> bool:
    """Si lo dicho conserva lo que el borrador dice hoy: así vuelve, completado, uno ya recibido."""
    if isinstance(hoy, dict) and isinstance(dicho, dict):
        return all(v is None or (c in dicho and _conserva(v, dicho[c])) for c, v in hoy.items())
    if isinstance(hoy, list) and isinstance(dicho, list):
        return len(hoy) <= len(dicho) and all(map(_conserva, hoy, dicho))
    return bool(hoy == dicho)


def _base(leido: Leido) -> dict[Pieza, Any]:
    """Las piezas que el formulario traía."""
    if leido.senas.region:
        return {tuple(str(p) for p in pieza): valor for pieza, valor in leido.senas.base or ()}
    return piezas(leido.todas, leido.senas.base)


def cambios_de(leido: Leido) -> dict[Pieza, Cambio]:
    """Lo que la persona cambió: piezas nuevas, distintas o borradas de lo que el formulario traía."""
    base, dichas = _base(leido), dict(_dichas(leido))
    cambios = {p: c for p, c in dichas.items() if base.get(p) != c.valor}
    for pieza in base.keys() - dichas.keys():
        parte = leido.todas.get(pieza[0])
        if parte is not None and parte in leido.partes:
            cambios[pieza] = Cambio(None, leido.lugar(parte.ruta))
    return cambios


def viene_vacio(leido: Leido) -> bool:
    """Si no dice nada y, al hacerse, traía algo: tomarlo borraría sin que nadie lo haya pedido."""
    return bool(_base(leido)) and next(_dichas(leido), None) is None


def vaciadas(leido: Leido) -> tuple[str, ...]:
    """Las partes que el formulario traía escritas y vuelven sin nada, con su nombre."""
    sin_nada = [pieza for pieza, cambio in cambios_de(leido).items() if cambio.valor is None]
    return tuple(dict.fromkeys(sorted(_nombre(leido.todas[pieza[0]], pieza) for pieza in sin_nada)))


def _dichas(leido: Leido) -> Iterator[tuple[Pieza, Cambio]]:
    """Las piezas que el formulario dice, con su lugar."""
    for parte in leido.partes:
        if not parte.tabla:
            for campo in parte.campos:
                ruta = (*parte.ruta, *campo.ruta)
                valor = bajar(leido.datos, ruta)
                if valor is not None:
                    yield (parte.clave, campo.clave), Cambio(valor, leido.lugar(ruta))
        elif es_propia(leido.todas, parte):
            yield from _de_tabla(leido, parte)


def _de_tabla(leido: Leido, parte: Parte) -> Iterator[tuple[Pieza, Cambio]]:
    juntas: dict[Pieza, list[FilaLeida]] = {}
    if not parte.regional:
        juntas[(parte.clave, "")] = []
    madre = leido.todas.get(parte.madre)
    for fila in leido.sueltas.get(parte.clave, ()):
        pieza: Pieza = (parte.clave, "")
        if parte.regional:
            de = _llave(madre, fila.madre)
            pieza = (parte.clave, de, str(bajar(fila.valor, ("region",)) or ""))
        juntas.setdefault(pieza, []).append(fila)
    for pieza, filas in juntas.items():
        if filas:
            valor = [sin_regionales(leido.todas, parte, f.valor) for f in filas]
            yield pieza, Cambio(valor, filas[0].lugar, tuple(filas))


def _llave(madre: Parte | None, dicha: str) -> str:
    return llave_de(madre, {madre.llave: dicha}, 0) if madre is not None and madre.llave else dicha


def _nombre(parte: Parte, pieza: Pieza) -> str:
    """Cómo se llama la pieza para una persona."""
    if not parte.tabla:
        campo = parte.campo(pieza[1])
        return f"«{campo.titulo if campo else pieza[1]}»"
    de = f" ({nombre_region(pieza[2])})" if len(pieza) > 2 and pieza[2] else ""
    return f"«{parte.titulo}»{de}"


def _choque(parte: Parte, pieza: Pieza, uno: Cambio, otro: Cambio) -> Problema:
    """Dos formularios dicen cosas distintas de lo mismo: con las dos celdas."""
    lugar_uno, dice_uno, lugar_otro, dice_otro = _donde(parte, uno, otro)
    return Problema(
        f"{_nombre(parte, pieza)}: dice {dice_otro}, y en {lugar_uno} dice {dice_uno}",
        lugar_otro,
        hacer="acuerden cuál vale, corrijan uno de los dos y repita la orden",
    )


def _donde(parte: Parte, uno: Cambio, otro: Cambio) -> tuple[str, str, str, str]:
    """La primera celda en que difieren, en cada uno."""
    for una, otra in zip(uno.filas, otro.filas, strict=False):
        for campo in parte.campos:
            valores = [_de(parte, campo, f) for f in (una, otra)]
            if valores[0] != valores[1]:
                return (
                    una.lugares[campo.ruta],
                    _citar(valores[0]),
                    otra.lugares[campo.ruta],
                    _citar(valores[1]),
                )
    if len(uno.filas) != len(otro.filas):
        cuantas = [f"{len(c.filas)} filas" if len(c.filas) != 1 else "una fila" for c in (uno, otro)]
        return uno.lugar, cuantas[0], otro.lugar, cuantas[1]
    return uno.lugar, _citar(uno.valor), otro.lugar, _citar(otro.valor)


def _de(parte: Parte, campo: Campo, fila: FilaLeida) -> Any:
    return fila.valor if parte.escalar else bajar(fila.valor, campo.ruta)


def _citar(valor: Any) -> str:
    if valor is None:
        return "nada"
    if isinstance(valor, list):
        return cita(", ".join(como_texto(v) for v in valor if not isinstance(v, (dict, list))), 60)
    return cita(como_texto(valor), 60)


def _atrasado(parte: Parte, pieza: Pieza, cambio: Cambio, de_hoy: Any) -> Problema:
    hoy = "ya no está" if de_hoy is None else "dice otra cosa"
    return Problema(
        f"{_nombre(parte, pieza)} cambió en el borrador después de hacerse este formulario: ahí {hoy}",
        cambio.lugar,
        hacer="pida el formulario de nuevo y pase a él lo escrito en esa parte",
    )
