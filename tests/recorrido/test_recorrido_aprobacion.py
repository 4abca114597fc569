"""Quién firma y con qué: la persona, un PDF firmado, una resolución, quien subroga; y varios códigos a la vez."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from casa import ACTA, Casa, texto_de

SUBROGA = "subrogar dn --por sdn --desde 2025-03-01 --hasta 2025-03-31 --base 'Resolución Exenta N° 45'"


def en_aprobacion(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.hasta("PR-FOM-01", "revisar")


def firmas(casa: Casa, codigo: str = "PR-FOM-01", area: str = "FOM") -> str:
    """El texto del documento emitido: ahí está el bloque de firmas."""
    [archivo] = casa.raiz.glob(f"documentos/{area}/{codigo}/*.docx")
    return texto_de(archivo)


def test_por_la_persona(casa: Casa) -> None:
    en_aprobacion(casa)
    [r] = casa.hace("aprobar PR-FOM-01", de="dn")
    assert (r["estado"], r["origen"]) == ("aprobado", "por_la_persona")
    casa.hace("emitir PR-FOM-01")
    assert "Director/a Nacional Titular Registrado en el sistema, movimiento N° " in firmas(casa)


def test_por_pdf_firmado_que_anota_control_documental(casa: Casa) -> None:
    en_aprobacion(casa)
    pdf = casa.adjunto("PR-FOM-01 firmado (versión ñ).pdf")
    [r] = casa.hace("--como dn@senopl.example aprobar PR-FOM-01 --adjunto", pdf)
    assert (r["estado"], r["origen"]) == ("aprobado", "registrado_con_respaldo")
    h = casa.hace("historial PR-FOM-01")[-1]
    assert (h["correo"], h["registra"], h["cargo"]) == ("dn@senopl.example", "cdoc@senopl.example", "dn")
    [evidencia] = h["evidencia"]
    guardado = casa.ruta(f"documentos/FOM/PR-FOM-01/evidencias/{evidencia['archivo']}")
    assert guardado.name.isascii()
    assert guardado.read_bytes() == ACTA
    assert evidencia["tamano"] == len(ACTA)
    autor, registra = casa.git("log", "-1", "--format=%ae %ce").split()
    assert (autor, registra) == ("dn@senopl.example", "cdoc@senopl.example")
    assert "evidencias" not in casa.git("ls-tree", "-r", "--name-only", "HEAD")
    assert casa.git("status", "--porcelain") == ""


def test_por_resolucion_varios_documentos_en_un_acto(casa: Casa) -> None:
    otro = casa.nuevo("ATC")
    casa.hasta(otro, "revisar")
    en_aprobacion(casa)
    resolucion = casa.adjunto("resolucion.pdf")
    resultados = casa.hace(
        f"--como dn@senopl.example aprobar PR-FOM-01 {otro} --resolucion 412 --fecha-oficio 2025-03-09 --adjunto",
        resolucion,
    )
    assert [r["codigo"] for r in resultados] == ["PR-FOM-01", otro]
    assert len({r["commit"] for r in resultados}) == 1
    for codigo, area in (("PR-FOM-01", "FOM"), (otro, "ATC")):
        [e] = casa.hace(f"historial {codigo}")[-1]["evidencia"]
        assert (e["clase"], e["numero"], e["fecha"]) == ("resolucion", "412", "2025-03-09")
        assert casa.ruta(f"documentos/{area}/{codigo}/evidencias/{e['archivo']}").read_bytes() == ACTA
    assert len(casa.hace(f"emitir PR-FOM-01 {otro}")) == 2
    assert "Resolución Exenta N° 412 del 09-03-2025" in firmas(casa)
    assert casa.etiquetas() >= {"PR-FOM-01/v02", f"{otro}/v01"}


def test_un_codigo_que_no_puede_detiene_a_todos(casa: Casa) -> None:
    otro = casa.nuevo("ATC")
    en_aprobacion(casa)
    casa.negada(f"aprobar PR-FOM-01 {otro}", de="dn", dice=otro)
    assert casa.estados("PR-FOM-01")["02"] == "en_aprobacion"


@pytest.mark.parametrize(
    ("acto", "de"),
    [("enviar", "cr1"), ("revisar", "egt"), ("aprobar", "dn"), ("emitir", "cdoc"), ("retirar", "cr1")],
)
def test_un_codigo_repetido_cuenta_una_vez(casa: Casa, acto: str, de: str) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    previo = {"revisar": "enviar", "aprobar": "revisar", "emitir": "aprobar", "retirar": "enviar"}.get(acto)
    if previo:
        casa.hasta("PR-FOM-01", previo)
    assert [r["codigo"] for r in casa.hace(f"{acto} PR-FOM-01 PR-FOM-01", de=de)] == ["PR-FOM-01"]


def test_la_resolucion_pide_numero_y_archivo(casa: Casa) -> None:
    en_aprobacion(casa)
    casa.negada("aprobar PR-FOM-01 --resolucion 412", de="dn", dice="su archivo")


def test_subrogancia_con_su_calidad_en_el_bloque_de_firmas(casa: Casa) -> None:
    casa.hace(SUBROGA, "--adjunto", casa.adjunto("res-45.pdf"))
    en_aprobacion(casa)
    casa.hace("aprobar PR-FOM-01", de="sdn")
    h = casa.hace("historial PR-FOM-01")[-1]
    assert (h["cargo"], h["calidad"], h["base_calidad"]) == ("dn", "(S)", "Resolución Exenta N° 45")
    casa.hace("emitir PR-FOM-01")
    assert "Director/a Nacional (S), Resolución Exenta N° 45" in firmas(casa)
    assert "Director/a Nacional (S)" in casa.dice("historial PR-FOM-01")


@pytest.mark.parametrize("calidad", ["suplente", "por orden de", "delegado"])
def test_cada_calidad_se_imprime_como_es(casa: Casa, calidad: str) -> None:
    casa.hace(f"{SUBROGA} --calidad '{calidad}'")
    en_aprobacion(casa)
    casa.hace("aprobar PR-FOM-01", de="sdn")
    casa.hace("emitir PR-FOM-01")
    assert f"{calidad}, Resolución Exenta N° 45" in firmas(casa)


def test_quien_subroga_no_puede_antes_ni_despues_de_su_periodo(casa: Casa) -> None:
    casa.hace("subrogar dn --por sdn --desde 2025-03-12 --hasta 2025-03-14 --base 'Ley 18.834, artículo 80'")
    en_aprobacion(casa)
    error = casa.negada("aprobar PR-FOM-01", de="sdn", dice="aprobar")
    assert "Subdirector/a Nacional" in error["hacer"]
    casa.reloj.dia("2025-03-15")
    casa.negada("aprobar PR-FOM-01", de="sdn", dice="aprobar")
    casa.reloj.dia("2025-03-14")
    casa.hace("externo verificar EX-01")


def test_quien_no_esta_en_el_orden_no_subroga(casa: Casa) -> None:
    casa.negada("subrogar dn --por cr1 --desde 2025-03-01 --base x", dice="Subdirector/a Nacional")


def test_quien_subroga_tampoco_aprueba_lo_que_escribio(casa: Casa) -> None:
    """La segregación compara personas, no cargos."""
    otro = casa.nuevo("ATC", elabora="sdn")
    casa.hace(SUBROGA)
    casa.hasta(otro, "revisar", elabora="sdn")
    casa.negada(f"aprobar {otro}", de="sdn", dice="escribió el borrador")


def test_el_orden_de_los_adjuntos_no_confunde_la_evidencia(casa: Casa) -> None:
    en_aprobacion(casa)
    uno, dos = casa.adjunto("uno.pdf", ACTA + b"1"), casa.adjunto("dos.pdf", ACTA + b"2")
    casa.hace("--como dn@senopl.example aprobar PR-FOM-01 --resolucion 9 --adjunto", uno, "--adjunto", dos)
    primera, segunda = casa.hace("historial PR-FOM-01")[-1]["evidencia"]
    assert (primera["clase"], segunda["clase"]) == ("resolucion", "pdf_firmado")
    assert primera["sha256"] != segunda["sha256"]


def test_dos_adjuntos_con_el_mismo_nombre_se_guardan_los_dos(casa: Casa, tmp_path: Path) -> None:
    en_aprobacion(casa)
    (tmp_path / "otra").mkdir()
    uno, dos = casa.adjunto("acta.pdf", ACTA + b"1"), tmp_path / "otra" / "acta.pdf"
    dos.write_bytes(ACTA + b"2")
    casa.hace("--como dn@senopl.example aprobar PR-FOM-01 --adjunto", uno, "--adjunto", str(dos))
    nombres = [e["archivo"] for e in casa.hace("historial PR-FOM-01")[-1]["evidencia"]]
    assert len(set(nombres)) == 2
    guardados = {casa.ruta(f"documentos/FOM/PR-FOM-01/evidencias/{n}").read_bytes() for n in nombres}
    assert guardados == {ACTA + b"1", ACTA + b"2"}


@pytest.mark.parametrize(
    ("nombre", "datos"),
    [("vacio.pdf", b""), ("renombrado.pdf", b"MZ esto no es un PDF"), ("pagina.pdf", b"<html>no</html>")],
)
def test_lo_que_no_es_un_pdf_no_pasa_por_pdf_firmado(casa: Casa, nombre: str, datos: bytes) -> None:
    en_aprobacion(casa)
    casa.negada(
        "--como dn@senopl.example aprobar PR-FOM-01 --adjunto", casa.adjunto(nombre, datos), dice=nombre
    )


def test_visacion_completa_con_observaciones_y_segunda_vuelta(demo: Casa) -> None:
    """El Plan de la demostración fue, volvió con observaciones de SUBDERE, y fue visado."""
    actos = [(h["acto"], h["version"]) for h in demo.hace("historial PL-GT-01")]
    assert [a for a, v in actos if v == "01"].count("remitir") == 2
    assert [a for a, v in actos if v == "02"].count("remitir") == 1, "la modificación de mitad de año"
    assert {v for a, v in actos if a == "remitir"} == {"01", "02"}
    visar = next(h for h in demo.hace("historial PL-GT-01") if h["acto"] == "visar")
    assert [e["responde"] for e in visar["evidencia"]] == ["118"]
    demo.reloj.dia("2025-03-10")
    demo.hace("nueva-version PL-GT-01 --motivo 'Plan del año siguiente'")
    demo.hasta("PL-GT-01", "aprobar", elabora="egt", revisa="ecal")
    demo.negada("emitir PL-GT-01", dice="remitir a visación técnica")
    oficio = demo.adjunto("oficio.pdf")
    demo.negada("remitir PL-GT-01 --oficio 50", dice="fecha del oficio")
    remite = "remitir PL-GT-01 --oficio 50 --fecha-oficio 2025-03-10 --adjunto"
    assert demo.hace(remite, oficio)[0]["estado"] == "en_visacion"
    visa = "visar PL-GT-01 --oficio 231 --fecha-oficio 2025-03-10"
    demo.negada(f"{visa} --responde 50", dice="adjunto")
    demo.negada(f"{visa} --responde 51 --adjunto", oficio, dice="50")
    demo.negada(f"{visa} --adjunto", oficio, dice="50")
    demo.negada("devolver PL-GT-01 --texto 'Falta algo'", dice="oficio")
    assert demo.hace(f"{visa} --responde 50 --adjunto", oficio)[0]["estado"] == "visado"
    assert demo.hace("emitir PL-GT-01")[0]["estado"] == "vigente"
    assert demo.estados("PL-GT-01") == {"03": "vigente"}


def test_lo_que_la_pantalla_dice_de_una_aprobacion_ajena(casa: Casa) -> None:
    en_aprobacion(casa)
    dicho = casa.dice("--como dn@senopl.example aprobar PR-FOM-01 --adjunto", casa.adjunto())
    assert "Se aprueba PR-FOM-01 versión 02" in dicho
    assert "registrado con respaldo" in dicho
    assert json.dumps(ACTA.decode()) not in dicho
