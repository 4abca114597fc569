"""La página de los actos se escribe desde la tabla. `ACTUALIZAR=1` la renueva en vez de compararla."""

import os
import re
from pathlib import Path

import pytest

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.etiquetas import ACTOS, ESTADOS
from sgc_gt.reglas.diagrama_actos import constancias_markdown, mermaid, pagina, tabla_markdown

PAGINA = Path(__file__).parents[2] / "docs" / "referencia" / "actos.md"


def test_la_pagina_guardada_es_la_que_sale_de_la_tabla() -> None:
    if os.environ.get("ACTUALIZAR"):
        PAGINA.write_bytes(pagina().encode("utf-8"))
    assert PAGINA.read_bytes().decode("utf-8") == pagina(), "renuévela con ACTUALIZAR=1"


def test_la_tabla_trae_cada_acto_una_vez_y_en_orden() -> None:
    ordenes = re.findall(r"^\| `([\w-]+)` \|", tabla_markdown(), re.MULTILINE)
    aparte = re.findall(r"^\| `([\w-]+)` \|", constancias_markdown(), re.MULTILINE)
    assert ordenes == [acto.nombre for acto in tabla.TABLA if acto.hasta]
    assert aparte == [acto.nombre for acto in tabla.TABLA if not acto.hasta]
    assert {fila.count("|") for fila in tabla_markdown().splitlines()} == {7}
    assert {fila.count("|") for fila in constancias_markdown().splitlines()} == {6}


@pytest.mark.parametrize("acto", [a for a in tabla.TABLA if a.hasta], ids=lambda acto: str(acto.nombre))
def test_el_diagrama_une_los_estados_de_cada_acto(acto: tabla.Acto) -> None:
    flechas = re.findall(r"^    (\S+) --> (\S+): (.+)$", mermaid(), re.MULTILINE)
    if acto.hasta == tabla.MISMO:
        assert ACTOS[acto.nombre] not in mermaid()
        return
    hasta = tabla.EMITIDO if acto.nombre == "emitir" else acto.hasta
    for desde in acto.desde or ("[*]",):
        [rotulo] = [r for d, h, r in flechas if (d, h) == (desde, hasta)]
        assert ACTOS[acto.nombre] in rotulo.split(" / ")


def test_todo_estado_se_nombra_y_se_alcanza() -> None:
    nombrados = dict(re.findall(r'^    state "(.+)" as (\w+)$', mermaid(), re.MULTILINE))
    assert nombrados == {etiqueta: estado for estado, etiqueta in ESTADOS.items()}
    llegadas = set(re.findall(r"--> (\w+)", mermaid()))
    assert llegadas == set(ESTADOS)
