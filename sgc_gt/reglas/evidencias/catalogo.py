"""El catálogo cerrado: el nombre con que una cláusula pide una evidencia y la función que la muestra."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sgc_gt.dominio.auditoria import Respuesta
from sgc_gt.reglas.evidencias import direccion, documentos, registros, sistema, versiones
from sgc_gt.reglas.evidencias.materia import Materia

Evidencia = Callable[[Materia, tuple[str, ...]], Respuesta]

CATALOGO: Mapping[str, Evidencia] = {
    "procedimiento_de_control": documentos.procedimiento_de_control,
    "documentos_de": documentos.documentos_de,
    "lista_maestra": documentos.lista_maestra,
    "aprobacion": versiones.aprobacion,
    "revision_periodica": documentos.revision_periodica,
    "cambios": versiones.cambios,
    "version_vigente": documentos.version_vigente,
    "distribucion": documentos.distribucion,
    "identificacion": documentos.identificacion,
    "formato": documentos.formato,
    "externos": sistema.externos,
    "obsoletos": versiones.obsoletos,
    "series": registros.series,
    "registros_pedidos": registros.registros_pedidos,
    "registros_archivados": registros.registros_archivados,
    "retencion": registros.retencion,
    "movimientos": sistema.movimientos,
    "respaldo": registros.respaldo,
    "acceso": registros.acceso,
    "revision_direccion": direccion.revision_direccion,
    "entradas_revision": direccion.entradas_revision,
    "salidas_revision": direccion.salidas_revision,
    "mediciones": direccion.mediciones,
    "registros_de": registros.registros_de,
    "menciones": sistema.menciones,
}
