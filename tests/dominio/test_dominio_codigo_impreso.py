"""El código de un papel, como lo teclea quien lo copia."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.codigo_impreso import IMPRESO, escribir_codigo, leer_codigo
from sgc_gt.errores import UsoIncorrecto

HEX = "0123456789ABCDEF"


@given(st.text(HEX, min_size=16, max_size=16), st.data())
def test_se_lee_como_sea_que_lo_tecleen(digitos: str, datos: st.DataObject) -> None:
    def tecleado(letra: str) -> str:
        parecidas = {"0": "0oO", "1": "1iIlL"}.get(letra, letra + letra.lower())
        return datos.draw(st.sampled_from(parecidas)) + datos.draw(st.sampled_from(("", "", "-", " ", "–")))

    assert leer_codigo("".join(map(tecleado, digitos))) == digitos
    assert IMPRESO.findall(f"Código de verificación: {escribir_codigo(digitos)}.") == [
        escribir_codigo(digitos)
    ]


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("", "no se dijo el código"),
        ("23D8-AD1", "7 dígitos"),
        ("23D8-AD19-39AD-055B-0", "17 dígitos"),
        ("23Z8-AD19", "«Z», que ningún código lleva"),
        ("70-3f9a1c2b4d5e", "es un ancla"),
        ("78-e1d62ba", "parece un ancla de la historia, cortada"),
        ("1234-e1d62ba", "parece un ancla de la historia, cortada"),
    ],
)
def test_lo_que_no_puede_ser_un_codigo_se_dice(texto: str, dice: str) -> None:
    with pytest.raises(UsoIncorrecto, match=dice):
        leer_codigo(texto)


def test_ocho_digitos_bastan_y_un_codigo_que_parece_ancla_es_un_codigo() -> None:
    assert leer_codigo("23d8 ad19") == "23D8AD19"
    assert leer_codigo("1234-567890abcdef") == "1234567890ABCDEF"
