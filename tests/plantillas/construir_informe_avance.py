"""Construye plantillas_docx/informe_avance.docx: lo que cada rol informa, y a quién.

`python tests/plantillas/construir_informe_avance.py` la escribe de nuevo.
"""

from pathlib import Path

from piezas_grafico import leyenda, semaforo
from piezas_gt import Columna, DocumentoGT, abreviaturas, en_linea
from piezas_informes import BIEN, MACROS_INFORMES, MAL, ROTULOS, avance, transversales

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "informe_avance.docx"
ROLES = (
    ("encargado_gt", "Encargado/a del Sistema Gestión Territorial (3.2)"),
    ("equipo_calidad", "Equipo de la Calidad (3.3)"),
    ("encargado_cr", "Encargado/a de centro de responsabilidad (3.4)"),
)
_PARES = ", ".join(f"('{clave}', '{titulo}')" for clave, titulo in ROLES)
MACROS_AVANCE = MACROS_INFORMES + en_linea(f"""
    {{% macro rol(x) %}}{{% for k, t in [{_PARES}] if k == x %}}{{{{ t }}}}{{% endfor %}}{{% endmacro %}}
""")


def _quien(d: DocumentoGT) -> None:
    d.titulo(1, "Quién informa y a quién")
    d.abrir(
        "Cada rol informa lo que le corresponde, con la frecuencia que el Servicio fijó.",
        rotulos=(*ROTULOS, "cumplido", "en_curso", "atrasado", "no_cumplido"),
        requisitos="OB-23",
        mas_macros=MACROS_AVANCE,
    )
    d.ficha_de(
        [
            ("Rol", "rol(datos.rol|default('')) or 'Pendiente'", ""),
            ("Informa", "datos.informa", "cargo"),
            ("A quién", "datos.destinatario", "cargo"),
            ("Período informado", "meses_de(datos.periodo|default(none)) or 'Pendiente'", ""),
            ("Frecuencia", "n(datos.frecuencia|default('trimestral', true))", ""),
        ],
        alt="Rol, quién informa, a quién, período y frecuencia",
    )
    d.texto_de("datos.sintesis", rotulo="Síntesis")


def _encargado(d: DocumentoGT) -> None:
    avance(d, epigrafe="Avance del Programa de Trabajo")
    leyenda(d)
    d.lista_de(
        [
            Columna("Medida", 1.6, "x.id", negrita=True),
            Columna("Lo dispuesto", 8.0, "x.medida"),
            semaforo(Columna("Estado", 2.6, "x.estado", "n"), BIEN, MAL),
            Columna("Evidencia", 4.8, "x.evidencia", opcional=True),
        ],
        "datos.medidas",
        alt="Medidas de la autoridad: estado y evidencia",
        epigrafe="Medidas de la autoridad",
        junta=True,
    )
    d.lista_de(
        [
            Columna("Compromiso", 6.5, "x.compromiso", negrita=True),
            semaforo(
                Columna("Cumplimiento", 3.0, "x.estado", "n"), ("cumplido",), ("atrasado", "no_cumplido")
            ),
            Columna("Evidencia", 7.5, "x.evidencia", opcional=True),
        ],
        "datos.seguimiento",
        alt="Compromisos del Programa de Seguimiento anterior y su cumplimiento",
        epigrafe="Programa de Seguimiento del período anterior",
        vacio="{{ 'No hubo programa en el período anterior' if datos.seguimiento is defined and "
        "datos.seguimiento is sequence else 'Pendiente' }}",
        junta=True,
    )


def _equipo(d: DocumentoGT) -> None:
    d.lista_de(
        [
            Columna("Aspecto", 4.4, "x.aspecto", negrita=True),
            Columna("Situación", 7.6, "x.situacion"),
            Columna("Acción", 5.0, "x.accion", opcional=True),
        ],
        "datos.procedimiento",
        alt="Establecimiento, implementación y mantención del procedimiento",
        epigrafe="Establecimiento, implementación y mantención",
        junta=True,
    )


def _centro(d: DocumentoGT) -> None:
    d.texto_de("datos.centro", rotulo="Centro de responsabilidad")
    d.lista_de(
        [
            Columna("Materia", 3.6, "x.materia", negrita=True),
            Columna("Regiones", 2.4, "x.regiones", "abrev", opcional=True),
            Columna("Avance", 6.2, "x.avance"),
            Columna("Dificultad", 4.8, "x.dificultad", opcional=True),
        ],
        "datos.avance_centro",
        alt="Avance del centro de responsabilidad: materia, avance y dificultad",
        epigrafe="Avance del centro de responsabilidad",
    )


def _informado(d: DocumentoGT) -> None:
    d.titulo(1, "Lo informado")
    with d.si("datos.rol|default('') == 'equipo_calidad'"):
        _equipo(d)
    with d.si("datos.rol|default('') == 'encargado_cr'"):
        _centro(d)
    with d.si("datos.rol|default('') not in ['equipo_calidad', 'encargado_cr']"):
        _encargado(d)
    with d.si("datos.propuestas|default([], true)"):
        d.lista_de(
            [
                Columna("Propuesta", 10.0, "x.propuesta", negrita=True),
                Columna("Recursos", 7.0, "x.recursos", opcional=True),
            ],
            "datos.propuestas",
            alt="Propuestas de recursos o de mejora",
            epigrafe="Propuestas",
            junta=True,
        )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("informe_avance", "Informe de avance", registro=True)
    d.portada()
    _quien(d)
    _informado(d)
    transversales(d)
    abreviaturas(d)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
