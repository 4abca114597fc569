"""El control de cambios de Word, leído como propuestas: juntas, por sección, con las palabras de alrededor."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mini_docx import mini_docx

from sgc_gt.dominio.forma import texto_de
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.puerta import abrir
from sgc_gt.word.rechazo import forma_rechazada
from sgc_gt.word.revisiones import revisar

FIRMA = 'w:id="9" w:author="{}" w:date="2026-03-10T09:30:00Z"'


def r(texto: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{texto}</w:t></w:r>'


def mas(texto: str, autor: str = "Ana") -> str:
    return f"<w:ins {FIRMA.format(autor)}>{r(texto)}</w:ins>"


def menos(texto: str, autor: str = "Ana") -> str:
    borrado = f'<w:r><w:delText xml:space="preserve">{texto}</w:delText></w:r>'
    return f"<w:del {FIRMA.format(autor)}>{borrado}</w:del>"


def p(*piezas: str, fin: str = "") -> str:
    marca = f"<w:pPr><w:rPr><w:{fin} {FIRMA.format('Ana')}/></w:rPr></w:pPr>" if fin else ""
    return f"xml <w:p>{marca}{''.join(piezas)}</w:p>"


def fila(*celdas: str, marca: str = "") -> str:
    propias = f"<w:trPr><w:{marca} {FIRMA.format('Ana')}/></w:trPr>" if marca else ""
    return f"<w:tr>{propias}{''.join(f'<w:tc><w:p>{c}</w:p></w:tc>' for c in celdas)}</w:tr>"


def tabla(*filas: str) -> str:
    rejilla = '<w:tblPr/><w:tblGrid><w:gridCol w:w="9"/><w:gridCol w:w="9"/></w:tblGrid>'
    return f"xml <w:tbl>{rejilla}{''.join(filas)}</w:tbl>"


def mueve(clase: str, texto: str) -> str:
    rango, marca = f"w:move{clase}", FIRMA.format("Ana")
    return (
        f'xml <w:p><{rango}RangeStart w:id="5" w:name="m1" w:author="Ana"/><{rango} {marca}>{r(texto)}</{rango}>'
        f'<{rango}RangeEnd w:id="5"/></w:p>'
    )


PLAZO = r("El plazo es de ")


@pytest.mark.parametrize(
    ("guion", "propuestas"),
    [
        (p(PLAZO, menos("5"), mas("10"), r(" días")), ["reemplazar «5» por «10», después de «El plazo es de»"]),
        (p(PLAZO, mas("10"), menos("5"), r(" días")), ["reemplazar «5» por «10», después de «El plazo es de»"]),
        (p(PLAZO, mas("diez"), r(" días")), ["agregar «diez», después de «El plazo es de»"]),
        (p(menos("Nota."), r(" Rige siempre")), ["suprimir «Nota.», antes de «Rige siempre»"]),
        (p(menos("uno"), r(" "), menos("dos"), mas("tres")), ["reemplazar «uno dos» por «tres»"]),
        (
            p(PLAZO, menos("5"), mas("10", "Beto"), r(" días")),
            [
                "suprimir «5», después de «El plazo es de»",
                "agregar «10», después de «El plazo es de 5»",
            ],
        ),
        (p(r("a "), mas("b"), r(" c "), menos("d")), ["agregar «b», después de «a»", "suprimir «d», después de «a  c»"]),
        (f"{p(mas('Nuevo.'), fin='ins')} / p Otro", ["agregar el párrafo «Nuevo.», antes de «Otro»"]),
        (f"{p(mas('Uno.'), fin='ins')} / {p(mas('Dos.'), fin='ins')} / p z", ["agregar el párrafo «Uno.\nDos.», antes de «z»"]),
        (tabla(fila(r("a"), r("b ") + mas("c"))), ["agregar «c», después de «b»"]),
        (tabla(fila(r("a"), r("b")), fila(mas("x"), mas("y"), marca="ins")), ["agregar la fila «x | y»"]),
        (tabla(fila(r("a"), r("b")), fila(r("x"), r("y"), marca="del")), ["suprimir la fila «x | y»"]),
        (p(f"<w:ins {FIRMA.format('Ana')}>{r('a')}{menos('b', 'Beto')}</w:ins>"), ["agregar «a»", "suprimir «b»"]),
        (p(f"<w:sdt><w:sdtContent>{mas('en control')}</w:sdtContent></w:sdt>"), ["agregar «en control»"]),
        (p(r("sin cambios")), []),
        (p(menos("igual"), mas("igual")), []),
        (p(r("a"), mas(" ")), []),
    ],
)  # fmt: skip
def test_cada_cambio_es_una_propuesta(guion: str, propuestas: list[str]) -> None:
    hallados = revisar(mini_docx(f"T1 Plazos\n{guion.replace(' / ', chr(10))}")).cambios
    assert [h.texto for h in hallados] == [f"Se propone {propuesta}" for propuesta in propuestas]
    assert all(h.seccion == "1 Plazos" and h.fecha == "2026-03-10T09:30:00Z" for h in hallados)


def test_un_traslado_se_dice_una_vez_con_su_destino() -> None:
    guion = f"T1 Plazos\n{mueve('From', 'Rige siempre.')}\nT1 Final\n{mueve('To', 'Rige siempre.')}"
    [traslado] = revisar(mini_docx(guion)).cambios
    assert traslado.texto == "Se propone trasladar «Rige siempre.» a la sección 2 Final"
    assert (traslado.clase, traslado.seccion) == ("traslada", "1 Plazos")


def test_formato_marcas_y_encabezados_se_cuentan_y_no_se_listan() -> None:
    formato = f"<w:r><w:rPr><w:b/><w:rPrChange {FIRMA.format('Ana')}><w:rPr/></w:rPrChange></w:rPr><w:t>x</w:t></w:r>"
    documento = mini_docx(f"{p(formato)}\n{p(r('a'), fin='del')}\np b", encabezado=p(mas("otro título")))
    assert revisar(documento)[1:] == (1, 1, 1)
    assert revisar(documento).cambios == ()


def test_en_una_nota_al_pie_la_seccion_es_la_de_su_llamada() -> None:
    partes = abrir(mini_docx("T1 Plazos / nota Con nota :: al pie"), "x")
    notas = partes["word/footnotes.xml"].decode()
    partes["word/footnotes.xml"] = notas.replace(
        "</w:p></w:footnote></w:footnotes>", f"{mas('más')}</w:p></w:footnote></w:footnotes>"
    ).encode()
    [cambio] = revisar(empaquetar(partes)).cambios
    assert (cambio.seccion, cambio.texto) == ("1 Plazos", "Se propone agregar «más», después de «al pie»")


_PIEZA = st.tuples(st.sampled_from([r, mas, menos]), st.sampled_from(["uno ", "dos ", "tres "]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_PIEZA, min_size=1, max_size=5), min_size=1, max_size=4))
def test_rechazar_todo_devuelve_el_texto_de_antes(parrafos: list[list[tuple[object, str]]]) -> None:
    documento = mini_docx("\n".join(p(*(hacer(t) for hacer, t in piezas)) for piezas in parrafos))  # type: ignore[operator]
    antes = ["".join(t for hacer, t in piezas if hacer is not mas) for piezas in parrafos]
    assert texto_de(forma_rechazada(documento).bloques).split("\n") == (
        [a for a in antes if a.strip()] or [""]
    )


def test_rechazar_une_el_parrafo_partido_y_saca_la_fila_agregada() -> None:
    partido = f"{p(r('Uno '), fin='ins')}\n{p(r('dos'))}\n{tabla(fila(r('a'), r('b')), fila(mas('x'), mas('y'), marca='ins'))}"
    assert texto_de(forma_rechazada(mini_docx(partido)).bloques) == "Uno dos\na | b"
