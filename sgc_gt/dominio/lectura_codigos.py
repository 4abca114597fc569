"""Los códigos como están escritos: con la máscara del servicio y con las formas corrientes (dominio §2.2)."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from sgc_gt.dominio.codigos import Mascara

_UNION = r"[-_.\s–]"
_CON_GUION = r"[-_–]"
# Letras, guion, más letras, guion, correlativo; y el código propio de un formulario hijo detrás.
_GENERAL = re.compile(
    rf"(?<![^\W_])(?P<c>[A-Z]{{1,6}}(?:{_CON_GUION}[A-Z]{{1,6}}){{0,4}}{_CON_GUION}(?:[A-Z]{{1,4}})?\d{{1,4}}"
    rf"(?:{_CON_GUION}(?!(?:V|R|VER|REV){_CON_GUION}?\d)[A-Z]{{1,3}}{_CON_GUION}?\d{{1,3}})?)(?![^\W_])",
    re.I,
)
_SUELTO = re.compile(r"(?P<c>[A-Z]{1,4} ?\d{2,3})(?![^\W_])")
_SOLO = re.compile(r"[A-Z0-9][A-Z0-9._/–-]{1,30}[A-Z0-9]")
_ANIO = re.compile(r"(?:19|20)\d{2}")
_NO_ES = frozenset(
    {"ISO", "NCH", "LEY", "DS", "DFL", "DL", "RES", "REX", "ORD", "ART", "ANEXO", "V", "REV", "VER"}
)


class CodigoLeido(NamedTuple):
    """Un código hallado: en su forma normal, como está escrito, y si calza con la máscara del servicio."""

    codigo: str
    texto: str
    de_mascara: bool = False


class Lenguaje(NamedTuple):
    """Cómo escribe códigos el servicio: su máscara y los prefijos de tipo y áreas que existen."""

    mascara: Mascara
    prefijos: Collection[str] = ()
    areas: Collection[str] = ()


def codigo_en(texto: str, lenguaje: Lenguaje | None = None) -> CodigoLeido | None:
    """El primer código de un texto: si calza con la máscara, ese; si no, el primero de forma corriente."""
    if lenguaje is not None:
        for m in _de_mascara(lenguaje.mascara).finditer(texto):
            if (leido := _con_mascara(m, lenguaje)) is not None:
                return leido
    for m in _GENERAL.finditer(texto):
        letras = re.split(_CON_GUION, m["c"].upper())
        if letras[0] not in _NO_ES and not _ANIO.fullmatch(letras[-1]):
            return CodigoLeido(normal(m["c"]), m["c"])
    suelto = _SUELTO.match(texto.lstrip())
    if suelto and suelto["c"].split(" ")[0].rstrip("0123456789") not in _NO_ES:
        return CodigoLeido(normal(suelto["c"]), suelto["c"])
    return None


def codigo_solo(texto: str, lenguaje: Lenguaje | None = None) -> CodigoLeido | None:
    """El código que un texto es, entero («PPGC», «SGC-PR-01»): lo que va después de «Código:»."""
    limpio = texto.strip().strip(" .:;«»\"'")
    leido = codigo_en(limpio, lenguaje)
    if leido is not None and len(leido.texto) >= len(limpio) - 2:
        return leido
    return CodigoLeido(normal(limpio), limpio) if _SOLO.fullmatch(limpio.replace(" ", "-")) else leido


def normal(codigo: str) -> str:
    """«pr_fom 03» → «PR-FOM-03»: mayúsculas y guiones."""
    return re.sub(rf"{_UNION}+", "-", codigo.strip().upper())


def _de_mascara(mascara: Mascara) -> re.Pattern[str]:
    """La máscara leída con la mano suelta: cualquier separador, cualquier ancho del correlativo."""
    piezas = re.split(r"(\{(?:tipo|area|n+)\}|-)", mascara.texto)
    formas = {
        "{tipo}": r"(?P<tipo>[A-Z0-9]{1,8}?)",
        "{area}": r"(?P<area>[A-Z0-9]{1,8}?)",
        "-": rf"{_UNION}{{1,3}}",
    }
    expresion = "".join(
        formas.get(p) or (r"(?P<n>\d{1,4})" if p.startswith("{n") else re.escape(p)) for p in piezas if p
    )
    return re.compile(rf"(?<![^\W_]){expresion}(?!\d)", re.I | re.ASCII)


def _con_mascara(m: re.Match[str], lenguaje: Lenguaje) -> CodigoLeido | None:
    """El código en la forma de la máscara, si su tipo y área existen (o no se sabe cuáles existen)."""
    partes = m.groupdict()
    tipo, area = (partes.get("tipo") or "").upper(), (partes.get("area") or "").upper()
    conocido = (tipo in lenguaje.prefijos or not lenguaje.prefijos) and (
        not area or area in lenguaje.areas or not lenguaje.areas
    )
    if not conocido or not tipo:
        return None
    return CodigoLeido(lenguaje.mascara.formar(tipo, area, int(partes["n"])), m[0], de_mascara=True)
