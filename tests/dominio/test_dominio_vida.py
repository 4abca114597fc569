"""La vida de un registro archivado: qué se puede, cuándo y con qué; y qué queda después."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mesa_dominio import SERVICIO, Mesa, pdf, resumen

from sgc_gt.dominio import vida
from sgc_gt.dominio.actos import CONSERVADOS, RETIRADOS, VIDA
from sgc_gt.dominio.ficha import Evidencia, escribir_ficha, leer_ficha
from sgc_gt.dominio.reglamento import decidir, pedido_de
from sgc_gt.dominio.servicio import Serie
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import Rechazo

CODIGO = "RG-GT-06/2020/001"
TERRENO = Serie(
    "RG-GT-06", "Terreno", "rev", retencion_anios=5, disposicion="eliminación autorizada", base_legal="Ley 1"
)
CASA = SERVICIO._replace(series={**SERVICIO.series, "RG-GT-06": TERRENO})
ARCHIVO: dict[str, Any] = {
    "archivo": "lista.pdf",
    "sha256": resumen("lista"),
    "fecha": date(2020, 5, 4),
    "extra": {"tamano": 9},
}
PROPUESTA = {"propuesta": "DISP-2026-001", "destino": "eliminacion"}
HECHO: dict[str, Any] = {"resultado": "eliminado", "metodo": "Picado", "responsables": "Archivo"}


def archivado(serie: Serie = TERRENO, **campos: Any) -> Mesa:
    """Un registro de 2020 con su archivo, hoy 10-03-2026: se conservaba hasta el 31-12-2025."""
    casa = CASA._replace(series={**CASA.series, serie.codigo: serie})
    return Mesa("archivo", CODIGO, casa).hacer("registrar", **{**ARCHIVO, **campos})


def resolucion(numero: str = "12", clase: str = "resolucion") -> Evidencia:
    return Evidencia(clase, numero, date(2026, 3, 9), f"{numero}.pdf", 9, resumen(numero))


def acta(nombre: str = "acta.pdf", clase: str = "acta") -> Evidencia:
    return Evidencia(clase, archivo=nombre, tamano=9, sha256=resumen(nombre))


def autorizado(**campos: Any) -> Mesa:
    mesa = archivado(**campos).hacer("proponer-disposicion", extra=PROPUESTA)
    return mesa.hacer("autorizar-disposicion", evidencia=(resolucion(),))


def dispuesto() -> Mesa:
    extra = {**HECHO, "retira": ["lista.pdf"]}
    return autorizado().hacer("disponer", evidencia=(acta(),), extra=extra)


def estado(mesa: Mesa) -> str:
    return mesa.vista.versiones[-1].estado


def test_de_archivado_a_dispuesto_queda_la_huella_y_el_acto_que_lo_explica() -> None:
    mesa = dispuesto()
    assert mesa.ficha is not None
    assert (estado(mesa), mesa.vista.vigente) == ("dispuesto", None)
    assert mesa.ficha.actos[0].sha256 == resumen("lista")
    assert list(vida.retirados(mesa.ficha)) == ["lista.pdf"]
    assert vida.sin_el(mesa.ficha) == "dispuesto por Res. Ex. N° 12 del 09-03-2026: eliminado el 10-03-2026"


@pytest.mark.parametrize(
    ("serie", "dice"),
    [
        (TERRENO._replace(retencion_anios=6), "se conserva hasta el 31-12-2026 (6 años"),
        (TERRENO._replace(retencion_anios=None), "su serie no dice cuánto tiempo se conserva"),
        (TERRENO._replace(disposicion="conservar"), "lo suyo no se dispone"),
    ],
)
def test_lo_que_no_cumplio_su_retencion_no_se_propone(serie: Serie, dice: str) -> None:
    assert dice in archivado(serie).rechazo("proponer-disposicion", extra=PROPUESTA).mensaje


def test_la_retencion_se_cuenta_desde_el_cierre_del_anio() -> None:
    mesa = archivado()
    mesa.ahora = mesa.ahora.replace(year=2025, month=12, day=31)
    assert mesa.ficha is not None
    assert vida.vence(TERRENO, mesa.ficha) == date(2025, 12, 31)


def test_lo_suspendido_no_se_propone_y_al_reanudar_vuelve_a_como_estaba() -> None:
    causa = {"causa": "auditoria"}
    mesa = archivado().hacer("corregir", motivo="El lugar era Calama")
    mesa.hacer("suspender", motivo="Contraloría", extra=causa)
    assert "«Retención suspendida»" in mesa.rechazo("proponer-disposicion", extra=PROPUESTA).mensaje
    rechazo = mesa.rechazo("sustraer", **PASOS["sustraer"])
    assert "mientras dure, ninguno de sus archivos se va" in rechazo.mensaje
    assert estado(mesa.hacer("reanudar", motivo="Terminó")) == "corregido"


def test_suspender_deja_sin_efecto_la_propuesta_aunque_este_autorizada() -> None:
    mesa = autorizado().hacer("suspender", motivo="Juicio", extra={"causa": "juicio"})
    mesa.hacer("reanudar", motivo="Terminó")
    assert mesa.ficha is not None
    assert (estado(mesa), vida.curso(mesa.ficha)) == ("archivado", None)


@pytest.mark.parametrize(
    ("evidencia", "extra", "dice"),
    [
        ((), HECHO, "falta el acta de eliminación"),
        ((acta(),), {"resultado": "eliminado"}, "falta el método (--metodo) y quiénes lo hicieron"),
        ((acta(clase="recibo"),), {"resultado": "transferido"}, "lo autorizado fue eliminación"),
        ((acta(),), HECHO, "falta nombrar el archivo del registro"),
        ((acta(),), {**HECHO, "retira": ["12.pdf", "otro.pdf"]}, "«otro.pdf» no es un archivo que se guarde"),
    ],
)
def test_se_hace_lo_autorizado_con_su_prueba(
    evidencia: tuple[Evidencia, ...], extra: dict[str, Any], dice: str
) -> None:
    assert dice in autorizado().rechazo("disponer", evidencia=evidencia, extra=extra).mensaje


def test_autorizar_exige_numero_fecha_y_archivo_del_acto() -> None:
    mesa = archivado().hacer("proponer-disposicion", extra=PROPUESTA)
    sin_archivo = Evidencia("resolucion", "12", date(2026, 3, 9))
    for evidencia in ((), (pdf(),), (sin_archivo,)):
        rechazo = mesa.rechazo("autorizar-disposicion", evidencia=evidencia)
        assert "el número, la fecha y el archivo de la resolución o del decreto" in rechazo.mensaje
    mesa.hacer("autorizar-disposicion", evidencia=(resolucion("3", "decreto"),))
    assert estado(mesa) == "por_disponer"


def test_un_registro_con_circuito_no_se_da_por_eliminado_y_si_por_transferido() -> None:
    actas = Serie("RG-SGC-05", "Actas", "rev", retencion_anios=1)
    casa = CASA._replace(series={**CASA.series, "RG-SGC-05": actas})
    mesa = Mesa("acta", "RG-SGC-05/2024/001", casa).hasta("archivado")
    assert (
        "la historia del servicio, que no olvida"
        in mesa.rechazo("proponer-disposicion", extra=PROPUESTA).mensaje
    )
    mesa.hacer("proponer-disposicion", extra={**PROPUESTA, "destino": "transferencia"})
    mesa.hacer("autorizar-disposicion", evidencia=(resolucion(),))
    hecho = {"resultado": "transferido", "recibe": "Archivo Nacional"}
    mesa.hacer("disponer", evidencia=(acta("recibo.pdf", "recibo"),), extra=hecho)
    assert (estado(mesa), mesa.arbol) == ("dispuesto", {})
    assert mesa.ficha is not None
    assert vida.sin_el(mesa.ficha).endswith("transferido a Archivo Nacional el 10-03-2026")


def test_lo_obsoleto_se_conserva_un_minimo_desde_que_dejo_de_regir() -> None:
    mesa = Mesa().hasta("vigente").hacer("dejar-sin-efecto", motivo="Ya no se usa")
    [v] = mesa.vista.versiones
    tipo = CASA.tipos["procedimiento"]
    assert vida.obsoleta_hasta(v, tipo._replace(retencion_anios=5)) == date(2031, 3, 10)
    assert vida.obsoleta_hasta(v, tipo._replace(retencion_anios=0)) is None
    assert vida.obsoleta_hasta(v._replace(hasta=None), tipo._replace(retencion_anios=5)) is None


def test_lo_ya_sustraido_no_se_sustrae_dos_veces_y_se_dice_por_que_no_esta() -> None:
    retira = {"retira": ["lista.pdf"]}
    mesa = archivado().hacer("sustraer", motivo="Traía nombres", evidencia=(resolucion(),), extra=retira)
    rechazo = mesa.rechazo("sustraer", motivo="M", evidencia=(resolucion("13"),), extra={"retira": []})
    assert "ya no está: sustraído por Res. Ex. N° 12 del 09-03-2026" in rechazo.mensaje


def test_la_prorroga_vuelve_a_archivado_y_mueve_el_plazo() -> None:
    mesa = autorizado()
    assert "ya pasó" in mesa.rechazo("prorrogar", motivo="M", extra={"hasta": "2026-03-10"}).mensaje
    assert "falta decir hasta cuándo" in mesa.rechazo("prorrogar", motivo="M").mensaje
    mesa.hacer("prorrogar", motivo="Lo pide la Contraloría", extra={"hasta": "2028-12-31"})
    assert mesa.ficha is not None
    assert (estado(mesa), vida.vence(TERRENO, mesa.ficha)) == ("archivado", date(2028, 12, 31))
    assert "31-12-2028" in mesa.rechazo("proponer-disposicion", extra=PROPUESTA).mensaje


def test_sustraer_el_archivo_de_un_registro_lo_deja_sustraido_y_dice_por_que() -> None:
    retira = {"retira": ["lista.pdf"]}
    mesa = archivado()
    assert "la resolución o del decreto" in mesa.rechazo("sustraer", motivo="M", extra=retira).mensaje
    mesa.hacer("sustraer", motivo="Traía nombres", evidencia=(resolucion("88"),), extra=retira)
    assert mesa.ficha is not None
    assert estado(mesa) == "sustraido"
    assert vida.sin_el(mesa.ficha) == "sustraído por Res. Ex. N° 88 del 09-03-2026: Traía nombres"


def test_lo_que_se_retira_no_vuelve_como_adjunto() -> None:
    el_mismo = acta("orden.pdf")._replace(sha256=resumen("lista"))
    retira: dict[str, Any] = {"retira": ["lista.pdf"]}
    dice = "el adjunto es el mismo archivo que se retira, «lista.pdf»"
    sustrae = {"motivo": "M", "evidencia": (resolucion("88"), el_mismo), "extra": retira}
    assert dice in archivado().rechazo("sustraer", **sustrae).mensaje
    dispone = {"evidencia": (acta(), el_mismo), "extra": {**HECHO, **retira}}
    assert dice in autorizado().rechazo("disponer", **dispone).mensaje


@pytest.mark.parametrize("antes", ["por", "corrige"])
@pytest.mark.parametrize("ahora", ["por", "corrige"])
def test_una_correccion_no_se_repite_ni_vuelve_sobre_si_misma(antes: str, ahora: str) -> None:
    otro = "RG-GT-06/2020/002"
    mesa = archivado().hacer("corregir", motivo="Era otro", extra={antes: otro})
    rechazo = mesa.rechazo("corregir", motivo="Otra vez", extra={ahora: otro})
    assert rechazo.mensaje.endswith(f"{otro}: así consta desde el 10-03-2026")
    mesa.hacer("corregir", motivo="Otro más", extra={ahora: "RG-GT-06/2020/003"})


def test_la_prorroga_que_ya_paso_nombra_su_opcion() -> None:
    rechazo = autorizado().rechazo("prorrogar", motivo="M", extra={"hasta": "2026-03-10"})
    assert rechazo.hacer == "revise la fecha (--prorroga)"


def test_lo_transcrito_de_un_registro_sale_de_la_carpeta_y_se_dice_que_sigue_en_la_historia() -> None:
    mesa = archivado(extra={"tamano": 9, "datos_sha256": resumen("datos")})
    assert mesa.arbol == {f"registros/{CODIGO}/lista.datos.yaml": resumen("datos")}
    extra = {"retira": ["lista.pdf"]}
    mesa.hacer("sustraer", motivo="Traía nombres", evidencia=(resolucion("88"),), extra=extra)
    assert mesa.ficha is not None
    assert mesa.arbol == {}
    assert vida.sin_el(mesa.ficha).endswith("; los datos que de él se transcribieron siguen en la historia")


def test_sustraer_el_respaldo_de_un_documento_no_lo_mueve() -> None:
    mesa = Mesa().hasta("en_aprobacion").hacer("aprobar", evidencia=(pdf("firmado.pdf"),)).hacer("emitir")
    campos = {"motivo": "Otro PDF", "evidencia": (resolucion("88"),)}
    assert "lo que está en la historia" in (
        mesa.rechazo("sustraer", **campos, extra={"retira": ["PR-GT-01_v01.docx"]}).hacer
    )
    mesa.hacer("sustraer", **campos, extra={"retira": ["firmado.pdf"]})
    assert mesa.ficha is not None
    assert mesa.vista.vigente is not None
    assert (mesa.vista.vigente.version, vida.sin_el(mesa.ficha)) == ("01", "")
    assert "«firmado.pdf» no es un archivo que se guarde aquí" in (
        mesa.rechazo("sustraer", **campos, extra={"retira": ["firmado.pdf"]}).mensaje
    )


def test_ni_lo_dispuesto_ni_un_documento_admiten_estos_actos() -> None:
    mesa = dispuesto()
    for acto in sorted(VIDA - {"sustraer"}):
        assert "el registro está en «Dispuesto»" in mesa.rechazo(acto, motivo="M").mensaje
    assert (
        "la versión 01 está en «Vigente»" in Mesa().hasta("vigente").rechazo("suspender", motivo="M").mensaje
    )


def test_quien_responde_por_la_serie_o_control_documental_y_nadie_mas() -> None:
    mesa = archivado()
    campos: dict[str, Any] = {"motivo": "M", "extra": {"causa": "acceso"}}
    assert "no le corresponde" in mesa.rechazo("suspender", "proc", **campos).mensaje
    assert mesa.decidir("suspender", "rev", **campos).cargo == "rev"
    assert "no le corresponde" in mesa.rechazo("sustraer", "rev", motivo="M", extra={"retira": ["x"]}).mensaje


PASOS: dict[str, dict[str, Any]] = {
    "corregir": {"motivo": "M"},
    "suspender": {"motivo": "M", "extra": {"causa": "juicio"}},
    "reanudar": {"motivo": "M"},
    "proponer-disposicion": {"extra": PROPUESTA},
    "autorizar-disposicion": {"evidencia": (resolucion(),)},
    "disponer": {"evidencia": (acta(),), "extra": {**HECHO, "retira": ["lista.pdf"]}},
    "prorrogar": {"motivo": "M", "extra": {"hasta": "2026-03-15"}},
    "desistir": {"motivo": "M"},
    "sustraer": {"motivo": "M", "evidencia": (resolucion("9"),), "extra": {"retira": ["lista.pdf"]}},
}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(PASOS)), st.integers(0, 9)), max_size=14))
def test_pase_lo_que_pase_nada_se_retira_sin_acto_y_todo_se_repite(pasos: list[tuple[str, int]]) -> None:
    mesa = archivado()
    for acto, dias in pasos:
        mesa.dia(dias)
        antes = mesa.ficha
        try:
            mesa.hacer(acto, **PASOS[acto])
        except Rechazo:
            assert mesa.ficha is antes
            continue
        assert antes is not None
        assert mesa.ficha is not None
        assert leer_ficha(escribir_ficha(mesa.ficha), "x") == mesa.ficha
        assert decidir(CASA, mesa.org, antes, pedido_de(mesa.ultimo, CODIGO, "archivo")) == mesa.ultimo
    assert mesa.ficha is not None
    v = situacion(mesa.ficha).versiones[-1]
    assert v.estado in (*CONSERVADOS, *RETIRADOS)
    assert (
        (v.estado in RETIRADOS)
        == ("lista.pdf" in vida.retirados(mesa.ficha))
        == bool(vida.sin_el(mesa.ficha))
    )
    if v.estado == "dispuesto":
        curso = vida.curso(mesa.ficha)
        assert curso
        assert curso.autorizacion
        assert curso.resultado
        assert curso.propuesta.n < curso.autorizacion.n < curso.resultado.n
