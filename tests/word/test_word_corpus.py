"""Documentos de verdad, hechos por otros: nunca una traza, nunca un párrafo perdido, y sellar no cambia lo que dicen.

La carpeta de la variable SGC_CORPUS trae .docx de los paquetes que los usan en sus propias pruebas. Lo que la
puerta no recibe se rechaza con una oración; lo demás se lee entero, comparado con una lectura independiente.
"""

from __future__ import annotations

import os
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from sgc_gt.comparacion.textos import textos
from sgc_gt.dominio.huella import huella
from sgc_gt.errores import EntradaInvalida
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.sello import ValoresSello, sellar

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RESPALDO = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
CORPUS = Path(os.environ.get("SGC_CORPUS", ""))
ARCHIVOS = sorted(a.name for a in CORPUS.glob("*.docx")) if os.environ.get("SGC_CORPUS") else []
MINIMO = 100
VALORES = ValoresSello(
    {"codigo": "PR-GT-01", "version": "02", "titulo": "Título", "base": "3"}, {}, "BORRADOR"
)

pytestmark = pytest.mark.corpus


def leido_aparte(archivo: Path) -> Iterator[str]:
    """El texto del cuerpo, leído sin una línea de este programa: cada `w:t` del XML, salvo lo que Word calcula.

    No cuentan el resultado de un campo (páginas, índices), ni la copia que Word guarda de cada cuadro para
    programas antiguos.
    """
    campos: list[str] = []
    with zipfile.ZipFile(archivo) as paquete:
        enlaces = etree.fromstring(paquete.read("_rels/.rels"))
        [principal] = [e.get("Target", "") for e in enlaces if e.get("Type", "").endswith("/officeDocument")]
        documento = etree.fromstring(paquete.read(principal.lstrip("/")))
    for nodo in documento.iter():
        if nodo.tag == f"{W}fldChar":
            clase = nodo.get(f"{W}fldCharType")
            if clase == "begin":
                campos.append("")
            elif clase == "end" and campos:
                campos.pop()
        elif nodo.tag == f"{W}instrText" and campos:
            campos[-1] += nodo.text or ""
        elif nodo.tag == f"{W}t" and not _calculado(nodo, campos):
            yield unicodedata.normalize("NFC", nodo.text or "")


def _calculado(nodo: etree._Element, campos: list[str]) -> bool:
    dentro = [a.get(f"{W}instr", "") for a in nodo.iterancestors(f"{W}fldSimple")]
    return next(nodo.iterancestors(RESPALDO), None) is not None or any(
        not instruccion.strip().upper().startswith(("HYPERLINK", "FORMTEXT", "QUOTE", "FILLIN"))
        for instruccion in [*campos, *dentro]
    )


def letras(texto: str) -> Counter[str]:
    return Counter(c for c in texto if not c.isspace())


def _exigir_oracion(rechazo: EntradaInvalida, archivo: str) -> None:
    assert (rechazo.lugar, bool(rechazo.hacer)) == (archivo, True)
    assert not rechazo.mensaje.endswith(".")
    assert len(rechazo.problemas) <= 13


def test_hay_de_que_aprender() -> None:
    assert len(ARCHIVOS) >= MINIMO


@pytest.mark.parametrize("archivo", ARCHIVOS)
def test_se_lee_entero_o_se_rechaza_con_una_oracion(archivo: str) -> None:
    contenido = (CORPUS / archivo).read_bytes()
    try:
        forma = forma_normal(contenido, archivo)
    except EntradaInvalida as rechazo:
        _exigir_oracion(rechazo, archivo)
        return
    dicho = unicodedata.normalize("NFC", "\n".join(textos(forma.bloques).elements()))
    aparte = list(leido_aparte(CORPUS / archivo))
    assert not letras("".join(aparte)) - letras(dicho)
    assert [t for t in aparte if t.strip() and t.strip() not in dicho] == []

    sellado = sellar(contenido, VALORES)
    assert forma_normal(sellado).bloques == forma.bloques
    assert huella(forma_normal(sellado), None, "", "") == huella(forma, None, "", "")
    assert sellar(sellado, VALORES) == sellado
