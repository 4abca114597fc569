"""Constancias: a quién llegó cada versión, quién la leyó y qué copias se retiraron, sin mover nada."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from mesa_dominio import INICIO, SERVICIO, Mesa, pdf

from sgc_gt.dominio.actos import CONSTANCIAS
from sgc_gt.dominio.caso import posibles
from sgc_gt.dominio.distribucion import (
    conocimientos,
    copias,
    destinatarios,
    en_palabras,
    entregas,
    numeros_libres,
)
from sgc_gt.dominio.organizacion import Cargo
from sgc_gt.dominio.servicio import ReglaDistribucion
from sgc_gt.dominio.situacion import situacion


def _copia(numero: int, cargo: str = "proc") -> dict[str, Any]:
    return {"numero": numero, "cargo": cargo, "soporte": "papel", "region": ""}


def _con_copias(*numeros: int) -> dict[str, Any]:
    return {"extra": {"copias": [_copia(n) for n in numeros]}}


def _hoja(*tomas: tuple[str, date], otros: int = 0) -> dict[str, Any]:
    lista = [{"cargo": cargo, "fecha": dia.isoformat()} for cargo, dia in tomas]
    extra = {"conocimientos": lista} | ({"otros": otros} if otros else {})
    return {"extra": extra, "evidencia": (pdf("hoja.pdf"),)}


def test_solo_hay_constancia_de_lo_emitido() -> None:
    mesa = Mesa().hasta("aprobado")
    assert mesa.rechazo("distribuir").mensaje == "no se puede distribuir: la versión 01 está en «Aprobado»"
    mesa.hacer("emitir").hacer("distribuir", **_con_copias(1))
    assert not CONSTANCIAS & set(posibles(mesa.vista))


def test_un_acuse_de_antes_se_anota_despues_y_no_ata_lo_que_sigue() -> None:
    mesa = Mesa().hasta("vigente").dia(10)
    mesa.hacer("mantener").dia(2)
    antes = situacion(mesa.ficha) if mesa.ficha else None
    mesa.hacer("tomar-conocimiento", "cdoc", fecha=INICIO + timedelta(days=3), **_hoja(("rev", INICIO)))
    assert mesa.ficha is not None
    assert situacion(mesa.ficha) == antes
    mesa.hacer("nueva-version", fecha=INICIO + timedelta(days=11), evidencia=(pdf(),))


@pytest.mark.parametrize(
    ("dias", "hasta", "dice"),
    [
        (-1, "vigente", "la fecha 09-03-2026 es anterior a la versión 01, que se emitió el 10-03-2026"),
        (1, "vigente", "la fecha del acto, 11-03-2026, es futura (hoy es 10-03-2026)"),
    ],
)
def test_su_fecha_va_desde_la_emision_hasta_hoy(dias: int, hasta: str, dice: str) -> None:
    mesa = Mesa().hasta(hasta)
    rechazo = mesa.rechazo("distribuir", fecha=INICIO + timedelta(days=dias), evidencia=(pdf(),))
    assert rechazo.mensaje == dice


def test_la_de_otro_dia_necesita_el_papel_que_la_diga() -> None:
    mesa = Mesa().hasta("vigente").dia(3)
    assert "no hay evidencia que la diga" in mesa.rechazo("distribuir", fecha=INICIO).mensaje


def test_nombra_una_version_que_existe() -> None:
    mesa = Mesa().hasta("vigente")
    rechazo = mesa.rechazo("distribuir", version="07")
    assert (rechazo.mensaje, rechazo.esperado) == ("la versión 07 no existe", "una de estas: 01")


def test_los_numeros_de_copia_no_se_repiten_ni_despues_de_retirar() -> None:
    mesa = (
        Mesa()
        .hasta("vigente")
        .hacer("distribuir", **_con_copias(7))
        .hacer("retirar-copia", extra={"retiradas": [7], "destino": "destruida"})
    )
    rechazo = mesa.rechazo("distribuir", **_con_copias(7))
    assert rechazo.mensaje == "el número de copia 7 ya se usó en este documento"
    assert rechazo.esperado == "el 8, u otro que no se haya usado"
    assert "ya se usó" in mesa.rechazo("distribuir", **_con_copias(8, 8)).mensaje


def test_ningun_numero_de_copia_pasa_del_maximo_y_siempre_hay_uno_que_sigue() -> None:
    mesa = Mesa().hasta("vigente").hacer("distribuir", **_con_copias(1, 99_999))
    assert "100000 es demasiado grande" in mesa.rechazo("distribuir", **_con_copias(100_000)).mensaje
    assert mesa.ficha is not None
    assert numeros_libres(mesa.ficha, 2) == [2, 3]


def test_los_destinatarios_se_dicen_por_su_nombre() -> None:
    extra = {"destinatarios": ["11", "todas", "dr-12"]}
    assert en_palabras("distribuir", extra, {"dr-12": "Director/a Regional"}.__getitem__) == (
        "destinatarios: región Aysén del General Carlos Ibáñez del Campo; todas las regiones; Director/a Regional"
    )


@pytest.mark.parametrize(
    ("extra", "dice"),
    [
        ({}, "no dice a quién se distribuye"),
        ({"destinatarios": ["marte"]}, "«marte» no nombra a ningún cargo"),
        ({"entrega": ["marte"]}, "el cargo «marte» no existe"),
        ({"copias": [{"numero": 0}]}, "lo que se distribuye no se entiende"),
        ({"entrega": 3}, "lo que se distribuye no se entiende"),
    ],
)
def test_distribuir_dice_a_quien(extra: dict[str, Any], dice: str) -> None:
    assert Mesa().hasta("vigente").rechazo("distribuir", extra=extra).mensaje == dice


def test_de_lo_que_dejo_de_regir_solo_se_anota_lo_de_entonces() -> None:
    mesa = Mesa().hasta("vigente").dia(5).siguiente().hacer("emitir").dia(1)
    rechazo = mesa.rechazo("distribuir", version="01", **_con_copias(1))
    assert rechazo.mensaje == "la versión 01 dejó de regir el 15-03-2026"
    assert rechazo.hacer == "hágalo con la versión 02, la que rige"
    mesa.hacer("distribuir", version="01", fecha=INICIO, evidencia=(pdf(),), **_con_copias(1))
    assert mesa.ficha is not None
    [copia] = copias(mesa.ficha)
    assert (copia.version, copia.entrega, copia.acuse, copia.retiro) == ("01", INICIO, True, None)


def test_se_retira_lo_que_alguien_tiene_y_se_dice_en_que_termino() -> None:
    mesa = Mesa().hasta("vigente").hacer("distribuir", **_con_copias(1, 2))
    retirar = {"retiradas": [1], "destino": "devuelta"}
    assert mesa.rechazo("retirar-copia", extra={"retiradas": [1]}).mensaje == (
        "no dice en qué terminó la copia"
    )
    assert mesa.rechazo("retirar-copia", extra={**retirar, "destino": "extraviada"}).mensaje == (
        "una copia extraviada necesita su explicación"
    )
    mesa.hacer("retirar-copia", extra=retirar)
    rechazo = mesa.rechazo("retirar-copia", extra=retirar)
    assert rechazo.mensaje == "la copia N° 1 de la versión 01 ya se retiró el 10-03-2026"
    assert rechazo.esperado == "una de las que faltan: 2"
    assert mesa.rechazo("retirar-copia", extra={**retirar, "retiradas": [9]}).mensaje == (
        "la copia N° 9 de la versión 01 no consta"
    )


def test_cada_quien_toma_conocimiento_una_vez_por_version() -> None:
    mesa = Mesa().hasta("vigente").hacer("tomar-conocimiento", "rev")
    assert mesa.rechazo("tomar-conocimiento", "rev").mensaje == (
        "ya consta que Encargado/a de Calidad tomó conocimiento de la versión 01"
    )
    mesa.hacer("tomar-conocimiento", "rev-dos").siguiente().hacer("emitir").hacer("tomar-conocimiento", "rev")
    assert mesa.ficha is not None
    assert [(c.version, c.correo) for c in conocimientos(mesa.ficha)] == [
        ("01", "rev@s.cl"),
        ("01", "rev-dos@s.cl"),
        ("02", "rev@s.cl"),
    ]


def test_una_hoja_firmada_vale_por_muchos_y_viene_adjunta() -> None:
    mesa = Mesa().hasta("vigente").dia(2)
    hoja = _hoja(("rev", INICIO), ("fis", mesa.hoy), otros=3)
    assert mesa.rechazo("tomar-conocimiento", "cdoc", **{**hoja, "evidencia": ()}).mensaje == (
        "anotar que otros tomaron conocimiento necesita el papel que lo prueba"
    )
    assert "no le corresponde" in mesa.rechazo("tomar-conocimiento", "rev", **hoja).mensaje
    mesa.hacer("tomar-conocimiento", "cdoc", **hoja)
    assert mesa.ultimo.origen == "registrado_con_respaldo"
    assert mesa.ficha is not None
    assert [(c.cargo, c.fecha) for c in conocimientos(mesa.ficha)] == [("rev", INICIO), ("fis", mesa.hoy)]
    antes = _hoja(("aud", INICIO - timedelta(days=1)))
    assert mesa.rechazo("tomar-conocimiento", "cdoc", **antes).esperado == (
        "una fecha del 10-03-2026 al 12-03-2026"
    )


def test_por_otra_persona_solo_con_respaldo() -> None:
    mesa = Mesa().hasta("vigente")
    assert mesa.rechazo("tomar-conocimiento", "rev", registra="cdoc@s.cl").mensaje == (
        "«tomar conocimiento» por otra persona necesita un respaldo adjunto"
    )
    mesa.hacer("tomar-conocimiento", "rev", registra="cdoc@s.cl", evidencia=(pdf("correo.pdf"),))
    assert mesa.ultimo.origen == "registrado_con_respaldo"


def test_un_registro_no_se_distribuye() -> None:
    mesa = Mesa("acta", "RG-SGC-05/2026/001").hasta("archivado")
    assert "no se puede distribuir" in mesa.rechazo("distribuir").mensaje


def test_los_destinatarios_los_dice_la_regla_hasta_que_los_dice_el_documento() -> None:
    cargos = {**SERVICIO.cargos, "dr-11": Cargo("dr-11", "Director/a Regional", region="11")}
    reglas = (
        ReglaDistribucion(("todas",), tipos=("procedimiento",)),
        ReglaDistribucion(("fis",), areas=("GT",)),
        ReglaDistribucion(("aud",), tipos=("plan",)),
    )
    servicio = SERVICIO._replace(cargos=cargos, regiones=("11",), distribucion=reglas)
    mesa = Mesa(servicio=servicio).hasta("vigente")
    assert mesa.ficha is not None
    assert destinatarios(servicio, mesa.ficha) == ("dr-11", "fis")
    mesa.dia(1).hacer("distribuir", extra={"destinatarios": ["11", "rev"], "entrega": ["rev"]})
    assert destinatarios(servicio, mesa.ficha) == ("dr-11", "rev")
    assert destinatarios(servicio, mesa.ficha, INICIO) == ("dr-11", "fis")
    assert entregas(mesa.ficha, "01") == {"rev": mesa.hoy}
