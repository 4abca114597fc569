"""Construye plantillas_docx/evaluacion_resultados.docx: el Informe Ejecutivo y, después, la evaluación.

`python tests/plantillas/construir_evaluacion_resultados.py` la escribe de nuevo.
"""

from pathlib import Path

from marco import Tramo
from piezas_grafico import Barras, barras, leyenda, numero
from piezas_gt import Columna, DocumentoGT, abreviaturas, tramitacion, trozos
from piezas_informes import (
    abrir,
    avance,
    cuentas,
    detalle_avance,
    indicadores,
    por_region,
    puntos,
    rotulado,
    transversales,
)

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "evaluacion_resultados.docx"
ETAPAS = ("recoleccion", "procesamiento", "analisis", "difusion")
SI = "datos.sistema_informacion"


def _ejecutivo(d: DocumentoGT) -> None:
    """Dos páginas: lo que la jefatura lee."""
    d.titulo_en_pagina_nueva("Informe Ejecutivo")
    abrir(d, "datos.informe_ejecutivo.sintesis", rotulos=ETAPAS, requisitos="EVA-1")
    indicadores(d, epigrafe="Los indicadores del Plan contra su meta")
    leyenda(d)
    for clave, titulo in (
        ("logros", "Principales resultados"),
        ("por_resolver", "Lo que falta"),
        ("recomendaciones", "Recomendaciones a la jefatura del Servicio"),
    ):
        d.titulo(2, titulo)
        puntos(d, f"datos.informe_ejecutivo.{clave}")


def _resultados(d: DocumentoGT) -> None:
    d.titulo_en_pagina_nueva("Resultados del Plan, del Programa y del sistema de información")
    d.ficha_de(
        [("Plan evaluado", "datos.plan", ""), ("Programa ejecutado", "datos.programa", "")],
        alt="Plan y Programa que se evalúan",
    )
    d.texto_de("datos.resultado_plan", rotulo="Resultados del Plan", requisitos="EVA-0")
    d.texto_de("datos.ejecucion_programa", rotulo="Ejecución del Programa", requisitos="EVA-0")
    avance(d, epigrafe="Ejecución de actividades e hitos")
    detalle_avance(d)
    d.texto_de(f"{SI}.sintesis", rotulo="Desarrollo del sistema de información", requisitos="EVA-0")


def _productos(d: DocumentoGT) -> None:
    d.titulo(1, "Desarrollo alcanzado por producto")
    d.intro(
        "El avance se mide con los indicadores del Plan; lo que ninguno mide (un producto nuevo, un aspecto "
        "que el Programa no incorporó) dice por qué.",
        requisitos="EVA-2",
    )
    d.lista_de(
        [
            Columna("Producto", 1.6, "x.producto", negrita=True),
            Columna(
                "Nombre",
                3.6,
                "v(x.nombre) ~ (' (nuevo)' if x.nuevo|default(false, true) else '')"
                " ~ (' (no incorporado)' if x.no_incorporado|default(false, true) else '')",
            ),
            Columna("Objetivo", 1.7, "x.objetivo", opcional=True),
            Columna("Desarrollo alcanzado", 6.0, "x.desarrollo"),
            Columna(
                "Indicador",
                4.1,
                "v(x.indicador) or ('Sin indicador: ' ~ x.sin_indicador if x.sin_indicador is string "
                "else 'Pendiente')",
            ),
        ],
        "datos.desarrollo_productos",
        alt="Desarrollo alcanzado por cada producto, con su indicador o la razón de no tenerlo",
        epigrafe="Desarrollo alcanzado por producto",
    )
    cuentas(d)
    por_region(d)


def _inequidades(d: DocumentoGT) -> None:
    d.titulo(1, "Inequidades territoriales que persisten")
    d.lista_de(
        [
            Columna("Territorio", 3.4, "x.territorio", negrita=True),
            Columna("Regiones", 2.0, "x.regiones", "abrev"),
            Columna("Inequidad", 4.4, "x.inequidad"),
            Columna("Causa", 3.4, "x.causa", opcional=True),
            Columna("Propuesta", 3.8, "x.propuesta", opcional=True),
        ],
        "datos.inequidades",
        alt="Inequidades territoriales que persisten: territorio, causa y propuesta",
        epigrafe="Dónde el acceso sigue siendo desigual",
        requisitos="EVA-3",
    )


