"""Construye plantillas_docx/toma_conocimiento.docx: la hoja que firman quienes leyeron una versión.

`python tests/plantillas/construir_toma_conocimiento.py` la escribe de nuevo.
"""

from pathlib import Path

from marco import FIRMAS, q, w
from piezas_gt import Columna, DocumentoGT

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "toma_conocimiento.docx"
ALTO_DE_FIRMA = 620
"""Alto mínimo de cada fila, en veinteavos de punto: caben una firma y un timbre chico."""


def cabecera(d: DocumentoGT) -> None:
    """La identificación sin portada ni índice: es una hoja que se imprime y se firma."""
    d.parrafo(d.zona("servicio"), estilo="Institucion")
    d.parrafo("Sistema de Gestión de la Calidad · {{ doc.tipo_nombre }}", estilo="Subtitle")
    d.parrafo(d.zona("titulo"), estilo="Title")
    d._identificacion()


def cierre(d: DocumentoGT) -> None:
    """Quién responde por el registro."""
    d.parrafo("Elaboración, revisión y aprobación del registro", estilo="TituloBloque")
    d.zona_tabla("firmas", FIRMAS, [2.6, 2.2, 3.6, 3.0, 3.6, 2.0], alto=680)


def con_alto(d: DocumentoGT) -> None:
    """Da a las filas de la última tabla alto para firmar."""
    tabla = next(e for e in reversed(d._cuerpo) if e.tag == q("tbl"))
    for fila in tabla.iter(q("tr")):
        propiedades = fila.find(q("trPr"))
        if propiedades is not None and propiedades.find(q("tblHeader")) is None:
            propiedades.append(w("trHeight", val=ALTO_DE_FIRMA, hRule="atLeast"))


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("toma_conocimiento", "Toma de conocimiento", registro=True)
    cabecera(d)
    d.titulo(1, "Documento que se da a conocer")
    d.abrir(
        "Quienes firman declaran que recibieron y leyeron la versión que aquí se indica, y que retiraron o "
        "devolvieron las copias impresas de las anteriores.",
        rotulos=(),
    )
    d.ficha_de(
        [
            ("Código", "datos.documento", ""),
            ("Título", "datos.titulo", ""),
            ("Versión leída", "datos.version", ""),
            ("Vigente desde", "datos.vigente_desde", "fecha_de"),
        ],
        alt="Documento que se da a conocer: código, título, versión y desde cuándo rige",
    )
    with d.si("datos.instruccion|default('', true)"):
        d.texto_de("datos.instruccion", rotulo="Qué cambió")
    d.titulo(1, "Toman conocimiento")
    d.lista_de(
        [
            Columna("Cargo", 5.6, "x.cargo|default(' ', true)|cargo", "", negrita=True),
            Columna("Nombre", 4.2, "x.nombre|default(' ', true)"),
            Columna("Firma", 3.6, "x.firma|default(' ', true)"),
            Columna("Fecha", 2.0, "x.fecha|default(' ', true)"),
            Columna("Versión leída", 1.6, "x.version|default(datos.version, true)"),
        ],
        "datos.personas",
        alt="Quienes toman conocimiento: cargo, nombre, firma, fecha y versión leída",
    )
    con_alto(d)
    with d.si("not datos.por_firmar|default(false)"):  # la hoja suelta se firma arriba, y cabe en una página
        cierre(d)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
