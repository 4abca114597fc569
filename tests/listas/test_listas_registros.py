"""La conciliación de la sección 9 con lo archivado."""

from __future__ import annotations

from datetime import date

import pytest

from sgc_gt.dominio.registros import (
    CONCILIACION,
    FilaRegistro,
    Instancia,
    PedidoRegistro,
    conciliar,
    del_periodo,
    fila_conciliada,
    pedidos_de,
)
from sgc_gt.dominio.servicio import Serie

SERIES = {
    "RG-SGC-05": Serie(
        "RG-SGC-05",
        "Revisión por la Dirección",
        "calidad",
        almacenamiento="Carpeta del servicio",
        proteccion="Respaldo diario",
        recuperacion="Por período",
        retencion_anios=5,
        disposicion="Archivo Nacional",
    )
}
ACTA = Instancia("RG-SGC-05", "2026", "", date(2027, 1, 10), "Acta", "", "registros/RG-SGC-05/2026/001")


def test_lo_que_el_procedimiento_calla_lo_dice_la_serie() -> None:
    pedido = PedidoRegistro("PR-GT-01", "RG-SGC-05", responsable="gt", retencion="10 años")
    (fila,) = conciliar([pedido], SERIES, {"RG-SGC-05": [ACTA]}, "2026", nombrar=str.upper)
    assert (fila.nombre, fila.responsable, fila.retencion) == ("Revisión por la Dirección", "GT", "10 años")
    assert fila.almacenamiento == "Carpeta del servicio"
    assert (fila.presentes, fila.falta, fila.sin_definir) == ((ACTA,), (), ())


def test_falta_si_no_hay_ninguno_del_periodo() -> None:
    pedido = PedidoRegistro("PR-GT-01", "RG-SGC-05")
    (fila,) = conciliar([pedido], SERIES, {"RG-SGC-05": [ACTA]}, "2025")
    assert fila.presentes == ()
    assert fila.falta == ("ningún registro del período 2025",)
    (sin_periodo,) = conciliar([pedido], SERIES, {})
    assert sin_periodo.falta == ("ningún registro archivado",)


def test_sin_codigo_se_busca_por_nombre_sin_mirar_tildes() -> None:
    (fila,) = conciliar(
        [PedidoRegistro("PR-GT-01", "", "revision por  la direccion")], SERIES, {"RG-SGC-05": [ACTA]}, "2026"
    )
    assert (fila.codigo, fila.falta) == ("RG-SGC-05", ())


def test_fuera_del_catalogo_se_nombra_lo_que_nadie_define() -> None:
    (fila,) = conciliar([PedidoRegistro("PR-GT-01", "RG-X-01", "Otro", responsable="gt")], SERIES, {})
    assert fila.sin_definir == (
        "serie",
        "almacenamiento",
        "proteccion",
        "recuperacion",
        "retencion",
        "disposicion",
    )
    (sin_nada,) = conciliar([PedidoRegistro("PR-GT-01", "", "Sin código")], SERIES, {})
    assert "catálogo" in sin_nada.falta[0]


def test_dos_procedimientos_que_piden_lo_mismo_son_dos_filas_y_el_repetido_una() -> None:
    uno, dos = PedidoRegistro("PR-GT-01", "RG-SGC-05"), PedidoRegistro("PR-GT-02", "RG-SGC-05")
    filas = conciliar([uno, dos, uno], SERIES, {})
    assert [f.procedimiento for f in filas] == ["PR-GT-01", "PR-GT-02"]


@pytest.mark.parametrize(
    ("instancia", "periodo", "esperado"),
    [
        (Instancia("R", "2026"), "2026", True),
        (Instancia("R", "2026-03"), "2026", True),
        (Instancia("R", "2026-03"), "2026-03", True),
        (Instancia("R", "2026"), "2026-03", False),
        (Instancia("R", "20261"), "2026", False),
        (Instancia("R", "2026", fecha=date(2027, 1, 5)), "2027", False),
        (Instancia("R", fecha=date(2027, 1, 5)), "2027", True),
        (Instancia("R"), "2027", False),
        (Instancia("R", periodo="2027", cuenta_en="2026"), "2026", True),  # se escribió para el que sigue
        (Instancia("R", periodo="2027", cuenta_en="2026"), "2027", False),
        (Instancia("R"), "", True),
    ],
)
def test_de_que_periodo_es(instancia: Instancia, periodo: str, esperado: bool) -> None:
    assert del_periodo(instancia, periodo) is esperado


def test_los_pedidos_salen_de_los_datos_del_procedimiento() -> None:
    datos = [
        {"codigo": "RG-SGC-05", "nombre": " Acta ", "retencion": 5, "soporte": "papel", "disposicion": None}
    ]
    assert pedidos_de("PR-GT-01", datos) == (
        PedidoRegistro("PR-GT-01", "RG-SGC-05", "Acta", retencion="5 años", soporte="papel"),
    )


def test_la_fila_para_mostrar_trae_las_columnas() -> None:
    (fila,) = conciliar([PedidoRegistro("PR-GT-01", "RG-SGC-05")], SERIES, {"RG-SGC-05": [ACTA]}, "2026")
    mostrada = fila_conciliada(fila)
    assert (mostrada["presentes"], mostrada["ultimo"], mostrada["falta"]) == (1, date(2027, 1, 10), "")
    assert {c.clave for c in CONCILIACION} <= set(mostrada)


