"""Los actos con que el sistema se cambia a sí mismo."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from mesa_dominio import CHILE, SERVICIO, pdf

from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.externos import externos_de
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.ficha_sistema import CODIGO, ficha_vacia, organizacion, subrogancias
from sgc_gt.dominio.filas import fila_externo
from sgc_gt.dominio.sistema import decidir_sistema
from sgc_gt.errores import ActoNoPermitido, NoEncontrado, Rechazo, UsoIncorrecto

AHORA = datetime(2026, 3, 10, 9, tzinfo=CHILE)
SUBROGA = {"cargo": "jefe", "suplente": "sub", "calidad": "(S)", "base": "Ley 18.834", "desde": "2026-03-10"}


def pedido(acto: str, **campos: Any) -> Pedido:
    base = Pedido(acto, CODIGO, AHORA.date(), AHORA, "cdoc@s.cl", "cdoc@s.cl")
    return base._replace(**campos)


def con(*pedidos: Pedido) -> Ficha:
    """La ficha del sistema después de iniciar y de esos actos."""
    ficha = ficha_vacia()
    for p in (pedido("iniciar"), *pedidos):
        ficha = ficha.con(decidir_sistema(SERVICIO, ficha, p))
    return ficha


def rechazo(acto: str, ficha: Ficha | None = None, **campos: Any) -> Rechazo:
    with pytest.raises(Rechazo) as negado:
        decidir_sistema(SERVICIO, con() if ficha is None else ficha, pedido(acto, **campos))
    return negado.value


def test_se_inicia_una_vez_y_primero() -> None:
    assert rechazo("iniciar").mensaje == "el sistema ya se inició"
    assert rechazo("subrogar", ficha_vacia(), extra=SUBROGA).mensaje == "el sistema todavía no se inicia"
    assert rechazo("bailar").mensaje == "«bailar» no es un acto del sistema"


def test_las_mismas_reglas_de_fecha_que_un_documento() -> None:
    manana, ayer = AHORA.date() + timedelta(days=1), AHORA.date() - timedelta(days=1)
    assert rechazo("subrogar", fecha=manana, extra=SUBROGA).mensaje == (
        "la fecha del acto, 11-03-2026, es futura (hoy es 10-03-2026)"
    )
    assert rechazo("subrogar", fecha=ayer, extra=SUBROGA, evidencia=(pdf(),)).mensaje == (
        "la fecha 09-03-2026 es anterior al último acto del sistema (10-03-2026)"
    )
    luego = AHORA + timedelta(days=2)
    assert rechazo("subrogar", registrado=luego, extra=SUBROGA).mensaje == (
        "la fecha 10-03-2026 no es la de hoy y no hay evidencia que la diga"
    )
    assert rechazo("subrogar", registrado=AHORA - timedelta(hours=1), extra=SUBROGA).mensaje == (
        "el reloj dice 10-03-2026, 08:00, y el último acto del sistema se anotó el 10-03-2026, 09:00"
    )


def test_son_de_control_documental_por_si_mismo() -> None:
    ajeno = rechazo("configurar", correo="jefe@s.cl", registra="jefe@s.cl", motivo="x")
    assert ajeno.mensaje == "a jefe@s.cl no le corresponde «cambiar la configuración»"
    assert ajeno.hacer == "debe hacerlo Control Documental"
    assert rechazo("configurar", registra="rev@s.cl", motivo="x").mensaje == (
        "«cambiar la configuración» no se registra a nombre de otra persona"
    )


def test_configurar_pide_motivo() -> None:
    assert rechazo("configurar", motivo=" ").mensaje == "para cambiar la configuración falta el motivo"
    ficha = con(pedido("configurar", motivo="Nueva área\n de fomento"))
    assert ficha.actos[-1].motivo == "Nueva área de fomento"


@pytest.mark.parametrize(
    ("cambio", "clase", "frase"),
    [
        ({"cargo": "rey"}, NoEncontrado, "el cargo «rey» no existe"),
        ({"calidad": "titular"}, UsoIncorrecto, "«titular» no es una calidad"),
        ({"base": " "}, UsoIncorrecto, "falta la ley o el acto que funda la subrogancia"),
        ({"hasta": "2026-03-09"}, UsoIncorrecto, "la subrogancia terminaría el 09-03-2026, antes de empezar"),
        (
            {"suplente": "rev"},
            ActoNoPermitido,
            "Encargado/a de Calidad no está entre quienes subrogan a Jefe/a de Servicio",
        ),
        (
            {"desde": "ayer"},
            UsoIncorrecto,
            "la subrogancia no se entiende (Invalid isoformat string: 'ayer')",
        ),
        (
            {"base": "Ley\x00"},
            ActoNoPermitido,
            "el texto trae caracteres que no se pueden guardar ni imprimir (U+0000)",
        ),
    ],
)
def test_una_subrogancia_mal_pedida(cambio: dict[str, str], clase: type[Rechazo], frase: str) -> None:
    negado = rechazo("subrogar", extra={**SUBROGA, **cambio})
    assert isinstance(negado, clase)
    assert negado.mensaje == frase


def test_la_subrogancia_da_la_calidad_y_la_base() -> None:
    org = organizacion(SERVICIO, con(pedido("subrogar", extra=SUBROGA)))
    assert org.investidura("sub@s.cl", "jefe", date(2026, 3, 10)) == ("jefe", "(S)", "Ley 18.834")
    assert org.investidura("sub@s.cl", "jefe", date(2026, 3, 9)) is None
    assert org.investidura("rev@s.cl", "jefe", date(2026, 3, 10)) is None
    assert org.investidura("jefe@s.cl", "jefe", date(2026, 3, 10)) == ("jefe", "titular", "")
    assert org.pueden_por("jefe", date(2026, 3, 10)) == {"jefe@s.cl", "sub@s.cl"}


def periodos(*pares: tuple[str, str]) -> list[tuple[str, str | None]]:
    """Los períodos que quedan después de registrar esas subrogancias (desde, hasta), en orden."""
    pedidos = [
        pedido("subrogar", extra={**SUBROGA, "desde": desde, **({"hasta": hasta} if hasta else {})})
        for desde, hasta in pares
    ]
    return [
        (s.desde.isoformat(), s.hasta.isoformat() if s.hasta else None)
        for s in reversed(subrogancias(con(*pedidos)))
    ]


def test_la_ultima_subrogancia_manda_desde_que_empieza() -> None:
    assert periodos(("2026-01-01", "2026-01-31"), ("2026-06-01", "")) == [
        ("2026-01-01", "2026-01-31"),
        ("2026-06-01", None),
    ]
    assert periodos(("2026-01-01", ""), ("2026-02-01", "2026-02-01")) == [
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-01"),
    ]
    assert periodos(("2026-01-01", ""), ("2026-01-01", "2026-02-28")) == [("2026-01-01", "2026-02-28")]


def test_nombres_en_una_oracion() -> None:
    org = organizacion(SERVICIO, con())
    assert org.nombres([]) == "nadie"
    assert org.nombres(["jefe"]) == "Jefe/a de Servicio"
    assert org.nombres(["jefe", "fis", "otro"]) == "Jefe/a de Servicio, Fiscal y otro"
    assert org.nombres(["jefe", "fis"], o=True) == "Jefe/a de Servicio o Fiscal"


def rectifica(n: int, campo: str, decia: str, dice: str) -> Pedido:
    extra = {"movimiento": n, "campo": campo, "decia": decia, "dice": dice}
    return pedido("rectificar", motivo="Se anotó mal", extra=extra)


def test_se_firma_con_el_fundamento_rectificado() -> None:
    mal = pedido("subrogar", extra={**SUBROGA, "base": "Ley 18.348"})
    ficha = con(mal, rectifica(2, "fundamento", "Ley 18.348", "Ley 18.834"))
    assert ficha.actos[1].extra["base"] == "Ley 18.348"
    investida = organizacion(SERVICIO, ficha).investidura("sub@s.cl", "jefe", AHORA.date())
    assert investida == ("jefe", "(S)", "Ley 18.834")


def test_un_documento_externo_se_lee_corregido_hasta_que_otro_dato_lo_reemplace() -> None:
    alta = {"accion": "alta", "id": "EX-01", "emisor": "OSI", "titulo": "Norma", "verifica": "cdoc"}
    ficha = con(pedido("externo", extra=alta), rectifica(2, "emisor", "OSI", "ISO"))
    e = externos_de(ficha)["EX-01"]
    assert (e.emisor, e.decia) == ("ISO", {"emisor": "OSI"})
    assert fila_externo(SERVICIO, e)["emisor"] == "ISO (decía OSI)"
    dicho = pedido("externo", extra={"accion": "verificar", "id": "EX-01", "emisor": "ISO/IEC"})
    ficha = ficha.con(decidir_sistema(SERVICIO, ficha, dicho))
    assert fila_externo(SERVICIO, externos_de(ficha)["EX-01"])["emisor"] == "ISO/IEC"
    sigue = pedido("externo", extra={"accion": "reemplazar", "id": "EX-01", "por": "EX-02", "version": "2"})
    ficha = con(pedido("externo", extra=alta), rectifica(2, "titulo", "Norma", "La norma"), sigue)
    assert fila_externo(SERVICIO, externos_de(ficha)["EX-02"])["titulo"] == "La norma (decía Norma)"


@pytest.mark.parametrize(
    ("n", "campo", "dice", "razon"),
    [
        (2, "desde", "2026-01-01", "no se rectifica"),
        (2, "fecha", "2026-01-01", "no se rectifica"),
        (2, "resolucion", "5", "no dice número de la resolución"),
        (2, "fundamento", "Ley 18.834", "nada cambia"),
        (2, "fundamento", " ", "no sirve"),
        (9, "fundamento", "X", "no hay un movimiento 9"),
    ],
)
def test_lo_que_un_movimiento_del_servicio_no_deja_rectificar(
    n: int, campo: str, dice: str, razon: str
) -> None:
    ficha = con(pedido("subrogar", extra=SUBROGA))
    p = rectifica(n, campo, SUBROGA.get("base", ""), dice)
    negado = rechazo("rectificar", ficha, motivo=p.motivo, extra=p.extra)
    assert razon in negado.mensaje
    if campo == "fecha":
        assert negado.hacer == "anote otro movimiento: en los del servicio, el siguiente manda"
    assert rechazo("rectificar", ficha, extra=p.extra).mensaje == "para rectificar un dato falta el motivo"
