"""Qué le falta o le sobra a un valor según su esquema, en oraciones cortas y todo a la vez.

La biblioteca decide (jsonschema, borrador 2020-12); aquí solo se dice en castellano lo que decidió, con el
camino exacto: lo que falta se nombra en su propia ruta, y una clave mal escrita no se cuenta dos veces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing import Registry

from sgc_gt.config.lugares import Ruta
from sgc_gt.config.oraciones import CUENTA, FALTA, FORMA, SOBRA, UNICA, decir, forma, sugerencia
from sgc_gt.config.saltos import bajar, como_lista, resolver
from sgc_gt.dominio.medicion import desacuerdos
from sgc_gt.dominio.regiones import nombre_de


class Defecto(NamedTuple):
    """Un defecto y los esquemas que llevan hasta él, del más general al más cercano."""

    ruta: Ruta
    mensaje: str
    clase: str
    esquemas: tuple[Mapping[str, Any], ...] = ()


def _formatos() -> FormatChecker:
    """Los formatos que se comprueban; los demás son solo documentación, como dice la norma."""
    formatos = FormatChecker(formats=())

    @formatos.checks("date", raises=ValueError)
    def _fecha(valor: object) -> bool:
        if isinstance(valor, str):
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", valor, re.ASCII):
                return False
            date.fromisoformat(valor)
        return True

    @formatos.checks("email")
    def _correo(valor: object) -> bool:
        return not isinstance(valor, str) or re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", valor) is not None

    return formatos


def _razon(_: Any, dicho: Any, valor: Any, _esquema: Any) -> Iterator[ValidationError]:
    """`x-razon`: el valor de una medición sale de su numerador y denominador, y sus partes caben en él."""
    if isinstance(valor, dict):
        for donde, mensaje in desacuerdos(valor, str(dicho["partes"])):
            yield ValidationError(mensaje, path=donde)


def _unica(_: Any, clave: Any, valor: Any, _esquema: Any) -> Iterator[ValidationError]:
    """`x-unica`: ese dato no se repite entre las filas; la segunda taparía lo que dice la primera."""
    vistos: set[str] = set()
    for n, fila in enumerate(valor if isinstance(valor, list) else ()):
        dicho = fila.get(clave) if isinstance(fila, dict) else None
        if isinstance(dicho, str) and dicho in vistos:
            yield ValidationError(
                f"{nombre_de(dicho)} ya tiene su fila más arriba: deje una sola", path=(n, clave)
            )
        vistos |= {dicho} if isinstance(dicho, str) else set()


_REVISOR: Any = extend(Draft202012Validator, {CUENTA: _razon, UNICA: _unica})  # type: ignore[no-untyped-call]
_FORMATOS = _formatos()
_SIN_RED: Registry[Any] = Registry()


def defectos(esquema: Mapping[str, Any], valor: object) -> list[Defecto]:
    """Todos los defectos del valor, sin repetir."""
    revisor = _REVISOR(esquema, format_checker=_FORMATOS, registry=_SIN_RED)
    hallados: dict[tuple[Ruta, str], Defecto] = {}
    for error in revisor.iter_errors(valor):
        for defecto in _leer(error, esquema):
            hallados.setdefault((defecto.ruta, defecto.mensaje), defecto)
    return _sin_eco(list(hallados.values()))


def _sin_eco(lista: list[Defecto]) -> list[Defecto]:
    """Quita el «falta cargo» cuando alguien escribió «crago» en el mismo lugar."""
    supuestas = {
        (*d.ruta[:-1], m.group(1))
        for d in lista
        if d.clase == SOBRA and (m := re.search(r"quiso escribir «(.+?)»", d.mensaje))
    }
    return [d for d in lista if d.clase != FALTA or d.ruta not in supuestas]


def _leer(error: ValidationError, raiz: Mapping[str, Any]) -> Iterator[Defecto]:
    """Los defectos que dice un error de la biblioteca."""
    ruta: Ruta = tuple(error.absolute_path)
    if error.validator in ("anyOf", "oneOf") and error.context:
        yield from _alternativas(error, raiz)
        return
    esquemas = _camino(raiz, list(error.absolute_schema_path))
    if error.validator in ("required", "dependentRequired"):
        yield from _ausentes(error, ruta, esquemas)
    elif error.validator == "additionalProperties" and isinstance(error.instance, dict):
        yield from _sobrantes(error, ruta, esquemas)
    else:
        if "propertyNames" in error.absolute_schema_path:
            yield Defecto((*ruta, str(error.instance)), f"la clave no sirve: {forma(error)}", FORMA, esquemas)
            return
        clase, mensaje = decir(error)
        yield Defecto(ruta, mensaje, clase, esquemas)


def _ausentes(
    error: ValidationError, ruta: Ruta, esquemas: tuple[Mapping[str, Any], ...]
) -> Iterator[Defecto]:
    pedidas: Any = error.validator_value
    valor: Any = error.instance
    if isinstance(pedidas, dict):
        pedidas = [p for clave, lista in pedidas.items() if clave in valor for p in lista]
    for clave in pedidas:
        if clave not in valor:
            propios = _de_propiedad(esquemas, clave) or ({},)
            yield Defecto((*ruta, clave), "falta", FALTA, (*esquemas, *propios))


def _de_propiedad(esquemas: tuple[Mapping[str, Any], ...], clave: str) -> tuple[Mapping[str, Any], ...]:
    """Los esquemas que hablan de una clave del valor, del general al cercano."""
    propios = [esquemas[-1]]
    for padre in reversed(esquemas[:-1]):
        if not _mismo_valor(padre, propios[0]):
            break
        propios.insert(0, padre)
    hallados = (e.get("properties", {}).get(clave) for e in propios)
    return tuple(h for h in hallados if isinstance(h, Mapping))


def _mismo_valor(padre: Mapping[str, Any], hijo: Mapping[str, Any]) -> bool:
    """Si los dos esquemas hablan del mismo valor, y no el hijo de una parte suya."""
    juntos = [padre.get("then"), padre.get("else")]
    for regla in ("allOf", "anyOf", "oneOf"):
        juntos.extend(como_lista(padre.get(regla)))
    return "$ref" in padre or any(hijo is otro for otro in juntos)


def _sobrantes(
    error: ValidationError, ruta: Ruta, esquemas: tuple[Mapping[str, Any], ...]
) -> Iterator[Defecto]:
    esquema: Any = error.schema
    conocidas = list(esquema.get("properties", {}))
    formas = list(esquema.get("patternProperties", {}))
    valor: Any = error.instance
    libres = [c for c in conocidas if c not in valor]
    for clave in valor:
        if clave not in conocidas and not any(re.search(f, clave) for f in formas):
            yield Defecto((*ruta, clave), f"clave desconocida{sugerencia(clave, libres)}", SOBRA, esquemas)


def _alternativas(error: ValidationError, raiz: Mapping[str, Any]) -> Iterator[Defecto]:
    """De varias formas posibles se explica aquella a la que el valor más se acerca."""
    ruta: Ruta = tuple(error.absolute_path)
    context = error.context or []
    if all(e.validator == "required" and not e.relative_path for e in context):
        claves = sorted({str(c) for e in context for c in como_lista(e.validator_value)})
        esquemas = _camino(raiz, list(error.absolute_schema_path))
        yield Defecto(ruta, f"falta al menos una de: {', '.join(claves)}", FALTA, esquemas)
        return
    ramas: dict[Any, list[ValidationError]] = {}
    for sub in context:
        ramas.setdefault(sub.relative_schema_path[0], []).append(sub)
    mejor = min(ramas.values(), key=_lejania)
    for sub in mejor:
        yield from _leer(sub, raiz)


def _lejania(rama: list[ValidationError]) -> tuple[int, int]:
    """Qué tan lejos está un valor de una de sus formas: peor si es de otra clase, o si no es nada de ella."""
    de_raiz = [error for error in rama if not error.relative_path]
    otra_clase = any(error.validator == "type" for error in de_raiz)
    return (2 if otra_clase else 1 if de_raiz else 0), len(rama)


_DE_NOMBRES = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
"""Palabras del esquema cuyo contenido va por nombre: lo que sigue es el nombre, no otra palabra."""


def _camino(raiz: Mapping[str, Any], pasos: Sequence[str | int]) -> tuple[Mapping[str, Any], ...]:
    """Los esquemas que se cruzan al seguir el camino de un error hasta su última palabra.

    La biblioteca no anota los saltos de `$ref`: se salta cuando la palabra que sigue no está a la vista.
    """
    cruzados: list[Mapping[str, Any]] = [raiz]
    actual: Any = raiz
    es_nombre = False
    for i, paso in enumerate(pasos):
        while not es_nombre and isinstance(actual, Mapping) and "$ref" in actual and paso not in actual:
            actual = resolver(raiz, str(actual["$ref"]))
            cruzados.append(actual)
        if paso == "if" and not es_nombre:  # la biblioteca dice «if, then»; el «then» es hermano del «if»
            continue
        actual = bajar(actual, paso)
        if actual is None or i == len(pasos) - 1:
            break
        es_nombre = not es_nombre and paso in _DE_NOMBRES
        if isinstance(actual, Mapping) and not es_nombre:
            cruzados.append(actual)
    return tuple(cruzados)
