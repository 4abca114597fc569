"""Un documento leído en la página: no pierde una palabra, y dice al lado desde qué versión está cada cosa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from formas import forma, pares
from hypothesis import given
from lxml import html
from mini_docx import mini_docx

from sgc_gt.comparacion.origen import Sucesion
from sgc_gt.consultas.expediente_lectura import lectura, leer
from sgc_gt.consultas.expediente_valores import Lectura, Parrafo
from sgc_gt.dominio.forma import CUADRO, TABLA, TITULO, ZONA, Bloque, FormaNormal
from sgc_gt.paginas.armar import _ambiente


def palabras_de(bloques: Iterable[Bloque]) -> Counter[str]:
    """Las palabras de unos bloques, sin las de las zonas, que las pone el sistema."""
    cuenta: Counter[str] = Counter()
    for b in bloques:
        if b.clase == TABLA:
            cuenta += sum((palabras_de(celda) for fila in b.filas for celda in fila), Counter())
        elif b.clase == CUADRO:
            cuenta += palabras_de(b.bloques)
        elif b.clase != ZONA:
            cuenta += Counter(b.texto.split())
    return cuenta


def palabras_leidas(parrafos: Iterable[Parrafo]) -> Counter[str]:
    cuenta: Counter[str] = Counter()
    for p in parrafos:
        cuenta += Counter("".join(t.texto for t in p.tramos).split()) + palabras_leidas(p.dentro)
        cuenta += sum((palabras_leidas(celda) for fila in p.filas for celda in fila), Counter())
    return cuenta


@given(pares())
def test_leerlo_no_pierde_una_palabra(par: tuple[FormaNormal, FormaNormal]) -> None:
    leida = lectura(par[1], {}, {})

    assert palabras_de(par[1].bloques) <= palabras_leidas(leida.parrafos)
    niveles = [0, *(p.nivel for p in leida.parrafos if p.clase == TITULO)]
    assert all(b - a <= 1 for a, b in pairwise(niveles))


def test_lo_agregado_y_lo_cambiado_llevan_su_version_al_lado() -> None:
    antes = forma(
        "T1 Plazos / p Se responde en cinco días hábiles. / p Lo demás. / tabla Indicador|Meta;Reclamos|10"
    )
    despues = forma(
        "T1 Plazos / p Se responde en diez días hábiles. / p Lo demás. / p Lo nuevo. / "
        "tabla Indicador|Meta;Reclamos|10;Cobertura|80%"
    )
    quien = Sucesion([antes, despues])
    marcas = {(u.bloque, u.fila): "02" for u in quien.unidades if quien.rastro(u).desde}

    leida = lectura(despues, {}, {}, marcas)

    assert [p.desde for p in leida.parrafos if p.clase == "parrafo"] == ["02", "", "02"]
    assert leida.parrafos[-1].desdes == ("", "", "02")


def mostrado(leida: Lectura) -> html.HtmlElement:
    """El documento con la misma pieza de plantilla que usa la página."""
    pieza = _ambiente().get_template("documento.html").module
    return html.fromstring(f"<main>{pieza.cuerpo(leida.parrafos, leida.imagenes)}</main>")


def test_imagenes_notas_enlaces_y_tachados_se_ven() -> None:
    docx = mini_docx(
        "T1 Objetivo / imagen Mapa de regiones / nota Rige <ya> :: según la pauta / enlace la ley -> https://x.example/ley / "
        "tachado no rige / l1 uno / l2 dos / T3 Detalle / tabla a|b;c|d / cuadro Importante"
    )
    pagina = mostrado(leer(docx, "prueba.docx"))

    assert [i.get("alt") for i in pagina.xpath("//img[starts-with(@src, 'data:image/png;base64,')]")] == [
        "Mapa de regiones"
    ]
    texto = " ".join(pagina.text_content().split())
    assert "Rige <ya>" in texto
    assert "[nota: según la pauta]" in texto
    assert pagina.xpath("//*[@class='enlace']/@title") == ["https://x.example/ley"]
    assert pagina.xpath("string(//s)") == "no rige"
    assert [li.text_content().strip() for li in pagina.xpath("//ul/li")] == ["uno", "dos"]
    assert [t.tag for t in pagina.xpath("//h3|//h4|//h5|//h6")] == ["h3", "h4"]
    assert [th.text_content().strip() for th in pagina.xpath("//th[@scope='col']")] == ["a", "b"]
    assert "Importante" in texto
