"""Recodificar: el código cambia, la clave no; ninguno se repite y lo que ya se firmó sigue su camino."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from mesa_dominio import SERVICIO, Mesa

from sgc_gt.dominio.ficha import Ficha, escribir_ficha, leer_ficha
from sgc_gt.dominio.filas import fila_maestra, impreso_antes
from sgc_gt.dominio.importado import codigos_de_afuera
from sgc_gt.dominio.mensaje import leer_mensaje, mensaje
from sgc_gt.dominio.punto_de_uso import documento
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.rutas import carpeta
from sgc_gt.dominio.servicio import Excepcion, Tipo
from sgc_gt.errores import ActoNoPermitido


class Mundo:
    """Los códigos que ya se usaron."""

    def __init__(self, *usados: str) -> None:
        self.usados = usados

    def buscar(self, codigo: str) -> Ficha | None:
        return Ficha(codigo, "procedimiento", "documento", {}) if codigo in self.usados else None

    def de_tipo(self, tipo: Tipo) -> Iterable[Ficha]:  # noqa: ARG002
        return ()

    def filas_del_borrador(self, ficha: Ficha, archivo: str, clave: str) -> tuple[Mapping[str, Any], ...]:  # noqa: ARG002
        return ()


def _campos(mesa: Mesa, nuevo: str, area: str) -> dict[str, Any]:
    assert mesa.ficha
    antes = {"codigo": mesa.ficha.codigo, "area": mesa.ficha.identidad["area"]}
    return {"identidad": {"codigo": nuevo, "area": area}, "extra": {"antes": antes}, "motivo": "Se fusiona"}


def _recodificar(mesa: Mesa, nuevo: str, area: str = "SGC") -> Mesa:
    return mesa.hacer("recodificar", **_campos(mesa, nuevo, area))


def _vigente() -> Mesa:
    mesa = Mesa()
    for acto in ("crear", "entregar", "enviar", "revisar", "aprobar", "emitir"):
        mesa.hacer(acto)
    return mesa


def test_la_clave_la_carpeta_y_el_lugar_en_la_historia_no_cambian() -> None:
    mesa = _recodificar(_recodificar(_vigente(), "PR-SGC-04"), "PR-GT-09", "GT")
    ficha = mesa.ficha
    assert ficha
    assert (ficha.clave, ficha.codigo, ficha.codigos) == (
        "PR-GT-01",
        "PR-GT-09",
        ("PR-GT-01", "PR-SGC-04", "PR-GT-09"),
    )
    assert carpeta(ficha) == "documentos/GT/PR-GT-01"
    assert leer_mensaje(mensaje([ficha], mesa.org), "x").documentos == ("PR-GT-01",)
    assert leer_ficha(escribir_ficha(ficha), "x") == ficha
    v = mesa.vista.vigente
    assert v
    assert impreso_antes(ficha, v) == "PR-GT-01"
    fila = fila_maestra(SERVICIO, ficha)
    assert fila
    assert (fila["codigo"], fila["estado"]) == (
        "PR-GT-09",
        "Vigente, con el código anterior impreso (PR-GT-01)",
    )


def test_el_punto_de_uso_dice_que_codigo_va_impreso() -> None:
    mesa = _recodificar(_vigente(), "PR-SGC-04")
    assert mesa.ficha
    publico = documento(SERVICIO, mesa.ficha, mesa.vista, mesa.hoy)
    assert publico
    assert (publico.codigo, publico.estado) == (
        "PR-SGC-04",
        "Vigente, con el código anterior impreso (PR-GT-01)",
    )


def test_el_codigo_que_traia_lo_importado_tambien_es_suyo() -> None:
    mesa = Mesa().hacer("importar", extra={"codigo_anterior": "P-07"})
    assert mesa.ficha
    assert codigos_de_afuera(mesa.ficha) == ("P-07",)


def test_la_version_siguiente_imprime_el_nuevo_y_una_ya_enviada_tambien() -> None:
    mesa = _recodificar(_vigente().hacer("nueva-version").hacer("entregar").hacer("enviar"), "PR-SGC-04")
    for acto in ("revisar", "aprobar", "emitir"):
        mesa.hacer(acto)
    v = mesa.vista.vigente
    assert mesa.ficha
    assert v
    assert (v.version, impreso_antes(mesa.ficha, v)) == ("02", "")


@pytest.mark.parametrize(
    ("nuevo", "area", "razon"),
    [
        ("PR-GT-01", "GT", "ya está usado"),
        ("PR-GT-07", "GT", "ya está usado"),
        ("PL-GT-01", "GT", "no es un código"),
        ("PR-SGC-04", "GT", "no es un código"),
        ("PR-XX-04", "XX", "no es un código"),
        ("cualquiera", "GT", "no es un código"),
    ],
)
def test_un_codigo_que_no_sirve(nuevo: str, area: str, razon: str) -> None:
    mesa = _vigente()
    pedido = mesa.pedido("recodificar", **_campos(mesa, nuevo, area))
    with pytest.raises(ActoNoPermitido, match=razon):
        decidir(SERVICIO, mesa.org, mesa.ficha, pedido, Mundo("PR-GT-01", "PR-GT-07"))


def test_una_excepcion_ampara_al_documento_por_cualquiera_de_sus_codigos() -> None:
    for nombrado in ("PR-GT-01", "PR-SGC-04"):
        razon = Excepcion(nombrado, "segregacion", "Oficina de dos personas")
        mesa = Mesa(servicio=SERVICIO._replace(excepciones=(razon,)))
        mesa = _recodificar(mesa.hacer("crear").hacer("entregar"), "PR-SGC-04").hacer("enviar")
        mesa = mesa.hacer(
            "reasignar",
            motivo="Falta gente",
            identidad={"aprueba": "proc"},
            extra={"antes": {"aprueba": "jefe"}},
        )
        assert mesa.hacer("revisar").hacer("aprobar", quien="proc").abierta.estado == "aprobado"
