"""La etapa 6.2.5 de punta a punta: del Diagnóstico vigente a los procedimientos que cambian o nacen por él."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from casa import Casa

DATOS = Path(__file__).parents[2] / "sgc_gt" / "ejemplo" / "datos"


def con_visacion(casa: Casa, codigo: str, oficio: str) -> None:
    """Lleva el documento por su circuito, con la visación de SUBDERE, hasta que rige."""
    casa.hace(f"enviar {codigo}", de="egt")
    casa.hace(f"revisar {codigo}", de="ecal")
    casa.hace(f"aprobar {codigo}", de="dn")
    casa.hace(f"remitir {codigo} --oficio {oficio} --fecha-oficio 2025-03-10 --adjunto", casa.adjunto())
    casa.hace(
        f"visar {codigo} --oficio V{oficio} --fecha-oficio 2025-03-10 --responde {oficio} --adjunto",
        casa.adjunto(),
    )
    casa.hace(f"emitir {codigo}")


@pytest.fixture
def con_diagnostico(casa: Casa) -> Casa:
    """El Diagnóstico rige desde el 10-03-2025: PE1 y PE2 están en el SGC y PE4 no."""
    casa.hace("crear diagnostico --titulo Diagnóstico --datos", str(DATOS / "diagnostico.yaml"))
    con_visacion(casa, "RG-GT-01", "11")
    casa.reloj.dia("2025-03-20")
    return casa


def programa(casa: Casa, *compromisos: dict[str, Any]) -> None:
    """Un Programa vigente que compromete eso."""
    datos = yaml.safe_load((DATOS / "programa.yaml").read_text("utf-8"))
    datos["estandarizacion"] = list(compromisos)
    archivo = casa.adjunto("programa.yaml", yaml.safe_dump(datos, allow_unicode=True).encode())
    casa.hace("crear programa --titulo Programa --datos", archivo)
    con_visacion(casa, "PG-GT-01", "12")


def etapa(casa: Casa, fecha: str = "") -> dict[str, dict[str, Any]]:
    """producto → su fila (la última, si tiene varias)."""
    return {f["producto"]: f for f in casa.hace(f"estandarizacion {f'--fecha {fecha}' if fecha else ''}")}


MODIFICA = {
    "producto": "PE1",
    "accion": "modificar",
    "documento": "PR-FOM-01",
    "responsable": "cr1",
    "plazo_mes": 6,
}
CREA = {
    "producto": "PE4",
    "accion": "crear",
    "titulo": "Atención en ruta",
    "responsable": "cr5",
    "plazo_mes": 4,
}


def test_sin_diagnostico_no_hay_nada_que_decir(casa: Casa) -> None:
    assert casa.hace("estandarizacion") == []
    assert "Ningún Diagnóstico vigente" in casa.dice("estandarizacion")
    assert "6.2.5" not in casa.dice("estado")
    assert all(f["estandarizacion"] == [] for f in casa.hace("estado"))


def test_un_producto_sin_procedimiento_se_dice_en_el_estado(con_diagnostico: Casa) -> None:
    casa = con_diagnostico
    filas = etapa(casa)
    assert {p: (f["accion"], f["alerta"]) for p, f in filas.items()} == {
        "PE1": ("modificar", "N-34"),
        "PE2": ("modificar", "N-34"),
        "PE4": ("crear", "N-34"),
    }
    assert filas["PE4"]["fuera_de_alcance"]
    dicho = casa.dice("estado")
    assert "Estandarización (etapa 6.2.5): 3 sin procedimiento asignado." in dicho
    assert "PE4, crear: Sin procedimiento asignado (N-34)" in dicho
    assert etapa(casa, "2025-03-09") == {}, "antes de que rigiera el Diagnóstico"


def test_un_procedimiento_que_se_modifica_por_su_producto(con_diagnostico: Casa) -> None:
    """Comprometido, en borrador, en el circuito, atrasado, cumplido: cada hecho se ve sin escribirlo dos veces."""
    casa = con_diagnostico
    programa(casa, MODIFICA, CREA)
    fila = etapa(casa)["PE1"]
    assert (fila["estado"], fila["enlace"], fila["plazo"]) == ("no_iniciado", "plan", "2025-06-30")
    casa.hace("nueva-version PR-FOM-01 --motivo 'Criterios por región' --producto pe1")
    fila = etapa(casa)["PE1"]
    assert (fila["estado"], fila["version"], fila["enlace"]) == ("borrador", "02", "ambos")
    [_, abierta] = casa.hace("estado PR-FOM-01")
    assert abierta["productos"] == ["PE1"]
    assert [f["producto"] for f in abierta["estandarizacion"]] == ["PE1"]
    casa.hace("enviar PR-FOM-01", de="cr1")
    assert etapa(casa)["PE1"]["estado"] == "en_circuito"
    casa.reloj.dia("2025-07-01")
    assert etapa(casa)["PE1"]["atrasado"]
    assert "PE1, PR-FOM-01: En el circuito, atrasado" in casa.dice("estado")
    casa.hace("revisar PR-FOM-01", de="egt")
    casa.hace("aprobar PR-FOM-01", de="dn")
    casa.hace("emitir PR-FOM-01")
    fila = etapa(casa)["PE1"]
    assert (fila["estado"], fila["version"], fila["desde"], fila["atrasado"]) == (
        "cumplido",
        "02",
        "2025-07-01",
        False,
    )
    assert etapa(casa, "2025-06-29")["PE1"]["estado"] == "en_circuito", "a esa fecha estaba en camino"
    casa.hace("recodificar PR-FOM-01 PR-FOR-07 --motivo 'La división se fusiona'")
    [otra] = [f for f in casa.hace("estandarizacion") if f["producto"] == "PE1"]
    assert otra == {**fila, "documento": "PR-FOR-07"}, "el compromiso lo nombra por el código anterior"


def test_el_compromiso_cambiado_en_word_es_el_que_vale(con_diagnostico: Casa) -> None:
    """Quien aprueba firma el Word: si ahí cambió el plazo, los datos de que salió ya no mandan."""
    casa = con_diagnostico
    programa(casa, MODIFICA)
    assert (etapa(casa)["PE1"]["plazo"], etapa(casa)["PE1"]["responsable"]) == ("2025-06-30", "cr1")
    archivo = casa.ruta(
        casa.hace("nueva-version PG-GT-01 --motivo 'Cambia un plazo' --sin-propuesta 'No toca metas'")[
            "archivo"
        ]
    )
    documento = docx.Document(str(archivo))
    tabla = next(t for t in documento.tables if t.rows[0].cells[0].text == "Producto")
    tabla.rows[1].cells[3].text, tabla.rows[1].cells[4].text = (
        "Jefe/a Atención Ciudadana",
        "septiembre de 2025",
    )
    documento.save(str(archivo))
    casa.hace("entregar PG-GT-01", de="egt")
    con_visacion(casa, "PG-GT-01", "14")
    fila = etapa(casa)["PE1"]
    assert (fila["plazo"], fila["responsable"], fila["documento"]) == ("2025-09-30", "cr5", "PR-FOM-01")
    assert etapa(casa) == etapa(casa), "lo recordado dice lo mismo"


def test_un_procedimiento_que_nace_por_su_producto(con_diagnostico: Casa) -> None:
    casa = con_diagnostico
    programa(casa, CREA)
    assert (etapa(casa)["PE4"]["documento"], etapa(casa)["PE4"]["estado"]) == ("", "no_iniciado")
    assert casa.nuevo("ATC", titulo="Atención en ruta", elabora="cr5", mas="--producto PE4") == "PR-ATC-01"
    fila = etapa(casa)["PE4"]
    assert (fila["documento"], fila["estado"], fila["enlace"]) == ("PR-ATC-01", "borrador", "ambos")
    assert (fila["responsable"], fila["titulo"]) == ("cr5", "Atención en ruta")
    casa.hasta("PR-ATC-01", "emitir", elabora="cr5")
    fila = etapa(casa)["PE4"]
    assert (fila["estado"], fila["version"], fila["requisito"]) == ("cumplido", "01", "EST-2")
    assert "Crear, fuera del alcance de certificación" in casa.dice("estandarizacion")


def test_a_una_fecha_pasada_se_lee_el_diagnostico_que_regia(con_diagnostico: Casa) -> None:
    """Sus datos ya no están en la carpeta: salen de la historia."""
    casa = con_diagnostico
    datos = yaml.safe_load((DATOS / "diagnostico.yaml").read_text("utf-8"))
    datos["productos"][3]["clase"] = "solo_desagrega"  # PE4
    archivo = casa.adjunto("diagnostico.yaml", yaml.safe_dump(datos, allow_unicode=True).encode())
    casa.hace("nueva-version RG-GT-01 --motivo 'Se corrige la clase de la ventanilla'")
    casa.hace(f"generar RG-GT-01 --datos {archivo} --descartar-edicion", de="egt")
    con_visacion(casa, "RG-GT-01", "13")
    assert set(etapa(casa)) == {"PE1", "PE2"}
    assert set(etapa(casa, "2025-03-15")) == {"PE1", "PE2", "PE4"}


def test_un_borrador_descartado_deja_el_compromiso_como_estaba(con_diagnostico: Casa) -> None:
    casa = con_diagnostico
    casa.nuevo("ATC", elabora="cr5", mas="--producto PE4 --producto PE2")
    assert {p: f["documento"] for p, f in etapa(casa).items() if f["documento"]} == {
        "PE2": "PR-ATC-01",
        "PE4": "PR-ATC-01",
    }
    casa.hace("descartar PR-ATC-01 --motivo 'Se hará de otro modo'", de="cr5")
    assert {f["alerta"] for f in etapa(casa).values()} == {"N-34"}


@pytest.mark.parametrize(
    ("linea", "dice"),
    [
        ("nueva-version PR-FOM-01 --motivo x --producto PE9", "PE1, PE2, PE3, PE4, PE5"),
        ("crear procedimiento --titulo T --area ATC --elabora cr5 --producto ''", "«»"),
    ],
)
def test_un_producto_que_el_diagnostico_no_tiene(con_diagnostico: Casa, linea: str, dice: str) -> None:
    con_diagnostico.negada(linea, codigo=2, dice=dice)


def test_un_producto_sin_diagnostico_que_lo_diga(casa: Casa) -> None:
    casa.negada("nueva-version PR-FOM-01 --motivo x --producto PE1", codigo=2, dice="Diagnóstico")


def test_la_demostracion_muestra_los_tres_casos(demo: Casa) -> None:
    def filas(fecha: str) -> dict[str, tuple[str, str, bool]]:
        return {p: (f["documento"], f["estado"], f["atrasado"]) for p, f in etapa(demo, fecha).items()}

    assert filas("2024-09-30") == {
        "PE1": ("PR-FOM-03", "cumplido", False),
        "PE2": ("PR-FOR-08", "no_iniciado", False),
        "PE4": ("", "no_iniciado", False),
    }
    # En octubre, el que estaba en el SGC cambia y nace el que no; el año cierra con los tres cumplidos.
    assert filas("2024-12-31") == {
        "PE1": ("PR-FOM-03", "cumplido", False),
        "PE2": ("PR-FOR-08", "cumplido", False),
        "PE4": ("PR-GT-04", "cumplido", False),
    }
    assert {f["producto"]: (f["accion"], f["version"]) for f in demo.hace("estandarizacion")} == {
        "PE1": ("modificar", "02"),
        "PE2": ("modificar", "02"),
        "PE4": ("crear", "01"),
    }
