"""La huella: inyectiva sobre formas distintas, indiferente a la forma Unicode."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.forma import Bloque, FormaNormal, Marca
from sgc_gt.dominio.huella import huella, huella_bytes, serializar

texto = st.text(max_size=6).map(lambda t: unicodedata.normalize("NFC", t))
marca = st.builds(Marca, st.sampled_from(["enlace", "tachado"]), st.integers(0, 3), st.integers(0, 3), texto)
simple = st.builds(
    Bloque,
    st.sampled_from(["parrafo", "titulo"]),
    st.integers(0, 2),
    texto,
    st.lists(marca, max_size=2).map(tuple),
)
celda = st.lists(simple, max_size=2).map(tuple)
fila = st.lists(celda, max_size=2).map(tuple)
tabla = st.lists(fila, max_size=2).map(lambda filas: Bloque("tabla", filas=tuple(filas)))
formas = st.lists(st.one_of(simple, tabla), max_size=4).map(lambda bloques: FormaNormal(tuple(bloques)))
todo = st.tuples(formas, st.none() | st.binary(max_size=4), texto, texto)


@given(todo, todo)
def test_distintas_entradas_distinta_huella(uno: tuple[object, ...], otro: tuple[object, ...]) -> None:
    assert (huella(*uno) == huella(*otro)) == (uno == otro)  # type: ignore[arg-type]


@given(formas, st.data())
def test_mover_texto_de_un_lado_a_otro_se_nota(forma: FormaNormal, datos: st.DataObject) -> None:
    bloques = forma.bloques
    corte = datos.draw(st.integers(0, len(bloques)))
    otra = FormaNormal((*bloques[corte:], *bloques[:corte]))
    assert (serializar(otra.bloques) == serializar(bloques)) == (otra == forma)


def test_la_forma_unicode_no_importa() -> None:
    una, otra = (unicodedata.normalize(f, "Gestión Ñuble") for f in ("NFC", "NFD"))
    assert una != otra
    assert huella(FormaNormal((Bloque("parrafo", 0, una),)), None, una, una) == huella(
        FormaNormal((Bloque("parrafo", 0, otra),)), None, otra, otra
    )


def test_forma_escrita() -> None:
    assert huella(FormaNormal(), None, "", "").startswith("1:")
    assert len(huella_bytes(b"x")) == 2 + 64


def test_un_archivo_y_un_documento_nunca_coinciden() -> None:
    assert huella(FormaNormal(), b"x", "t", "m") != huella_bytes(b"x", "t", "m")
    assert huella(FormaNormal(), None, "t", "m") != huella(FormaNormal(), b"", "t", "m")


def test_valor_conocido() -> None:
    """Si este valor cambia, cambió el algoritmo: corresponde el número 2, no editar esta prueba."""
    forma = FormaNormal((Bloque("titulo", 1, "Objetivo"), Bloque("parrafo", 0, "Texto")))
    assert huella(forma, b"{}", "Título", "Motivo") == (
        "1:e7522c9eb7a18a81e7a76c3173b06806844199f7b5a2d9aad77854dc03f1e7e9"
    )
