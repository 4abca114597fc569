"""Cómo se dice en castellano que un valor no calza con su esquema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from jsonschema.exceptions import SchemaError, ValidationError

from sgc_gt.dominio.regiones import quizas

FALTA = "falta"
"""Clase de lo que no está o está vacío: en un borrador es natural."""
FORMA = "forma"
"""Clase de lo que está y no sirve."""
SOBRA = "sobra"
"""Clase de una clave que nadie conoce."""
REPETIDO = "repetido"
"""Clase de una fila que dice lo que otra ya dijo (`x-unica`)."""
UNICA = "x-unica"
"""La regla de las listas con una sola fila por cada valor de un dato: una por región."""
CUENTA = "x-razon"
"""La regla propia de las mediciones: el valor escrito es el que resulta de sus partes."""


_TIPOS = {
    "string": "un texto",
    "integer": "un número entero",
    "number": "un número",
    "boolean": "true (sí) o false (no)",
    "array": "una lista",
    "object": "un grupo de claves",
    "null": "nada",
}


def cercana(dicho: object, validas: Iterable[str]) -> str:
    """La palabra válida que más se parece a la dicha, o «»."""
    minusculas = {palabra.lower(): palabra for palabra in validas}
    parecidas = get_close_matches(str(dicho).lower(), minusculas, n=1, cutoff=0.6)
    return minusculas[parecidas[0]] if parecidas else ""


def sugerencia(dicho: object, validas: Iterable[str]) -> str:
    """« (¿quiso escribir «cargo»?)», o «» si nada se parece."""
    palabra = cercana(dicho, validas)
    return f" (¿quiso escribir «{palabra}»?)" if palabra else ""


def _mostrar(valor: Any) -> str:
    """Lo escrito, corto y entre comillas españolas."""
    if isinstance(valor, bool):
        return "«true»" if valor else "«false»"
    texto = str(valor) if isinstance(valor, (str, int, float)) else ""
    return f"«{texto if len(texto) <= 60 else texto[:59] + '…'}»" if texto else "otra cosa"


def forma(error: ValidationError | SchemaError) -> str:
    esquema: Any = error.schema
    if not isinstance(esquema, Mapping):
        return "no tiene la forma esperada"
    forma = esquema.get("x-forma") or esquema.get("description") or esquema.get("title")
    return (
        f"se espera {forma}"
        if esquema.get("x-forma")
        else f"no tiene la forma esperada. {forma or ''}".strip()
    )


def decir(error: ValidationError | SchemaError) -> tuple[str, str]:
    """Clase y oración de un error sobre un valor."""
    valor: Any = error.instance
    pide: Any = error.validator_value
    regla = str(error.validator)
    if valor is None or (isinstance(valor, str) and not valor.strip()):
        return FALTA, "está vacío"
    if regla in ("minItems", "minProperties") and not valor:
        return FALTA, "está vacío"
    if regla == "type":
        return FORMA, _tipo(valor, pide)
    if regla in ("enum", "const"):
        validas = [str(v) for v in (pide if regla == "enum" else [pide]) if v is not None]
        return FORMA, f"{_mostrar(valor)} no es uno de: {', '.join(validas)}{sugerencia(valor, validas)}"
    if regla in ("pattern", "format"):
        return FORMA, f"{_mostrar(valor)} no sirve: {forma(error)}{_otra_region(valor, error)}"
    if regla in (CUENTA, UNICA):
        return (FORMA if regla == CUENTA else REPETIDO), error.message
    if regla == "contains":
        return FALTA, _ausente(pide)
    plantilla = _MEDIDAS.get(regla)
    if plantilla:
        clase = FALTA if regla == "minItems" else FORMA  # a una lista corta solo le falta escribir
        return clase, plantilla.format(pide=pide, hay=len(valor) if hasattr(valor, "__len__") else valor)
    return FORMA, f"{_mostrar(valor)} no se admite aquí"


def _otra_region(valor: Any, error: ValidationError | SchemaError) -> str:
    """Donde va el código de una región, la que ese nombre quiso decir."""
    de_region = isinstance(error.schema, Mapping) and error.schema.get("x-referencia") == "region"
    return quizas(str(valor)) if de_region else ""


def _ausente(pide: Any) -> str:
    """Cómo es el elemento que una lista debe traer y no trae: «falta uno con frente «gore»»."""
    fijos = {
        clave: _mostrar(parte["const"])
        for clave, parte in (pide.get("properties") or {}).items()
        if "const" in parte
    }
    claves = [*fijos, *(c for c in pide.get("required") or () if c not in fijos)]
    if not claves:
        return "falta un elemento obligatorio en la lista"
    return "falta uno con " + " y ".join(f"{c} {fijos[c]}" if c in fijos else c for c in claves)


def _tipo(valor: Any, pide: Any) -> str:
    tipos = [pide] if isinstance(pide, str) else list(pide)
    esperado = " o ".join(_TIPOS[t] for t in tipos if t != "null")
    if "string" in tipos and isinstance(valor, (int, float)):
        return f"debe ser un texto; escríbalo entre comillas: '{str(valor).lower()}'"
    return f"debe ser {esperado}, no {_hallado(valor)}"


def _hallado(valor: Any) -> str:
    if isinstance(valor, dict):
        return "un grupo de claves"
    return "una lista" if isinstance(valor, list) else _mostrar(valor)


_MEDIDAS = {
    "minLength": "es muy corto: lleva {hay} caracteres y debe tener al menos {pide}",
    "maxLength": "es muy largo: lleva {hay} caracteres y se admiten hasta {pide}",
    "minItems": "lleva {hay} y debe tener al menos {pide}",
    "maxItems": "lleva {hay} y se admiten hasta {pide}",
    "minProperties": "lleva {hay} claves y debe tener al menos {pide}",
    "maxProperties": "lleva {hay} claves y se admiten hasta {pide}",
    "minimum": "es {hay} y debe ser {pide} o más",
    "maximum": "es {hay} y debe ser {pide} o menos",
    "exclusiveMinimum": "es {hay} y debe ser más que {pide}",
    "exclusiveMaximum": "es {hay} y debe ser menos que {pide}",
    "multipleOf": "es {hay} y debe ser múltiplo de {pide}",
    "uniqueItems": "hay un elemento repetido",
}
