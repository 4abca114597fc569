"""Quién puede, en qué calidad, por quién se anota y quién debe ser distinto de quién."""

from __future__ import annotations

from datetime import date

import pytest
from mesa_dominio import DESDE, SERVICIO, Mesa, huella, oficio, pdf, resumen

from sgc_gt.dominio.organizacion import Persona, Subrogancia
from sgc_gt.dominio.servicio import Excepcion, PasoCircuito, Servicio

SUBROGA = Subrogancia("jefe", "sub", "(S)", "Res. Ex. N° 210", date(2026, 3, 1), date(2026, 3, 31))
_EMITIR = PasoCircuito("emitir", "control_documental")


def con_revisores(*revisan: str, cuantos: int = 0) -> Mesa:
    """Una mesa cuyo documento se revisa por esos cargos."""
    paso = PasoCircuito("revisar", "revisa", cuantos)
    circuitos = {**SERVICIO.circuitos, "normal": (paso, PasoCircuito("aprobar", "aprueba"), _EMITIR)}
    mesa = Mesa(servicio=SERVICIO._replace(circuitos=circuitos))
    identidad = {**mesa.pedido("crear").identidad, "revisa": list(revisan)}
    return mesa.hacer("crear", identidad=identidad).hacer("entregar").hacer("enviar")


def con_excepcion(razon: str) -> Servicio:
    return SERVICIO._replace(excepciones=(Excepcion("PR-GT-01", "segregacion", razon),))


@pytest.mark.parametrize(
    ("estado", "acto", "otro", "frase"),
    [
        ("borrador", "enviar", "rev", "a Encargado/a de Calidad no le corresponde «enviar a revisión»"),
        ("en_revision", "revisar", "fis", "a Fiscal no le corresponde «dar conformidad de revisión»"),
        ("en_revision", "retirar", "cdoc", "a Control Documental no le corresponde «retirar del circuito»"),
        ("en_aprobacion", "aprobar", "sub", "a Subjefe/a no le corresponde «aprobar»"),
        ("aprobado", "emitir", "jefe", "a Jefe/a de Servicio no le corresponde «poner en vigencia»"),
        ("aprobado", "reabrir", "proc", "a Jefe/a de Fomento no le corresponde «reabrir»"),
        ("aprobado", "descartar", "cdoc", "a Control Documental no le corresponde «descartar borrador»"),
        (
            "vigente",
            "mantener",
            "proc",
            "a Jefe/a de Fomento no le corresponde «mantener vigente sin cambios»",
        ),
        ("vigente", "dejar-sin-efecto", "cdoc", "a Control Documental no le corresponde «dejar sin efecto»"),
        ("vigente", "nueva-version", "proc", "a Jefe/a de Fomento no le corresponde «abrir nueva versión»"),
    ],
)
def test_cada_acto_tiene_su_cargo(estado: str, acto: str, otro: str, frase: str) -> None:
    assert Mesa().hasta(estado).rechazo(acto, otro).mensaje == frase


def test_el_rechazo_dice_quien_y_quien_le_sigue() -> None:
    rechazo = Mesa().hasta("en_aprobacion").rechazo("aprobar", "sub")
    assert rechazo.esperado == "Jefe/a de Servicio"
    assert rechazo.hacer == (
        "debe hacerlo Jefe/a de Servicio; en su ausencia le sigue Subjefe/a, "
        "con una subrogancia registrada (sgc-gt subrogar)"
    )


def test_a_control_documental_le_dice_ademas_como_se_anota_lo_que_hizo_otra_persona() -> None:
    rechazo = Mesa().hasta("en_aprobacion").rechazo("aprobar", "cdoc")
    assert rechazo.hacer == (
        "debe hacerlo Jefe/a de Servicio; si ya lo hizo, anótelo a su nombre con --como jefe@s.cl; "
        "en su ausencia le sigue Subjefe/a, con una subrogancia registrada (sgc-gt subrogar)"
    )


