"""Construye plantillas_docx/informe_implementacion.docx: avance, análisis en tres frentes y compromisos.

`python tests/plantillas/construir_informe_implementacion.py` la escribe de nuevo.
"""

from pathlib import Path

from piezas_grafico import leyenda
from piezas_gt import Columna, DocumentoGT, abreviaturas, trozos
from piezas_informes import (
    FRENTES,
    abrir,
    avance,
    compromisos,
    detalle_avance,
    rotulado,
    si_o_no,
    transversales,
)

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "informe_implementacion.docx"


def _alcance(d: DocumentoGT) -> None:
    d.titulo(1, "Período y alcance")
    abrir(d, "datos.sintesis", requisitos="IMP-1")
    d.ficha_de(
        [
            ("Período informado", "meses_de(datos.periodo|default(none)) or 'Pendiente'", ""),
            ("Plan que se implementa", "datos.plan", ""),
            ("Programa que se ejecuta", "datos.programa", ""),
        ],
        alt="Período informado, Plan y Programa",
    )


def _avance(d: DocumentoGT) -> None:
    d.titulo(1, "Avance del Programa de Trabajo")
    d.intro(
        "Cuánto lleva cada actividad al cierre del período, contra lo que debía llevar.", requisitos="IMP-1"
    )
    avance(d, epigrafe="Avance de actividades e hitos")
    leyenda(d)
    detalle_avance(d)


def _analisis(d: DocumentoGT) -> None:
    d.titulo(1, "Análisis de la implementación")
    d.intro("Qué se hizo, y con qué dificultad, en cada uno de los tres frentes.", requisitos="IMP-1")
    for clave, titulo in FRENTES[:3]:
        d.titulo(2, titulo)
        d.lista_de(
            [
                Columna("Materia", 3.0, "x.materia", negrita=True),
                Columna("Regiones", 2.2, "x.regiones", "abrev", opcional=True),
                Columna("Análisis", 6.6, "x.analisis"),
                Columna("Dificultad operativa", 5.2, "x.dificultad", opcional=True),
            ],
            "datos.analisis",
            donde=f"x.frente|default('') == '{clave}'",
            alt=f"{titulo}: análisis y dificultad por materia",
            epigrafe=titulo,
        )


def _compromisos(d: DocumentoGT) -> None:
    d.titulo(1, "Recomendaciones y compromisos")
    with d.si("datos.sin_compromisos|default('', true)"):
        d.texto_de("datos.sin_compromisos", rotulo="Sin recomendaciones", requisitos="IMP-2")
        d.si_no()
        d.intro(
            "Cada recomendación subsana una dificultad y se atiende con un compromiso que dice quién responde, "
            "hasta cuándo y con qué indicador se verifica.",
            requisitos="IMP-2, IMP-3, IMP-4",
        )
        compromisos(d, epigrafe="Recomendaciones y compromisos del período")


def _ajuste(d: DocumentoGT) -> None:
    d.titulo(1, "Necesidad de ajustar el Plan o el Programa")
    ajuste = "(datos.ajuste|default('', true))"
    d.parrafo(*rotulado("Se requiere modificarlos", f"{{{{ {si_o_no(f'{ajuste}.se_requiere')} }}}}"))
    d.parrafo(*rotulado("Fundamento"), *trozos("datos.ajuste.fundamento"))
    with d.si(f"{ajuste}.se_requiere|default(false, true)"):
        d.parrafo(*rotulado("Propuesta de modificación"), *trozos("datos.ajuste.propuesta"))
    d.intro(
        "La propuesta la aprueba la jefatura superior del Servicio y la visa el organismo técnico antes de "
        "aplicarse.",
        requisitos="IMP-F",
    )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("informe_implementacion", "Informe de implementación y seguimiento", registro=True)
    d.portada()
    _alcance(d)
    _avance(d)
    _analisis(d)
    _compromisos(d)
    transversales(d)
    _ajuste(d)
    abreviaturas(d)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
