"""Qué dice la marca de cada versión, el día en que se entrega su copia."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.marcas import Entrega, Marca, marca_de
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.dominio.situacion import Version

HOY = date(2025, 3, 10)
TIPO = Tipo("procedimiento", "Procedimiento", "PR", "documento", "normal")


def version(estado: str, **otros: Any) -> Version:
    return Version("02", estado, date(2025, 1, 2), "Compras", "normal", **otros)


@pytest.mark.parametrize(
    ("v", "entrega", "esperada"),
    [
        (version("vigente"), Entrega(), Marca()),
        (version("archivado"), Entrega(), Marca()),
        (version("borrador"), Entrega(), Marca("BORRADOR", "BORRADOR: en elaboración. No rige.", "BORRADOR")),
        (version("visado"), Entrega(), Marca("BORRADOR", "BORRADOR: visado. No rige.", "BORRADOR")),
        (
            version("descartado", causa="Se hará en otro."),
            Entrega(),
            Marca("BORRADOR", "BORRADOR DESCARTADO: nunca rigió. Motivo: Se hará en otro.", "DESCARTADO"),
        ),
        (
            version("emitido", vigente_desde=date(2025, 4, 1)),
            Entrega(),
            Marca("AÚN NO RIGE", "AÚN NO RIGE: comienza a regir el 01-04-2025.", "AUN-NO-RIGE"),
        ),
        (
            version("obsoleto", hasta=date(2024, 2, 29), causa="reemplazada por la versión 03"),
            Entrega(no_controlada=True),  # lo obsoleto manda sobre lo que se pida
            Marca(
                "DOCUMENTO OBSOLETO",
                "DOCUMENTO OBSOLETO desde el 29-02-2024: reemplazada por la versión 03. "
                "Se conserva hasta el 28-02-2029 como evidencia de lo que rigió.",
                "OBSOLETO",
            ),
        ),
        (
            version("vigente"),
            Entrega(numero=3, para="Aysén"),
            Marca("", "COPIA CONTROLADA N° 3 · Para: Aysén · 10-03-2025", "COPIA-CONTROLADA-3", True),
        ),
    ],
)
def test_lo_que_dice(v: Version, entrega: Entrega, esperada: Marca) -> None:
    assert marca_de(v, HOY, TIPO, entrega) == esperada


@given(
    estado=st.sampled_from(sorted(ESTADOS)),
    causa=st.text(max_size=400),
    hasta=st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    tipo=st.none() | st.just(TIPO) | st.just(TIPO._replace(retencion_anios=0)),
)
def test_solo_lo_que_rige_o_se_archivo_sale_sin_marca(
    estado: str, causa: str, hasta: date | None, tipo: Tipo | None
) -> None:
    marca = marca_de(version(estado, causa=causa, hasta=hasta, vigente_desde=hasta), HOY, tipo, Entrega())
    limpia = estado in (tabla.VIGENTE, *tabla.CONSERVADOS)
    assert (marca == Marca()) == limpia
    assert limpia or marca.leyenda.startswith(marca.agua)  # la línea dice lo mismo que el agua
    assert len(marca.leyenda) < 340  # dos líneas al pie
    assert "\n" not in marca.leyenda


def test_un_envio_es_borrador_aunque_su_version_ya_rija() -> None:
    marca = marca_de(version("en_revision"), HOY, TIPO, Entrega(), 2)
    assert marca.leyenda == "BORRADOR: envío 2 de la versión 02, en revisión. No rige."