def test_quien_no_es_del_servicio() -> None:
    rechazo = Mesa().hasta("en_revision").rechazo("revisar", "extranio")
    assert rechazo.mensaje == "extranio@s.cl no figura entre las personas del servicio"
    assert rechazo.hacer == (
        "agréguela a las personas de la configuración, o use --como si anota el acto de otra persona"
    )
    mesa = Mesa().hasta("aprobado").hacer("emitir", vigente_desde=date(2026, 3, 20)).dia(15)
    assert mesa.rechazo("regir", "extranio", fecha=date(2026, 3, 20)).mensaje == rechazo.mensaje


def test_quien_ya_dejo_el_cargo() -> None:
    antes = Persona("jefe@s.cl", "jefe", DESDE, date(2026, 3, 9))
    personas = tuple(antes if p.correo == "jefe@s.cl" else p for p in SERVICIO.personas)
    mesa = Mesa(subrogancias=(SUBROGA,)).hasta("en_aprobacion")
    mesa.servicio = SERVICIO._replace(personas=personas)
    assert mesa.rechazo("aprobar").mensaje == "jefe@s.cl no ejercía ningún cargo el 10-03-2026"


def test_el_subrogante_actua_en_su_calidad_y_con_su_fundamento() -> None:
    m = Mesa(subrogancias=(SUBROGA,)).hasta("en_aprobacion").decidir("aprobar", "sub")
    assert (m.cargo, m.calidad, m.base_calidad) == ("jefe", "(S)", "Res. Ex. N° 210")


def test_la_subrogancia_vale_solo_en_su_periodo() -> None:
    mesa = Mesa(subrogancias=(SUBROGA,)).hasta("en_aprobacion").dia(25)
    assert mesa.rechazo("aprobar", "sub").mensaje == "a Subjefe/a no le corresponde «aprobar»"


def test_con_varios_cargos_se_elige_uno_y_el_rechazo_habla_de_ese() -> None:
    dos = Persona("proc@s.cl", "rev", DESDE)
    mesa = Mesa(servicio=SERVICIO._replace(personas=(*SERVICIO.personas, dos))).hasta("vigente")
    assert mesa.rechazo("mantener", "proc", cargo="rev").mensaje == (
        "a Encargado/a de Calidad no le corresponde «mantener vigente sin cambios»"
    )
    assert mesa.rechazo("mantener", "proc", cargo="jefe").mensaje == (
        "proc@s.cl no ejercía el cargo «Jefe/a de Servicio» el 10-03-2026"
    )


def test_solo_control_documental_anota_por_otro() -> None:
    mesa = Mesa().hasta("borrador")
    rechazo = mesa.rechazo("enviar", registra="rev@s.cl")
    assert rechazo.mensaje == "rev@s.cl no puede registrar un acto de proc@s.cl"
    assert rechazo.esperado == "que lo registre Control Documental"
    m = mesa.decidir("enviar", registra="cdoc@s.cl")
    assert (m.correo, m.registra, m.origen) == ("proc@s.cl", "cdoc@s.cl", "registrado_sin_respaldo")


@pytest.mark.parametrize(
    ("estado", "acto", "frase"),
    [
        (
            "en_revision",
            "revisar",
            "«dar conformidad de revisión» por otra persona necesita un respaldo adjunto",
        ),
        ("en_aprobacion", "aprobar", "«aprobar» por otra persona necesita un respaldo adjunto"),
    ],
)
def test_una_decision_ajena_se_anota_con_respaldo(estado: str, acto: str, frase: str) -> None:
    mesa = Mesa().hasta(estado)
    rechazo = mesa.rechazo(acto, registra="cdoc@s.cl")
    assert rechazo.mensaje == frase
    assert rechazo.hacer == "adjunte el respaldo; sin él solo la propia persona puede hacerlo"
    assert mesa.decidir(acto, registra="cdoc@s.cl", evidencia=(pdf(),)).origen == "registrado_con_respaldo"


def test_regir_no_se_anota_a_nombre_de_otro() -> None:
    mesa = Mesa().hasta("aprobado").hacer("emitir", vigente_desde=date(2026, 3, 20)).dia(15)
    rechazo = mesa.rechazo("regir", "jefe", fecha=date(2026, 3, 20), registra="cdoc@s.cl")
    assert rechazo.mensaje == "«comenzar a regir» no se registra a nombre de otra persona"


