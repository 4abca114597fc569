"""`demo`: un año del servicio ficticio, acto por acto, por las mismas órdenes que usan las personas.

El reloj es el del guion: cada acto ocurre y se anota en su día. Nada aquí evita una guarda.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sgc_gt import inicial as trae
from sgc_gt.consultas.estado import estado
from sgc_gt.contexto import Contexto, Persona
from sgc_gt.dominio.ficha import Observacion
from sgc_gt.dominio.observaciones import RESPUESTAS
from sgc_gt.ejemplo import edicion
from sgc_gt.ejemplo.evidencia import pdf
from sgc_gt.ordenes import sistema
from sgc_gt.ordenes.circuito import anotar
from sgc_gt.ordenes.crear import Nuevo, crear
from sgc_gt.ordenes.emitir import emitir
from sgc_gt.ordenes.entregar import entregar
from sgc_gt.ordenes.enviar import enviar
from sgc_gt.ordenes.generar import generar
from sgc_gt.ordenes.iniciar import Inicial, crear_documentos, iniciar
from sgc_gt.ordenes.nueva_version import nueva_version
from sgc_gt.ordenes.pedido import Adjunto, Peticion
from sgc_gt.ordenes.registro import Archivo, archivar

CARPETA = Path(__file__).parent
DOMINIO = "senopl.example"

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


class Resumen(NamedTuple):
    """Lo que la demostración dejó, y qué mirar."""

    valor: dict[str, Any]
    texto: str


class _Reloj:
    """La hora del guion: avanza con cada acto y salta de día en día."""

    def __init__(self, anio: int) -> None:
        self.anio = anio
        self.ahora = datetime(anio, 1, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.ahora += timedelta(minutes=7)
        return self.ahora

    def dia(self, mes: int, dia: int) -> date:
        """Salta a las 9:00 de ese día (el lunes siguiente si cae en fin de semana), hora de Chile."""
        fecha = date(self.anio, mes, dia)
        fecha += timedelta(days={5: 2, 6: 1}.get(fecha.weekday(), 0))
        self.ahora = datetime(fecha.year, fecha.month, fecha.day, 12, tzinfo=UTC)
        return fecha


class Guion:
    """Las personas del servicio haciendo lo suyo."""

    def __init__(self, ctx: Contexto, reloj: _Reloj, contar: Callable[[str], None]) -> None:
        self.ctx, self.reloj, self.contar = ctx, reloj, contar

    def como(self, cargo: str, por: str = "") -> Contexto:
        """El contexto de quien ejerce un cargo; `por`: de quien es el acto que esa persona anota."""
        return self.ctx.con(Persona(f"{cargo}@{DOMINIO}", f"{por}@{DOMINIO}" if por else ""))

    def circuito(
        self, codigos: list[str], elabora: str, revisa: str, respuestas: Mapping[str, str] | None = None
    ) -> None:
        """Enviar, revisar y aprobar por las propias personas."""
        contesta = Peticion(extra={RESPUESTAS: respuestas} if respuestas else {})
        for codigo in codigos:
            enviar(self.como(elabora), [codigo], contesta)
            anotar(self.como(revisa), "revisar", [codigo], Peticion())
        anotar(self.como("dn"), "aprobar", codigos, Peticion())

    def remitir(self, codigos: list[str], oficio: str) -> None:
        """Se envía a SUBDERE con un oficio de esa fecha."""
        respaldo = pdf(f"oficio-{oficio}.pdf", f"Oficio N° {oficio}", f"Remite {', '.join(codigos)}")
        hoy = self.reloj.ahora.date()
        peticion = Peticion(oficio=oficio, fecha_oficio=hoy, adjuntos=(respaldo,))
        anotar(self.como("cdoc"), "remitir", codigos, peticion)

    def visar(self, codigos: list[str], oficio: str, responde: str) -> None:
        """Llega la visación técnica."""
        respaldo = pdf(
            f"visacion-{oficio}.pdf", f"Oficio N° {oficio}", f"Visación técnica de {', '.join(codigos)}"
        )
        hoy = self.reloj.ahora.date()
        peticion = Peticion(oficio=oficio, fecha_oficio=hoy, responde=responde, adjuntos=(respaldo,))
        anotar(self.como("cdoc"), "visar", codigos, peticion)

    def archivar(
        self, serie: str, titulo: str, adjunto: Adjunto | None, *, region: str = "", ubicacion: str = ""
    ) -> None:
        """Se archiva un registro con fecha de hoy."""
        nuevo = Archivo(serie, self.reloj.ahora.date(), titulo, "", region, ubicacion)
        archivar(self.como("cdoc"), nuevo, adjunto)

    def emitir(self, codigos: list[str], desde: date | None = None) -> None:
        """Control documental pone en vigencia."""
        emitir(self.como("cdoc"), codigos, Peticion(vigente_desde=desde))


def representar(carpeta: Path, anio: int, contar: Callable[[str], None]) -> Resumen:
    """Crea la carpeta y representa el año; `contar` recibe una línea por episodio."""
    reloj = _Reloj(anio)
    propio = Inicial((CARPETA / "sgc.yaml").read_bytes(), trae.plantillas(), trae.series())
    propio = propio._replace(requisitos=trae.requisitos())
    ctx = iniciar(carpeta, propio, reloj, f"cdoc@{DOMINIO}")
    guion = Guion(ctx, reloj, contar)
    for titulo, episodio in EPISODIOS:
        contar(f"{anio} · {titulo}")
        episodio(guion)
    return _resumen(ctx, carpeta, anio)


def _puesta_en_marcha(g: Guion) -> None:
    g.reloj.dia(1, 6)
    crear_documentos(g.como("cdoc"), trae.documentos())
    g.circuito(["PR-SGC-01"], "cdoc", "ecal")
    g.circuito(["PR-GT-01"], "egt", "ecal")
    g.emitir(["PR-SGC-01", "PR-GT-01"])


def _externos(g: Guion) -> None:
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
    g.archivar("RG-GT-10", "Instrucciones y cronograma del año", pdf("oficio-circular-A.pdf", "Of. Circ. A"))


def _procesos(g: Guion) -> None:
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
    crear(g.como("cdoc"), nuevo, Peticion(), datos=_datos("pr_fom_03"))
    g.circuito(["PR-FOM-03"], "cr1", "egt")
    g.emitir(["PR-FOM-03"])
    formulario = Nuevo(
        "archivo", "Formulario de atención en terreno", "FO-GT-06", "GT", "cr5", ("egt",), "dn"
    )
    crear(g.como("cdoc"), formulario, Peticion(), archivo=edicion.formulario())
    entregar(g.como("cr5"), "FO-GT-06", Peticion(), edicion.formulario("Localidad, fecha y hora de llegada"))
    g.circuito(["FO-GT-06"], "cr5", "egt")
    g.emitir(["FO-GT-06"])


def _diagnostico(g: Guion) -> None:
    g.reloj.dia(2, 3)
    crear(
        g.como("cdoc"),
        Nuevo("diagnostico", "Diagnóstico de perspectiva territorial"),
        Peticion(),
        datos=_datos("diagnostico"),
    )
    g.circuito(["RG-GT-01"], "egt", "ecal")
    g.remitir(["RG-GT-01"], "88")
    g.reloj.dia(2, 20)
    g.visar(["RG-GT-01"], "231", "88")
    g.emitir(["RG-GT-01"])


def _plan_observado(g: Guion) -> None:
    g.reloj.dia(3, 3)
    crear(
        g.como("cdoc"),
        Nuevo("plan", "Plan de perspectiva territorial"),
        Peticion(),
        datos=_datos("plan_observado"),
    )
    crear(g.como("cdoc"), Nuevo("programa", "Programa de Trabajo"), Peticion(), datos=_datos("programa"))
    g.circuito(["PL-GT-01", "PG-GT-01"], "egt", "ecal")
    g.remitir(["PL-GT-01", "PG-GT-01"], "102")
    fecha = g.reloj.dia(3, 14)
    oficio = pdf("of-ord-B.pdf", "Of. Ord. B", "Se observa el Plan en dos puntos.")
    anotar(
        g.como("cdoc"),
        "devolver",
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
    )


def _plan_visado(g: Guion) -> None:
    g.reloj.dia(3, 18)
    generar(g.como("egt"), "PL-GT-01", Peticion(), _datos("plan"), descartar_edicion=False)
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


def _segunda_version(g: Guion) -> None:
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


def _registros(g: Guion) -> None:
    g.reloj.dia(5, 12)
    for region, nombre in (
        ("15", "Arica y Parinacota"),
        ("09", "La Araucanía"),
        ("11", "Aysén"),
        ("16", "Ñuble"),
    ):
        acuerdo = pdf(f"acuerdo-{region}.pdf", f"Acuerdo de información con el Gobierno Regional de {nombre}")
        g.archivar("RG-GT-05", f"Acuerdo de información, {nombre}", acuerdo, region=region)
    g.archivar(
        "RG-GT-04", "Medición de indicadores, primer trimestre", None, ubicacion="SIG, tablero de indicadores"
    )


def _revision(g: Guion) -> None:
    g.reloj.dia(7, 22)
    nueva = Nuevo("revision_direccion", "Primera Revisión por la Dirección", periodo=str(g.reloj.anio))
    codigo = crear(g.como("cdoc"), nueva, Peticion(), datos=_datos("revision_direccion_1")).codigo
    enviar(g.como("ecal"), [codigo], Peticion())
    g.reloj.dia(7, 25)
    firmado = pdf("acta-firmada.pdf", "Revisión por la Dirección, sesión 1", "Acta firmada")
    anotar(g.como("cdoc", por="dn"), "aprobar", [codigo], Peticion(adjuntos=(firmado,)))
    g.emitir([codigo])


def _cierre(g: Guion) -> None:
    g.reloj.dia(12, 9)
    anotar(g.como("cdoc"), "mantener", ["PR-SGC-01"], Peticion(motivo="Revisión anual, sin cambios"))
    extra = {"accion": "verificar", "id": "EX-01"}
    sistema.externo(g.como("cdoc"), Peticion(), extra)
    motivo = "Recoge las mejoras acordadas en la Revisión por la Dirección"
    nueva_version(g.como("cdoc"), "PR-GT-01", Peticion(motivo=motivo), menor=False)


EPISODIOS: tuple[tuple[str, Callable[[Guion], None]], ...] = (
    ("enero: los procedimientos de partida se revisan, se aprueban y rigen", _puesta_en_marcha),
    ("enero: documentos externos e instrucciones de SUBDERE", _externos),
    ("enero: un procedimiento y un formulario de un proceso", _procesos),
    ("febrero: Diagnóstico, aprobado y visado", _diagnostico),
    ("marzo: el Plan y el Programa van a SUBDERE; el Plan vuelve con observaciones", _plan_observado),
    ("marzo: Plan corregido; ambos visados y vigentes", _plan_visado),
    ("abril: segunda versión de un procedimiento, por resolución y bajo subrogancia", _segunda_version),
    ("mayo: comienza a regir; acuerdos con gobiernos regionales", _registros),
    ("julio: Revisión por la Dirección", _revision),
    ("diciembre: revisión periódica sin cambios y una nueva versión en camino", _cierre),
)


def _datos(nombre: str) -> Adjunto:
    return Adjunto(f"{nombre}.yaml", (CARPETA / "datos" / f"{nombre}.yaml").read_bytes())


def _resumen(ctx: Contexto, carpeta: Path, anio: int) -> Resumen:
    vista = ctx.vista()
    filas = estado(vista, date(anio, 12, 31))
    documentos = sorted({f.codigo for f in filas if f.estado == "vigente"})
    registros = sorted(f.codigo for f in filas if f.estado == "archivado")
    texto = f"""
Listo: {len(documentos)} documentos vigentes y {len(registros)} registros archivados en {carpeta}

Para mirar:
  {carpeta}/documentos/GT/PL-GT-01/          el Plan vigente, con su ficha y sus evidencias
  {carpeta}/documentos/FOM/PR-FOM-03/        la versión 02, aprobada por resolución bajo subrogancia
  {carpeta}/registros/lista_maestra/GT.csv   la lista maestra de un área

Para probar (dentro de la carpeta {carpeta}):
  sgc-gt estado                              qué rige y de quién es el turno
  sgc-gt historial PL-GT-01                  quién hizo qué, y con qué respaldo
  sgc-gt registros --periodo {anio}             la sección 9 contra lo archivado
  sgc-gt estandarizacion                     qué procedimiento debe cambiar por cada producto
  sgc-gt listas --formato xlsx -o ../listas  las listas, para archivar
  sgc-gt verificar                           la integridad, movimiento por movimiento
  sgc-gt auditar --fecha 31-12-{anio}          cada cláusula de la norma, con su evidencia
  sgc-gt --como egt@{DOMINIO} enviar PR-GT-01"""
    return Resumen(
        {"raiz": str(carpeta), "documentos": documentos, "registros": registros}, texto.strip("\n")
    )
