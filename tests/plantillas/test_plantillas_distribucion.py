"""La hoja de toma de conocimiento y la lista de distribución: plantilla, esquema y ejemplo dicen lo mismo."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import construir_lista_distribucion
import construir_toma_conocimiento
import pytest
import yaml

from sgc_gt.config.datos import validar_datos
from sgc_gt.word.plantilla import Plantilla

RAIZ = Path(__file__).parents[2]
TIPOS = {
    "toma_conocimiento": construir_toma_conocimiento,
    "lista_distribucion": construir_lista_distribucion,
}
DOC = {
    **dict.fromkeys(("codigo", "titulo", "version", "elabora", "revisa", "aprueba", "norma"), "x"),
    "anio": 2025,
    "area_nombre": "Fomento",
    "responsable": "Control documental",
    "tipo_nombre": "Hoja",
}


def _yaml(ruta: Path) -> Any:
    return yaml.safe_load(ruta.read_text("utf-8"))


@pytest.mark.parametrize(("nombre", "modulo"), TIPOS.items())
def test_plantilla_esquema_y_ejemplo_coinciden(nombre: str, modulo: ModuleType) -> None:
    plantilla = RAIZ / "plantillas_docx" / f"{nombre}.docx"
    assert plantilla.read_bytes() == modulo.construir()
    tipo = _yaml(plantilla.with_suffix(".yaml"))
    datos = _yaml(RAIZ / "sgc_gt" / "ejemplo" / "datos" / f"{nombre}.yaml")
    assert validar_datos(tipo["datos"], datos, nombre) == []
    hecho = Plantilla.compilar(plantilla.read_bytes(), nombre).generar(
        {"datos": datos, "doc": DOC, "regiones": [], "servicio": {"nombre": "Servicio"}, "meses": []},
        {"cargo": str, "region": str, "mes": str, "lista": str, "miles": str, "si_no": str, "fecha": str},
    )
    texto = re.sub(r"<[^>]+>", " ", zipfile.ZipFile(io.BytesIO(hecho)).read("word/document.xml").decode())
    for seccion in tipo["secciones"]:
        assert seccion["titulo"] in texto
    assert "Pendiente" not in texto
    for dicho in ("PR-FOM-03", "02-05-2025", "dr-12"):
        assert dicho in texto
