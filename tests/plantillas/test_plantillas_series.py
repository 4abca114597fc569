"""El catálogo de series que se entrega: quién guarda cada una, dónde, cuánto y qué se hace después."""

from pathlib import Path
from typing import Any

import pytest
import yaml

RAIZ = Path(__file__).parents[2]
ROLES = {"encargado_gt", "representante_direccion", "jefatura_territorial", "encargado_cr"} | {
    "oficina_partes",
    "control_documental",
}
SERIES: list[dict[str, Any]] = yaml.safe_load((RAIZ / "registros" / "series.yaml").read_text("utf-8"))[
    "series"
]


def test_ninguna_se_repite_y_las_de_documento_son_de_un_tipo_con_versiones() -> None:
    codigos = [s["codigo"] for s in SERIES]
    assert len(codigos) == len(set(codigos))
    tipos = [yaml.safe_load(t.read_text("utf-8")) for t in (RAIZ / "plantillas_docx").glob("*.yaml")]
    de_documento = {t["serie"] for t in tipos if t.get("serie") and t["clase"] == "documento"}
    assert {s["codigo"] for s in SERIES if s["documento"]} == de_documento


@pytest.mark.parametrize("serie", SERIES, ids=lambda s: s["codigo"])
def test_cada_serie_tiene_todos_los_atributos_de_control(serie: dict[str, Any]) -> None:
    for atributo in (
        "nombre",
        "soporte",
        "almacenamiento",
        "proteccion",
        "recuperacion",
        "base_legal",
        "disposicion",
    ):
        assert serie[atributo].strip(), atributo
    assert serie["responsable"] in ROLES
    assert serie["retencion_anios"] == 5
    assert serie["acceso"] in {"publico", "reservado"}
    assert serie["paquete"] in ({"gt", "gore"} if "-GT-" in serie["codigo"] else {"sgc"})


@pytest.mark.entrada
def test_conservan_las_del_servicio_de_referencia() -> None:
    entrada = RAIZ.parent / "shared" / "entrada" / "servicio_senopl.yaml"
    if not entrada.exists():
        pytest.skip("no está ../shared/entrada")
    de_referencia = yaml.safe_load(entrada.read_text("utf-8"))["registros"]
    assert {(r["codigo"], r["nombre"]) for r in de_referencia} <= {(s["codigo"], s["nombre"]) for s in SERIES}
