"""La etapa 6.2.5: qué se debe por cada producto y hasta dónde va, a partir de hechos y compromisos."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mini_docx import mini_docx

from sgc_gt.dominio.estandarizacion import (
    ESTADOS,
    Compromiso,
    Documento,
    FilaEstandarizacion,
    Producto,
    a_fila,
    compromisos_de,
    en_palabras,
    inicio_del_periodo,
    productos_de,
    resumen,
    seguimiento,
)
from sgc_gt.dominio.estandarizacion_word import compromisos_en, leer_mes
from sgc_gt.dominio.ficha import Movimiento
from sgc_gt.dominio.situacion import Situacion, Version
from sgc_gt.word.extraer import forma_normal

DIAGNOSTICO = date(2026, 2, 20)
HOY = date(2026, 8, 1)
PE1 = Producto("PE1", "Subsidio", en_sgc=True, clase="profundiza")
PE4 = Producto("PE4", "Ventanilla", en_sgc=False, clase="incorpora")
PE5 = Producto("PE5", "Certificado", en_sgc=True, clase="no_es_posible")


def acto(fecha: date, *, n: int = 1, hora: str = "09:00") -> Movimiento:
    registrado = f"{fecha.isoformat()}T{hora}:00-03:00"
    return Movimiento(n, "emitir", "01", fecha, registrado, "a@s.cl", "cdoc", "a@s.cl", "por_la_persona")


DESDE = acto(DIAGNOSTICO)


def version(
    numero: str, estado: str, desde: date | None = None, *, abierta: date = DIAGNOSTICO, hora: str = "12:00"
) -> Version:
    """Una versión emitida si `desde`; en trabajo si no."""
    emision = acto(desde, hora=hora) if desde else None
    return Version(
        numero, estado, abierta, f"Título {numero}", "normal", emision=emision, vigente_desde=desde
    )


def documento(*versiones: Version, **productos: str) -> Documento:
    """`productos`: v02="PE1" dice que la versión 02 se abrió por PE1."""
    marcas = {v.removeprefix("v"): (p,) for v, p in productos.items()}
    return Documento(Situacion("PR", "documento", versiones, None, None), marcas)


def filas(
    productos: list[Producto], planes: list[Compromiso], **documentos: Documento
) -> list[FilaEstandarizacion]:
    hechos = {codigo.replace("_", "-"): d for codigo, d in documentos.items()}
    return list(seguimiento(productos, planes, hechos, DESDE, HOY))


MARZO, MAYO, ENERO = date(2026, 3, 10), date(2026, 5, 2), date(2026, 1, 10)
VIEJA = version("01", "vigente", ENERO, abierta=ENERO)


def test_un_producto_que_nadie_asigno_es_la_alerta() -> None:
    dentro, fuera = filas([PE1, PE4, PE5], [])
    assert (dentro.producto, dentro.accion, dentro.requisito, dentro.alerta) == (
        "PE1",
        "modificar",
        "EST-1",
        "N-34",
    )
    assert (fuera.producto, fuera.accion, fuera.requisito, fuera.alerta) == ("PE4", "crear", "EST-2", "N-34")
    assert (dentro.fuera_de_alcance, fuera.fuera_de_alcance) == (False, True)
    assert en_palabras(dentro) == "Sin procedimiento asignado (N-34)"


def test_el_alcance_lo_decide_el_producto_y_no_si_el_documento_es_nuevo() -> None:
    planes = [Compromiso("PE1", "crear", "IN-FOM-01"), Compromiso("PE4", "modificar", "PR-ATC-01")]
    planes.append(Compromiso("PE9", "crear", "PR-ATC-02"))  # el Diagnóstico no lo tiene
    vistas = {f.producto: (f.accion, f.requisito, f.fuera_de_alcance) for f in filas([PE1, PE4], planes)}
    assert vistas == {
        "PE1": ("crear", "EST-1", False),
        "PE4": ("modificar", "EST-2", True),
        "PE9": ("crear", "EST-2", True),
    }


@pytest.mark.parametrize(
    ("doc", "estado", "numero"),
    [
        (None, "no_iniciado", ""),
        (documento(VIEJA), "no_iniciado", ""),
        (documento(VIEJA, version("02", "borrador")), "borrador", "02"),
        (documento(VIEJA, version("02", "en_revision")), "en_circuito", "02"),
        (documento(VIEJA, version("02", "visado")), "en_circuito", "02"),
        (documento(VIEJA, version("02", "emitido", date(2026, 9, 1))), "por_regir", "02"),
        (documento(version("01", "obsoleto", ENERO), version("02", "vigente", MARZO)), "cumplido", "02"),
        (documento(version("02", "obsoleto", MARZO), version("03", "vigente", MAYO)), "cumplido", "02"),
        (documento(version("02", "vigente", MARZO), version("03", "borrador")), "cumplido", "02"),
        (documento(version("02", "obsoleto", MARZO)), "no_iniciado", ""),  # se dejó sin efecto
        (documento(VIEJA, version("02", "descartado")), "no_iniciado", ""),
    ],
)
def test_hasta_donde_va_una_modificacion(doc: Documento | None, estado: str, numero: str) -> None:
    plan = Compromiso("PE1", "modificar", "PR-FOM-03", responsable="cr1", plazo=date(2026, 6, 30))
    [fila] = filas([PE1], [plan], **({"PR_FOM_03": doc} if doc else {}))
    assert (fila.estado, fila.version, fila.responsable) == (estado, numero, "cr1")
    assert fila.atrasado is (estado != "cumplido")
    assert fila.alerta == ""


def test_lo_que_comenzo_a_regir_el_mismo_dia_cuenta_si_se_emitio_despues() -> None:
    plan = Compromiso("PE1", "modificar", "PR-01")
    for hora, estado in (("08:00", "no_iniciado"), ("10:00", "cumplido")):
        [fila] = filas([PE1], [plan], PR_01=documento(version("02", "vigente", DIAGNOSTICO, hora=hora)))
        assert fila.estado == estado, hora


def test_crear_lo_cumple_un_procedimiento_vigente_aunque_sea_de_antes() -> None:
    """El producto fuera del SGC ya tiene su procedimiento: al año siguiente no hay que crear otro."""
    plan = Compromiso("PE4", "crear", "PR-ATC-01")
    [fila] = filas([PE4], [plan], PR_ATC_01=documento(VIEJA))
    assert (fila.estado, fila.version, fila.requisito) == ("cumplido", "01", "EST-2")


def test_un_compromiso_sin_codigo_lo_toma_lo_que_se_abrio_por_el() -> None:
    plan = Compromiso("PE4", "crear", titulo="Atención en ruta", responsable="cr5", plazo=date(2026, 10, 31))
    [solo] = filas([PE4], [plan])
    assert (solo.documento, solo.titulo, solo.estado, solo.alerta) == (
        "",
        "Atención en ruta",
        "no_iniciado",
        "",
    )
    [hecho] = filas([PE4], [plan], PR_ATC_01=documento(version("01", "borrador", abierta=MARZO), v01="PE4"))
    assert (hecho.documento, hecho.estado, hecho.enlace, hecho.responsable) == (
        "PR-ATC-01",
        "borrador",
        "ambos",
        "cr5",
    )


def test_lo_abierto_por_un_producto_cuenta_sin_estar_comprometido() -> None:
    [fila] = filas(
        [PE1], [], PR_FOM_03=documento(VIEJA, version("02", "en_revision", abierta=MARZO), v02="PE1")
    )
    assert (fila.documento, fila.accion, fila.estado, fila.enlace) == (
        "PR-FOM-03",
        "modificar",
        "en_circuito",
        "hecho",
    )
    [abierto_antes] = filas([PE1], [], PR_X=documento(version("01", "obsoleto", abierta=ENERO), v01="PE1"))
    assert abierto_antes.alerta == "N-34", "lo que se abrió por un Diagnóstico anterior y ya no rige"
    [descartado] = filas(
        [PE1], [], PR_X=documento(VIEJA, version("02", "descartado", abierta=MARZO), v02="PE1")
    )
    assert descartado.alerta == "N-34"


def test_modificar_sin_decir_cual_sigue_sin_procedimiento() -> None:
    [fila] = filas([PE1], [Compromiso("PE1", "modificar", responsable="cr1", plazo=MAYO)])
    assert (fila.alerta, fila.atrasado, fila.responsable) == ("N-34", True, "cr1")


def test_un_producto_con_dos_documentos_y_uno_que_el_diagnostico_no_pide() -> None:
    planes = [
        Compromiso(p, "modificar", d) for p, d in (("PE5", "PR-09"), ("PE1", "PR-01"), ("PE1", "PR-02"))
    ]
    assert [(f.producto, f.documento, f.en_diagnostico) for f in filas([PE1, PE5], planes)] == [
        ("PE1", "PR-01", True),
        ("PE1", "PR-02", True),
        ("PE5", "PR-09", False),
    ]


def test_corregir_el_diagnostico_en_el_anio_no_deshace_lo_cumplido() -> None:
    corregido = version("02", "vigente", date(2026, 6, 1))
    s = Situacion("RG-GT-01", "documento", (version("01", "obsoleto", DIAGNOSTICO), corregido), None, None)
    inicio = inicio_del_periodo(s)
    assert inicio is not None
    assert inicio.fecha == DIAGNOSTICO
    siguiente = s._replace(versiones=(*s.versiones[:1], version("02", "vigente", date(2027, 2, 1))))
    otro = inicio_del_periodo(siguiente)
    assert otro is not None
    assert otro.fecha == date(2027, 2, 1)
    assert inicio_del_periodo(s._replace(versiones=())) is None


def test_lo_que_se_lee_de_los_datos() -> None:
    datos: dict[str, Any] = {
        "productos": [
            {"id": "PE1", "nombre": "Subsidio", "en_sgc": True, "clase": "profundiza"},
            {"nombre": "x"},
        ],
        "estandarizacion": [
            {
                "producto": "PE1",
                "accion": "modificar",
                "documento": "pr-fom-03",
                "responsable": "cr1",
                "plazo_mes": 2,
            },
            {"producto": "PE4", "accion": "crear", "responsable": "cr5", "plazo_mes": 12, "plazo_anio": 2027},
        ],
    }
    assert productos_de(datos) == (PE1,)
    assert compromisos_de(datos, 2028) == (
        Compromiso("PE1", "modificar", "PR-FOM-03", "", "cr1", date(2028, 2, 29)),
        Compromiso("PE4", "crear", "", "", "cr5", date(2027, 12, 31)),
    )
    assert productos_de({}) == compromisos_de({}, 2026) == ()


def test_el_resumen_cuenta_en_palabras() -> None:
    planes = [Compromiso("PE4", "crear", plazo=MAYO), Compromiso("PE4", "crear", plazo=MAYO)]
    assert resumen(filas([PE1, PE4], planes)) == "1 sin procedimiento asignado, 2 no iniciados, 2 atrasados"
    assert resumen([]) == ""


CODIGOS = ["PR-01", "PR-02", "PR-03"]
ESTADO_DE_VERSION = st.sampled_from(
    ["borrador", "en_revision", "vigente", "obsoleto", "emitido", "descartado"]
)


@settings(deadline=None)
@given(st.data())
def test_ningun_producto_que_lo_pide_se_pierde(data: st.DataObject) -> None:
    """Cada producto con perspectiva territorial y cada compromiso tienen su fila; la alerta, solo sin documento."""
    clases = ["incorpora", "profundiza", "solo_desagrega"]
    productos = [
        Producto(f"PE{n}", "", data.draw(st.booleans()), data.draw(st.sampled_from(clases)))
        for n in range(1, 4)
    ]
    planes = data.draw(
        st.lists(
            st.builds(
                Compromiso,
                st.sampled_from(["PE1", "PE2", "PE9"]),
                st.sampled_from(["modificar", "crear"]),
                st.sampled_from(["", *CODIGOS]),
            ),
            max_size=4,
        )
    )
    hechos = {}
    for codigo in data.draw(st.sets(st.sampled_from(CODIGOS))):
        estado = data.draw(ESTADO_DE_VERSION)
        desde = (
            DIAGNOSTICO + timedelta(data.draw(st.integers(-40, 40)))
            if estado in ("vigente", "obsoleto")
            else None
        )
        marca = data.draw(st.sampled_from(["PE1", "PE2", "PE3"]))
        hechos[codigo] = documento(version("01", estado, desde, abierta=MARZO), v01=marca)
    todas = seguimiento(productos, planes, hechos, DESDE, HOY)
    piden = {p.id for p in productos if p.clase != "solo_desagrega"}
    assert piden | {c.producto for c in planes} == {f.producto for f in todas}
    assert all(f.estado in ESTADOS and (f.alerta == "" or not f.documento) for f in todas)
    assert {f.documento for f in todas if f.documento} >= {c.documento for c in planes if c.documento}
    assert len(todas) >= len(planes)


@pytest.mark.parametrize(
    ("texto", "mes"),
    [
        ("junio de 2026", date(2026, 6, 30)),
        ("Febrero 2028", date(2028, 2, 29)),
        ("octubre", date(2025, 10, 31)),
        ("30-06-2026", date(2026, 6, 30)),
        ("15/12/2026", date(2026, 12, 31)),
        ("Pendiente", None),
        ("45-13-2026", None),
        ("", None),
    ],
)
def test_un_plazo_escrito_en_word(texto: str, mes: date | None) -> None:
    assert leer_mes(texto, 2025) == mes


def test_los_compromisos_escritos_en_word() -> None:
    guion = (
        "T1 Hitos / tabla Producto|Plazo;PE9|mayo / T1 Estandarización (etapa 6.2.5) / p x / tabla "
        "Producto|Acción|Procedimiento|Responsable|Plazo;"
        "PE1|Modificar|PR-FOM-03 Subsidios|Jefatura|junio de 2026;"
        "PE4|Crear, fuera del alcance de certificación|Atención en ruta|Jefatura|octubre;PE2||Por definir||;|x|||"
    )
    assert compromisos_en(forma_normal(mini_docx(guion)), 2026) == (
        Compromiso("PE1", "modificar", "PR-FOM-03", "Subsidios", "Jefatura", date(2026, 6, 30)),
        Compromiso("PE4", "crear", "", "Atención en ruta", "Jefatura", date(2026, 10, 31)),
        Compromiso("PE2", ""),
    )
    assert compromisos_en(forma_normal(mini_docx("T1 Hitos / p x")), 2026) is None
    assert compromisos_en(forma_normal(mini_docx("T1 Estandarización / p No hay.")), 2026) == ()


def test_dos_filas_del_mismo_producto_se_distinguen_por_su_documento_o_su_titulo() -> None:
    planes = [Compromiso("PE4", "crear", titulo=t) for t in ("Atención en ruta", "Agenda de la ventanilla")]
    nace = documento(version("01", "borrador"), v01="PE4")
    cambia = documento(VIEJA, version("02", "borrador"), v02="PE4")
    vistas = [a_fila(f) for f in filas([PE4], planes, PR_GT_09=cambia)]
    assert [(f["documento"], f["estado"]) for f in vistas] == [
        ("«Atención en ruta»", "No iniciado"),
        ("«Agenda de la ventanilla»", "No iniciado"),
        ("PR-GT-09", "Borrador, no está en el Programa"),
    ]
    primera, segunda = (a_fila(f) for f in filas([PE4], planes, PR_GT_10=nace))
    assert (primera["documento"], segunda["documento"]) == ("PR-GT-10", "«Agenda de la ventanilla»")
