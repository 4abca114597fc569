"""La plantilla de procedimiento: la arma su constructor, cumple el contrato de zonas y se genera bien."""

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from construir_procedimiento import RUTA, construir
from lxml import etree
from marco import CAMBIOS, FIRMAS
from marco_xml import NS, q
from validador import errores_de

from sgc_gt.word.diagrama import dibujar
from sgc_gt.word.pdf import a_pdf
from sgc_gt.word.plantilla import Plantilla
from sgc_gt.word.sello import sellar
from sgc_gt.word.valores import ValoresSello

RAIZ = Path(__file__).parents[2]
DATOS_PR_GT_01 = RAIZ / "documentos/GT/PR-GT-01/datos.yaml"
DIEZ = [
    *("Objetivo", "Alcance", "Responsabilidades", "Terminología", "Referencias", "Descripción de proceso"),
    *("Seguimiento del Proceso", "Resultados Esperados", "Registros", "Anexos"),
]
TEXTOS = {"codigo", "titulo", "version", "fecha", "estado", "vigencia", "motivo", "servicio"}
DOC = {
    "codigo": "PR-GT-01",
    "titulo": "Procedimiento & <prueba>",
    "version": "01",
    "tipo_nombre": "Procedimiento",
    "area_nombre": "Gestión Territorial",
    "responsable": "Encargado/a del Sistema Gestión Territorial",
}
SERVICIO = {"nombre": "Servicio de Prueba", "sigla": "SP"}


def partes(contenido: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(contenido)) as archivo:
        return {nombre: archivo.read(nombre) for nombre in archivo.namelist()}


