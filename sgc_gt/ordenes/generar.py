"""`generar`: el borrador otra vez desde su plantilla y sus datos."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sgc_gt.consultas.formularios import anio_de
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.importado import conserva_formato
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import Conflicto, UsoIncorrecto
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.de_formularios import Destino, Recibido, descuadres_en, recibir_datos
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Adjunto, Peticion, pedido
from sgc_gt.ordenes.propuesta import (
    con_archivo,
    datos_en_trabajo,
    exigir_cerrado,
    ruta_borrador,
    sustituyendo,
)
from sgc_gt.ordenes.region import exigir_region
from sgc_gt.ordenes.reglas import Fuente, fuente, sale_de_reglas


def generar(
    ctx: Contexto,
    codigo: str,
    peticion: Peticion,
    datos: Adjunto | Sequence[Adjunto] | None,
    *,
    descartar_edicion: bool,
) -> Resultado:
    """Vuelve a generar el borrador desde su plantilla. No pisa lo escrito en Word, salvo que se pida.

    `datos`: un archivo de datos, o uno o más formularios de Excel que se juntan con el borrador.
    """
    archivos = [datos] if isinstance(datos, Adjunto) else list(datos or ())
    avisos: list[str] = []

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        ficha = vista.ficha(codigo)
        if taller.plantilla_de(vista, ficha) is None:
            propio = conserva_formato(ficha)
            raise UsoIncorrecto(
                f"{codigo} no se genera: "
                + (
                    "conserva el formato con que se importó" if propio else "su tipo admite cualquier formato"
                ),
                hacer=f"entregue el archivo con: sgc-gt entregar {codigo} ARCHIVO",
            )
        abierta = situacion(ficha, ahora.date()).abierta
        # Primero si el acto corresponde: aconsejar cómo generar a quien no puede generar confunde.
        decidir(
            vista.servicio,
            vista.organizacion,
            ficha,
            pedido(ctx, "generar", codigo, ficha, peticion, ahora)[0],
        )
        if abierta:
            exigir_cerrado(ctx, ficha, abierta)
        if abierta and not descartar_edicion:
            _exigir_sin_edicion(ctx, vista, ficha, abierta)
        recibido = _recibido(ctx, vista, ficha, abierta, archivos) if archivos else None
        origen = _origen_de_datos(ctx, vista, ficha, abierta, recibido.adjunto if recibido else None)
        lugar = archivos[0].nombre if archivos else _lugar_datos(ficha, abierta)
        taller.exigir_datos(vista, ficha.tipo, origen.datos, lugar)
        tipo = vista.servicio.tipos[ficha.tipo]
        exigir_region(ficha, tipo, taller.leer_datos(origen.datos, lugar))
        total = descuadres_en(vista, ficha.tipo, Adjunto(lugar, origen.datos))
        avisos[:] = [*(recibido.avisos if recibido else ()), *total]
        pide = peticion._replace(extra={**peticion.extra, **origen.extra})
        p, evidencia = pedido(ctx, "generar", codigo, ficha, pide, ahora)
        propuesta = con_archivo(
            vista, ficha, p, evidencia, lambda f, version: taller.generar(vista, f, version, origen.datos)
        )
        return [sustituyendo(ctx, ficha, abierta, propuesta)]

    resultado = registrar(ctx, preparar)[0]
    return resultado._replace(avisos=(*resultado.avisos, *avisos))


def _recibido(
    ctx: Contexto, vista: Vista, ficha: Ficha, v: Version | None, archivos: Sequence[Adjunto]
) -> Recibido:
    """Los datos que la persona trae, juntos con lo que el borrador ya dice si vienen en formularios."""
    version = v.version if v else ""
    anio = anio_de(ficha, v, v.abierta.year if v else 0)
    destino = Destino(
        vista.servicio.tipos[ficha.tipo], anio, ficha.codigo, version, datos_en_trabajo(ctx, vista, ficha, v)
    )
    return recibir_datos(vista, destino, archivos)


def _lugar_datos(ficha: Ficha, v: Version | None) -> str:
    return rutas.datos_de(ruta_borrador(ficha, v)) if v and v.archivo else f"datos de {ficha.codigo}"


def _origen_de_datos(
    ctx: Contexto, vista: Vista, ficha: Ficha, v: Version | None, datos: Adjunto | None
) -> Fuente:
    """Los datos que la persona indica; si no, los de las reglas o los que están junto al borrador."""
    if datos:
        return Fuente(datos.contenido, {})
    if sale_de_reglas(ficha):
        return fuente(vista.servicio)
    return Fuente(datos_en_trabajo(ctx, vista, ficha, v), {})


def _exigir_sin_edicion(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version) -> None:
    """Generar borraría lo que alguien escribió en Word: eso se pide, no se hace solo."""
    en_disco = ctx.raiz / ruta_borrador(ficha, v)
    editado = en_disco.is_file() and en_disco.read_bytes() != vista.leer(ruta_borrador(ficha, v))
    if editado or _escrito_en_word(ficha):
        raise Conflicto(
            "el borrador tiene cambios hechos en Word que se perderían al generar",
            lugar=ruta_borrador(ficha, v),
            hacer=f"entréguelos (sgc-gt entregar {ficha.codigo}), o genere con --descartar-edicion",
        )


def _escrito_en_word(ficha: Ficha) -> bool:
    """Si el texto del borrador viene de una entrega: en él, o en la versión vigente de que se copió."""
    apertura = max(i for i, m in enumerate(ficha.actos) if m.acto in ("crear", "nueva-version"))
    propios = [m.acto for m in ficha.actos[apertura:] if m.acto in ("crear", "generar", "entregar")]
    if propios:
        return propios[-1] == "entregar"
    # El texto de la vigente lo escribió el último que lo hizo en ella o en las que copió.
    emitidas = {v.version for v in situacion(ficha).versiones if v.emision}
    autoria = [
        m.acto
        for m in ficha.actos[:apertura]
        if m.version in emitidas and m.acto in ("crear", "generar", "entregar", "importar")
    ]
    return bool(autoria) and autoria[-1] in ("entregar", "importar")
