"""Los actos que llevan un archivo: crear, nueva-version, generar, entregar, enviar y emitir.

El archivo depende del movimiento (versión, firmas) y el movimiento del archivo (su resumen): se decide una
vez sin él, se arma, y se pide de nuevo con él. El reglamento es puro, así que decide lo mismo.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sgc_gt.comparacion.secciones import comparar_secciones
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.caso import Pedido, ficha_nueva
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.forma import FormaNormal
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import (
    ActoNoPermitido,
    Conflicto,
    EntradaInvalida,
    IntegridadRota,
    NoEncontrado,
    UsoIncorrecto,
)
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.borrador import Borrador
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Adjunto, Peticion, pedido, unicos
from sgc_gt.ordenes.reglas import Fuente, fuente, sale_de_reglas
from sgc_gt.reglas.chequeo import chequear
from sgc_gt.word.extraer import forma_normal

Armador = Callable[[Ficha, str], Borrador]


class Recepcion(NamedTuple):
    """Lo que resultó de entregar: el acto (None si nada cambió), los cambios por sección y los avisos."""

    resultado: Resultado | None
    cambios: list[dict[str, Any]]
    avisos: tuple[str, ...] = ()


def con_archivo(
    vista: Vista, antes: Ficha | None, pedido_: Pedido, evidencia: Mapping[str, bytes], armar: Armador
) -> Propuesta:
    """La propuesta completa de un acto con archivo."""
    previo = decidir(vista.servicio, vista.organizacion, antes, pedido_)
    base = antes or ficha_nueva(vista.servicio, pedido_)
    b = armar(base.con(previo), previo.version)
    listo = pedido_._replace(
        huella=b.huella, sha256=b.sha256, archivo=b.archivo, extra={**pedido_.extra, **b.extra}
    )
    return Propuesta(listo, b.bytes_nuevos, evidencia)


def nueva_version(ctx: Contexto, codigo: str, peticion: Peticion, *, menor: bool) -> Resultado:
    """Abre el borrador de la versión siguiente, con el texto de la que rige (ediciones de Word incluidas)."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        ficha = vista.ficha(codigo)
        extra: dict[str, Any] = {"menor": True} if menor else {}
        de_reglas = fuente(vista.servicio) if sale_de_reglas(ficha) else None
        extra |= de_reglas.extra if de_reglas else {}
        p, evidencia = pedido(ctx, "nueva-version", codigo, ficha, peticion._replace(extra=extra), ahora)
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
            if archivo.endswith(".docx"):
                contenido = taller.sellado(vista, despues, version, contenido)
            return taller.armar(contenido, datos, _version(despues, version), archivo)

        return [con_archivo(vista, ficha, p, evidencia, armar)]

    return registrar(ctx, preparar)[0]


