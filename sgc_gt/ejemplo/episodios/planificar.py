"""Febrero y marzo: Diagnóstico, Plan y Programa, aprobados y visados."""

from __future__ import annotations

from sgc_gt.dominio.ficha import Observacion
from sgc_gt.ejemplo.evidencia import pdf
from sgc_gt.ejemplo.guion import Guion, datos
from sgc_gt.ordenes.circuito import Termino, devolver
from sgc_gt.ordenes.crear import Nuevo, crear
from sgc_gt.ordenes.generar import generar
from sgc_gt.ordenes.pedido import Peticion


def diagnostico(g: Guion) -> None:
    g.reloj.dia(2, 3)
    crear(
        g.como("cdoc"),
        Nuevo("diagnostico", "Diagnóstico de perspectiva territorial"),
        Peticion(),
        datos=datos("diagnostico"),
    )
    g.circuito(["RG-GT-01"], "egt", "ecal")
    g.remitir(["RG-GT-01"], "88")
    g.reloj.dia(2, 20)
    g.visar(["RG-GT-01"], "231", "88")
    g.emitir(["RG-GT-01"])


def plan_observado(g: Guion) -> None:
    g.reloj.dia(3, 3)
    crear(
        g.como("cdoc"),
        Nuevo("plan", "Plan de perspectiva territorial"),
        Peticion(),
        datos=datos("plan_observado"),
    )
    crear(g.como("cdoc"), Nuevo("programa", "Programa de Trabajo"), Peticion(), datos=datos("programa"))
    g.circuito(["PL-GT-01", "PG-GT-01"], "egt", "ecal")
    g.remitir(["PL-GT-01", "PG-GT-01"], "102")
    fecha = g.reloj.dia(3, 14)
    oficio = pdf("of-ord-B.pdf", "Of. Ord. B", "Se observa el Plan en dos puntos.")
    devolver(
        g.como("cdoc"),
        ["PL-GT-01"],
        Peticion(
            oficio="Ord. B",
            fecha_oficio=fecha,
            responde="102",
            adjuntos=(oficio,),
            observaciones=(
                Observacion("El indicador IND-05 no dice con qué se verifica.", "Indicadores de desempeño"),
                Observacion("Precisar la mitigación de las variables externas.", "Variables externas"),
            ),
        ),
        termino=Termino(10, fecha),
    )
    g.archivar("RG-GT-10", "Observaciones al Plan", oficio, con=datos("oficio_recibido_observado"))


def anexos(g: Guion) -> None:
    """El diseño lógico y las fichas de indicadores, que acompañan al Plan."""
    g.reloj.dia(3, 17)
    for tipo, titulo in (
        ("diseno_logico", "Diseño lógico del sistema de información"),
        ("ficha_indicadores", "Fichas de indicadores de desempeño"),
    ):
        codigo = crear(g.como("cdoc"), Nuevo(tipo, titulo), Peticion(), datos=datos(tipo)).codigo
        g.circuito([codigo], "egt", "ecal")
        g.emitir([codigo])


def plan_visado(g: Guion) -> None:
    g.reloj.dia(3, 18)
    generar(g.como("egt"), "PL-GT-01", Peticion(), datos("plan"), descartar_edicion=False)
    g.circuito(
        ["PL-GT-01"],
        "egt",
        "ecal",
        respuestas={
            "6.1": "Se agregó el medio de verificación de IND-05.",
            "6.2": "Se precisó la mitigación de cada variable externa.",
        },
    )
    g.remitir(["PL-GT-01"], "118")
    g.reloj.dia(3, 28)
    g.visar(["PL-GT-01"], "Ord. C", "118")
    g.visar(["PG-GT-01"], "Ord. C", "102")
    g.emitir(["PL-GT-01", "PG-GT-01"])
