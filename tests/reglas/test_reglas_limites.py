"""Lo que las reglas no deben decir, y lo que siempre deben cumplir con cualquier documento."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mesa_reglas import COMPLETO, alertas, evidencias, materia, reglas_de

from sgc_gt.consultas.formas_leidas import a_bytes, de_bytes
from sgc_gt.dominio.alertas import FUENTES, GRAVEDADES, Alerta
from sgc_gt.dominio.forma import LISTA, PARRAFO, TABLA, TITULO, ZONA, Bloque, FormaNormal, Marca
from sgc_gt.dominio.hechos import Hechos, Inseguro, Lectura, Sitio
from sgc_gt.dominio.linea_base import separar
from sgc_gt.reglas.catalogo import QUE_IMPIDEN
from sgc_gt.reglas.chequeo import chequear
from sgc_gt.reglas.materia import Conocido

TEXTO = st.text(
    alphabet=st.sampled_from("aeiou xXyÁ«»[](){}.,:;0123456789-PRGTFOM_°/\n"), max_size=60
) | st.sampled_from(
    ["Anexo 3", "según la Tabla 9", "RUT 12.345.678-5", "PR-FOM-99", "Registros", "Ley N° 19.553", "XX"]
)
MARCA = st.builds(
    Marca, st.sampled_from(["oculto", "suprimido", "enlace", "imagen"]), st.integers(0, 9), st.integers(0, 60)
)
SIMPLE = st.builds(
    Bloque,
    st.sampled_from([TITULO, PARRAFO, LISTA, ZONA]),
    st.integers(1, 9),
    TEXTO,
    st.lists(MARCA, max_size=2).map(tuple),
)
CELDA = st.lists(SIMPLE, max_size=2).map(tuple)
TABLAS = st.lists(st.lists(CELDA, min_size=1, max_size=4).map(tuple), min_size=1, max_size=4).map(
    lambda filas: Bloque(TABLA, filas=tuple(filas))
)
FORMAS = st.lists(SIMPLE | TABLAS, max_size=12).map(lambda b: FormaNormal(tuple(b)))


@given(FORMAS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_con_cualquier_documento_toda_alerta_esta_completa(forma: FormaNormal) -> None:
    for a in chequear(materia(forma=forma)):
        assert a.gravedad in GRAVEDADES
        assert a.fuente in FUENTES
        assert all((a.evidencia, a.enunciado, a.sugerencia, a.requisito, a.lugar)), a
        assert "12.345.678" not in a.evidencia


class _Cerrado(dict[str, Conocido]):
    """El resto del servicio, para quien no debe mirarlo."""

    def __contains__(self, codigo: object) -> bool:
        raise AssertionError(f"miró {codigo} en el resto del servicio")

    __getitem__ = __iter__ = get = items = values = keys = __contains__  # type: ignore[assignment]


def test_lo_que_impide_se_sabe_sin_leer_los_demas_documentos() -> None:
    forma = materia(COMPLETO + "\nT1 Otro / p Según PR-FOM-99 y el Anexo 3, XXXX. / p").forma
    cerrada = replace(materia(forma=forma), codigos=_Cerrado())
    assert chequear(cerrada, QUE_IMPIDEN) == chequear(materia(forma=forma), QUE_IMPIDEN) != []
    with pytest.raises(AssertionError, match="PR-FOM-99"):
        chequear(cerrada)


@given(FORMAS)
@settings(max_examples=60, deadline=None)
def test_lo_leido_se_recuerda_igual(forma: FormaNormal) -> None:
    hechos = Hechos(
        "es-CL",
        (Sitio("a", "b"),),
        (Sitio("", "c"),),
        2,
        1,
        (Inseguro("m"),),
        {"tabla": 2},
        "x",
        {"codigo": "y"},
        "t",
    )
    assert de_bytes(a_bytes(Lectura(forma, hechos))) == Lectura(forma, hechos)


ALERTAS = st.builds(
    Alerta,
    st.sampled_from(["A", "B"]),
    st.just("corregir"),
    st.just("norma"),
    st.just("d"),
    TEXTO,
    st.sampled_from(["x", "y"]),
    st.just(""),
    st.just(""),
)


@given(st.lists(ALERTAS, max_size=8), st.lists(ALERTAS, max_size=8))
def test_la_base_ampara_a_lo_mas_lo_que_traia(ahora: list[Alerta], antes: list[Alerta]) -> None:
    propias, heredadas = separar(ahora, antes)
    assert sorted(propias + heredadas) == sorted(ahora)
    assert len(heredadas) <= len(antes)
    assert separar(ahora, ahora) == ([], ahora)


def test_un_procedimiento_bien_hecho_no_tiene_alertas() -> None:
    assert reglas_de(COMPLETO) - {"IDIOMA-AJENO"} == set()


@pytest.mark.parametrize(
    ("regla", "texto"),
    [
        ("SECCION-INEXISTENTE", "Según el numeral 14 de la Ley N° 19.880 y el punto 7.5 de la norma."),
        ("SECCION-INEXISTENTE", "ISO 9001:2015, apartado 7.5.3."),
        ("SECCION-INEXISTENTE", "Bajar en el punto 3,5 % la demora."),
        ("ANEXO-INEXISTENTE", "Ver el Anexo 4 del PR-GT-01."),
        ("ROTULO-INEXISTENTE", "La Tabla 2 de la Circular lo fija."),
        ("RESTO-POR-COMPLETAR", "Los archivos del siglo XX, y los del siglo xx."),
        ("SIGLA-SIN-DEFINIR", "Hasta 500 UTM, en PDF, según la Región XII y la norma ISO."),
        ("SIGLA-SIN-DEFINIR", "CONTROL DE CAMBIOS"),
        ("SIGLA-SIN-DEFINIR", "OBJETIVO"),
        ("SIGLA-SIN-DEFINIR", "Lleva la marca «COPIA NO CONTROLADA»."),
        ("SIGLA-SIN-DEFINIR", "El Sistema de Gestión de Viajes (SGV) avisa. El SGV registra."),
        ("DATO-PERSONAL", "Folio 12.345.678-9, teléfono 22345678-1."),
        ("CODIGO-INEXISTENTE", "El formulario XPR-FOM-99 no es nuestro, ni PR-FOM-99-B."),
        ("POR-DEFINIR", "Firma: ________________"),
    ],
)
def test_no_alerta(regla: str, texto: str) -> None:
    assert evidencias(regla, f"T1 Objetivo / p Uno. / T1 Proceso / p {texto}") == []


@pytest.mark.parametrize(
    ("regla", "texto", "evidencia"),
    [
        ("SECCION-INEXISTENTE", "Según la sección 9.", "«sección 9»"),
        ("ANEXO-INEXISTENTE", "Los Anexos 1, 2 y 3.", "«Anexo 1»; los que hay: ninguno"),
        ("RESTO-POR-COMPLETAR", "Plazo: {{ dias }}", "«{{» en «Plazo: {{ dias }}»"),
        ("CODIGO-OBSOLETO", "Ver PR-FOM-01.", "PR-FOM-01 «Postulación en papel» dejó de regir"),
        ("DATO-PERSONAL", "RUN 12345678-5.", "un RUT que termina en «…78-5»"),
    ],
)
def test_alerta(regla: str, texto: str, evidencia: str) -> None:
    halladas = evidencias(regla, f"T1 Objetivo / p Uno. / T1 Proceso / p {texto}")
    assert evidencia in halladas


def test_ninguna_alerta_muestra_un_rut_entero() -> None:
    """Ni la de datos personales ni la de otra regla que cita el mismo párrafo."""
    todas = chequear(materia("T1 Plazos / p En XX días, RUT 12.345.678-5, según PR-FOM-99."))
    assert {"DATO-PERSONAL", "RESTO-POR-COMPLETAR"} <= {a.regla for a in todas}
    assert "12.345.678" not in " ".join(a.evidencia for a in todas)


def test_el_lugar_y_el_ancla_llevan_a_la_celda() -> None:
    [alerta] = alertas("RESTO-POR-COMPLETAR", "T1 Plazos / T2 Por etapa / tabla Etapa|Días;Recepción|XX")
    assert alerta.lugar == "sección 1.1 Por etapa, tabla 1, fila 2, columna «Días»"
    assert (alerta.seccion, alerta.ancla) == ("1.1", "XX")


def test_lo_recodificado_no_se_reprocha_el_codigo_con_que_nacio() -> None:
    """Su archivo y lo impreso dicen el anterior, y así debe ser; el de otro documento, no."""
    assert evidencias("IDENTIDAD-CODIGO", codigo="PR-FOR-20", anteriores=("PR-FOM-03",)) == []
    assert evidencias("IDENTIDAD-CODIGO", codigo="PR-FOR-20", anteriores=("PR-FOM-07",))


def test_con_la_lista_de_externos_vacia_lo_citado_es_una_sola_alerta():
    citas = "T1 Referencias / p Ley N° 20.285. / p Ley N° 19.880. / p Circular 28.704."
    dos = COMPLETO.replace("T1 Referencias / p No hay.", citas)
    [una] = alertas("EXTERNO-SIN-LISTA", dos, externos=())
    assert una.evidencia == (
        "la lista de documentos externos está vacía y aquí se citan 3: «Ley N° 20.285», «Ley N° 19.880» y "
        "«Circular 28.704»"
    )
    assert len(una.lugares) == 3
    # Comenzada la lista, cada uno que falta se dice en su lugar.
    assert len(alertas("EXTERNO-SIN-LISTA", dos)) == 3
