"""Lo que un movimiento `importar` anota de la vida anterior del documento, y lo que se sigue de ello.

Las claves de `extra`: nombre del archivo original, aprobación fuera del sistema (fecha y cargos, como los
dice el documento), código que traía y familia de su formato. Todo se calcula de la ficha.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio.fechas import leer_fecha
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.errores import UsoIncorrecto

HEREDADO = "codigo_heredado"
"""El código no sigue la máscara del servicio y se conserva a sabiendas."""

ANTERIOR = "codigo_anterior"
"""El código que el documento traía, cuando al importarlo recibió otro."""

NOMBRE_ORIGINAL = "archivo_original"
ORIGINAL = "original"
"""La clase de evidencia del texto simple desde el que se armó el Word; no prueba la aprobación."""

FAMILIA = "familia"
CONVERTIDA = "convertida"
"""La marca del movimiento que abrió una versión pasada a la plantilla del servicio."""


class Afuera(NamedTuple):
    """La aprobación fuera del sistema, como la dicen el documento o la planilla; vacío lo que no se sabe."""

    fecha: date | None = None
    elaboro: str = ""
    reviso: str = ""
    aprobo: str = ""


def afuera(m: Movimiento) -> Afuera:
    """Lo que el movimiento anotó de la aprobación; si no dice fecha, la del papel que la respalda."""
    dicha = str(m.extra.get("fecha_aprobacion", ""))
    papel = next((e.fecha for e in m.evidencia if e.fecha), None)
    textos = (str(m.extra.get(clave, "")) for clave in ("elaboro", "reviso", "aprobo"))
    return Afuera(_fecha(dicha) or papel, *textos)


def _fecha(texto: str) -> date | None:
    try:
        return leer_fecha(texto) if texto else None
    except UsoIncorrecto:  # un texto que no es fecha se conserva en la ficha y aquí no cuenta
        return None


def a_extra(aprobacion: Afuera, otros: Mapping[str, Any]) -> dict[str, Any]:
    """Las claves que el movimiento anotará, sin las vacías."""
    valores = {
        "fecha_aprobacion": aprobacion.fecha.isoformat() if aprobacion.fecha else "",
        "elaboro": aprobacion.elaboro,
        "reviso": aprobacion.reviso,
        "aprobo": aprobacion.aprobo,
        **otros,
    }
    return {clave: valor for clave, valor in valores.items() if valor}


def llego_de(m: Movimiento, sha256: str) -> bool:
    """Si ese movimiento importó el archivo de ese resumen, tal cual o convertido a Word."""
    originales = {e.sha256 for e in m.evidencia if e.clase == ORIGINAL}
    return m.acto == "importar" and sha256 in {m.sha256, *originales}


_APROBACION = ("fecha_aprobacion", "elaboro", "reviso", "aprobo")
_DICHOS = {
    "titulo": "el título",
    "area": "el área",
    "elabora": "quién elabora",
    "revisa": "quién revisa",
    "aprueba": "quién aprueba",
    "responsable": "el responsable",
}


def difieren(
    m: Movimiento, identidad: Mapping[str, Any], desde: date | None, aprobacion: Afuera
) -> tuple[str, ...]:
    """Qué dice hoy la planilla distinto de lo que ese movimiento importó, en palabras."""
    dichos = [d for campo, d in _DICHOS.items() if m.identidad.get(campo) != identidad.get(campo)]
    if desde != m.vigente_desde:
        dichos.append("desde cuándo rige")
    if a_extra(aprobacion, {}) != {c: m.extra[c] for c in _APROBACION if m.extra.get(c)}:
        dichos.append("su aprobación")
    return tuple(dichos)


def conserva_formato(ficha: Ficha) -> bool:
    """Si el documento tiene el formato con que llegó, y no el de la plantilla de su tipo.

    Una versión pasada a la plantilla y descartada no cuenta: la que rige sigue en su formato.
    """
    descartes = {m.version: m.n for m in ficha.actos if m.acto == "descartar"}
    convertida = any(m.extra.get(CONVERTIDA) and m.n > descartes.get(m.version, 0) for m in ficha.actos)
    return bool(ficha.actos) and ficha.actos[0].acto == "importar" and not convertida


def familia_de(ficha: Ficha) -> Mapping[str, Any]:
    """Dónde está cada dato en los encabezados de su formato, según la última importación; {} si no consta."""
    for m in reversed(ficha.actos):
        if m.acto == "importar" and m.extra.get(FAMILIA):
            familia: Mapping[str, Any] = m.extra[FAMILIA]
            return familia
    return {}


def codigos_de_afuera(ficha: Ficha) -> tuple[str, ...]:
    """Los códigos que el documento traía al importarse, si aquí se le dio otro."""
    dichos = (str(m.extra.get(ANTERIOR) or "") for m in ficha.actos if m.acto == "importar")
    return tuple(dict.fromkeys(codigo for codigo in dichos if codigo))
