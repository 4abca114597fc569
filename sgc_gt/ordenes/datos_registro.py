"""Los datos que acompañan a un registro archivado tal como llegó: lo que el papel dice.

Un oficio que fija fechas o un acuerdo firmado entran con su archivo y con sus datos, en la forma de su tipo:
un archivo de datos, o su formulario de Excel.
"""

from __future__ import annotations

import hashlib

from sgc_gt.contexto import Vista
from sgc_gt.dominio.periodos import solo_anio
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.errores import EntradaInvalida, UsoIncorrecto
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.de_formularios import Destino, recibir_datos
from sgc_gt.ordenes.movimiento import Propuesta
from sgc_gt.ordenes.pedido import Adjunto
from sgc_gt.ordenes.region import region_del_registro


def con_datos(vista: Vista, propuesta: Propuesta, tipo: Tipo | None, datos: Adjunto) -> Propuesta:
    """La propuesta de archivo con sus datos; queda con el tipo de su serie.

    UsoIncorrecto si la serie no tiene un tipo con datos o no se archiva un archivo; EntradaInvalida si a los
    datos les falta o les sobra algo: lo archivado no se completa después.
    """
    p = propuesta.pedido
    serie = p.codigo.partition("/")[0]
    if tipo is None or not tipo.datos:
        raise UsoIncorrecto(
            f"los registros de {serie} no llevan datos",
            lugar="--datos",
            hacer="repita la orden sin --datos",
        )
    if not p.archivo:
        raise UsoIncorrecto(
            "los datos acompañan a un archivo, y no se dio ninguno",
            lugar="--datos",
            esperado="el archivo del registro",
            hacer="agregue el archivo, o quite --datos",
        )
    anio = solo_anio(p.extra.get("periodo")) or str(p.fecha.year)
    recibido = recibir_datos(vista, Destino(tipo, int(anio)), [datos]).adjunto
    malos = taller.faltas(vista, tipo.id, recibido.contenido, recibido.nombre)
    if malos:
        raise EntradaInvalida(
            f"los datos no alcanzan para un registro de tipo «{tipo.nombre}»",
            lugar=datos.nombre,
            esperado="todo lo que el tipo pide: lo archivado no se completa después",
            hacer="corrija lo indicado y repita la orden",
            problemas=[f.problema() for f in malos],
        )
    dicha = str(p.extra.get("region", ""))
    region = region_del_registro(
        vista.servicio, tipo, dicha, taller.leer_datos(recibido.contenido, recibido.nombre)
    )
    propio = {"datos_sha256": hashlib.sha256(recibido.contenido).hexdigest()}
    extra = {**p.extra, **propio, **({"region": region} if region else {})}
    con = p._replace(tipo=tipo.id, extra=extra)
    return propuesta._replace(pedido=con, bytes_nuevos=(recibido.contenido,))
