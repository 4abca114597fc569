"""De abril a octubre: lo planificado se hace, se mide, se informa y se corrige."""

from __future__ import annotations

from datetime import date

from sgc_gt.dominio.compuertas import PROPUESTA
from sgc_gt.dominio.regiones import nombre_de
from sgc_gt.ejemplo import edicion
from sgc_gt.ejemplo.evidencia import pdf
from sgc_gt.ejemplo.guion import DIVISIONES, Guion, datos
from sgc_gt.ordenes import sistema
from sgc_gt.ordenes.circuito import anotar
from sgc_gt.ordenes.crear import Nuevo, crear
from sgc_gt.ordenes.distribucion import Reparto, distribuir, retirar_copias
from sgc_gt.ordenes.entregar import entregar
from sgc_gt.ordenes.enviar import enviar
from sgc_gt.ordenes.generar import generar
from sgc_gt.ordenes.nueva_version import nueva_version
from sgc_gt.ordenes.pedido import Peticion
from sgc_gt.ordenes.solicitudes import Decision, Solicitud, resolver, solicitar


def primer_trimestre(g: Guion) -> None:
    """El Encargado/a informa el primer trimestre."""
    g.reloj.dia(4, 9)
    informe = Nuevo("informe_avance", "Informe de avance, primer trimestre")
    g.registro(informe, datos("informe_avance"), "egt")


def segunda_version(g: Guion) -> None:
    """La segunda versión del procedimiento, escrita en Word y aprobada por resolución bajo subrogancia."""
    desde = g.reloj.dia(4, 14)
    extra = {
        "cargo": "dn",
        "suplente": "sdn",
        "calidad": "(S)",
        "base": "Resolución Exenta N° 210",
        "desde": desde.isoformat(),
        "hasta": date(g.reloj.anio, 4, 30).isoformat(),
    }
    respaldo = pdf("res-ex-210.pdf", "Resolución Exenta N° 210", "Orden de subrogación")
    sistema.subrogar(g.como("cdoc"), Peticion(resolucion="210", adjuntos=(respaldo,)), extra)
    motivo = "Incorpora la perspectiva territorial en las etapas de postulación y entrega (etapa 6.2.5)"
    pide = Peticion(motivo=motivo, productos=("PE1",))
    nueva_version(g.como("cdoc"), "PR-FOM-03", pide, menor=False)
    g.reloj.dia(4, 17)
    edicion.escribir_en_word(
        g.ctx.raiz / "documentos/FOM/PR-FOM-03/borrador/PR-FOM-03_v02.docx",
        despues_de="Alcance",
        parrafo="En las regiones con localidades sin señal, la postulación se recibe por radio y en papel.",
    )
    entregar(g.como("cr1"), "PR-FOM-03", Peticion(), None)
    enviar(g.como("cr1"), ["PR-FOM-03"], Peticion())
    anotar(g.como("egt"), "revisar", ["PR-FOM-03"], Peticion())
    fecha = g.reloj.dia(4, 22)
    resolucion = pdf("res-ex-214.pdf", "Resolución Exenta N° 214", "Aprueba PR-FOM-03, versión 02")
    anotar(
        g.como("cdoc", por="sdn"),
        "aprobar",
        ["PR-FOM-03"],
        Peticion(resolucion="214", fecha_oficio=fecha, adjuntos=(resolucion,)),
    )
    g.emitir(["PR-FOM-03"], desde=date(g.reloj.anio, 5, 2))


_FIRMAN = ("15", "09", "11", "01", "02", "03", "04", "05", "13", "06", "07", "08", "14", "10", "12")
"""Los gobiernos regionales que firman en mayo: Ñuble firma al cierre."""


def registros(g: Guion) -> None:
    g.reloj.dia(5, 12)
    for region in _FIRMAN:
        nombre = nombre_de(region)
        acuerdo = pdf(f"acuerdo-{region}.pdf", f"Acuerdo de información con el Gobierno Regional de {nombre}")
        g.archivar("RG-GT-05", f"Acuerdo de información, {nombre}", acuerdo, region=region)
    g.archivar(
        "RG-GT-04", "Medición de indicadores, primer trimestre", None, ubicacion="SIG, tablero de indicadores"
    )


def conocimiento(g: Guion) -> None:
    """La versión nueva llega a las regiones: doce la conocen, y la copia de Magallanes no ha vuelto."""
    g.reloj.dia(5, 20)
    cdoc = g.como("cdoc")
    distribuir(cdoc, "PR-FOM-03", Reparto(a=("jefatura_territorial",)), Peticion())
    distribuir(cdoc, "PR-FOM-03", Reparto(a=("dr-15", "dr-09", "dr-11"), copia="papel"), Peticion())
    firman = ("15", "01", "02", "03", "04", "05", "13", "06", "07", "08", "09", "11")
    g.conocen(["PR-FOM-03"], *(f"dr-{region}" for region in firman))
    retirar_copias(cdoc, "PR-FOM-03", (1, 2, 3), "devuelta", Peticion())


def actividades(g: Guion) -> None:
    """Visado el Plan, las actividades se ejecutan y dejan su evidencia."""
    g.reloj.dia(6, 4)
    ruta = Nuevo("evidencia_actividad", "Ruta 1 de ventanilla móvil")
    g.registro(ruta, datos("evidencia_actividad"), "cr5")
    for region in ("15", "01", "11"):
        titulo = f"Informe de terreno, ruta 1, {nombre_de(region)}"
        g.archivar("RG-GT-06", titulo, pdf(f"terreno-{region}.pdf", titulo), region=region)


