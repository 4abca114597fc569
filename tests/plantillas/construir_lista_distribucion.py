"""Construye plantillas_docx/lista_distribucion.docx: a quién llegó una versión y qué copias se retiraron.

`python tests/plantillas/construir_lista_distribucion.py` la escribe de nuevo.
"""

from pathlib import Path

from construir_toma_conocimiento import cabecera, cierre
from piezas_gt import Columna, DocumentoGT

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "lista_distribucion.docx"
ROTULOS = ("papel", "electronica", "con_recibo", "sin_recibo")


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("lista_distribucion", "Lista de distribución", registro=True)
    cabecera(d)
    d.titulo(1, "Documento distribuido")
    d.abrir(
        "Esta lista dice quiénes deben conocer el documento, qué copias controladas tiene cada uno y cuáles "
        "de las versiones anteriores volvieron.",
        rotulos=ROTULOS,
    )
    d.ficha_de(
        [
            ("Código", "datos.documento", ""),
            ("Título", "datos.titulo", ""),
            ("Versión", "datos.version", ""),
            ("Vigente desde", "datos.vigente_desde", "fecha_de"),
            ("Lista al", "datos.corte", "fecha_de"),
        ],
        alt="Documento distribuido: código, título, versión, desde cuándo rige y fecha de la lista",
    )
    d.titulo(1, "Copias controladas")
    with d.si("datos.copias|default([], true)"):
        d.lista_de(
            [
                Columna("N° copia", 1.4, "x.numero", negrita=True),
                Columna("Destinatario", 4.6, "x.destinatario", "cargo"),
                Columna("Versión", 1.4, "x.version"),
                Columna("Soporte", 1.9, "x.soporte", "n"),
                Columna("Entrega", 2.0, "x.entrega", "fecha_de"),
                Columna("Acuse", 1.9, "x.acuse", "n"),
                Columna("Retiro", 2.0, "x.retiro", "fecha_de", opcional=True),
                Columna("Acuse del retiro", 1.9, "x.acuse_retiro", "n", opcional=True),
            ],
            "datos.copias",
            alt="Copias controladas: número, destinatario, versión, soporte, entrega y retiro con sus acuses",
        )
        d.si_no()
        d.parrafo("No se entregaron copias controladas.")
    d.titulo(1, "Toma de conocimiento")
    with d.si("datos.destinatarios|default([], true)"):
        d.lista_de(
            [
                Columna("Destinatario", 7.0, "x.cargo", "cargo", negrita=True),
                Columna("Región", 4.0, "x.region", "region", opcional=True),
                Columna("Entrega", 3.0, "x.entrega", "fecha_de", opcional=True),
                Columna("Tomó conocimiento", 3.0, "x.conocimiento", "fecha_de", opcional=True),
            ],
            "datos.destinatarios",
            alt="Destinatarios: cargo, región, fecha de entrega y de toma de conocimiento",
        )
        d.si_no()
        d.parrafo("El documento no tiene destinatarios definidos.")
    cierre(d)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
