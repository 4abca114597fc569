"""Los datos de un tipo repartidos en piezas: lo que una persona cambia sin tocar lo de las demás.

Una pieza es un dato suelto, una tabla, o las filas de una región. Con ellas se sabe qué cambió cada
formulario, se juntan varios, y se nota cuando dos cambiaron lo mismo.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from sgc_gt.dominio.regiones import TODAS
from sgc_gt.listas.formularios.celdas import como_texto
from sgc_gt.listas.formularios.partes import Parte, bajar, filas_de

Pieza = tuple[str, ...]
"""(parte, campo) de una ficha · (parte, "") una tabla · (parte, madre, región) las filas de una región."""


def piezas(todas: Mapping[str, Parte], datos: Any) -> dict[Pieza, Any]:
    """Las piezas que los datos tienen."""
    hechas: dict[Pieza, Any] = {}
    for parte in todas.values():
        if not parte.tabla:
            for campo in parte.campos:
                valor = bajar(datos, (*parte.ruta, *campo.ruta))
                if valor is not None:
                    hechas[(parte.clave, campo.clave)] = valor
        elif es_propia(todas, parte):
            for pieza, valor in _de_tabla(todas, parte, datos):
                hechas.setdefault(pieza, []).append(valor)
    return hechas


def es_propia(todas: Mapping[str, Parte], parte: Parte) -> bool:
    """Si la tabla es una pieza, o varias; las demás viajan dentro de la fila de su madre."""
    return not parte.madre or (parte.regional and not _en_regional(todas, parte))


def _en_regional(todas: Mapping[str, Parte], parte: Parte) -> bool:
    madre = todas.get(parte.madre)
    return madre is not None and (madre.regional or _en_regional(todas, madre))


def _de_tabla(todas: Mapping[str, Parte], parte: Parte, datos: Any) -> Iterator[tuple[Pieza, Any]]:
    madre = todas.get(parte.madre)
    madres = filas_de(todas, madre, datos) if madre else []
    for fila in filas_de(todas, parte, datos):
        if parte.regional:
            de = llave_de(madre, madres[fila.madre].valor, fila.madre) if madre else ""
            region = str(bajar(fila.valor, ("region",)) or "")
            yield (parte.clave, de, region), sin_regionales(todas, parte, fila.valor)
        else:
            yield (parte.clave, ""), sin_regionales(todas, parte, fila.valor)


def llave_de(madre: Parte, fila: Any, lugar: int) -> str:
    """Cómo se llama una fila madre ante sus hijas."""
    return como_texto(bajar(fila, (madre.llave,)) or "") if madre.llave else str(lugar + 1)


def sin_regionales(todas: Mapping[str, Parte], parte: Parte, fila: Any) -> Any:
    """La fila sin lo que en ella escriben las regiones, que es otra pieza."""
    hijas = [h for h in todas.values() if h.madre == parte.clave and es_propia(todas, h)]
    if not hijas or not isinstance(fila, dict):
        return fila
    copia = deepcopy(fila)
    for hija in hijas:
        grupo = bajar(copia, hija.ruta[:-1])
        if isinstance(grupo, dict):
            grupo.pop(hija.ruta[-1], None)
    return copia


def aplicar(todas: Mapping[str, Parte], datos: dict[str, Any], pieza: Pieza, valor: Any) -> str:
    """Pone la pieza en los datos. Devuelve por qué no se pudo, o «»."""
    parte = todas[pieza[0]]
    if not parte.tabla:
        _poner(datos, (*parte.ruta, *_ruta(parte, pieza[1])), valor)
        return ""
    if not parte.regional:
        _poner(datos, parte.ruta, _con_regionales(todas, parte, datos, valor or []))
        return ""
    madre, (_, de, region) = todas.get(parte.madre), pieza
    contenedor: Any = datos
    if madre is not None:
        filas = [f.valor for f in filas_de(todas, madre, datos)]
        contenedor = next((f for i, f in enumerate(filas) if llave_de(madre, f, i) == de), None)
        if not de:
            return f"falta decir a qué fila de «{madre.titulo}» pertenece"
        if contenedor is None:
            return f"«{de}» no está en «{madre.titulo}» del borrador"
    previas = bajar(contenedor, parte.ruta) or []
    _poner(contenedor, parte.ruta, _reemplazadas(previas, valor or [], region, TODAS))
    return ""


def _ruta(parte: Parte, clave: str) -> tuple[str, ...]:
    campo = parte.campo(clave)
    return campo.ruta if campo else (clave,)


def _poner(datos: dict[str, Any], ruta: tuple[str, ...], valor: Any) -> None:
    for paso in ruta[:-1]:
        datos = datos.setdefault(paso, {})
    if valor is None:
        datos.pop(ruta[-1], None)
    else:
        datos[ruta[-1]] = valor


def _con_regionales(todas: Mapping[str, Parte], parte: Parte, datos: Any, filas: list[Any]) -> list[Any]:
    """Las filas nuevas, con lo que las regiones ya habían escrito en las de igual llave."""
    hijas = [h for h in todas.values() if h.madre == parte.clave and es_propia(todas, h)]
    previas = {llave_de(parte, f.valor, i): f.valor for i, f in enumerate(filas_de(todas, parte, datos))}
    for i, fila in enumerate(filas):
        for hija in hijas:
            suyas = bajar(previas.get(llave_de(parte, fila, i)), hija.ruta)
            if suyas and isinstance(fila, dict):
                _poner(fila, hija.ruta, suyas)
    return filas


def _reemplazadas(previas: list[Any], nuevas: list[Any], region: str, orden: tuple[str, ...]) -> list[Any]:
    """Las filas con las de esa región cambiadas, cada una en el lugar que una suya tenía.

    Las que sobran van tras la última suya; si no tenía ninguna, donde le toca de norte a sur.
    """
    regiones = [str(bajar(f, ("region",)) or "") for f in previas]
    suyos = [i for i, r in enumerate(regiones) if r == region]
    if not suyos:
        antes = orden[: orden.index(region)] if region in orden else orden
        lugar = max((i + 1 for i, r in enumerate(regiones) if r in antes), default=0)
        return [*previas[:lugar], *nuevas, *previas[lugar:]]
    en_su_lugar: dict[int, list[Any]] = {i: nuevas[k : k + 1] for k, i in enumerate(suyos)}
    en_su_lugar[suyos[-1]] = nuevas[len(suyos) - 1 :]
    return [f for i, previa in enumerate(previas) for f in en_su_lugar.get(i, [previa])]


def como_vino(partes: Iterable[Parte], datos: dict[str, Any], entero: Any) -> None:
    """De las tablas por región que quedaron con las filas de un formulario entero, el orden en que venían."""
    for parte in partes:
        suyas, venian = bajar(datos, parte.ruta), bajar(entero, parte.ruta)
        if parte.regional and not parte.madre and _las_mismas(suyas, venian):
            _poner(datos, parte.ruta, deepcopy(venian))


def _las_mismas(unas: Any, otras: Any) -> bool:
    son_listas = isinstance(unas, list) and isinstance(otras, list)
    return son_listas and sorted(map(repr, unas)) == sorted(map(repr, otras))


def base_regional(todas: Mapping[str, Parte], datos: Any, region: str) -> list[Any]:
    """Lo que viaja en el formulario de una región: sus piezas."""
    return [[list(pieza), valor] for pieza, valor in piezas(todas, datos).items() if pieza[2:] == (region,)]
