"""Noviembre y diciembre: evaluar, comprometer el año siguiente, difundir y estandarizar."""

from __future__ import annotations

from datetime import date

from sgc_gt.ejemplo.evidencia import pdf
from sgc_gt.ejemplo.guion import DIVISIONES, Guion, datos
from sgc_gt.ordenes import sistema
from sgc_gt.ordenes.circuito import anotar
from sgc_gt.ordenes.crear import Nuevo, crear
from sgc_gt.ordenes.enviar import enviar
from sgc_gt.ordenes.nueva_version import nueva_version
from sgc_gt.ordenes.pedido import Peticion
from sgc_gt.ordenes.reasignar import reasignar
from sgc_gt.ordenes.rectificar import rectificar
from sgc_gt.ordenes.registro import Archivo, archivar
from sgc_gt.ordenes.vida import proponer


def medicion(g: Guion) -> None:
    """La medición anual; el indicador corregido nombra la propuesta que lo autorizó."""
    g.reloj.dia(11, 21)
    nueva = Nuevo("medicion_indicadores", "Medición anual de indicadores")
    propuesta = ("propuesta: RG-GT-11", f"propuesta: RG-GT-11/{g.reloj.anio}/001")
    g.registro(nueva, datos("medicion_indicadores", propuesta), "egt")


def evaluacion(g: Guion) -> None:
    """La evaluación y los compromisos del año siguiente se aprueban y van juntos a visación."""
    g.reloj.dia(11, 26)
    evaluacion = Nuevo("evaluacion_resultados", "Evaluación de resultados")
    seguimiento = Nuevo("programa_seguimiento", "Programa de Seguimiento", periodo=str(g.reloj.anio + 1))
    # Las dos sesiones del año numeran igual sus decisiones: lo decidido se nombra con su registro.
    julio = f"RG-SGC-05/{g.reloj.anio}/001"
    de_julio = [(f"compromiso: {d},", f"compromiso: {julio}#{d},") for d in ("D1", "D2", "D3")]
    codigos = [
        crear(g.como("cdoc"), nuevo, Peticion(), datos=contenido).codigo
        for nuevo, contenido in (
            (evaluacion, datos("evaluacion_resultados")),
            (seguimiento, datos("programa_seguimiento", *de_julio)),
        )
    ]
    g.circuito(codigos, "egt", "ecal")
    g.remitir(codigos, "455")
    plan = Nuevo("plan_difusion", "Plan de difusión de resultados")
    g.reloj.dia(12, 2)
    codigo = crear(g.como("cdoc"), plan, Peticion(), datos=datos("plan_difusion")).codigo
    g.circuito([codigo], "egt", "ecal")
    g.emitir([codigo])


def cierre(g: Guion) -> None:
    g.reloj.dia(12, 9)
    anotar(g.como("cdoc"), "mantener", ["PR-SGC-01"], Peticion(motivo="Revisión anual, sin cambios"))
    extra = {"accion": "verificar", "id": "EX-01"}
    sistema.externo(g.como("cdoc"), Peticion(), extra)
    motivo = "Recoge las mejoras acordadas en la Revisión por la Dirección"
    nueva_version(g.como("cdoc"), "PR-GT-01", Peticion(motivo=motivo), menor=False)


def difusion(g: Guion) -> None:
    """Visada la evaluación, se deja la evidencia de la difusión y lo que quedó fuera del Programa."""
    g.reloj.dia(12, 15)
    codigos = [f"RG-GT-08/{g.reloj.anio}/001", "PG-GT-02"]
    g.visar(codigos, "Ord. F", "455")
    g.emitir(codigos)
    g.registro(Nuevo("evidencia_difusion", "Difusión de resultados"), datos("evidencia_difusion"), "cr5")
    fuera = Nuevo("aspectos_no_incorporados", "Aspectos no incorporados", periodo=str(g.reloj.anio + 1))
    codigo = crear(g.como("cdoc"), fuera, Peticion(), datos=datos("aspectos_no_incorporados")).codigo
    g.circuito([codigo], "egt", "ecal")
    g.emitir([codigo])


def segunda_revision(g: Guion) -> None:
    """La segunda Revisión por la Dirección mira el año completo y la firma la dirección."""
    g.reloj.dia(12, 18)
    nueva = Nuevo("revision_direccion", "Segunda Revisión por la Dirección", periodo=str(g.reloj.anio))
    contenido = datos("revision_direccion_2", ("ANIO", str(g.reloj.anio + 1)))
    codigo = crear(g.como("cdoc"), nueva, Peticion(), datos=contenido).codigo
    enviar(g.como("ecal"), [codigo], Peticion())
    g.reloj.dia(12, 21)
    firmado = pdf("acta-firmada-2.pdf", "Revisión por la Dirección, sesión 2", "Acta firmada")
    anotar(g.como("cdoc", por="dn"), "aprobar", [codigo], Peticion(adjuntos=(firmado,)))
    g.emitir([codigo])
    g.conocen(["PL-GT-02", "PG-GT-02", "PI-GT-01"], *DIVISIONES)
    acuerdo = pdf("acuerdo-16.pdf", "Acuerdo de información con el Gobierno Regional de Ñuble")
    g.archivar("RG-GT-05", "Acuerdo de información, Ñuble", acuerdo, region="16")
    acuse = pdf("acuse-16.pdf", "Acuse de recibo del Gobierno Regional de Ñuble")
    g.archivar("RG-GT-07", "Entrega del año, Ñuble", acuse, region="16")


def orden(g: Guion) -> None:
    """Lo que todo año trae: un cargo que cambia, un dato mal escrito y registros que cumplieron su plazo."""
    g.reloj.dia(12, 28)
    cdoc = g.como("cdoc")
    motivo = "La División de Fomento queda a cargo del formulario"
    reasignar(cdoc, ["FO-GT-06"], {"responsable": "cr1"}, Peticion(motivo=motivo))
    terreno = date(g.reloj.anio - 8, 6, 15)
    viejo = Archivo("RG-GT-06", terreno, "Informe de terreno", region="15")
    antiguo = archivar(cdoc, viejo, pdf("terreno-antiguo.pdf", "Informe de terreno")).codigo
    rectificar(cdoc, antiguo, 1, "region", "01", Peticion(motivo="El informe es de Tarapacá"))
    proponer(cdoc, [antiguo], "", "", Peticion(motivo="Cumplió su retención"))
