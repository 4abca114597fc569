"""Construye plantillas_docx/oficio_recibido.docx: la ficha de un oficio que llega, con sus fechas y observaciones.

`python tests/plantillas/construir_oficio_recibido.py` la escribe de nuevo.
"""

from pathlib import Path

from piezas_gt import Columna, DocumentoGT

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "oficio_recibido.docx"
ROTULOS = (
    *("instruye", "visado", "visado_con_observaciones", "observado", "no_visado", "informa"),
    *("diagnostico", "plan", "programa", "programa_seguimiento", "evaluacion_resultados", "plan_difusion"),
    *("informe_implementacion", "medicion_indicadores"),
)


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("oficio_recibido", "Oficio recibido", registro=True)
    d.portada()
    d.titulo(1, "Identificación del oficio")
    d.abrir(
        "Esta ficha recoge lo que el oficio resuelve y los plazos que fija; el oficio mismo se conserva como "
        "respaldo, tal como llegó.",
        rotulos=ROTULOS,
    )
    d.ficha_de(
        [
            ("Oficio N°", "datos.numero", ""),
            ("Fecha del oficio", "datos.fecha", "fecha_de"),
            ("Recibido el", "datos.recibido", "fecha_de"),
            ("Emisor", "datos.emisor", ""),
            ("Materia", "datos.materia", ""),
        ],
        alt="Datos del oficio: número, fechas, emisor y materia",
    )
    with d.si("datos.responde|default('', true)"):
        d.texto_de("datos.responde", rotulo="Responde al oficio N°")
    d.titulo(1, "Lo que resuelve o instruye")
    d.texto_de("datos.resultado|default('', true) and n(datos.resultado) or 'Pendiente'", rotulo="Resultado")
    with d.si("datos.vence|default([], true)"):
        d.lista_de(
            [
                Columna("Objeto", 9.0, "n(x.objeto) or v(x.objeto)", negrita=True),
                Columna("Vence", 8.0, "fecha_de(x.fecha) or mes_de(x.fecha) or 'Pendiente'"),
            ],
            "datos.vence",
            alt="Calendario que el oficio fija: objeto y fecha en que vence",
            epigrafe="Fechas que el oficio fija",
            junta=True,
        )
        d.si_no()
        d.parrafo("El oficio no fija fechas de presentación.")
    d.titulo(1, "Observaciones y plazo para responderlas")
    with d.si("datos.observaciones|default([], true)"):
        d.parrafo(
            "El plazo para responder es de {{ v(datos.plazo_habiles) or '—' }} días hábiles desde el día "
            "siguiente al recibo, sin contar sábados, domingos ni feriados."
        )
        d.lista_de(
            [
                Columna("N°", 1.0, "x.n", negrita=True),
                Columna("Sección", 5.0, "x.seccion", opcional=True),
                Columna("Observación", 11.0, "x.texto"),
            ],
            "datos.observaciones",
            alt="Observaciones del oficio, una por una, con su sección",
            epigrafe="Observaciones, una por una",
        )
        d.si_no()
        d.parrafo("El oficio no trae observaciones.")
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
