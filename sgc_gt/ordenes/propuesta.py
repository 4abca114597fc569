"""Lo común a los actos que llevan un archivo.

El archivo depende del movimiento (versión, firmas) y el movimiento del archivo (su resumen): se decide una
vez sin él, se arma, y se pide de nuevo con él. El reglamento es puro, así que decide lo mismo.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.caso import Pedido, ficha_nueva
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import Conflicto
from sgc_gt.ordenes.borrador import Borrador, huella_de
from sgc_gt.ordenes.movimiento import Propuesta

Armador = Callable[[Ficha, str], Borrador]


def con_archivo(
    vista: Vista, antes: Ficha | None, pedido_: Pedido, evidencia: Mapping[str, bytes], armar: Armador
) -> Propuesta:
    """La propuesta completa de un acto con archivo."""
    previo = decidir(vista.servicio, vista.organizacion, antes, pedido_, vista)
    base = antes or ficha_nueva(vista.servicio, pedido_)
    b = armar(base.con(previo), previo.version)
    listo = pedido_._replace(
        huella=b.huella, sha256=b.sha256, archivo=b.archivo, extra={**pedido_.extra, **b.extra}
    )
    return Propuesta(listo, b.bytes_nuevos, evidencia)


def version_de(ficha: Ficha, version: str) -> Version:
    v = situacion(ficha).de(version)
    if v is None:
        raise ValueError(f"{ficha.codigo} no tiene versión {version}")
    return v


def ruta_borrador(ficha: Ficha, v: Version) -> str:
    return rutas.ruta_borrador(ficha, v.archivo)


def datos_en_trabajo(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version | None) -> bytes:
    """Los datos que la persona dejó junto al borrador; si no están, los de la historia."""
    if v is None or not v.archivo:
        return b"{}\n"
    ruta = rutas.datos_de(ruta_borrador(ficha, v))
    en_disco = ctx.raiz / ruta
    return en_disco.read_bytes() if en_disco.is_file() else vista.leer(ruta) or b"{}\n"


def huella_a_la_vista(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version) -> str:
    """La huella del archivo que la persona tiene delante: si alguien lo tocó después de enviarlo, se nota."""
    ruta = ruta_borrador(ficha, v)
    en_disco = ctx.raiz / ruta
    if not en_disco.is_file():
        return v.huella
    contenido = en_disco.read_bytes()
    if contenido == vista.leer(ruta):
        return v.huella
    return huella_de(contenido, vista.leer(rutas.datos_de(ruta)), v.titulo, v.motivo, v.archivo)


def sustituyendo(ctx: Contexto, ficha: Ficha, v: Version | None, propuesta: Propuesta) -> Propuesta:
    """Permite reemplazar los archivos de trabajo que este mismo acto leyó."""
    if v is None or not v.archivo:
        return propuesta
    leidos = {}
    for ruta in (ruta_borrador(ficha, v), rutas.datos_de(ruta_borrador(ficha, v))):
        oid = ctx.repo.oid_en_trabajo(ruta)
        if oid:
            leidos[ruta] = oid
    return propuesta._replace(sustituye=leidos)


def exigir_cerrado(ctx: Contexto, ficha: Ficha, v: Version) -> None:
    """Conflicto si alguien tiene el borrador abierto: lo que escribe todavía no está en el archivo."""
    archivo = ctx.raiz / ruta_borrador(ficha, v)
    aviso = next((a for a in avisos_de_abierto(archivo) if a.exists()), None)
    if v.archivo and aviso:
        raise Conflicto(
            "el borrador está abierto en el procesador de textos",
            lugar=ruta_borrador(ficha, v),
            hacer=f"guárdelo y ciérrelo; si nadie lo tiene abierto, borre el archivo «{aviso.name}»",
        )


def avisos_de_abierto(archivo: Path) -> tuple[Path, Path]:
    """Los archivos con que Word y LibreOffice avisan que tienen abierto un documento."""
    return archivo.with_name("~$" + archivo.name[2:]), archivo.with_name(f".~lock.{archivo.name}#")
