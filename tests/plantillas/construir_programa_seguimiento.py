"""Construye plantillas_docx/programa_seguimiento.docx: lo cumplido del período anterior y lo que se compromete.

`python tests/plantillas/construir_programa_seguimiento.py` la escribe de nuevo.
"""

from pathlib import Path

from construir_programa import FRENTES
from marco import Tramo
from piezas_calendario import (
    LOGRO,
    MACROS_CALENDARIO,
    NADA,
    PENDIENTE,
    Grupo,
    Una,
    avance,
    meses,
    tabla_pintada,
)
from piezas_gt import Columna, DocumentoGT, abreviaturas, tramitacion, trozos

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "programa_seguimiento.docx"
ROTULOS = ("cumplido", "en_curso", "atrasado", "no_cumplido", "no_iniciado", "reprogramado", "descartado")
COMPROMISOS = "datos.compromisos|default([], true)"
MES = "hasta_plazo(x, {m}, anio_)"
ANTERIORES = "datos.cumplimiento_anterior|default([], true)"
NO_PERTINENTES = "x.pertinencia|default('') == 'no_pertinente'"
PERTINENTES = "x.pertinencia|default('') != 'no_pertinente'"
MAL = "['atrasado', 'no_cumplido', 'no_iniciado']"
FONDO_ESTADO = (
    f"'{LOGRO}' if x.estado|default('') == 'cumplido' else "
    f"('{PENDIENTE}' if x.estado|default('') in {MAL} else '{NADA}')"
)


def _cuantos(estado: str) -> str:
    return f"{ANTERIORES}|selectattr('estado', 'defined')|selectattr('estado', 'equalto', '{estado}')|list|length"


def _anteriores(d: DocumentoGT) -> None:
    d.titulo(1, "Cumplimiento del período anterior")
    with d.si("datos.hubo_anteriores|default(true) == false"):
        d.texto_de("datos.sin_anteriores", rotulo="El período anterior no dejó compromisos")
        d.si_no()
        d.intro(
            "Sólo se informa lo comprometido en el período anterior, con corte en ",
            *trozos("datos.corte_mes", "mes"),
            ": lo nuevo se propone en las secciones que siguen. Cada compromiso se nombra por su "
            "identificador en el documento o registro en que nació.",
        )
        _resumen(d)
        tabla_pintada(
            d,
            [
                Columna("Id.", 2.3, "x.compromiso", negrita=True),
                Columna("Compromiso", 4.4, "x.texto"),
                Columna("Responsable", 2.7, "x.responsable", "cargo", opcional=True),
                Columna("Estado", 1.7, "x.estado", "n", fondo=FONDO_ESTADO),
                Columna("%", 0.9, "x.avance", lado="right"),
                *avance("x.avance"),
                Columna(
                    "Evidencia, o por qué falta", 3.6, "v(x.evidencia) or v(x.explicacion) or 'Pendiente'"
                ),
            ],
            "datos.cumplimiento_anterior",
            alt="Cumplimiento de los compromisos anteriores: estado, avance y evidencia de cada uno",
            epigrafe="Avance de cada compromiso anterior",
        )


def _resumen(d: DocumentoGT) -> None:
    """Cuántos hay en cada estado, en una línea que se lee de un vistazo."""
    estados = (("cumplido", "cumplido", "cumplidos"), ("en_curso", "en curso", "en curso"))
    estados += (("atrasado", "atrasado", "atrasados"),)
    otros = " + ".join(
        f"({_cuantos(e)})" for e in ("no_cumplido", "no_iniciado", "reprogramado", "descartado")
    )
    cuentas = ", ".join(
        f"{{{{ {_cuantos(estado)} }}}} {{{{ '{uno}' if {_cuantos(estado)} == 1 else '{varios}' }}}}"
        for estado, uno, varios in estados
    )
    d.parrafo(
        Tramo(
            "De {{ "
            + ANTERIORES
            + "|length }} compromiso{{ '' if "
            + ANTERIORES
            + "|length == 1 else 's' }}: ",
            "Strong",
        ),
        f"{cuentas} y {{{{ {otros} }}}} en otra situación.",
        con_siguiente=True,
    )


def _pertinencia(d: DocumentoGT) -> None:
    d.titulo(1, "Pertinencia y prioridad")
    d.intro(
        "El Jefe/a de Servicio decide qué recomendaciones son pertinentes y en qué orden se atienden.",
        requisitos="OB-22",
    )
    d.ficha_de(
        [
            ("Define", "datos.decision.define", "cargo"),
            ("Criterio", "datos.decision.criterio", ""),
            ("Consta en", "datos.decision.acto", ""),
        ],
        alt="Decisión de pertinencia y prioridad: quién, con qué criterio y dónde consta",
    )
    d.lista_de(
        [
            Columna("Prioridad", 1.9, "x.prioridad", lado="center", negrita=True),
            Columna("Id.", 1.3, "x.id", negrita=True),
            Columna("Recomendación pertinente", 7.0, "x.recomendacion"),
            Columna("Compromiso", 6.8, "x.compromiso"),
        ],
        f"({COMPROMISOS}|selectattr('prioridad', 'number')|sort(attribute='prioridad'))",
        donde=PERTINENTES,
        alt="Recomendaciones pertinentes por prioridad, con su compromiso",
        epigrafe="Orden de prioridad",
        junta=True,
    )
    d.lista_de(
        [
            Columna("Id.", 1.3, "x.id", negrita=True),
            Columna("Recomendación", 6.4, "x.recomendacion"),
            Columna("Por qué no es pertinente", 9.3, "x.fundamento"),
        ],
        "datos.compromisos",
        donde=NO_PERTINENTES,
        vacio="Todas las recomendaciones se declararon pertinentes",
        alt="Recomendaciones declaradas no pertinentes, con su fundamento",
        epigrafe="Recomendaciones no pertinentes",
        junta=True,
    )


