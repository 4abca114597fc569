"""`entregar`: recibir un borrador editado, el de su carpeta o un archivo suelto."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sgc_gt.comparacion.secciones import comparar_secciones
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import ActoNoPermitido, Conflicto, EntradaInvalida, NoEncontrado
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.base import exigir_base
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Adjunto, Peticion, pedido
from sgc_gt.ordenes.propuesta import con_archivo, datos_en_trabajo, ruta_borrador, sustituyendo
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.zonas import Dano


class Recepcion(NamedTuple):
    """Lo que resultó de entregar: el acto (None si nada cambió), los cambios por sección y los avisos."""

    resultado: Resultado | None
    cambios: list[dict[str, Any]]
    avisos: tuple[str, ...] = ()


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
            exigir_base(vista, archivo, ficha, v, p.correo)
            _exigir_sin_pendiente(ctx, vista, ficha, v, archivo)
        nombre = _nombre_entregado(vista, ficha, v, entregado)
        datos = datos_en_trabajo(ctx, vista, ficha, v) if taller.plantilla_de(vista, ficha) else None
        taller.exigir_datos(vista, ficha.tipo, datos or b"", rutas.datos_de(nombre))
        b = taller.armar(entregado.contenido, datos, v, nombre)
        anterior = vista.leer(ruta_borrador(ficha, v)) if v.archivo else None
        if nombre.endswith(".docx"):
            hallado["cambios"] = _cambios(anterior, entregado.contenido)
            danos = taller.zonas_danadas(vista, ficha, v.version, entregado.contenido)
            hallado["avisos"] = tuple(_avisos(danos))
        if b.huella == v.huella:
            decidir(vista.servicio, vista.organizacion, ficha, p)  # el permiso se exige aunque nada cambie
            return []
        propuesta = con_archivo(vista, ficha, p, evidencia, lambda _f, _v: b)
        return [sustituyendo(ctx, ficha, v, propuesta)]

    resultados = registrar(ctx, preparar)
    return Recepcion(resultados[0] if resultados else None, hallado["cambios"], hallado["avisos"])


def _avisos(danos: Sequence[Dano]) -> Iterator[str]:
    """Un aviso por zona alterada; las que solo perdieron su candado, en uno solo."""
    sueltas = [d for d in danos if d.clase in ("sin_candado", "etiqueta_perdida")]
    if len(sueltas) > 1:
        yield f"{len(sueltas)} zonas controladas perdieron su protección (pasa al guardar con LibreOffice)."
    for dano in danos:
        if dano not in sueltas or len(sueltas) == 1:
            yield dano.mensaje


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
            hacer=f"entregue primero el de la carpeta (sgc-gt entregar {ficha.codigo}), o retírelo de ahí",
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


def _cambios(anterior: bytes | None, nuevo: bytes) -> list[dict[str, Any]]:
    if anterior is None:
        return []
    return comparar_secciones(forma_normal(anterior), forma_normal(nuevo))
