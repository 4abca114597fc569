"""El compromiso es uno, nazca donde nazca: se lee de cualquier tipo y su estado lo dice el período siguiente."""

from datetime import date

from sgc_gt.dominio.compromisos import (
    IMPLEMENTACION,
    PENDIENTE,
    REVISION,
    SEGUIMIENTO,
    VENCIDO,
    cumplimientos,
    leer,
    nombrados,
    seguir,
)

INFORME = {
    "compromisos": [
        {"id": "C1", "frente": "gore", "compromiso": "Cerrar el acuerdo con Ñuble", "responsable": "egt",
         "regiones": ["16"], "plazo": {"mes": 9}, "indicador": "Acuerdos firmados"},
        {"id": "C2", "compromiso": "Segunda ruta", "responsable": "", "regiones": "todas",
         "plazo": {"anio": 2027, "mes": 2}, "indicador": " "},
    ]
}  # fmt: skip
REVISADO = {"decisiones": [{"id": "D1", "decision": "Financiar la ruta", "responsable": "cr4",
                            "plazo": {"mes": 8}}]}  # fmt: skip


def informe():
    return leer("RG-GT-03/2026/001", IMPLEMENTACION, INFORME, 2026, ("15", "16"))


def test_se_lee_igual_de_un_informe_y_de_una_revision_por_la_direccion():
    c1, c2 = informe()
    assert (c1.identidad, c1.plazo, c1.regiones) == ("RG-GT-03/2026/001#C1", date(2026, 9, 30), ("16",))
    assert (c2.plazo, c2.regiones) == (date(2027, 2, 28), ("15", "16"))
    (d1,) = leer("RG-SGC-05/2026/001", REVISION, REVISADO, 2026)
    assert (d1.compromiso, d1.plazo, d1.responsable) == ("Financiar la ruta", date(2026, 8, 31), "cr4")


def test_lo_que_un_compromiso_no_dice_se_nombra_y_una_decision_no_lleva_indicador():
    c1, c2 = informe()
    assert c1.faltan == ()
    assert c2.faltan == ("responsable", "indicador")
    (d1,) = leer("RG-SGC-05/2026/001", REVISION, REVISADO, 2026)
    assert d1.faltan == ()


def test_su_estado_lo_dice_el_periodo_siguiente_y_si_no_su_plazo():
    fecha = date(2026, 10, 1)
    assert [s.estado for s in seguir(informe(), (), fecha)] == [VENCIDO, PENDIENTE]
    dicho = cumplimientos(
        "PG-GT-02",
        {"cumplimiento_anterior": [
            {"compromiso": "RG-GT-03/2026/001#C1", "estado": "cumplido", "evidencia": "RG-GT-05/2026/016"}
        ]},
    )  # fmt: skip
    primero, _ = seguir(informe(), dicho, fecha)
    assert (primero.estado, primero.evidencia, primero.informado_en, primero.abierto) == (
        "cumplido", "RG-GT-05/2026/016", "PG-GT-02", False,
    )  # fmt: skip


def test_un_id_a_secas_no_nombra_a_dos():
    otros = leer("PG-GT-02", SEGUIMIENTO, {"compromisos": [{"id": "C1", "compromiso": "Otro"}]}, 2026)
    assert [c.codigo for c in nombrados("C2", (*informe(), *otros))] == ["RG-GT-03/2026/001"]
    assert nombrados("C1", (*informe(), *otros)) == ()


def test_unos_datos_con_otra_forma_no_rompen_la_lectura():
    for datos in ({}, {"compromisos": "no hubo"}, {"compromisos": [1, None, {"plazo": {"mes": 13}}]}):
        assert all(c.plazo is None for c in leer("X", SEGUIMIENTO, datos, 2026))
