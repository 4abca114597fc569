"""Copias: cada una dice lo que es, por la puerta que salga; y lo que regía, según lo que consta hoy o constaba."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from casa import Casa, Reloj, una_vez
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from sgc_gt.consultas.copia import copia
from sgc_gt.consultas.estado import estado
from sgc_gt.consultas.listas import listas
from sgc_gt.consultas.sabido import vista_al
from sgc_gt.contexto import Contexto, Persona, Vista
from sgc_gt.dominio.filas import fila_maestra
from sgc_gt.errores import NoEncontrado


def leyendas(archivo: Path) -> str:
    """Lo que las líneas al pie de un Word dicen."""
    with zipfile.ZipFile(archivo) as paquete:
        return "".join(paquete.read(n).decode() for n in paquete.namelist() if "header" in n)


def pies(archivo: Path) -> str:
    with zipfile.ZipFile(archivo) as paquete:
        return "".join(paquete.read(n).decode() for n in paquete.namelist() if "footer" in n)


def hoja_en_blanco() -> bytes:
    """Un PDF de una hoja, como el que deja un escáner."""
    escritor = PdfWriter()
    escritor.add_blank_page(612, 792)
    salida = io.BytesIO()
    escritor.write(salida)
    return salida.getvalue()


def bajada(casa: Casa, linea: str) -> tuple[str, dict[str, Any]]:
    """El nombre del archivo que la orden deja, y su respuesta."""
    r = casa.hace(f"copia {linea} -o", str(casa.raiz.parent / "salida"))
    return Path(r["archivo"]).name, r


def test_cada_copia_dice_lo_que_es(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    assert bajada(casa, "PR-FOM-01 --version Borrador")[0] == "PR-FOM-01_v02_BORRADOR.docx"
    casa.hasta("PR-FOM-01", "revisar")
    papel = hoja_en_blanco()
    casa.hace("--como dn@senopl.example aprobar PR-FOM-01 --adjunto", casa.adjunto("firmado.pdf", papel))
    casa.hace("emitir PR-FOM-01 --vigente-desde 2025-04-01")
    nombre, r = bajada(casa, "PR-FOM-01 --version 02 --firmado")
    assert nombre.endswith("_AUN-NO-RIGE.pdf")
    assert Path(r["archivo"]).read_bytes().startswith(papel)  # lo firmado sigue entero adentro
    assert "se le agregó la marca después" in r["avisos"][0]
    traido = casa.hace("verificar --archivo", r["archivo"])
    assert (traido["resultado"], traido["agregado"]) == ("evidencia", True)
    nombre, r = bajada(casa, "PR-FOM-01 --version 02")
    assert (nombre, r["marca"]) == ("PR-FOM-01_v02_AUN-NO-RIGE.docx", "AÚN NO RIGE")
    assert "comienza a regir el 01-04-2025" in leyendas(Path(r["archivo"]))
    casa.reloj.dia("2025-04-02")
    nombre, r = bajada(casa, "PR-FOM-01 --version 01")
    assert nombre == "PR-FOM-01_v01_OBSOLETO.docx"
    assert (
        "DOCUMENTO OBSOLETO desde el 01-04-2025: reemplazada por la versión 02. "
        "Se conserva hasta el 01-04-2030 como evidencia de lo que rigió." in leyendas(Path(r["archivo"]))
    )
    nombre, r = bajada(casa, "PR-FOM-01 --version 02-b1")
    assert nombre == "PR-FOM-01_v02-b1_BORRADOR.docx"
    assert "BORRADOR: envío 1 de la versión 02" in leyendas(Path(r["archivo"]))
    nombre, vigente = bajada(casa, "PR-FOM-01")
    assert (nombre, vigente["marca"]) == ("PR-FOM-01_v02.docx", "")
    assert "PowerPlusWaterMarkObject" not in leyendas(Path(vigente["archivo"]))
    assert Path(bajada(casa, "PR-FOM-01 --firmado")[1]["archivo"]).read_bytes() == papel
    nombre, r = bajada(casa, "PR-FOM-01 --no-controlada")
    assert nombre == "PR-FOM-01_v02_COPIA-NO-CONTROLADA.docx"
    assert "COPIA NO CONTROLADA obtenida el 02-04-2025" in leyendas(Path(r["archivo"]))
    nombre, r = bajada(casa, "PR-FOM-01 --controlada 7 --para 'Dirección Regional de Aysén'")
    assert nombre == "PR-FOM-01_v02_COPIA-CONTROLADA-7.docx"
    assert r["marca"] == "COPIA CONTROLADA N° 7 · Para: Dirección Regional de Aysén · 02-04-2025"
    assert 'string="' not in leyendas(Path(r["archivo"]))  # sin marca de agua: es la vigente y se lee entera
    assert "no controlada" in pies(Path(vigente["archivo"]))
    assert "no controlada" not in pies(Path(r["archivo"]))  # al pie no puede decir lo contrario
    # Lo marcado dice lo mismo que la versión: solo cambian la marca y esa frase del pie.
    assert [s["seccion"] for s in casa.hace("comparar PR-FOM-01 02", r["archivo"])["secciones"]] == [
        "Pie de página"
    ]
    _, no_controlada = bajada(casa, "PR-FOM-01 --no-controlada")
    assert not casa.hace("comparar PR-FOM-01 02", no_controlada["archivo"])["secciones"]


def test_lo_que_no_se_puede_pedir(casa: Casa, tmp_path: Path) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    otra = tmp_path / "mia.docx"
    otra.write_bytes(b"lo que alguien anoto")
    for linea, codigo, dice in (
        ("--version borrador --controlada 1 --para Aysén", 1, "la 02 está en estado «borrador»"),
        ("--controlada 1", 2, "le falta a quién se entrega"),
        ("--para Aysén", 2, "le falta el número"),
        ("--controlada 1 --para Aysén --no-controlada", 2, "no las dos cosas"),
        (f"--controlada 1 --para {'x' * 81}", 2, "no cabe al pie"),
        ("--version 07", 2, "no había una versión «07» de PR-FOM-01"),
        ("--fecha 2020-01-01", 2, "al 01-01-2020 no regía ninguna versión de PR-FOM-01"),
        ("--sabido-al 2025-03-02", 2, "todavía no había nada anotado"),
        ("--sabido-al 2025-03-11", 2, "todavía no está anotado"),
        ("--firmado", 2, "no se aprobó con un PDF firmado"),
        (f"-o {tmp_path}/copia.pdf", 2, "agregue --pdf"),
        (f"-o {otra}", 2, "ya hay un archivo con ese nombre"),
    ):
        casa.negada(f"copia PR-FOM-01 {linea}", codigo=codigo, dice=dice)
    assert otra.read_bytes() == b"lo que alguien anoto"
    assert Path(casa.hace(f"copia PR-FOM-01 -o {tmp_path}/nueva/otra")["archivo"]).parent.name == "otra"


def test_lo_que_no_es_word_tambien_sale_marcado(demo: Casa) -> None:
    nombre, r = bajada(demo, "FO-GT-06 --no-controlada")
    assert nombre == "FO-GT-06_v01_COPIA-NO-CONTROLADA.xlsx"
    assert "al imprimir la planilla" in r["avisos"][0]
    hojas = zipfile.ZipFile(r["archivo"])
    for hoja in (n for n in hojas.namelist() if n.startswith("xl/worksheets/sheet")):
        assert "COPIA NO CONTROLADA" in hojas.read(hoja).decode()
    traida = demo.hace("verificar --archivo", r["archivo"])
    assert (traida["resultado"], traida["documentos"][0]["codigo"]) == ("mismo_texto", "FO-GT-06")
    libro = openpyxl.load_workbook(r["archivo"])
    libro.active["A1"] = "Otra cosa"
    libro.save(r["archivo"])
    assert demo.hace("verificar --archivo", r["archivo"])["resultado"] == "desconocido"
    demo.hace("copia FO-GT-06 -o", str(demo.raiz.parent / "igual.xlsx"))
    original = demo.ruta("documentos/GT/FO-GT-06/FO-GT-06_v01.xlsx").read_bytes()
    assert (demo.raiz.parent / "igual.xlsx").read_bytes() == original


@pytest.fixture(scope="session")
def pasado(comun: Path, partida: Path, _sin_git_ajeno: pytest.MonkeyPatch) -> Path:
    """PR-FOM-01: la 02 se emite el 10-03 para el 20-03; el 15-04 se anota que dejó de regir el 01-04."""
    import shutil  # noqa: PLC0415  (solo esta fixture)

    from sgc_gt.cli import sesion  # noqa: PLC0415

    def construir(raiz: Path) -> None:
        shutil.copytree(partida, raiz)
        with pytest.MonkeyPatch.context() as parche:
            parche.setattr(sesion, "reloj", reloj := Reloj(datetime(2025, 3, 10, 12, tzinfo=UTC)))
            casa = Casa(raiz, reloj)
            casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
            casa.hasta("PR-FOM-01", "aprobar")
            casa.hace("emitir PR-FOM-01 --vigente-desde 2025-03-20")
            reloj.dia("2025-04-15")
            casa.hace(
                "dejar-sin-efecto PR-FOM-01 --motivo 'Trámite eliminado' --fecha 2025-04-01 --adjunto",
                casa.adjunto("acta.pdf"),
                "--como",
                "dn@senopl.example",
            )

    return una_vez(comun / "pasado", construir)


DIAS = st.dates(date(2025, 3, 3), date(2025, 4, 20))


@pytest.fixture(scope="session")
def contexto(pasado: Path) -> Iterator[Contexto]:
    """El servicio del pasado, consultado el 20-04-2025 con un solo proceso de lectura."""
    ctx = Contexto(pasado, lambda: datetime(2025, 4, 20, 12, tzinfo=UTC), Persona(""))
    with ctx.repo.compartiendo():
        yield ctx


def segun_la_copia(vista: Vista, fecha: date) -> str:
    try:
        return copia(vista, "PR-FOM-01", "vigente", (fecha, date(2025, 4, 20))).version
    except NoEncontrado:
        return ""


def segun_el_estado(vista: Vista, fecha: date) -> str:
    return "".join(f.version for f in estado(vista, fecha, "PR-FOM-01") if f.estado == "vigente")


def segun_la_lista(vista: Vista, fecha: date) -> str:
    return "".join(
        str(f["version"]) for f in listas(vista, fecha)[0].tabla.filas if f["codigo"] == "PR-FOM-01"
    )


@given(fecha=DIAS, sabido=DIAS)
@example(fecha=date(2025, 3, 20), sabido=date(2025, 3, 9))
@example(fecha=date(2025, 4, 1), sabido=date(2025, 4, 15))
@example(fecha=date(2025, 4, 1), sabido=date(2025, 4, 14))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_copia_estado_y_listas_dicen_lo_mismo(contexto: Contexto, fecha: date, sabido: date) -> None:
    """Lo que regía en una fecha, según lo que constaba en otra: calculado aquí aparte, de los hechos."""
    vista = vista_al(contexto, sabido)
    esperada = "02" if fecha >= date(2025, 3, 20) and sabido >= date(2025, 3, 10) else "01"
    if sabido >= date(2025, 4, 15) and fecha >= date(2025, 4, 1):
        esperada = ""  # ya constaba que había dejado de regir
    dicho = {segun(vista, fecha) for segun in (segun_la_copia, segun_el_estado, segun_la_lista)}
    assert dicho == {esperada}


def test_un_acto_anotado_tarde_separa_lo_que_regia_de_lo_que_constaba(pasado: Path, nueva_casa: Any) -> None:
    casa = nueva_casa(pasado)
    casa.reloj.dia("2025-04-20")
    assert casa.estados("PR-FOM-01", "2025-04-05") == {}
    assert {f["version"] for f in casa.hace("estado PR-FOM-01 --sabido-al 2025-04-05")} == {"02"}
    assert casa.hace("estado PR-FOM-01 --sabido-al 2025-04-15 --fecha 2025-03-31")[0]["estado"] == "vigente"
    casa.negada("copia PR-FOM-01 --fecha 2025-04-05", codigo=2, dice="no regía ninguna versión")
    nombre, r = bajada(casa, "PR-FOM-01 --sabido-al 2025-04-05")
    # Salió según lo que constaba, y marcada por lo que consta hoy.
    assert nombre == "PR-FOM-01_v02_OBSOLETO.docx"
    assert "desde el 01-04-2025: Trámite eliminado." in leyendas(Path(r["archivo"]))
    lista = casa.hace("listas --formato csv --sabido-al 2025-04-05 -o", str(casa.raiz.parent / "l"))
    maestra = next(Path(a) for a in lista["archivos"] if "lista_maestra" in a)
    assert maestra.name == "lista_maestra_2025-04-05_sabido-al-2025-04-05.csv"
    assert "Según lo que estaba anotado al terminar el 05-04-2025." in casa.dice(
        "estado --sabido-al 2025-04-05"
    )
    assert "PR-FOM-01" in maestra.read_text("utf-8-sig")


@given(n=st.integers(0, 30), fecha=st.dates(date(2016, 1, 1), date(2025, 3, 4)))
@settings(max_examples=25, deadline=None)
def test_lo_importado_tambien_rigio_donde_su_papel_lo_dice(importada: Path, n: int, fecha: date) -> None:
    ctx = Contexto(importada, lambda: datetime(2025, 3, 10, 12, tzinfo=UTC), Persona(""))
    vista = ctx.vista()
    with ctx.repo.compartiendo():
        codigos = sorted(c for c in vista.codigos() if "/" not in c)
        codigo = codigos[n % len(codigos)]
        fila = fila_maestra(vista.servicio, vista.ficha(codigo), fecha)
        segun_estado = [f.version for f in estado(vista, fecha, codigo) if f.estado == "vigente"]
        assert segun_estado == ([fila["version"]] if fila else [])
        try:
            assert [copia(vista, codigo, "vigente", (fecha, fecha)).version] == segun_estado
        except NoEncontrado:
            assert segun_estado == []


@pytest.mark.libreoffice
def test_el_pdf_de_lo_importado_y_obsoleto_lo_dice_en_cada_pagina(importada: Path, nueva_casa: Any) -> None:
    casa = nueva_casa(importada)
    nombre, r = bajada(casa, "PR-FOM-02 --version 01 --pdf")
    assert nombre == "PR-FOM-02_v01_OBSOLETO.pdf"
    lector = PdfReader(io.BytesIO(Path(r["archivo"]).read_bytes()))
    for pagina in lector.pages:
        dicho = " ".join(pagina.extract_text().split())
        assert "DOCUMENTO OBSOLETO desde el" in dicho
        assert "como evidencia de lo que rigió." in dicho
    assert lector.metadata is not None
    assert lector.metadata.title == "Compra de insumos"
    assert lector.root_object["/MarkInfo"]["/Marked"]
