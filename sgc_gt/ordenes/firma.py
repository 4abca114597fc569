"""`preparar-firma`: el PDF con la cara final de cada documento y el borrador de su resolución."""

from __future__ import annotations

from pathlib import Path

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.actos import EN_APROBACION
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.guardas_observaciones import por_atender
from sgc_gt.dominio.impresion import codigo_corto
from sgc_gt.dominio.observaciones import abiertas
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import ActoNoPermitido
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.pedido import unicos
from sgc_gt.ordenes.salida import dejar
from sgc_gt.word.pdf import a_pdf_varios
from sgc_gt.word.resolucion import resolucion_docx
from sgc_gt.word.sello import sellar


def preparar_firma(ctx: Contexto, codigos: list[str], destino: Path) -> list[Path]:
    """Los archivos escritos. No es un acto: el documento queda como estaba.

    ActoNoPermitido si alguno no espera aprobación o tiene observaciones sin atender; ProgramaAusente si no
    hay LibreOffice.
    """
    vista = ctx.vista()
    hoy = ctx.ahora(vista).date()
    casos = []
    for codigo in unicos(codigos):
        ficha = vista.ficha(codigo)
        v = situacion(ficha, hoy).abierta
        if v is None or v.estado != EN_APROBACION:
            actual = ESTADOS[v.estado] if v else "sin versión en trabajo"
            raise ActoNoPermitido(
                f"no espera aprobación ({actual})", lugar=codigo, esperado=ESTADOS[EN_APROBACION]
            )
        faltan = abiertas(ficha, v.version)
        if faltan:
            raise por_atender(codigo, v, faltan)
        casos.append((ficha, v))
    caras = {f"{Path(v.archivo).stem}_para_firma.pdf": cara_final(vista, f, v) for f, v in casos}
    listos = list(a_pdf_varios(caras).items())
    if len(casos) > 1:
        listos.append(("resolucion_borrador.docx", _resolucion(vista, casos)))
    return dejar(ctx.raiz, {destino / nombre: contenido for nombre, contenido in listos})


def cara_final(vista: Vista, ficha: Ficha, v: Version) -> bytes:
    """El borrador sin marca de agua y con su código de verificación: lo que se firma es lo que regirá."""
    contenido = vista.leer(rutas.ruta_borrador(ficha, v.archivo)) or b""
    valores = taller.valores(vista, ficha, v.version)
    finales = valores._replace(
        textos={**valores.textos, "estado": "Para firma", "verificacion": codigo_corto(v.huella)}, marca=None
    )
    return sellar(
        contenido,
        finales,
        plantilla=taller.plantilla_de(vista, ficha),
        contexto=taller.contexto_de(vista, ficha, v.version),
        filtros=taller.filtros(vista.servicio),
    )


def _resolucion(vista: Vista, casos: list[tuple[Ficha, Version]]) -> bytes:
    s, org = vista.servicio, vista.organizacion
    aprueban = {c for _, v in casos if v.espera for c in v.espera.cargos}
    return resolucion_docx(
        {
            "ministerio": s.ministerio,
            "servicio": s.nombre,
            "cargo": org.nombres(sorted(aprueban)),
            "documentos": [
                {
                    "codigo": f.codigo,
                    "titulo": v.titulo,
                    "version": v.version,
                    "verificacion": codigo_corto(v.huella),
                }
                for f, v in casos
            ],
        }
    )
