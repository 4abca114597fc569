"""La huella de las reglas cambia cuando cambia una regla, y solo entonces; y el texto, con ella."""

import random
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reglas_servicios import servicio

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.codigos import FormatoVersion, Mascara
from sgc_gt.dominio.organizacion import Persona
from sgc_gt.dominio.servicio import Excepcion, PasoCircuito, ReglaDistribucion, Servicio
from sgc_gt.reglas.control_documental import datos_del_procedimiento, huella_de_reglas

BASE = servicio()


def _tipo(**cambios: Any) -> Servicio:
    tipo = BASE.tipos["procedimiento"]._replace(**cambios)
    return BASE._replace(tipos={**BASE.tipos, "procedimiento": tipo})


def _serie(codigo: str, **cambios: Any) -> Servicio:
    return BASE._replace(series={**BASE.series, codigo: BASE.series[codigo]._replace(**cambios)})


def _cargo(clave: str, **cambios: Any) -> Servicio:
    return BASE._replace(cargos={**BASE.cargos, clave: BASE.cargos[clave]._replace(**cambios)})


def _paso(numero: int, **cambios: Any) -> Servicio:
    pasos = list(BASE.circuitos["normal"])
    pasos[numero] = pasos[numero]._replace(**cambios)
    return BASE._replace(circuitos={**BASE.circuitos, "normal": tuple(pasos)})


CAMBIAN = {
    "un paso más": BASE._replace(
        circuitos={
            **BASE.circuitos,
            "normal": (PasoCircuito("revisar", "revisor_juridico"), *BASE.circuitos["normal"]),
        }
    ),
    "quién cumple un paso": _paso(0, rol="auditor"),
    "cuántas personas": _paso(0, cuantos=2),
    "de quién es distinto": _paso(0, distinto_de=()),
    "respaldo de un paso": _paso(1, evidencia=("resolucion",)),
    "fuente de un paso": _paso(1, fuente="norma"),
    "circuito de un tipo": _tipo(circuito="con_visacion"),
    "circuito menor de un tipo": _tipo(circuito_menor=""),
    "aprobación de un tipo": _tipo(aprobacion=("resolucion",)),
    "revisión de un tipo": _tipo(revision_meses=36),
    "conservación de un tipo": _tipo(retencion_anios=10),
    "nombre de un tipo": _tipo(nombre="Procedimiento documentado"),
    "máscara": BASE._replace(mascara=Mascara("{area}-{tipo}-{nn}")),
    "ancho del correlativo": BASE._replace(mascara=Mascara("{tipo}-{area}-{nnn}")),
    "primera versión": BASE._replace(formato=FormatoVersion(primera=0)),
    "ancho de la versión": BASE._replace(formato=FormatoVersion(ancho=1)),
    "separador de la menor": BASE._replace(formato=FormatoVersion(separador_menor="_")),
    "área nueva": BASE._replace(areas={**BASE.areas, "FOM": "Fomento"}),
    "un papel": BASE._replace(roles={**BASE.roles, "control_documental": ("ecal",)}),
    "orden en un papel": BASE._replace(
        roles={**BASE.roles, "miembro_comite": ("egt", "subjefatura", "ecal")}
    ),
    "un papel propio": BASE._replace(roles={**BASE.roles, "revisor_ti": ("aud",)}),
    "nombre de un cargo": _cargo("cdoc", nombre="Gestor/a Documental"),
    "subrogantes": _cargo("jefatura", subrogantes=("subjefatura", "ecal")),
    "orden de subrogancia": _cargo("jefatura", subrogantes=("ecal", "subjefatura")),
    "regiones": servicio(regiones=["15", "01"]),
    "firmas": BASE._replace(firmas_exigidas=True),
    "a quiénes llega": BASE._replace(distribucion=(ReglaDistribucion(("todas",)),)),
    "plazo para conocer": BASE._replace(plazo_conocimiento=5),
    "excepción": BASE._replace(excepciones=(Excepcion("PR-GT-01", "segregacion", "Equipo chico"),)),
    "retención de una serie": _serie("RG-GT-06", retencion_anios=7),
    "retención sin definir": _serie("RG-GT-06", retencion_anios=None),
    "base legal de una serie": _serie("RG-GT-06", base_legal=""),
    "disposición de una serie": _serie("RG-GT-06", disposicion="conservar"),
    "responsable de una serie": _serie("RG-GT-06", responsable="control_documental"),
    "acceso a una serie": _serie("RG-GT-06", acceso="publico"),
    "almacenamiento de una serie propia": _serie("RG-SGC-02", almacenamiento="Bóveda"),
    "una serie menos": BASE._replace(series={k: v for k, v in BASE.series.items() if k != "RG-GT-06"}),
    "norma": BASE._replace(norma="ISO 9001:2008"),
    "nombre del servicio": BASE._replace(nombre="Servicio de Otro Ejemplo"),
    "comité": BASE._replace(comite="Equipo de la Calidad"),
    "leyenda": BASE._replace(leyenda="Copia informativa"),
    "sin gestión territorial": servicio(paquetes=["sgc"]),
}

