"""Reglas sobre lo que un documento cita de sí mismo: secciones, anexos, tablas, figuras y cuántas son."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sgc_gt.dominio.forma import TABLA
from sgc_gt.reglas.materia import Materia, Renglon
from sgc_gt.reglas.regla import Hallazgo, en
from sgc_gt.reglas.textos import clave

_SECCION = re.compile(
    r"\b(?:secci[oó]n|apartado|numeral|punto|cap[ií]tulo)\s+(?:n[°º.]\s*)?(\d{1,2}(?:\.\d{1,2})*)(?!\d|%|/|,\d)",
    re.I,
)
_ANEXO = re.compile(
    r"\banexos?\s+(?:n[°º.]\s*)?(\d{1,2}|[A-H])\b(?:((?:,\s*\d{1,2})*)\s+y\s+(\d{1,2}))?", re.I
)
_ES_ANEXO = re.compile(r"^\s*anexo\s+(?:n[°º.]\s*)?(\d{1,2}|[A-H])\b", re.I)
_ROTULO = re.compile(r"\b(tabla|figura)\s+(?:n[°º.]\s*)?(\d{1,2})\b", re.I)
_AJENA = re.compile(
    r"\s*(?:,?\s*(?:letra|inciso)\s+\w+\)?,?)?\s*(?:del?|de\s+la|de\s+los)\s+(?!est[ea]\b|presente\b|document|procedimiento\b(?!\s+de))",
    re.I,
)
_NORMA_ANTES = re.compile(
    r"\b(?:ISO|NCh|Ley|Decreto|D\.?F\.?L|norma|reglamento|resoluci[oó]n)\b[^.;]*$", re.I
)
_CUENTA = re.compile(
    r"\b(?:estructurad|organizad|dividid|compuest|ordenad)[oa]s?\s+(?:en|de|por)\s+(?:las\s+|los\s+)?"
    r"(\d{1,2}|[a-záéíóú]+)\s+(secciones|cap[ií]tulos)\b",
    re.I,
)
_NUMEROS = {
    palabra: n
    for n, palabra in enumerate(
        (
            *("cero", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
            *("once", "doce", "trece", "catorce", "quince", "dieciseis", "diecisiete", "dieciocho"),
        )
    )
}


def seccion(m: Materia) -> Iterator[Hallazgo]:
    """Las secciones citadas que no existen. No mira las de otro documento («numeral 4 de la Ley»)."""
    existen = {s.numero for s in m.secciones if s.numero} | {
        n for r in m.renglones if (n := _numero_escrito(r))
    }
    if not existen:
        return
    for r in m.con("secci", "apartado", "numeral", "punto", "cap"):
        for cita in _SECCION.finditer(r.texto):
            if cita[1] not in existen and not _de_otro(r.texto, cita):
                yield en(r, f"«{cita[0]}»")


def anexo(m: Materia) -> Iterator[Hallazgo]:
    """Los anexos citados que no existen."""
    existen = _anexos(m)
    for r in m.con("anexo"):
        if _ES_ANEXO.match(r.texto) and (r.es_titulo or _en_anexos(r, m)):
            continue
        for cita in _ANEXO.finditer(r.texto):
            for numero in _citados(cita):
                if numero not in existen and not _de_otro(r.texto, cita):
                    hay = ", ".join(sorted(existen)) or "ninguno"
                    yield en(r, f"«Anexo {numero}»; los que hay: {hay}")


def rotulo(m: Materia) -> Iterator[Hallazgo]:
    """Las tablas y figuras citadas por un número que ninguna lleva."""
    for clase in ("tabla", "figura"):
        existen = _rotulos(m, clase)
        for r in m.con(clase):
            for cita in _ROTULO.finditer(r.texto):
                ajena = cita.start() == 0 or _de_otro(r.texto, cita)
                if cita[1].lower() == clase and int(cita[2]) not in existen and not ajena:
                    yield en(r, f"«{cita[0]}»; ninguna {clase} lleva ese número")


def cuenta(m: Materia) -> Iterator[Hallazgo]:
    """«Estructurado en nueve secciones» cuando son diez."""
    hay = sum(1 for s in m.secciones if s.nivel == 1 and s.numero.isdigit())
    for r in m.con("secciones", "capítulos", "capitulos"):
        for dicho in _CUENTA.finditer(r.texto):
            palabra = clave(dicho[1])
            numero = int(palabra) if palabra.isdigit() else _NUMEROS.get(palabra)
            if hay and numero is not None and numero != hay:
                yield en(r, f"«{' '.join(dicho[0].split())}», y son {hay}")


def _numero_escrito(r: Renglon) -> str:
    """El número con que empieza un párrafo numerado a mano («3.1 El Jefe…»)."""
    hallado = re.match(r"(\d{1,2}(?:\.\d{1,2})+)[.)]?\s", r.texto)
    return hallado[1] if hallado else ""


def _de_otro(texto: str, cita: re.Match[str]) -> bool:
    """Si lo citado es de otro documento: «del PR-GT-01», «de la Ley», o tras nombrar una norma."""
    if _AJENA.match(texto[cita.end() :]):
        return True
    return _NORMA_ANTES.search(texto[: cita.start()]) is not None


def _citados(cita: re.Match[str]) -> list[str]:
    """«Anexos 1, 2 y 4» → 1, 2 y 4."""
    medio = re.findall(r"\d+", cita[2] or "")
    return [n.upper() for n in (cita[1], *medio, *([cita[3]] if cita[3] else []))]


def _en_anexos(r: Renglon, m: Materia) -> bool:
    """Si el renglón está en la sección de anexos, o es el comienzo de uno escrito como párrafo."""
    return any(
        s.numero == r.seccion.partition(".")[0] and clave(s.titulo).startswith("anexo") for s in m.secciones
    )


def _anexos(m: Materia) -> set[str]:
    """Los números de los anexos: los que llevan título, y los que cuelgan de «Anexos» sin número."""
    rotulados = {
        hallado[1].upper()
        for r in m.con("anexo")
        if (hallado := _ES_ANEXO.match(r.texto)) and (r.es_titulo or _en_anexos(r, m))
    }
    raices = [s.numero for s in m.secciones if clave(s.titulo) in {"anexo", "anexos"}]
    hijas = sum(1 for s in m.secciones for n in raices if s.numero.rpartition(".")[0] == n)
    sueltos = sum(1 for s in m.secciones if s.nivel == 1 and re.match(r"anexo\b\W", s.titulo, re.I))
    return rotulados | {str(n) for n in range(1, max(hijas, sueltos) + 1)}


def _rotulos(m: Materia, clase: str) -> set[int]:
    """Los números que las tablas o figuras llevan: escritos, puestos por Word o, sin rótulos, por orden."""
    escritos = {
        int(hallado[2])
        for r in m.con(clase)
        if (hallado := _ROTULO.match(r.texto)) and hallado[1].lower() == clase
    }
    de_word = m.hechos.rotulos.get(clase, 0) if m.hechos else 0
    if not escritos and not de_word:
        de_word = _cuantas(m, clase)
    return escritos | set(range(1, de_word + 1))


def _cuantas(m: Materia, clase: str) -> int:
    bloques = [b for s in m.secciones for b in s.bloques]
    if clase == "tabla":
        return sum(1 for b in bloques if b.clase == TABLA)
    return sum(1 for b in bloques for marca in b.marcas if marca.clase == "imagen")