def generar(
    ctx: Contexto, codigo: str, peticion: Peticion, datos: Adjunto | None, *, descartar_edicion: bool
) -> Resultado:
    """Vuelve a generar el borrador desde su plantilla. No pisa lo escrito en Word, salvo que se pida."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        ficha = vista.ficha(codigo)
        if vista.plantilla(ficha.tipo) is None:
            raise UsoIncorrecto(
                f"{codigo} no se genera: su tipo admite cualquier formato",
                hacer=f"entregue el archivo con: sgc-gt entregar {codigo} ARCHIVO",
            )
        abierta = situacion(ficha, ahora.date()).abierta
        if abierta and not descartar_edicion:
            _exigir_sin_edicion(ctx, vista, ficha, abierta)
        origen = _origen_de_datos(ctx, vista, ficha, abierta, datos)
        taller.exigir_datos(
            vista, ficha.tipo, origen.datos, datos.nombre if datos else _lugar_datos(ficha, abierta)
        )
        pide = peticion._replace(extra={**peticion.extra, **origen.extra})
        p, evidencia = pedido(ctx, "generar", codigo, ficha, pide, ahora)
        propuesta = con_archivo(
            vista, ficha, p, evidencia, lambda f, version: taller.generar(vista, f, version, origen.datos)
        )
        return [_sustituyendo(ctx, ficha, abierta, propuesta)]

    return registrar(ctx, preparar)[0]


def _lugar_datos(ficha: Ficha, v: Version | None) -> str:
    return rutas.datos_de(_ruta_borrador(ficha, v)) if v and v.archivo else f"datos de {ficha.codigo}"


def _origen_de_datos(
    ctx: Contexto, vista: Vista, ficha: Ficha, v: Version | None, datos: Adjunto | None
) -> Fuente:
    """Los datos que la persona indica; si no, los de las reglas o los que están junto al borrador."""
    if datos:
        return Fuente(datos.contenido, {})
    if sale_de_reglas(ficha):
        return fuente(vista.servicio)
    return Fuente(_datos_en_trabajo(ctx, vista, ficha, v), {})


def entregar(ctx: Contexto, codigo: str, peticion: Peticion, archivo: Adjunto | None) -> Recepcion:
    """Recibe un borrador editado. Si dice lo mismo que el anterior, no pasa nada: guardar no es un acto."""
    hallado: dict[str, Any] = {"cambios": [], "avisos": ()}

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        ficha = vista.ficha(codigo)
        v = situacion(ficha, ahora.date()).abierta
        p, evidencia = pedido(ctx, "entregar", codigo, ficha, peticion, ahora)
        if v is None:
            decidir(vista.servicio, vista.organizacion, ficha, p)
            raise ActoNoPermitido("no hay borrador abierto", lugar=codigo)
        entregado = archivo or _borrador_en_trabajo(ctx, ficha, v)
        taller.recibir(entregado.contenido, entregado.nombre)
        taller.exigir_identidad(entregado, ficha, v)
        if archivo:
            _exigir_sin_pendiente(ctx, vista, ficha, v, archivo)
        nombre = _nombre_entregado(vista, ficha, v, entregado)
        datos = _datos_en_trabajo(ctx, vista, ficha, v) if vista.plantilla(ficha.tipo) else None
        taller.exigir_datos(vista, ficha.tipo, datos or b"", rutas.datos_de(nombre))
        b = taller.armar(entregado.contenido, datos, v, nombre)
        anterior = vista.leer(f"{rutas.carpeta(ficha)}/borrador/{v.archivo}") if v.archivo else None
        if nombre.endswith(".docx"):
            hallado["cambios"] = _cambios(anterior, entregado.contenido)
            hallado["avisos"] = tuple(
                d.mensaje for d in taller.zonas_danadas(vista, ficha, v.version, entregado.contenido)
            )
        if b.huella == v.huella:
            decidir(vista.servicio, vista.organizacion, ficha, p)  # el permiso se exige aunque nada cambie
            return []
        propuesta = con_archivo(vista, ficha, p, evidencia, lambda _f, _v: b)
        return [_sustituyendo(ctx, ficha, v, propuesta)]

    resultados = registrar(ctx, preparar)
    return Recepcion(resultados[0] if resultados else None, hallado["cambios"], hallado["avisos"])


def enviar(ctx: Contexto, codigos: list[str], peticion: Peticion) -> list[Resultado]:
    """Envía al circuito: chequeo de forma sin impedimentos y zonas controladas reparadas."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        return [_envio(ctx, vista, codigo, peticion, ahora) for codigo in unicos(codigos)]

    resultados = registrar(ctx, preparar)
    _proteger(ctx, resultados, solo_lectura=True)
    return resultados


def _envio(ctx: Contexto, vista: Vista, codigo: str, peticion: Peticion, ahora: datetime) -> Propuesta:
    ficha = vista.ficha(codigo)
    v = situacion(ficha, ahora.date()).abierta
    p, evidencia = pedido(ctx, "enviar", codigo, ficha, peticion, ahora)
    if v is None or not v.archivo:
        decidir(vista.servicio, vista.organizacion, ficha, p)
        raise ActoNoPermitido("el borrador todavía no tiene contenido", lugar=codigo)
    ruta = f"{rutas.carpeta(ficha)}/borrador/{v.archivo}"
    contenido = vista.leer(ruta) or b""
    datos = vista.leer(rutas.datos_de(ruta))
    p = p._replace(huella=v.huella)
    decidir(vista.servicio, vista.organizacion, ficha, p)
    _exigir_entregado(ctx, vista, ficha, v)
    forma = forma_normal(contenido) if v.archivo.endswith(".docx") else None
    _exigir_forma(vista, ficha, v, forma, datos)
    if forma is not None:
        p = p._replace(extra={**p.extra, **_secciones_cambiadas(vista, ficha, ahora, forma)})

    def armar(_despues: Ficha, version: str) -> Borrador:
        if forma is not None and taller.zonas_danadas(vista, ficha, version, contenido):
            reparado = taller.sellado(vista, ficha, version, contenido)
            return taller.armar(reparado, datos, v, v.archivo)
        # Intacto: se envían los mismos bytes que se recibieron, con la huella que ya tenían.
        return Borrador(v.archivo, contenido, v.sha256, v.huella, datos)

    propuesta = con_archivo(vista, ficha, p, evidencia, armar)
    return propuesta._replace(sustituye=taller.sustituibles(ctx, vista, ficha, v))


