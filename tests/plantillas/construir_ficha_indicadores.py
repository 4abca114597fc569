"""Construye plantillas_docx/ficha_indicadores.docx: cada indicador, de su línea base a su meta.

`python tests/plantillas/construir_ficha_indicadores.py` la escribe de nuevo.
"""

from pathlib import Path

from construir_plan import FICHA_INDICADOR
from marco import Tramo
from piezas_calendario import HECHO, LOGRO, MACROS_CALENDARIO, MESES, NADA, PENDIENTE, Pintada, tabla_pintada
from piezas_gt import Columna, DocumentoGT, en_linea, trozos

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "ficha_indicadores.docx"
CADA = {"mensual": 1, "bimestral": 2, "trimestral": 3, "cuatrimestral": 4, "semestral": 6, "anual": 12}
ROTULOS = (*CADA, "productos", "sistema_informacion", "mayor", "menor")
DECIMOS = range(1, 11)
# `decimo`: en qué décimo de su propia escala, del cero al mayor entre línea base y meta, cae un valor.
MACROS = MACROS_CALENDARIO + en_linea("""
    {% macro decimo(x, valor) %}
    {% if valor is number and x.linea_base is number and x.meta is number %}
    {{ (valor / ([x.linea_base, x.meta, 0.000001]|max) * 10)|round(0, 'ceil')|int }}{% else %}0{% endif %}{% endmacro %}
""")


def _barra() -> list[Pintada]:
    """Diez columnas: ■ la línea base, ◆ la meta y, entre ambas, el tramo por recorrer."""
    base, meta = "decimo(x, x.linea_base)|int", "decimo(x, x.meta)|int"
    return [
        Pintada(
            str(n * 10),
            0.62,
            f"('{LOGRO}' if {meta} == {n} else ('{HECHO}' if {n} <= [{base}, {meta}]|min else "
            f"('{PENDIENTE}' if {n} <= [{base}, {meta}]|max else '{NADA}'))) if {meta} else '{NADA}'",
            f"'◆' if {meta} == {n} else ('■' if {base} == {n} else '')",
        )
        for n in DECIMOS
    ]


def _resumen(d: DocumentoGT) -> None:
    d.titulo(1, "De la línea base a la meta")
    d.intro(
        "En cada fila, ■ es la línea base y ◆ la meta; entre ambas está lo que hay que recorrer, hacia arriba o "
        "hacia abajo según el sentido del indicador. La escala va de cero al mayor de los dos valores, en "
        "porcentaje de él.",
        requisitos="IND-1",
    )
    tabla_pintada(
        d,
        [
            Columna("Id.", 1.5, "x.id", negrita=True),
            Columna("Indicador", 4.1, "x.nombre"),
            Columna("Unidad", 1.6, "x.unidad"),
            Columna("Base", 1.2, "x.linea_base", lado="right"),
            Columna("Meta", 1.2, "x.meta", lado="right"),
            *_barra(),
        ],
        "datos.indicadores",
        alt="Línea base y meta de cada indicador",
        epigrafe="Línea base y meta de cada indicador, {{ doc.anio }}",
    )


def _fichas(d: DocumentoGT) -> None:
    d.titulo(1, "Fichas")
    with d.si("datos.indicadores|default([], true)"):
        d.intro(
            "Una ficha por indicador: nombre y fórmula, medio de verificación, recolección y sistematización.",
            requisitos="IND-1.a, IND-1.b, IND-1.c, IND-1.d",
        )
        d.si_no()
        d.guia("Pendiente: una ficha por cada indicador")
    with d.bucle("x in datos.indicadores|default([], true)"):
        d.titulo(2, "{{ v(x.id) }} {{ v(x.nombre) }}")
        d.ficha_de(FICHA_INDICADOR, alt="Ficha del indicador")


def _calendario(d: DocumentoGT) -> None:
    d.titulo(1, "Calendario de medición")
    d.intro(
        "◆ es el mes en que corresponde medir, según la frecuencia de cada indicador.", requisitos="IND-1"
    )
    meses = []
    for m in MESES:
        toca = f"x.frecuencia|default('') in {[f for f, cada in CADA.items() if m % cada == 0]}"
        titulo = f"{{{{ meses[{m - 1}] }}}}"
        meses.append(Pintada(titulo, 0.8, f"'{HECHO}' if {toca} else '{NADA}'", f"'◆' if {toca} else ''"))
    tabla_pintada(
        d,
        [
            Columna("Id.", 1.5, "x.id", negrita=True),
            Columna("Frecuencia", 2.2, "x.frecuencia", "n"),
            *meses,
            Columna("Mide", 3.7, "x.responsable", "cargo"),
        ],
        "datos.indicadores",
        alt="Meses en que se mide cada indicador y quién lo mide",
        epigrafe="Cuándo se mide cada indicador",
    )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("ficha_indicadores", "Ficha de indicadores de desempeño")
    d.portada()
    d.titulo(1, "Alcance de las fichas")
    d.abrir(*trozos("datos.alcance"), rotulos=ROTULOS, requisitos="IND-1", mas_macros=MACROS)
    d.parrafo(Tramo("Plan que evalúan: ", "Strong"), *trozos("datos.plan"))
    _resumen(d)
    _fichas(d)
    _calendario(d)
    d.control_de_cambios()
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
