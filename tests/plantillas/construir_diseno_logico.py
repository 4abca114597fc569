"""Construye plantillas_docx/diseno_logico.docx: sistemas, contenidos y flujos con su nivel territorial.

`python tests/plantillas/construir_diseno_logico.py` la escribe de nuevo.
"""

from pathlib import Path

from marco import Tramo
from piezas_calendario import HECHO, LOGRO, MACROS_CALENDARIO, NADA, Pintada, meses, tabla_pintada
from piezas_gt import Columna, DocumentoGT, trozos

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "diseno_logico.docx"
NIVELES = ("nacional", "region", "provincia", "comuna", "localidad")
ROTULOS = (
    *NIVELES,
    *("oferta", "clientes", "gasto", "compromisos", "recoleccion", "procesamiento", "analisis", "difusion"),
)
RESGUARDOS = "datos.resguardos|default([], true)"


def _llega(campo: str, n: int) -> str:
    """Si el nivel escrito en ese campo llega hasta el nivel `n`."""
    return f"x.{campo}|default('') in {list(NIVELES[n:])}"


def _niveles() -> list[Pintada]:
    """Cinco columnas: ■ hasta donde hoy llega el dato, ◇ lo que se agrega hasta lo comprometido."""
    return [
        Pintada(
            f"{{{{ n('{nivel}') }}}}",
            1.5,
            f"'{HECHO}' if {_llega('nivel_actual', n)} else ('{LOGRO}' if {_llega('nivel_meta', n)} else '{NADA}')",
            f"'■' if {_llega('nivel_actual', n)} else ('◇' if {_llega('nivel_meta', n)} else '')",
        )
        for n, nivel in enumerate(NIVELES)
    ]


def _sistemas(d: DocumentoGT) -> None:
    d.titulo(1, "Sistemas y desagregación territorial")
    d.intro(
        "■ es el nivel territorial a que hoy llega el dato; ◇, el que se agrega con este diseño. Un nivel "
        "comprende los que están a su izquierda.",
        requisitos="PLA-C",
    )
    tabla_pintada(
        d,
        [
            Columna("Id.", 1.1, "x.id", negrita=True),
            Columna("Sistema", 5.4, "v(x.nombre) ~ (': ' ~ v(x.funcion) if v(x.funcion) else '')"),
            *_niveles(),
            Columna("Responsable", 3.2, "x.responsable", "cargo"),
        ],
        "datos.sistemas",
        alt="Nivel territorial de cada sistema: el de hoy y el comprometido",
        epigrafe="Nivel territorial de cada sistema",
    )


def _contenidos(d: DocumentoGT) -> None:
    d.titulo(1, "Contenidos de interés regional")
    d.lista_de(
        [
            Columna("Contenido", 2.3, "n(x.contenido)|capitalize or 'Pendiente'", negrita=True),
            Columna("Variables", 6.3, "x.variables"),
            Columna("Sistema", 2.4, "x.sistema"),
            Columna("Entidad", 3.6, "x.entidad"),
            Columna("Se entrega por", 2.4, "x.nivel", "n"),
        ],
        "datos.contenidos",
        alt="De qué sistema y entidad sale cada contenido de interés regional",
        epigrafe="De dónde sale cada contenido",
        requisitos="PLA-C",
        junta=True,
    )


def _entidades(d: DocumentoGT) -> None:
    d.titulo(1, "Entidades de información")
    d.lista_de(
        [
            Columna("Entidad", 3.6, "x.entidad", negrita=True),
            Columna("Atributos", 7.4, "x.atributos|default([], true)|join(', ') or 'Pendiente'"),
            Columna("Clave territorial", 3.6, "x.clave_territorial"),
            Columna("Sistema", 2.4, "x.sistema"),
        ],
        "datos.entidades",
        alt="Entidades de información, atributos y clave territorial",
        epigrafe="Qué se registra y con qué clave territorial",
        requisitos="PLA-C",
        junta=True,
    )
    d.titulo(1, "Flujos por etapa de la estadística")
    d.lista_de(
        [
            Columna("Etapa", 2.6, "x.etapa", "n", negrita=True),
            Columna(
                "Origen → destino",
                5.8,
                "(v(x.origen) or 'Pendiente') ~ ' → ' ~ (v(x.destino) or 'Pendiente')",
            ),
            Columna("Contenido", 5.8, "x.contenido"),
            Columna("Periodicidad", 2.8, "x.periodicidad"),
        ],
        "datos.flujos",
        alt="Flujos de información por etapa: origen, destino, contenido y periodicidad",
        epigrafe="De dónde viene y adónde va cada dato",
        requisitos="PLA-C",
        junta=True,
    )
    d.titulo(1, "Productos de información")
    d.lista_de(
        [
            Columna("Producto de información", 5.4, "x.salida", negrita=True),
            Columna("Destinatario", 4.0, "x.destinatario"),
            Columna("Desagregación", 4.0, "x.desagregacion"),
            Columna("Formato", 3.6, "x.formato"),
        ],
        "datos.salidas",
        alt="Productos de información, destinatario y desagregación",
        epigrafe="Qué entrega el sistema",
        requisitos="PLA-C",
        junta=True,
    )


def _cierre(d: DocumentoGT) -> None:
    d.titulo(1, "Calidad y resguardo de los datos")
    with d.si(RESGUARDOS):
        with d.bucle(f"linea in {RESGUARDOS}"):
            d.vineta("{{ linea }}")
        d.si_no()
        d.guia("Pendiente: las validaciones y la protección de los datos personales")
    d.titulo(1, "Puesta en marcha")
    d.intro("■ mes en que se trabaja, ◆ mes en que el paso queda en operación.", requisitos="PLA-C")
    tabla_pintada(
        d,
        [
            Columna("Id.", 0.9, "x.id", negrita=True),
            Columna("Paso", 4.0, "x.paso"),
            Columna("Sistema", 1.5, "x.sistema"),
            *meses("en_meses(x, {m})"),
            Columna("Responsable", 4.6, "x.responsable", "cargo"),
        ],
        "datos.puesta_en_marcha",
        alt="Puesta en marcha: pasos, meses, sistema y responsable",
        epigrafe="Puesta en marcha, {{ doc.anio }}",
    )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("diseno_logico", "Diseño lógico del sistema de información")
    d.portada()
    d.titulo(1, "Propósito y alcance")
    d.abrir(*trozos("datos.proposito"), rotulos=ROTULOS, requisitos="PLA-C", mas_macros=MACROS_CALENDARIO)
    d.parrafo(Tramo("Plan que desarrolla: ", "Strong"), *trozos("datos.plan"))
    _sistemas(d)
    _contenidos(d)
    _entidades(d)
    _cierre(d)
    d.control_de_cambios()
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
