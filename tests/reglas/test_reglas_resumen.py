"""La fila que se propone para el control de cambios: dice lo que cambió, y cabe en su celda."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgc_gt.comparacion.resumen import LARGO_FILA, proponer
from sgc_gt.comparacion.secciones import comparar_secciones
from sgc_gt.dominio.forma import PARRAFO, TITULO, Bloque, FormaNormal, Marca
from sgc_gt.dominio.textos import prohibidos


def documento(guion: str) -> FormaNormal:
    """«# Objetivo / un párrafo / # Alcance / otro»."""
    return FormaNormal(
        tuple(
            Bloque(TITULO, 1, linea[2:]) if linea.startswith("# ") else Bloque(PARRAFO, 0, linea)
            for linea in guion.split(" / ")
        )
    )


def fila(antes: str, despues: str) -> tuple[str, str]:
    return tuple(proponer(comparar_secciones(documento(antes), documento(despues))))  # type: ignore[return-value]


BASE = (
    "# Objetivo / Ordenar la entrega. / # Plazos / Hay 10 días hábiles para responder. / # Anexos / No tiene."
)


@pytest.mark.parametrize(
    ("viejo", "nuevo", "secciones", "descripcion"),
    [
        ("10 días", "15 días", "2 Plazos", "En 2 Plazos cambia «10» por «15»"),
        ("10 días hábiles", "10 días", "2 Plazos", "En 2 Plazos suprime «hábiles»"),
        ("No tiene.", "No tiene. / La pauta.", "3 Anexos", "En 3 Anexos agrega «La pauta.»"),
        (" / Ordenar la entrega.", "", "1 Objetivo", "En 1 Objetivo suprime «Ordenar la entrega.»"),
        (" / # Anexos / No tiene.", "", "3 Anexos", "Suprime la sección 3 Anexos"),
        ("# Anexos", "# Metas / Doce. / # Anexos", "3 Metas", "Agrega la sección 3 Metas"),
        ("# Anexos", "# Metas / # Anexos", "3 Metas", "Agrega la sección 3 Metas"),
        ("x", "x", "Ninguna", "Sin cambios en el texto"),
    ],
)
def test_lo_corto_se_cita(viejo: str, nuevo: str, secciones: str, descripcion: str) -> None:
    assert fila(BASE, BASE.replace(viejo, nuevo)) == (secciones, descripcion)


def test_una_imagen_cambiada_no_se_cita_igual_a_si_misma() -> None:
    con = [
        FormaNormal(
            (Bloque(TITULO, 1, "Flujo"), Bloque(PARRAFO, 0, "[imagen]", (Marca("imagen", 0, 8, dato),)))
        )
        for dato in "ab"
    ]
    assert proponer(comparar_secciones(*con)).descripcion == "Modifica 1 Flujo"


def test_lo_largo_se_agrupa_y_se_cuenta() -> None:
    antes = " / ".join(f"# Sección número {n} / Texto {n}." for n in range(40))
    secciones, descripcion = fila(antes, antes.replace("Texto", "Otro texto"))
    assert secciones.endswith("más")
    assert descripcion == "Modifica 40 secciones"
    _, descripcion = fila(antes, antes.replace("Texto", "Otro texto") + " / # Metas / Doce.")
    assert descripcion.startswith(
        "Agrega la sección 41 Metas; modifica 1 Sección número 0, 2 Sección número 1"
    )
    assert descripcion.endswith("más")


parrafos = st.lists(
    st.one_of(
        st.text(min_size=1, max_size=40),
        st.text(min_size=1, max_size=70).map("# {}".format),
        st.sampled_from(["# Objetivo", "Texto que se repite.", "\u202efdp.x"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(parrafos, parrafos)
def test_siempre_cabe_en_su_celda_y_se_puede_guardar(antes: list[str], despues: list[str]) -> None:
    secciones, descripcion = fila(" / ".join(antes), " / ".join(despues))
    for celda in (secciones, descripcion):
        assert 0 < len(celda) <= LARGO_FILA + 20
        assert not prohibidos(celda)
        assert "\n" not in celda
