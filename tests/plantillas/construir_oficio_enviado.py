"""Construye plantillas_docx/oficio_enviado.docx: la ficha de un oficio que sale, con su respuesta a lo observado.

`python tests/plantillas/construir_oficio_enviado.py` la escribe de nuevo.
"""

from pathlib import Path

from piezas_gt import Columna, DocumentoGT

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "oficio_enviado.docx"


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("oficio_enviado", "Oficio enviado", registro=True)
    d.portada()
    d.titulo(1, "Identificación del oficio")
    d.abrir(
        "Esta ficha recoge lo que el Servicio remite y lo que responde; el oficio firmado se conserva como "
        "respaldo.",
        rotulos=(),
    )
    d.ficha_de(
        [
            ("Oficio N°", "datos.numero", ""),
            ("Fecha del oficio", "datos.fecha", "fecha_de"),
            ("Destinatario", "datos.destinatario", ""),
            ("Firma", "datos.firma", "cargo"),
            ("Materia", "datos.materia", ""),
        ],
        alt="Datos del oficio: número, fecha, destinatario, quién firma y materia",
    )
    with d.si("datos.responde|default('', true)"):
        d.texto_de("datos.responde", rotulo="Responde al oficio N°")
    d.titulo(1, "Lo que se remite")
    d.lista_de(
        [
            Columna("Código", 3.4, "x.codigo", negrita=True),
            Columna("Versión", 1.8, "x.version", opcional=True),
            Columna("Título", 7.4, "x.titulo", opcional=True),
            Columna("Para", 4.4, "x.para"),
        ],
        "datos.remite",
        alt="Documentos que el oficio remite: código, versión, título y para qué",
        epigrafe="Documentos que se remiten",
        junta=True,
    )
    with d.si("datos.anexos|default([], true)"):
        d.parrafo("Anexos: {{ datos.anexos|join('; ') }}.")
    d.titulo(1, "Respuesta a lo observado")
    with d.si("datos.respuestas|default([], true)"):
        d.lista_de(
            [
                Columna("N°", 0.9, "x.n", negrita=True),
                Columna("Se observó", 5.4, "x.observacion", opcional=True),
                Columna("Respuesta", 7.0, "x.respuesta"),
                Columna("Dónde", 3.7, "x.donde", opcional=True),
            ],
            "datos.respuestas",
            alt="Respuesta a cada observación, con el lugar donde se recogió",
            epigrafe="Respuestas, una por observación",
        )
        d.si_no()
        d.parrafo("El oficio no responde observaciones.")
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