HOY = date(2031, 1, 1)


def fila(
    pedido: PedidoRegistro, *, serie: Serie | None = None, hay: tuple[Instancia, ...] = ()
) -> FilaRegistro:
    """La fila de un solo pedido, mirada el 01-01-2031 sin período."""
    series = {"RG-01": serie} if serie else {}
    (una,) = conciliar([pedido], series, {"RG-01": hay} if hay else {}, "", fecha=HOY)
    return una


def dice(una: FilaRegistro) -> str:
    return str(fila_conciliada(una)["observaciones"])


def test_lo_archivado_que_ningun_procedimiento_pide() -> None:
    pedida, suelta = conciliar(
        [PedidoRegistro("PR-GT-01", "RG-99")], SERIES, {"RG-SGC-05": [ACTA]}, "2026", nombrar=str.upper
    )
    assert (pedida.pedido, suelta.pedido) == (True, False)
    assert (suelta.codigo, suelta.procedimiento, suelta.responsable) == ("RG-SGC-05", "", "CALIDAD")
    assert (suelta.presentes, suelta.falta) == ((ACTA,), ())
    assert dice(suelta) == "ningún procedimiento vigente lo pide"
    assert len(conciliar([], SERIES, {"RG-SGC-05": [ACTA]}, "2025")) == 0


@pytest.mark.parametrize(
    ("pedido", "serie", "modo", "falta"),
    [
        ("", "", "archiva", True),
        ("", "referencia", "referencia", False),
        ("", "muestrea", "muestrea", False),
        ("archiva", "referencia", "archiva", True),
        ("muestrea", "archiva", "muestrea", False),
    ],
)
def test_solo_falta_lo_que_se_archiva_aqui(pedido: str, serie: str, modo: str, falta: bool) -> None:
    una = fila(
        PedidoRegistro("PR-GT-01", "RG-01", modo=pedido), serie=Serie("RG-01", "Acta", "gt", modo=serie)
    )
    assert (una.modo, bool(una.falta)) == (modo, falta)


@pytest.mark.parametrize(
    ("retencion", "periodo", "vencido"),
    [
        ("5 años", "2025", True),  # se conserva hasta el 31-12-2030
        ("5 años", "2026", False),
        ("5 años", "2025-03", True),
        ("2 años en oficina y 3 en archivo", "2025", True),
        ("permanente", "2001", False),
        ("mientras rija", "2001", False),
        ("", "2001", False),
    ],
)
def test_la_retencion_se_cuenta_desde_el_cierre_del_anio(retencion: str, periodo: str, vencido: bool) -> None:
    una = fila(PedidoRegistro("P", "RG-01", retencion=retencion), hay=(Instancia("RG-01/1", periodo),))
    assert bool(una.vencidos) is vencido
    assert ("uno con la retención cumplida" in dice(una)) is vencido


def test_lo_vencido_se_dice_aunque_no_sea_del_periodo_ni_nadie_lo_pida() -> None:
    viejo = Instancia("RG-SGC-05/2010/001", "2010")
    (una,) = conciliar([], SERIES, {"RG-SGC-05": [viejo, viejo]}, "2026", fecha=HOY)
    assert (una.presentes, una.vencidos, una.pedido) == ((), (viejo, viejo), False)
    assert dice(una) == "ningún procedimiento vigente lo pide; 2 con la retención cumplida"


def test_una_version_que_cumplio_su_plazo_no_espera_disposicion_y_se_dice_que_queda() -> None:
    plan = Instancia("PL-GT-01", "2010", version="01")
    (una,) = conciliar([], SERIES, {"RG-SGC-05": [plan]}, "2026", fecha=HOY)
    assert (una.vencidos, una.permanecen) == ((), (plan,))
    assert "uno cumplió su retención y se conserva" in dice(una)
    siempre = {"RG-SGC-05": SERIES["RG-SGC-05"]._replace(disposicion="Conservar")}
    (una,) = conciliar([], siempre, {"RG-SGC-05": [plan._replace(version="")]}, "2026", fecha=HOY)
    assert (una.vencidos, len(una.permanecen)) == ((), 1)


def test_sin_atributos_se_dice_cuales() -> None:
    serie = Serie("RG-01", "Acta", "gt", almacenamiento="red", proteccion="clave", disposicion="eliminar")
    una = fila(PedidoRegistro("P", "RG-01"), serie=serie, hay=(Instancia("RG-01/1", "2030"),))
    assert dice(una) == "sin recuperación, retención"


def test_el_catalogo_y_el_procedimiento_dicen_otra_retencion() -> None:
    serie = Serie("RG-01", "Acta", "gt", retencion_anios=5)
    assert fila(PedidoRegistro("P", "RG-01", retencion="7 años"), serie=serie).catalogo_difiere == (
        "retencion",
    )
    assert fila(PedidoRegistro("P", "RG-01", retencion="2 y 3"), serie=serie).catalogo_difiere == ()
    assert fila(PedidoRegistro("P", "RG-01"), serie=serie).catalogo_difiere == ()
