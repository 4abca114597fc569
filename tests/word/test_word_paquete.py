"""El paquete: bytes canónicos y relaciones."""

import zipfile
from io import BytesIO

from mini_docx import mini_docx, mini_partes

from sgc_gt.word.paquete import documento, empaquetar, relacionar, relaciones
from sgc_gt.word.puerta import abrir


def test_los_bytes_no_dependen_del_orden_de_las_partes() -> None:
    partes = mini_partes("p hola")
    assert empaquetar(partes) == empaquetar(dict(reversed(partes.items())))


def test_forma_canonica() -> None:
    with zipfile.ZipFile(BytesIO(mini_docx("p hola"))) as archivo:
        entradas = archivo.infolist()
    assert entradas[0].filename == "[Content_Types].xml"
    assert [e.filename for e in entradas[1:]] == sorted(e.filename for e in entradas[1:])
    assert {(e.date_time, e.create_system, e.compress_type) for e in entradas} == {
        ((1980, 1, 1, 0, 0, 0), 3, zipfile.ZIP_STORED)
    }


def test_comprimido_tiene_las_mismas_partes_y_pesa_menos() -> None:
    partes = mini_partes("p " + "texto " * 5000)
    comprimido = empaquetar(partes, comprimir=True)
    assert len(comprimido) < len(empaquetar(partes)) / 2
    assert abrir(comprimido, "a.docx") == partes


def test_relacionar_no_repite() -> None:
    partes = mini_partes("p hola")
    uno = relacionar(partes, "word/document.xml", "image", "word/media/a.png")
    assert relacionar(partes, "word/document.xml", "image", "word/media/a.png") == uno
    assert relaciones(partes, "word/document.xml")[uno].destino == "word/media/a.png"
    assert documento(partes) == "word/document.xml"
