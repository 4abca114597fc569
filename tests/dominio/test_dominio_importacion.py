"""Lo que se propone de una carpeta: cada archivo por sí solo, y todos juntos."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mesa_dominio import SERVICIO, Mesa

from sgc_gt.dominio import reconocido as rec
from sgc_gt.dominio.cargos_leidos import cargo_leido
from sgc_gt.dominio.codigos import FormatoVersion
from sgc_gt.dominio.importacion import Archivo, Fila, Marco
from sgc_gt.dominio.importacion_cruces import proponer
from sgc_gt.dominio.organizacion import Cargo
from sgc_gt.dominio.reconocido import Hallazgo, Reconocido

HOY = date(2026, 3, 10)


def archivo(ruta: str, clase: str = rec.DOCX, **dichos: Any) -> Archivo:
    """Un archivo y lo que dice: cada campo es un valor del encabezado, o una tupla (valor, fuente)…"""
    campos: dict[str, Any] = {}
    for campo, valor in dichos.items():
        if campo in ("rastros", "clases_de_rastro", "problemas", "texto", "sha256", "modificado", "familia"):
            campos[campo] = valor
            continue
        todos = valor if isinstance(valor, list) else [(valor, rec.ENCABEZADO)]
        campos[campo] = tuple(Hallazgo(v, fuente, escrito=v) for v, fuente in todos)
    return Archivo(ruta, Reconocido(ruta, clase, **{"sha256": f"sha {ruta}", "tamano": 1, **campos}))


def compras(ruta: str = "PR-GT-01.docx", version: Any = "02", **mas: Any) -> Archivo:
    base = {"codigo": "PR-GT-01", "version": version, "titulo": "Compras", "vigente_desde": "2024-03-15"}
    return archivo(ruta, **{**base, **mas})


def propuestas(*archivos: Archivo, **marco: Any) -> list[Fila]:
    return list(proponer(archivos, Marco(SERVICIO, hoy=HOY, **marco)))


def test_una_fila_completa_no_tiene_problemas() -> None:
    [fila] = propuestas(
        compras(elaboro="Jefa de Fomento", reviso="Encargado de Calidad", aprobo="Jefe de Servicio")
    )
    assert (fila.decision, fila.estado, fila.tipo, fila.area) == (
        "importar",
        "vigente",
        "procedimiento",
        "GT",
    )
    assert (fila.elabora, fila.revisa, fila.aprueba) == ("proc", ("rev",), "jefe")
    assert fila.proxima_revision == date(2026, 3, 15)
    assert fila.problemas == ()


@pytest.mark.parametrize(
    ("dichos", "problema"),
    [
        ({"version": [("03", rec.ENCABEZADO), ("2", rec.NOMBRE)]}, "versión: el encabezado dice 03 y el nombre del archivo dice 2"),
        ({"codigo": [("PR-GT-01", rec.ENCABEZADO), ("PR-GT-10", rec.NOMBRE)]}, "código: el encabezado dice PR-GT-01 y el nombre del archivo dice PR-GT-10"),
        ({"version": "A"}, "la versión «A» no es como las del servicio"),
        ({"version": []}, "no dice su versión"),
        ({"titulo": []}, "no dice su título"),
        ({"vigente_desde": []}, "no dice desde cuándo rige ni cuándo se aprobó"),
        ({"vigente_desde": "2027-01-01"}, "regiría desde el 01-01-2027, que todavía no llega"),
        ({"fecha_aprobacion": "2024-05-01"}, "regiría desde el 15-03-2024, antes de aprobarse (01-05-2024)"),
        ({"codigo": "PR-XX-01"}, "no se sabe de qué área es"),
        ({"codigo": "P-07"}, "«P-07» no sigue la forma {tipo}-{area}-{nn}: déjelo así o escriba el nuevo"),
        ({"codigo": "IN-GT-01"}, "no hay un tipo con el prefijo IN: entra como «Formulario»"),
        ({"rastros": ("FINAL", "(2)")}, "el nombre trae rastros de copia: «FINAL», «(2)»"),
    ],
)  # fmt: skip
def test_lo_que_no_calza(dichos: dict[str, Any], problema: str) -> None:
    [fila] = propuestas(compras(**dichos))
    assert fila.decision == "importar"
    assert problema in fila.problemas


def test_las_dos_versiones_escritas_distinto_son_la_misma() -> None:
    [fila] = propuestas(compras(version=[("02", rec.ENCABEZADO), ("2", rec.NOMBRE), ("2.0", rec.CAMBIOS)]))
    assert not any("versión" in p for p in fila.problemas)


def test_la_carpeta_dice_el_area_que_el_codigo_calla() -> None:
    [fila] = propuestas(compras("Gestión Territorial/viejos/P-07.docx", codigo="P-07"))
    assert fila.area == "GT"


def test_de_un_codigo_rige_la_ultima_y_sus_fechas_avanzan() -> None:
    nueva, vieja = propuestas(compras("b.docx", "03", vigente_desde="2019-01-01"), compras("a.docx", "02"))
    assert (nueva.estado, vieja.estado) == ("vigente", "obsoleto")
    assert "regiría desde el 01-01-2019, antes que la versión anterior (15-03-2024)" in nueva.problemas


def test_dos_que_dicen_ser_la_misma_version() -> None:
    limpia, copia = propuestas(compras("PR-GT-01.docx"), compras("PR-GT-01 FINAL.docx", rastros=("FINAL",)))
    assert (limpia.decision, copia.decision) == ("importar", "omitir")
    assert "«PR-GT-01 FINAL.docx» también dice ser PR-GT-01 02: confirme cuál rige" in limpia.problemas


def test_identico_firmado_anexo_y_resolucion() -> None:
    filas = propuestas(
        compras(),
        compras("copia.docx", sha256="sha PR-GT-01.docx", rastros=("copia",)),
        archivo("PR-GT-01 firmado.pdf", rec.PDF, codigo="PR-GT-01"),
        archivo("PR-GT-01 flujo.vsdx", rec.VISIO, codigo="PR-GT-01"),
        archivo(
            "Res Ex 412.pdf",
            rec.PDF,
            texto="Apruébase el procedimiento PR-GT-01",
            fecha_aprobacion="2024-03-01",
        ),
        archivo("Res Ex 413.pdf", rec.PDF, texto="Nómbrase a quien indica"),
    )
    documento, copia, firmado, anexo, resolucion, otra = filas
    assert documento.respaldo == ("Res Ex 412.pdf", "PR-GT-01 firmado.pdf")
    assert (documento.resolucion, documento.aprobado) == ("412", date(2024, 3, 1))
    assert "idéntico a «PR-GT-01.docx»" in copia.problemas
    assert firmado.estado == resolucion.estado == "evidencia de PR-GT-01 02"
    assert (anexo.decision, otra.decision) == ("omitir", "omitir")


def test_un_pdf_sin_word_es_un_archivo_controlado() -> None:
    [fila] = propuestas(archivo("PR-GT-01 v02.pdf", rec.PDF, codigo="PR-GT-01", version="02"))
    assert (fila.decision, fila.tipo) == ("importar", "archivo")


def test_lo_declarado_al_comenzar_completa_y_contradice() -> None:
    declarado = {
        "PR-GT-01": {
            "titulo": "Compras públicas",
            "version": "04",
            "elabora": "proc",
            "revisa": "rev",
            "aprueba": "sub",
        }
    }
    solo_nombre = compras(titulo=[("pr gt 01", rec.NOMBRE)])
    [fila] = propuestas(solo_nombre, declarados=declarado)
    assert (fila.titulo, fila.elabora, fila.aprueba) == ("Compras públicas", "proc", "sub")
    assert "el documento dice versión 02 y la lista inicial del servicio, 04" in fila.problemas


def test_lo_que_ya_esta_no_se_propone() -> None:
    importada = Mesa().hacer("importar", sha256="sha PR-GT-01.docx")
    propia = Mesa(codigo="PR-GT-02").hacer("crear")
    una, otra = propuestas(
        compras(),
        compras("PR-GT-02.docx", codigo="PR-GT-02"),
        existentes={"PR-GT-01": importada.ficha, "PR-GT-02": propia.ficha},
    )
    assert "ya está importado" in una.problemas
    assert "PR-GT-02 ya se lleva en el sistema" in otra.problemas


@given(st.lists(st.sampled_from(["01", "02", "A", "", "3"]), max_size=6), st.randoms())
def test_el_orden_en_que_se_hallan_no_cambia_lo_que_se_propone(versiones: list[str], azar: Any) -> None:
    archivos = [compras(f"{n}.docx", v or []) for n, v in enumerate(versiones)]
    barajados = list(archivos)
    azar.shuffle(barajados)
    rectas = {f.archivo: (f.decision, f.estado) for f in propuestas(*archivos)}
    assert {f.archivo: (f.decision, f.estado) for f in propuestas(*barajados)} == rectas
    importan = [f for f in propuestas(*archivos) if f.decision == "importar"]
    assert sum(f.estado == "vigente" for f in importan) == bool(importan)


@pytest.mark.parametrize(
    ("texto", "cargo"),
    [
        ("Jefe/a de Fomento", "proc"),
        ("Jefa de Fomento", "proc"),
        ("María, jefa (s) de fomento", "proc"),
        ("ENCARGADO DE CALIDAD", "rev"),
        ("Fiscal", "fis"),
        ("proc", "proc"),
        ("Gerente General", ""),
        ("", ""),
    ],
)
def test_el_cargo_que_un_documento_quiere_decir(texto: str, cargo: str) -> None:
    assert cargo_leido(SERVICIO, texto) == cargo


def test_un_cargo_que_vale_por_dos_no_se_elige_solo() -> None:
    dos = SERVICIO._replace(
        cargos={"a": Cargo("a", "Jefe de Unidad Norte"), "b": Cargo("b", "Jefe de Unidad Norte")}
    )
    assert cargo_leido(dos, "Jefa Unidad Norte") == ""


@pytest.mark.parametrize(
    ("texto", "version"),
    [("2", "02"), ("02", "02"), ("002", "02"), ("2.0", "02"), ("2.1", "02.1"), ("0", "00"), ("12", "12"), ("A", ""), ("2.1.3", ""), ("", "")],
)  # fmt: skip
def test_la_version_como_el_servicio_numera(texto: str, version: str) -> None:
    formato = FormatoVersion()
    assert formato.leer(texto) == version
    assert not version or formato.admite(version)
