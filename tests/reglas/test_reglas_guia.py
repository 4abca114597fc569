"""La guía de referencia, leída como texto: lo que de verdad le falta, y nada inventado."""

import re
from functools import cache
from pathlib import Path

import pytest
from mesa_reglas import de_texto

from sgc_gt.dominio.alertas import Alerta
from sgc_gt.dominio.forma import LISTA, PARRAFO, TITULO, Bloque, FormaNormal
from sgc_gt.reglas.catalogo import POR_CODIGO
from sgc_gt.reglas.chequeo import chequear

pytestmark = pytest.mark.entrada
GUIA = Path(__file__).resolve().parents[3] / "shared" / "entrada" / "guia_gestion_territorial_v02.txt"
_SECCION = re.compile(r"\s?(\d{1,2}(?:\.\d)*) ([A-ZÉ][^.;:]{3,60})$")
_RENGLON = 60  # una línea más corta no siguió en la otra
_CORTE = re.compile(r"[.:;]\s*$|^\s*$")


@cache
def guia() -> FormaNormal:
    """Los títulos numerados; las líneas de un párrafo, unidas; las viñetas, aparte."""
    bloques: list[Bloque] = []
    pendiente, corta = "", False
    for linea in GUIA.read_text("utf-8").splitlines():
        texto = linea.strip()
        hallado = _SECCION.match(linea.rstrip())
        if hallado and "(continuación)" not in texto:
            pendiente = _soltar(bloques, pendiente)
            bloques.append(Bloque(TITULO, hallado[1].count(".") + 1, texto))
        elif not texto or texto.startswith(("Anexo 1.", "Ver Anexo")):
            pendiente = _soltar(bloques, pendiente)
            if texto:
                bloques.append(Bloque(PARRAFO, 0, texto))
        elif corta or _CORTE.search(pendiente) or texto[0] in "\uf0b7o":
            pendiente = _soltar(bloques, pendiente)
            pendiente = texto
        else:
            pendiente = f"{pendiente} {texto}".strip()
        corta = len(texto) < _RENGLON
    _soltar(bloques, pendiente)
    return FormaNormal(tuple(bloques))


def _soltar(bloques: list[Bloque], texto: str) -> str:
    if texto:
        bloques.append(Bloque(LISTA if texto.startswith("\uf0b7") else PARRAFO, 0, texto))
    return ""


def de(regla: str) -> list[Alerta]:
    return chequear(de_texto(guia()), [POR_CODIGO[regla]])


def test_el_anexo_2_que_no_existe() -> None:
    [alerta] = de("ANEXO-INEXISTENTE")
    assert alerta.evidencia == "cita «Anexo 2»; los que hay: 1"
    assert alerta.lugar == "sección 5 Referencias"
    assert alerta.ancla == "Ver Anexo 2. Referencias normativas."


def test_dice_nueve_secciones_y_son_diez() -> None:
    [alerta] = de("CUENTA-DE-SECCIONES")
    assert alerta.evidencia == "dice «estructurado en 9 secciones» y tiene 10"


def test_las_siglas_que_nadie_define() -> None:
    siglas = {re.search(r"«(\w+)»", a.evidencia)[1] for a in de("SIGLA-SIN-DEFINIR")}  # type: ignore[index]
    assert {"PT", "GORE", "BGI", "SIG"} <= siglas
    assert not siglas & {"PMG", "PROPIR", "ARI", "SUBDERE", "SGC", "GT", "ISO"}
    assert siglas == {"PT", "GORE", "BGI", "SIG", "SERNAM"}


def test_ningun_registro_dice_como_se_controla() -> None:
    assert [a.ancla for a in de("REGISTRO-SIN-ATRIBUTOS")] == [
        "Informe de diagnóstico",
        "Plan",
        "Programa de Trabajo",
        "Registro de Revisión por  la Dirección",
    ]
