"""Un defecto plantado en un servicio bueno vuelve alerta la evidencia que lo mira, y solo porque está."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from sgc_gt.consultas.auditoria import auditar_en, materia_de, norma_de
from sgc_gt.contexto import Contexto, Persona
from sgc_gt.dominio.auditoria import CON_ALERTAS
from sgc_gt.dominio.normas import Clausula, Norma
from sgc_gt.reglas.evidencias.catalogo import CATALOGO
from sgc_gt.reglas.evidencias.materia import Materia, Visto

CORTE = date(2024, 12, 31)


@pytest.fixture(scope="session")
def materia(anio: Path) -> Materia:
    """El año de demostración al 31-12-2024, reunido una vez."""
    ctx = Contexto(anio, lambda: datetime(2025, 3, 10, 12, tzinfo=UTC), Persona(""))
    vista = ctx.vista()
    return materia_de(vista, CORTE, norma_de(vista, "2015"))


def en_version(m: Materia, codigo: str, version: str, **cambio: Any) -> Materia:
    """La materia con una versión de un documento cambiada."""

    def tocar(d: Visto) -> Visto:
        if d.codigo != codigo:
            return d
        versiones = tuple(v._replace(**cambio) if v.version == version else v for v in d.situacion.versiones)
        return d._replace(situacion=d.situacion._replace(versiones=versiones))

    return m._replace(documentos=tuple(map(tocar, m.documentos)))


def en_series(m: Materia, **cambio: Any) -> Materia:
    series = {c: s._replace(**cambio) for c, s in m.servicio.series.items()}
    return m._replace(servicio=m.servicio._replace(series=series))


def en_acta(m: Materia, parte: str, valor: Any) -> Materia:
    """La última acta de la dirección dice otra cosa en esa parte."""
    ultima = m.sesiones[-1]
    return m._replace(sesiones=(*m.sesiones[:-1], ultima._replace(datos={**ultima.datos, parte: valor})))


def sin_papel(m: Materia) -> Materia:
    """Alguien aprobó por otro sin respaldo."""

    def tocar(d: Visto) -> Visto:
        actos = tuple(
            x._replace(origen="registrado_sin_respaldo") if x.acto == "aprobar" else x for x in d.ficha.actos
        )
        return d._replace(ficha=d.ficha._replace(actos=actos))

    return m._replace(documentos=tuple(map(tocar, m.documentos)))


DEFECTOS: tuple[tuple[str, str, tuple[str, ...], Callable[[Materia], Materia], str], ...] = (
    (
        "4.2.3", "procedimiento_de_control", (),
        lambda m: m._replace(servicio=m.servicio._replace(norma="ISO 9001:2008")), "reglas anteriores",
    ),
    ("4.2.3 a)", "aprobacion", (), lambda m: en_version(m, "PR-FOM-03", "02", firmas=()), "nadie la aprobó"),
    (
        "4.2.3 a)", "aprobacion", (),
        lambda m: en_version(m, "PR-GT-01", "02", estado="aprobado", firmas=m.documentos[0].ficha.actos[:1]),
        "todavía no se pone en vigencia",
    ),
    ("4.2.3 b)", "revision_periodica", (), lambda m: m._replace(fecha=date(2030, 1, 1)), "la revisión venció"),
    ("4.2.3 c)", "cambios", (), lambda m: en_version(m, "PR-FOM-03", "02", motivo=" "), "no dice qué cambió"),
    ("4.2.3 d)", "version_vigente", (), lambda m: m._replace(archivos=frozenset()), "no está en su carpeta"),
    (
        "4.2.3 e)", "identificacion", (),
        lambda m: en_version(m, "PR-FOM-03", "02", archivo="procedimiento final.docx"), "no lleva código y versión",
    ),
    (
        "4.2.3 f)", "externos", (),
        lambda m: m._replace(externos=(m.externos[0]._replace(vigencia_hasta=date(2024, 1, 1)),)), "rigió hasta",
    ),
    ("4.2.3 f)", "externos", (), lambda m: m._replace(fecha=date(2030, 1, 1)), "debió verificarse"),
    (
        "4.2.3 g)", "obsoletos", (),
        lambda m: m._replace(archivos=m.archivos | {"documentos/FOM/PR-FOM-03/PR-FOM-03_v01.docx"}),
        "sigue en el lugar de la vigente",
    ),
    ("4.2.4", "series", (), lambda m: en_series(m, proteccion=""), "sin definir: protección"),
    ("4.2.4", "series", (), lambda m: en_series(m, retencion_anios=None), "tiempo de retención"),
    ("7.5.2 b)", "formato", (), lambda m: en_series(m, soporte=""), "no dice su soporte"),
    ("7.5.3.1 b)", "acceso", (), lambda m: en_series(m, acceso=""), "no dice quién puede verlo"),
    ("7.5.3.1 b)", "movimientos", (), sin_papel, "sin respaldo"),
    ("5.6.1", "revision_direccion", (), lambda m: m._replace(fecha=date(2030, 1, 1)), "la siguiente debió hacerse"),
    ("5.6.2 a)", "entradas_revision", ("auditorias", "mejora"),
     lambda m: en_acta(m, "entradas", {"mejora": m.sesiones[-1].datos["entradas"]["mejora"]}), "no la respondió"),
    ("5.6.3 c)", "salidas_revision", ("recursos",),
     lambda m: en_acta(m, "decisiones", [{"id": "D1", "tipo": "recursos", "decision": "Comprar"}]),
     "no dice responsable ni plazo"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("numero", "evidencia", "datos", "plantar", "dice"), DEFECTOS, ids=[f"{d[0]} {d[4]}" for d in DEFECTOS]
)
def test_el_defecto_se_ve(
    materia: Materia,
    numero: str,
    evidencia: str,
    datos: tuple[str, ...],
    plantar: Callable[[Materia], Materia],
    dice: str,
) -> None:
    norma = Norma("Prueba", "vigente", (Clausula(numero, "t", "p", (evidencia,), datos),))
    [antes] = auditar_en(materia, norma).clausulas
    [despues] = auditar_en(plantar(materia), norma).clausulas
    assert antes.estado != CON_ALERTAS, antes
    assert despues.estado == CON_ALERTAS, despues
    assert any(dice in p.alerta for r in despues.respuestas for p in r.alertas), despues


def test_lo_firmado_se_dice_con_su_clave(materia: Materia) -> None:
    d = next(d for d in materia.documentos if d.codigo == "PR-GT-01")
    v = d.situacion.versiones[0]
    firmas = tuple(f._replace(firma="SHA256:abc") if f.acto == "aprobar" else f for f in v.firmas)
    respuesta = CATALOGO["aprobacion"](en_version(materia, "PR-GT-01", v.version, firmas=firmas), ())
    [prueba] = [p for p in respuesta.pruebas if p.documento == "PR-GT-01"]
    assert "(por la persona, firmado con la clave SHA256:abc)" in prueba.dice


def test_sin_nada_que_mostrar_no_hay_verde(materia: Materia) -> None:
    vacia = materia._replace(
        documentos=(), registros=(), externos=(), pedidos=(), sesiones=(), menciones={},
        servicio=materia.servicio._replace(series={}, roles={}),
    )  # fmt: skip
    una_por_evidencia = tuple(Clausula(e, "t", "p", (e,), ("auditorias", "recursos")) for e in CATALOGO)
    estados = {
        c.clausula.numero: c.estado
        for c in auditar_en(vacia, Norma("X", "vigente", una_por_evidencia)).clausulas
    }
    assert {e: s for e, s in estados.items() if s != "sin_evidencia"} == {
        "obsoletos": "no_aplica",
        "retencion": "no_aplica",
    }


@pytest.mark.parametrize("valor", [None, "x", 3, [], ["x"], {}, {"x": "y"}])
def test_un_acta_con_otros_datos_se_lee_hasta_donde_se_puede(materia: Materia, valor: Any) -> None:
    for parte in ("preside", "asistentes", "entradas", "resultados_gt", "decisiones"):
        rara = en_acta(materia, parte, valor)
        for evidencia in ("revision_direccion", "entradas_revision", "salidas_revision", "mediciones"):
            respuesta = CATALOGO[evidencia](rara, ("auditorias", "recursos"))
            assert respuesta.resumen
            assert respuesta.estado != "con_evidencia" or respuesta.pruebas
