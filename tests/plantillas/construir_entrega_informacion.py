"""Construye plantillas_docx/entrega_informacion.docx: una entrega a un gobierno regional y su conformidad.

`python tests/plantillas/construir_entrega_informacion.py` la escribe de nuevo.
"""

from pathlib import Path

from marco import Tramo, parrafo
from marco_xml import w
from piezas_grafico import BLANCO, FALTA, LOGRO
from piezas_gt import Columna, DocumentoGT, apretar, celda_coloreada, en_linea, titulos
from piezas_informes import MACROS_INFORMES, ROTULOS, rotulado, si_o_no

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "entrega_informacion.docx"
CONTENIDOS = (
    ("oferta", "Oferta de productos en la región"),
    ("clientes", "Localización y características de clientes, usuarios y beneficiarios"),
    ("gasto", "Gasto anual, con inversiones"),
    ("compromisos", "Compromisos formalizados"),
)
ASPECTOS = (("formato", "Formato"), ("contenido", "Contenido"), ("plazo", "Plazo"))
_PARES = ", ".join(f"('{clave}', '{titulo}')" for clave, titulo in CONTENIDOS)
MACROS_ENTREGA = MACROS_INFORMES + en_linea(f"""
    {{% macro contenido(x) %}}{{% for k, t in [{_PARES}] if k == x %}}{{{{ t }}}}{{% endfor %}}{{% endmacro %}}
""")
CHICA = "TextoTablaChica"


def _entrega(d: DocumentoGT) -> None:
    d.titulo(1, "Entrega")
    d.abrir(
        "Entrega de la información de interés regional acordada con el gobierno regional.",
        rotulos=ROTULOS,
        requisitos="PLA-B.3",
        mas_macros=MACROS_ENTREGA,
    )
    d.ficha_de(
        [
            ("Región", "datos.region", "region"),
            ("Acuerdo", "datos.acuerdo", ""),
            ("Período informado", "meses_de(datos.periodo|default(none)) or 'Pendiente'", ""),
            ("Entrega", "datos.responsable", "cargo"),
            ("Formato", "datos.formato", ""),
            ("Fecha acordada", "datos.fecha_acordada", "fecha_de"),
            ("Fecha de entrega", "datos.fecha_entrega", "fecha_de"),
            ("Días hábiles hasta el acuse", "cifra(datos.dias_habiles|default(none)) or '—'", ""),
            ("Acuse de recibo", "datos.acuse.documento", ""),
            ("Fecha del acuse", "fecha_de((datos.acuse|default('', true)).fecha|default(none)) or '—'", ""),
        ],
        alt="Entrega: región, acuerdo, período, formato, fechas y acuse",
    )


def _contenidos(d: DocumentoGT) -> None:
    d.titulo(1, "Contenidos entregados")
    d.lista_de(
        [
            Columna("Contenido", 4.6, "contenido(x.contenido|default('')) or 'Pendiente'", negrita=True),
            Columna(
                "Entregado",
                1.9,
                si_o_no("x.entregado"),
                fondo=f"'{LOGRO}' if x.entregado|default(none) == true else '{FALTA}'",
            ),
            Columna("Archivo o parte", 3.6, "v(x.archivo) or v(x.razon) or '—'"),
            Columna("Desagregación", 3.4, "x.desagregacion", opcional=True),
            Columna("Corte", 3.5, "x.corte", opcional=True),
        ],
        "datos.contenidos",
        alt="Contenidos de interés regional: si se entregaron y dónde están",
        epigrafe="Los cuatro contenidos de interés regional",
        requisitos="PLA-B.3, DIA-5.5",
        junta=True,
    )


def _conformidad(d: DocumentoGT) -> None:
    d.titulo(1, "Conformidad con lo acordado")
    d.intro("Si la entrega cumple el acuerdo en cada aspecto.", requisitos="PLA-B.3")
    d.parrafo("Conformidad con el acuerdo", estilo="EpigrafeTabla")
    columnas = [Columna(titulo, 5.0, "") for _, titulo in ASPECTOS]
    medidas = d._medidas([c.ancho for c in columnas])
    fila = w("tr", w("trPr", w("cantSplit")))
    for clave, _ in ASPECTOS:
        dicho = f"(datos.conformidad|default('', true)).{clave}|default(none)"
        texto = f"{{{{ 'Cumple' if ({dicho}) == true else ('No cumple' if ({dicho}) == false else 'Pendiente') }}}}"
        fondo = f"'{LOGRO}' if ({dicho}) == true else ('{FALTA}' if ({dicho}) == false else '{BLANCO}')"
        fila.append(celda_coloreada(parrafo(Tramo(texto, "Strong"), estilo=CHICA), fondo))
    filas = [d._fila(titulos(columnas), medidas, "EncabezadoTablaChica", encabezado=True), fila]
    d.agregar(apretar(d._armar_tabla(filas, medidas, "Conformidad: formato, contenido y plazo")))
    d.separador()
    observacion = "(datos.conformidad|default('', true)).observacion|default('', true)"
    with d.si(observacion):
        d.parrafo(*rotulado("Observación", f"{{{{ {observacion} }}}}"))


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("entrega_informacion", "Entrega de información a gobierno regional", registro=True)
    d.portada()
    _entrega(d)
    _contenidos(d)
    _conformidad(d)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
