"""Reasignar: los papeles cambian, lo firmado queda, lo que falta del circuito nombra al cargo nuevo."""

from typing import Any

import pytest
from mesa_dominio import IDENTIDAD, Mesa

from sgc_gt.dominio.reasignacion import papeles_con
from sgc_gt.errores import ActoNoPermitido

DOS_REVISORES = {**IDENTIDAD, "revisa": ["rev", "fis"]}


def _enviado(**identidad: Any) -> Mesa:
    return Mesa().hacer("crear", identidad={**IDENTIDAD, **identidad}).hacer("entregar").hacer("enviar")


def _reasignar(mesa: Mesa, **cargos: Any) -> Mesa:
    assert mesa.ficha
    antes = {papel: mesa.ficha.identidad.get(papel) for papel in cargos}
    return mesa.hacer("reasignar", identidad=cargos, extra={"antes": antes}, motivo="Cambia de cargo")


def _reemplazar(mesa: Mesa, sale: str, entra: str) -> Mesa:
    assert mesa.ficha
    cargos = papeles_con(mesa.ficha.identidad, sale, entra)
    antes = {papel: mesa.ficha.identidad.get(papel) for papel in cargos}
    extra = {"antes": antes, "sale": sale, "entra": entra}
    return mesa.hacer("reasignar", identidad=cargos, extra=extra, motivo="El cargo se suprime")


def test_lo_que_falta_nombra_al_cargo_nuevo_y_lo_firmado_queda() -> None:
    mesa = _reasignar(_enviado().hacer("revisar"), aprueba="sub", revisa=["fis"])
    abierta = mesa.vista.abierta
    assert abierta
    assert [(p.acto, p.cargos) for p in abierta.ruta] == [
        ("revisar", ("rev",)),
        ("aprobar", ("sub",)),
        ("emitir", ("cdoc",)),
    ]
    assert [m.cargo for m in abierta.firmas] == ["rev"]
    with pytest.raises(ActoNoPermitido, match="no le corresponde"):
        mesa.hacer("aprobar", quien="jefe")
    mesa.hacer("aprobar", quien="sub").hacer("emitir")
    assert mesa.vista.vigente


def test_quien_ya_firmo_en_un_paso_de_varios_conserva_su_firma() -> None:
    mesa = _reemplazar(_enviado(revisa=["rev", "fis"]).hacer("revisar", quien="fis"), "rev", "aud")
    assert mesa.abierta.ruta[0].cargos == ("aud", "fis")
    mesa = _reemplazar(mesa, "fis", "sub")  # ya firmó: sale de lo que venga, no de lo que hizo
    assert mesa.abierta.ruta[0].cargos == ("aud", "fis")
    assert mesa.ficha
    assert mesa.ficha.identidad["revisa"] == ["aud", "sub"]
    assert mesa.hacer("revisar", quien="aud").abierta.estado == "en_aprobacion"


def test_quitar_un_cargo_no_cumple_el_paso_que_queda() -> None:
    mesa = _enviado(revisa=["rev", "fis"]).hacer("revisar", quien="fis")
    with pytest.raises(ActoNoPermitido, match="quedaría cumplido sin que nadie más actúe"):
        _reasignar(mesa, revisa=["fis"])


def test_la_segregacion_se_mira_al_reasignar_y_al_firmar() -> None:
    with pytest.raises(ActoNoPermitido, match="le falta gente"):
        _reasignar(_enviado(), aprueba="proc")  # elaboró el borrador


def test_sobre_lo_vigente_cambia_de_quien_es_y_no_lo_aprobado() -> None:
    mesa = _enviado()
    for acto in ("revisar", "aprobar", "emitir"):
        mesa.hacer(acto)
    antes = mesa.vista.vigente
    mesa = _reasignar(mesa, responsable="aud", aprueba="sub")
    assert mesa.vista.vigente == antes
    assert mesa.hacer("mantener", quien="aud").ficha
    assert mesa.hacer("dejar-sin-efecto", quien="sub", motivo="Ya no se usa").vista.vigente is None


def test_un_cargo_que_no_cambia_nada_no_es_un_acto() -> None:
    with pytest.raises(ActoNoPermitido, match="nada cambia"):
        _reasignar(_enviado(), aprueba="jefe")
    with pytest.raises(ActoNoPermitido, match="no es lo anotado"):
        _enviado().hacer("reasignar", identidad={"aprueba": "sub"}, motivo="M", extra={"antes": {}})
    with pytest.raises(ActoNoPermitido, match="nada más"):
        _enviado().hacer("reasignar", identidad={"titulo": "Otro"}, motivo="M")
