"""Las filas de las listas: lo que dicen sale de los actos, a la fecha que se pida."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgc_gt.dominio.codigos import FormatoVersion, Mascara
from sgc_gt.dominio.externos import Externo
from sgc_gt.dominio.ficha import Evidencia, Ficha, Movimiento, Paso
from sgc_gt.dominio.filas import (
    EXTERNOS,
    MAESTRA,
    POR_REGIR,
    REGISTROS,
    Archivados,
    archivados_de,
    con_calidad,
    fila_externo,
    fila_maestra,
    fila_por_regir,
    fila_serie,
    lista_maestra,
    nombre_cargo,
)
from sgc_gt.dominio.organizacion import Cargo
from sgc_gt.dominio.servicio import Serie, Servicio, Tipo

RUTA = (Paso("revisar", ("calidad",)), Paso("aprobar", ("jefe",)), Paso("emitir", ("control",)))
SERVICIO = Servicio(
    nombre="Servicio de Ejemplo",
    sigla="SE",
    norma="9001:2015",
    mascara=Mascara("{tipo}-{area}-{nn}"),
    areas={"GT": "Gestión Territorial", "SGC": "Calidad"},
    formato=FormatoVersion(),
    cargos={
        "gt": Cargo("gt", "Encargado/a de Gestión Territorial"),
        "calidad": Cargo("calidad", "Encargado/a de la Calidad"),
        "jefe": Cargo("jefe", "Jefe/a de Servicio"),
        "control": Cargo("control", "Control documental"),
    },
    personas=(),
    roles={"control_documental": ("control",)},
    circuitos={},
    tipos={"procedimiento": Tipo("procedimiento", "Procedimiento", "PR", "documento", "normal")},
    series={},
)
ACTORES = {"enviar": "gt", "generar": "gt", "revisar": "calidad", "aprobar": "jefe"}


def ficha(*pasos: tuple[Any, ...], clase: str = "documento") -> Ficha:
    """Una ficha desde pasos `(acto, versión, fecha, {campos})`."""
    resultado = Ficha("PR-GT-01", "procedimiento", clase, {})
    for n, (acto, version, fecha, *resto) in enumerate(pasos, start=1):
        campos: dict[str, Any] = {"cargo": ACTORES.get(acto, "control"), **(resto[0] if resto else {})}
        resultado = resultado.con(
            Movimiento(
                n=n,
                acto=acto,
                version=version,
                fecha=fecha,
                registrado=f"{fecha}T10:00:00-03:00",
                correo=f"{campos['cargo']}@ejemplo.cl",
                registra="control@ejemplo.cl",
                origen="por_la_persona",
                **campos,
            )
        )
    return resultado


IDENTIDAD = {"titulo": "Perspectiva territorial", "area": "GT", "elabora": "otro", "aprueba": "otro"}
PRIMERA = (
    ("crear", "01", date(2026, 1, 5), {"identidad": IDENTIDAD}),
    ("generar", "01", date(2026, 1, 5)),
    ("enviar", "01", date(2026, 1, 10), {"ruta": RUTA}),
    ("revisar", "01", date(2026, 1, 12)),
    ("aprobar", "01", date(2026, 1, 20), {"calidad": "(S)"}),
    ("emitir", "01", date(2026, 1, 25), {"vigente_desde": date(2026, 2, 1)}),
)
SEGUNDA = (
    (
        "nueva-version",
        "02",
        date(2026, 3, 1),
        {"identidad": {"titulo": "Otro título", "area": "SGC"}, "cargo": "control"},
    ),
    ("enviar", "02", date(2026, 3, 2), {"ruta": RUTA, "cargo": "calidad"}),
)


def test_la_fila_dice_lo_que_los_actos_dicen() -> None:
    assert fila_maestra(SERVICIO, ficha(*PRIMERA), date(2026, 2, 1)) == {
        "codigo": "PR-GT-01",
        "titulo": "Perspectiva territorial",
        "tipo": "Procedimiento",
        "area": "Gestión Territorial",
        "version": "01",
        "fecha_aprobacion": date(2026, 1, 20),
        "vigente_desde": date(2026, 2, 1),
        "elaboro": "Encargado/a de Gestión Territorial",
        "reviso": "Encargado/a de la Calidad",
        "aprobo": "Jefe/a de Servicio (S)",
        "ubicacion": "Digital: documentos/GT/PR-GT-01",
        "proxima_revision": date(2028, 2, 1),
        "estado": "Vigente",
    }


def test_sus_claves_son_las_columnas_de_cada_lista() -> None:
    fila = fila_maestra(SERVICIO, ficha(*PRIMERA))
    assert fila is not None
    assert set(fila) == {c.clave for c in MAESTRA}
    assert set(fila_serie(SERVICIO, Serie("RG-01", "x", "gt"), Archivados())) == {c.clave for c in REGISTROS}
    assert set(fila_externo(SERVICIO, Externo("EX-01", "x", "y"))) == {c.clave for c in EXTERNOS}
    por_regir = fila_por_regir(ficha(*PRIMERA), date(2026, 1, 31))
    assert por_regir is not None
    assert set(por_regir) == {c.clave for c in POR_REGIR}


def test_antes_de_su_fecha_esta_por_regir_y_no_en_la_maestra() -> None:
    emitida, vispera = ficha(*PRIMERA), date(2026, 1, 31)
    assert fila_maestra(SERVICIO, emitida, vispera) is None
    assert fila_por_regir(emitida, vispera) == {
        "codigo": "PR-GT-01",
        "version": "01",
        "vigente_desde": date(2026, 2, 1),
    }
    assert fila_por_regir(emitida, date(2026, 2, 1)) is None


def test_un_borrador_posterior_no_cambia_la_fila_de_la_vigente() -> None:
    corte = date(2026, 4, 1)
    assert fila_maestra(SERVICIO, ficha(*PRIMERA, *SEGUNDA), corte) == fila_maestra(
        SERVICIO, ficha(*PRIMERA), corte
    )


def test_al_emitirse_cambia_titulo_area_y_quien_elaboro() -> None:
    cierre = [(a, "02", date(2026, 3, 3)) for a in ("revisar", "aprobar", "emitir")]
    fila = fila_maestra(SERVICIO, ficha(*PRIMERA, *SEGUNDA, *cierre), date(2026, 3, 3))
    assert fila is not None
    assert (fila["version"], fila["titulo"], fila["area"]) == ("02", "Otro título", "Calidad")
    assert fila["elaboro"] == "Encargado/a de la Calidad"
    assert fila["aprobo"] == "Jefe/a de Servicio"


def test_mantener_corre_la_proxima_revision() -> None:
    fila = fila_maestra(SERVICIO, ficha(*PRIMERA, ("mantener", "01", date(2026, 12, 31))))
    assert fila is not None
    assert fila["proxima_revision"] == date(2028, 12, 31)


def test_sin_efecto_sale_de_la_lista() -> None:
    anulada = ficha(*PRIMERA, ("dejar-sin-efecto", "01", date(2026, 5, 1), {"motivo": "ya no se usa"}))
    assert fila_maestra(SERVICIO, anulada, date(2026, 4, 30)) is not None
    assert fila_maestra(SERVICIO, anulada, date(2026, 5, 1)) is None


def test_un_registro_no_va_en_la_lista_maestra() -> None:
    assert fila_maestra(SERVICIO, ficha(*PRIMERA, clase="registro")) is None


def test_lo_importado_dice_que_se_aprobo_fuera() -> None:
    papel = Evidencia("resolucion", "12", date(2020, 7, 1))
    importado = ficha(
        ("importar", "04", date(2026, 1, 5), {"identidad": IDENTIDAD, "evidencia": (papel,)}),
        ("emitir", "04", date(2026, 1, 5)),
    )
    fila = fila_maestra(SERVICIO, importado)
    assert fila is not None
    assert fila["aprobo"] == "Fuera del sistema"
    assert fila["fecha_aprobacion"] == date(2020, 7, 1)


@pytest.mark.parametrize(
    ("calidad", "texto"),
    [
        ("titular", "Jefe/a"),
        ("(S)", "Jefe/a (S)"),
        ("suplente", "Jefe/a (suplente)"),
        ("delegado", "Jefe/a (delegado)"),
        ("por orden de", "por orden de Jefe/a"),
    ],
)
def test_la_calidad_se_muestra_si_no_es_titular(calidad: str, texto: str) -> None:
    assert con_calidad("Jefe/a", calidad) == texto


def test_la_serie_cuenta_sus_archivados() -> None:
    serie = Serie("RG-SGC-05", "Actas", "calidad", retencion_anios=5, acceso="reservado")
    fila = fila_serie(SERVICIO, serie, Archivados.contar([date(2026, 3, 1), date(2026, 1, 1)]))
    assert archivados_de(fila) == (2, date(2026, 3, 1))
    assert (fila["archivados"], fila["ultimo"]) == (2, date(2026, 3, 1))
    assert (fila["retencion"], fila["acceso"]) == ("5 años", "Reservado")
    assert fila["responsable"] == "Encargado/a de la Calidad"
    vacia = fila_serie(SERVICIO, serie._replace(retencion_anios=None), Archivados())
    assert (vacia["archivados"], vacia["ultimo"], vacia["retencion"]) == (0, None, "Sin definir")


DIAS = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 9))


@given(st.lists(DIAS, max_size=5), st.lists(st.tuples(st.integers(0, 6), DIAS), max_size=6))
def test_sumar_a_la_cuenta_da_lo_mismo_que_contar(
    quedan: list[date | None], pasan: list[tuple[int, date | None]]
) -> None:
    fechas = dict(enumerate(quedan))
    cuenta = Archivados.contar([d for d in fechas.values() if d])
    for cual, ahora in pasan:
        antes, fechas[cual] = fechas.get(cual), ahora
        entera = Archivados.contar([d for d in fechas.values() if d])
        sumada = cuenta.cambia(antes, ahora)
        assert sumada in (entera, None)
        assert sumada is not None or antes == cuenta.ultimo != ahora
        cuenta = entera


@pytest.mark.parametrize(
    ("id_", "nombre"),
    [
        ("jefe", "Jefe/a de Servicio"),
        ("control_documental", "Control documental"),
        ("desconocido", "desconocido"),
        ("", ""),
    ],
)
def test_un_cargo_o_un_rol_se_muestra_por_su_titulo(id_: str, nombre: str) -> None:
    assert nombre_cargo(SERVICIO, id_) == nombre


def test_la_lista_va_ordenada_por_codigo() -> None:
    tabla = lista_maestra(SERVICIO, [{"codigo": "PR-02"}, {"codigo": "PR-01"}], date(2026, 1, 1))
    assert [fila["codigo"] for fila in tabla.filas] == ["PR-01", "PR-02"]
    assert tabla.subtitulo == "Servicio de Ejemplo"
