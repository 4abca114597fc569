"""Lo que un correo traído como respaldo dice de sí."""

from __future__ import annotations

from datetime import date

import pytest

from sgc_gt.listas.correo import Correo, leer_correo

DE = b"From: =?utf-8?q?Direcci=C3=B3n_Regional?= <DR-15@senopl.example>\r\n"
DIA = b"Date: Tue, 18 Mar 2025 23:30:00 -0300\r\n"


@pytest.mark.parametrize(
    ("contenido", "correo"),
    [
        (DE + DIA + b"\r\nTomo conocimiento.", Correo("dr-15@senopl.example", date(2025, 3, 18))),
        (DE + b"Date: ayer\r\n\r\n", Correo("dr-15@senopl.example", None)),
        (b"From: \r\n" + DIA + b"\r\n", Correo("", date(2025, 3, 18))),
        (b"From: <<a@@b>\r\n\r\n", Correo("", None)),
        (b"\xff\xfe\x00esto no es un correo", Correo("", None)),
        (b"", Correo("", None)),
    ],
)
def test_de_quien_es_y_de_cuando(contenido: bytes, correo: Correo) -> None:
    assert leer_correo(contenido, "Respuesta.EML") == correo


def test_otro_archivo_no_es_un_correo() -> None:
    assert leer_correo(DE, "hoja.pdf") is None
