"""`registrar`: archivar un registro en su serie, o decir dónde vive."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.periodos import leer_periodo
from sgc_gt.dominio.servicio import Serie, Servicio, Tipo
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes.crear import siguiente_instancia
from sgc_gt.ordenes.datos_registro import con_datos
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Adjunto, Peticion, exigir_pdf, nombre_seguro, pedido
from sgc_gt.ordenes.region import region_en_uso

TIPO = "archivo"
"""Un registro archivado tal como llegó es un archivo de cualquier formato."""


DESDE = date(1900, 1, 1)
"""Antes de este día, una fecha es un error de tecleo."""


class Archivo(NamedTuple):
    """Lo que se sabe del registro que se archiva."""

    serie: str
    fecha: date
    titulo: str = ""
    periodo: str = ""
    region: str = ""
    ubicacion: str = ""
    volumen: str = ""


def archivar(
    ctx: Contexto, nuevo: Archivo, adjunto: Adjunto | None, datos: Adjunto | None = None
) -> Resultado:
    """Archiva el registro; sus bytes quedan fuera de la historia, para poder eliminarse un día.

    `datos`: lo que el archivo dice, en la forma del tipo de su serie.
    """

    nuevo = nuevo._replace(periodo=leer_periodo(nuevo.periodo))
    avisos: list[str] = []

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        serie, tipos = _serie_que_recibe(vista.servicio, nuevo)
        if adjunto:
            exigir_pdf(adjunto)
            avisos[:] = _ya_archivado(vista, nuevo.serie, adjunto)
        region = region_en_uso(vista.servicio, nuevo.region)
        if not region and datos is None:
            avisos[:] = dict.fromkeys((*avisos, *_de_ninguna_region(vista.servicio, serie)))
        codigo = siguiente_instancia(vista, nuevo.serie, nuevo.periodo or str(nuevo.fecha.year))
        p, _ = pedido(
            ctx, "registrar", codigo, None, Peticion(fecha=nuevo.fecha, extra=_extra(nuevo, region)), ahora
        )
        evidencias = {}
        if adjunto:
            nombre = nombre_seguro(adjunto.nombre)
            evidencias[nombre] = adjunto.contenido
            p = p._replace(
                archivo=nombre,
                sha256=hashlib.sha256(adjunto.contenido).hexdigest(),
                extra={**p.extra, "tamano": len(adjunto.contenido)},
            )
        identidad = {"titulo": nuevo.titulo.strip() or serie.nombre, "responsable": serie.responsable}
        propuesta = Propuesta(p._replace(tipo=TIPO, identidad=identidad), evidencias=evidencias)
        return [con_datos(vista, propuesta, next(iter(tipos), None), datos) if datos else propuesta]

    hecho = registrar(ctx, preparar)[0]
    return hecho._replace(avisos=(*hecho.avisos, *avisos))


def _serie_que_recibe(servicio: Servicio, nuevo: Archivo) -> tuple[Serie, list[Tipo]]:
    """La serie y los tipos que archivan en ella; un rechazo si no recibe registros tal como llegan."""
    serie = servicio.serie(nuevo.serie)
    if serie.documento:
        raise UsoIncorrecto(
            f"{nuevo.serie} se archiva solo: cada versión emitida es el registro de su período",
            hacer=f"ponga en vigencia el documento {nuevo.serie}",
        )
    tipos = [t for t in servicio.tipos.values() if t.serie == nuevo.serie]
    con_circuito = next((t for t in tipos if not t.archivo_directo), None)
    if con_circuito:
        raise UsoIncorrecto(
            f"{nuevo.serie} se archiva al terminar su circuito de aprobación",
            hacer=f"créelo con: sgc-gt crear {con_circuito.id} --titulo T",
        )
    if nuevo.fecha < DESDE:
        raise UsoIncorrecto(
            f"un registro del {imprimir_fecha(nuevo.fecha)} no puede ser de este servicio",
            lugar="--fecha",
            esperado=f"una fecha desde el {imprimir_fecha(DESDE)}",
            hacer="revise el año",
        )
    return serie, tipos


def _de_ninguna_region(servicio: Servicio, serie: Serie) -> list[str]:
    """La serie que lleva cada región espera saber de cuál es lo archivado: así se cuenta a quién le falta."""
    cargos = [servicio.cargos[c] for c in servicio.con_rol(serie.responsable)]
    if len(cargos) < 2 or not all(c.region for c in cargos):
        return []
    return [
        f"no dice de qué región es, y en {serie.codigo} archiva cada región: no contará para ninguna; "
        "si es de una, archívelo otra vez con --region y anote la corrección de este (sgc-gt corregir)"
    ]


def _ya_archivado(vista: Vista, serie: str, adjunto: Adjunto) -> list[str]:
    """Los registros de la serie que ya guardan esos mismos bytes."""
    huella = hashlib.sha256(adjunto.contenido).hexdigest()
    candidatas = vista.instancias_que_dicen(serie, huella)
    iguales = [f.codigo for f in candidatas if any(m.sha256 == huella for m in f.actos)]
    return [f"el mismo archivo ya estaba en {', '.join(iguales)}"] if iguales else []


def _extra(nuevo: Archivo, region: str) -> Mapping[str, Any]:
    valores = {
        "periodo": nuevo.periodo or str(nuevo.fecha.year),
        "region": region,
        "ubicacion": nuevo.ubicacion,
        "volumen": nuevo.volumen,
    }
    return {clave: valor for clave, valor in valores.items() if valor}
