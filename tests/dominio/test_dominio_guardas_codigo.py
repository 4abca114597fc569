"""Con qué código, identidad y serie nace un documento o un registro."""

from __future__ import annotations

import pytest
from mesa_dominio import IDENTIDAD, SERVICIO, Mesa, resumen

from sgc_gt.dominio.codigos import Mascara


@pytest.mark.parametrize(
    ("tipo", "codigo"),
    [
        ("procedimiento", "PR-GT-1"),
        ("procedimiento", "PR-GT-001"),
        ("procedimiento", "PR-SGC-01"),
        ("procedimiento", "FO-GT-01"),
        ("procedimiento", "pr-gt-01"),
        ("procedimiento", "PR-GT-01\n"),
        ("procedimiento", "../PR-GT-01"),
        ("procedimiento", "PR-GT-01/2026/001"),
        ("archivo", "PL-GT-01"),
    ],
)
def test_el_codigo_es_de_su_tipo_y_su_area(tipo: str, codigo: str) -> None:
    rechazo = Mesa(tipo, codigo).rechazo("crear")
    nombre, prefijo = SERVICIO.tipos[tipo].nombre, SERVICIO.tipos[tipo].prefijo
    assert rechazo.mensaje == f"«{codigo}» no es un código para un documento de tipo «{nombre}» del área GT"
    assert rechazo.esperado == f"{prefijo}-GT-01 o un número siguiente"


@pytest.mark.parametrize(("tipo", "codigo"), [("procedimiento", "PR-GT-100"), ("plan", "PL-GT-01")])
def test_codigos_que_sirven(tipo: str, codigo: str) -> None:
    assert Mesa(tipo, codigo).decidir("crear").version == "01"


def test_el_codigo_de_la_serie_del_tipo_vale_aunque_la_mascara_sea_otra() -> None:
    servicio = SERVICIO._replace(mascara=Mascara("{area}-{tipo}-{nnn}"))
    assert Mesa("plan", "PL-GT-01", servicio).decidir("crear").acto == "crear"
    assert Mesa("plan", "GT-PL-001", servicio).decidir("crear").acto == "crear"


def test_un_documento_no_toma_el_codigo_de_una_serie_de_registros() -> None:
    tipo = SERVICIO.tipos["archivo"]._replace(prefijo="RG")
    mesa = Mesa("archivo", "RG-SGC-05", SERVICIO._replace(tipos={"archivo": tipo}))
    assert mesa.rechazo("crear", identidad={**IDENTIDAD, "area": "SGC"}).mensaje == (
        "RG-SGC-05 es una serie de registros («Actas»), no un documento"
    )


@pytest.mark.parametrize("codigo", ["CON", "NUL", "COM1", "A", "-AB", "PR-GT-01_v01", "Á-01", "A" * 33])
def test_nombres_que_windows_o_la_historia_no_admiten(codigo: str) -> None:
    servicio = SERVICIO._replace(mascara=Mascara("{tipo}{nn}"))
    assert (
        "no es un código para un documento" in Mesa(codigo=codigo, servicio=servicio).rechazo("crear").mensaje
    )


@pytest.mark.parametrize("titulo", ["", "   ", "—", None])
def test_sin_titulo(titulo: str | None) -> None:
    identidad = {k: v for k, v in IDENTIDAD.items() if k != "titulo"}
    if titulo is not None:
        identidad["titulo"] = titulo
    assert Mesa().rechazo("crear", identidad=identidad).mensaje == "falta el título"


def test_un_titulo_cabe_en_el_encabezado() -> None:
    rechazo = Mesa().rechazo("crear", identidad={**IDENTIDAD, "titulo": "x" * 301})
    assert rechazo.mensaje == "el título tiene 301 caracteres y no cabe en el encabezado ni en las listas"
    assert Mesa().decidir("crear", identidad={**IDENTIDAD, "titulo": "x" * 300}).acto == "crear"


@pytest.mark.parametrize(
    ("campo", "frase"),
    [
        ("elabora", "falta decir quien elabora, o su cargo no existe"),
        ("aprueba", "falta decir quien aprueba, o su cargo no existe"),
        ("responsable", "falta decir el responsable, o su cargo no existe"),
    ],
)
@pytest.mark.parametrize("valor", ["", "rey"])
def test_un_cargo_en_cada_papel(campo: str, frase: str, valor: str) -> None:
    rechazo = Mesa().rechazo("crear", identidad={**IDENTIDAD, campo: valor})
    assert rechazo.mensaje == frase
    assert rechazo.hacer == "use --elabora, --aprueba y --responsable con cargos de la configuración"


def test_cada_revisor_existe() -> None:
    rechazo = Mesa().rechazo("crear", identidad={**IDENTIDAD, "revisa": ["rev", "rey"]})
    assert rechazo.mensaje == "el cargo «rey» (--revisa) no existe"


@pytest.mark.parametrize(
    ("area", "frase"), [("", "falta decir el área"), ("../X", "«../X» no es un área del servicio")]
)
def test_el_area_es_del_servicio(area: str, frase: str) -> None:
    assert Mesa().rechazo("crear", identidad={**IDENTIDAD, "area": area}).mensaje == frase


@pytest.mark.parametrize(
    "codigo",
    [
        "RG-SGC-05",
        "RG-SGC-05/2026",
        "RG-SGC-05/2026/1",
        "RG-SGC-05/CON/001",
        "RG-SGC-05/../001",
        "RG-SGC-05/x/001",
    ],
)
@pytest.mark.parametrize("acto", ["crear", "registrar"])
def test_un_registro_dice_serie_periodo_y_numero(acto: str, codigo: str) -> None:
    rechazo = Mesa("acta", codigo).rechazo(acto)
    assert rechazo.mensaje == f"«{codigo}» no sirve para un registro"
    assert rechazo.esperado == "la serie, el período y un número, como RG-SGC-05/2026/001"


def test_la_serie_existe_y_se_archiva_a_mano() -> None:
    assert (
        Mesa("acta", "RG-X-09/2026/001").rechazo("registrar").mensaje
        == "la serie de registros RG-X-09 no existe"
    )
    assert Mesa("acta", "PL-GT-01/2026/001").rechazo("registrar", "proc").mensaje == (
        "la serie PL-GT-01 se archiva sola: cada versión emitida del documento es su registro"
    )


def test_un_registro_esta_en_alguna_parte() -> None:
    mesa = Mesa("archivo", "RG-SGC-05/2026/001")
    rechazo = mesa.rechazo("registrar", extra={"ubicacion": " "})
    assert rechazo.mensaje == "el registro no trae archivo ni dice dónde está"
    assert rechazo.hacer == "indique el archivo o dónde se conserva el original"
    assert mesa.decidir("registrar", extra={"ubicacion": "Estante 3"}).acto == "registrar"


@pytest.mark.parametrize(
    ("archivo", "tamano"), [("", 1), ("../x.pdf", 1), ("acta.pdf", None), ("acta.pdf", "1")], ids=str
)
def test_el_archivo_de_un_registro_dice_nombre_y_tamano(archivo: str, tamano: object) -> None:
    mesa = Mesa("archivo", "RG-SGC-05/2026/001")
    campos = {"sha256": resumen("x"), "archivo": archivo, "extra": {"tamano": tamano}}
    assert mesa.rechazo("registrar", **campos).mensaje == (
        "el archivo del registro no dice su nombre y su tamaño"
    )
    assert mesa.decidir("registrar", **{**campos, "archivo": "acta.pdf", "extra": {"tamano": 1}}).n == 1