def _por_frente(columnas: list[Una], donde: str = PERTINENTES) -> list[Grupo]:
    """Un grupo por frente y, en un borrador, lo que todavía no dice el suyo."""
    return [
        Grupo(
            "datos.compromisos",
            columnas,
            titulo,
            f"x.frente|default('') == '{clave}' and {donde}",
            "Sin compromisos en este frente" if clave in {"gestion", "productos"} else _sin(clave),
        )
        for clave, titulo, _, _ in (*FRENTES[1:], FRENTES[0])
    ]


def _sin(clave: str) -> str:
    """En los dos frentes que la guía exige, por qué no hay compromisos; si no se dice, queda pendiente."""
    razon = {"informacion": "sin_estadisticas", "gore": "sin_provision"}[clave]
    return (
        f"{{{{ 'Sin compromisos: ' ~ datos.{razon} if datos.{razon}|default('', true) else 'Pendiente' }}}}"
    )


def _compromisos(d: DocumentoGT) -> None:
    d.titulo_en_pagina_nueva("Recomendaciones y compromisos", salto=False)
    d.intro(
        "Cada compromiso responde a una recomendación y lleva plazo, responsable e indicador. El segundo "
        "frente reúne los de mejoramiento de estadísticas desagregadas; el tercero, los de provisión de "
        "información a los gobiernos regionales.",
        requisitos="SEG-1, SEG-2, SEG-3, SEG-4",
    )
    columnas: list[Una] = [
        Columna("Id.", 1.1, "x.id", negrita=True),
        Columna("Recomendación", 5.4, "x.recomendacion"),
        Columna("Compromiso", 6.6, "x.compromiso"),
        Columna("Responsable", 3.8, "x.responsable", "cargo"),
        Columna("Regiones", 2.2, "x.regiones", "abrev"),
        Columna("Plazo", 2.6, "x.plazo", "mes_de"),
        Columna("Indicador", 2.6, "x.indicador"),
    ]
    tabla_pintada(
        d,
        columnas,
        grupos=_por_frente(columnas),
        alt="Compromisos por frente: responsable, regiones, plazo e indicador",
        epigrafe="Compromisos del período, por frente",
    )
    abreviaturas(d)


def _cronograma(d: DocumentoGT) -> None:
    d.titulo_en_pagina_nueva("Cronograma de los nuevos compromisos")
    d.texto_de("datos.cronograma", requisitos="SEG-5")
    fijas: list[Una] = [
        Columna("Id.", 1.1, "x.id", negrita=True),
        Columna("Compromiso", 6.6, "x.compromiso"),
        Columna("Responsable", 3.6, "x.responsable", "cargo"),
    ]
    grupos = []
    for grupo, (_, _, fondo, color) in zip(_por_frente(fijas), (*FRENTES[1:], FRENTES[0]), strict=True):
        columnas: list[Una] = [*fijas, *meses(MES, fondo=fondo, color=color), _plazo()]
        grupos.append(Grupo(grupo.lista, columnas, grupo.titulo, grupo.donde, grupo.vacio))
    d.parrafo(
        f"{{% set anio_ = anio_de({COMPROMISOS}) %}}",
        "Cada barra cubre los meses de trabajo: ■ mes en que se trabaja, ◆ mes del plazo. Un plazo de otro "
        "año se lee en la última columna.",
        con_siguiente=True,
    )
    tabla_pintada(
        d,
        [*fijas, *meses(MES), _plazo()],
        grupos=grupos,
        alt="Cronograma de los nuevos compromisos por mes, con responsable y plazo",
        epigrafe="Cronograma {{ anio_ }}",
    )


def _plazo() -> Columna:
    return Columna("Plazo", 2.4, "x.plazo", "mes_de")


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("programa_seguimiento", "Programa de Seguimiento")
    d.portada()
    d.titulo(1, "Antecedentes")
    d.abrir(*trozos("datos.antecedentes"), rotulos=ROTULOS, requisitos="SEG-1", mas_macros=MACROS_CALENDARIO)
    d.parrafo(
        Tramo("Período que se compromete: ", "Strong"),
        "{{ doc.anio }}. ",
        Tramo("Evaluación de la que deriva: ", "Strong"),
        *trozos("datos.evaluacion"),
        ".",
    )
    _anteriores(d)
    _pertinencia(d)
    d.orientacion("horizontal")
    _compromisos(d)
    _cronograma(d)
    d.orientacion("vertical")
    tramitacion(d, "Este Programa", "EVA-F", implementa=False)
    d.parrafo(
        Tramo("Presenta: ", "Strong"),
        *trozos("datos.tramitacion.presenta", "cargo"),
        ", junto con la evaluación de resultados y después de aprobado.",
    )
    d.control_de_cambios()
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
