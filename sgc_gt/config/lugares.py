"""Dónde está cada cosa en un archivo, escrito para quien lo va a corregir.

`sgc.yaml:14: personas[2](correo='x').cargo`: el archivo, la línea, y el camino de claves. El número cuenta
desde uno, como cuenta la gente, y el paréntesis dice de quién se habla sin tener que contar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sgc_gt.dominio.rutas import CONFIGURACION
from sgc_gt.errores import ConfiguracionInvalida, Problema

Ruta = tuple[str | int, ...]
"""El camino de claves y posiciones (desde cero) hasta un valor."""

_SENAS = ("correo", "codigo", "cod", "id", "documento", "oficio", "acto", "titulo", "nombre")
"""Claves por las que una persona reconoce un elemento de una lista, en orden de preferencia."""


class Lineas(NamedTuple):
    """La línea en que está cada valor de un archivo; la de lo que falta es la de quien debía tenerlo."""

    marcas: Mapping[Ruta, int]

    def de(self, ruta: Ruta) -> int:
        """La línea de esa ruta, o de lo más cercano que la contiene; 0 si no se sabe."""
        for fin in range(len(ruta), -1, -1):
            if ruta[:fin] in self.marcas:
                return self.marcas[ruta[:fin]]
        return 0


SIN_LINEAS = Lineas({})
"""Para datos que no vienen de un archivo de texto (un formulario de Excel)."""


class Archivo(NamedTuple):
    """Un archivo leído: su nombre, su valor y dónde está cada parte."""

    nombre: str
    valor: Any
    lineas: Lineas

    def lugar(self, ruta: Ruta) -> str:
        """El lugar de esa ruta para un mensaje."""
        linea = self.lineas.de(ruta)
        cabeza = f"{self.nombre}:{linea}" if linea else self.nombre
        camino = escribir_camino(ruta, self.valor)
        return ": ".join(parte for parte in (cabeza, camino) if parte)

    def problema(self, ruta: Ruta, mensaje: str, esperado: str = "", hacer: str = "") -> Problema:
        """Un problema en ese lugar."""
        return Problema(mensaje, self.lugar(ruta), esperado, hacer)


def escribir_camino(ruta: Ruta, raiz: object) -> str:
    """`cargos.dn.subrogantes[1]`, con la seña de cada elemento de lista que la tenga."""
    camino, valor = "", raiz
    for paso in ruta:
        valor = _bajar(valor, paso)
        if isinstance(paso, int):
            camino += f"[{paso + 1}]{_sena(valor)}"
        else:
            camino += f".{paso}" if camino else paso
    return camino


def _bajar(valor: Any, paso: str | int) -> Any:
    if isinstance(valor, dict):
        return valor.get(paso)
    if isinstance(valor, list) and isinstance(paso, int) and paso < len(valor):
        return valor[paso]
    return None


def _sena(valor: Any) -> str:
    if not isinstance(valor, dict):
        return ""
    for clave in _SENAS:
        texto = valor.get(clave)
        if isinstance(texto, str) and texto:
            corto = texto if len(texto) <= 40 else texto[:39] + "…"
            return f"({clave}='{corto}')"
    return ""


def exigir_sin(problemas: Iterable[Problema]) -> None:
    """ConfiguracionInvalida con todos los problemas, si hay alguno: `sgc.yaml` primero, y por línea."""
    lista = sorted(dict.fromkeys(problemas), key=_orden)
    if lista:
        cuantos = "hay 1 problema" if len(lista) == 1 else f"hay {len(lista)} problemas"
        raise ConfiguracionInvalida(
            f"la configuración no se puede usar: {cuantos}",
            problemas=lista,
            hacer="corrija lo indicado y repita",
        )


def _orden(problema: Problema) -> tuple[bool, str, int]:
    con_linea = re.match(r"(.+?):(\d+)(?:: |$)", problema.lugar)
    nombre = con_linea.group(1) if con_linea else problema.lugar
    return nombre != CONFIGURACION, nombre, int(con_linea.group(2)) if con_linea else 0
