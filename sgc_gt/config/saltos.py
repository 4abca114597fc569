"""Los esquemas de datos que traen los tipos: si sirven para revisar, y adónde llevan sus `$ref`.

Una `$ref` apunta a una parte del mismo esquema y no da vueltas: revisar datos no sale a la red ni se cuelga.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import urljoin

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from jsonschema_specifications import REGISTRY

from sgc_gt.config.lugares import Ruta
from sgc_gt.config.oraciones import decir

_REVISADOS: dict[str, tuple[Ruta, str] | None] = {}
"""Lo que se dijo de cada esquema: revisarlo entero cuesta más que todo lo demás de su tipo."""


def defecto_de_esquema(esquema: object) -> tuple[Ruta, str] | None:
    """Por qué un esquema no sirve para revisar datos, o None si sirve (una vez por proceso para el mismo)."""
    clave = repr(esquema)
    if clave not in _REVISADOS:
        _REVISADOS[clave] = _defecto(esquema)
    return _REVISADOS[clave]


def _defecto(esquema: object) -> tuple[Ruta, str] | None:
    error = best_match(_revisor_de_esquemas().iter_errors(esquema))
    if error is not None:
        return tuple(error.absolute_path), f"no es un esquema válido: {decir(error)[1]}"
    return _referencia_rota(esquema, esquema, ())


@cache
def _revisor_de_esquemas() -> Draft202012Validator:
    """El esquema que la norma da a los esquemas, con sus siete vocabularios juntos.

    Exige lo mismo y cuesta la cuarta parte: sueltos, como están en la norma, se recorren uno por uno.
    """
    norma = Draft202012Validator.META_SCHEMA
    sueltos = [REGISTRY.contents(urljoin(norma["$id"], parte["$ref"])) for parte in norma["allOf"]]
    juntos = {
        "type": norma["type"],
        **{
            c: {k: v for uno in (norma, *sueltos) for k, v in uno.get(c, {}).items()}
            for c in ("properties", "$defs")
        },
    }
    escrito = json.dumps(juntos).replace('"$dynamicRef": "#meta"', '"$ref": "#"')
    return Draft202012Validator(json.loads(escrito), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _referencia_rota(raiz: Any, parte: Any, ruta: Ruta) -> tuple[Ruta, str] | None:
    """La primera `$ref` que no apunta a una parte del mismo esquema: nada se busca fuera."""
    if isinstance(parte, dict):
        destino = parte.get("$ref")
        if isinstance(destino, str) and resolver(raiz, destino) is None:
            return (*ruta, "$ref"), f"«{destino}» no está en este esquema"
        if isinstance(destino, str) and _gira(raiz, parte, ()):
            return (*ruta, "$ref"), f"«{destino}» da vueltas sobre sí mismo"
        hijos: Iterable[tuple[str | int, Any]] = parte.items()
    elif isinstance(parte, list):
        hijos = enumerate(parte)
    else:
        return None
    return next((r for k, v in hijos if (r := _referencia_rota(raiz, v, (*ruta, k)))), None)


def _gira(raiz: Any, parte: Any, cruzados: tuple[int, ...]) -> bool:
    """Si revisar un mismo valor con esa parte volvería a ella sin haber bajado a ninguna parte del valor."""
    if not isinstance(parte, dict):
        return False
    if id(parte) in cruzados:
        return True
    mismos = [parte.get(regla) for regla in ("not", "if", "then", "else")]
    mismos += [e for regla in ("allOf", "anyOf", "oneOf") for e in como_lista(parte.get(regla))]
    if isinstance(parte.get("$ref"), str):
        mismos.append(resolver(raiz, parte["$ref"]))
    return any(_gira(raiz, mismo, (*cruzados, id(parte))) for mismo in mismos)


def resolver(raiz: Any, destino: str) -> Any:
    """La parte del esquema a la que apunta una `$ref`, o None."""
    if not destino.startswith("#"):
        return None
    actual = raiz
    for paso in destino[1:].split("/")[1:]:
        clave = paso.replace("~1", "/").replace("~0", "~")
        if isinstance(actual, dict) and clave in actual:
            actual = actual[clave]
        elif isinstance(actual, list) and clave.isdigit() and int(clave) < len(actual):
            actual = actual[int(clave)]
        else:
            return None
    return actual


def bajar(valor: Any, paso: str | int) -> Any:
    """La parte de un esquema con esa clave o posición, o None."""
    if isinstance(valor, Mapping):
        return valor.get(str(paso))
    if isinstance(valor, list) and isinstance(paso, int) and paso < len(valor):
        return valor[paso]
    return None


def como_lista(valor: Any) -> list[Any]:
    """El valor si es una lista; si no, una vacía."""
    return list(valor) if isinstance(valor, (list, tuple)) else []
