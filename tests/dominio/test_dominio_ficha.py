"""La ficha: una sola forma de escribirla, y nada que no sea una ficha se lee como tal."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mesa_dominio import Mesa

from sgc_gt.dominio.ficha import (
    Evidencia,
    Ficha,
    Movimiento,
    Observacion,
    Paso,
    escribir_ficha,
    json_canonico,
    leer_ficha,
)
from sgc_gt.dominio.ficha_siguiente import leer_siguiente
from sgc_gt.errores import IntegridadRota

TEXTO = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
FECHAS = st.dates()
JSON = st.recursive(
    TEXTO | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False, allow_infinity=False),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(TEXTO, v, max_size=3),
    max_leaves=6,
)
MAPA = st.dictionaries(TEXTO, JSON, max_size=3)
VARIOS = st.lists(TEXTO, max_size=3).map(tuple)
EVIDENCIA = st.builds(
    Evidencia, TEXTO, TEXTO, st.none() | FECHAS, TEXTO, st.integers(0), TEXTO, responde=TEXTO
)
PASO = st.builds(Paso, TEXTO, VARIOS, st.integers(1, 9), VARIOS, VARIOS)
INSTANTE = st.datetimes(timezones=st.timezones()).map(lambda d: d.isoformat(timespec="seconds"))
MOVIMIENTO = st.builds(
    Movimiento,
    n=st.integers(1),
    fecha=FECHAS,
    registrado=INSTANTE.filter(lambda t: len(t) == 25),
    evidencia=st.lists(EVIDENCIA, max_size=2).map(tuple),
    observaciones=st.lists(st.builds(Observacion, TEXTO, TEXTO), max_size=2).map(tuple),
    identidad=MAPA,
    ruta=st.lists(PASO, max_size=2).map(tuple),
    vigente_desde=st.none() | FECHAS,
    extra=MAPA,
    **dict.fromkeys(
        ("acto", "version", "correo", "cargo", "registra", "origen", "calidad", "base_calidad"), TEXTO
    ),
    **dict.fromkeys(("huella", "sha256", "archivo", "motivo", "circuito"), TEXTO),
)
FICHA = st.builds(Ficha, TEXTO, TEXTO, TEXTO, MAPA, st.lists(MOVIMIENTO, max_size=3).map(tuple))


@given(FICHA)
def test_leer_lo_escrito_da_la_misma_ficha_y_los_mismos_bytes(ficha: Ficha) -> None:
    datos = escribir_ficha(ficha)
    assert leer_ficha(datos, "x") == ficha
    assert escribir_ficha(leer_ficha(datos, "x")) == datos
    assert datos.endswith(b"}\n")
    assert b"\r" not in datos


@given(MAPA)
def test_el_orden_de_las_claves_no_cambia_los_bytes(mapa: dict[str, Any]) -> None:
    assert json_canonico(mapa) == json_canonico(dict(reversed(mapa.items())))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text('aé"\\\n\t\x7f\u2028😀'),
    lambda hijo: (
        st.lists(hijo, max_size=3) | st.dictionaries(st.text('abé"') | st.integers(0, 3), hijo, max_size=3)
    ),
    max_leaves=12,
)


@given(JSON)
def test_la_forma_canonica_es_la_de_la_biblioteca(valor: Any) -> None:
    """También donde la biblioteca se niega: claves de clases que no se pueden ordenar."""

    def escribe(como: Any) -> bytes | type:
        try:
            return como(valor)
        except TypeError:
            return TypeError

    def biblioteca(v: Any) -> bytes:
        return (json.dumps(v, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()

    assert escribe(json_canonico) == escribe(biblioteca)


@given(FICHA, MOVIMIENTO)
def test_la_ficha_siguiente_se_lee_de_lo_agregado(ficha: Ficha, movimiento: Movimiento) -> None:
    antes, despues = escribir_ficha(ficha), escribir_ficha(ficha.con(movimiento))
    leida = leer_siguiente(ficha, antes, despues, "x")
    assert leida == (leer_ficha(despues, "x") if ficha.actos else None)
    assert leer_siguiente(ficha, antes, antes, "x") is None
    retocada = despues.replace(b'"n": ', b'"n":  ', 1)
    assert leer_siguiente(ficha, antes, retocada, "x") is None
    assert leer_siguiente(ficha.con(movimiento), despues, antes, "x") is None


def test_la_ficha_se_lee_sin_programa() -> None:
    texto = escribir_ficha(Ficha("PR-GT-01", "procedimiento", "documento", {"titulo": "Año"})).decode()
    assert texto == (
        '{\n  "actos": [],\n  "clase": "documento",\n  "codigo": "PR-GT-01",\n  "esquema": 1,\n'
        '  "identidad": {\n    "titulo": "Año"\n  },\n  "tipo": "procedimiento"\n}\n'
    )


def test_un_movimiento_no_repite_lo_que_vale_lo_de_siempre() -> None:
    mesa = Mesa().hacer("crear")
    assert mesa.ficha is not None
    escrito = json.loads(escribir_ficha(mesa.ficha))["actos"][0]
    assert sorted(escrito) == (
        [
            "acto",
            "cargo",
            "circuito",
            "correo",
            "fecha",
            "identidad",
            "n",
            "origen",
            "registra",
            "registrado",
            "version",
        ]
    )


def ficha_con(**cambios: object) -> bytes:
    """Los bytes de una ficha de un acto, con esos cambios en el movimiento."""
    mesa = Mesa().hacer("crear")
    assert mesa.ficha is not None
    crudo = json.loads(escribir_ficha(mesa.ficha))
    crudo["actos"][0].update(cambios)
    return json.dumps(crudo).encode()


@pytest.mark.parametrize(
    "cambio",
    [
        {"n": "1"},
        {"n": True},
        {"n": 1.0},
        {"motivo": None},
        {"fecha": "ayer"},
        {"fecha": None},
        {"registrado": "2026-03-10"},
        {"registrado": "2026-03-10T09:00:00"},
        {"registrado": "pronto"},
        {"identidad": []},
        {"extra": "x"},
        {"evidencia": {}},
        {"evidencia": [{"clase": "oficio", "tamano": "9"}]},
        {"evidencia": [{"numero": "9"}]},
        {"ruta": [{"acto": "revisar", "cargos": "rev"}]},
        {"observaciones": ["x"]},
        {"inventado": "x"},
        {"motivo": "\ud800"},
        {"extra": {"x": float("nan")}},
    ],
    ids=str,
)
def test_lo_que_no_es_un_movimiento_no_se_lee(cambio: dict[str, object]) -> None:
    leer_ficha(ficha_con(), "x")
    with pytest.raises(IntegridadRota) as rechazo:
        leer_ficha(ficha_con(**cambio), "documentos/GT/PR-GT-01/ficha.json")
    assert rechazo.value.lugar == "documentos/GT/PR-GT-01/ficha.json"
    assert rechazo.value.hacer == "recupérela de la historia o de un respaldo; las fichas no se editan a mano"


@pytest.mark.parametrize(
    "datos",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"esquema": 2}', b'{"esquema": 1}', b"[" * 100_000],
    ids=lambda d: str(d[:20]),
)
def test_lo_que_no_es_una_ficha_no_se_lee(datos: bytes) -> None:
    with pytest.raises(IntegridadRota, match="la ficha no se entiende"):
        leer_ficha(datos, "x")


def test_una_barra_seguida_de_u_es_texto() -> None:
    ficha = Ficha("A1", "t", "documento", {"ubicacion": r"C:\udata\u0041"})
    assert leer_ficha(escribir_ficha(ficha), "x") == ficha


def test_con_recoge_la_identidad_del_acto() -> None:
    mesa = Mesa().hasta("vigente").hacer("nueva-version", identidad={"titulo": "Compras y pagos"})
    assert mesa.ficha is not None
    assert (mesa.ficha.identidad["titulo"], mesa.ficha.identidad["area"]) == ("Compras y pagos", "GT")
    assert [v.titulo for v in mesa.vista.versiones] == ["Compras", "Compras y pagos"]
    assert mesa.ficha.actos[0].fecha == date(2026, 3, 10)
