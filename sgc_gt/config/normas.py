"""Las ediciones de la norma: las que trae el programa y la que alguien agregue, validadas enteras.

Un archivo se acepta completo o se rechaza con todos sus problemas: forma (jsonschema), evidencias que no
están en el catálogo, cláusulas repetidas y cruces que nombran una que no existe o dejan alguna sin destino.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from sgc_gt.config.defectos import defectos
from sgc_gt.config.esquemas import esquema
from sgc_gt.config.lectura import leer
from sgc_gt.config.lugares import Archivo, Ruta
from sgc_gt.config.oraciones import sugerencia
from sgc_gt.dominio.normas import CON_DATOS, EVIDENCIAS, Clausula, Correspondencia, Cruce, Norma
from sgc_gt.errores import ConfiguracionInvalida, Problema

CARPETA = "normas"


@cache
def del_programa() -> tuple[Norma, ...]:
    """Las ediciones que trae el programa, de la más nueva a la más antigua."""
    carpeta = files("sgc_gt").joinpath(CARPETA)
    normas: dict[str, Norma] = {}
    for archivo in sorted(
        carpeta.iterdir(), key=lambda a: a.name
    ):  # la anterior se lee antes que quien la cruza
        if archivo.name.endswith(".yaml"):
            norma = leer_norma(archivo.read_bytes(), archivo.name, normas)
            normas[norma.edicion] = norma
    return tuple(reversed(normas.values()))


def leer_norma(datos: bytes, nombre: str, conocidas: Mapping[str, Norma] | None = None) -> Norma:
    """La edición que el archivo describe; ConfiguracionInvalida con todos sus problemas y sus líneas.

    `conocidas`: las ediciones con que se puede cruzar. El cruce con una que no está se acepta sin revisar sus
    cláusulas: se sabrá al pedir la transición.
    """
    archivo, problemas = leer(datos, nombre)
    if not problemas and archivo.valor is None:
        problemas = (Problema("está vacío", nombre),)
    if not problemas:
        de_forma = [archivo.problema(d.ruta, d.mensaje) for d in defectos(esquema("norma"), archivo.valor)]
        problemas = tuple(de_forma) or tuple(_referencias(archivo, conocidas or {}))
    if problemas:
        raise ConfiguracionInvalida(
            f"el archivo no sirve como edición de la norma: {_cuantos(len(problemas))}",
            lugar=nombre,
            problemas=problemas,
            hacer="corrija lo indicado y repita; la forma está en docs/uso/normas.md",
        )
    return _armar(archivo.valor)


def _cuantos(n: int) -> str:
    return "tiene un problema" if n == 1 else f"tiene {n} problemas"


def _referencias(archivo: Archivo, conocidas: Mapping[str, Norma]) -> Iterator[Problema]:
    """Lo que un esquema no ve: nombres que no existen, repetidos, y un cruce que no cierra."""
    vistas: set[str] = set()
    for i, c in enumerate(archivo.valor["clausulas"]):
        if c["numero"] in vistas:
            yield archivo.problema(("clausulas", i, "numero"), f"la cláusula «{c['numero']}» está repetida")
        vistas.add(c["numero"])
        yield from _evidencias(archivo, i, c)
    cruce = archivo.valor.get("cruce")
    if cruce:
        yield from _cruce(archivo, cruce, vistas, conocidas.get(cruce["con"]))


def _evidencias(archivo: Archivo, i: int, clausula: Mapping[str, Any]) -> Iterator[Problema]:
    for j, nombre in enumerate(clausula.get("evidencias", ())):
        if nombre not in EVIDENCIAS:
            parecida = sugerencia(nombre, EVIDENCIAS)
            yield archivo.problema(
                ("clausulas", i, "evidencias", j), f"«{nombre}» no es una evidencia del catálogo{parecida}"
            )
        elif nombre in CON_DATOS and not clausula.get("datos"):
            yield archivo.problema(("clausulas", i), f"«{nombre}» necesita que «datos» diga qué buscar")


def _cruce(
    archivo: Archivo, cruce: Mapping[str, Any], propias: set[str], anterior: Norma | None
) -> Iterator[Problema]:
    """Cada nombre existe en su edición y ninguna cláusula queda sin decir a dónde va o de dónde viene."""
    antes = {c.numero for c in anterior.clausulas} if anterior else None
    idas = [*_nombres(cruce, "filas", "antes"), *_nombres(cruce, "desaparecen", "clausula")]
    venidas = [*_nombres(cruce, "filas", "ahora"), *_nombres(cruce, "nuevas", "clausula")]
    for nombrados, existen, edicion in (
        (idas, antes, cruce["con"]),
        (venidas, propias, archivo.valor["edicion"]),
    ):
        for ruta, numero in nombrados:
            if existen is not None and numero not in existen:
                yield archivo.problema(ruta, f"«{numero}» no es una cláusula de {edicion}")
    van = {numero for _, numero in idas}
    sin_destino = [c.numero for c in (anterior.clausulas if anterior else ()) if c.numero not in van]
    if sin_destino:
        yield archivo.problema(("cruce",), f"no dice a dónde va, de {cruce['con']}: {', '.join(sin_destino)}")
    vienen = {numero for _, numero in venidas}
    sin_origen = [c["numero"] for c in archivo.valor["clausulas"] if c["numero"] not in vienen]
    if sin_origen:
        yield archivo.problema(
            ("cruce",), f"no dice de dónde viene, ni que sea nueva: {', '.join(sin_origen)}"
        )


def _nombres(cruce: Mapping[str, Any], lista: str, clave: str) -> Iterator[tuple[Ruta, str]]:
    """Las cláusulas que una parte del cruce nombra, y dónde."""
    for i, fila in enumerate(cruce.get(lista, ())):
        valor = fila[clave]
        if isinstance(valor, list):
            yield from ((("cruce", lista, i, clave, j), numero) for j, numero in enumerate(valor))
        else:
            yield ("cruce", lista, i, clave), valor


def _armar(v: Mapping[str, Any]) -> Norma:
    cruce = v.get("cruce")
    return Norma(
        edicion=v["edicion"],
        estado=v["estado"],
        clausulas=tuple(
            Clausula(
                c["numero"],
                c["titulo"],
                c["pide"].strip(),
                tuple(c.get("evidencias", ())),
                tuple(c.get("datos", ())),
                c.get("no_aplica", ""),
            )
            for c in v["clausulas"]
        ),
        enmiendas=tuple(v.get("enmiendas", ())),
        reemplaza=v.get("reemplaza", ""),
        cruce=cruce and _armar_cruce(cruce),
    )


def _armar_cruce(v: Mapping[str, Any]) -> Cruce:
    return Cruce(
        con=v["con"],
        filas=tuple(Correspondencia(f["antes"], tuple(f["ahora"]), f["cambia"]) for f in v["filas"]),
        nuevas=tuple((n["clausula"], n["falta"]) for n in v.get("nuevas", ())),
        desaparecen=tuple((d["clausula"], d["que"]) for d in v.get("desaparecen", ())),
    )
