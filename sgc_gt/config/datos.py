"""Los datos de un documento contra el esquema de su tipo: qué falta, dónde, y qué requisito no se responde.

Aquí no se decide si es grave: un borrador puede estar incompleto y lo enviado no. Eso lo sabe quien llama.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sgc_gt.config.defectos import Defecto, defectos
from sgc_gt.config.lugares import SIN_LINEAS, Archivo, Lineas, Ruta
from sgc_gt.config.oraciones import FALTA
from sgc_gt.config.saltos import resolver
from sgc_gt.dominio.lugar_datos import Palabras, en_palabras
from sgc_gt.dominio.requisitos import requisitos_de
from sgc_gt.dominio.totales import Descuadre, descuadres
from sgc_gt.errores import Problema

CUADRE = "cuadre"
"""Clase de un total de control que no es la suma de sus filas."""

__all__ = ["Falta", "requisitos_de", "validar_datos"]


class Falta(NamedTuple):
    """Un defecto de los datos.

    `clase`: «falta» (no está o está vacío), «forma» (está y no sirve), «sobra» (nadie conoce esa clave),
    «cuadre» (un total de control que no es la suma de sus filas), «repetido» (una fila que otra ya dijo).
    `requisito` es el más cercano al defecto; `requisitos`, todos los que la parte ausente debía responder.
    `titulo` es el nombre de la parte para una persona.
    """

    requisito: str
    ruta: Ruta
    linea: int
    lugar: str
    titulo: str
    mensaje: str
    clase: str
    requisitos: tuple[str, ...] = ()
    palabras: Palabras = ()
    """El mismo lugar con las palabras del formulario."""

    @property
    def incompleta(self) -> bool:
        """Si solo falta escribir: lo escrito no está mal. Un total no calza mientras falten filas."""
        return self.clase in (FALTA, CUADRE)

    @property
    def donde(self) -> str:
        """«Mediciones, fila 1, Nombre (línea 5 de los datos)»."""
        return en_palabras(self.palabras, self.linea)

    def problema(self) -> Problema:
        """La falta como parte de un rechazo."""
        return Problema(self.mensaje, self.lugar)


def palabras_de(esquema: Mapping[str, Any], ruta: Ruta) -> Palabras:
    """La ruta con los títulos que el esquema da a cada parte; una fila, con su número."""
    palabras: list[str | int] = []
    actual = esquema
    for paso in ruta:
        if isinstance(paso, int):
            palabras.append(paso + 1)
            actual = _seguir(esquema, actual.get("items"))
        else:
            actual = _seguir(esquema, actual.get("properties", {}).get(paso))
            palabras.append(str(actual.get("title") or paso.replace("_", " ").capitalize()))
    return tuple(palabras)


def _seguir(raiz: Mapping[str, Any], parte: Any) -> Mapping[str, Any]:
    """La parte del esquema, o aquella a la que apunta."""
    if isinstance(parte, Mapping) and "$ref" in parte:
        parte = {**(resolver(raiz, str(parte["$ref"])) or {}), **parte}
    return parte if isinstance(parte, Mapping) else {}


def validar_datos(
    esquema: Mapping[str, Any], datos: object, lugar: str, lineas: Lineas | None = None
) -> list[Falta]:
    """Las faltas de los datos, en el orden del archivo; `lugar` es el nombre del archivo en los mensajes."""
    archivo = Archivo(lugar, datos, lineas or SIN_LINEAS)
    faltas = [_falta(archivo, defecto) for defecto in defectos(esquema, datos)] if esquema else []
    faltas += [_sin_cuadrar(archivo, d) for d in descuadres(esquema, datos)] if esquema else []
    con_palabras = (f._replace(palabras=palabras_de(esquema, f.ruta)) for f in faltas)
    return sorted(con_palabras, key=lambda f: f.linea)


def _sin_cuadrar(archivo: Archivo, d: Descuadre) -> Falta:
    ruta, linea = d.ruta, archivo.lineas.de(d.ruta)
    return Falta(d.requisito, ruta, linea, archivo.lugar(ruta), d.titulo, d.mensaje, CUADRE)


def _falta(archivo: Archivo, defecto: Defecto) -> Falta:
    propios = [str(e["x-requisito"]) for e in defecto.esquemas if "x-requisito" in e]
    titulos = [str(e["title"]) for e in defecto.esquemas if "title" in e]
    requisito = propios[-1] if propios else ""
    dentro = requisitos_de(defecto.esquemas[-1]) if defecto.clase == FALTA and defecto.esquemas else ()
    return Falta(
        requisito=requisito,
        ruta=defecto.ruta,
        linea=archivo.lineas.de(defecto.ruta),
        lugar=archivo.lugar(defecto.ruta),
        titulo=titulos[-1] if titulos else "",
        mensaje=defecto.mensaje,
        clase=defecto.clase,
        requisitos=tuple(dict.fromkeys(r for r in (requisito, *dentro) if r)),
    )