NO_CAMBIAN = {
    "llega una persona": BASE._replace(
        personas=(*BASE.personas, Persona("otra@ejemplo.cl", "ecal", date(2026, 1, 5)))
    ),
    "se va una persona": BASE._replace(
        personas=tuple(p._replace(hasta=date(2026, 6, 30), nombre="Otro nombre") for p in BASE.personas)
    ),
    "nadie": BASE._replace(personas=()),
    "circuito que nadie usa": BASE._replace(
        circuitos={**BASE.circuitos, "reserva": (PasoCircuito("aprobar", "aprueba"),)}
    ),
    "protección de una serie ajena": _serie("RG-GT-06", proteccion="bóveda"),
    "zona horaria": BASE._replace(zona_horaria="Pacific/Easter"),
    "revisión de un registro": BASE._replace(
        tipos={
            **BASE.tipos,
            "revision_direccion": BASE.tipos["revision_direccion"]._replace(revision_meses=7),
        }
    ),
}


@pytest.mark.parametrize("cual", CAMBIAN)
def test_cambia_con_cada_regla_y_el_texto_tambien(cual: str) -> None:
    assert huella_de_reglas(CAMBIAN[cual]) != huella_de_reglas(BASE)
    assert datos_del_procedimiento(CAMBIAN[cual]) != datos_del_procedimiento(BASE)


@pytest.mark.parametrize("cual", NO_CAMBIAN)
def test_no_cambia_con_lo_que_el_procedimiento_no_dice(cual: str) -> None:
    assert huella_de_reglas(NO_CAMBIAN[cual]) == huella_de_reglas(BASE)
    assert datos_del_procedimiento(NO_CAMBIAN[cual]) == datos_del_procedimiento(BASE)


def test_dos_reglas_distintas_no_comparten_huella() -> None:
    assert len({huella_de_reglas(s) for s in [BASE, *CAMBIAN.values()]}) == len(CAMBIAN) + 1


def test_tiene_la_forma_de_una_huella() -> None:
    assert re.fullmatch(r"1:[0-9a-f]{64}", huella_de_reglas(BASE))


@given(st.randoms(use_true_random=False))
def test_no_depende_del_orden_en_que_se_escribieron_las_claves(azar: random.Random) -> None:
    otro = BASE._replace(**{campo: _barajar(azar, getattr(BASE, campo)) for campo in _MAPAS})
    assert huella_de_reglas(otro) == huella_de_reglas(BASE)
    assert datos_del_procedimiento(otro) == datos_del_procedimiento(BASE)


_MAPAS = ("areas", "cargos", "roles", "circuitos", "tipos", "series")


def _barajar(azar: random.Random, mapa: dict[str, Any]) -> dict[str, Any]:
    claves = list(mapa)
    azar.shuffle(claves)
    return {clave: mapa[clave] for clave in claves}


@given(st.integers(1, 600), st.integers(1, 600))
def test_dos_plazos_dan_la_misma_huella_solo_si_son_iguales(uno: int, otro: int) -> None:
    assert (huella_de_reglas(_tipo(revision_meses=uno)) == huella_de_reglas(_tipo(revision_meses=otro))) == (
        uno == otro
    )


def test_cambia_cuando_cambia_la_tabla_de_actos(monkeypatch: pytest.MonkeyPatch) -> None:
    antes = huella_de_reglas(BASE), datos_del_procedimiento(BASE)
    sin_descartar = tuple(a for a in tabla.TABLA if a.nombre != "descartar")
    monkeypatch.setattr(tabla, "TABLA", sin_descartar)
    assert huella_de_reglas(BASE) != antes[0]
    assert datos_del_procedimiento(BASE) != antes[1]
