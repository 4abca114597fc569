"""Leer el texto: qué valores salen, en qué línea, y qué se dice de lo que no se puede leer."""

import math

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.config.escritura import Parte, escribir
from sgc_gt.config.lectura import MAXIMO_BYTES, leer, leer_yaml
from sgc_gt.errores import ConfiguracionInvalida, EntradaInvalida


def valor(texto: str):
    return leer_yaml(texto.encode(), "a.yaml")[0]


def rechazo(datos: str | bytes) -> list[str]:
    with pytest.raises(ConfiguracionInvalida) as error:
        leer_yaml(datos if isinstance(datos, bytes) else datos.encode(), "a.yaml")
    return [str(p) for p in error.value.problemas]


@pytest.mark.parametrize(
    ("escrito", "leido"),
    [
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("01", "01"),
        ("08", "08"),
        ("02.1", "02.1"),
        ("2026-01-31", "2026-01-31"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("true", True),
        ("no", "no"),
        ("sí", "sí"),
        ("on", "on"),
        ("~", None),
        ("", None),
        ("'12'", "12"),
        ('"true"', "true"),
        ("9" * 30, "9" * 30),
        (".inf", ".inf"),
    ],
)
def test_una_palabra_es_texto_salvo_que_sea_claramente_otra_cosa(escrito, leido):
    assert valor(f"a: {escrito}\n") == {"a": leido}


def test_las_claves_son_siempre_texto():
    assert valor("cortes: {3: 41, 01: 2, no: 1}\n") == {"cortes": {"3": 41, "01": 2, "no": 1}}


def test_cada_parte_sabe_su_linea():
    _, lineas = leer_yaml(b"# nota\na:\n  b: [x,\n    y]\n  c:\n    - d: 1\n      e: 2\n", "a.yaml")
    esperadas = {(): 2, ("a",): 2, ("a", "b"): 3, ("a", "b", 1): 4, ("a", "c", 0): 6, ("a", "c", 0, "e"): 7}
    assert {ruta: lineas.de(ruta) for ruta in esperadas} == esperadas
    assert lineas.de(("a", "c", 0, "falta")) == 6


def test_los_alias_se_leen_y_la_marca_de_windows_no_estorba():
    assert valor("a: &x [1, {b: 2}]\r\nc: *x\r\n") == {"a": [1, {"b": 2}], "c": [1, {"b": 2}]}
    assert leer_yaml(b"\xef\xbb\xbfa: 1\n", "a.yaml")[0] == {"a": 1}


@pytest.mark.parametrize(
    ("escrito", "dicho"),
    [
        ("a: 1\nb: 2\na: 3\n", ["a.yaml:3: la clave «a» está repetida (ya está en la línea 1)"]),
        ("a:\n  b: c\n\td: 1\n", ["a.yaml:3: hay un tabulador al comienzo de la línea; use espacios"]),
        ("a:\n\tb: 1\n", ["a.yaml:2: hay un tabulador al comienzo de la línea; use espacios"]),
        ("a: 1\nb: [1, 2\n", ["a.yaml:2: falta una coma o cerrar el corchete «]»"]),
        ("a: 1\nb: {c: 1\n", ["a.yaml:2: falta una coma o cerrar la llave «}»"]),
        ("a: 1\nb: 'x\nc: 2\n", ["a.yaml:2: falta cerrar las comillas"]),
        (
            "a: uno: dos\n",
            ["a.yaml:1: sobra «: », o la línea no está alineada; un texto con «: » va entre comillas"],
        ),
        ("a:\n  - b\n c: 1\n", ["a.yaml:3: la línea no está alineada con las anteriores"]),
        ("a: @x\n", ["a.yaml:1: un texto que empieza con «@» va entre comillas"]),
        ("a: *x\n", ["a.yaml:1: «*x» no tiene antes su «&x»"]),
        ("a: !!binary x\n", ["a.yaml:1: no se admite la marca «tag:yaml.org,2002:binary»"]),
        ("a: 1\n---\nb: 2\n", ["a.yaml:2: sobra «---»: el archivo lleva un solo contenido"]),
        (
            "a: &x {b: 1}\nc:\n  <<: *x\n",
            ["a.yaml:3: no se admite la clave «<<»; escriba las claves una a una"],
        ),
        ("a: 1\nb: \x07\n", ["a.yaml:2: hay un carácter invisible; borre esa parte y escríbala de nuevo"]),
        (
            "a: 1\n[b]: 2\n",
            ["a.yaml:2: la clave debe ser una palabra; si es un texto con llaves, va entre comillas"],
        ),
        (
            "a: 1\nb: región\n".encode("latin-1"),
            ["a.yaml:2: hay una letra que no se puede leer; guarde el archivo como UTF-8"],
        ),
        ("a: 1\n".encode("utf-16"), ["a.yaml: está guardado en otra codificación; guárdelo como UTF-8"]),
        (b"PK\x03\x04\0\0", ["a.yaml: no es un archivo de texto"]),
        (b"a: " + b"x" * 1_100_000, ["a.yaml: pesa 1,1 MB; lo más que se admite es 1 MB"]),
    ],
)
def test_lo_que_no_se_lee_se_dice_con_su_linea(escrito, dicho):
    assert rechazo(escrito) == dicho


def test_las_claves_repetidas_se_dicen_todas():
    assert rechazo("a: 1\na: 2\nb: {c: 1, c: 2}\n") == [
        "a.yaml:2: la clave «a» está repetida (ya está en la línea 1)",
        "a.yaml:3: la clave «c» está repetida (ya está en la línea 3)",
    ]


def test_una_bomba_de_alias_se_corta():
    niveles = "".join(f"n{i}: &n{i} [{', '.join([f'*n{i - 1}'] * 9)}]\n" for i in range(1, 9))
    assert rechazo(f"n0: &n0 [x, x]\n{niveles}") == ["a.yaml:7: hay más de 300000 valores"]


def test_un_alias_dentro_de_si_mismo_no_cuelga():
    assert rechazo("a: &x [*x]\n") == ["a.yaml:1: «*x» no tiene antes su «&x»"]


@pytest.mark.parametrize("escrito", ["[" * 100_000, "".join(f"{' ' * i}a:\n" for i in range(100))])
def test_la_hondura_se_corta(escrito):
    (dicho,) = rechazo(escrito)
    assert dicho.endswith("hay más de 40 niveles, uno dentro de otro")


def test_la_hondura_cuenta_lo_que_un_alias_trae():
    cadena = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 60))
    assert rechazo(cadena) == ["a.yaml:40: hay más de 40 niveles, uno dentro de otro"]


