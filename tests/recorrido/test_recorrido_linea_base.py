"""La línea base: lo que un documento importado ya traía no detiene nada hasta su próxima revisión completa."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from casa import DOMINIO, Casa
from mini_docx import mini_docx

from sgc_gt.contexto import Contexto, Persona
from sgc_gt.ordenes.importar import Importacion, importar
from sgc_gt.ordenes.pedido import Adjunto

VIEJO = "T1 Objetivo / p Ordenar los subsidios. / T1 Plazos / p En XX días."
"""Sin casi ninguna sección y con un hueco: así se usa hace años."""


@pytest.fixture
def importado(casa: Casa) -> Casa:
    """La casa con PR-FOM-09 versión 04, aprobada fuera del sistema."""
    ctx = Contexto(casa.raiz, casa.reloj, Persona(f"cdoc@{DOMINIO}"))
    cargos = {"elabora": "cr1", "revisa": ["egt"], "aprueba": "dn", "responsable": "egt"}
    nueva = Importacion(
        "PR-FOM-09",
        "04",
        "procedimiento",
        date(2023, 3, 15),
        {"titulo": "Subsidios", "area": "FOM", **cargos},
    )
    importar(ctx, nueva, Adjunto("PR-FOM-09 v4.docx", mini_docx(VIEJO)))
    return casa


def revisar(casa: Casa, codigo: str = "PR-FOM-09") -> tuple[int, list[dict[str, Any]]]:
    """Las alertas de la forma del documento, y 1 si alguna no es de su línea base."""
    todas = casa.orden(f"comprobar {codigo}").valor
    de_forma = [a for a in todas if a["ambito"] == "forma"]
    return int(not all(a["linea_base"] for a in de_forma)), de_forma


def entregado(casa: Casa, tmp_path: Path, guion: str, *opciones: str) -> None:
    """Se abre la versión siguiente y quien elabora entrega ese contenido."""
    casa.hace(f"nueva-version PR-FOM-09 --motivo 'Cambia el plazo' {' '.join(opciones)}")
    archivo = tmp_path / "nuevo.docx"
    archivo.write_bytes(mini_docx(guion))
    casa.hace("entregar PR-FOM-09", str(archivo), de="cr1")


def test_lo_que_traia_se_muestra_aparte_y_no_cuenta(importado: Casa) -> None:
    codigo, alertas = revisar(importado)
    assert codigo == 0
    assert {a["linea_base"] for a in alertas} == {True}
    assert {"SECCION-FALTA", "RESTO-POR-COMPLETAR"} <= {a["regla"] for a in alertas}
    assert "Línea base" in importado.orden("comprobar PR-FOM-09", json=False).texto


def test_un_cambio_menor_hereda_la_base_y_solo_lo_nuevo_impide(importado: Casa, tmp_path: Path) -> None:
    entregado(importado, tmp_path, VIEJO + " / p Se avisa por [completar].", "--menor")
    codigo, alertas = revisar(importado)
    assert codigo == 1
    assert [a["regla"] for a in alertas if not a["linea_base"]] == ["RESTO-POR-COMPLETAR"]
    error = importado.negada("enviar PR-FOM-09", de="cr1", dice="[completar]")
    assert len(error["problemas"]) == 1
    bien = tmp_path / "bien.docx"
    bien.write_bytes(mini_docx(VIEJO + " / p Se avisa por oficio."))
    importado.hace("entregar PR-FOM-09", str(bien), de="cr1")
    assert revisar(importado)[0] == 0
    importado.hace("enviar PR-FOM-09", de="cr1")


def test_una_version_completa_responde_de_todo(importado: Casa, tmp_path: Path) -> None:
    entregado(importado, tmp_path, VIEJO)
    codigo, alertas = revisar(importado)
    assert (codigo, {a["linea_base"] for a in alertas}) == (1, {False})
    importado.negada("enviar PR-FOM-09", de="cr1", dice="falta una sección obligatoria")


def test_mantener_es_haberlo_revisado(importado: Casa) -> None:
    importado.hace("mantener PR-FOM-09", de="egt")
    codigo, alertas = revisar(importado)
    assert (codigo, {a["linea_base"] for a in alertas}) == (1, {False})
