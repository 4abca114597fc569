"""Regla sobre las siglas: la que se usa, se define."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sgc_gt.reglas.materia import Materia, Renglon
from sgc_gt.reglas.regla import Hallazgo, en
from sgc_gt.reglas.textos import clave
from sgc_gt.reglas.vocabulario import SIGLA, Vocabulario

_ROMANO = re.compile(r"M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})")
CONOCIDAS = frozenset(
    (
        *("ISO", "IEC", "NCH", "UTM", "UTA", "UF", "USD", "CLP", "IVA", "RUT", "RUN", "PDF", "CSV", "XML"),
        *("HTML", "JSON", "UTF", "ASCII", "URL", "DOCX", "XLSX", "USB", "KM", "KG", "GB", "MB", "TB", "CD"),
        *(
            "DVD",
            "SMS",
            "CV",
            "OK",
            "NO",
            "DS",
            "DFL",
            "DL",
            "DO",
            "ID",
            "WWW",
            "GPS",
            "QR",
            "TV",
            "MW",
            "KW",
        ),
        *("KWH", "HA"),
    )
)
"""Unidades, formatos y abreviaturas de uso general: nadie necesita que se las definan."""
_TERMINOLOGIA = (
    "Terminología",
    "Definiciones",
    "Glosario",
    "Siglas",
    "Abreviaturas",
    "Términos y definiciones",
)
_CLAVES = frozenset(map(clave, _TERMINOLOGIA))
_SIGLAS_EN = re.compile(r"siglas?|abreviaturas?", re.I)


def sin_definir(m: Materia) -> Iterator[Hallazgo]:
    """Cada sigla usada que no está en la terminología, una vez, donde aparece primero."""
    con_siglas = [(r, siglas) for r in m.renglones if (siglas := usadas(r, m.vocabulario))]
    definidas = definidas_en(terminologia(m)) | m.siglas | m.vocabulario.siglas
    primera: dict[str, Renglon] = {}
    for r, siglas in con_siglas:
        for sigla in siglas:
            if sigla not in definidas:
                primera.setdefault(sigla, r)
    explicadas = {s for r, _ in con_siglas for s in _explicadas(r.texto)} if primera else set()
    propia = tiene_terminologia(m)
    for sigla, r in primera.items():
        if sigla not in explicadas:
            yield en(r, f"«{sigla}» se usa y en ninguna parte se dice qué significa")
        elif propia:
            yield en(
                r,
                f"«{sigla}» se explica donde aparece y no está en la terminología",
                sugerencia="llévela a la terminología, o escriba el nombre completo si aparece una vez",
            )


def tiene_terminologia(m: Materia) -> bool:
    """Si el documento tiene una sección que define términos."""
    return any(clave(s.titulo) in _CLAVES for s in m.secciones)


def terminologia(m: Materia) -> tuple[Renglon, ...]:
    """Los renglones de la sección que define términos; vacío si el documento no tiene."""
    return m.de_seccion(*_TERMINOLOGIA)


def definidas_en(renglones: tuple[Renglon, ...]) -> frozenset[str]:
    """Las siglas que esos renglones definen: en el término de una tabla, o antes de los dos puntos."""
    definidas: set[str] = set()
    for r in renglones:
        if r.columna or r.primera:
            definidas |= set(SIGLA.findall(r.texto)) if r.primera else set()
        elif ":" in r.texto[:90]:
            definidas |= set(SIGLA.findall(r.texto.partition(":")[0]))
    return frozenset(definidas)


def usadas(r: Renglon, v: Vocabulario) -> list[str]:
    """Las siglas de un renglón, sin códigos, números romanos, unidades ni texto escrito en mayúsculas."""
    if SIGLA.search(r.texto) is None:
        return []
    texto = v.nombres.sub(" ", v.codigos.sub(" ", r.texto))
    if _en_mayusculas(texto) or _SIGLAS_EN.search(r.columna) or "sigla" in clave(r.texto):
        return []
    return [
        s
        for h in SIGLA.finditer(texto)
        if (s := h[0]) not in CONOCIDAS and not _ROMANO.fullmatch(s) and not _de_frase(texto, h)
    ]


def _en_mayusculas(texto: str) -> bool:
    """Si el renglón entero está escrito así («OBJETIVO», «CONTROL DE CAMBIOS»): es un rótulo."""
    letras = [c for c in texto if c.isalpha()]
    return sum(c.isupper() for c in letras) > 0.7 * len(letras)


def _de_frase(texto: str, h: re.Match[str]) -> bool:
    """Si va entre otras palabras en mayúsculas, o entre comillas con ellas: «COPIA NO CONTROLADA»."""
    antes, despues = texto[: h.start()], texto[h.end() :]
    vecina = re.search(r"(?:^|\s)[A-ZÁÉÍÓÚÑ]{4,} $", antes) or re.match(r" [A-ZÁÉÍÓÚÑ]{4,}\b", despues)
    desde, hasta = antes.rfind("«"), despues.find("»")
    entre = antes[desde + 1 :] + h[0] + despues[:hasta] if desde > antes.rfind("»") and hasta >= 0 else ""
    return vecina is not None or (bool(entre) and entre == entre.upper())


def _explicadas(texto: str) -> set[str]:
    """Las que el texto explica: «Nombre Largo (NL)», «NL (Nombre Largo)», «Nombre Largo, NL», «NL es…»."""
    explicadas = set()
    for h in SIGLA.finditer(texto):
        antes, despues = texto[: h.start()].rstrip(), texto[h.end() :].lstrip()
        entre = antes.endswith("(") and despues.startswith(")") and _forma(h[0], antes[:-1])
        abre = despues.startswith("(") and _forma(h[0], despues[1:].partition(")")[0])
        tras_coma = antes.endswith((",", ", o")) and _forma(h[0], antes.rstrip(",").removesuffix(", o"))
        es = despues.startswith(("es ", "significa ", "corresponde a ", ":", ","))
        al_comienzo = not antes or antes.endswith((".", ";", ":"))
        if entre or abre or tras_coma or (es and al_comienzo):
            explicadas.add(h[0])
    return explicadas


def _forma(sigla: str, nombre: str) -> bool:
    """Si las letras de la sigla están, en orden, en las últimas palabras del nombre."""
    palabras = clave(nombre).split()[-12:]
    letras = clave(sigla)
    for desde, palabra in enumerate(palabras):
        if palabra[0] == letras[0] and _cubre(letras, palabras[desde:]):
            return True
    return False


def _cubre(letras: str, palabras: list[str]) -> bool:
    unidas, hallado = " ".join(palabras), 0
    for letra in letras:
        lugar = unidas.find(letra, hallado)
        if lugar < 0:
            return False
        hallado = lugar + 1
    return True
