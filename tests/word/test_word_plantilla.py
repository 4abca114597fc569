"""Plantillas: lo que generan y lo que se niegan a generar."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from mini_docx import mini_docx, mini_partes, png

from sgc_gt.dominio.forma import texto_de
from sgc_gt.errores import ConfiguracionInvalida, EntradaInvalida, Rechazo
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.plantilla import Imagen, Plantilla
from sgc_gt.word.puerta import abrir


def compilar(guion: str, **mas: Any) -> Plantilla:
    return Plantilla.compilar(mini_docx(guion, **mas), "modelo.docx")


def generar(guion: str, filtros: Mapping[str, Callable[..., Any]] | None = None, **contexto: Any) -> bytes:
    return compilar(guion).generar(contexto, filtros or {})


def texto(guion: str, **contexto: Any) -> str:
    return texto_de(forma_normal(generar(guion, **contexto)).bloques)


def rechazo_al_compilar(guion: str) -> str:
    with pytest.raises(ConfiguracionInvalida) as error:
        compilar(guion)
    assert error.value.lugar == "modelo.docx"
    return str(error.value)


# ---- lo que generan ---------------------------------------------------------------------------------------


def test_valores_bucles_y_condiciones() -> None:
    guion = """p Hola {{ nombre }}
    p {%p for x in xs %}
    l1 {{ x }}
    p {%p endfor %}
    p {%p if no %}
    p nunca
    p {%p endif %}
    p fin"""
    assert texto(guion, nombre="Ñandú", xs=["a", "b"], no=False) == "Hola Ñandú\na\nb\nfin"


def test_filas_de_tabla() -> None:
    guion = "tabla A|B;{%tr for x in xs %}|;{{ x.a }}|{{ x.b }};{%tr endfor %}|"
    assert texto(guion, xs=[{"a": 1, "b": 2}, {"a": 3, "b": 4}]) == "A | B\n1 | 2\n3 | 4"


@pytest.mark.parametrize(
    "valor", ["x & y <b>", "R&D <5% limit> ok", "</w:t></w:r>", "{{7*7}}", "\"'«»", "a]]>b"]
)
def test_un_valor_llega_tal_cual_y_no_se_lleva_nada_consigo(valor: str) -> None:
    assert texto("p {{ v }} / p lo que sigue / tabla 1x1", v=valor) == f"{valor}\nlo que sigue\nf1c1"


def test_un_valor_de_50_kb() -> None:
    largo = "palabra & <otra> " * 3000
    assert texto("p {{ v }} / p fin", v=largo) == f"{largo}\nfin"


def test_saltos_de_linea_y_tabulaciones() -> None:
    docx = generar("p {{ v }}", v="uno\r\ndos\tx\x0btres")
    assert texto_de(forma_normal(docx).bloques) == "uno\ndos\tx\ntres"
    xml = abrir(docx, "a")["word/document.xml"].decode()
    assert xml.count("<w:br/>") == 2
    assert xml.count("<w:tab/>") == 1


def test_caracteres_de_control_no_rompen() -> None:
    assert texto("p {{ v }} / p fin", v="a\x00b\x1fc\ud800d\ufffee") == "abcde\nfin"


@pytest.mark.parametrize(
    ("valor", "impreso"), [(None, ""), (True, "Sí"), (False, "No"), (3, "3"), (2.5, "2,5")]
)
def test_valores_que_no_son_texto(valor: object, impreso: str) -> None:
    assert texto("p [{{ v }}]", v=valor) == f"[{impreso}]"


def test_etiqueta_partida_en_tramos_por_word() -> None:
    trozos = "".join(f"<w:r><w:t>{t}</w:t></w:r>" for t in ("a {", "{ no", "mbre }", "} z"))
    assert texto(f"xml <w:p>{trozos}</w:p>", nombre="N") == "a N z"


def test_filtros_del_sistema() -> None:
    plantilla = compilar("p {{ v|fecha }} / p {{ xs|join(', ') }}")
    assert plantilla.filtros() == {"fecha"}
    docx = plantilla.generar({"v": "2026-01-31", "xs": ["a", "b"]}, {"fecha": lambda v: v[::-1]})
    assert texto_de(forma_normal(docx).bloques) == "13-10-6202\na, b"


def test_variables() -> None:
    assert compilar(
        "p {{ a.b }} {% for x in xs %}{{ x }}{% endfor %}", encabezado="p {{ c }}"
    ).variables() == {
        "a",
        "xs",
        "c",
    }


def test_encabezado_pie_y_notas() -> None:
    plantilla = compilar("nota Texto {{ a }} :: pie {{ b }}", encabezado="p H {{ c }}", pie="p P {{ d }}")
    forma = forma_normal(plantilla.generar({"a": "1", "b": "2", "c": "3", "d": "4"}, {}))
    assert texto_de(forma.bloques) == "Texto 1[nota: pie 2] sigue"
    assert [texto_de(e.bloques) for e in forma.encabezados] == ["H 3", "P 4"]


def test_imagen_con_texto_alternativo() -> None:
    docx = generar("p {{ f }} / p {{ f }}", f=Imagen(png(), 'Flujo & "más"', 8))
    partes = abrir(docx, "a")
    assert [b.texto for b in forma_normal(docx).bloques] == ['[imagen: Flujo & "más"]'] * 2
    assert sum(nombre.startswith("word/media/sgc_") for nombre in partes) == 1
    identificadores = re.findall(rb'<wp:docPr id="(\d+)"', partes["word/document.xml"])
    assert len(set(identificadores)) == 2


def test_una_imagen_que_no_cabe_a_lo_alto_se_achica() -> None:
    xml = abrir(generar("p {{ f }}", f=Imagen(png(10, 100), "alta", 10)), "a")["word/document.xml"].decode()
    alto = int(re.search(r'<wp:extent cx="\d+" cy="(\d+)"', xml)[1])  # type: ignore[index]
    assert alto <= 21.5 * 360_000


def test_indice_enlazado_y_sin_pedir_actualizar() -> None:
    docx = generar("toc / T1 Objetivo / T2 {{ t }} / T3 No va / T1 Fin", t="Alcance")
    xml = abrir(docx, "a")["word/document.xml"].decode()
    anclas = re.findall(r'w:anchor="(_Toc\d+)"', xml)
    assert len(anclas) == 3
    assert set(anclas) == set(re.findall(r'bookmarkStart[^>]*w:name="(_Toc\d+)"', xml))
    entradas = re.findall(r"<w:hyperlink.*?</w:hyperlink>", xml)
    assert [re.sub(r"<w:tab/>", " ", e).count("Alcance") for e in entradas] == [0, 1, 0]
    assert [re.findall(r"<w:t[^>]*>([^<]*)", e)[0] for e in entradas] == ["1", "1.1", "2"]
    assert "updateFields" not in "".join(p.decode("utf-8", "replace") for p in abrir(docx, "a").values())


def test_un_control_dentro_de_un_bucle_no_repite_identificadores() -> None:
    docx = generar(
        """p {%p for x in xs %}
        zona codigo
        p {%p endfor %}""",
        xs=[1, 2, 3],
    )
    xml = abrir(docx, "a")["word/document.xml"].decode()
    for patron in (
        r'<w:id w:val="(\d+)"',
        r'bookmarkStart w:id="(\d+)"',
        r'bookmarkStart[^>]*w:name="([^"]+)"',
    ):
        hallados = re.findall(patron, xml)
        assert len(hallados) == len(set(hallados)) == 3


def test_propiedades_sin_reloj() -> None:
    docx = generar("p {{ doc.titulo }}", doc={"titulo": "Título & más"}, servicio={"nombre": "Servicio"})
    nucleo = abrir(docx, "a")["docProps/core.xml"].decode()
    assert "<dc:title>Título &amp; más</dc:title>" in nucleo
    assert "<dc:language>es-CL</dc:language>" in nucleo
    assert "created" not in nucleo
    assert "modified" not in nucleo


def test_una_celda_que_un_bucle_vacio_deja_sin_parrafo() -> None:
    celda = "<w:p><w:r><w:t>{%p for x in xs %}</w:t></w:r></w:p><w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>"
    celda += "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p>"
    tabla = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:tc>{celda}</w:tc></w:tr></w:tbl>'
    xml = abrir(generar(f"xml {tabla}", xs=[]), "a")["word/document.xml"]
    assert b"<w:tc><w:p/></w:tc>" in xml


def test_columnas_que_dependen_de_los_datos_rehacen_la_rejilla() -> None:
    docx = generar("tabla N|{%tc for m in ms %}|{{ m }}|{%tc endfor %}", ms=list("abcde"))
    xml = abrir(docx, "a")["word/document.xml"].decode()
    assert xml.count("<w:gridCol") == 6
    assert texto_de(forma_normal(docx).bloques) == "N | a | b | c | d | e"


# ---- mismos bytes -----------------------------------------------------------------------------------------

_PROGRAMA = """
import hashlib, sys
sys.path[:0] = {caminos!r}
from mini_docx import mini_docx, png
from sgc_gt.word.plantilla import Imagen, Plantilla
from sgc_gt.word.sello import ValoresSello, sellar
p = Plantilla.compilar(mini_docx("toc / T1 {{{{ a }}}} / p {{{{ f }}}} / zona codigo / zona firmas", encabezado="zona titulo / p {{{{ b }}}}"), "m")
c = dict(a="A", b="B", f=Imagen(png(), "x", 5), **{{f"k{{n}}": n for n in range(50)}})
v = ValoresSello(dict(codigo="C", titulo="T", base="", tipo="x"), dict(firmas=[["a"] * 6] * 2), "BORRADOR")
print(hashlib.sha256(sellar(p.generar(c, {{}}), v, plantilla=p, contexto=c, filtros={{}})).hexdigest())
"""


def test_los_mismos_bytes_en_otro_proceso() -> None:
    raiz = Path(__file__).parents[2]
    programa = _PROGRAMA.format(caminos=[str(raiz), str(raiz / "tests")])
    hashes = {
        subprocess.run(
            [sys.executable, "-c", programa],
            env={**os.environ, "PYTHONHASHSEED": semilla},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for semilla in ("0", "1", "2")
    }
    assert len(hashes) == 1


# ---- lo que se niegan a generar ---------------------------------------------------------------------------


def test_dato_que_falta_nombra_dato_plantilla_y_parrafo() -> None:
    with pytest.raises(EntradaInvalida) as error:
        generar("p uno / p El objetivo es {{ datos.objetivo }} / p tres", datos={})
    assert "objetivo" in error.value.mensaje
    assert "modelo.docx" in error.value.lugar
    assert "El objetivo es {{ datos.objetivo }}" in error.value.lugar


def test_una_lista_entera_no_se_imprime() -> None:
    with pytest.raises(EntradaInvalida, match="lista"):
        generar("p {{ v }}", v=["a", "b"])


def test_filtro_que_no_existe() -> None:
    with pytest.raises(ConfiguracionInvalida, match="inventado"):
        generar("p {{ v|inventado }}", v=1)


@pytest.mark.parametrize(
    ("guion", "dice"),
    [
        ("p Hola {{ nombre", "«{{ nombre» no se cierra"),
        ("p Hola {{ nombre } }", "no se cierra"),
        ("p Hola {% if x %} / p otro", "mal escrita"),
        ("p Hola nombre }} / p x", "sobra un cierre"),
        ("p {{ a b }}", "mal escrita"),
        ("p {% for x in %}", "mal escrita"),
        ("p {{ cycler.__init__.__globals__ }}", "__init__"),
        ("p {{ ''['__class__'] }}", "__class__"),
        ("p {{ _filtros }}", "reservado"),
        ("p {% include 'otra' %}", "otra plantilla"),
    ],
)
def test_etiquetas_rotas_o_peligrosas(guion: str, dice: str) -> None:
    assert dice in rechazo_al_compilar(guion)


def test_la_etiqueta_rota_dice_en_que_parrafo() -> None:
    assert "párrafo «El código es {{ codigo»" in rechazo_al_compilar(
        "p uno / p El código es {{ codigo / p dos"
    )


def test_cambios_marcados_en_la_plantilla() -> None:
    ins = '<w:p><w:ins w:id="1" w:author="a"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'
    assert "cambios marcados" in rechazo_al_compilar(f"p {{{{ a }}}} / xml {ins}")


_CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    "guion",
    [
        "p {% for x in xs %} / xml " + _CONTROL.format("{% endfor %}") + " / p fin",
        "p {%p for x in xs %} / xml " + _CONTROL.format("{%p endfor %}") + " / p fin",
        "xml " + _CONTROL.format("{%p if a %}") + " / p {%p endif %} / p fin",
    ],
)
def test_un_bloque_que_cruza_un_control(guion: str) -> None:
    assert "empieza en un elemento y termina en otro" in rechazo_al_compilar(guion)


def test_una_etiqueta_partida_por_el_borde_de_un_control() -> None:
    dentro = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>bre }}</w:t></w:r></w:sdtContent></w:sdt>"
    dice = rechazo_al_compilar(f"xml <w:p><w:r><w:t>{{{{ nom</w:t></w:r>{dentro}</w:p>")
    assert "borde de un control" in dice


def test_un_bloque_en_linea_entre_parrafos_si_se_admite() -> None:
    assert texto("p a{% if x %}b / p c{% endif %}d", x=True) == "ab\ncd"
    assert texto("p a{% if x %}b / p c{% endif %}d", x=False) == "ad"


@pytest.mark.parametrize(
    "etiqueta",
    [
        "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
        "{% for a in range(10**9) %}x{% endfor %}",
        "{{ 'x' * 10**9 }}",
        "{{ 10 ** 64 ** 64 }}",
        "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set n = namespace(t='xxxxxxxxxx') %}{% for i in range(40) %}{% set n.t = n.t ~ n.t %}{% endfor %}",
        "{% set n = namespace(t='xxxxxxxxxx') %}{% for i in range(40) %}{% set n.t = n.t + n.t %}{% endfor %}",
    ],
)
def test_plantillas_desbocadas_se_cortan(etiqueta: str) -> None:
    with pytest.raises(ConfiguracionInvalida, match="demasiad"):
        generar(f"p {etiqueta}")


@pytest.mark.parametrize(
    "etiqueta", ["{{ 'x'.ljust(10**9) }}", "{{ '%0999999999d' % 1 }}", "{{ v.__class__ }}"]
)
def test_lo_que_la_caja_de_arena_niega(etiqueta: str) -> None:
    with pytest.raises(Rechazo):
        generar(f"p {etiqueta}", v="x")


def test_un_bucle_largo_pero_honrado_funciona() -> None:
    guion = "tabla A|B;{%tr for x in xs %}|;{{ x }}|{{ x }};{%tr endfor %}|"
    assert len(forma_normal(generar(guion, xs=list(range(3000)))).bloques[0].filas) == 3001


def test_compilar_dos_veces_es_la_misma_plantilla() -> None:
    assert compilar("p {{ a }}") is compilar("p {{ a }}")


def test_generar_no_cambia_la_plantilla() -> None:
    plantilla = compilar("toc / T1 {{ a }} / p {{ f }}")
    uno = plantilla.generar({"a": "1", "f": Imagen(png(), "x", 3)}, {})
    plantilla.generar({"a": "2", "f": "sin imagen"}, {})
    assert plantilla.generar({"a": "1", "f": Imagen(png(), "x", 3)}, {}) == uno


def test_una_plantilla_sin_etiquetas_tambien_sirve() -> None:
    assert "_Toc" in mini_partes_generadas("toc / T1 Uno / p nada")


def mini_partes_generadas(guion: str) -> str:
    assert "word/document.xml" in mini_partes(guion)
    return abrir(generar(guion), "a")["word/document.xml"].decode()
