"""Construye plantillas_docx/acuerdo_gore.docx: formato, contenido y periodicidad con un gobierno regional.

`python tests/plantillas/construir_acuerdo_gore.py` la escribe de nuevo.
"""

from pathlib import Path

from marco import Tramo
from piezas_calendario import MACROS_CALENDARIO, Una, meses, tabla_pintada
from piezas_gt import Columna, DocumentoGT, trozos

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "acuerdo_gore.docx"
ROTULOS = (
    *("servicio", "gobierno_regional", "oferta", "clientes", "gasto", "compromisos"),
    *("mensual", "bimestral", "trimestral", "cuatrimestral", "semestral", "anual"),
)
ACUERDO = "(datos.acuerdo|default('', true))"
FIRMAS = ("Parte", "Suscribe", "Nombre", "Firma", "Fecha")


def _partes(d: DocumentoGT) -> None:
    d.titulo(1, "Partes y objeto")
    d.abrir(
        "Las partes acuerdan el procedimiento con que el Servicio provee regularmente a este gobierno regional "
        "la información de interés regional: formato, contenido y periodicidad.",
        rotulos=ROTULOS,
        requisitos="PLA-B.3",
        mas_macros=MACROS_CALENDARIO,
    )
    d.ficha_de(
        [
            ("Región", "datos.acuerdo.region", "region"),
            ("Plan que lo compromete", f"v({ACUERDO}.plan) or '—'", ""),
            ("Responde de las entregas", f"v({ACUERDO}.responsable, 'cargo') or '—'", ""),
        ],
        alt="Región, Plan y responsable del acuerdo",
    )
    d.lista_de(
        [
            Columna("Parte", 2.8, "x.parte", "n", negrita=True),
            Columna("Institución", 5.4, "x.institucion"),
            Columna("Suscribe", 4.6, "x.cargo"),
            Columna("Coordina las entregas", 4.2, "x.contacto", opcional=True),
        ],
        "datos.partes",
        alt="Partes del acuerdo, quién suscribe y quién coordina",
        epigrafe="Partes",
        junta=True,
    )


def _contenido(d: DocumentoGT) -> None:
    d.titulo(1, "Contenido de la información")
    d.parrafo(
        Tramo("Contenidos acordados: ", "Strong"),
        *trozos("datos.acuerdo.contenido", "nl"),
        con_siguiente=True,
    )
    d.lista_de(
        [
            Columna("Contenido", 2.4, "n(x.contenido)|capitalize or 'Pendiente'", negrita=True),
            Columna("Variables", 7.0, "x.variables"),
            Columna("Desagregación", 3.6, "x.desagregacion"),
            Columna("Fuente", 4.0, "x.fuente"),
        ],
        "datos.contenidos",
        alt="Detalle de cada contenido: variables, desagregación y fuente",
        epigrafe="Detalle de cada contenido",
        requisitos="PLA-B.3",
        junta=True,
    )
    d.titulo(1, "Formato y entrega")
    d.ficha_de(
        [
            ("Formato", "datos.acuerdo.formato", ""),
            ("Medio de entrega", "datos.entrega.medio", ""),
            ("Plazo (días hábiles)", "datos.entrega.plazo_habiles", ""),
            ("Acuse de recibo", "datos.entrega.acuse", ""),
            ("Correcciones", "datos.entrega.correcciones", ""),
            ("Resguardo de datos", "v((datos.entrega|default('', true)).resguardo) or '—'", ""),
        ],
        alt="Formato, medio, plazo, acuse y correcciones de cada entrega",
    )


def _periodicidad(d: DocumentoGT) -> None:
    d.titulo(1, "Periodicidad y calendario")
    d.intro(
        "La información se entrega con periodicidad ",
        f"{{{{ n({ACUERDO}.periodicidad)|lower or 'Pendiente' }}}}",
        ". En el calendario, ◆ es el mes de cada entrega.",
        requisitos="PLA-B.3",
    )
    toca = f"'◆' if {{m}} in {ACUERDO}.meses_entrega|default([], true) else ''"
    columnas: list[Una] = [
        Columna("Contenido", 3.4, "n(x)|capitalize or 'Pendiente'", negrita=True),
        *meses(f"({toca})"),
    ]
    tabla_pintada(
        d,
        columnas,
        "datos.acuerdo.contenido",
        alt="Calendario de entregas: meses en que se entrega cada contenido",
        epigrafe="Calendario de entregas de cada año",
    )


def _vigencia(d: DocumentoGT) -> None:
    d.titulo(1, "Vigencia y revisión")
    d.ficha_de(
        [
            ("Rige desde", "datos.vigencia.desde", "mes_de"),
            ("Hasta", "mes_de((datos.vigencia|default('', true)).hasta) or 'Indefinido'", ""),
            ("Revisión", "datos.vigencia.revision", ""),
        ],
        alt="Vigencia y revisión del acuerdo",
    )
    d.parrafo("Suscripción por las partes", estilo="TituloBloque")
    medidas = d._medidas([2.8, 4.4, 4.0, 3.8, 2.0])
    filas = [
        d._fila(FIRMAS, medidas, "EncabezadoTabla", encabezado=True),
        d._fila_marca("{%tr for x in datos.partes|default([], true) %}", medidas),
        d._fila(["{{ n(x.parte) }}", "{{ v(x.cargo) }}", "", "", ""], medidas, "TextoTabla", alto=900),
        d._fila_marca("{%tr endfor %}", medidas),
    ]
    d.agregar(d._armar_tabla(filas, medidas, "Suscripción por las partes: nombre, firma y fecha"))
    d.separador()
    d.nota(
        "Si las firmas están en papel, se digitaliza este acuerdo firmado y se adjunta al registrar su "
        "aprobación."
    )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("acuerdo_gore", "Acuerdo de información con un gobierno regional", registro=True)
    d.portada()
    _partes(d)
    _contenido(d)
    _periodicidad(d)
    _vigencia(d)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