def _secciones_cambiadas(vista: Vista, ficha: Ficha, ahora: datetime, forma: FormaNormal) -> dict[str, str]:
    """Las secciones que cambian respecto de la vigente: la fila del control de cambios las nombra."""
    rige = situacion(ficha, ahora.date()).vigente
    vigente = vista.leer(f"{rutas.carpeta(ficha)}/{rige.archivo}") if rige else None
    if vigente is None:
        return {}
    cambiadas = [str(c["seccion"]) for c in comparar_secciones(forma_normal(vigente), forma)]
    return {"secciones": "; ".join(cambiadas) or "Ninguna"}


def emitir(ctx: Contexto, codigos: list[str], peticion: Peticion) -> list[Resultado]:
    """Pone en vigencia: sella el borrador aprobado, lo coloca y actualiza las listas."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        return [_emision(ctx, vista, codigo, peticion, ahora) for codigo in unicos(codigos)]

    return registrar(ctx, preparar)


def _emision(ctx: Contexto, vista: Vista, codigo: str, peticion: Peticion, ahora: datetime) -> Propuesta:
    ficha = vista.ficha(codigo)
    v = situacion(ficha, ahora.date()).abierta
    p, evidencia = pedido(ctx, "emitir", codigo, ficha, peticion, ahora)
    if v is None:
        decidir(vista.servicio, vista.organizacion, ficha, p)
        raise ActoNoPermitido("no hay versión que emitir", lugar=codigo)
    contenido = vista.leer(_ruta_borrador(ficha, v)) or b""
    datos = vista.leer(rutas.datos_de(_ruta_borrador(ficha, v)))

    def armar(despues: Ficha, version: str) -> Borrador:
        final = contenido
        if v.archivo.endswith(".docx"):
            final = taller.sellado(vista, despues, version, contenido)
        b = taller.armar(final, datos, v, v.archivo)
        if b.huella != v.huella:
            raise IntegridadRota(
                "al sellar el documento cambió su contenido; no se emite",
                lugar=f"{codigo} versión {version}",
                hacer="devuelva el borrador y revise sus zonas controladas",
            )
        return b._replace(datos=None)

    propuesta = con_archivo(vista, ficha, p._replace(huella=v.huella), evidencia, armar)
    return propuesta._replace(sustituye=taller.sustituibles(ctx, vista, ficha, v))


def _version(ficha: Ficha, version: str) -> Version:
    v = situacion(ficha).de(version)
    if v is None:
        raise ValueError(f"{ficha.codigo} no tiene versión {version}")
    return v


def _ruta_borrador(ficha: Ficha, v: Version) -> str:
    return f"{rutas.carpeta(ficha)}/borrador/{v.archivo}"


def _borrador_en_trabajo(ctx: Contexto, ficha: Ficha, v: Version) -> Adjunto:
    ruta = ctx.raiz / _ruta_borrador(ficha, v)
    if not v.archivo or not ruta.is_file():
        raise NoEncontrado(
            "el borrador no está en su carpeta",
            lugar=str(ruta),
            hacer=f"indique el archivo: sgc-gt entregar {ficha.codigo} ARCHIVO",
        )
    return Adjunto(v.archivo, ruta.read_bytes())


def _datos_en_trabajo(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version | None) -> bytes:
    """Los datos que la persona dejó junto al borrador; si no están, los de la historia."""
    if v is None or not v.archivo:
        return b"{}\n"
    ruta = rutas.datos_de(_ruta_borrador(ficha, v))
    en_disco = ctx.raiz / ruta
    return en_disco.read_bytes() if en_disco.is_file() else vista.leer(ruta) or b"{}\n"


def _exigir_sin_edicion(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version) -> None:
    """Generar borraría lo que alguien escribió en Word: eso se pide, no se hace solo."""
    autoria = [
        m for m in ficha.actos if m.version == v.version and m.acto in ("generar", "entregar", "crear")
    ]
    en_disco = ctx.raiz / _ruta_borrador(ficha, v)
    editado = en_disco.is_file() and en_disco.read_bytes() != vista.leer(_ruta_borrador(ficha, v))
    if editado or (autoria and autoria[-1].acto == "entregar"):
        raise Conflicto(
            "el borrador tiene cambios hechos en Word que se perderían al generar",
            lugar=_ruta_borrador(ficha, v),
            hacer=f"entréguelos (sgc-gt entregar {ficha.codigo}), o genere con --descartar-edicion",
        )


def _exigir_sin_pendiente(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version, archivo: Adjunto) -> None:
    """Un archivo suelto no pisa lo que alguien escribió en la carpeta y todavía no entrega."""
    if not v.archivo:
        return
    ruta = _ruta_borrador(ficha, v)
    en_disco = ctx.raiz / ruta
    if not en_disco.is_file() or en_disco.read_bytes() in (vista.leer(ruta), archivo.contenido):
        return
    if ruta not in taller.sustituibles(ctx, vista, ficha, v):
        raise Conflicto(
            "el borrador de la carpeta tiene cambios sin entregar, y este archivo los reemplazaría",
            lugar=ruta,
            hacer=f"entregue primero el de la carpeta (sgc-gt entregar {ficha.codigo}), o retírelo de ahí",
        )


def _exigir_entregado(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version) -> None:
    """Lo que se envía es lo que se entregó: una edición a medio camino no viaja sin que nadie la vea."""
    en_disco = ctx.raiz / _ruta_borrador(ficha, v)
    if not en_disco.is_file():
        return
    contenido = en_disco.read_bytes()
    ruta = _ruta_borrador(ficha, v)
    if contenido == vista.leer(ruta):
        return
    datos = vista.leer(rutas.datos_de(ruta))
    if taller.huella_de(contenido, datos, v.titulo, v.motivo, v.archivo) != v.huella:
        raise Conflicto(
            "el borrador fue editado y todavía no se ha entregado",
            lugar=ruta,
            hacer=f"entréguelo primero: sgc-gt entregar {ficha.codigo}",
        )


def _exigir_forma(
    vista: Vista, ficha: Ficha, v: Version, forma: FormaNormal | None, datos: bytes | None
) -> None:
    tipo = vista.servicio.tipos[ficha.tipo]
    faltas = taller.faltas(vista, ficha.tipo, datos, rutas.datos_de(v.archivo)) if datos else ()
    alertas = chequear(ficha.codigo, tipo, forma, faltas, taller.guias_de(vista, ficha))
    impiden = [a for a in alertas if a.gravedad == "impide"]
    if impiden:
        plural = ("n", "s") if len(impiden) > 1 else ("", "")
        raise EntradaInvalida(
            f"el borrador no se puede enviar: lo impide{plural[0]} {len(impiden)} alerta{plural[1]}",
            lugar=_ruta_borrador(ficha, v),
            hacer="corrija lo indicado, entregue o genere de nuevo, y repita el envío",
            problemas=[a.problema() for a in impiden],
        )


def _sustituyendo(ctx: Contexto, ficha: Ficha, v: Version | None, propuesta: Propuesta) -> Propuesta:
    """Permite reemplazar los archivos de trabajo que este mismo acto leyó."""
    if v is None or not v.archivo:
        return propuesta
    leidos = {}
    for ruta in (_ruta_borrador(ficha, v), rutas.datos_de(_ruta_borrador(ficha, v))):
        oid = ctx.repo.oid_en_trabajo(ruta)
        if oid:
            leidos[ruta] = oid
    return propuesta._replace(sustituye=leidos)


def _nombre_entregado(vista: Vista, ficha: Ficha, v: Version, entregado: Adjunto) -> str:
    extension = "." + entregado.nombre.rpartition(".")[2].lower()
    if vista.plantilla(ficha.tipo) is not None and extension != ".docx":
        raise EntradaInvalida(
            f"«{entregado.nombre}» no es un documento de Word",
            lugar=ficha.codigo,
            esperado="un archivo .docx",
        )
    return rutas.nombre_archivo(ficha.codigo, v.version, extension)


def _cambios(anterior: bytes | None, nuevo: bytes) -> list[dict[str, Any]]:
    if anterior is None:
        return []
    return comparar_secciones(forma_normal(anterior), forma_normal(nuevo))


def _proteger(ctx: Contexto, resultados: list[Resultado], *, solo_lectura: bool) -> None:
    """El borrador enviado queda de solo lectura: quien lo abra en Word lo ve al guardar."""
    vista = ctx.vista()
    for r in resultados:
        ruta = f"{rutas.carpeta(vista.ficha(r.codigo))}/borrador/{r.archivo}"
        if (ctx.raiz / ruta).is_file():
            ctx.repo.proteger(ruta, solo_lectura=solo_lectura)
