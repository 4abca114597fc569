"""La mesa de las reglas: un servicio pequeño y documentos escritos en una línea, para ver qué alerta sale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from mini_docx import mini_docx

import sgc_gt.ejemplo
from sgc_gt.config.carga import cargar
from sgc_gt.dominio.alertas import Alerta
from sgc_gt.dominio.externos import Externo
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.inicial import plantillas, series
from sgc_gt.reglas.catalogo import CATALOGO, POR_CODIGO
from sgc_gt.reglas.chequeo import chequear
from sgc_gt.reglas.materia import BORRADOR, OBSOLETO, SERIE, VIGENTE, Conocido, Materia
from sgc_gt.word.hechos import leer

HOY = date(2025, 3, 10)
COMPLETO = """T1 Objetivo / p Ordenar los subsidios.
T1 Alcance / p Todas las regiones.
T1 Responsabilidades / p Responde la jefatura.
T1 Terminología / p Taller: espacio de trabajo.
T1 Referencias / p No hay.
T1 Descripción de proceso / p Se publican las bases.
T1 Seguimiento del Proceso / p Se mide cada trimestre.
T1 Resultados Esperados / p Talleres habilitados.
T1 Registros / p No genera registros propios.
T1 Anexos / p No tiene."""
"""Un procedimiento sin nada que decir de él."""


@cache
def servicio() -> Servicio:
    """El servicio de la demostración."""
    sgc = (Path(sgc_gt.ejemplo.__file__).parent / "sgc.yaml").read_bytes()
    tipos = {f"plantillas_docx/{n}": d for n, d in plantillas().items() if n.endswith(".yaml")}
    return cargar({"sgc.yaml": sgc, "registros/series.yaml": series(), **tipos})


CODIGOS = {
    "PR-FOM-03": Conocido(VIGENTE, "Otorgamiento de Subsidios", ("Entrega de Subsidios",)),
    "PR-FOM-01": Conocido(OBSOLETO, "Postulación en papel"),
    "PR-FOM-07": Conocido(BORRADOR, "Cierre de subsidios"),
    "PR-FOM-09": Conocido(VIGENTE, "Cobranza", hoy="PR-FOR-20"),
    "PR-FOR-20": Conocido(VIGENTE, "Cobranza"),
    "PR-SGC-01": Conocido(VIGENTE, "Procedimiento de Elaboración y Control de Documentos"),
    "RG-GT-06": Conocido(SERIE, "Informe de terreno"),
}
EXTERNOS = (
    Externo("EX-01", "ISO 9001:2015", "ISO", "2015"),
    Externo("EX-02", "Ley 19.553", "Congreso Nacional"),
    Externo("EX-03", "Ley 18.000", "Congreso Nacional", estado="reemplazado", reemplazado_por="EX-04"),
    Externo("EX-05", "Plan Regional de Gobierno", "GORE", vigencia_hasta=date(2010, 12, 31)),
)


def materia(guion: str = COMPLETO, *, docx: bytes = b"", **cambios: Any) -> Materia:
    """La materia de un documento del servicio escrito en el lenguaje de `mini_docx`."""
    lectura = leer(docx or mini_docx(guion), "PR-FOM-03_v02.docx")
    base = Materia(
        "PR-FOM-03",
        lectura.forma,
        servicio(),
        archivo="PR-FOM-03_v02.docx",
        codigo="PR-FOM-03",
        version="02",
        titulo="Otorgamiento de Subsidios",
        tipo=servicio().tipos["procedimiento"],
        hechos=lectura.hechos,
        codigos=CODIGOS,
        externos=EXTERNOS,
        fecha=HOY,
    )
    return replace(base, **cambios)


def suelto(docx: bytes, nombre: str) -> Materia:
    """La materia de un archivo que no es de ningún documento del servicio."""
    lectura = leer(docx, nombre)
    tipo = servicio().tipos["procedimiento"]
    return Materia(nombre, lectura.forma, servicio(), archivo=nombre, tipo=tipo, hechos=lectura.hechos)


def alertas(regla: str, guion: str = COMPLETO, **cambios: Any) -> list[Alerta]:
    """Las alertas de esa regla en el documento del guion."""
    return chequear(materia(guion, **cambios), [POR_CODIGO[regla]])


def evidencias(regla: str, guion: str = COMPLETO, **cambios: Any) -> list[str]:
    """Lo que esa regla vio en el documento del guion."""
    return [a.evidencia for a in alertas(regla, guion, **cambios)]


def reglas_de(guion: str, **cambios: Any) -> set[str]:
    """Todas las reglas que alertan en el documento del guion."""
    return {a.regla for a in chequear(materia(guion, **cambios), CATALOGO)}
