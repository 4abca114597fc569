"""Lo que se pide con -o queda donde la persona dijo, y nunca encima de lo que no es suyo."""

from __future__ import annotations

from pathlib import Path

import pytest
from casa import Casa

from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes.salida import exigir_fuera, exigir_pagina


@pytest.mark.parametrize(
    "destino",
    [
        *("documentos", "Documentos/x.html", "sgc.yaml", "registros/lista_maestra/FOM.csv"),
        *(".git/HEAD", ".gitattributes", ".gitignore", "otra/../.gitignore", "acceso/x.html"),
    ],
)
def test_lo_del_sistema_no_se_pisa(tmp_path: Path, destino: str) -> None:
    (tmp_path / "documentos").mkdir()
    (tmp_path / "acceso").symlink_to(tmp_path / "documentos")
    with pytest.raises(UsoIncorrecto, match="ahí viven los documentos controlados"):
        exigir_fuera(tmp_path, tmp_path / destino)


@pytest.mark.parametrize("destino", [".", "acta.html", "listas", "../acta.html", "otra/documentos"])
def test_lo_demas_se_puede(tmp_path: Path, destino: str) -> None:
    exigir_fuera(tmp_path, tmp_path / destino)


@pytest.mark.parametrize("destino", [".", "HEAD", "acta.html", "nueva/acta.html"])
def test_una_historia_sola_es_toda_del_sistema(tmp_path: Path, destino: str) -> None:
    (tmp_path / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / "objects").mkdir()
    (tmp_path / "refs").mkdir()
    with pytest.raises(UsoIncorrecto, match="es una copia de la historia"):
        exigir_fuera(tmp_path, tmp_path / destino)
    exigir_fuera(tmp_path, tmp_path.parent / "acta.html")


def test_una_pagina_reemplaza_solo_a_otra_igual(tmp_path: Path) -> None:
    nueva, suya = tmp_path / "nueva.html", tmp_path / "acta.HTML"
    exigir_pagina(nueva, "Acta")
    suya.write_text("<!DOCTYPE html><head><title>Acta · Servicio</title>", "utf-8")
    exigir_pagina(suya, "Acta")
    suya.write_text("<!DOCTYPE html><head><title>La tesis · Acta</title>", "utf-8")
    with pytest.raises(UsoIncorrecto, match="es otra cosa"):
        exigir_pagina(suya, "Acta")
    with pytest.raises(UsoIncorrecto, match=r"el nombre del archivo dice otra cosa"):
        exigir_pagina(tmp_path / "informe.docx", "Acta")


@pytest.mark.parametrize("orden", ["verificar", "expediente PR-FOM-01"])
def test_la_orden_se_puede_repetir_y_no_pisa_un_archivo_de_nadie(
    casa: Casa, tmp_path: Path, orden: str
) -> None:
    pagina, ajeno = tmp_path / "pagina.html", tmp_path / "notas.docx"
    ajeno.write_bytes(b"mis notas")
    casa.hace(f"{orden} -o {pagina}")
    casa.hace(f"{orden} -o {pagina}")
    casa.negada(f"{orden} -o {ajeno}", codigo=2, dice="es una página")
    pagina.write_text("otra")
    casa.negada(f"{orden} -o {pagina}", codigo=2, dice="es otra cosa")
    assert (ajeno.read_bytes(), pagina.read_text()) == (b"mis notas", "otra")
