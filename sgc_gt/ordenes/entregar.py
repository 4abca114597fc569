"""`entregar`: recibir un borrador editado, el de su carpeta o un archivo suelto."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sgc_gt.comparacion.resumen import proponer
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import ActoNoPermitido, Conflicto, EntradaInvalida, NoEncontrado
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes import cambios, reparacion
from sgc_gt.ordenes.base import exigir_base
from sgc_gt.ordenes.borrador import Borrador
from sgc_gt.ordenes.identidad import exigir_borrador, exigir_identidad
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Adjunto, Peticion, pedido
from sgc_gt.ordenes.propuesta import con_archivo, datos_en_trabajo, ruta_borrador, sustituyendo
from sgc_gt.word.extraer import forma_normal


class Recepcion(NamedTuple):
    """Lo que resultó de entregar: el acto (None si nada cambió), los cambios por sección y los avisos."""

    resultado: Resultado | None
    cambios: list[dict[str, Any]]
    """Respecto de la versión que rige; en la primera, respecto de la entrega anterior."""
    avisos: tuple[str, ...] = ()
    """Zonas controladas alteradas y lo que conviene saber; nada de esto detiene la entrega."""
    encabezados: tuple[str, ...] = ()
    """Lo escrito en encabezados y pies, que no se conserva."""
    fila: Mapping[str, str] = {}
    """`secciones` y `descripcion` que se proponen para el control de cambios; vacío sin versión vigente."""
    en_esta_entrega: Sequence[dict[str, Any]] = ()
    """Los cambios respecto de la entrega anterior."""


class _Mesa(NamedTuple):
    """Lo que se tiene delante al recibir: el servicio, la ficha, el borrador abierto y lo que se pide."""

    ctx: Contexto
    vista: Vista
    ficha: Ficha
    v: Version
    p: Pedido


def entregar(ctx: Contexto, codigo: str, peticion: Peticion, archivo: Adjunto | None) -> Recepcion:
    """Recibe un borrador editado. Si dice lo mismo que el anterior, no pasa nada: guardar no es un acto."""
    hallado = Recepcion(None, [])

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        nonlocal hallado
        ficha = vista.ficha(codigo)
        p, evidencia = pedido(ctx, "entregar", codigo, ficha, peticion, ahora)
        mesa = _Mesa(ctx, vista, ficha, _borrador_abierto(vista, ficha, p, archivo), p)
        entregado = archivo or _borrador_en_trabajo(ctx, ficha, mesa.v)
        avisos = _aceptar(mesa, entregado, suelto=archivo is not None)
        b = _armar(mesa, entregado)
        hallado = _leer(mesa, b, avisos)
        if b.huella == mesa.v.huella:
            hallado = hallado._replace(cambios=[], en_esta_entrega=(), fila={})
            return []
        propuesta = con_archivo(vista, ficha, p, evidencia, lambda _f, _v: b)
        return [sustituyendo(ctx, ficha, mesa.v, propuesta)]

    resultados = registrar(ctx, preparar)
    return hallado._replace(resultado=resultados[0] if resultados else None)


def _borrador_abierto(vista: Vista, ficha: Ficha, p: Pedido, archivo: Adjunto | None) -> Version:
    """La versión en borrador. Primero si el acto corresponde: el permiso se exige aunque nada cambie."""
    s = situacion(ficha, p.registrado.date())
    if archivo and s.abierta is None:
        taller.recibir(archivo.contenido, archivo.nombre)
        exigir_borrador(archivo, ficha, s)
    decidir(vista.servicio, vista.organizacion, ficha, p)
    if s.abierta is None:
        raise ActoNoPermitido("no hay borrador abierto", lugar=ficha.codigo)
    return s.abierta


def _aceptar(mesa: _Mesa, entregado: Adjunto, *, suelto: bool) -> list[str]:
    """Pasa el archivo por la puerta, su identidad y su base. Devuelve lo que conviene advertir."""
    ctx, vista, ficha, v, p = mesa
    taller.recibir(entregado.contenido, entregado.nombre)
    rige = exigir_identidad(entregado, ficha, situacion(ficha, p.registrado.date()), v)
    ruta = ruta_borrador(ficha, v)
    # En su carpeta la base es lo último que se registró, salvo que ese cambio no haya llegado al archivo.
    atrasado = any(pendiente.ruta == ruta for pendiente in ctx.repo.pendientes())
    avisos = []
    if (suelto or atrasado) and _con_identidad(vista, ficha, v, entregado):
        avisos = exigir_base(vista, entregado, ficha, v, p, rige)
    if suelto:
        _exigir_sin_pendiente(ctx, vista, ficha, v, entregado)
    if rige:
        avisos.append(f"Era una copia de la versión vigente ({rige.version}): se recibe para la {v.version}.")
    return avisos


def _con_identidad(vista: Vista, ficha: Ficha, v: Version, entregado: Adjunto) -> bool:
    """Si el documento es de los que llevan identidad dentro; los demás se reciben por su nombre."""
    de_word = entregado.nombre.lower().endswith(".docx") and v.archivo.endswith(".docx")
    con_plantilla = taller.plantilla_de(vista, ficha) is not None
    return de_word and (con_plantilla or "base" in taller.propias_de(entregado))


def _armar(mesa: _Mesa, entregado: Adjunto) -> Borrador:
    """El borrador que se registraría, con los datos que lo acompañan; rechazo si no se entienden."""
    ctx, vista, ficha, v, _ = mesa
    nombre = _nombre_entregado(vista, ficha, v, entregado)
    datos = datos_en_trabajo(ctx, vista, ficha, v) if taller.plantilla_de(vista, ficha) else None
    taller.exigir_datos(vista, ficha.tipo, datos or b"", rutas.datos_de(nombre))
    return taller.armar(entregado.contenido, datos, v, nombre)


def _leer(mesa: _Mesa, b: Borrador, avisos: list[str]) -> Recepcion:
    """Lo que el archivo trae de nuevo y lo que el sistema le reparará."""
    _, vista, ficha, v, p = mesa
    if not b.archivo.endswith(".docx"):
        return Recepcion(None, [], tuple(avisos))
    anterior = vista.leer(ruta_borrador(ficha, v)) if v.archivo.endswith(".docx") else None
    nueva = forma_normal(taller.sin_sobrantes(vista, ficha, v.version, b.contenido))
    previa = forma_normal(anterior) if anterior else None
    vigente = cambios.forma_vigente(vista, ficha, p.registrado.date())
    en_esta = cambios.entre(previa, nueva)
    danadas = (f"{z} Se repara al enviar." for z in reparacion.zonas(vista, ficha, v.version, b.contenido))
    de_la_vigente = cambios.entre(vigente, nueva)
    return Recepcion(
        None,
        de_la_vigente if vigente else en_esta,
        (*avisos, *danadas),
        reparacion.encabezados(vista, ficha, v.version, nueva, previa),
        proponer(de_la_vigente)._asdict() if vigente else {},
        en_esta,
    )


def _borrador_en_trabajo(ctx: Contexto, ficha: Ficha, v: Version) -> Adjunto:
    ruta = ctx.raiz / ruta_borrador(ficha, v)
    if not v.archivo or not ruta.is_file():
        raise NoEncontrado(
            "el borrador no está en su carpeta",
            lugar=str(ruta),
            hacer=f"indique el archivo: sgc-gt entregar {ficha.codigo} ARCHIVO",
        )
    return Adjunto(v.archivo, ruta.read_bytes())


def _exigir_sin_pendiente(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version, archivo: Adjunto) -> None:
    """Un archivo suelto no pisa lo que alguien escribió en la carpeta y todavía no entrega."""
    if not v.archivo:
        return
    ruta = ruta_borrador(ficha, v)
    en_disco = ctx.raiz / ruta
    if not en_disco.is_file() or en_disco.read_bytes() in (vista.leer(ruta), archivo.contenido):
        return
    if ruta not in taller.sustituibles(ctx, vista, ficha, v):
        raise Conflicto(
            "el borrador de la carpeta tiene cambios sin entregar, y este archivo los reemplazaría",
            lugar=ruta,
            hacer=f"entregue primero el de la carpeta (sgc-gt entregar {ficha.codigo}), o retírelo de ahí; "
            f"«{archivo.nombre}» queda donde está",
        )


def _nombre_entregado(vista: Vista, ficha: Ficha, v: Version, entregado: Adjunto) -> str:
    extension = "." + entregado.nombre.rpartition(".")[2].lower()
    if taller.plantilla_de(vista, ficha) is not None and extension != ".docx":
        raise EntradaInvalida(
            f"«{entregado.nombre}» no es un documento de Word",
            lugar=ficha.codigo,
            esperado="un archivo .docx",
        )
    return rutas.nombre_archivo(ficha.codigo, v.version, extension)
