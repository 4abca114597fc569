"""Con qué clave firma quien anota, y cuándo se le exige."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from mesa_dominio import SERVICIO, Mesa, pdf

from sgc_gt.dominio.clave_ssh import Clave
from sgc_gt.dominio.organizacion import Persona
from sgc_gt.dominio.servicio import Servicio

CUERPO = "AAAAC3NzaC1lZDI1NTE5AAAAI"
UNA, OTRA = (Clave(f"ssh-ed25519 {CUERPO}{letra * 43}", date(2020, 1, 1)) for letra in "AB")


def con_claves(de: dict[str, tuple[Clave, ...]], *formas: str, exigidas: bool = False) -> Servicio:
    """El servicio de la mesa con esas claves; `formas`: lo que su aprobación acepta."""
    personas = tuple(p._replace(claves=de.get(p.cargo, ())) for p in SERVICIO.personas)
    tipo = SERVICIO.tipos["procedimiento"]
    tipo = tipo._replace(aprobacion=formas or tipo.aprobacion)
    return SERVICIO._replace(
        personas=personas, tipos={**SERVICIO.tipos, "procedimiento": tipo}, firmas_exigidas=exigidas
    )


def test_firma_electronica_es_la_de_quien_aprueba() -> None:
    mesa = Mesa(servicio=con_claves({"jefe": (UNA,), "cdoc": (OTRA,)}, "firma_electronica")).hasta(
        "en_aprobacion"
    )
    rechazo = mesa.rechazo("aprobar")
    assert rechazo.mensaje == "«aprobar» pide la firma electrónica de quien lo hace, y viene sin firma"
    assert "--adjunto" not in rechazo.hacer  # aquí un archivo no sirve
    assert mesa.decidir("aprobar", firma=UNA.huella).firma == UNA.huella
    # Control documental firma lo que anota, pero no es quien aprueba.
    por_otro = {"registra": "cdoc@s.cl", "evidencia": (pdf(),), "firma": OTRA.huella}
    assert "respaldo que el circuito acepte" in mesa.rechazo("aprobar", **por_otro).mensaje


def test_una_cosa_o_la_otra() -> None:
    servicio = con_claves({"jefe": (UNA,)}, "firma_electronica", "pdf_firmado")
    mesa = Mesa(servicio=servicio).hasta("en_aprobacion")
    assert mesa.decidir("aprobar", firma=UNA.huella).origen == "por_la_persona"
    con_pdf = mesa.decidir("aprobar", registra="cdoc@s.cl", evidencia=(pdf(),))
    assert (con_pdf.origen, con_pdf.firma) == ("registrado_con_respaldo", "")
    assert "--adjunto" in mesa.rechazo("aprobar").hacer


@pytest.mark.parametrize(
    "clave",
    [OTRA, UNA._replace(desde=date(2026, 3, 11)), UNA._replace(hasta=date(2026, 3, 9))],
    ids=["de_otra_persona", "todavia_no", "ya_no"],
)
def test_la_clave_es_de_quien_anota_y_de_ese_dia(clave: Clave) -> None:
    mesa = Mesa(servicio=con_claves({"proc": (clave,), "rev": (UNA,)}))
    mesa.hacer("crear").hacer("entregar")
    assert mesa.hoy == date(2026, 3, 10)
    assert "no es de proc@s.cl, o no regía ese día" in mesa.rechazo("enviar", firma=UNA.huella).mensaje


def test_exigida_a_quien_tiene_clave_y_a_nadie_mas() -> None:
    mesa = Mesa(servicio=con_claves({"proc": (UNA,)}, exigidas=True))
    mesa.hacer("crear")  # cdoc no tiene clave
    assert "viene sin firma" in mesa.rechazo("entregar").mensaje
    assert mesa.decidir("entregar", firma=UNA.huella).firma == UNA.huella
    retirada = con_claves({"proc": (UNA._replace(hasta=date(2026, 3, 9)),)}, exigidas=True)
    assert Mesa(servicio=retirada).hacer("crear").decidir("entregar").firma == ""


def test_el_dia_se_cuenta_donde_esta_el_servicio() -> None:
    """A las 02:30 UTC del 11 todavía es el 10 en Santiago."""
    servicio = con_claves({"cdoc": (UNA._replace(hasta=date(2026, 3, 10)),)})
    mesa = Mesa(servicio=servicio, ahora=datetime(2026, 3, 11, 2, 30, tzinfo=UTC))
    assert servicio.claves_de("cdoc@s.cl", date(2026, 3, 11)) == ()
    assert mesa.decidir("crear", firma=UNA.huella).firma == UNA.huella


def test_las_claves_de_dos_anotaciones_de_la_misma_persona_se_suman() -> None:
    dos = (
        Persona("dos@s.cl", "aud", date(2020, 1, 1), claves=(UNA,)),
        Persona("dos@s.cl", "fis", date(2021, 1, 1), claves=(UNA, OTRA)),
    )
    assert SERVICIO._replace(personas=dos).claves_de("dos@s.cl", date(2026, 1, 1)) == (UNA, OTRA)
