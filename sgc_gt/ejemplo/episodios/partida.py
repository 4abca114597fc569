"""Enero: los procedimientos de partida, los documentos externos y los procesos."""

from __future__ import annotations

from typing import Any

from sgc_gt import inicial as trae
from sgc_gt.ejemplo import edicion
from sgc_gt.ejemplo.evidencia import pdf
from sgc_gt.ejemplo.guion import DIVISIONES, Guion, datos
from sgc_gt.ordenes import sistema
from sgc_gt.ordenes.crear import Nuevo, crear
from sgc_gt.ordenes.distribucion import Reparto, distribuir
from sgc_gt.ordenes.entregar import entregar
from sgc_gt.ordenes.iniciar import crear_documentos
from sgc_gt.ordenes.pedido import Peticion

EXTERNOS = (
    ("ISO 9001:2015", "ISO", "2015", "PR-GT-01"),
    (
        "Guía del procedimiento de Gestión Territorial",
        "DIPRES y SUBDERE",
        "02, diciembre de 2009",
        "PR-GT-01",
    ),
    ("Ley de Presupuestos del Sector Público", "Congreso Nacional", "{anio}", "PR-GT-01"),
    ("Estrategias Regionales de Desarrollo", "Gobiernos regionales", "vigentes", "PR-GT-01"),
    ("Guía metodológica Sistema de Gestión Territorial Integrada", "SUBDERE", "vigente", "PR-GT-01"),
    (
        "Guía para la presentación de informes de etapas PMG-Gestión Territorial",
        "SUBDERE",
        "vigente",
        "PR-GT-01",
    ),
    ("Anteproyectos Regionales de Inversiones (ARI)", "Gobiernos regionales", "{anio}", "PR-GT-01"),
    ("Programa Público de Inversión en la Región (PROPIR)", "Gobiernos regionales", "{anio}", "PR-GT-01"),
    ("Orientaciones de las Jornadas de Capacitación a Encargados GT", "SUBDERE", "{anio}", "PR-GT-01"),
    (
        "Requisitos Técnicos y Medios de Verificación, Programa Marco de la Calidad",
        "DIPRES",
        "2010",
        "PR-GT-01",
    ),
    ("Circular 28.704", "Contraloría General de la República", "1981", "PR-SGC-01"),
    ("DFL 5.200", "Ministerio de Educación", "1929", "PR-SGC-01"),
)
"""Los documentos externos que los procedimientos de la demostración citan: título, emisor, edición, quién."""


def puesta_en_marcha(g: Guion) -> None:
    g.reloj.dia(1, 6)
    crear_documentos(g.como("cdoc"), trae.documentos())
    g.circuito(["PR-SGC-01"], "cdoc", "ecal")
    g.circuito(["PR-GT-01"], "egt", "ecal")
    g.emitir(["PR-SGC-01", "PR-GT-01"])


def externos(g: Guion) -> None:
    g.reloj.dia(1, 9)
    for numero, (titulo, emisor, version, usado_por) in enumerate(EXTERNOS, start=1):
        extra: dict[str, Any] = {
            "accion": "alta",
            "id": f"EX-{numero:02}",
            "titulo": titulo,
            "emisor": emisor,
            "version": version.format(anio=g.reloj.anio),
            "verifica": "cdoc",
            "verificar_cada_meses": 6 if emisor == "ISO" else 12,
            "usado_por": [usado_por],
        }
        sistema.externo(g.como("cdoc"), Peticion(), extra)
    g.archivar(
        "RG-GT-10",
        "Instrucciones y cronograma del año",
        pdf("oficio-circular-A.pdf", "Of. Circ. A"),
        con=datos("oficio_recibido"),
    )


_ANTES_DE_LA_ETAPA = (
    ("con fechas y lugares que cada región pueda cumplir", "con un calendario para todo el país"),
    (
        "Propone fechas y lugares según el clima y la actividad de la región",
        "Difunde el calendario en su región",
    ),
    ("Programar con cada región", "Programar"),
    ("Se programa con cada región", "Se programa"),
    (
        "En el extremo sur los cursos se concentran en invierno; en Isla de Pascua hay una cohorte al año.",
        "La División fija las fechas y los lugares del año.",
    ),
    ("o en la ventanilla móvil", "o por correo"),
    ("Cursos en fechas que cada región puede cumplir", "Cursos en las fechas anunciadas"),
)
"""Cómo era el procedimiento de un producto del SGC antes de incorporar la perspectiva territorial."""


def procesos(g: Guion) -> None:
    g.reloj.dia(1, 14)
    nuevo = Nuevo(
        "procedimiento",
        "Procedimiento de Otorgamiento de Subsidios",
        "PR-FOM-03",
        "FOM",
        "cr1",
        ("egt",),
        "dn",
    )
    crear(g.como("cdoc"), nuevo, Peticion(), datos=datos("pr_fom_03"))
    g.circuito(["PR-FOM-03"], "cr1", "egt")
    formacion = Nuevo(
        "procedimiento",
        "Procedimiento de Capacitación y Certificación",
        "PR-FOR-08",
        "FOR",
        "cr2",
        ("egt",),
        "dn",
    )
    crear(g.como("cdoc"), formacion, Peticion(), datos=datos("pr_for_08", *_ANTES_DE_LA_ETAPA))
    g.circuito(["PR-FOR-08"], "cr2", "egt")
    g.emitir(["PR-FOM-03", "PR-FOR-08"])
    formulario = Nuevo(
        "archivo", "Formulario de atención en terreno", "FO-GT-06", "GT", "cr5", ("egt",), "dn"
    )
    crear(g.como("cdoc"), formulario, Peticion(), archivo=edicion.formulario())
    entregar(g.como("cr5"), "FO-GT-06", Peticion(), edicion.formulario("Localidad, fecha y hora de llegada"))
    g.circuito(["FO-GT-06"], "cr5", "egt")
    g.emitir(["FO-GT-06"])


def distribucion(g: Guion) -> None:
    """El procedimiento llega en papel a cuatro regiones, y lo conocen con una hoja firmada."""
    g.reloj.dia(1, 20)
    regiones = ("dr-15", "dr-09", "dr-11", "dr-12")
    distribuir(g.como("cdoc"), "PR-FOM-03", Reparto(a=regiones, copia="papel"), Peticion())
    g.conocen(["PR-FOM-03"], *regiones)
    g.conocen(["PR-SGC-01", "PR-GT-01", "PR-FOR-08", "FO-GT-06"], *DIVISIONES)
