"""Cargar la configuración entera: se acepta completa o se rechaza con todos sus problemas a la vez.

No toca disco: recibe los bytes, vengan de un movimiento antiguo o de la carpeta de trabajo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from sgc_gt.config.armado import armar
from sgc_gt.config.cache import a_dict, de_dict
from sgc_gt.config.compuertas import en_compuertas
from sgc_gt.config.datos import Falta, validar_datos
from sgc_gt.config.defectos import defectos
from sgc_gt.config.esquemas import esquema
from sgc_gt.config.lectura import leer, leer_yaml
from sgc_gt.config.lugares import SIN_LINEAS, Archivo, exigir_sin
from sgc_gt.config.nombres import Nombres, lista, mapa, paquete, paquetes_de
from sgc_gt.config.referencias import en_requisitos, en_series, en_sgc, en_tipo
from sgc_gt.config.saltos import defecto_de_esquema
from sgc_gt.dominio import rutas
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.errores import ConfiguracionInvalida, Problema

__all__ = ["Falta", "a_dict", "cargar", "de_dict", "leer_yaml", "validar_datos"]

_CLAVE = re.compile(r"[a-z][a-z0-9_]{0,40}", re.ASCII)


def cargar(archivos: Mapping[str, bytes]) -> Servicio:
    """El servicio que describen sus archivos; ConfiguracionInvalida con todo lo malo.

    De `archivos` se leen `sgc.yaml`, `plantillas_docx/*.yaml`, `registros/series.yaml` y
    `registros/requisitos/*.yaml`; lo demás se ignora.
    Los mismos bytes dan el mismo valor, y se recuerda: quien instala una configuración la vuelve a leer.
    """
    return _cargado(frozenset((r, d) for r, d in archivos.items() if r.endswith(".yaml")))


@lru_cache(maxsize=4)
def _cargado(pares: frozenset[tuple[str, bytes]]) -> Servicio:
    archivos = dict(sorted(pares))
    if rutas.CONFIGURACION not in archivos:
        raise ConfiguracionInvalida(
            f"falta el archivo {rutas.CONFIGURACION}",
            lugar=rutas.CONFIGURACION,
            hacer="recupérelo, o cree uno con: sgc-gt iniciar",
        )
    problemas: list[Problema] = []
    sgc = _leer(archivos, rutas.CONFIGURACION, problemas)
    tipos = _por_clave(archivos, rutas.PLANTILLAS, problemas)
    requisitos = _por_clave(archivos, rutas.REQUISITOS, problemas)
    series = _leer(archivos, rutas.SERIES, problemas)
    legibles = all(a.valor is not None for a in (sgc, *tipos.values(), *_si_esta(archivos, series)))
    problemas.extend(_revisar(sgc, tipos, series, legibles))
    for catalogo in requisitos.values():
        problemas.extend(_de_requisitos(catalogo))
    exigir_sin(problemas)
    uso = paquetes_de(sgc.valor)
    return armar(
        sgc.valor,
        {t: a.valor for t, a in tipos.items() if paquete(a.valor) in uso},
        [s for _, s in _series_en_uso(series, uso)],
        {p: a.valor for p, a in requisitos.items() if p in uso},
    )


def _si_esta(archivos: Mapping[str, bytes], archivo: Archivo) -> tuple[Archivo, ...]:
    return (archivo,) if archivo.nombre in archivos else ()


def _leer(archivos: Mapping[str, bytes], nombre: str, problemas: list[Problema]) -> Archivo:
    if nombre not in archivos:
        return Archivo(nombre, None, SIN_LINEAS)
    archivo, malos = leer(archivos[nombre], nombre)
    if archivo.valor is None and not malos:
        malos = (Problema("está vacío", nombre),)
    problemas.extend(malos)
    return archivo


def _por_clave(archivos: Mapping[str, bytes], carpeta: str, problemas: list[Problema]) -> dict[str, Archivo]:
    """Los archivos de una carpeta por su clave, que es su nombre, en orden alfabético."""
    leidos = {}
    for nombre in sorted(archivos):
        if not nombre.startswith(f"{carpeta}/") or not nombre.endswith(".yaml"):
            continue
        clave = nombre.removeprefix(f"{carpeta}/").removesuffix(".yaml")
        if _CLAVE.fullmatch(clave) is None:
            esperado = "minúsculas sin tilde, dígitos y «_»"
            problemas.append(Problema(f"el nombre del archivo no sirve; use {esperado}", nombre, esperado))
            continue
        leidos[clave] = _leer(archivos, nombre, problemas)
    return leidos


def _series_en_uso(series: Archivo, uso: Iterable[str]) -> list[tuple[int, Any]]:
    todas = lista(mapa(series.valor).get("series"))
    return [(i, s) for i, s in enumerate(todas) if paquete(s) in uso]


def _revisar(
    sgc: Archivo, tipos: Mapping[str, Archivo], series: Archivo, legibles: bool
) -> Iterator[Problema]:
    """Los problemas de forma de cada archivo y, si todos se leyeron, los de lo que uno nombra de otro.

    Con un archivo ilegible, la mitad de los nombres parecería no existir: eso escondería el problema real.
    """
    # Ídem si falta la clave de que salen casi todos los nombres: cada mención sería un eco de su ausencia.
    legibles = legibles and all(isinstance(mapa(sgc.valor).get(clave), dict) for clave in ("cargos", "roles"))
    nombres = Nombres.de(sgc.valor, dict(tipos), lista(mapa(series.valor).get("series")))
    uso = paquetes_de(sgc.valor)
    if sgc.valor is not None:
        yield from _forma(sgc, "sgc")
        if legibles:
            yield from en_sgc(sgc, nombres)
    for tipo in tipos.values():
        if tipo.valor is None or paquete(tipo.valor) not in uso:
            continue
        yield from _forma(tipo, "tipo")
        yield from _esquema_de_datos(tipo)
        if legibles:
            yield from en_tipo(tipo, nombres)
            yield from en_compuertas(tipo, nombres)
    if series.valor is not None:
        yield from _forma(series, "series")
        if legibles:
            yield from en_series(series, nombres, _series_en_uso(series, uso))


def _de_requisitos(archivo: Archivo) -> Iterator[Problema]:
    if archivo.valor is not None:
        yield from _forma(archivo, "requisitos")
        yield from en_requisitos(archivo)


def _forma(archivo: Archivo, nombre: str) -> Iterator[Problema]:
    for defecto in defectos(esquema(nombre), archivo.valor):
        yield archivo.problema(defecto.ruta, defecto.mensaje)


def _esquema_de_datos(tipo: Archivo) -> Iterator[Problema]:
    defecto = defecto_de_esquema(mapa(mapa(tipo.valor).get("datos")))
    if defecto:
        yield tipo.problema(("datos", *defecto[0]), defecto[1])
