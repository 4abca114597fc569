"""El servicio que declaró sus documentos al comenzar los importa, y la lista de pendientes se acorta sola."""

from __future__ import annotations

from pathlib import Path

import pytest
from archivador import PLANILLA, Pieza, importar, llenar, portada, simular
from casa import Casa, Reloj, mandar

from sgc_gt.cli import o_inicio

ENTRADA = Path(__file__).resolve().parents[3] / "shared" / "entrada"


@pytest.mark.entrada
def test_la_lista_de_pendientes_completa_la_planilla_y_se_vacia(
    reloj: Reloj, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reloj.dia("2026-06-01")
    monkeypatch.setattr(o_inicio, "reloj", reloj)
    raiz = tmp_path / "sgc"
    creado = mandar(["--json", "iniciar", str(raiz), "--servicio", str(ENTRADA / "servicio_senopl.yaml")])
    assert "PR-SGC-05" in creado.valor.get("por_importar", ()), creado
    casa = Casa(raiz, reloj)
    carpeta = tmp_path / "Documentos"
    carpeta.mkdir()
    p = Pieza("", "", "PR-SGC-05", "03", "21-05-2023", "Procedimiento de Revisión por la Dirección")
    (carpeta / "PR-SGC-05.docx").write_bytes(portada(p))
    (carpeta / "FO-GT-06 v01.xlsx").write_bytes(b"PK una planilla")
    filas = {f["archivo"]: f for f in simular(casa, carpeta)}
    formulario = filas["FO-GT-06 v01.xlsx"]
    assert "el documento dice versión 01 y la lista inicial del servicio, 02" in formulario["problemas"]
    antes = casa.lista("por_importar.csv")
    assert "PR-SGC-05" in antes
    llenar(tmp_path / PLANILLA, {"FO-GT-06 v01.xlsx": {"Versión": "02", "Vigente desde": "01-03-2024"}})
    assert importar(casa, carpeta)["importada"] == 2
    [formulario_] = casa.hace("estado FO-GT-06")
    assert formulario_["titulo"] == "Formulario de atención en terreno"
    despues = casa.lista("por_importar.csv")
    assert len(despues.splitlines()) == len(antes.splitlines()) - 2
    assert "PR-SGC-05" not in despues
    assert casa.verificar()["ok"]
