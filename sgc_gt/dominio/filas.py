"""Las listas del sistema: qué columnas llevan y cómo se hace cada fila (dominio §2.6).

Una fila sale de una sola ficha, serie o documento externo: así un acto reescribe la suya y ninguna otra.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio import actos
from sgc_gt.dominio import externos as ext
from sgc_gt.dominio.etiquetas import APROBACIONES, ESTADOS
from sgc_gt.dominio.fechas import sumar_meses
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.importado import afuera
from sgc_gt.dominio.rutas import carpeta
from sgc_gt.dominio.servicio import Serie, Servicio
from sgc_gt.dominio.situacion import Situacion, Version, ocurre, situacion
from sgc_gt.dominio.tabla import FECHA, NUMERO, VERSION, Columna, Fila, Tabla

MAESTRA = (
    Columna("codigo", "Código", ancho=14),
    Columna("titulo", "Título", ancho=38),
    Columna("tipo", "Tipo", ancho=16),
    Columna("area", "Área", ancho=20),
    Columna("version", "Versión vigente", VERSION, 9),
    Columna("fecha_aprobacion", "Fecha de aprobación", FECHA, 12),
    Columna("vigente_desde", "Vigente desde", FECHA, 12),
    Columna("elaboro", "Elaboró", ancho=24),
    Columna("reviso", "Revisó", ancho=24),
    Columna("aprobo", "Aprobó", ancho=24),
    Columna("ubicacion", "Soporte y ubicación", ancho=26),
    Columna("proxima_revision", "Próxima revisión", FECHA, 12),
    Columna("estado", "Estado", ancho=12),
)
REGISTROS = (
    Columna("codigo", "Código", ancho=14),
    Columna("nombre", "Nombre", ancho=34),
    Columna("responsable", "Responsable", ancho=24),
    Columna("soporte", "Soporte", ancho=14),
    Columna("almacenamiento", "Almacenamiento", ancho=24),
    Columna("proteccion", "Protección", ancho=24),
    Columna("recuperacion", "Recuperación", ancho=20),
    Columna("retencion", "Tiempo de retención", ancho=14),
    Columna("base_legal", "Base legal", ancho=20),
    Columna("disposicion", "Disposición final", ancho=22),
    Columna("acceso", "Acceso", ancho=11),
    Columna("archivados", "Archivados", NUMERO, 11),
    Columna("ultimo", "Último", FECHA, 12),
)
REGISTROS_Y_QUIEN = (*REGISTROS, Columna("lo_pide", "Lo pide", ancho=22))
"""El listado que se entrega: además, los documentos vigentes cuya sección de registros pide cada uno."""
EXTERNOS = (
    Columna("id", "Id", ancho=12),
    Columna("titulo", "Título", ancho=38),
    Columna("emisor", "Emisor", ancho=22),
    Columna("version", "N°, fecha o edición", ancho=14),
    Columna("vigencia_hasta", "Vigencia hasta", FECHA, 12),
    Columna("ubicacion", "Dónde está", ancho=26),
    Columna("verifica", "Quién verifica", ancho=24),
    Columna("frecuencia", "Frecuencia", ancho=14),
    Columna("ultima_verificacion", "Última verificación", FECHA, 12),
    Columna("proxima_verificacion", "Próxima verificación", FECHA, 12),
    Columna("usado_por", "Documentos que lo usan", ancho=24),
    Columna("estado", "Estado", ancho=12),
)
POR_REGIR = (
    Columna("codigo", "Código", ancho=14),
    Columna("version", "Versión", VERSION, 9),
    Columna("vigente_desde", "Vigente desde", FECHA, 12),
)

CODIGOS = (
    Columna("codigo", "Código", ancho=14),
    Columna("carpeta", "Carpeta", ancho=30),
)
"""Los códigos dados por una reorganización, y dónde está cada documento."""

ACCESOS = {"publico": "Público", "reservado": "Reservado"}
FUERA = "Fuera del sistema"
"""Quién aprobó un documento importado: lo dice su evidencia, no el sistema."""


PENDIENTES = (
    Columna("codigo", "Código"),
    Columna("titulo", "Título", ancho=40),
    Columna("tipo", "Tipo"),
    Columna("version", "Versión", VERSION),
    Columna("estado", "Estado declarado"),
    Columna("elabora", "Elabora"),
    Columna("revisa", "Revisa"),
    Columna("aprueba", "Aprueba"),
)
"""Los documentos que el servicio declaró al comenzar y que todavía no se importan."""


def lista_maestra(servicio: Servicio, filas: Iterable[Fila], corte: date) -> Tabla:
    """La lista maestra de documentos internos a una fecha."""
    return _lista("Lista maestra de documentos", servicio, MAESTRA, filas, corte)


def lista_registros(servicio: Servicio, filas: Iterable[Fila], corte: date) -> Tabla:
    """El listado maestro de registros a una fecha."""
    return _lista("Listado maestro de registros", servicio, REGISTROS_Y_QUIEN, filas, corte)


def lista_externos(servicio: Servicio, filas: Iterable[Fila], corte: date) -> Tabla:
    """La lista de documentos de origen externo a una fecha."""
    return _lista("Lista de documentos externos", servicio, EXTERNOS, filas, corte)


def _lista(
    titulo: str, servicio: Servicio, columnas: tuple[Columna, ...], filas: Iterable[Fila], corte: date
) -> Tabla:
    clave = columnas[0].clave
    ordenadas = tuple(sorted(filas, key=lambda fila: str(fila[clave])))
    return Tabla(titulo, servicio.nombre, columnas, ordenadas, corte)


def fila_maestra(servicio: Servicio, ficha: Ficha, fecha: date | None = None) -> dict[str, object] | None:
    """La fila del documento en la lista maestra, o None si en la fecha no rige ninguna versión.

    Quiénes elaboraron, revisaron y aprobaron sale de los actos de la versión, no de la identidad. Con
    `fecha` None cuenta también como vigente lo emitido que aún espera su fecha (igual que `situacion`).
    """
    if ficha.clase not in ("documento", "archivo"):
        return None
    vista = situacion(ficha, fecha)
    v = vista.vigente
    if v is None:
        return None
    identidad = identidad_vigente(ficha, vista, v, fecha)
    tipo = servicio.tipos.get(ficha.tipo)
    area = str(identidad.get("area", ""))
    return {
        "codigo": ficha.codigo,
        "titulo": v.titulo,
        "tipo": tipo.nombre if tipo else ficha.tipo,
        "area": servicio.areas.get(area, area),
        "version": v.version,
        **_intervinientes(servicio, ficha, v),
        "vigente_desde": v.vigente_desde,
        "ubicacion": identidad.get("ubicacion") or f"Digital: {carpeta(ficha)}",
        "proxima_revision": _proxima(vista.ultima_revision, tipo.revision_meses if tipo else 0),
        "estado": ", ".join(filter(None, (estado_en_palabras(v), con_codigo_anterior(ficha, v)))),
    }


def impreso_antes(ficha: Ficha, v: Version) -> str:
    """El código que la versión lleva impreso, si se emitió antes de recodificar; vacío si es el de hoy."""
    impreso = ficha.codigo_en(v.emision.n) if v.emision else ficha.codigo
    return impreso if impreso != ficha.codigo else ""


def con_codigo_anterior(ficha: Ficha, v: Version) -> str:
    """«con el código anterior impreso (PR-FOM-01)», si se emitió antes de recodificar."""
    impreso = impreso_antes(ficha, v)
    return f"con el código anterior impreso ({impreso})" if impreso else ""


def estado_en_palabras(v: Version) -> str:
    """El estado de la versión y, si se aprobó fuera del sistema, que así fue y si hay respaldo."""
    return ", ".join(filter(None, (ESTADOS[v.estado], APROBACIONES.get(v.aprobacion))))


def fila_por_regir(ficha: Ficha, fecha: date) -> dict[str, object] | None:
    """La fila de la versión emitida que en la fecha aún no rige, o None."""
    v = situacion(ficha, fecha).por_regir
    if v is None:
        return None
    return {"codigo": ficha.codigo, "version": v.version, "vigente_desde": v.vigente_desde}


class Archivados(NamedTuple):
    """Cuántos registros conserva una serie, y de qué día es el último."""

    cuantos: int = 0
    ultimo: date | None = None

    @classmethod
    def contar(cls, fechas: Collection[date]) -> Archivados:
        """Los de esas fechas."""
        return cls(len(fechas), max(fechas, default=None))

    def cambia(self, antes: date | None, ahora: date | None) -> Archivados | None:
        """Con uno que estaba archivado `antes` y lo está `ahora` (None: no); None si se va el último.

        Cuál queda entonces de último no lo dice esta cuenta: hay que mirar los demás.
        """
        if antes and antes != ahora and antes == self.ultimo:
            return None
        fechas = [dia for dia in (self.ultimo, ahora) if dia]
        return Archivados(self.cuantos + bool(ahora) - bool(antes), max(fechas, default=None))


def archivados_de(fila: Fila) -> Archivados:
    """Lo que la fila de una serie dice de lo archivado."""
    ultimo = fila["ultimo"]
    return Archivados(int(str(fila["archivados"])), ultimo if isinstance(ultimo, date) else None)


def fila_serie(servicio: Servicio, serie: Serie, archivados: Archivados) -> dict[str, object]:
    """La fila de una serie de registros."""
    return {
        "codigo": serie.codigo,
        "nombre": serie.nombre,
        "responsable": nombre_cargo(servicio, serie.responsable),
        "soporte": serie.soporte,
        "almacenamiento": serie.almacenamiento,
        "proteccion": serie.proteccion,
        "recuperacion": serie.recuperacion,
        "retencion": retencion(serie.retencion_anios),
        "base_legal": serie.base_legal,
        "disposicion": serie.disposicion,
        "acceso": ACCESOS.get(serie.acceso, serie.acceso),
        "archivados": archivados.cuantos,
        "ultimo": archivados.ultimo,
    }


def fila_externo(servicio: Servicio, externo: ext.Externo) -> dict[str, object]:
    """La fila de un documento externo."""
    dichos = {
        campo: f"{getattr(externo, campo)}"
        + (f" (decía {decia})" if (decia := externo.decia.get(campo)) else "")
        for campo in ("titulo", "emisor", "version", "ubicacion")
    }
    return {
        "id": externo.id,
        **dichos,
        "vigencia_hasta": externo.vigencia_hasta,
        "verifica": nombre_cargo(servicio, externo.verifica),
        "frecuencia": _cada(externo.verificar_cada_meses),
        "ultima_verificacion": externo.ultima_verificacion,
        "proxima_verificacion": externo.proxima_verificacion,
        "usado_por": ", ".join(externo.usado_por),
        "estado": ext.ESTADOS[externo.estado]
        + (f" por {externo.reemplazado_por}" if externo.reemplazado_por else ""),
    }


def nombre_cargo(servicio: Servicio, cargo: str) -> str:
    """El título del cargo, o los de quienes tienen ese rol; lo que no está en el catálogo va como vino."""
    cargos = [servicio.cargos[c] for c in servicio.con_rol(cargo) if c in servicio.cargos]
    if len(cargos) > 1 and all(c.region for c in cargos):
        return f"{cargos[0].nombre.partition(', ')[0]} de cada región"
    return ", ".join(c.nombre for c in cargos) or cargo


def con_calidad(nombre: str, calidad: str) -> str:
    """El cargo con la calidad en que se ejerció, si no fue la de titular: «Director/a Regional (S)»."""
    if calidad in ("", "titular"):
        return nombre
    if calidad == "por orden de":
        return f"por orden de {nombre}"
    return f"{nombre} {calidad}" if calidad.startswith("(") else f"{nombre} ({calidad})"


def retencion(anios: int | None) -> str:
    """El tiempo de retención en palabras; «Sin definir» si la serie no lo dice."""
    if anios is None:
        return "Sin definir"
    return "1 año" if anios == 1 else f"{anios} años"


def _cada(meses: int) -> str:
    if not meses:
        return "Sin período"
    return "Cada mes" if meses == 1 else f"Cada {meses} meses"


def _proxima(ultima: date | None, meses: int) -> date | None:
    return sumar_meses(ultima, meses) if ultima and meses else None


def identidad_vigente(ficha: Ficha, vista: Situacion, vigente: Version, fecha: date | None) -> dict[str, Any]:
    """La identidad de la versión vigente: sin lo que cambia un borrador que todavía no se emite."""
    posteriores = {v.version for v in vista.versiones[vista.versiones.index(vigente) + 1 :]}
    identidad = dict(ficha.identidad)
    for m in ficha.actos:
        if (fecha is None or ocurre(m) <= fecha) and m.version not in posteriores:
            identidad.update(m.identidad)
    return identidad


def _intervinientes(servicio: Servicio, ficha: Ficha, v: Version) -> dict[str, object]:
    """Quién elaboró, revisó y aprobó la versión, según sus actos."""
    importada = next((m for m in ficha.actos if m.acto == "importar" and m.version == v.version), None)
    if importada is not None:
        fuera = afuera(importada)
        textos = {"elaboro": fuera.elaboro, "reviso": fuera.reviso, "aprobo": fuera.aprobo}
        return {
            "fecha_aprobacion": fuera.fecha,
            **{c: f"{texto} (fuera del sistema)" if texto else FUERA for c, texto in textos.items()},
        }
    limite = v.emision.n if v.emision else 0
    autoria = [m for m in ficha.actos if m.version == v.version and m.acto in actos.AUTORIA and m.n < limite]
    aprobaciones = [m for m in v.firmas if m.acto == "aprobar"]
    return {
        "fecha_aprobacion": aprobaciones[-1].fecha if aprobaciones else None,
        "elaboro": _cargos(servicio, autoria[-1:]),
        "reviso": _cargos(servicio, [m for m in v.firmas if m.acto == "revisar"]),
        "aprobo": _cargos(servicio, aprobaciones),
    }


def _cargos(servicio: Servicio, movimientos: Iterable[Movimiento]) -> str:
    nombres = [con_calidad(nombre_cargo(servicio, m.cargo), m.calidad) for m in movimientos]
    return ", ".join(dict.fromkeys(nombres))
