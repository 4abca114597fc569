"""Un valor del dato y la celda en que una persona lo lee y lo escribe.

Aquí, lo que la persona ve; `lectura_celdas` entiende lo que escribe.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.opciones import nombre_opcion
from sgc_gt.dominio.regiones import REGIONES as CATALOGO
from sgc_gt.listas.formularios.partes import (
    CARGO,
    FECHA,
    FILAS,
    LISTA,
    OPCION,
    REGION,
    REGIONES,
    TEXTO,
    Campo,
    clase_de,
)

Celda = str | int | float | date | None
SI, NO = "Sí", "No"
TODAS = "todas"
SIGUE = "↳ "
"""Con qué empieza una línea que continúa el elemento anterior de una lista."""
JEFATURA = "jefatura_regional"


class Nombres(NamedTuple):
    """Cómo se llaman las cosas del servicio: cargos por su clave, y las regiones que existían en la fecha."""

    cargos: Mapping[str, str] = {}
    regiones: tuple[str, ...] = ()
    conocidos: frozenset[str] = frozenset()
    """Lo que ya estaba en los datos: se admite aunque hoy no esté en las listas."""


def a_celda(campo: Campo, valor: Any, nombres: Nombres) -> Celda:
    """Lo que la persona ve en la celda; un valor de otra clase, tal cual está escrito."""
    if valor is None:
        return None
    if isinstance(valor, list) and campo.clase in (LISTA, REGIONES, FILAS):
        return _lista_a_texto(campo, valor, nombres)
    if isinstance(valor, (list, dict)):
        return json.dumps(valor, ensure_ascii=False)
    if isinstance(valor, bool):
        return SI if valor else NO
    if isinstance(valor, (int, float)):
        return valor
    texto = str(valor)
    if campo.clase == FECHA:
        try:
            return date.fromisoformat(texto)
        except ValueError:
            return texto
    return _nombrar(campo.clase, texto, nombres)


def _nombrar(clase: str, texto: str, nombres: Nombres) -> str:
    if clase == OPCION:
        return nombre_opcion(texto)
    if clase == REGION:
        return nombre_region(texto)
    return nombre_cargo(texto, nombres) if clase == CARGO else texto


def nombre_region(codigo: str) -> str:
    """«11 Aysén del General Carlos Ibáñez del Campo»; el código solo si no es de ninguna."""
    return f"{codigo} {CATALOGO[codigo].nombre}" if codigo in CATALOGO else codigo


def nombre_cargo(cargo: str, nombres: Nombres) -> str:
    """El nombre del cargo si lo distingue de los demás; si no, su clave."""
    if cargo == JEFATURA:
        return nombre_opcion(cargo)
    nombre = nombres.cargos.get(cargo, cargo)
    repetido = sum(1 for otro in nombres.cargos.values() if otro == nombre) > 1
    return cargo if repetido else nombre


def _lista_a_texto(campo: Campo, valor: list[Any], nombres: Nombres) -> str:
    if campo.clase == FILAS:
        return "\n".join(" | ".join(str(c) for c in f) if isinstance(f, list) else str(f) for f in valor)
    if campo.clase == REGIONES:
        return ", ".join(str(v) for v in valor)
    clase = clase_del_elemento(campo)
    textos = [_nombrar(clase, como_texto(v), nombres) for v in valor]
    if separador_de(campo) == "\n":
        return "\n".join(t.replace("\n", f"\n{SIGUE}") for t in textos)
    return separador_de(campo).join(textos)


def clase_del_elemento(campo: Campo) -> str:
    elemento = campo.esquema.get("items", {})
    return clase_de({**elemento, **({"x-referencia": campo.referencia} if campo.referencia else {})})


def separador_de(campo: Campo) -> str:
    """Qué separa los elementos de una lista: frases, una por línea; siglas, con coma; cargos, con «;»."""
    clase = clase_del_elemento(campo)
    if clase == CARGO:
        return "; "
    return "\n" if clase == TEXTO and not campo.referencia and not _es_sigla(campo) else ", "


def _es_sigla(campo: Campo) -> bool:
    return "pattern" in campo.esquema.get("items", {})


def como_texto(valor: Any) -> str:
    """Un número como una persona lo escribiría en Chile; un texto, igual."""
    if isinstance(valor, bool):
        return SI if valor else NO
    if isinstance(valor, float):
        return str(int(valor)) if valor.is_integer() else repr(valor).replace(".", ",")
    if isinstance(valor, datetime | date):
        return imprimir_fecha(valor.date() if isinstance(valor, datetime) else valor)
    return str(valor)