def test_un_archivo_grande_y_bueno_se_lee():
    grande = b"a:\n" + b"- {b: uno, c: dos}\n" * 20_000
    assert len(grande) < MAXIMO_BYTES
    assert len(leer_yaml(grande, "a.yaml")[0]["a"]) == 20_000


def test_quien_lee_datos_elige_el_rechazo():
    with pytest.raises(EntradaInvalida, match="no se puede leer datos"):
        leer_yaml(b"a: [", "datos", EntradaInvalida)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_cualquier_entrada_se_lee_o_se_rechaza(datos):
    leido, problemas = leer(datos, "a.yaml")
    assert leido.valor is None or isinstance(leido.valor, (str, int, float, dict, list))
    assert all(p.mensaje and p.lugar.startswith("a.yaml") for p in problemas)


_CARACTER = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"
)
_TEXTO = st.text(_CARACTER, max_size=60)
_PALABRA = st.sampled_from(
    ["01", "1", "no", "true", "null", "~", "2026-01-01", "1.5", "1e5", "- a", "a: b", "*x", "<<"]
)
_VALOR = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats().filter(math.isfinite)
    | _TEXTO
    | _PALABRA,
    lambda hijo: st.lists(hijo, max_size=4) | st.dictionaries(_TEXTO | _PALABRA, hijo, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(_TEXTO, _VALOR, min_size=1, max_size=4))
def test_lo_que_se_escribe_se_lee_igual(todo):
    escrito = escribir("nota", [Parte(clave, v, "otra") for clave, v in todo.items()])
    assert leer_yaml(escrito, "a.yaml")[0] == todo


def test_lo_escrito_lo_entiende_tambien_otro_programa():
    escrito = escribir("n", [Parte("a", {"region": "01", "lista": ["no", "x" * 200, {"b": "c: d"}]})])
    assert yaml.safe_load(escrito) == {"a": {"region": "01", "lista": ["no", "x" * 200, {"b": "c: d"}]}}
