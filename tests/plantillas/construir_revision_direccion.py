"""Construye plantillas_docx/revision_direccion.docx: el registro de una sesión de Revisión por la Dirección.

`python tests/plantillas/construir_revision_direccion.py` la escribe de nuevo.
"""

from pathlib import Path

from marco import Celda, Tramo, parrafo
from piezas_grafico import MACROS_GRAFICO, Barras, barras, leyenda, numero
from piezas_gt import Columna, DocumentoGT, abreviaturas, gris, seguro, trozos

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "revision_direccion.docx"
ROTULOS = (
    *("titular", "suplente", "(S)", "por orden de", "delegado", "presente", "excusa", "ausente"),
    *("sin_informacion", "no_aplica", "cumplida", "en_plazo", "atrasada", "reprogramada", "no_iniciada"),
    *("cumplido", "en_curso", "atrasado", "no_cumplido"),
    *("mejora_sistema", "mejora_producto", "cambios", "recursos"),
)
# (clave, entrada)
ENTRADAS = (
    ("acciones_previas", "Acciones de revisiones anteriores"),
    ("cambios", "Cambios que pueden afectar al sistema"),
    ("satisfaccion", "Satisfacción y retroalimentación"),
    ("objetivos", "Cumplimiento de objetivos de la calidad"),
    ("procesos", "Desempeño de procesos y conformidad de productos"),
    ("no_conformidades", "No conformidades y acciones correctivas"),
    ("mediciones", "Resultados de seguimiento y medición"),
    ("auditorias", "Resultados de auditorías"),
    ("proveedores", "Desempeño de proveedores externos"),
    ("recursos", "Adecuación de los recursos"),
    ("riesgos", "Acciones ante riesgos y oportunidades"),
    ("mejora", "Oportunidades y recomendaciones de mejora"),
)
INSTRUMENTOS = (
    ("diagnostico", "Diagnóstico"),
    ("plan", "Plan"),
    ("programa_trabajo", "Programa de Trabajo"),
    ("programa_seguimiento", "Programa de Seguimiento"),
)
CHICA = "TextoTablaChica"


def _sesion(d: DocumentoGT) -> None:
    d.titulo(1, "Sesión y asistencia")
    d.abrir(
        "La revisión examina el desempeño del sistema, incluidos los resultados de Gestión Territorial, y "
        "deja constancia de sus decisiones. Una vez firmado, este registro no se modifica.",
        rotulos=ROTULOS,
        mas_macros=MACROS_GRAFICO,
    )
    d.ficha_de(
        [
            ("Sesión N°", "datos.sesion", ""),
            ("Fecha", "datos.fecha", "fecha_de"),
            ("Lugar o modalidad", "datos.lugar", ""),
            ("Período revisado, desde", "datos.periodo.desde_mes", "mes"),
            ("Período revisado, hasta", "datos.periodo.hasta_mes", "mes"),
            ("Preside", "datos.preside.cargo", "cargo"),
            ("En calidad de", "datos.preside.calidad", "n"),
            ("Norma de referencia", "doc.norma", ""),
        ],
        alt="Datos de la sesión: número, fecha, período, quién preside y en qué calidad",
    )
    d.lista_de(
        [
            Columna("Cargo", 9.0, "x.cargo", "cargo", negrita=True),
            Columna("Calidad", 4.0, "x.calidad", "n", opcional=True),
            Columna("Asistencia", 4.0, "x.asistencia", "n"),
        ],
        "datos.asistentes",
        alt="Asistencia a la sesión, por cargo",
        epigrafe="Asistencia por cargo",
        junta=True,
    )


def _entradas(d: DocumentoGT) -> None:
    d.titulo(1, "Entradas de la revisión")
    d.intro(
        "Toda entrada se trata: se informa, se declara sin información o se declara que no aplica, siempre "
        "con su razón."
    )
    filas = [_entrada(*entrada) for entrada in ENTRADAS]
    d.tabla(
        ["Entrada", "Estado", "Lo que se revisó, o la razón", "Respaldo"],
        [4.4, 2.2, 6.8, 3.6],
        filas,
        alt="Entradas de la revisión: estado, contenido o razón y respaldo",
        epigrafe="Entradas de la revisión",
        chica=True,
    )
    d.separador()


def _entrada(clave: str, titulo: str) -> list[Celda]:
    entrada = f"((datos.entradas|default('', true)).{clave}|default('', true))"
    detalle = f"{entrada}.contenido|default({entrada}.razon|default('', true), true)"
    return [
        parrafo(Tramo(titulo, "Strong"), estilo=CHICA),
        parrafo(f"{{{{ n({entrada}.estado) }}}}", gris(f"{{{{ p({entrada}.estado) }}}}"), estilo=CHICA),
        parrafo(f"{{{{ {detalle} }}}}", gris(f"{{{{ p({detalle}) }}}}"), estilo=CHICA),
        f"{{{{ {entrada}.respaldo|default('—', true) }}}}",
    ]


