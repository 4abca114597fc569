"""Las ediciones de la norma: completas, con un cruce que cierra en los dos sentidos, y negadas si no sirven."""

from __future__ import annotations

from itertools import product

import pytest

from sgc_gt.config.normas import del_programa, leer_norma
from sgc_gt.dominio.normas import CON_DATOS, EVIDENCIAS, Clausula, Norma, elegir
from sgc_gt.errores import ConfiguracionInvalida
from sgc_gt.reglas.evidencias.catalogo import CATALOGO
from sgc_gt.reglas.evidencias.direccion import ENTRADAS, SALIDAS

NUEVA, VIEJA = del_programa()
CRUCE = NUEVA.cruce
assert CRUCE is not None


def test_el_catalogo_de_evidencias_es_cerrado_y_se_usa_entero() -> None:
    usadas = {e for norma in del_programa() for c in norma.clausulas for e in c.evidencias}
    assert set(CATALOGO) == set(EVIDENCIAS) == usadas
    assert set(EVIDENCIAS) >= CON_DATOS


def test_lo_que_se_busca_en_la_revision_es_lo_que_su_acta_puede_decir() -> None:
    for c in (*NUEVA.clausulas, *VIEJA.clausulas):
        if "entradas_revision" in c.evidencias:
            assert set(c.datos) <= set(ENTRADAS), c.numero
        if "salidas_revision" in c.evidencias:
            assert set(c.datos) <= set(SALIDAS), c.numero


def test_el_cruce_se_lee_igual_en_los_dos_sentidos_y_no_deja_a_nadie_fuera() -> None:
    for vieja, nueva in product(VIEJA.clausulas, NUEVA.clausulas):
        ida = nueva.numero in CRUCE.hacia_adelante(vieja.numero)
        vuelta = vieja.numero in CRUCE.hacia_atras(nueva.numero)
        assert ida == vuelta, (vieja.numero, nueva.numero)
    assert {c.numero for c in VIEJA.clausulas if not CRUCE.hacia_adelante(c.numero)} == set()
    sin_origen = {c.numero for c in NUEVA.clausulas if not CRUCE.hacia_atras(c.numero)}
    assert sin_origen == {numero for numero, _ in CRUCE.nuevas}


def test_lo_obsoleto_no_tiene_clausula_propia_en_2015_y_se_responde_con_cuatro() -> None:
    a_donde = CRUCE.hacia_adelante("4.2.3 g)")
    assert a_donde == ("7.5.3.1 a)", "7.5.3.1 b)", "7.5.3.2 c)", "7.5.3.2 d)")


@pytest.mark.parametrize(
    ("pedida", "trae"),
    [
        ("7.5.2 a", ["7.5.2 a)"]),
        ("7.5.2A)", ["7.5.2 a)"]),
        ("7.5.3.1", ["7.5.3.1 a)", "7.5.3.1 b)"]),
        ("9.3.2 c) 1", ["9.3.2 c) 1"]),
        ("1", []),
        ("10", ["10.2.2", "10.3"]),
    ],
)
def test_una_clausula_se_pide_como_se_escribe(pedida: str, trae: list[str]) -> None:
    assert [c.numero for c in NUEVA.bajo(pedida)] == trae


def test_una_edicion_se_pide_por_su_nombre_o_por_su_anio() -> None:
    assert [elegir(del_programa(), p) for p in ("2008", "iso 9001:2015")] == [VIEJA, NUEVA]
    assert [elegir(del_programa(), p) for p in ("", "9001", "2026")] == [None, None, None]
    otra = Norma("NCh 2728:2015", "vigente", (Clausula("4", "t", "p"),))
    assert elegir((NUEVA, otra), "2015") is None


PROPIA = """\
edicion: "ISO 9001:2030"
estado: sin confirmar
clausulas:
  - {numero: "7.5", titulo: Documentos, pide: Que haya documentos., evidencias: [lista_maestra]}
  - {numero: "8", titulo: Otra, pide: Lo que sea., no_aplica: No es del control de documentos.}
"""


def test_una_edicion_que_todavia_no_existe_es_un_archivo() -> None:
    norma = leer_norma(PROPIA.encode(), "iso_2030.yaml")
    assert (norma.edicion, norma.estado) == ("ISO 9001:2030", "sin confirmar")
    assert [c.numero for c in norma.clausulas] == ["7.5", "8"]


def test_un_archivo_malo_dice_todos_sus_problemas_con_su_linea() -> None:
    mala = PROPIA.replace("[lista_maestra]", "[lista_maesta, registros_de]").replace(
        'numero: "8"', 'numero: "7.5"'
    )
    mala += """\
cruce:
  con: "ISO 9001:2015"
  filas: [{antes: "7.5.9", ahora: ["9.9"], cambia: x}]
"""
    with pytest.raises(ConfiguracionInvalida) as rechazo:
        leer_norma(mala.encode(), "mala.yaml", {NUEVA.edicion: NUEVA})
    dichos = [str(p) for p in rechazo.value.problemas]
    assert dichos[0].startswith(
        "mala.yaml:4: clausulas[1](titulo='Documentos').evidencias[1]: «lista_maesta» no es una evidencia"
    )
    assert "¿quiso escribir «lista_maestra»?" in dichos[0]
    assert any("«registros_de» necesita que «datos» diga qué buscar" in d for d in dichos)
    assert any("mala.yaml:5: " in d and "«7.5» está repetida" in d for d in dichos)
    assert any("«7.5.9» no es una cláusula de ISO 9001:2015" in d for d in dichos)
    assert any("«9.9» no es una cláusula de ISO 9001:2030" in d for d in dichos)
    assert any("no dice a dónde va, de ISO 9001:2015: 4.1, 4.2, 4.3" in d for d in dichos)
    assert any("no dice de dónde viene, ni que sea nueva: 7.5" in d for d in dichos)


@pytest.mark.parametrize(
    ("archivo", "dice"),
    [
        (b"", "x.yaml: está vacío"),
        (b"edicion: [", "falta cerrar un corchete"),
        (PROPIA.replace("pide:", "pidde:").encode(), "¿quiso escribir «pide»?"),
        (PROPIA.replace("sin confirmar", "nueva").encode(), "«nueva» no es uno de: vigente"),
        (PROPIA.replace(", evidencias: [lista_maestra]", "").encode(), "falta al menos una de: evidencias, no_aplica"),
    ],
)  # fmt: skip
def test_lo_que_no_se_entiende_se_dice(archivo: bytes, dice: str) -> None:
    with pytest.raises(ConfiguracionInvalida) as rechazo:
        leer_norma(archivo, "x.yaml")
    assert dice in str(rechazo.value)
