"""Las compuertas: un acto que se apoya en otro documento no se admite antes que él, y dice qué oficio falta."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from mesa_dominio import SERVICIO, Mesa, oficio

from sgc_gt.config.circuitos import POR_OMISION
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.reglamento import decidir, pedido_de
from sgc_gt.dominio.servicio import Compuerta, Exige, Serie, Servicio, Tipo
from sgc_gt.errores import ActoNoPermitido

N28 = Compuerta(
    "N-28", ("crear", "registrar"), (Exige("plan"), Exige("programa")), "no se ejecuta nada antes de visar"
)
I26 = Compuerta(
    "I-26", ("enviar",), (Exige("propuesta", "aprobado", "propuesta"),), "cambia un indicador", "modificados"
)
N30 = Compuerta(
    "N-30", ("emitir",), (Exige("plan", "visado", abierta_por="propuesta"),), "falta el Plan", "modificados"
)
IMPF = Compuerta(
    "IMP-F", ("nueva-version",), (Exige("propuesta", "aprobado", "propuesta"),), "sin propuesta",
    en_el_periodo=True,
)  # fmt: skip
I40 = Compuerta("I-40", ("aprobar",), (Exige("programa"),), "todavía no", avisa=True)
TIPOS = {
    **SERVICIO.tipos,
    "plan": SERVICIO.tipos["plan"]._replace(compuertas=(IMPF, I40)),
    "programa": Tipo("programa", "Programa", "PG", "documento", "con_visacion", serie="PG-GT-01"),
    "evidencia": Tipo("evidencia", "Evidencia", "RG", "registro", "registro", serie="RG-GT-13",
                      compuertas=(N28,)),
    "medicion": Tipo("medicion", "Medición", "RG", "registro", "registro", serie="RG-GT-04",
                     compuertas=(I26, N30)),
    "propuesta": Tipo("propuesta", "Propuesta de modificación", "RG", "registro", "con_visacion",
                      serie="RG-GT-11"),
}  # fmt: skip
SERIES = {**SERVICIO.series, **{c: Serie(c, c, "rev") for c in ("RG-GT-13", "RG-GT-04", "RG-GT-11")}}
CON_COMPUERTAS = SERVICIO._replace(tipos=TIPOS, series=SERIES)


@dataclass
class Estante:
    """Los demás documentos."""

    fichas: Iterable[Ficha] = ()
    filas: Mapping[str, Any] = field(default_factory=dict)

    def buscar(self, codigo: str) -> Ficha | None:
        return next((f for f in self.fichas if f.codigo == codigo), None)

    def de_tipo(self, tipo: Tipo) -> list[Ficha]:
        return [f for f in self.fichas if f.tipo == tipo.id]

    def filas_del_borrador(self, _ficha: Ficha, _archivo: str, clave: str) -> tuple[Mapping[str, Any], ...]:
        return tuple(self.filas.get(clave, ()))


def mesa(tipo: str, codigo: str, servicio: Servicio = CON_COMPUERTAS, **campos: Any) -> Mesa:
    return Mesa(tipo, codigo, servicio=servicio, **campos)


def plan() -> Mesa:
    return mesa("plan", "PL-GT-01")


def programa() -> Mesa:
    return mesa("programa", "PG-GT-01")


def intenta(m: Mesa, acto: str, estante: Estante, **campos: Any) -> Movimiento:
    return decidir(m.servicio, m.org, m.ficha, m.pedido(acto, **campos), estante)


def negado(m: Mesa, acto: str, estante: Estante, **campos: Any) -> ActoNoPermitido:
    with pytest.raises(ActoNoPermitido) as rechazo:
        intenta(m, acto, estante, **campos)
    return rechazo.value


def evidencia() -> Mesa:
    return mesa("evidencia", "RG-GT-13/2026/001")


def test_la_evidencia_de_una_actividad_espera_las_dos_visaciones_y_dice_que_oficio_falta() -> None:
    en_camino = plan().hasta("en_visacion")
    rechazo = negado(evidencia(), "crear", Estante((en_camino.ficha, programa().hasta("vigente").ficha)))
    assert rechazo.mensaje == "no se ejecuta nada antes de visar"
    envio = en_camino.abierta.firmas[-1].evidencia[0]
    assert [p.mensaje for p in rechazo.problemas] == [
        "PL-GT-01 versión 01 está en «En visación»: falta el oficio que da la "
        f"visación técnica, que responde al N° {envio.numero} del 10-03-2026"
    ]
    assert rechazo.hacer.startswith("cuando llegue el oficio, anótelo con: sgc-gt visar PL-GT-01")
    assert rechazo.esperado == "Plan: visado, Programa: visado (N-28)"


def test_con_las_dos_visaciones_el_movimiento_dice_en_que_se_apoya_y_se_repite_igual() -> None:
    estante = Estante((plan().hasta("visado").ficha, programa().hasta("vigente").ficha))
    nueva = evidencia()
    hecho = intenta(nueva, "crear", estante)
    assert hecho.extra == {"apoyos": ["PL-GT-01 01", "PG-GT-01 01"]}
    otra_vez = pedido_de(hecho, nueva.codigo, nueva.tipo)
    assert decidir(nueva.servicio, nueva.org, None, otra_vez, estante) == hecho
    inventada = otra_vez._replace(extra={"apoyos": ["PL-GT-99 07"]})
    assert decidir(nueva.servicio, nueva.org, None, inventada, estante) == hecho, "lo pone el reglamento"


def test_lo_archivado_tal_como_llego_sigue_las_compuertas_del_tipo_de_su_serie() -> None:
    archivo = mesa("archivo", "RG-GT-13/2026/001")
    assert negado(archivo, "registrar", Estante()).problemas[0].mensaje == (
        "el 10-03-2026 no había ningún documento de tipo «Plan»"
    )
    estante = Estante((plan().hasta("vigente").ficha, programa().hasta("vigente").ficha))
    assert intenta(archivo, "registrar", estante).acto == "registrar"


def test_una_evidencia_fechada_antes_de_la_visacion_no_entra_aunque_hoy_este_visado() -> None:
    visados = Estante((plan().hasta("vigente").ficha, programa().hasta("vigente").ficha))
    tarde = mesa("archivo", "RG-GT-13/2026/001").dia(20)
    antes = tarde.hoy.replace(day=2)
    assert negado(tarde, "registrar", visados, fecha=antes, evidencia=(oficio("1", antes),)).problemas


def test_el_plan_de_otro_anio_no_sirve() -> None:
    del_anio_pasado = plan()
    del_anio_pasado.hacer("crear", identidad={**del_anio_pasado.pedido("crear").identidad, "anio": "2025"})
    estante = Estante((del_anio_pasado.hasta("vigente").ficha, programa().hasta("vigente").ficha))
    rechazo = negado(mesa("archivo", "RG-GT-13/2026/001"), "registrar", estante,
                     extra={"ubicacion": "Estante 3", "periodo": "2026"})  # fmt: skip
    assert rechazo.problemas[0].mensaje.endswith("de tipo «Plan» del año 2026")


def test_sin_compuertas_en_el_tipo_una_historia_anterior_sigue_siendo_legal() -> None:
    antigua = {**TIPOS, "evidencia": TIPOS["evidencia"]._replace(compuertas=())}
    nueva = mesa("evidencia", "RG-GT-13/2026/001", CON_COMPUERTAS._replace(tipos=antigua))
    assert intenta(nueva, "crear", Estante()).extra == {}


# ---- un indicador de un Plan visado no cambia sin propuesta -----------------------------------------------


def medicion() -> Mesa:
    return mesa("medicion", "RG-GT-04/2026/001")


def propuesta() -> Mesa:
    return mesa("propuesta", "RG-GT-11/2026/001")


def modifica(codigo: str = "RG-GT-11/2026/001") -> dict[str, Any]:
    return {"modificados": [{"indicador": "IND-03", "accion": "corregido", "propuesta": codigo}]}


def test_una_medicion_que_no_toca_indicadores_no_pide_nada() -> None:
    lista = medicion().hasta("borrador")
    assert intenta(lista, "enviar", Estante()).acto == "enviar"


def test_un_indicador_modificado_pide_su_propuesta_aprobada() -> None:
    lista = medicion().hasta("borrador")
    assert (
        "IND-03: no dice qué propuesta"
        in negado(lista, "enviar", Estante(filas=modifica(""))).problemas[0].mensaje
    )
    assert (
        "RG-GT-11/2026/001 no es un registro"
        in negado(lista, "enviar", Estante(filas=modifica())).problemas[0].mensaje
    )
    en_revision = Estante((propuesta().hasta("en_revision").ficha,), modifica())
    assert "está en «En revisión»" in negado(lista, "enviar", en_revision).problemas[0].mensaje
    aprobada = Estante((propuesta().hasta("aprobado").ficha,), modifica())
    assert intenta(lista, "enviar", aprobada).extra["apoyos"] == ["RG-GT-11/2026/001"]


def test_y_no_se_archiva_hasta_que_el_plan_que_la_recoge_esta_visado() -> None:
    lista = medicion().hasta("aprobado")
    sin_abrir = plan().hasta("vigente")
    rechazo = negado(lista, "emitir", Estante((sin_abrir.ficha,), modifica()))
    assert rechazo.hacer == "ábrala con: sgc-gt nueva-version PL-GT-01 --propuesta RG-GT-11/2026/001"
    abierta = plan().hasta("vigente").hacer("nueva-version", extra={"propuesta": "RG-GT-11/2026/001"})
    assert "«Borrador»" in negado(lista, "emitir", Estante((abierta.ficha,), modifica())).problemas[0].mensaje
    visado = abierta.hasta("visado")
    assert intenta(lista, "emitir", Estante((visado.ficha,), modifica())).extra["apoyos"] == ["PL-GT-01 02"]


def test_abrir_otra_version_del_plan_visado_en_el_anio_pide_su_propuesta_o_una_razon() -> None:
    rige = plan().hasta("vigente")
    assert "--propuesta" in negado(rige, "nueva-version", Estante()).hacer
    con_ella = {"propuesta": "RG-GT-11/2026/001"}
    aprobada = Estante((propuesta().hasta("aprobado").ficha,))
    assert intenta(rige, "nueva-version", aprobada, extra=con_ella).extra["apoyos"] == ["RG-GT-11/2026/001"]
    razon = {"sin_propuesta": "Corrige una cita, sin cambiar lo comprometido"}
    assert intenta(rige, "nueva-version", Estante(), extra=razon).extra == razon
    otro_anio = {"anio": "2027"}
    assert intenta(rige, "nueva-version", Estante(), identidad=otro_anio).acto == "nueva-version"


@pytest.mark.parametrize(
    "campos", [{"identidad": {"anio": "2027"}}, {"extra": {"sin_propuesta": "Una cita"}}]
)
def test_la_propuesta_que_se_nombra_se_mira_siempre(campos: dict[str, Any]) -> None:
    """En otro año no hace falta, y tampoco si se dio una razón; pero si se nombra una, existe y está aprobada."""
    rige, codigo = plan().hasta("vigente"), "RG-GT-11/2026/001"
    con_ella = {**campos, "extra": {**campos.get("extra", {}), "propuesta": codigo}}
    assert (
        f"{codigo} no es un registro"
        in negado(rige, "nueva-version", Estante(), **con_ella).problemas[0].mensaje
    )
    en_revision = Estante((propuesta().hasta("en_revision").ficha,))
    assert "«En revisión»" in negado(rige, "nueva-version", en_revision, **con_ella).problemas[0].mensaje
    aprobada = Estante((propuesta().hasta("aprobado").ficha,))
    assert intenta(rige, "nueva-version", aprobada, **con_ella).extra["apoyos"] == [codigo]


def test_un_documento_sin_compuerta_tampoco_nombra_una_propuesta_que_no_existe() -> None:
    rige = mesa("procedimiento", "PR-GT-01").hasta("vigente")
    con_ella = {"propuesta": "RG-GT-11/2026/001"}
    assert "no existe" in negado(rige, "nueva-version", Estante(), extra=con_ella).mensaje
    assert intenta(rige, "nueva-version", Estante((propuesta().hasta("aprobado").ficha,)), extra=con_ella)


def test_lo_que_solo_advierte_no_impide_y_queda_dicho() -> None:
    por_aprobar = plan().hasta("en_aprobacion")
    hecho = intenta(por_aprobar, "aprobar", Estante((programa().hasta("en_revision").ficha,)))
    assert hecho.extra["advertencias"] == ["I-40: PG-GT-01 versión 01 está en «En revisión»"]


@pytest.mark.parametrize(("anio", "falta"), [("2027", False), ("2026", True)])
def test_lo_que_compromete_un_anio_se_apoya_en_lo_que_cerro_el_anterior(anio: str, falta: bool) -> None:
    """EVA-F: el Programa de Seguimiento de 2027 va con la Evaluación de 2026, no con la de 2027."""
    exige = Exige("programa", "aprobado", del_anterior=True)
    con_ella = SERVICIO.tipos["plan"]._replace(
        compuertas=(Compuerta("EVA-F", ("aprobar",), (exige,), "todavía no", avisa=True),)
    )
    servicio = CON_COMPUERTAS._replace(tipos={**TIPOS, "plan": con_ella})
    de_2026 = Estante((programa().hasta("aprobado").ficha,))
    por_aprobar = mesa("plan", "PL-GT-01", servicio).hasta("en_aprobacion")
    hecho = intenta(por_aprobar, "aprobar", de_2026, extra={"periodo": anio})
    dichas = hecho.extra.get("advertencias", [])
    assert [a.endswith("ningún documento de tipo «Programa» del año 2025") for a in dichas] == [True] * falta
    assert hecho.extra.get("apoyos", []) == ([] if falta else ["PG-GT-01 01"])


def test_lo_visado_es_exactamente_lo_que_rige() -> None:
    rige = plan().hasta("vigente").vista.vigente
    assert rige is not None
    visado = next(m for m in rige.firmas if m.acto == "visar")
    assert visado.huella == rige.huella
    otra = plan().hasta("visado")
    assert "otro código de verificación" in otra.rechazo("emitir", huella="1:" + "0" * 64).mensaje


def test_lo_que_se_visa_fue_aprobado_antes_en_todo_circuito_con_visacion() -> None:
    """I-04 e I-05: ni el Programa de Seguimiento ni la Evaluación van a SUBDERE sin la jefatura."""
    pasos = [paso.acto for paso in POR_OMISION["con_visacion"]]
    assert pasos.index("aprobar") < pasos.index("remitir") < pasos.index("visar")
    por_aprobar = plan().hasta("en_aprobacion")
    for acto in ("remitir", "visar"):
        assert "aprobar" in por_aprobar.rechazo(acto).hacer


def test_quien_no_elabora_no_edita_y_se_le_dice_que_presente_una_solicitud() -> None:
    """I-25: una adecuación de un centro de responsabilidad no es una edición."""
    con_solicitud = {**TIPOS, "solicitud": TIPOS["evidencia"]}
    servicio = CON_COMPUERTAS._replace(tipos=con_solicitud)
    borrador = mesa("plan", "PL-GT-01", servicio).hacer("crear")
    assert borrador.rechazo("entregar", "fis").hacer.endswith(
        "si propone una adecuación, preséntela con: sgc-gt solicitar adecuacion --documento PL-GT-01"
    )
