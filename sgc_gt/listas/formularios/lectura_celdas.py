"""Lo que una persona escribió en una celda, vuelto dato.

Se admite lo que la gente escribe en Excel: «1.234,5», «45 %», «Sí», «15-03-2025», «Aysén», «15, 01». Lo
que no se entiende se dice con lo que se esperaba; aquí no se adivina.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sgc_gt.config.oraciones import sugerencia
from sgc_gt.dominio.fechas import NOMBRES_MESES, leer_fecha
from sgc_gt.dominio.opciones import leer_opcion, nombre_opcion
from sgc_gt.dominio.regiones import REGIONES as CATALOGO
from sgc_gt.dominio.regiones import leer_region, quizas
from sgc_gt.dominio.textos import cita, comparable, prohibidos
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.listas.formularios.celdas import (
    JEFATURA,
    SIGUE,
    TODAS,
    Nombres,
    clase_del_elemento,
    como_texto,
    separador_de,
)
from sgc_gt.listas.formularios.partes import (
    CARGO,
    ENTERO,
    FECHA,
    FILAS,
    LISTA,
    NUMERO,
    OPCION,
    OTRO,
    REGION,
    REGIONES,
    SI_NO,
    TEXTO,
    Campo,
    tipos_de,
)

_SI = frozenset({"si", "s", "x", "verdadero", "true", "1"})
_NO = frozenset({"no", "n", "falso", "false", "0"})
_NUMERO = re.compile(r"([-−]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?|([-−]?\d+\.\d+)", re.ASCII)
_TOPE = 10**15
"""Excel guarda quince cifras; de un número mayor ya no se sabe cuál era."""
_DIA = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)


class NoSeEntiende(Exception):
    """Lo escrito en una celda no es lo que ahí va."""

    def __init__(self, mensaje: str, esperado: str = "") -> None:
        super().__init__(mensaje)
        self.mensaje = mensaje
        self.esperado = esperado


def de_celda(campo: Campo, valor: Any, formato: str, nombres: Nombres) -> Any:
    """El dato que la celda dice, o None si está vacía. `formato`: el que la celda tiene en Excel."""
    limpio = limpiar(valor)
    if limpio is None or limpio == "":
        return None
    if isinstance(limpio, str) and (malos := prohibidos(limpio)):
        raise NoSeEntiende(f"hay caracteres que no se pueden guardar ({malos})", "el texto sin ellos")
    return _LECTORES[campo.clase](campo, limpio, formato, nombres)


def limpiar(valor: Any) -> Any:
    """El texto sin espacios alrededor, en NFC y con saltos de línea corrientes; lo demás, igual."""
    if not isinstance(valor, str):
        return valor
    lineas = valor.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").split("\n")
    return unicodedata.normalize("NFC", "\n".join(linea.rstrip() for linea in lineas).strip())


def _texto(campo: Campo, valor: Any, _formato: str, nombres: Nombres) -> str:
    texto = como_texto(valor)
    return _sigla(texto, nombres) if campo.referencia else texto


def _sigla(texto: str, nombres: Nombres) -> str:
    """La sigla como ya está escrita en los datos: «pe2» y «PE2» son el mismo producto."""
    if texto in nombres.conocidos:
        return texto
    iguales = {c for c in nombres.conocidos if c.casefold() == texto.casefold()}
    return iguales.pop() if len(iguales) == 1 else texto


def leer_numero(valor: Any, formato: str) -> int | float:
    """El número que la persona ve: 0,45 con formato de porcentaje es 45. NoSeEntiende si no es un número."""
    if isinstance(valor, (int, float)) and not isinstance(valor, bool):
        return _sin_decimal(Decimal(repr(valor)) * (100 if "%" in formato else 1))
    if isinstance(valor, (date, datetime)):
        raise NoSeEntiende(
            "hay una fecha donde va un número",
            "un número; ponga la celda en formato General y escríbalo de nuevo",
        )
    if isinstance(valor, str):
        texto = re.sub(r"^(?:M?\$)|%$|\s", "", valor.strip())
        if hallado := _NUMERO.fullmatch(texto):
            signo, entero, decimales, ingles = hallado.groups()
            plano = ingles or f"{signo}{entero.replace('.', '')}.{decimales or '0'}"
            return _sin_decimal(Decimal(plano.replace("−", "-")))
    raise NoSeEntiende(f"{cita(como_texto(valor))} no es un número", "un número, como 1.234,5")


def _sin_decimal(numero: Decimal) -> int | float:
    if abs(numero) >= _TOPE:
        raise NoSeEntiende("el número es demasiado grande", "un número de hasta 15 cifras")
    return int(numero) if numero == numero.to_integral_value() else float(numero)


def _numero(_campo: Campo, valor: Any, formato: str, _nombres: Nombres) -> int | float:
    return leer_numero(valor, formato)


def _entero(campo: Campo, valor: Any, formato: str, _nombres: Nombres) -> int:
    if es_mes(campo) and isinstance(valor, str) and (mes := _mes(valor)):
        return mes
    numero = leer_numero(valor, formato)
    if not isinstance(numero, int):
        raise NoSeEntiende(f"{cita(como_texto(numero))} lleva decimales", "un número entero")
    return numero


def es_mes(campo: Campo) -> bool:
    """Si el número es el de un mes."""
    topes = (campo.esquema.get("minimum"), campo.esquema.get("maximum"))
    return topes == (1, 12) and bool(campo.ruta)


def _mes(texto: str) -> int:
    dicho = comparable(texto)
    return next((n for n, m in enumerate(NOMBRES_MESES, 1) if dicho in (m, m[:3])), 0)


def _si_no(_campo: Campo, valor: Any, _formato: str, _nombres: Nombres) -> bool:
    dicho = comparable(valor) if isinstance(valor, str) else str(valor).lower()
    if dicho in _SI or dicho in _NO:
        return dicho in _SI
    raise NoSeEntiende(f"{cita(como_texto(valor))} no es Sí ni No", "Sí o No")


def _fecha(_campo: Campo, valor: Any, _formato: str, _nombres: Nombres) -> str:
    if isinstance(valor, datetime):
        return valor.date().isoformat()
    if isinstance(valor, date):
        return valor.isoformat()
    texto = como_texto(valor).strip()
    if hallado := _DIA.fullmatch(texto):
        dia, mes, anio = hallado.groups()
        texto = f"{dia:0>2}-{mes:0>2}-{anio}"
    try:
        return leer_fecha(texto).isoformat()
    except UsoIncorrecto as error:
        raise NoSeEntiende(error.mensaje, "una fecha, como 15-03-2025") from None


def _opcion(campo: Campo, valor: Any, _formato: str, nombres: Nombres) -> str:
    return _elegida(como_texto(valor), campo.esquema["enum"], nombres)


def _elegida(texto: str, opciones: Any, nombres: Nombres) -> str:
    validas = [str(o) for o in opciones if o is not None]
    hallada = leer_opcion(texto, validas)
    if hallada or texto in nombres.conocidos & set(validas):
        return hallada or texto
    visibles = [nombre_opcion(o) for o in validas]
    raise NoSeEntiende(
        f"{cita(texto)} no es una de las opciones{sugerencia(texto, visibles)}",
        "una de: " + ", ".join(visibles),
    )


def _region(_campo: Campo, valor: Any, _formato: str, nombres: Nombres) -> str:
    return una_region(valor, nombres)


def una_region(valor: Any, nombres: Nombres) -> str:
    """El código de la región que la celda nombra, de las que existían; NoSeEntiende si no."""
    texto = como_texto(valor).strip()
    numero = re.match(r"(\d{1,2})(?!\d)", texto, re.ASCII)
    dicho = numero.group(1) if numero else texto
    hallada = leer_region(dicho)
    codigo = hallada.codigo if hallada else dicho.zfill(2) if numero else ""
    if codigo in nombres.regiones or codigo in nombres.conocidos:
        return codigo
    if codigo in CATALOGO:
        raise NoSeEntiende(
            f"{CATALOGO[codigo].nombre} no está entre las regiones de este documento", _codigos(nombres)
        )
    raise NoSeEntiende(
        f"{cita(texto)} no es una región{quizas(dicho)}", "el código o el nombre, como 11 o Aysén"
    )


def _codigos(nombres: Nombres) -> str:
    return f"una de: {', '.join(nombres.regiones)}"


def _regiones(campo: Campo, valor: Any, _formato: str, nombres: Nombres) -> Any:
    texto = _enumerados(valor)
    if "string" in tipos_de(campo.esquema) and comparable(texto) in (TODAS, "todas las regiones", "todos"):
        return TODAS
    return [una_region(parte, nombres) for parte in _partir(texto, r"[;,\n]|\s+y\s+")]


def _cargo(_campo: Campo, valor: Any, _formato: str, nombres: Nombres) -> str:
    return _un_cargo(como_texto(valor), nombres)


def _un_cargo(texto: str, nombres: Nombres) -> str:
    dicho = comparable(texto)
    if texto in nombres.cargos:
        return texto
    if dicho in (comparable(JEFATURA), comparable(nombre_opcion(JEFATURA))):
        return JEFATURA
    iguales = [id_ for id_, nombre in nombres.cargos.items() if comparable(nombre) == dicho]
    if len(iguales) == 1:
        return iguales[0]
    if texto in nombres.conocidos:
        return texto
    if iguales:
        raise NoSeEntiende(f"hay varios cargos que se llaman {cita(texto)}", f"uno de: {', '.join(iguales)}")
    raise NoSeEntiende(
        f"{cita(texto)} no es un cargo del servicio{sugerencia(texto, nombres.cargos.values())}",
        "un cargo de la hoja «Listas»",
    )


def _lista(campo: Campo, valor: Any, formato: str, nombres: Nombres) -> list[Any]:
    clase, elemento = clase_del_elemento(campo), campo.esquema.get("items", {})
    texto = _enumerados(valor)
    if separador_de(campo) == "\n":
        return _frases(texto)
    partes = _partir(texto, r"[;\n]" if clase == CARGO else r"[;,\n]")
    if clase == TEXTO:
        cita_siglas = campo.referencia or elemento.get("x-referencia")
        return [_sigla(p, nombres) for p in partes] if cita_siglas else partes
    propio = campo._replace(esquema=elemento, ruta=(*campo.ruta, "-"))
    lector = _un_cargo if clase == CARGO else None
    return [lector(p, nombres) if lector else _LECTORES[clase](propio, p, formato, nombres) for p in partes]


def _enumerados(valor: Any) -> str:
    """Los elementos como texto. Excel guarda «6,10» como el número 6,1: ya no se sabe qué se escribió."""
    if isinstance(valor, float) and not valor.is_integer():
        raise NoSeEntiende(
            f"Excel tomó la lista por un solo número, {cita(como_texto(valor))}",
            "los valores separados por «;», en una celda con formato Texto",
        )
    return como_texto(valor)


def _frases(texto: str) -> list[str]:
    frases: list[str] = []
    for linea in texto.split("\n"):
        if linea.startswith(SIGUE.strip()) and frases:
            frases[-1] += "\n" + linea.removeprefix(SIGUE.strip()).removeprefix(" ")
        elif linea.strip():
            frases.append(linea.strip())
    return frases


def _partir(texto: str, separadores: str) -> list[str]:
    return [p for p in (parte.strip() for parte in re.split(separadores, texto)) if p]


def _filas(_campo: Campo, valor: Any, _formato: str, _nombres: Nombres) -> list[list[str]]:
    texto = como_texto(valor)
    return [[c.strip() for c in linea.split("|")] for linea in texto.split("\n") if linea.strip()]


def _otro(_campo: Campo, valor: Any, _formato: str, _nombres: Nombres) -> Any:
    if not isinstance(valor, str):
        return valor
    if valor[:1] not in "[{":
        return valor
    try:
        return json.loads(valor)
    except ValueError:
        raise NoSeEntiende(
            "este dato tiene una forma que no cabe en una celda", "lo que traía el formulario, sin cambios"
        ) from None


_Lector = Callable[[Campo, Any, str, Nombres], Any]
_LECTORES: Mapping[str, _Lector] = {
    TEXTO: _texto,
    NUMERO: _numero,
    ENTERO: _entero,
    SI_NO: _si_no,
    FECHA: _fecha,
    OPCION: _opcion,
    REGION: _region,
    REGIONES: _regiones,
    CARGO: _cargo,
    LISTA: _lista,
    FILAS: _filas,
    OTRO: _otro,
}
