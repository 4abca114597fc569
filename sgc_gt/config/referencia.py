"""La página de referencia de los archivos de configuración, escrita desde sus esquemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sgc_gt.config.circuitos import POR_OMISION
from sgc_gt.config.esquemas import esquema
from sgc_gt.dominio.etiquetas import ACTOS

_ENCABEZADO = """\
# Los archivos de configuración

Esta página se escribe desde los esquemas con que el programa revisa los archivos, y una prueba avisa si quedó
atrás. Para renovarla, desde la raíz del proyecto:

    python -c "from sgc_gt.config.referencia import *; print(pagina(), end='')" > docs/referencia/sgc_yaml.md

Tres cosas al escribir: los espacios al comienzo de la línea importan y no se usan tabuladores; los códigos de
región y las versiones con cero adelante (`01`) son texto; y solo `true` y `false` significan sí y no.

Un punto separa una clave de la que la contiene; `<clave>` es una clave que usted elige; `[]` es cada elemento
de una lista.
"""

_TIPOS = {
    "string": "texto",
    "integer": "entero",
    "number": "número",
    "boolean": "true o false",
    "array": "lista",
    "object": "grupo",
}


def pagina() -> str:
    """La página completa."""
    partes = [_ENCABEZADO]
    for nombre in ("sgc", "tipo", "series", "requisitos"):
        forma = esquema(nombre)
        partes.append(f"\n## `{forma['title']}`\n\n{forma['description']}\n\n")
        partes.append("| clave | qué es | qué se escribe | por omisión |\n|---|---|---|---|\n")
        partes.extend(_filas(forma, forma, ""))
    partes.append("\n## Los circuitos que vienen puestos\n\n| circuito | pasos |\n|---|---|\n")
    for nombre, pasos in POR_OMISION.items():
        camino = " → ".join(f"{ACTOS[p.acto]} ({p.rol})" for p in pasos)
        partes.append(f"| `{nombre}` | {camino} |\n")
    return "".join(partes)


def _filas(raiz: Mapping[str, Any], forma: Mapping[str, Any], prefijo: str) -> Iterator[str]:
    """Una fila por clave, y debajo las que contiene."""
    obligatorias = forma.get("required", ())
    for clave, propia in forma.get("properties", {}).items():
        yield from _fila(raiz, propia, f"{prefijo}{clave}", clave in obligatorias)
    libre = forma.get("additionalProperties")
    if isinstance(libre, dict) and "properties" not in forma:
        yield from _fila(raiz, libre, f"{prefijo}<clave>", False)
    elementos = forma.get("items")
    if isinstance(elementos, dict) and "properties" in elementos:
        yield from _filas(raiz, elementos, f"{prefijo.removesuffix('.')}[].")
    elif isinstance(libre, dict) and "properties" in forma:
        yield from _fila(raiz, libre, f"{prefijo}<clave>", False)


def _fila(raiz: Mapping[str, Any], forma: Mapping[str, Any], camino: str, obligatoria: bool) -> Iterator[str]:
    forma = {**_destino(raiz, forma), **forma}
    marca = " **Obligatoria.**" if obligatoria else ""
    yield f"| `{camino}` | {forma['description']}{marca} | {_admite(forma)} | {_omision(forma)} |\n"
    yield from _filas(raiz, forma, f"{camino}.")


def _destino(raiz: Mapping[str, Any], forma: Mapping[str, Any]) -> dict[str, Any]:
    destino = str(forma.get("$ref", "")).rpartition("/")[2]
    return dict(raiz.get("$defs", {}).get(destino, {}))


def _admite(forma: Mapping[str, Any]) -> str:
    if "const" in forma:
        return f"`{forma['const']}`"
    if "enum" in forma:
        return ", ".join(f"`{v}`" for v in forma["enum"])
    if "anyOf" in forma:
        return " o ".join(_admite(f) for f in forma["anyOf"])
    if "x-forma" in forma:
        return str(forma["x-forma"])
    tipos = forma.get("type", "")
    nombres = [_TIPOS[t] for t in ([tipos] if isinstance(tipos, str) else tipos) if t != "null"]
    elementos = forma.get("items", {})
    if nombres == ["lista"] and "enum" in elementos:
        return f"lista de {_admite(elementos)}"
    return " o ".join(nombres)


def _omision(forma: Mapping[str, Any]) -> str:
    if "default" not in forma or forma["default"] in ("", [], {}):
        return ""
    valor = forma["default"]
    if isinstance(valor, bool):
        return "`true`" if valor else "`false`"
    return f"`[{', '.join(valor)}]`" if isinstance(valor, list) else f"`{valor}`"
