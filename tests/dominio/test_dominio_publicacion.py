"""El plan de publicar: después de ejecutarlo, la carpeta tiene lo que rige, y lo ajeno sigue igual."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.publicacion import (
    INDICE,
    Entrada,
    Plan,
    Registro,
    escribir_registro,
    leer_registro,
    plan,
)
from sgc_gt.errores import EntradaInvalida

NOMBRES = st.sampled_from(
    [f"documentos/PR-{n}_v0{v}.pdf" for n in "ABC" for v in "12"] + [INDICE, "notas.txt"]
)
BYTES = st.sampled_from([b"uno", b"dos", b"tres"])


def sha(datos: bytes) -> str:
    return hashlib.sha256(datos).hexdigest()


def ejecutar(
    paso: Plan, deseado: dict[str, bytes], carpeta: dict[str, bytes], propios: dict[str, Entrada]
) -> tuple[dict[str, bytes], dict[str, Entrada]]:
    """La carpeta y el registro como quedan si todo se puede hacer."""
    nueva = {n: b for n, b in carpeta.items() if n not in paso.retirar}
    nueva |= {n: deseado[n] for n in paso.hacer}
    hechas = {n: Entrada(sha(deseado[n]), sha(deseado[n])) for n in paso.hacer}
    return nueva, {n: propios[n] for n in paso.dejar} | hechas


@given(
    deseado=st.dictionaries(NOMBRES, BYTES),
    publicado=st.dictionaries(NOMBRES, BYTES),
    hay=st.dictionaries(NOMBRES, BYTES),
)
def test_queda_exactamente_lo_que_rige_y_lo_ajeno_intacto(
    deseado: dict[str, bytes], publicado: dict[str, bytes], hay: dict[str, bytes]
) -> None:
    """Cualquier carpeta: con cosas nuestras borradas o cambiadas, y con cosas de otros, también en nuestro lugar."""
    propios = {n: Entrada(sha(b), sha(b)) for n, b in publicado.items()}
    ajeno = {n: b for n, b in hay.items() if n not in propios}
    paso = plan({n: sha(b) for n, b in deseado.items()}, propios, {n: sha(b) for n, b in hay.items()})
    carpeta, registro = ejecutar(paso, deseado, hay, propios)
    assert carpeta == {n: b for n, b in deseado.items() if n not in ajeno} | ajeno
    assert set(paso.ocupados) == set(deseado) & set(ajeno)
    assert set(paso.ajenos) == set(ajeno) - set(deseado)
    assert set(paso.cambiados) == {n for n in propios if n in hay and hay[n] != publicado[n]}
    otra = plan({n: sha(b) for n, b in deseado.items()}, registro, {n: sha(b) for n, b in carpeta.items()})
    assert (otra.hacer, otra.retirar, otra.cambiados) == ((), (), ())


@given(st.dictionaries(NOMBRES.filter(lambda n: n != "notas.txt"), BYTES), st.booleans())
def test_el_registro_se_lee_como_se_escribio(archivos: dict[str, bytes], completo: bool) -> None:
    registro = Registro(
        "Servicio", "ab12", "cd34", completo, 3, {n: Entrada(sha(b), "x") for n, b in archivos.items()}
    )
    assert leer_registro(escribir_registro(registro), "r") == registro


@pytest.mark.parametrize(
    "nombre",
    [
        "../secreto.pdf",
        "documentos/../../x",
        "/etc/passwd",
        "notas.txt",
        "documentos/a/b.pdf",
        "C:\\x",
        "documentos/.sgc",
    ],
)
def test_un_registro_alterado_no_alcanza_otros_archivos(nombre: str) -> None:
    datos = escribir_registro(Registro("S", archivos={nombre: Entrada("aa", "bb")}))
    with pytest.raises(EntradaInvalida, match="alguien lo cambió"):
        leer_registro(datos, "publicado.json")


@pytest.mark.parametrize(
    "datos",
    [
        b"",
        b"{}",
        b"[]",
        b'{"esquema": "otro"}',
        b"\xff\xfe",
        b'{"esquema":"sgc-gt/publicado:1","archivos":[]}',
    ],
)
def test_lo_que_no_es_un_registro_se_dice(datos: bytes) -> None:
    with pytest.raises(EntradaInvalida):
        leer_registro(datos, "publicado.json")
