"""Lo que `crear` y `nueva-version` deducen sin preguntar, y lo que nadie puede decir por quien lo pide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from casa import Casa

from sgc_gt.dominio.codigos import FormatoVersion, Mascara
from sgc_gt.dominio.periodos import aviso_de_pasado
from sgc_gt.dominio.servicio import Servicio, Tipo
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes.area import area_dicha
from sgc_gt.ordenes.region import region_del_registro

RAIZ = Path(__file__).parents[2]
SERVICIO = Servicio(
    nombre="Servicio de Prueba",
    sigla="SP",
    norma="ISO 9001:2015",
    mascara=Mascara("{tipo}-{area}-{nn}"),
    areas={"SGC": "Calidad", "GT": "Gestión Territorial", "FOM": "Fomento"},
    formato=FormatoVersion(),
    cargos={},
    personas=(),
    roles={},
    circuitos={},
    tipos={},
    series={},
    regiones=("15", "11", "16"),
)


def tipo(clase: str, serie: str = "", paquete: str = "sgc", *, por_region: bool = False) -> Tipo:
    return Tipo("uno", "Uno", "RG", clase, "registro", paquete, serie=serie, por_region=por_region)


@pytest.mark.parametrize(
    ("nuevo", "pedida", "area"),
    [
        (tipo("registro", "RG-SGC-06"), "", "SGC"),  # control documental no se pregunta
        (tipo("registro", "RG-FOM-02"), "", "FOM"),  # la serie dice más que el paquete
        (tipo("registro", "RG-SGC-06"), "RG-FOM-02", "FOM"),  # y la serie pedida, más que la del tipo
        (tipo("registro", "ACTAS"), "", "SGC"),  # su código no dice área
        (tipo("registro", "RG-GEN-01", "gen"), "", ""),  # ni una ni otro son un área de aquí
        (tipo("documento", "RG-GT-01", "gt"), "", "GT"),
        (tipo("registro", "RG-SGC-05", "gt"), "", "GT"),  # la Revisión de un sistema es de su área
        (tipo("documento"), "", ""),  # un procedimiento es de cualquiera: se pregunta
    ],
)
def test_el_area_sale_de_la_serie_o_del_sistema(nuevo: Tipo, pedida: str, area: str) -> None:
    assert area_dicha(SERVICIO, nuevo, pedida) == area


@pytest.mark.parametrize(
    "clave", ["acta_eliminacion", "toma_conocimiento", "lista_distribucion", "solicitud"]
)
def test_los_registros_de_control_documental_no_preguntan_su_area(clave: str) -> None:
    escrito = yaml.safe_load((RAIZ / "plantillas_docx" / f"{clave}.yaml").read_text("utf-8"))
    nuevo = tipo(escrito["clase"], escrito["serie"], escrito["paquete"])
    assert area_dicha(SERVICIO, nuevo) == "SGC"


def test_lo_que_es_de_cada_region_pide_cual_y_nombra_las_que_hay() -> None:
    acuerdo = tipo("registro", "RG-GT-05", "gt", por_region=True)
    with pytest.raises(UsoIncorrecto, match="falta decir de cuál") as negada:
        region_del_registro(SERVICIO, acuerdo, "", {})
    assert negada.value.lugar == "--region"
    assert "16 (Ñuble)" in negada.value.esperado
    assert region_del_registro(SERVICIO, acuerdo, "Ñuble", {}) == "16"
    assert region_del_registro(SERVICIO._replace(regiones=("12",)), acuerdo, "", {}) == "12"
    assert region_del_registro(SERVICIO, tipo("registro", "RG-GT-09", "gt"), "", {}) == ""


@pytest.mark.parametrize("clave", ["acuerdo_gore", "entrega_informacion"])
def test_lo_que_se_pacta_con_un_gobierno_regional_es_de_su_region(clave: str) -> None:
    assert yaml.safe_load((RAIZ / "plantillas_docx" / f"{clave}.yaml").read_text("utf-8"))["por_region"]


@pytest.mark.parametrize(
    ("periodo", "de", "avisa"),
    [
        ("2019", "", True),
        ("2025-S1", "", True),
        ("2025", "2025", False),
        ("2026", "", False),
        ("", "", False),
    ],
)
def test_un_anio_que_ya_paso_se_avisa(periodo: str, de: str, avisa: bool) -> None:
    assert bool(aviso_de_pasado(periodo, 2026, de)) == avisa


def test_una_version_no_es_de_un_anio_anterior_al_de_la_que_rige(demo: Casa) -> None:
    abre = "nueva-version RG-GT-01 --motivo 'Otro año' --periodo"
    demo.negada(f"{abre} 2019", codigo=2, dice="que rige, es de 2024: la siguiente no puede ser de 2019")


def test_todo_se_imprime_en_la_misma_hoja() -> None:
    fuentes = [p for p in (RAIZ / "sgc_gt").rglob("*") if p.suffix in (".css", ".html", ".py")]
    hojas = {h for p in fuentes for h in re.findall(r"@page [{]+ size: (\w+)", p.read_text("utf-8"))}
    assert hojas == {"A4"}, "la de los Word y los libros"
