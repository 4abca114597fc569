"""La página de comparación: lo que dice, que no traiga nada de afuera, y que cualquiera la pueda leer."""

from __future__ import annotations

import json
import os
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
from formas import forma, pares
from hypothesis import given
from lxml import etree

from sgc_gt.comparacion.comparar import comparar
from sgc_gt.comparacion.html import informe_a_html
from sgc_gt.comparacion.valores import CambioZona, Informe, Lado, Trozo
from sgc_gt.dominio.forma import FormaNormal

ANTES = (
    "T1 Objetivo / p Rige para todo el país y sus islas. / T1 Plazos / p Se responde en cinco días hábiles. / "
    "l1 Una viñeta. / p Uno igual. / p Dos igual. / p Tres igual. / p Cuatro igual. / "
    "tabla Indicador|Meta;Cobertura|80%;Oportunidad|5 días;Reclamos|Menos de 10 / p Esto se borra del todo."
)
DESPUES = (
    "T1 Objetivo / T1 Plazos / p Se responde en diez días hábiles. / l1 Una viñeta. / p Uno igual. / p Dos igual. / "
    "p Tres igual. / p Cuatro igual. / tabla Indicador|Meta|Quién;Oportunidad|6 días|Partes;Cobertura|90%|Jefatura / "
    "p Rige para todo el país y sus islas. / T1 Anexos / p <b>Pauta</b> & más."
)


def pagina(antes: FormaNormal, despues: FormaNormal) -> str:
    zonas = (
        CambioZona("version", "Versión", "01", "02"),
        CambioZona(
            "cambios", "Control de cambios", "", "", (Trozo("agregado", "02 | Todas |  | Director/a"),)
        ),
    )
    lados = (
        Lado("PR-GT-01_v01.docx", "a" * 64, 10, "PR-GT-01", "Entrega de subsidios", "01", "obsoleto"),
        Lado("PR-GT-01_v02.docx", "b" * 64, 12, "PR-GT-01", "Entrega de subsidios", "02", "vigente"),
    )
    return informe_a_html(Informe(*lados, comparar(antes, despues), zonas, ("Un aviso de prueba",)))


@pytest.fixture(scope="module")
def completa() -> str:
    return pagina(
        forma(ANTES, encabezado="p Servicio de Oficios"), forma(DESPUES, encabezado="p Servicio de Talleres")
    )


def legible(html: str) -> str:
    """El texto que oye quien no ve la página."""
    return " ".join(
        unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.S))).split()
    )


def test_dice_lo_que_cambio_a_los_dos_lados_y_en_palabras(completa: str) -> None:
    texto = legible(completa)

    assert "PR-GT-01: versión 01 (Obsoleto) → versión 02 (Vigente)" in texto
    assert "Se responde en [suprimido: cinco ] días hábiles." in texto
    assert "Se responde en [agregado: diez ] días hábiles." in texto
    assert "Estaba en «1 Objetivo»." in texto
    assert "La fila «Oportunidad | 5 días» pasó de la 3 a la 2." in texto
    assert "… 3 bloques sin cambios …" in texto
    assert "Anexos (sección nueva)" in texto
    assert "Encabezado" in texto
    assert "02 · Todas · Director/a" in texto


def test_lo_escrito_en_el_documento_no_se_vuelve_html(completa: str) -> None:
    assert "&lt;b&gt;Pauta&lt;/b&gt; &amp; más." in completa


def test_no_trae_nada_de_afuera_ni_nada_que_ejecutar(completa: str) -> None:
    for ajeno in ("<script", "<link", "<img", "<iframe", "http://", "https://", "url(", "@import", " on"):
        assert ajeno not in re.sub(r"Comparación.*?</title>", "", completa.replace(" only", "")), ajeno


def test_los_titulos_bajan_de_a_uno_y_las_tablas_dicen_sus_columnas(completa: str) -> None:
    arbol = etree.HTML(completa)

    assert arbol.get("lang") == "es-CL"
    assert next(t.tag for t in arbol.iter("h1", "h2", "h3")) == "h1"
    assert len(arbol.findall(".//h1")) == 1
    assert all(t.get("scope") in ("col", "row") for t in arbol.iter("th"))
    assert {a.get("href") for a in arbol.iter("a")} == {
        f"#{h.get('id')}" for h in arbol.iterfind(".//main/section/h2") if h.get("id") != "zonas"
    }


@given(pares())
def test_todo_par_da_una_pagina_bien_formada(par: tuple[FormaNormal, FormaNormal]) -> None:
    """Cada etiqueta que se abre se cierra; se lee como XML, que no perdona."""
    html = pagina(*par)
    cuerpo = html[html.index("<body>") : html.index("</html>")].replace("<br>", "<br/>")

    etree.fromstring(cuerpo.encode())


AUDITORIA = """<script>{axe}</script><script>
axe.run(document, {{resultTypes: ["violations", "incomplete"]}}).then(r => {{
  const p = document.createElement("pre"); p.id = "resultado";
  p.textContent = JSON.stringify({{fallas: r.violations.map(v => [v.id, v.help, v.nodes.map(n => n.html)]),
    revisadas: r.passes.length}}); document.body.appendChild(p); }});
</script></body>"""


@pytest.mark.navegador
def test_la_pagina_es_accesible(completa: str, tmp_path: Path) -> None:
    """axe-core en Chromium, sin una sola falla."""
    axe = Path(os.environ["OOXML_VALIDATOR"]) / "node_modules" / "axe-core" / "axe.min.js"
    archivo = tmp_path / "pagina.html"
    archivo.write_text(completa.replace("</body>", AUDITORIA.format(axe=axe.read_text("utf-8"))), "utf-8")

    hecho = subprocess.run(
        [
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'perfil'}",
            "--virtual-time-budget=20000", "--dump-dom", archivo.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    hallado = re.search(r'<pre id="resultado">(.*?)</pre>', hecho.stdout, re.DOTALL)
    assert hallado is not None, hecho.stderr[-2000:]
    resultado = json.loads(unescape(hallado.group(1)))

    assert resultado["fallas"] == []
    assert resultado["revisadas"] > 10
