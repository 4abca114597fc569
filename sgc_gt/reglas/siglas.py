"""Regla sobre las siglas: la que se usa, se define."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sgc_gt.dominio.regiones import CATALOGO
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.reglas.codigos import patron_codigos
from sgc_gt.reglas.materia import Materia, Renglon, clave
from sgc_gt.reglas.regla import Hallazgo, en

_SIGLA = re.compile(r"(?<![\w./@-])[A-ZÁÉÍÓÚÑ]{2,8}(?![\w/@]|[.-]\w)")
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
_SIGLAS_EN = re.compile(r"siglas?|abreviaturas?", re.I)


def sin_definir(m: Materia) -> Iterator[Hallazgo]:
    """Cada sigla usada que no está en la terminología, una vez, donde aparece primero."""
    terminos = terminologia(m)
    definidas = definidas_en(terminos) | m.siglas | _del_servicio(m)
    explicadas = set().union(*(_explicadas(r.texto) for r in m.renglones)) if m.renglones else set()
    vistas: set[str] = set()
    for r in m.renglones:
        for sigla in usadas(r, m):
            if sigla in vistas or sigla in definidas or (sigla in explicadas and not terminos):
                continue
            vistas.add(sigla)
            if sigla in explicadas:
                yield en(
                    r,
                    f"«{sigla}» se explica donde aparece y no está en la terminología",
                    sugerencia="llévela a la terminología, o escriba el nombre completo si aparece una vez",
                )
            else:
                yield en(r, f"«{sigla}» se usa y en ninguna parte se dice qué significa")


def terminologia(m: Materia) -> tuple[Renglon, ...]:
    """Los renglones de la sección que define términos; vacío si el documento no tiene."""
    return m.de_seccion(*_TERMINOLOGIA)


def definidas_en(renglones: tuple[Renglon, ...]) -> frozenset[str]:
    """Las siglas que esos renglones definen: en el término de una tabla, o antes de los dos puntos."""
    definidas: set[str] = set()
    for r in renglones:
        if r.columna or r.primera:
            definidas |= set(_SIGLA.findall(r.texto)) if r.primera else set()
        elif ":" in r.texto[:90]:
            definidas |= set(_SIGLA.findall(r.texto.partition(":")[0]))
    return frozenset(definidas)


def usadas(r: Renglon, m: Materia) -> list[str]:
    """Las siglas de un renglón, sin códigos, números romanos, unidades ni texto escrito en mayúsculas."""
    texto = _ajenos(m.servicio).sub(" ", patron_codigos(m.servicio).sub(" ", r.texto))
    if _en_mayusculas(texto) or _SIGLAS_EN.search(r.columna) or "sigla" in clave(r.texto):
        return []
    return [
        s
        for h in _SIGLA.finditer(texto)
        if (s := h[0]) not in CONOCIDAS and not _ROMANO.fullmatch(s) and not _de_frase(texto, h)
    ]


def _en_mayusculas(texto: str) -> bool:
    """Si el renglón entero está escrito así: un título o un rótulo, no una sigla."""
    letras = [c for c in texto if c.isalpha()]
    return len(texto.split()) > 1 and sum(c.isupper() for c in letras) > 0.7 * len(letras)


def _de_frase(texto: str, h: re.Match[str]) -> bool:
    """Si va entre otras palabras en mayúsculas, o entre comillas con ellas: «COPIA NO CONTROLADA»."""
    antes, despues = texto[: h.start()], texto[h.end() :]
    vecina = re.search(r"(?:^|\s)[A-ZÁÉÍÓÚÑ]{4,} $", antes) or re.match(r" [A-ZÁÉÍÓÚÑ]{4,}\b", despues)
    desde, hasta = antes.rfind("«"), despues.find("»")
    entre = antes[desde + 1 :] + h[0] + despues[:hasta] if desde > antes.rfind("»") and hasta >= 0 else ""
    return vecina is not None or (bool(entre) and entre == entre.upper())


@lru_cache(maxsize=8)
def _nombres(nombres: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, nombres)) or r"(?!)")


def _ajenos(servicio: Servicio) -> re.Pattern[str]:
    """Los nombres propios del catálogo de registros: quien los cita no escribe él la sigla."""
    nombres = {n for s in servicio.series.values() for n in (s.nombre, s.base_legal)}
    varios = (n for n in nombres if " " in n)  # uno de una palabra puede ser la propia sigla
    return _nombres(tuple(sorted(varios, key=lambda n: (-len(n), n))))


def _explicadas(texto: str) -> set[str]:
    """Las que el texto explica: «Nombre Largo (NL)», «NL (Nombre Largo)», «Nombre Largo, NL», «NL es…»."""
    explicadas = set()
    for h in _SIGLA.finditer(texto):
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


def _del_servicio(m: Materia) -> frozenset[str]:
    """Las que son del servicio o del país: su sigla, sus áreas y tipos, las abreviaturas de las regiones."""
    s = m.servicio
    propias = {s.sigla, *s.areas, *(t.prefijo for t in s.tipos.values())}
    nombres = [s.nombre, *(c.nombre for c in s.cargos.values())]
    propias |= {sigla for nombre in nombres for sigla in _SIGLA.findall(nombre)}
    return frozenset(propias | {r.abreviatura for r in CATALOGO} | {r.romano for r in CATALOGO})
