"""Construye plantillas_docx/medicion_indicadores.docx: cada indicador contra su meta, en el país y por región.

`python tests/plantillas/construir_medicion_indicadores.py` la escribe de nuevo.
"""

from pathlib import Path

from piezas_grafico import leyenda
from piezas_gt import Columna, DocumentoGT, abreviaturas
from piezas_informes import MACROS_INFORMES, ROTULOS, cuentas, indicadores, por_region

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "medicion_indicadores.docx"


def _alcance(d: DocumentoGT) -> None:
    d.titulo(1, "Alcance de la medición")
    d.abrir(
        "Esta medición responde por los indicadores del Plan a la fecha de corte. Cada valor se obtiene "
        "de su numerador y su denominador.",
        rotulos=(*ROTULOS, "eliminado", "corregido"),
        requisitos="IMP-5.a",
        mas_macros=MACROS_INFORMES,
    )
    d.ficha_de(
        [
            ("Plan", "datos.plan", ""),
            ("Corte", "datos.corte", "mes_de"),
            ("Frecuencia", "n(datos.frecuencia|default('trimestral', true))", ""),
            ("Sistema de Información de Gestión", "datos.sig.sistema", ""),
            ("Responsable de incorporarlos", "datos.sig.responsable", "cargo"),
            ("Fecha de carga", "fecha_de((datos.sig|default('', true)).fecha|default(none)) or '—'", ""),
        ],
        alt="Plan, corte, frecuencia y sistema en que se incorporan los valores",
    )


def _pais(d: DocumentoGT) -> None:
    d.titulo(1, "Resultados al corte")
    d.intro(
        "Cada barra va de cero al mayor entre el valor y la meta; el encabezado es el porcentaje de ese tope.",
        requisitos="IMP-5.a, SEG7-1",
    )
    indicadores(d, epigrafe="Indicadores del Plan contra su meta")
    leyenda(d)
    cuentas(d)


def _regiones(d: DocumentoGT) -> None:
    d.titulo(1, "Resultados por región")
    d.intro("Cada región, contra la meta del indicador.", requisitos="IMP-5.a")
    por_region(d)


def _modificados(d: DocumentoGT) -> None:
    d.titulo(1, "Indicadores eliminados o corregidos")
    d.intro(
        "Un indicador de un Plan visado cambia sólo por una propuesta aprobada y visada; aquí se dice cuál y "
        "por qué.",
        requisitos="IMP-5.b",
    )
    d.lista_de(
        [
            Columna("Indicador", 1.8, "x.indicador", negrita=True),
            Columna("Acción", 1.9, "x.accion", "n"),
            Columna("Decía", 3.3, "x.antes", opcional=True),
            Columna("Dice", 3.3, "x.despues", opcional=True),
            Columna("Fundamento", 4.2, "x.fundamento"),
            Columna("Propuesta", 2.5, "x.propuesta"),
        ],
        "datos.modificados",
        alt="Indicadores eliminados o corregidos: fundamento y propuesta que lo aprueba",
        epigrafe="Indicadores eliminados o corregidos",
        vacio="{{ 'Ninguno en este corte' if datos.modificados is defined and datos.modificados is sequence "
        "else 'Pendiente' }}",
    )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("medicion_indicadores", "Medición de indicadores", registro=True)
    d.portada()
    _alcance(d)
    _pais(d)
    _regiones(d)
    _modificados(d)
    abreviaturas(d)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
