"""Qué le falta o le sobra a un valor según su esquema, en oraciones cortas y todo a la vez.

La biblioteca decide (jsonschema, borrador 2020-12); aquí solo se dice en castellano lo que decidió, con el
camino exacto: lo que falta se nombra en su propia ruta, y una clave mal escrita no se cuenta dos veces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError
from referencing import Registry

from sgc_gt.config.lugares import Ruta

FALTA = "falta"
"""Clase de lo que no está o está vacío: en un borrador es natural."""
FORMA = "forma"
"""Clase de lo que está y no sirve."""
SOBRA = "sobra"
"""Clase de una clave que nadie conoce."""

_TIPOS = {
    "string": "un texto",
    "integer": "un número entero",
    "number": "un número",
    "boolean": "true (sí) o false (no)",
    "array": "una lista",
    "object": "un grupo de claves",
    "null": "nada",
}


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


_FORMATOS = _formatos()
_SIN_RED: Registry[Any] = Registry()


def cercana(dicho: object, validas: Iterable[str]) -> str:
    """La palabra válida que más se parece a la dicha, o «»."""
    minusculas = {palabra.lower(): palabra for palabra in validas}
    parecidas = get_close_matches(str(dicho).lower(), minusculas, n=1, cutoff=0.6)
    return minusculas[parecidas[0]] if parecidas else ""


def sugerencia(dicho: object, validas: Iterable[str]) -> str:
    """« (¿quiso escribir «cargo»?)», o «» si nada se parece."""
    palabra = cercana(dicho, validas)
    return f" (¿quiso escribir «{palabra}»?)" if palabra else ""


def defecto_de_esquema(esquema: object) -> tuple[Ruta, str] | None:
    """Por qué un esquema no sirve para revisar datos, o None si sirve."""
    try:
        Draft202012Validator.check_schema(
            esquema,  # type: ignore[arg-type]
            format_checker=Draft202012Validator.FORMAT_CHECKER,
        )
    except SchemaError as error:
        return tuple(error.absolute_path), f"no es un esquema válido: {_decir(error)[1]}"
    return _referencia_rota(esquema, esquema, ())


def _referencia_rota(raiz: Any, parte: Any, ruta: Ruta) -> tuple[Ruta, str] | None:
    """La primera `$ref` que no apunta a una parte del mismo esquema: nada se busca fuera."""
    if isinstance(parte, dict):
        destino = parte.get("$ref")
        if isinstance(destino, str) and _resolver(raiz, destino) is None:
            return (*ruta, "$ref"), f"«{destino}» no está en este esquema"
        hijos: Iterable[tuple[str | int, Any]] = parte.items()
    elif isinstance(parte, list):
        hijos = enumerate(parte)
    else:
        return None
    return next((r for k, v in hijos if (r := _referencia_rota(raiz, v, (*ruta, k)))), None)


def _resolver(raiz: Any, destino: str) -> Any:
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


def defectos(esquema: Mapping[str, Any], valor: object) -> list[Defecto]:
    """Todos los defectos del valor, sin repetir."""
    revisor = Draft202012Validator(esquema, format_checker=_FORMATOS, registry=_SIN_RED)
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
            yield Defecto(
                (*ruta, str(error.instance)), f"la clave no sirve: {_forma(error)}", FORMA, esquemas
            )
            return
        clase, mensaje = _decir(error)
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
        juntos.extend(_lista(padre.get(regla)))
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
        claves = sorted({str(c) for e in context for c in _lista(e.validator_value)})
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


def _lista(valor: Any) -> list[Any]:
    return list(valor) if isinstance(valor, (list, tuple)) else []


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
            actual = _resolver(raiz, str(actual["$ref"]))
            cruzados.append(actual)
        if paso == "if" and not es_nombre:  # la biblioteca dice «if, then»; el «then» es hermano del «if»
            continue
        actual = _bajar(actual, paso)
        if actual is None or i == len(pasos) - 1:
            break
        es_nombre = not es_nombre and paso in _DE_NOMBRES
        if isinstance(actual, Mapping) and not es_nombre:
            cruzados.append(actual)
    return tuple(cruzados)


def _bajar(valor: Any, paso: str | int) -> Any:
    if isinstance(valor, Mapping):
        return valor.get(str(paso))
    if isinstance(valor, list) and isinstance(paso, int) and paso < len(valor):
        return valor[paso]
    return None


def _mostrar(valor: Any) -> str:
    """Lo escrito, corto y entre comillas españolas."""
    if isinstance(valor, bool):
        return "«true»" if valor else "«false»"
    texto = str(valor) if isinstance(valor, (str, int, float)) else ""
    return f"«{texto if len(texto) <= 60 else texto[:59] + '…'}»" if texto else "otra cosa"


def _forma(error: ValidationError) -> str:
    esquema: Any = error.schema
    if not isinstance(esquema, Mapping):
        return "no tiene la forma esperada"
    forma = esquema.get("x-forma") or esquema.get("description") or esquema.get("title")
    return (
        f"se espera {forma}"
        if esquema.get("x-forma")
        else f"no tiene la forma esperada. {forma or ''}".strip()
    )


def _decir(error: ValidationError | SchemaError) -> tuple[str, str]:
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
        return FORMA, f"{_mostrar(valor)} no sirve: {_forma(error)}"  # type: ignore[arg-type]
    plantilla = _MEDIDAS.get(regla)
    if plantilla:
        return FORMA, plantilla.format(pide=pide, hay=len(valor) if hasattr(valor, "__len__") else valor)
    return FORMA, f"{_mostrar(valor)} no se admite aquí"


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
    "contains": "falta un elemento obligatorio en la lista",
}
