"""El mensaje de un movimiento en la historia y la etiqueta de una emisión: funciones puras de la ficha.

El mensaje es el índice de la ficha: una oración y un bloque de claves en orden fijo. Se lee con un
analizador propio y estricto, porque el de git depende de la configuración de quien lee y deja que un
texto del usuario se haga pasar por clave.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sgc_gt.dominio.etiquetas import HECHOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import ESQUEMA, Ficha, Movimiento
from sgc_gt.dominio.filas import con_calidad
from sgc_gt.dominio.organizacion import SISTEMA, Organizacion
from sgc_gt.dominio.textos import una_linea
from sgc_gt.errores import IntegridadRota

CLAVES = ("Esquema", "Acto", "Acto-N", "Documento", "Version", "Fecha", "Cargo", "Huella")


class Indice(NamedTuple):
    """Lo que un mensaje dice: un valor por documento en las claves que se repiten."""

    acto: str
    numeros: tuple[int, ...]
    documentos: tuple[str, ...]
    versiones: tuple[str, ...]
    fecha: str
    cargo: str
    huellas: tuple[str, ...]


def mensaje(fichas: Sequence[Ficha], organizacion: Organizacion) -> str:
    """El mensaje del acto que es el último movimiento de cada ficha (una o varias, el mismo acto).

    El texto del usuario no entra: ni título ni motivo pueden imitar una clave.
    """
    ultimos = [f.actos[-1] for f in fichas]
    m = ultimos[0]
    oracion = f"{_hecho(fichas, ultimos)} el {imprimir_fecha(m.fecha)}{_quien(m, organizacion)}"
    valores = (
        str(ESQUEMA),
        m.acto,
        ", ".join(str(u.n) for u in ultimos),
        ", ".join(f.clave for f in fichas),
        ", ".join(u.version or "-" for u in ultimos),
        m.fecha.isoformat(),
        m.cargo,
        ", ".join(u.huella or "-" for u in ultimos),
    )
    lineas = [f"{clave}: {valor}" for clave, valor in zip(CLAVES, valores, strict=True)]
    return una_linea(oracion) + "\n\n" + "\n".join(lineas) + "\n"


def _quien(m: Movimiento, organizacion: Organizacion) -> str:
    if m.cargo == SISTEMA:
        return ""
    quien = con_calidad(organizacion.nombre_cargo(m.cargo), m.calidad)
    return f", {quien}" if m.calidad == "por orden de" else f", por {quien}"


def _hecho(fichas: Sequence[Ficha], ultimos: Sequence[Movimiento]) -> str:
    """«Se aprueba PR-GT-01 versión 02, PR-GT-02 versión 01»; «Se rectifica un dato del servicio»."""
    hecho = HECHOS[ultimos[0].acto]
    if fichas[0].clase == "sistema":
        return f"{hecho.removesuffix(' de')} del servicio"
    return f"{hecho} {', '.join(_nombre(f, u) for f, u in zip(fichas, ultimos, strict=True))}"


def _nombre(ficha: Ficha, m: Movimiento) -> str:
    return f"{ficha.codigo} versión {m.version}" if m.version else ficha.codigo


def leer_mensaje(texto: str, lugar: str) -> Indice:
    """Las claves de un mensaje, o IntegridadRota si no es exactamente de la forma que `mensaje` escribe."""
    cabeza, separador, bloque = texto.partition("\n\n")
    lineas = bloque.split("\n")
    if not separador or "\n" in cabeza or len(lineas) != len(CLAVES) + 1 or lineas[-1]:
        raise _ilegible(lugar, "no está escrito como el sistema anota los suyos")
    valores = []
    for clave, linea in zip(CLAVES, lineas, strict=False):
        if not linea.startswith(f"{clave}: "):
            raise _ilegible(lugar, f"donde va «{clave}» dice «{linea[:60]}»")
        valores.append(linea[len(clave) + 2 :])
    esquema, acto, numeros, documentos, versiones, fecha, cargo, huellas = valores
    if esquema != str(ESQUEMA):
        raise _ilegible(lugar, f"dice ser de la forma «{esquema}», y la que se conoce es la {ESQUEMA}")
    try:
        enes = tuple(int(n) for n in numeros.split(", "))
    except ValueError:
        raise _ilegible(lugar, f"sus números no lo son: «{numeros}»") from None
    por_documento = [tuple(valor.split(", ")) for valor in (documentos, versiones, huellas)]
    if any(len(valores) != len(enes) for valores in por_documento):
        raise _ilegible(lugar, "no dice lo mismo de todos sus documentos")
    return Indice(acto, enes, por_documento[0], por_documento[1], fecha, cargo, por_documento[2])


def _ilegible(lugar: str, motivo: str) -> IntegridadRota:
    return IntegridadRota(
        f"alguien lo registró por fuera del sistema: {motivo}",
        lugar=lugar,
        hacer="no registre nada más y compare con un respaldo",
    )


def nombre_etiqueta(codigo: str, version: str) -> str:
    """`PR-GT-01/v02`."""
    return f"{codigo}/v{version}"


def anotador(nombre: str, correo: str, instante: datetime) -> str:
    """La línea de quien registra, como va en una etiqueta: nombre <correo> segundos zona."""
    return f"{nombre} <{correo}> {int(instante.timestamp())} {instante.strftime('%z')}"


def etiqueta(commit: str, anotador: str, ficha: Ficha) -> bytes:
    """Los bytes de la etiqueta de emisión: solo dependen del movimiento que emite y de quien lo anotó.

    `anotador` es la línea de quien registra, de la función del mismo nombre.
    """
    m = ficha.actos[-1]
    return (
        f"object {commit}\ntype commit\ntag {nombre_etiqueta(ficha.clave, m.version)}\ntagger {anotador}\n\n"
        f"{ficha.codigo} versión {m.version}\n\n"
        f"Huella: {m.huella}\nArchivo: {m.archivo}\nSHA-256: {m.sha256}\n"
    ).encode()
