"""`nueva-version`: el borrador de la versión siguiente, con el texto de la que rige."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.importado import conserva_formato
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import Conflicto
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.borrador import Borrador
from sgc_gt.ordenes.importar_formatos import con_zonas
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Peticion, pedido
from sgc_gt.ordenes.productos import con_productos
from sgc_gt.ordenes.propuesta import con_archivo, version_de
from sgc_gt.ordenes.reglas import fuente, sale_de_reglas


def nueva_version(ctx: Contexto, codigo: str, peticion: Peticion, *, menor: bool) -> Resultado:
    """Abre el borrador de la versión siguiente, con el texto de la que rige (ediciones de Word incluidas)."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        ficha = vista.ficha(codigo)
        extra: dict[str, Any] = {"menor": True} if menor else {}
        de_reglas = fuente(vista.servicio) if sale_de_reglas(ficha) else None
        extra |= de_reglas.extra if de_reglas else {}
        pide = con_productos(vista, peticion._replace(extra=extra), peticion.fecha or ahora.date())
        p, evidencia = pedido(ctx, "nueva-version", codigo, ficha, pide, ahora)
        rige = situacion(ficha, ahora.date()).vigente

        def armar(despues: Ficha, version: str) -> Borrador:
            if rige is None:
                raise ValueError(f"{codigo} no tiene versión vigente")
            if de_reglas:
                return taller.generar(vista, despues, version, de_reglas.datos)
            carpeta = rutas.carpeta(ficha)
            contenido = vista.leer(f"{carpeta}/{rige.archivo}") or b""
            datos = vista.leer(f"{carpeta}/{rutas.datos_de(rige.archivo)}")
            archivo = rutas.nombre_archivo(codigo, version, "." + rige.archivo.rpartition(".")[2])
            _exigir_libre(ctx, f"{carpeta}/borrador/{archivo}")
            if archivo.endswith(".docx"):
                if conserva_formato(ficha):
                    contenido = con_zonas(vista.servicio, ficha, contenido)
                contenido = taller.sellado(vista, despues, version, contenido)
            return taller.armar(contenido, datos, version_de(despues, version), archivo)

        return [con_archivo(vista, ficha, p, evidencia, armar)]

    return registrar(ctx, preparar)[0]


def _exigir_libre(ctx: Contexto, ruta: str) -> None:
    """Un archivo que quedó con ese nombre se confundiría con el borrador nuevo."""
    if (ctx.raiz / ruta).exists():
        raise Conflicto(
            "ya hay un archivo con el nombre del borrador nuevo, y ningún movimiento lo puso ahí",
            lugar=ruta,
            hacer="guárdelo en otra carpeta y repita la orden",
        )
