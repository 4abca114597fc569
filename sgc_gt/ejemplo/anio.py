"""`demo`: un año del servicio ficticio, acto por acto, por las mismas órdenes que usan las personas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sgc_gt import inicial as trae
from sgc_gt.consultas.estado import estado
from sgc_gt.contexto import Contexto
from sgc_gt.ejemplo.episodios import cerrar, implementar, partida, planificar
from sgc_gt.ejemplo.guion import CARPETA, DOMINIO, Guion, Reloj
from sgc_gt.ordenes.iniciar import Inicial, iniciar


class Resumen(NamedTuple):
    """Lo que la demostración dejó, y qué mirar."""

    valor: dict[str, Any]
    texto: str


def representar(carpeta: Path, anio: int, contar: Callable[[str], None]) -> Resumen:
    """Crea la carpeta y representa el año; `contar` recibe una línea por episodio."""
    reloj = Reloj(anio)
    propio = Inicial((CARPETA / "sgc.yaml").read_bytes(), trae.plantillas(), trae.series())
    propio = propio._replace(requisitos=trae.requisitos())
    ctx = iniciar(carpeta, propio, reloj, f"cdoc@{DOMINIO}")
    guion = Guion(ctx, reloj, contar)
    for titulo, episodio in EPISODIOS:
        contar(f"{anio} · {titulo}")
        episodio(guion)
    return _resumen(ctx, carpeta, anio)


EPISODIOS: tuple[tuple[str, Callable[[Guion], None]], ...] = (
    ("enero: los procedimientos de partida se revisan, se aprueban y rigen", partida.puesta_en_marcha),
    ("enero: documentos externos e instrucciones de SUBDERE, con su calendario", partida.externos),
    ("enero: los procedimientos de dos procesos y un formulario", partida.procesos),
    ("enero: el procedimiento llega en papel a cuatro regiones", partida.distribucion),
    ("febrero: Diagnóstico, aprobado y visado", planificar.diagnostico),
    (
        "marzo: el Plan y el Programa van a SUBDERE; el Plan vuelve con observaciones",
        planificar.plan_observado,
    ),
    ("marzo: diseño lógico y fichas de indicadores", planificar.anexos),
    ("marzo: Plan corregido dentro del plazo; ambos visados y vigentes", planificar.plan_visado),
    ("abril: informe del primer trimestre", implementar.primer_trimestre),
    (
        "abril: segunda versión de un procedimiento, por resolución y bajo subrogancia",
        implementar.segunda_version,
    ),
    ("mayo: comienza a regir; acuerdos con gobiernos regionales", implementar.registros),
    ("mayo: doce regiones conocen la versión nueva; una copia en papel no vuelve", implementar.conocimiento),
    ("junio: evidencia de una actividad", implementar.actividades),
    ("julio: medidas de la autoridad e informe de implementación, con sus compromisos", implementar.informe),
    ("julio: Revisión por la Dirección", implementar.revision),
    (
        "agosto: una modificación del Plan y del Programa, propuesta, aprobada y visada",
        implementar.modificacion,
    ),
    ("septiembre: entrega de información a un gobierno regional", implementar.entregas),
    (
        "octubre: un procedimiento cambia y otro nace (etapa 6.2.5); una solicitud resuelta",
        implementar.estandarizar,
    ),
    ("noviembre: medición anual de indicadores", cerrar.medicion),
    ("noviembre: evaluación y Programa de Seguimiento van a SUBDERE", cerrar.evaluacion),
    ("diciembre: revisión periódica sin cambios y una nueva versión en camino", cerrar.cierre),
    ("diciembre: evaluación visada, difusión y aspectos no incorporados", cerrar.difusion),
    ("diciembre: segunda Revisión por la Dirección", cerrar.segunda_revision),
    ("diciembre: una reasignación, una rectificación y una disposición propuesta", cerrar.orden),
)


def _resumen(ctx: Contexto, carpeta: Path, anio: int) -> Resumen:
    vista = ctx.vista()
    filas = estado(vista, date(anio, 12, 31))
    documentos = sorted({f.codigo for f in filas if f.estado == "vigente"})
    registros = sorted(f.codigo for f in filas if f.estado == "archivado")
    texto = f"""
Listo: {len(documentos)} documentos vigentes y {len(registros)} registros archivados en {carpeta}

Para mirar:
  {carpeta}/documentos/GT/PL-GT-01/          el Plan vigente, con su ficha y sus evidencias
  {carpeta}/documentos/FOM/PR-FOM-03/        la versión 02, aprobada por resolución bajo subrogancia
  {carpeta}/registros/lista_maestra/GT.csv   la lista maestra de un área

Para probar (dentro de la carpeta {carpeta}):
  sgc-gt estado                              qué rige y de quién es el turno
  sgc-gt historial PL-GT-01                  quién hizo qué, y con qué respaldo
  sgc-gt registros --periodo {anio}             la sección 9 contra lo archivado
  sgc-gt estandarizacion                     qué procedimiento debe cambiar por cada producto
  sgc-gt listas --formato xlsx -o ../listas  las listas, para archivar
  sgc-gt verificar                           la integridad, movimiento por movimiento
  sgc-gt auditar --fecha 31-12-{anio}          cada cláusula de la norma, con su evidencia
  sgc-gt --como egt@{DOMINIO} enviar PR-GT-01"""
    return Resumen(
        {"raiz": str(carpeta), "documentos": documentos, "registros": registros}, texto.strip("\n")
    )
