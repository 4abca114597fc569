"""Construye plantillas_docx/cumplimiento_gore.docx: el registro que lleva un gobierno regional.

`python tests/plantillas/construir_cumplimiento_gore.py` la escribe de nuevo.
"""

from pathlib import Path

from piezas_grafico import Barras, barras, leyenda, numero, semaforo
from piezas_gt import Columna, DocumentoGT
from piezas_informes import MACROS_INFORMES, ROTULOS

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "cumplimiento_gore.docx"
ASPECTOS = (("formato", "Formato"), ("contenido", "Contenido"), ("periodicidad", "Periodicidad"))


def _alcance(d: DocumentoGT) -> None:
    d.titulo(1, "Alcance del registro")
    d.abrir(
        "El gobierno regional lleva, por cada servicio, el cumplimiento de lo acordado en formato, contenido "
        "y periodicidad.",
        rotulos=(*ROTULOS, "cumple", "no_cumple", "sin_acuerdo"),
        requisitos="PLA-B.4",
        mas_macros=MACROS_INFORMES,
    )
    d.ficha_de(
        [("Corte", "datos.corte", "mes_de"), ("Lleva el registro", "datos.responsable", "cargo")],
        alt="Corte y responsable del registro",
    )


def _servicios(d: DocumentoGT) -> None:
    d.titulo(1, "Cumplimiento por servicio")
    d.lista_de(
        [
            Columna("Servicio", 4.2, "x.servicio", negrita=True),
            Columna("Acuerdo", 2.4, "v(x.acuerdo) or 'Sin acuerdo'"),
            *(
                semaforo(Columna(t, 2.1, f"x.{c}", "n"), ("cumple",), ("no_cumple", "sin_acuerdo"))
                for c, t in ASPECTOS
            ),
            Columna("Última", 2.0, "fecha_de(x.ultima|default(none)) or '—'"),
            Columna("Observación", 3.2, "v(x.observacion) or '—'"),
        ],
        "datos.servicios",
        alt="Cumplimiento de cada servicio en formato, contenido y periodicidad",
        epigrafe="Cumplimiento en formato, contenido y periodicidad",
        requisitos="PLA-B.4",
    )
    recibidas, comprometidas = numero("x.recibidas"), numero("x.comprometidas")
    barras(
        d,
        Barras(
            "datos.servicios",
            antes=[Columna("Servicio", 4.6, "x.servicio", negrita=True)],
            valor=recibidas,
            meta=comprometidas,
            tope=f"([{recibidas} or 0, {comprometidas} or 0]|max or 100)",
            escala="100",
            unidad="''",
            titulo_valor="Recib.",
            titulo_meta="Comp.",
            titulo_resultado="Resultado",
            bien="Al día",
        ),
        alt="Entregas comprometidas y recibidas de cada servicio",
        epigrafe="Entregas recibidas contra las comprometidas",
    )
    leyenda(d)


def _medidas(d: DocumentoGT) -> None:
    d.titulo(1, "Medidas")
    d.lista_de(
        [
            Columna("Medida", 6.4, "x.medida", negrita=True),
            Columna("Servicio", 4.4, "v(x.servicio) or '—'"),
            Columna("Responsable", 3.6, "x.responsable", "cargo"),
            Columna("Plazo", 2.6, "mes_de(x.plazo|default(none)) or '—'"),
        ],
        "datos.medidas",
        alt="Medidas con los servicios que no cumplen: responsable y plazo",
        epigrafe="Medidas con los servicios que no cumplen",
        requisitos="PLA-B.4",
        vacio="{{ 'Ninguna: todos cumplen' if datos.medidas is defined and datos.medidas is sequence "
        "else 'Pendiente' }}",
        junta=True,
    )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("cumplimiento_gore", "Registro de cumplimiento de los servicios", registro=True)
    d.portada()
    _alcance(d)
    _servicios(d)
    _medidas(d)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
