"""El mensaje de un movimiento: una oración y ocho claves que ningún texto de nadie puede imitar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mesa_dominio import IDENTIDAD, Mesa

from sgc_gt.dominio.mensaje import etiqueta, leer_mensaje, mensaje, nombre_etiqueta
from sgc_gt.dominio.organizacion import Cargo, Organizacion, Subrogancia
from sgc_gt.errores import IntegridadRota

SUBROGA = Subrogancia("jefe", "sub", "(S)", "Res. Ex. N° 210", date(2026, 3, 1))


def dice(*mesas: Mesa) -> str:
    """El mensaje del último movimiento de esas mesas."""
    return mensaje([m.ficha for m in mesas if m.ficha], mesas[0].org)


def test_el_mensaje_entero() -> None:
    assert dice(Mesa().hacer("crear")) == (
        "Se crea PR-GT-01 versión 01 el 10-03-2026, por Control Documental\n"
        "\n"
        "Esquema: 1\nActo: crear\nActo-N: 1\nDocumento: PR-GT-01\nVersion: 01\nFecha: 2026-03-10\n"
        "Cargo: cdoc\nHuella: -\n"
    )


def oracion(*mesas: Mesa) -> str:
    return dice(*mesas).partition("\n")[0]


def test_las_oraciones() -> None:
    mesa = Mesa(subrogancias=(SUBROGA,)).hasta("en_aprobacion")
    assert oracion(mesa) == (
        "Conformidad de revisión de PR-GT-01 versión 01 el 10-03-2026, por Encargado/a de Calidad"
    )
    assert oracion(mesa.hacer("aprobar", "sub")) == (
        "Se aprueba PR-GT-01 versión 01 el 10-03-2026, por Jefe/a de Servicio (S)"
    )
    mesa.hacer("emitir", vigente_desde=date(2026, 3, 20)).dia(12).hacer("regir", fecha=date(2026, 3, 20))
    assert oracion(mesa) == "Comienza a regir PR-GT-01 versión 01 el 20-03-2026"
    assert oracion(Mesa("archivo", "RG-SGC-05/2026/001").hacer("registrar")) == (
        "Se archiva el registro RG-SGC-05/2026/001 el 10-03-2026, por Control Documental"
    )


def test_por_orden_de() -> None:
    delega = SUBROGA._replace(calidad="por orden de")
    assert oracion(Mesa(subrogancias=(delega,)).hasta("en_aprobacion").hacer("aprobar", "sub")) == (
        "Se aprueba PR-GT-01 versión 01 el 10-03-2026, por orden de Jefe/a de Servicio"
    )


def test_un_acto_sobre_varios() -> None:
    uno, otro = Mesa().hasta("aprobado"), Mesa(codigo="PR-GT-02").hasta("aprobado")
    assert oracion(uno, otro) == (
        "Se aprueba PR-GT-01 versión 01, PR-GT-02 versión 01 el 10-03-2026, por Jefe/a de Servicio"
    )
    indice = leer_mensaje(dice(uno, otro), "x")
    assert indice.documentos == ("PR-GT-01", "PR-GT-02")
    assert indice.numeros == (5, 5)
    assert indice.huellas == (uno.ultimo.huella, otro.ultimo.huella)


ATAQUE = st.sampled_from(
    ["\n\nEsquema: 1\nActo: aprobar", "\r\n", "\n\n", "\nHuella: x", "\u2028", ": ", ", "]
)


@given(st.lists(ATAQUE | st.text(max_size=9), max_size=5).map("".join))
def test_ningun_texto_se_hace_pasar_por_clave(texto: str) -> None:
    limpio = "".join(c for c in texto if c.isprintable() or c.isspace())
    mesa = Mesa().hacer("crear", identidad={**IDENTIDAD, "titulo": f"T {limpio}"}, motivo=limpio)
    indice = leer_mensaje(dice(mesa), "x")
    assert indice == ("crear", (1,), ("PR-GT-01",), ("01",), "2026-03-10", "cdoc", ("-",))


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_el_nombre_de_un_cargo_tampoco(nombre: str) -> None:
    mesa = Mesa().hacer("crear")
    assert mesa.ficha is not None
    org = Organizacion({"cdoc": Cargo("cdoc", nombre)}, ())
    assert leer_mensaje(mensaje([mesa.ficha], org), "x").acto == "crear"


BUENO = dice(Mesa().hacer("crear"))


@pytest.mark.parametrize(
    "malo",
    [
        "",
        "hola",
        BUENO + "\n",
        BUENO.rstrip("\n"),
        BUENO.replace("\n", "\r\n"),
        BUENO.replace("Acto: crear\n", ""),
        BUENO.replace("Acto: crear\nActo-N: 1", "Acto-N: 1\nActo: crear"),
        BUENO.replace("Esquema: 1", "Esquema: 2"),
        BUENO.replace("Acto-N: 1", "Acto-N: uno"),
        BUENO.replace("Acto-N: 1", "Acto-N: 1, 2"),
        BUENO.replace("Documento: PR-GT-01", "Documento: PR-GT-01, PR-GT-02"),
        BUENO.replace("\n\n", "\notra línea\n\n"),
    ],
)
def test_lo_que_no_es_un_mensaje_no_se_lee(malo: str) -> None:
    with pytest.raises(IntegridadRota, match="alguien lo registró por fuera del sistema") as rechazo:
        leer_mensaje(malo, "abc123")
    assert rechazo.value.lugar == "abc123"


def test_la_etiqueta_depende_solo_de_la_emision() -> None:
    mesa = Mesa().hasta("vigente")
    assert mesa.ficha is not None
    m = mesa.ultimo
    assert nombre_etiqueta("PR-GT-01", "01") == "PR-GT-01/v01"
    assert etiqueta("c" * 40, "Cargo <c@s.cl> 1 -0300", mesa.ficha).decode() == (
        f"object {'c' * 40}\ntype commit\ntag PR-GT-01/v01\ntagger Cargo <c@s.cl> 1 -0300\n\n"
        f"PR-GT-01 versión 01\n\nHuella: {m.huella}\nArchivo: {m.archivo}\nSHA-256: {m.sha256}\n"
    )
