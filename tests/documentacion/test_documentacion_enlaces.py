"""Los enlaces internos llevan a algo, y las dos órdenes del README son las que se prueban."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from lectura_docs import RAIZ, README, anclas, enlaces, paginas

DOS_ORDENES = (
    "    python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/sgc-gt demo demo-sgc",
    '    python3 -m venv .venv && .venv/bin/pip install --quiet -e ".[dev]" && .venv/bin/pytest',
)


@pytest.mark.parametrize("pagina", paginas(), ids=lambda p: p.relative_to(RAIZ).as_posix())
def test_los_enlaces_internos_llevan_a_algo(pagina: Path) -> None:
    rotos = [
        escrito
        for escrito, destino, ancla in enlaces(pagina)
        if not destino.exists() or (ancla and destino.suffix == ".md" and ancla not in anclas(destino))
    ]

    assert rotos == []


def test_toda_imagen_tiene_texto_alternativo_y_pesa_poco() -> None:
    for pagina in paginas():
        for alternativo, ruta in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", pagina.read_text("utf-8")):
            assert len(alternativo) > 20, f"{pagina.name}: {ruta} no dice qué muestra"
            assert (pagina.parent / ruta).stat().st_size <= 200_000, ruta


def test_el_readme_trae_las_dos_ordenes_dos_veces() -> None:
    lineas = README.read_text("utf-8").splitlines()

    assert [lineas.count(orden) for orden in DOS_ORDENES] == [2, 2], "en español y en la sección en inglés"


def test_la_orden_de_las_pruebas_es_la_que_se_exige() -> None:
    """La integración la toma del README con la misma expresión que aquí se lee de `.ci/run`."""
    exigencia = (RAIZ / ".ci" / "run").read_text("utf-8")
    expresion = re.search(r"sed -n '([^']+)' README\.md", exigencia)
    assert expresion is not None
    patron = (
        expresion.group(1).removeprefix("s/").removesuffix(r"/\1/p").replace(r"\(", "(").replace(r"\)", ")")
    )
    halladas = re.findall(patron, README.read_text("utf-8"), re.MULTILINE)

    assert halladas[0] == DOS_ORDENES[1].strip()


def test_sed_encuentra_la_misma_orden() -> None:
    exigencia = (RAIZ / ".ci" / "run").read_text("utf-8")
    expresion = re.search(r"sed -n '([^']+)' README\.md", exigencia)
    assert expresion is not None
    try:
        hecho = subprocess.run(
            ["sed", "-n", expresion.group(1), str(README)], capture_output=True, check=True, encoding="utf-8"
        )
    except FileNotFoundError:
        assert not os.environ.get("SGC_EXIGE_TODO"), "falta sed"
        pytest.skip("no hay sed en este equipo")

    assert hecho.stdout.splitlines()[0] == DOS_ORDENES[1].strip()