def autor_revisor() -> Mesa:
    """Quien elabora tiene también el cargo de revisor, y escribió el borrador."""
    doble = Persona("proc@s.cl", "rev", DESDE)
    return Mesa(servicio=SERVICIO._replace(personas=(*SERVICIO.personas, doble))).hasta("en_revision")


def test_quien_escribio_no_revisa() -> None:
    rechazo = autor_revisor().rechazo("revisar", "proc")
    assert rechazo.mensaje == (
        "proc@s.cl escribió el borrador de la versión 01: no le corresponde «dar conformidad de revisión»"
    )
    assert rechazo.hacer == (
        "debe hacerlo otra persona con el cargo, o una excepción razonada en la configuración"
    )


def test_lo_de_otro_tampoco_lo_anota_quien_escribio_y_se_dice_quien_puede() -> None:
    doble = Persona("proc@s.cl", "cdoc", DESDE)
    mesa = Mesa(servicio=SERVICIO._replace(personas=(*SERVICIO.personas, doble))).hasta("en_revision")
    rechazo = mesa.rechazo("revisar", "rev", registra="proc@s.cl", evidencia=(pdf(),))
    assert rechazo.hacer == (
        "debe anotarlo la propia persona, con su usuario y sin --como, o una excepción razonada en la "
        "configuración"
    )


def test_quien_escribio_una_iteracion_anterior_tampoco() -> None:
    """`rev` entregó en la primera vuelta; la segunda la escribió otra persona."""
    mesa = Mesa().hacer("crear").hacer("entregar")
    doble = Persona("rev@s.cl", "proc", DESDE)
    mesa.servicio = SERVICIO._replace(personas=(*SERVICIO.personas, doble))
    mesa.hacer("entregar", "rev").hacer("enviar").hacer("retirar").hacer("entregar").hacer("enviar")
    assert mesa.rechazo("revisar").mensaje == (
        "rev@s.cl escribió el borrador de la versión 01: no le corresponde «dar conformidad de revisión»"
    )
    assert mesa.decidir("revisar", "rev-dos").acto == "revisar"


def test_quien_escribio_no_anota_la_aprobacion_de_otro() -> None:
    """Control documental que además elabora: no registra por la jefatura lo que él mismo escribió."""
    mesa = Mesa()
    identidad = {**mesa.pedido("crear").identidad, "elabora": "cdoc"}
    mesa.hacer("crear", identidad=identidad)
    mesa.hacer("entregar", "cdoc").hacer("enviar", "cdoc").hacer("revisar")
    assert mesa.rechazo("aprobar", registra="cdoc@s.cl", evidencia=(pdf(),)).mensaje == (
        "cdoc@s.cl escribió el borrador de la versión 01: no le corresponde registrar «aprobar»"
    )


def test_quien_reviso_no_aprueba() -> None:
    doble = Persona("rev@s.cl", "jefe", DESDE)
    servicio = SERVICIO._replace(personas=(*SERVICIO.personas, doble))
    assert Mesa(servicio=servicio).hasta("en_aprobacion").rechazo("aprobar", "rev").mensaje == (
        "rev@s.cl ya intervino en «dar conformidad de revisión»: no le corresponde además «aprobar»"
    )


def test_la_excepcion_permite_y_queda_escrita_solo_donde_hizo_falta() -> None:
    mesa = autor_revisor()
    mesa.servicio = mesa.servicio._replace(excepciones=con_excepcion("Oficina de una persona").excepciones)
    assert mesa.decidir("revisar", "proc").extra == {"excepcion": "Oficina de una persona"}
    assert mesa.decidir("revisar", "rev").extra == {}


def test_nadie_se_atribuye_una_excepcion() -> None:
    assert Mesa().hasta("en_revision").decidir("revisar", extra={"excepcion": "porque sí"}).extra == {}


def test_todos_los_revisores_sobre_lo_mismo() -> None:
    mesa = con_revisores("rev", "fis").hacer("revisar")
    assert mesa.abierta.estado == "en_revision"
    rechazo = mesa.rechazo("revisar")
    assert rechazo.mensaje == "rev@s.cl ya cumplió este paso"
    assert rechazo.hacer == "falta que actúe Fiscal"
    assert mesa.hacer("revisar", "fis").abierta.estado == "en_aprobacion"


