"""El bloque de firmas y la tabla de control de cambios, escritos como cada servicio los escribe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sgc_gt.dominio import lectura_rotulos as rotulos
from sgc_gt.dominio import rotulos_palabras as palabras
from sgc_gt.dominio.forma import TABLA, Bloque, Celda, texto_de
from sgc_gt.dominio.lectura_fechas import FechaLeida, fecha_en
from sgc_gt.dominio.lectura_versiones import clave_version, leer_version
from sgc_gt.dominio.nombres_secciones import llano

_DE_VERSION = re.compile(r"\b(?:version|revision|rev|edicion|n[°ºo.]?|numero)\b")
_DE_CAMBIO = re.compile(r"\b(?:cambios?|modificacion(?:es)?|modificad[oa]|motivo|descripcion|detalle)\b")


class Firma(NamedTuple):
    """Quién elaboró, revisó o aprobó, según el documento."""

    rol: str
    """«elaboro», «reviso» o «aprobo»."""
    persona: str = ""
    cargo: str = ""
    fecha: FechaLeida | None = None

    @property
    def texto(self) -> str:
        return ", ".join(filter(None, (self.persona, self.cargo)))


class Cambio(NamedTuple):
    """Una fila de la tabla de control de cambios."""

    version: str
    fecha: FechaLeida | None
    fila: str


# ---- firmas -----------------------------------------------------------------------------------------------


def firmas_en(bloques: Iterable[Bloque]) -> list[Firma]:
    """Las firmas de la primera tabla que nombra al menos dos de los tres roles; vacío si ninguna."""
    for bloque in bloques:
        if bloque.clase != TABLA:
            continue
        filas = [list(fila) for fila in bloque.filas]
        hallada = _por_columnas(filas) or _por_filas(filas)
        if hallada:
            return hallada
    return []


def _rol(celda: Celda) -> str:
    """El rol que una celda rotula, en su primera línea: «Elaborado por», «Revisó:», «Revisión»."""
    lineas = texto_de(celda).strip().splitlines()
    campos = rotulos.rotulo_solo(lineas[0]) if lineas else ()
    campos = campos or tuple(r.campo for r in rotulos.en_linea(lineas[0]) if lineas) if lineas else ()
    return next((c for c in campos if c in palabras.ROLES), "")


def _por_columnas(filas: Sequence[Sequence[Celda]]) -> list[Firma]:
    """Los roles encabezan columnas; abajo van nombre, cargo y fecha, con o sin rótulo a la izquierda."""
    for f, fila in enumerate(filas):
        roles = {c: rol for c, celda in enumerate(fila) if (rol := _rol(celda))}
        if len(set(roles.values())) < 2:
            continue
        firmas = []
        for c, rol in roles.items():
            datos = dict.fromkeys((palabras.PERSONA, palabras.CARGO, "fecha"), "")
            _anotar(datos, texto_de(fila[c]).splitlines()[1:], "")
            for otra in filas[f + 1 :]:
                if c < len(otra) and not (len(otra) > 1 and _rol(otra[c])):
                    rotulo = rotulos.rotulo_solo(texto_de(otra[0])) if c else ()
                    _anotar(datos, texto_de(otra[c]).splitlines(), next(iter(rotulo), ""))
            firmas.append(_firma(rol, datos))
        return [firma for firma in firmas if firma.texto or firma.fecha]
    return []


def _por_filas(filas: Sequence[Sequence[Celda]]) -> list[Firma]:
    """Los roles van en la primera columna; la primera fila dice qué es cada columna."""
    roles = {f: rol for f, fila in enumerate(filas) if fila and (rol := _rol(fila[0]))}
    if len(set(roles.values())) < 2:
        return []
    titulos = [next(iter(rotulos.rotulo_solo(texto_de(c))), "") for c in filas[0]] if 0 not in roles else []
    firmas = []
    for f, rol in roles.items():
        datos = dict.fromkeys((palabras.PERSONA, palabras.CARGO, "fecha"), "")
        for c, celda in enumerate(filas[f][1:], start=1):
            _anotar(datos, texto_de(celda).splitlines(), titulos[c] if c < len(titulos) else "")
        firmas.append(_firma(rol, datos))
    return [firma for firma in firmas if firma.texto or firma.fecha]


def _anotar(datos: dict[str, str], lineas: Iterable[str], rotulo: str) -> None:
    """Pone en `datos` lo que unas líneas dicen; sin rótulo, por su forma."""
    for cruda in lineas:
        linea, campo = cruda.strip(), rotulo
        if propio := next(iter(rotulos.en_linea(linea)), None):
            linea, campo = propio.valor, propio.campo
        elif rotulos.rotulo_solo(linea):
            continue
        if campo == palabras.FIRMA or not any(c.isalnum() for c in linea):
            continue
        if campo in palabras.FECHAS or (not campo and fecha_en(linea)):
            datos["fecha"] = datos["fecha"] or linea
        elif campo in datos:
            datos[campo] = datos[campo] or linea
        elif clave := _por_forma(linea, datos):
            datos[clave] = linea


def _por_forma(linea: str, datos: dict[str, str]) -> str:
    clave = palabras.CARGO if palabras.CARGOS.search(palabras.plano(linea)) else palabras.PERSONA
    return clave if not datos[clave] and any(c.isalpha() for c in linea) else ""


def _firma(rol: str, datos: dict[str, str]) -> Firma:
    return Firma(rol, datos[palabras.PERSONA], datos[palabras.CARGO], fecha_en(datos["fecha"]))


# ---- control de cambios -----------------------------------------------------------------------------------


def cambios_en(bloques: Iterable[Bloque]) -> list[Cambio]:
    """Las filas con versión de la tabla de control de cambios, de la más antigua a la más nueva."""
    for bloque in bloques:
        if bloque.clase == TABLA and (filas := list(_filas_de_cambios(bloque))):
            return sorted(filas, key=lambda cambio: clave_version(cambio.version))
    return []


def _filas_de_cambios(tabla: Bloque) -> Iterator[Cambio]:
    filas = tabla.textos_filas()
    for n, titulos in enumerate(filas[:2]):
        nombres = [llano(t) for t in titulos]
        columna = next(
            (c for c, t in enumerate(nombres) if _DE_VERSION.search(t) and not _DE_CAMBIO.search(t)), None
        )
        if columna is None:
            columna = next((c for c, t in enumerate(nombres) if _DE_VERSION.search(t)), None)
        if columna is None or not any(_DE_CAMBIO.search(t) for t in nombres):
            continue
        fechas = [c for c, t in enumerate(nombres) if "fecha" in t]
        for fila in filas[n + 1 :]:
            version = leer_version(fila[columna]) if columna < len(fila) else ""
            if version:
                fecha = fecha_en(fila[fechas[0]]) if fechas and fechas[0] < len(fila) else None
                yield Cambio(version, fecha, " | ".join(filter(None, fila))[:120])
        return
