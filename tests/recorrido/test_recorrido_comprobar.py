"""`comprobar` como lo usa quien lo usa: el servicio entero, un código, un archivo suelto."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from casa import Casa
from mini_docx import mini_docx
from navegador import auditar

from sgc_gt.cli.comprobado import Informe, a_dicts, texto
from sgc_gt.cli.comprobado_html import pagina
from sgc_gt.consultas.revisado import Revisado
from sgc_gt.dominio.alertas import EL_ARCHIVO, Alerta
from sgc_gt.word.comentarios import leer_comentarios

CLAVES = {
    "regla", "gravedad", "fuente", "documento", "lugar", "evidencia", "requisito", "enunciado",
    "sugerencia", "linea_base", "responsable",
}  # fmt: skip


def test_ninguna_falsa_alarma_en_los_documentos_propios(demo: Casa) -> None:
    """PR-GT-01, PR-SGC-01 y todo lo de la demostración, vigente o en trabajo."""
    salida = demo.orden("comprobar")
    de_forma = [a for a in salida.valor if a["ambito"] == "forma"]
    assert [(a["documento"], a["regla"], a["evidencia"]) for a in de_forma] == []
    # El año siguiente ya comenzó: lo que quedó por hacer se dice por quien lo hace, y nada impide enviar.
    del_estado = salida.valor
    assert {a["regla"] for a in del_estado} >= {"N-10", "N-18"}
    assert all(
        a["regla"].startswith("N-") and a["gravedad"] != "impide" and a["responsable"] for a in del_estado
    )
    assert salida.codigo == 1
    assert {a["documento"] for a in demo.orden("comprobar RG-GT-01").valor} == {"RG-GT-01"}


def test_un_archivo_suelto_dice_cada_alerta_con_su_lugar(demo: Casa, tmp_path: Path) -> None:
    suelto = tmp_path / "borrador de compras.docx"
    suelto.write_bytes(mini_docx("T1 Objetivo / p Ordenar según PR-GT-99. / T1 Plazos / p En XX días."))
    salida = demo.orden(f"comprobar '{suelto}'")
    assert salida.codigo == 1
    assert all(set(a) >= CLAVES for a in salida.valor)
    vistas = {a["regla"]: a for a in salida.valor}
    assert vistas["RESTO-POR-COMPLETAR"]["lugar"] == "sección 2 Plazos"
    assert vistas["RESTO-POR-COMPLETAR"]["gravedad"] == "impide"
    assert vistas["CODIGO-INEXISTENTE"]["evidencia"] == "PR-GT-99 no existe ni ha existido"
    texto = demo.orden(f"comprobar '{suelto}'", json=False).texto
    assert "borrador de compras.docx:sección 2 Plazos" in texto


def test_el_codigo_que_el_archivo_trae_de_afuera_no_es_una_cita(demo: Casa, tmp_path: Path) -> None:
    suelto = tmp_path / "PR-GT-77 Mesa regional.docx"
    suelto.write_bytes(mini_docx("p Código PR-GT-77 / T1 Objetivo / p Coordinar.", encabezado="p PR-GT-77"))
    assert "CODIGO-INEXISTENTE" not in {a["regla"] for a in demo.orden(f"comprobar '{suelto}'").valor}


def test_lo_que_la_puerta_no_deja_pasar_es_una_alerta(demo: Casa, tmp_path: Path) -> None:
    foto = tmp_path / "foto.docx"
    foto.write_bytes(b"\xff\xd8\xff\xe0 no es un documento")
    [alerta] = demo.orden(f"comprobar '{foto}'").valor
    assert (alerta["regla"], alerta["gravedad"]) == ("ARCHIVO-INSEGURO", "impide")


def test_el_borrador_se_revisa_como_esta_en_la_carpeta(demo: Casa) -> None:
    [borrador] = (demo.raiz / "documentos/GT/PR-GT-01/borrador").glob("*.docx")
    borrador.write_bytes(mini_docx("T1 Objetivo / p [completar]"))
    reglas = [a["regla"] for a in demo.orden("comprobar PR-GT-01").valor]
    assert "RESTO-POR-COMPLETAR" in reglas
    assert "SECCION-FALTA" in reglas
    demo.adulterada = True


def test_se_informa_por_responsable_lo_peor_primero(demo: Casa) -> None:
    [borrador] = (demo.raiz / "documentos/GT/PR-GT-01/borrador").glob("*.docx")
    borrador.write_bytes(mini_docx("T1 Objetivo / p xxx"))
    valor = demo.orden("comprobar").valor
    assert {a["responsable"] for a in valor if a["ambito"] == "forma"} == {"egt"}
    texto = demo.orden("comprobar", json=False).texto
    assert texto.startswith("Encargado/a del Sistema Gestión Territorial\n")
    demo.adulterada = True


def test_la_pagina_html_es_un_solo_archivo(demo: Casa, tmp_path: Path) -> None:
    pagina = tmp_path / "informe.html"
    assert str(pagina) in demo.orden(f"comprobar --html '{pagina}'", json=False).avisos
    html = pagina.read_text("utf-8")
    assert '<html lang="es-CL">' in html
    assert "http" not in html.replace("http-equiv", "")
    assert "PR-SGC-01 versión 01 (Vigente)" in html
    demo.negada(f"comprobar --html '{demo.raiz / 'documentos' / 'informe.html'}'", codigo=2)


@pytest.mark.navegador
def test_la_pagina_es_accesible(demo: Casa, tmp_path: Path) -> None:
    """axe-core en Chromium, sobre un informe con alertas de toda gravedad: ni una falla."""
    suelto, pagina = tmp_path / "compras.docx", tmp_path / "informe.html"
    suelto.write_bytes(mini_docx("T1 Objetivo / p En XX días, según PR-GT-99. / imagen / p Fin."))
    gravedades = {a["gravedad"] for a in demo.orden(f"comprobar '{suelto}' --html '{pagina}'").valor}
    assert gravedades == {"impide", "corregir", "sugerencia"}
    resultado = auditar(pagina.read_text("utf-8"), tmp_path)
    assert resultado["fallas"] == []
    assert resultado["revisadas"] > 10


def test_la_copia_comentada_lleva_cada_alerta_en_su_parrafo(demo: Casa, tmp_path: Path) -> None:
    suelto, copia = tmp_path / "compras.docx", tmp_path / "compras comentado.docx"
    suelto.write_bytes(mini_docx("T1 Objetivo / p Ordenar según PR-GT-99. / T1 Plazos / p En XX días."))
    valor = demo.orden(f"comprobar '{suelto}' --comentado '{copia}'").valor
    comentarios = leer_comentarios(copia.read_bytes())
    assert len(comentarios) == len(valor)
    [plazo] = [c for c in comentarios if "RESTO-POR-COMPLETAR" in c.texto]
    assert plazo.ancla == "En XX días."
    demo.negada(f"comprobar --comentado '{copia}'", codigo=2, dice="un solo documento Word")


def test_la_memoria_no_cambia_el_resultado(demo: Casa) -> None:
    primera = demo.orden("comprobar").texto
    memoria = demo.raiz / ".git" / "sgc" / "memoria" / "formas-1.sqlite"
    assert memoria.is_file()
    assert demo.orden("comprobar").texto == primera
    memoria.write_bytes(b"basura" * 1000)
    assert json.loads(demo.orden("comprobar").texto) == json.loads(primera)


def test_un_codigo_que_no_existe(demo: Casa) -> None:
    demo.negada("comprobar PR-GT-77", codigo=2, dice="PR-GT-77")


EXTERNO = Alerta(
    "N-18", "corregir", "norma", "EX-01", "datos y estado", "EX-01: debía verificarse", "4.2.3 f)", "Sin control",
    "verifíquelo", ambito="estado",
)  # fmt: skip


def _informe(*revisados: Revisado, estado: tuple[Revisado, ...] = ()) -> Informe:
    return Informe("Servicio", date(2026, 1, 2), revisados, str, estado)


def _revisado(alerta: Alerta, quien: str = "cdoc", archivo: str = "") -> Revisado:
    return Revisado(alerta.documento, "", "", "", archivo, quien, (alerta,))


def test_el_mismo_hallazgo_con_el_mismo_remedio_es_uno_con_su_lista() -> None:
    otro = EXTERNO._replace(documento="EX-02", evidencia="nunca se ha verificado")
    aparte = EXTERNO._replace(documento="EX-03", evidencia="EX-03: venció", sugerencia="reemplácelo")
    ajeno = EXTERNO._replace(documento="EX-04", evidencia="EX-04: venció")
    estado = (*map(_revisado, (otro, EXTERNO, aparte)), _revisado(ajeno, "egt"))
    informe = _informe(estado=estado)
    dicho = texto(informe)
    assert (
        "  2 documentos\n"
        "    datos y estado\n"
        "      Por corregir [N-18] Sin control:\n"
        "        EX-01: debía verificarse\n"
        "        EX-02: nunca se ha verificado\n"
        "      Lo pide: 4.2.3 f) (norma)\n"
    ) in dicho
    assert "  EX-03\n" in dicho, "otro remedio va aparte"
    assert "  EX-04\n" in dicho, "y lo de otro responsable, con el suyo"
    assert dicho.endswith("4 por corregir.")
    assert [a["documento"] for a in a_dicts(informe)] == ["EX-02", "EX-01", "EX-03", "EX-04"]
    assert pagina(informe).count("Sin control") == 3


def test_lo_que_es_del_archivo_entero_no_lo_repite() -> None:
    malo = EXTERNO._replace(documento="nota.txt", lugar=EL_ARCHIVO, evidencia="no es Word", ambito="forma")
    dicho = texto(_informe(_revisado(malo, archivo="nota.txt")))
    assert "nota.txt:" not in dicho
    assert "  nota.txt\n      Por corregir" in dicho
