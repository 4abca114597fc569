"""La página de órdenes es la del programa, y toda ayuda trae un ejemplo que se puede escribir."""

from __future__ import annotations

import os
import re

import click
import pytest
from lectura_docs import RAIZ, argumentos, exigir_que_se_lea
from referencia_ordenes import ejemplo, pagina

from sgc_gt.cli.principal import sgc_gt
from sgc_gt.cli.tareas import ORDENES

ORDENES_MD = RAIZ / "docs" / "referencia" / "ordenes.md"
PROHIBIDAS = re.compile(r"(?<![\w.])(commits?|repositorios?|trailers?|yaml)(?!\w)", re.IGNORECASE)


def orden(nombre: str) -> click.Command:
    encontrada = sgc_gt.get_command(click.Context(sgc_gt), nombre)
    assert encontrada is not None
    return encontrada


def test_la_pagina_de_ordenes_es_la_que_el_programa_dice() -> None:
    if os.environ.get("ACTUALIZAR") == "1":
        ORDENES_MD.write_text(pagina(), "utf-8", newline="\n")
    assert ORDENES_MD.read_text("utf-8") == pagina(), "quedó atrás: ACTUALIZAR=1 pytest tests/documentacion"


@pytest.mark.parametrize("nombre", ORDENES)
def test_la_ayuda_trae_un_ejemplo_que_se_puede_escribir(nombre: str) -> None:
    escrito = ejemplo(orden(nombre))

    assert escrito.startswith(f"sgc-gt {nombre}"), "la ayuda no trae «Ejemplo: sgc-gt …»"
    exigir_que_se_lea(argumentos(escrito.replace("\\", "/")))


@pytest.mark.parametrize("nombre", ["", *ORDENES])
def test_la_ayuda_no_usa_palabras_de_informatica(nombre: str) -> None:
    comando = orden(nombre) if nombre else sgc_gt
    ayuda = comando.get_help(click.Context(comando, info_name=nombre or "sgc-gt"))

    assert PROHIBIDAS.findall(ayuda) == []


@pytest.mark.parametrize("frase", ["el repositorio", "un commit", "en YAML"])
def test_la_busqueda_de_palabras_prohibidas_encuentra(frase: str) -> None:
    assert PROHIBIDAS.findall(frase)


@pytest.mark.parametrize("frase", ["F.yaml", "(.yaml)", "--repo DIR"])
def test_el_nombre_de_un_archivo_no_es_palabra_prohibida(frase: str) -> None:
    assert not PROHIBIDAS.findall(frase)
