"""Con qué clave firma quien anota, y cuándo se le exige."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from mesa_dominio import SERVICIO, Mesa, pdf

from sgc_gt.dominio.cambio_claves import SOLO_CLAVES, solo_claves_de
from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.clave_ssh import Clave
from sgc_gt.dominio.guardas_firma import firma
from sgc_gt.dominio.organizacion import Persona
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.errores import ActoNoPermitido

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


DUENO = "cdoc@s.cl"


def configurar(servicio: Servicio, despues: Servicio, firma_: str = "", *archivos: str) -> str:
    """Lo que la guarda dice de ese cambio de configuración que anota control documental; vacío si lo admite."""
    dia = datetime(2026, 3, 10, 12, tzinfo=UTC)
    solo = solo_claves_de(servicio, despues, archivos or ("sgc.yaml",))
    pedido = Pedido("configurar", "SISTEMA", dia.date(), dia, DUENO, DUENO, extra={SOLO_CLAVES: solo})
    try:
        firma(servicio, pedido._replace(firma=firma_))
    except ActoNoPermitido as rechazo:
        return rechazo.mensaje
    return ""


def test_donde_se_exige_firmar_la_configuracion_se_cambia_firmando() -> None:
    """Si no, quien escribe el correo de control documental quita la regla, o pone su clave en la de la jefatura."""
    antes = con_claves({"cdoc": (UNA,), "jefe": (OTRA,)}, exigidas=True)
    cambios = {
        "la clave de otra persona": con_claves({"cdoc": (UNA,), "jefe": (UNA,)}, exigidas=True),
        "la propia y la de otra": con_claves({"cdoc": (OTRA,), "jefe": (UNA,)}, exigidas=True),
        "deja de exigirse": con_claves({"cdoc": (UNA,), "jefe": (OTRA,)}),
        "la propia, y deja de exigirse": con_claves({"cdoc": (OTRA,), "jefe": (OTRA,)}),
        "nada de claves": antes._replace(leyenda="otra"),
    }
    for cual, despues in cambios.items():
        assert "viene sin firma" in configurar(antes, despues), cual
        assert configurar(antes, despues, UNA.huella) == "", cual
        assert configurar(antes._replace(firmas_exigidas=False), despues) == "", cual
    sin_clave = con_claves({"jefe": (OTRA,)}, exigidas=True)  # tampoco quien no tiene con qué
    assert "viene sin firma" in configurar(sin_clave, con_claves({"jefe": (OTRA,)}))


def test_la_primera_clave_y_la_perdida_se_registran_sin_firma_si_nadie_puede_firmarlo() -> None:
    propia = con_claves({"cdoc": (UNA,)}, exigidas=True)
    ninguna, otra = con_claves({}, exigidas=True), con_claves({"cdoc": (OTRA,)}, exigidas=True)
    assert configurar(ninguna, propia) == ""
    assert configurar(propia, otra) == ""
    assert "viene sin firma" in configurar(propia, otra, "", "sgc.yaml", "plantillas_docx/procedimiento.docx")
    colega = Persona("colega@s.cl", "cdoc", date(2020, 1, 1), claves=(OTRA,))
    con_colega, despues = (s._replace(personas=(*s.personas, colega)) for s in (propia, otra))
    assert "hay quien puede firmarlo" in configurar(con_colega, despues)
    ya_no = colega._replace(hasta=date(2026, 3, 9))
    con_ido, despues = (s._replace(personas=(*s.personas, ya_no)) for s in (propia, otra))
    assert configurar(con_ido, despues) == ""


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
