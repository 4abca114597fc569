"""Los datos en Excel, de punta a punta: se piden, la gente los llena, vuelven y se juntan en el borrador."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from casa import Casa, texto_de

from sgc_gt.config.lectura import leer_yaml

DATOS = Path(__file__).parents[2] / "sgc_gt" / "ejemplo" / "datos"


def llenar(origen: str | Path, destino: Path, **celdas: Any) -> str:
    """Alguien abre el formulario, escribe en esas celdas («hoja!celda», la hoja por su comienzo) y lo guarda."""
    libro = openpyxl.load_workbook(origen)
    for lugar, valor in celdas.items():
        comienzo, _, celda = lugar.rpartition("!")
        next(h for h in libro if h.title.startswith(comienzo))[celda] = valor
    libro.save(destino)
    return str(destino)


def combinar(origen: str, destino: Path, rango: str) -> str:
    """Alguien combina esas celdas en la hoja de los objetivos de cada región."""
    libro = openpyxl.load_workbook(origen)
    next(h for h in libro if "Objetivo en cada" in h.title).merge_cells(rango)
    libro.save(destino)
    return str(destino)


def datos(casa: Casa, codigo: str) -> Any:
    [archivo] = casa.raiz.glob(f"documentos/*/{codigo}/borrador/*.datos.yaml")
    return leer_yaml(archivo.read_bytes(), codigo)[0]


def _el_de_una_region(demo: Casa, tmp_path: Path) -> None:
    """El acuerdo con un gobierno regional es todo de su región: su formulario va entero, con ella puesta."""
    archivo = demo.hace(f"formulario acuerdo_gore --region Aysén -o '{tmp_path}'")["archivo"]
    celdas = [c.value for hoja in openpyxl.load_workbook(archivo) for fila in hoja.iter_rows() for c in fila]
    assert "11 Aysén del General Carlos Ibáñez del Campo" in celdas
    assert Path(archivo).name == "formulario_acuerdo_gore_AYSEN.xlsx"


def _la_completitud(demo: Casa, tmp_path: Path) -> None:
    with demo.nada_cambia():
        filas = demo.hace("completitud --periodo 2024")
        assert len(filas) == 16
        aysen = next(f for f in filas if f["region"] == "11")
        assert aysen["objetos"]["diagnostico"]["estado"] == "esta"
        assert aysen["objetos"]["acuerdo"]["respaldo"]
        assert {f["region"] for f in demo.hace("completitud --periodo 2010")} == {
            f["region"] for f in filas
        } - {"16"}
        [libro] = demo.hace(f"completitud --periodo 2024 --formato xlsx -o '{tmp_path}'")["archivos"]
        assert "Aysén" in str([c.value for c in openpyxl.load_workbook(libro).active["A"]])
        assert "16 regiones existían en el período" in demo.dice("completitud --periodo 2024")
    demo.negada("completitud --periodo este", codigo=2, dice="no es un período")
    for orden in ("matriz --periodo 1492", "completitud --periodo 1492", "formulario plan --periodo 99999"):
        demo.negada(orden, codigo=2, dice="no es un período")
    demo.negada("formulario plan --region 11 --region 12", codigo=2, dice="se dijo 2 veces: 11, 12")
    demo.negada("formulario nada -o ..", codigo=2, dice="no es un código ni un tipo")
    demo.negada(
        f"formulario procedimiento --region 11 -o '{tmp_path}'", codigo=2, dice="no tiene tablas por región"
    )
    demo.negada(
        f"formulario plan --region 16 --periodo 2010 -o '{tmp_path}'", codigo=2, dice="no existía en 2010"
    )


def test_el_plan_del_ano_lo_llenan_las_regiones(demo: Casa, tmp_path: Path) -> None:
    demo.hace("nueva-version PL-GT-01 --motivo 'Plan del año siguiente'")
    antes = datos(demo, "PL-GT-01")
    with demo.nada_cambia():
        entero = demo.hace(f"formulario PL-GT-01 -o '{tmp_path / 'plan.xlsx'}'")["archivo"]
        de = {
            r: demo.hace(f"formulario PL-GT-01 --region '{r}' -o '{tmp_path}'")["archivo"]
            for r in ("11", "Arica", "COQ")
        }
    assert Path(de["11"]).name == "formulario_PL-GT-01_AYSEN.xlsx"
    (tmp_path / "llenos").mkdir()
    llenar(
        de["11"],
        tmp_path / "llenos" / "aysen.xlsx",
        **{"1. !B7": "Llegar por mar al litoral", "2. !E7": "83.500"},
    )
    arica = llenar(de["Arica"], tmp_path / "llenos" / "arica.xlsx", **{"1. !B7": "Todo el altiplano"})
    (tmp_path / "llenos" / "~$arica.xlsx").write_bytes(b"abierto")

    dice = demo.dice(f"generar PL-GT-01 --datos '{tmp_path / 'llenos'}'", de="egt")
    assert "Se genera el borrador de PL-GT-01" in dice
    ahora = datos(demo, "PL-GT-01")
    enfasis = {o["region"]: o["enfasis"] for o in ahora["objetivos_regionales"]}
    assert (enfasis["11"], enfasis["15"]) == ("Llegar por mar al litoral", "Todo el altiplano")
    assert next(c["monto"] for c in ahora["compromisos_propir"] if c["region"] == "11") == 83500
    for clave, valor in antes.items():
        if clave not in ("objetivos_regionales", "compromisos_propir"):
            assert ahora[clave] == valor

    # Arica vuelve a mandar el de antes con otra idea: lo suyo ya cambió en el borrador.
    otra = llenar(de["Arica"], tmp_path / "otra.xlsx", **{"1. !B7": "Otra idea"})
    demo.negada(
        f"generar PL-GT-01 --datos '{otra}'", de="egt", dice="cambió en el borrador después de hacerse"
    )
    # Una región no escribe lo de otra, y todo se dice de una vez.
    ajena = llenar(de["COQ"], tmp_path / "ajena.xlsx", **{"1. !A7": "Aysén", "2. !E7": "mucho"})
    error = demo.negada(
        f"generar PL-GT-01 --datos '{ajena}' --datos '{arica}'", de="egt", dice="esta fila es de 11 Aysén"
    )
    assert {p["lugar"].rpartition("celda ")[2] for p in error["problemas"]} == {"A7", "E7"}
    assert error["hacer"].startswith("quite la fila: ")
    assert error["hacer"].endswith("repita la orden")
    demo.negada(
        f"generar PR-GT-01 --datos '{entero}'", de="egt", dice="el formulario es de «Plan de perspectiva"
    )
    assert len(demo.negada(f"generar PR-GT-01 --datos '{entero}'", de="egt")["problemas"]) == 1
    demo.negada(
        f"generar PL-GT-01 --datos '{combinar(entero, tmp_path / 'combinado.xlsx', 'A7:A8')}'",
        de="egt",
        dice="ya tiene su fila más arriba",
    )
    for nombre, contenido, dice in (
        ("plan.csv", "Región;Énfasis\n".encode("latin-1"), "no es un libro de Excel"),
        ("plan.docx", b"PK\x03\x04", "no trae datos que se puedan leer"),
    ):
        otro = demo.adjunto(nombre, contenido)
        demo.negada(f"generar PL-GT-01 --datos '{otro}'", de="egt", dice=dice)
    suelto = demo.adjunto("x.yaml", b"{}")
    demo.negada(
        f"generar PL-GT-01 --datos '{entero}' --datos '{suelto}'", de="egt", codigo=2, dice="no se junta"
    )
    (tmp_path / "nada").mkdir()
    demo.negada(
        f"generar PL-GT-01 --datos '{tmp_path / 'nada'}'", de="egt", codigo=2, dice="no tiene formularios"
    )

    # Un registro nace de su formulario, y lo que la completitud ve no cambia nada.
    archivo = demo.hace(f"formulario informe_implementacion --periodo 2025 -o '{tmp_path}'")["archivo"]
    assert Path(archivo).name == "formulario_informe_implementacion.xlsx"
    hecho = demo.hace(
        f"crear informe_implementacion --titulo 'Implementación' --periodo 2025 --datos '{archivo}'"
    )
    assert hecho["codigo"] == "RG-GT-03/2025/001"
    _el_de_una_region(demo, tmp_path)
    _la_completitud(demo, tmp_path)

    # Un documento de 2010 muestra las quince regiones de entonces.
    linea = "crear programa --titulo 'Programa de 2010' --periodo 2010 --codigo PG-GT-10 --datos"
    antiguo = demo.hace(linea, str(DATOS / "programa.yaml"))
    texto = texto_de(demo.ruta(antiguo["archivo"]))
    assert "BBIO" in texto
    assert "NUBLE" not in texto