def _brechas(d: DocumentoGT) -> None:
    d.titulo(1, "Brechas")
    d.intro(
        "Entre el grado de desarrollo comprometido y el resultado efectivo. Cada barra va de cero al mayor "
        "de los dos.",
        requisitos="EVA-4",
    )
    efectivo, comprometido = numero("x.efectivo"), numero("x.comprometido")
    barras(
        d,
        Barras(
            "datos.brechas",
            antes=[
                Columna("Objetivo", 1.6, "x.objetivo", negrita=True),
                Columna("Indicador", 1.7, "x.indicador"),
            ],
            valor=efectivo,
            meta=comprometido,
            tope=f"([{efectivo} or 0, {comprometido} or 0]|max or 100)",
            escala="100",
            unidad="x.unidad|default('%', true)",
            menor="x.sentido|default('') == 'menor'",
            titulo_valor="Efectivo",
            titulo_meta="Comp.",
            titulo_resultado="Brecha",
            bien="Sin brecha",
            despues=[Columna("Causa", 3.6, "x.causa")],
            vacio="{{ 'Ninguna: todo lo comprometido se alcanzó' if datos.brechas is defined and "
            "datos.brechas is sequence else 'Pendiente' }}",
        ),
        alt="Brechas: comprometido, efectivo, distancia y causa",
        epigrafe="Brechas entre lo comprometido y lo efectivo",
        junta=True,
    )


def _modificaciones(d: DocumentoGT) -> None:
    d.titulo(1, "Modificaciones incorporadas a los productos")
    d.lista_de(
        [
            Columna("Producto", 1.7, "x.producto", negrita=True),
            Columna("Regiones", 2.2, "x.regiones", "abrev", opcional=True),
            Columna("Modificación", 5.6, "x.modificacion"),
            Columna("Evaluación", 7.5, "x.juicio"),
        ],
        "datos.modificaciones_productos",
        alt="Modificaciones incorporadas a los productos y su evaluación",
        epigrafe="Qué se cambió en cada producto, y cómo resultó",
        requisitos="EVA-5",
    )


def _sistema(d: DocumentoGT) -> None:
    d.titulo(1, "Desarrollo del sistema de información")
    d.texto_de(f"{SI}.sintesis", requisitos="EVA-6")
    d.intro("Cuánto de la información se desagrega por región en cada etapa.", requisitos="EVA-6.a")
    etapas = f"((({SI}|default('', true)).etapas|default('', true)))"
    pares = ", ".join(f"('{e}', {etapas}.{e}|default('', true))" for e in ETAPAS)
    barras(
        d,
        Barras(
            f"[{pares}]",
            antes=[Columna("Etapa", 2.4, "n(x[0])", negrita=True)],
            valor=numero("x[1].avance"),
            meta=numero("x[1].meta"),
            titulo_valor="Avance (%)",
            titulo_meta="Meta (%)",
            sin_meta="—",
            despues=[Columna("Situación", 4.6, "v(x[1].situacion) or 'Pendiente'")],
        ),
        alt="Las cuatro etapas de la estadística: avance de la desagregación regional y situación",
        epigrafe="Las cuatro etapas de la estadística",
        junta=True,
    )
    for clave, titulo, requisito in (
        ("problemas_estadisticas", "Problemas de las estadísticas desagregadas", "EVA-6.b"),
        ("problemas_provision", "Problemas de la provisión a los gobiernos regionales", "EVA-6.c"),
    ):
        d.titulo(2, titulo)
        puntos(d, f"{SI}.{clave}", ninguno="No se presentaron.", requisitos=requisito)


def _cierre(d: DocumentoGT) -> None:
    tramitacion(d, "Esta evaluación", "EVA-F", implementa=False)
    d.parrafo(
        *rotulado("Se presenta junto con el Programa de Seguimiento"),
        *trozos("datos.programa_seguimiento"),
        Tramo("  [EVA-F]", "Requisito"),
    )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("evaluacion_resultados", "Evaluación de resultados", registro=True)
    d.portada()
    _ejecutivo(d)
    _resultados(d)
    _productos(d)
    _inequidades(d)
    _brechas(d)
    _modificaciones(d)
    _sistema(d)
    transversales(d)
    _cierre(d)
    abreviaturas(d)
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