def _resultados(d: DocumentoGT) -> None:
    d.titulo(1, "Resultados de Gestión Territorial")
    d.intro("Presenta: ", *trozos("datos.resultados_gt.presenta", "cargo"), ".", requisitos="RXD-1")
    d.titulo(2, "Implementación del Programa de Trabajo")
    programa = "datos.resultados_gt.programa_trabajo"
    d.intro("Avance al cierre de ", *trozos(f"{programa}.corte_mes", "mes"), ".")
    d.lista_de(
        [
            Columna("Id.", 1.2, "x.id", negrita=True),
            Columna("Actividad o hito", 4.9, "x.actividad"),
            Columna("Comprometido", 3.2, "x.comprometido"),
            Columna("Efectivo", 3.4, "x.efectivo"),
            Columna("Estado", 2.0, "x.estado", "n"),
            Columna("Atraso en", 2.3, "x.regiones", "abrev", opcional=True),
        ],
        f"{programa}.avance",
        alt="Avance del Programa de Trabajo: comprometido, efectivo y estado",
        epigrafe="Avance de actividades e hitos",
        junta=True,
    )
    with d.si(f"{seguro(programa + '.indicadores')}|default([], true)"):
        valor, meta = numero("x.valor"), numero("x.meta")
        barras(
            d,
            Barras(
                f"{programa}.indicadores",
                antes=[
                    Columna("Id.", 1.4, "x.id", negrita=True),
                    Columna(
                        "Indicador",
                        4.2,
                        "v(x.nombre) ~ (' (' ~ x.unidad ~ ')' if x.unidad is string else '')",
                    ),
                ],
                valor=valor,
                meta=meta,
                tope=f"([{valor} or 0, {meta} or 0]|max or 100)",
                escala="100",
                unidad="x.unidad",
                menor="x.sentido|default('') == 'menor'",
                titulo_valor="Al corte",
            ),
            alt="Indicadores del Plan: valor al corte, meta anual y distancia",
            epigrafe="Indicadores al corte, contra la meta del año",
            junta=True,
        )
        leyenda(d)
    d.texto_de(f"{programa}.conclusion", rotulo="Conclusión")
    d.titulo(2, "Compromisos del Programa de Seguimiento del período anterior")
    seguimiento = "datos.resultados_gt.seguimiento_anterior"
    with d.si(f"{seguro(seguimiento + '.hubo_programa')}|default(true) == false"):
        d.texto_de(f"{seguimiento}.razon", rotulo="No hubo programa en el período anterior")
        d.si_no()
        d.lista_de(
            [
                Columna("N°", 0.9, "x.n", negrita=True),
                Columna("Compromiso", 5.8, "x.compromiso"),
                Columna("Responsable", 3.6, "x.responsable", "cargo"),
                Columna("Plazo", 2.6, "x.plazo", "mes_de"),
                Columna("Cumplimiento", 2.1, "x.estado", "n"),
                Columna("Resultado", 3.0, "x.resultado", opcional=True),
            ],
            f"{seguimiento}.compromisos",
            alt="Cumplimiento de los compromisos del Programa de Seguimiento anterior",
            epigrafe="Cumplimiento de los compromisos",
            junta=True,
        )


def _decisiones(d: DocumentoGT) -> None:
    d.titulo(1, "Decisiones y acciones")
    d.lista_de(
        [
            Columna("Id.", 1.0, "x.id", negrita=True),
            Columna("Salida", 2.4, "x.tipo", "n"),
            Columna("Decisión", 5.6, "x.decision"),
            Columna("Responsable", 3.2, "x.responsable", "cargo"),
            Columna("Plazo", 2.2, "x.plazo", "mes_de"),
            Columna("Recursos", 2.6, "x.recursos"),
        ],
        "datos.decisiones",
        alt="Decisiones: tipo de salida, responsable, plazo y recursos",
        epigrafe="Decisiones con responsable, plazo y recursos",
        junta=True,
    )


def _instrumentos(d: DocumentoGT) -> None:
    d.titulo(1, "Necesidad de modificar los instrumentos")
    d.intro("Vistos los resultados, la Dirección se pronuncia sobre cada instrumento.", requisitos="RXD-2")
    filas: list[list[Celda]] = []
    for clave, nombre in INSTRUMENTOS:
        base = f"((datos.instrumentos|default('', true)).{clave}|default('', true))"
        modificar = (
            f"{{% if {base} is mapping and {base}.modificar is defined %}}"
            f"{{{{ 'Se modifica' if {base}.modificar else 'No se modifica' }}}}{{% endif %}}"
        )
        filas.append(
            [
                parrafo(Tramo(nombre, "Strong"), estilo="TextoTabla"),
                f"{{{{ {base}.codigo|default('—', true) }}}}",
                parrafo(modificar, gris(f"{{{{ p({base}.modificar) }}}}"), estilo="TextoTabla"),
                parrafo(
                    f"{{{{ v({base}.fundamento) }}}}",
                    gris(f"{{{{ p({base}.fundamento) }}}}"),
                    estilo="TextoTabla",
                ),
            ]
        )
    d.tabla(
        ["Instrumento", "Código", "Decisión", "Fundamento"],
        [4.0, 2.4, 3.0, 7.6],
        filas,
        alt="Necesidad de modificar cada instrumento y su fundamento",
        epigrafe="Pronunciamiento sobre cada instrumento",
    )
    d.separador()
    d.titulo(1, "Próxima revisión")
    d.parrafo("La próxima revisión se realizará en ", *trozos("datos.proxima_revision", "mes_de"), ".")


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("revision_direccion", "Registro de Revisión por la Dirección", registro=True)
    d.portada()
    _sesion(d)
    _entradas(d)
    _resultados(d)
    _decisiones(d)
    _instrumentos(d)
    abreviaturas(d)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
