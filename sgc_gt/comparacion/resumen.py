"""La fila que se propone para el control de cambios: qué secciones y qué se hizo, en pocas palabras.

La escribe el sistema y la lee un auditor: si el cambio cabe en una cita, se cita; si no, se dice qué se
agregó, modificó o suprimió y dónde. Nunca es más larga que una celda que se pueda leer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from sgc_gt.comparacion.secciones import NUEVA, SIN_SECCION, SUPRIMIDA
from sgc_gt.dominio.textos import cita, enumerar, mayuscula, una_linea

LARGO_FILA = 280
"""Caracteres de cada celda: unos seis renglones en la columna de la plantilla."""
LARGO_SECCIONES = 170
"""La columna de secciones es más angosta."""
LARGO_NOMBRE = 60
NINGUNA = "Ninguna"
"""Lo que dice la celda de las secciones si no cambió ninguna."""
CITADOS = 3
"""Hasta aquí cada cambio se cita; con más, se agrupan por lo que se hizo."""

Cambios = Sequence[Mapping[str, Any]]


class Fila(NamedTuple):
    """Las dos celdas que se proponen."""

    secciones: str
    descripcion: str


def proponer(cambios: Cambios) -> Fila:
    """La fila que corresponde a los cambios por sección (`comparar_secciones`)."""
    if not cambios:
        return Fila(NINGUNA, "Sin cambios en el texto")
    nombres = [_nombre(c) for c in cambios]
    return Fila(_hasta(nombres, "; ", LARGO_SECCIONES), mayuscula(_describir(cambios)))


def _describir(cambios: Cambios) -> str:
    if sum(1 if c["situacion"] else len(c["cambios"]) for c in cambios) <= CITADOS:
        citados = "; ".join(frase for c in cambios for frase in _citas(c))
        if len(citados) <= LARGO_FILA:
            return citados
    frases = [
        (verbo, [_nombre(c) for c in cambios if _hecho(c) == clave])
        for clave, verbo in (
            (NUEVA, "agrega la sección"),
            ("agregado", "agrega texto en"),
            ("modificado", "modifica"),
            ("suprimido", "suprime texto en"),
            (SUPRIMIDA, "suprime la sección"),
        )
    ]
    con_algo = [(verbo, nombres) for verbo, nombres in frases if nombres]
    if len(con_algo) == 1 and len(cambios) > CITADOS:  # la celda de al lado ya las nombra
        return f"{con_algo[0][0]} {len(cambios)} secciones".replace("la sección ", "")
    entera = "; ".join(f"{verbo} {enumerar(nombres)}" for verbo, nombres in con_algo)
    if len(entera) <= LARGO_FILA:
        return entera
    lugar = LARGO_FILA // len(con_algo) - 30
    return "; ".join(f"{verbo} {_hasta(nombres, ', ', lugar)}" for verbo, nombres in con_algo)


def _hecho(entrada: Mapping[str, Any]) -> str:
    """Lo que le pasó a la sección: nueva, suprimida, o lo que todos sus cambios tienen en común."""
    clases = {c["tipo"] for c in entrada["cambios"]}
    return str(entrada["situacion"] or (clases.pop() if len(clases) == 1 else "modificado"))


def _citas(entrada: Mapping[str, Any]) -> Iterable[str]:
    nombre = _nombre(entrada)
    if entrada["situacion"]:
        yield f"{'agrega' if entrada['situacion'] == NUEVA else 'suprime'} la sección {nombre}"
        return
    donde = nombre.lower() if nombre == SIN_SECCION else f"en {nombre}"
    for c in entrada["cambios"]:
        antes, despues = una_linea(c["antes"]), una_linea(c["despues"])
        if c["tipo"] == "agregado":
            yield f"{donde} agrega {cita(despues)}"
        elif c["tipo"] == "suprimido":
            yield f"{donde} suprime {cita(antes)}"
        else:
            viejo, nuevo = _lo_distinto(antes, despues)
            if viejo and nuevo:
                yield f"{donde} cambia {cita(viejo)} por {cita(nuevo)}"
            elif viejo or nuevo:
                yield f"{donde} {'agrega' if nuevo else 'suprime'} {cita(nuevo or viejo)}"
            else:  # mismas palabras: una imagen, un enlace, el nivel de una lista
                yield f"modifica {nombre}"


def _lo_distinto(antes: str, despues: str) -> tuple[str, str]:
    """Las palabras en que dos textos difieren, sin lo que comparten al comienzo y al final."""
    a, b = antes.split(), despues.split()
    inicio = len(list(takewhile(lambda par: par[0] == par[1], zip(a, b, strict=False))))
    a, b = a[inicio:], b[inicio:]
    final = len(list(takewhile(lambda par: par[0] == par[1], zip(reversed(a), reversed(b), strict=False))))
    return " ".join(a[: len(a) - final]), " ".join(b[: len(b) - final])


def _nombre(entrada: Mapping[str, Any]) -> str:
    return cita(str(entrada["seccion"]), LARGO_NOMBRE).strip("«»")


def _hasta(nombres: Sequence[str], union: str, largo: int) -> str:
    """Los nombres que caben y cuántos quedan fuera: «1 Objetivo; 2 Alcance y 7 más»."""
    caben = 1
    while caben < len(nombres) and len(union.join(nombres[: caben + 1])) + 10 <= largo:
        caben += 1
    resto = len(nombres) - caben
    return union.join(nombres[:caben]) + (f" y {resto} más" if resto else "")
