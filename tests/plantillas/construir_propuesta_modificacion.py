"""Construye plantillas_docx/propuesta_modificacion.docx: cómo decía lo visado, cómo dirá y por qué.

`python tests/plantillas/construir_propuesta_modificacion.py` la escribe de nuevo.
"""

from pathlib import Path

from marco import Tramo
from piezas_gt import Columna, DocumentoGT, tramitacion, trozos

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "propuesta_modificacion.docx"
ROTULOS = ("seguimiento", "medicion", "revision_direccion", "subdere", "solicitud")


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("propuesta_modificacion", "Propuesta de modificación", registro=True)
    d.portada()
    d.titulo(1, "Qué se propone y por qué")
    d.abrir(*trozos("datos.fundamento"), rotulos=ROTULOS, requisitos="IMP-F")
    d.ficha_de(
        [
            ("Origen", "datos.origen", "n"),
            ("Documentos que modifica", "datos.afecta", "lista"),
            ("Regiones afectadas", "datos.regiones", "region"),
        ],
        alt="Origen de la propuesta, documentos que modifica y regiones afectadas",
    )
    with d.si("datos.antecedente|default('', true)"):
        d.texto_de("datos.antecedente", rotulo="Antecedente")
    d.titulo(1, "Modificaciones")
    d.intro(
        "Cada fila es un cambio a lo visado. Nada se modifica hasta que la nueva versión del documento esté "
        "aprobada y visada.",
        requisitos="IMP-F, I-26",
    )
    d.lista_de(
        [
            Columna("Documento", 2.3, "x.documento", negrita=True),
            Columna("Parte", 3.0, "x.parte"),
            Columna("Dice", 4.1, "x.antes"),
            Columna("Debe decir", 4.1, "x.despues"),
            Columna("Motivo", 3.5, "x.motivo"),
        ],
        "datos.cambios",
        alt="Modificaciones: documento, parte, lo que dice, lo que debe decir y por qué",
        epigrafe="Modificaciones propuestas",
    )
    with d.si("datos.cambios|default([], true)|selectattr('indicador', 'defined')|list"):
        d.parrafo(
            Tramo("Indicadores que cambian: ", "Strong"),
            "{{ datos.cambios|selectattr('indicador', 'defined')|map(attribute='indicador')|unique|join(', ') "
            "}}.",
        )
    d.titulo(1, "Efectos")
    d.parrafo(*trozos("datos.efectos"))
    tramitacion(d, "Esta propuesta", "IMP-F", implementa=False)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