def raiz(contenido: bytes, parte: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(partes(contenido)[parte])


def texto(elemento: etree._Element) -> str:
    return "".join(t.text or "" for t in elemento.iter(q("t")))


def con_estilo(cuerpo: etree._Element, estilo: str) -> list[str]:
    buscados = cuerpo.xpath(f"//w:p[w:pPr/w:pStyle/@w:val='{estilo}']", namespaces=NS)
    return [texto(p) for p in buscados]


def generar(datos: dict[str, Any]) -> bytes:
    imagenes = {"flujo": dibujar(datos["flujo"])} if "flujo" in datos else {}
    contexto = {"doc": DOC, "servicio": SERVICIO, "datos": datos, "imagenes": imagenes}
    return Plantilla.compilar(RUTA.read_bytes(), RUTA.name).generar(contexto, {"cargo": lambda v: f"«{v}»"})


@pytest.fixture(scope="module")
def pr_gt_01() -> bytes:
    return generar(yaml.safe_load(DATOS_PR_GT_01.read_text("utf-8")))


def test_la_plantilla_guardada_es_la_del_constructor() -> None:
    assert partes(RUTA.read_bytes()) == partes(construir()), "ejecute construir_procedimiento.py"


def test_los_bytes_no_cambian_de_una_vez_a_otra() -> None:
    assert construir() == construir()


def test_el_paquete_es_liviano() -> None:
    assert sum(map(len, partes(RUTA.read_bytes()).values())) < 120_000


def test_las_diez_secciones_son_titulos_reales_y_numerados() -> None:
    cuerpo = raiz(RUTA.read_bytes())
    assert con_estilo(cuerpo, "Heading1") == DIEZ
    assert con_estilo(cuerpo, "Heading2")[1:3] == [
        "Diagrama de Flujo del Proceso",
        "Descripción de Etapas del Proceso",
    ]
    declaradas = yaml.safe_load(RUTA.with_suffix(".yaml").read_text("utf-8"))["secciones"]
    assert [s["titulo"] for s in declaradas] == DIEZ
    estilos = raiz(RUTA.read_bytes(), "word/styles.xml")
    for nivel in (1, 2, 3, 4):
        ppr = estilos.find(f"w:style[@w:styleId='Heading{nivel}']/w:pPr", NS)
        assert ppr.find("w:outlineLvl", NS).get(q("val")) == str(nivel - 1)
        assert ppr.find("w:numPr/w:numId", NS).get(q("val")) == "1"


def zonas(parte: etree._Element) -> Counter[str]:
    return Counter(t.get(q("val")).removeprefix("sgc:") for t in parte.iter(q("tag")))


def test_cada_zona_esta_una_vez_donde_debe() -> None:
    bytes_ = RUTA.read_bytes()
    assert zonas(raiz(bytes_)) == Counter(TEXTOS | {"firmas", "cambios"})
    assert zonas(raiz(bytes_, "word/header1.xml")) == Counter(
        {"servicio", "titulo", "codigo", "version", "fecha"}
    )
    assert zonas(raiz(bytes_, "word/footer1.xml")) == Counter({"verificacion", "ancla"})


@pytest.mark.parametrize("parte", ["document", "header1", "footer1"])
def test_cada_zona_es_un_control_bloqueado_alrededor_de_su_marcador(parte: str) -> None:
    controles = list(raiz(RUTA.read_bytes(), f"word/{parte}.xml").iter(q("sdt")))
    assert controles
    for control in controles:
        propiedades = control.find(q("sdtPr"))
        zona = propiedades.find(q("tag")).get(q("val")).removeprefix("sgc:")
        assert propiedades.find(q("lock")).get(q("val")) == "sdtContentLocked"
        assert propiedades.find(q("alias")).get(q("val"))
        inicio, contenido, fin = control.find(q("sdtContent"))
        assert re.fullmatch(f"_sgc_{zona}(_[a-z0-9]+)?", inicio.get(q("name")))
        assert fin.get(q("id")) == inicio.get(q("id"))
        assert contenido.tag == (q("tbl") if zona in {"firmas", "cambios"} else q("r"))


def test_los_marcadores_no_se_repiten_en_el_paquete() -> None:
    nombres = [
        m.get(q("name"))
        for nombre, contenido in partes(RUTA.read_bytes()).items()
        if nombre.startswith("word/") and nombre.endswith(".xml")
        for m in etree.fromstring(contenido).iter(q("bookmarkStart"))
    ]
    assert len(nombres) == len(set(nombres)) == 17


def test_las_tablas_de_control_traen_encabezado_y_fila_modelo() -> None:
    cuerpo = raiz(RUTA.read_bytes())
    for zona, columnas in (("firmas", FIRMAS), ("cambios", CAMBIOS)):
        [tabla] = cuerpo.xpath(f"//w:sdt[w:sdtPr/w:tag/@w:val='sgc:{zona}']//w:tbl", namespaces=NS)
        filas = tabla.findall(q("tr"))
        assert len(filas) == 2
        assert tuple(texto(celda) for celda in filas[0].iter(q("tc"))) == columnas


def test_toda_tabla_de_datos_repite_su_encabezado_y_tiene_alternativa(pr_gt_01: bytes) -> None:
    tablas = raiz(pr_gt_01).findall(".//w:tbl", NS)
    assert len(tablas) == 7
    for tabla in tablas:
        assert tabla.find("w:tblPr/w:tblDescription", NS).get(q("val"))
        if tabla.find("w:tblPr/w:tblStyle", NS).get(q("val")) == "TablaSGC":
            primera = tabla.find(q("tr"))
            assert primera.find("w:trPr/w:tblHeader", NS) is not None
        assert all(fila.find("w:trPr/w:cantSplit", NS) is not None for fila in tabla.findall(q("tr")))


def test_el_encabezado_numera_las_paginas_y_el_pie_advierte() -> None:
    bytes_ = RUTA.read_bytes()
    campos = [c.get(q("instr")).strip() for c in raiz(bytes_, "word/header1.xml").iter(q("fldSimple"))]
    assert campos == ["PAGE", "NUMPAGES"]
    assert "copia no controlada" in texto(raiz(bytes_, "word/footer1.xml"))


def test_sin_datos_guia_al_que_escribe() -> None:
    cuerpo = raiz(generar({}))
    assert con_estilo(cuerpo, "Heading1") == DIEZ
    guias = con_estilo(cuerpo, "Guia")
    assert len(guias) == 10
    assert guias[0].startswith("Describa aquí")
    assert "{" not in texto(cuerpo)


def test_con_datos_no_queda_guia_y_todo_dato_se_lee(pr_gt_01: bytes) -> None:
    cuerpo = raiz(pr_gt_01)
    leido = texto(cuerpo)
    assert con_estilo(cuerpo, "Guia") == []
    for esperado in (
        "[DIA-1.1]",
        "[SEG7-1]",
        "REG-4",
        "«representante_direccion»",
        "Buen Gobierno",
        "19.553",
    ):
        assert esperado in leido
    assert con_estilo(cuerpo, "Heading3") == [
        "Elaboración/Actualización del Diagnóstico",
        "Planificación y Programa de Trabajo",
        "Implementación y Seguimiento",
        "Evaluación de Resultados",
        "Estandarización del Proceso",
    ]
    assert len(list(cuerpo.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"))) == 1
    assert "Procedimiento & <prueba>" in leido


def test_un_anexo_puede_tener_de_dos_a_cinco_columnas() -> None:
    for n in range(2, 6):
        columnas, fila = [f"c{i}" for i in range(n)], [f"v{i}" for i in range(n)]
        anexo = {"titulo": "Anexo 1", "tabla": {"columnas": columnas, "filas": [fila]}}
        tablas = raiz(generar({"anexos": [anexo]})).findall(".//w:tbl", NS)
        celdas = [texto(c) for c in tablas[-2].iter(q("tc"))]
        assert celdas == columnas + fila


@pytest.mark.parametrize(("primera", "angosta"), [("7.5.3.1 a)", True), ("Una frase que ocupa lugar", False)])
def test_la_columna_de_codigos_de_un_anexo_va_angosta(primera: str, angosta: bool) -> None:
    anexo = {"titulo": "Anexo", "tabla": {"columnas": ["a", "b"], "filas": [[primera, "x"]]}}
    rejilla = raiz(generar({"anexos": [anexo]})).findall(".//w:tbl", NS)[-2].find(q("tblGrid"))
    anchos = [int(columna.get(q("w"))) for columna in rejilla]
    assert (anchos[0] < anchos[1]) == angosta


@pytest.mark.parametrize(
    ("cuantos", "sueltas"),
    # (filas, las que pueden separarse de la siguiente): corta, ninguna salvo la última.
    [(1, [0]), (2, [1]), (5, [4]), (9, [2, 3, 4, 5, 8])],
)
def test_ninguna_pagina_queda_con_una_sola_fila_de_terminos(cuantos: int, sueltas: list[int]) -> None:
    terminos = [{"termino": f"T{n}", "definicion": "d"} for n in range(cuantos)]
    cuerpo = raiz(generar({"terminologia": terminos}))
    [tabla] = [t for t in cuerpo.findall(".//w:tbl", NS) if "Término" in texto(t.find(q("tr")))]
    filas = tabla.findall(q("tr"))[1:]
    libres = [n for n, fila in enumerate(filas) if fila.find(".//w:keepNext", NS) is None]
    assert libres == sueltas


def test_todo_registro_muestra_su_codigo_y_su_nombre(pr_gt_01: bytes) -> None:
    [tabla] = [
        t for t in raiz(pr_gt_01).findall(".//w:tbl", NS) if "Almacenamiento" in texto(t.find(q("tr")))
    ]
    celdas = [[texto(celda) for celda in fila.iter(q("tc"))] for fila in tabla.findall(q("tr"))]
    pedidos = yaml.safe_load(DATOS_PR_GT_01.read_text("utf-8"))["registros"]
    assert [fila[0] for fila in celdas[1:]] == [pedido["codigo"] for pedido in pedidos]
    assert all(all(fila) for fila in celdas)


def test_la_figura_va_bajo_su_titulo_y_el_texto_despues(pr_gt_01: bytes) -> None:
    estilos = [
        "" if (estilo := p.find("w:pPr/w:pStyle", NS)) is None else estilo.get(q("val"))
        for p in raiz(pr_gt_01).iter(q("p"))
    ]
    figura = estilos.index("Figura")
    assert estilos[figura - 2 : figura + 4] == [
        "Heading1",
        "Heading2",
        "Figura",
        "EpigrafeFigura",
        "",
        "ListBullet",
    ]


def test_el_tipo_archivo_no_lleva_plantilla() -> None:
    tipo = yaml.safe_load((RUTA.parent / "archivo.yaml").read_text("utf-8"))
    assert (tipo["clase"], tipo["prefijo"], tipo["con_plantilla"]) == ("archivo", "FO", False)
    assert not (RUTA.parent / "archivo.docx").exists()


def test_las_zonas_se_sellan_y_las_tablas_repiten_su_fila_modelo(pr_gt_01: bytes) -> None:
    firmas = [
        [f"{papel} por", "", "Cargo", "Titular", "", ""] for papel in ("Elaborado", "Revisado", "Aprobado")
    ]
    valores = ValoresSello(
        {"version": "07", "verificacion": "AB12"}, {"firmas": firmas, "cambios": [["07"] * 6]}, None
    )
    sellado = sellar(pr_gt_01, valores)
    [tabla] = raiz(sellado).xpath("//w:sdt[w:sdtPr/w:tag/@w:val='sgc:firmas']//w:tbl", namespaces=NS)
    assert [texto(fila[1]) for fila in tabla.findall(q("tr"))[1:]] == [f[0] for f in firmas]
    assert "07" in texto(raiz(sellado, "word/header1.xml"))
    assert "AB12" in texto(raiz(sellado, "word/footer1.xml"))


@pytest.mark.validador
def test_el_validador_no_encuentra_errores(pr_gt_01: bytes, tmp_path: Path) -> None:
    (con_datos := tmp_path / "con datos.docx").write_bytes(pr_gt_01)
    (sin_datos := tmp_path / "sin datos.docx").write_bytes(generar({}))
    assert errores_de(RUTA, con_datos, sin_datos) == {}


@pytest.mark.libreoffice
def test_en_pdf_cada_pagina_dice_que_documento_es(pr_gt_01: bytes, tmp_path: Path) -> None:
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        pytest.skip("no está LibreOffice o pdftotext")
    archivo = tmp_path / "pr.pdf"
    archivo.write_bytes(a_pdf(pr_gt_01, "PR-GT-01"))
    orden = ["pdftotext", "-layout", "-enc", "UTF-8", archivo, "-"]
    paginas = subprocess.run(orden, capture_output=True, check=True).stdout.decode("utf-8").split("\f")[:-1]
    assert 12 <= len(paginas) <= 18
    for n, pagina in enumerate(paginas, start=1):
        assert f"Página {n} de {len(paginas)}" in pagina
        assert "PR-GT-01" in pagina
        assert "copia no controlada" in pagina
        # Ninguna página termina en un título: lo último antes del pie es texto.
        cuerpo = pagina.split("Una vez impreso")[0].strip().splitlines()
        assert not re.match(r"\d+(\.\d+)*\s+[A-ZÁÉÍÓÚ][^.]*$", cuerpo[-1].strip()), cuerpo[-1]
