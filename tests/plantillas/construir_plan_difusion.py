"""Construye plantillas_docx/plan_difusion.docx: qué se difunde, por dónde, en cada región, y cuándo está hecho.

`python tests/plantillas/construir_plan_difusion.py` la escribe de nuevo.
"""

from pathlib import Path

from piezas_calendario import LOGRO, MACROS_CALENDARIO, PENDIENTE, Grupo, Pintada, Una, meses, tabla_pintada
from piezas_gt import Columna, DocumentoGT, abreviaturas, en_linea, marca, trozos

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "plan_difusion.docx"
PUBLICOS = (
    ("canales_funcionarios", "A los funcionarios y funcionarias", "C9D8F0", "1F3864"),
    ("canales_usuarios", "A clientes, usuarios y beneficiarios", "C8E6DA", "14503B"),
)
# `llega`: las acciones de una lista que alcanzan a la región. `responde`: quien responde en ella.
MACROS = MACROS_CALENDARIO + en_linea("""
    {% macro llega(xs, cod) %}{% for a in xs|default([], true) %}
    {% if a.regiones|default('') == 'todas' %}{{ v(a.id) ~ ' ' }}
    {% elif a.regiones is defined and a.regiones and a.regiones is not string and cod in a.regiones %}
    {{ v(a.id) ~ ' ' }}{% endif %}{% endfor %}{% endmacro %}
    {% macro responde(cod) %}
    {% for y in datos.responsables|default([], true) if y.region|default('') == cod %}
    {{ v(y.cargo, 'cargo') }}{% endfor %}{% endmacro %}
""")


def _resultados(d: DocumentoGT) -> None:
    d.titulo(1, "Resultados que se difunden")
    d.abrir(
        "Los resultados se difunden en cada región, a los funcionarios y funcionarias y a los clientes, "
        "usuarios y beneficiarios. Salen de la evaluación ",
        *trozos("datos.evaluacion"),
        ".",
        rotulos=("funcionarios", "usuarios"),
        requisitos="DIF-0",
        mas_macros=MACROS,
    )
    d.lista_de(
        [
            Columna("Resultado", 12.4, "x.resultado"),
            Columna("Fuente", 4.6, "x.fuente"),
        ],
        "datos.resultados",
        alt="Resultados que se difunden y su fuente",
        epigrafe="Lo que se dirá",
        junta=True,
    )


def _realizada(d: DocumentoGT) -> None:
    d.titulo(1, "Cuándo se entiende realizada")
    d.texto_de("datos.realizada_si", rotulo="La difusión se entiende realizada si", requisitos="DIF-2")
    d.lista_de(
        [
            Columna("Público", 4.0, "x.publico", "n", negrita=True),
            Columna("Condición", 7.6, "x.condicion"),
            Columna("Se prueba con", 5.4, "x.evidencia"),
        ],
        "datos.condiciones",
        alt="Condiciones para dar por realizada la difusión con cada público",
        epigrafe="Condiciones con cada público",
        junta=True,
    )


def _canales(d: DocumentoGT) -> None:
    d.titulo(1, "Canales")
    columnas: list[Una] = [
        Columna("Id.", 1.3, "x.id", negrita=True),
        Columna("Canal", 3.2, "x.canal"),
        Columna("Acción", 6.2, "x.accion"),
        Columna("Regiones", 2.8, "x.regiones", "abrev"),
        Columna("Responsable", 3.5, "x.responsable", "cargo"),
    ]
    tabla_pintada(
        d,
        columnas,
        grupos=[Grupo(f"datos.{clave}", columnas, titulo) for clave, titulo, _, _ in PUBLICOS],
        alt="Canales de difusión a cada público: acción, regiones y responsable",
        epigrafe="Canales y acciones, por público",
        requisitos="DIF-4",
    )


def _calendario(d: DocumentoGT) -> None:
    d.titulo(1, "Calendario de difusión")
    d.intro("■ mes en que se difunde, ◆ mes en que la acción termina.", requisitos="DIF-4")
    fijas: list[Una] = [Columna("Id.", 1.3, "x.id", negrita=True), Columna("Canal", 4.4, "x.canal")]
    grupos = [
        Grupo(
            f"datos.{clave}",
            [*fijas, *meses("en_meses(x, {m})", fondo=fondo, color=color)],
            titulo,
        )
        for clave, titulo, fondo, color in PUBLICOS
    ]
    tabla_pintada(
        d,
        grupos[0].columnas,
        grupos=grupos,
        alt="Calendario de difusión: meses de cada acción, por público",
        epigrafe="Calendario {{ doc.anio }}",
    )


def _regiones(d: DocumentoGT) -> None:
    d.titulo(1, "Difusión en cada región")
    d.intro(
        "Quién responde en cada región y qué acciones llegan a cada público; «Sin canal» dice que ninguna "
        "llega.",
        requisitos="DIF-0, DIF-3",
    )
    columnas: list[Una] = [
        Columna("Región", 4.4, "r.nombre", negrita=True),
        Columna("Responde", 4.6, "responde(r.cod) or 'Pendiente'"),
        *(
            Pintada(
                titulo,
                4.0,
                f"'{LOGRO}' if llega(datos.{clave}, r.cod) else '{PENDIENTE}'",
                f"llega(datos.{clave}, r.cod) or 'Sin canal'",
            )
            for clave, titulo in (("canales_funcionarios", "Funcionarios"), ("canales_usuarios", "Usuarios"))
        ),
    ]
    tabla_pintada(
        d,
        columnas,
        "regiones",
        variable="r",
        alt="Responsable y acciones de difusión que llegan a cada región, por público",
        epigrafe="Acciones que llegan a cada región",
    )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("plan_difusion", "Plan de difusión")
    d.portada()
    _resultados(d)
    _realizada(d)
    _canales(d)
    _calendario(d)
    _regiones(d)
    abreviaturas(d)
    d.titulo(1, "Aprobación del plan")
    d.ficha_de(
        [("Aprueba", "datos.aprueba", "cargo"), ("Aprobación prevista", "datos.aprobacion_mes", "mes")],
        alt="Quién aprueba el plan de difusión y cuándo",
    )
    d.nota("No se difunde antes de la aprobación de este plan. ", *marca("DIF-1"))
    d.control_de_cambios()
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