def informe(g: Guion) -> None:
    """Qué decidió la autoridad, qué se hizo en el semestre, qué costó, y a qué se compromete quién."""
    g.reloj.dia(7, 14)
    medidas = Nuevo("medidas_autoridad", "Medidas de la autoridad")
    g.registro(medidas, datos("medidas_autoridad"), "egt")
    nuevo = Nuevo("informe_implementacion", "Informe de implementación, primer semestre")
    g.registro(nuevo, datos("informe_implementacion"), "egt")


def revision(g: Guion) -> None:
    g.reloj.dia(7, 22)
    nueva = Nuevo("revision_direccion", "Primera Revisión por la Dirección", periodo=str(g.reloj.anio))
    codigo = crear(g.como("cdoc"), nueva, Peticion(), datos=datos("revision_direccion_1")).codigo
    enviar(g.como("ecal"), [codigo], Peticion())
    g.reloj.dia(7, 25)
    firmado = pdf("acta-firmada.pdf", "Revisión por la Dirección, sesión 1", "Acta firmada")
    anotar(g.como("cdoc", por="dn"), "aprobar", [codigo], Peticion(adjuntos=(firmado,)))
    g.emitir([codigo])


def modificacion(g: Guion) -> None:
    """La única modificación del año: se propone, se aprueba, se visa, y recién entonces cambia el Plan."""
    g.reloj.dia(8, 4)
    nueva = Nuevo("propuesta_modificacion", "Modificación del Plan y del Programa")
    contenido = datos("propuesta_modificacion")
    propuesta = crear(g.como("cdoc"), nueva, Peticion(), datos=contenido).codigo
    g.circuito([propuesta], "egt", "ecal")
    g.remitir([propuesta], "301")
    g.reloj.dia(8, 18)
    g.visar([propuesta], "Ord. D", "301")
    g.emitir([propuesta])
    pide = Peticion(motivo="Recoge la modificación de mitad de año", extra={PROPUESTA: propuesta})
    cambian = {
        "PL-GT-01": ("plan", _FORMULA),
        "PG-GT-01": ("programa", _RUTA),
        "FI-GT-01": ("ficha_indicadores", _FORMULA),
    }
    for codigo, (nombre, cambio) in cambian.items():
        nueva_version(g.como("cdoc"), codigo, pide, menor=False)
        generar(g.como("egt"), codigo, Peticion(), datos(nombre, cambio), descartar_edicion=False)
    g.circuito(list(cambian), "egt", "ecal")
    g.remitir(["PL-GT-01", "PG-GT-01"], "318")
    g.reloj.dia(9, 2)
    g.visar(["PL-GT-01", "PG-GT-01"], "Ord. E", "318")
    g.emitir(list(cambian))
    g.conocen(["RG-GT-01", "PL-GT-01", "PG-GT-01", "DL-GT-01", "FI-GT-01"], *DIVISIONES)


_FORMULA = (
    "Suma de días hábiles de cada entrega / Número de entregas",
    "Suma de días hábiles entre el corte acordado y el acuse / Número de entregas",
)
_RUTA = (
    "actividad: Ruta 1 de ventanilla móvil, objetivo: OE1, inicio: 4, fin: 5,",
    "actividad: Ruta 1 y ruta complementaria de ventanilla móvil, objetivo: OE1, inicio: 4, fin: 10,",
)


def entregas(g: Guion) -> None:
    """La información llega a los gobiernos regionales, con su acuse."""
    g.reloj.dia(9, 9)
    entrega = Nuevo("entrega_informacion", "Entrega del primer semestre, Aysén", region="11")
    g.registro(entrega, datos("entrega_informacion"), "dr-11")
    for region in (r for r in _FIRMAN if r != "11"):
        acuse = pdf(f"acuse-{region}.pdf", f"Acuse de recibo del Gobierno Regional de {nombre_de(region)}")
        titulo = f"Entrega del primer semestre, {nombre_de(region)}"
        g.archivar("RG-GT-07", titulo, acuse, region=region)


_ATENCION = Nuevo(
    "procedimiento", "Procedimiento de Atención en Ruta", "PR-GT-04", "GT", "cr5", ("egt",), "dn"
)


def estandarizar(g: Guion) -> None:
    """Un producto del SGC cambia su procedimiento y otro estrena el suyo; una región pide un cambio."""
    g.reloj.dia(10, 6)
    motivo = "Fija fechas y lugares que cada región puede cumplir (etapa 6.2.5)"
    nueva_version(g.como("cdoc"), "PR-FOR-08", Peticion(motivo=motivo, productos=("PE2",)), menor=False)
    generar(g.como("cr2"), "PR-FOR-08", Peticion(), datos("pr_for_08"), descartar_edicion=False)
    crear(g.como("cdoc"), _ATENCION, Peticion(productos=("PE4",)), datos=datos("pr_gt_04"))
    codigos = ["PR-FOR-08", _ATENCION.codigo]
    for codigo, elabora in zip(codigos, ("cr2", "cr5"), strict=True):
        g.circuito([codigo], elabora, "egt")
    g.emitir(codigos)
    g.conocen(codigos, *DIVISIONES)
    pide = Solicitud("adecuacion", "PR-FOM-03", propone="Admitir la visita remota con registro fotográfico.")
    motivo = "En zonas extremas la visita en terreno no alcanza a hacerse en el plazo del procedimiento"
    codigo = solicitar(g.como("dr-12"), pide, Peticion(motivo=motivo)).codigo
    g.reloj.dia(10, 13)
    razon = "Se estudia con la División de Fomento en la revisión del año"
    resolver(g.como("cdoc"), codigo, Decision("aceptada"), Peticion(motivo=razon))
