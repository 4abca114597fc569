"""Los documentos externos: qué se puede hacer con ellos y en qué quedan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sgc_gt.dominio.externos import Externo, afectados, guardar_externo, plegar
from sgc_gt.dominio.ficha import Movimiento, leer_movimiento, movimiento_a_dict
from sgc_gt.errores import ActoNoPermitido, IntegridadRota

ALTA = {
    "accion": "alta",
    "id": "EX-01",
    "titulo": "Ley de Presupuestos 2026",
    "emisor": "Congreso Nacional",
    "verifica": "juridica",
    "vigencia_hasta": date(2026, 12, 31),
    "usado_por": ["PL-GT-01"],
}


def movimientos(*extras: dict[str, Any]) -> list[Movimiento]:
    """Un movimiento «externo» por mes, como se leen de la ficha del sistema."""
    return [
        leer_movimiento(
            movimiento_a_dict(
                Movimiento(
                    n=mes,
                    acto="externo",
                    version="",
                    fecha=date(2026, mes, 1),
                    registrado=f"2026-{mes:02d}-01T10:00:00-03:00",
                    correo="c@ejemplo.cl",
                    cargo="control",
                    registra="c@ejemplo.cl",
                    origen="por_la_persona",
                    extra=extra,
                )
            )
        )
        for mes, extra in enumerate(extras, start=1)
    ]


def test_el_alta_cuenta_como_primera_verificacion() -> None:
    externo = plegar(movimientos(ALTA))["EX-01"]
    assert externo == Externo(
        id="EX-01",
        titulo="Ley de Presupuestos 2026",
        emisor="Congreso Nacional",
        vigencia_hasta=date(2026, 12, 31),
        verifica="juridica",
        ultima_verificacion=date(2026, 1, 1),
        usado_por=("PL-GT-01",),
    )
    assert externo.proxima_verificacion == date(2027, 1, 1)


def test_verificar_corre_la_fecha_y_puede_corregir_datos() -> None:
    verificar = {"accion": "verificar", "id": "EX-01", "ubicacion": "bcn.cl", "verificar_cada_meses": 3}
    externo = plegar(movimientos(ALTA, verificar))["EX-01"]
    assert (externo.ubicacion, externo.proxima_verificacion) == ("bcn.cl", date(2026, 5, 1))


def test_reemplazar_crea_el_sustituto_que_hereda() -> None:
    cambio = {"accion": "reemplazar", "id": "EX-01", "por": "EX-02", "version": "Ley 21.800"}
    externos = plegar(movimientos(ALTA, cambio))
    viejo, nuevo = externos["EX-01"], externos["EX-02"]
    assert (viejo.estado, viejo.reemplazado_por, viejo.proxima_verificacion) == (
        "reemplazado",
        "EX-02",
        None,
    )
    assert (nuevo.estado, nuevo.version, nuevo.usado_por) == ("vigente", "Ley 21.800", ("PL-GT-01",))
    assert (nuevo.vigencia_hasta, nuevo.ultima_verificacion) == (None, date(2026, 2, 1))
    assert afectados(cambio) == ("EX-01", "EX-02")


def test_reemplazar_por_uno_que_ya_estaba_no_lo_cambia() -> None:
    otro = {**ALTA, "id": "EX-02", "titulo": "Otra"}
    externos = plegar(movimientos(ALTA, otro, {"accion": "reemplazar", "id": "EX-01", "por": "EX-02"}))
    assert externos["EX-02"].titulo == "Otra"
    assert externos["EX-01"].estado == "reemplazado"


def test_de_baja_no_se_verifica_mas() -> None:
    externo = plegar(movimientos(ALTA, {"accion": "baja", "id": "EX-01"}))["EX-01"]
    assert (externo.estado, externo.proxima_verificacion) == ("de_baja", None)


def test_se_pasan_por_alto_los_otros_actos() -> None:
    assert plegar([m._replace(acto="subrogar") for m in movimientos(ALTA)]) == {}


@pytest.mark.parametrize(
    "extra",
    [
        ALTA,
        {"accion": "verificar", "id": "EX-09"},
        {"accion": "baja", "id": "EX-02"},
        {"accion": "verificar", "id": "EX-01", "version": "2"},
        {"accion": "baja", "id": "EX-01", "titulo": "x"},
        {"accion": "verificar", "id": "EX-01", "vigencia_hasta": "31-12"},
        {"accion": "verificar", "id": "EX-01", "verificar_cada_meses": -1},
        {"accion": "verificar", "id": "EX-01", "verificar_cada_meses": "12"},
        {"accion": "reemplazar", "id": "EX-01"},
        {"accion": "reemplazar", "id": "EX-01", "por": "EX-01"},
        {"accion": "reemplazar", "id": "EX-01", "por": "EX-02"},
        {**ALTA, "id": "EX-03", "emisor": " "},
        {**ALTA, "id": "../x"},
        {**ALTA, "id": "EX-03", "usado_por": "PL-GT-01"},
        {**ALTA, "id": "EX-03", "usado_por": [3]},
        {**ALTA, "id": "EX-03", "estado": "de_baja"},
        {"accion": "borrar", "id": "EX-01"},
        {},
    ],
)
def test_lo_ilegal_se_rechaza(extra: dict[str, Any]) -> None:
    actuales = {"EX-01": Externo("EX-01", "x", "y"), "EX-02": Externo("EX-02", "x", "y", estado="de_baja")}
    with pytest.raises(ActoNoPermitido):
        guardar_externo(actuales, extra)


@pytest.mark.parametrize(
    "extra",
    [
        {**ALTA, "id": "EX-03"},
        {"accion": "verificar", "id": "EX-01", "vigencia_hasta": ""},
        {"accion": "reemplazar", "id": "EX-01", "por": "EX-03"},
        {"accion": "baja", "id": "EX-01"},
    ],
)
def test_lo_legal_pasa_y_se_pliega(extra: dict[str, Any]) -> None:
    guardar_externo({"EX-01": Externo("EX-01", "x", "y")}, extra)
    plegar(movimientos(ALTA, extra))


@pytest.mark.parametrize(
    "extra", [{"accion": "baja", "id": "EX-09"}, {"id": "EX-01"}, {**ALTA, "usado_por": 3}]
)
def test_una_historia_que_no_se_entiende_se_dice(extra: dict[str, Any]) -> None:
    with pytest.raises(IntegridadRota, match="movimiento 1"):
        plegar(movimientos(extra))