def test_dos_personas_de_un_cargo_no_valen_por_los_dos_cargos() -> None:
    mesa = con_revisores("rev", "fis").hacer("revisar")
    rechazo = mesa.rechazo("revisar", "rev-dos")
    assert rechazo.mensaje == "ya actuó Encargado/a de Calidad en este paso, que pide a cada cargo"
    assert rechazo.hacer == "falta que actúe Fiscal"


def test_dos_personas_de_un_mismo_cargo_si_el_paso_pide_dos() -> None:
    mesa = con_revisores("rev", cuantos=2).hacer("revisar")
    assert mesa.abierta.estado == "en_revision"
    assert mesa.hacer("revisar", "rev-dos").abierta.estado == "en_aprobacion"


def test_quien_tiene_dos_cargos_actua_por_el_que_falta() -> None:
    mesa = con_revisores("rev", "fis")
    mesa.servicio = mesa.servicio._replace(
        personas=(*mesa.servicio.personas, Persona("fis@s.cl", "rev", DESDE))
    )
    assert mesa.hacer("revisar").decidir("revisar", "fis").cargo == "fis"


def test_no_se_envia_lo_que_nadie_podra_terminar() -> None:
    mesa = Mesa().hasta("borrador")
    mesa.servicio = SERVICIO._replace(personas=tuple(p for p in SERVICIO.personas if p.cargo != "jefe"))
    rechazo = mesa.rechazo("enviar")
    assert rechazo.mensaje == (
        "al circuito le falta gente: «aprobar» pide una persona (Jefe/a de Servicio) y no hay nadie"
    )
    mesa.subrogancias = (SUBROGA,)
    assert mesa.decidir("enviar").acto == "enviar"


def test_el_unico_revisor_no_es_quien_elabora() -> None:
    mesa = Mesa()
    identidad = {**mesa.pedido("crear").identidad, "revisa": ["proc"]}
    mesa.hacer("crear", identidad=identidad).hacer("entregar")
    assert mesa.rechazo("enviar").mensaje == (
        "al circuito le falta gente: «dar conformidad de revisión» pide una persona (Jefe/a de Fomento) "
        "y no hay nadie"
    )
    mesa.servicio = con_excepcion("Oficina de una persona")
    assert mesa.decidir("enviar").acto == "enviar"


def test_devolver_es_de_quien_tiene_el_turno() -> None:
    assert Mesa().hasta("en_revision").rechazo("devolver", "jefe").esperado == "Encargado/a de Calidad"
    assert Mesa().hasta("en_aprobacion").decidir("devolver", "jefe").acto == "devolver"
    mesa = Mesa("plan", "PL-GT-01").hasta("en_visacion")
    observado = (oficio("B", mesa.hoy),)
    assert mesa.decidir("devolver", "cdoc", evidencia=observado).acto == "devolver"
    assert mesa.rechazo("devolver", "rev", evidencia=observado).esperado == "Control Documental"


def test_sin_cargos_no_se_dice_que_lo_haga_nadie() -> None:
    mesa = Mesa().hasta("vigente")
    mesa.servicio = SERVICIO._replace(cargos={k: v for k, v in SERVICIO.cargos.items() if k != "fis"})
    assert mesa.rechazo("mantener", "cdoc").hacer == (
        "ningún cargo del servicio puede hacerlo: revise los cargos del documento en la configuración"
    )


def test_archiva_el_responsable_de_la_serie_o_control_documental() -> None:
    mesa = Mesa("archivo", "RG-SGC-05/2026/001")
    assert mesa.decidir("registrar", "rev").cargo == "rev"
    assert mesa.rechazo("registrar", "proc").esperado == "Encargado/a de Calidad y Control Documental"
    con_archivo = {
        "sha256": resumen("x"),
        "archivo": "acta.pdf",
        "extra": {"tamano": 1},
        "huella": huella("x"),
    }
    m = mesa.decidir("registrar", "rev", registra="cdoc@s.cl", **con_archivo)
    assert m.origen == "registrado_con_respaldo"
