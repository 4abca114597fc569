"""`copia`: el archivo de una versión, marcado por lo que es. Nunca sale una copia sin su marca."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sgc_gt.consultas.versiones import (
    Archivo,
    archivado,
    bytes_de,
    elegir,
    enviado,
    envio_pedido,
    exigir_que_este,
    firmado,
)
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio import vida
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.marcas import Entrega, Marca, marca_de
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import ActoNoPermitido, EntradaInvalida, UsoIncorrecto

EN_LA_IMPRESION = "la marca se ve al imprimir la planilla y en su nombre; sus celdas quedan como están"
DICE_NO_CONTROLADA = "el documento dice en sus márgenes que es copia no controlada: táchelo en esta copia"
NO_SE_ABRE = "la marca va solo en el nombre: el archivo no se puede abrir para escribirla adentro"
SOLO_EN_EL_NOMBRE = "la marca va solo en el nombre: dentro de un archivo «.{extension}» no se puede escribir"
FIRMA_ANTES = (
    "lo firmado sigue entero dentro de esta copia, pero al abrirla se verá que se le agregó la marca después"
)


class Copia(NamedTuple):
    """Una copia lista para entregar."""

    nombre: str
    contenido: bytes
    version: str
    estado: str
    marca: str = ""  # lo que dice en cada página: el agua o, en una controlada, su línea
    avisos: tuple[str, ...] = ()  # lo que conviene decir a quien la pide
    exige_nombre: str = ""  # lo que su nombre debe decir, porque la marca no va dentro


class Pedido(NamedTuple):
    """Qué se quiere de la versión y cómo se entrega."""

    pdf: bool = False
    firmado: bool = False  # el PDF firmado con que se aprobó, y no el documento
    entrega: Entrega = Entrega()
    sabida: Vista | None = None  # lo que constaba otro día: de ahí se elige la versión


class _Elegida(NamedTuple):
    archivo: Archivo
    estado: str
    marca: Marca


def copia(
    vista: Vista,
    codigo: str,
    version: str,
    fechas: tuple[date, date],
    pedido: Pedido = Pedido(),  # noqa: B008  (un valor congelado)
    *,
    pdf: bool = False,
) -> Copia:
    """La versión pedida (`03`, `03-b2`, `vigente`, `borrador`) como estaba en la primera fecha.

    La marca y el nombre los da lo que esa versión es en la segunda, hoy y según lo que consta hoy: lo que
    regía y ya no rige sale marcado como obsoleto.
    """
    pedido = pedido._replace(pdf=pedido.pdf or pdf)
    ficha = vista.ficha(codigo)
    exigir_que_este(vista, ficha)
    elegida = _elegir(vista, ficha, version, fechas, pedido)
    _exigir_vigente(elegida, ficha, pedido.entrega)
    hecha = _marcada(elegida, pedido)
    return hecha._replace(avisos=(*hecha.avisos, *vida.correcciones(ficha)))


def _elegir(vista: Vista, ficha: Ficha, version: str, fechas: tuple[date, date], pedido: Pedido) -> _Elegida:
    """El archivo sin marca, y la marca que le toca."""
    antes = pedido.sabida or vista
    de_antes = antes.ficha(ficha.codigo) if pedido.sabida else ficha
    tipo, corte = vista.servicio.tipos.get(ficha.tipo), fechas[1]
    envio = envio_pedido(version)
    if envio:
        archivo = enviado(antes, de_antes, *envio)
        marca = marca_de(archivo.version, corte, tipo, pedido.entrega, envio[1])
        raiz, punto, extension = archivo.nombre.rpartition(".")
        return _Elegida(
            archivo._replace(nombre=f"{raiz}-b{envio[1]}{punto}{extension}"), archivo.version.estado, marca
        )
    if ficha.actos[0].acto == "registrar":
        archivo = archivado(antes, de_antes)
        return _Elegida(
            archivo, archivo.version.estado, marca_de(archivo.version, corte, tipo, pedido.entrega)
        )
    pedida = elegir(de_antes, version, fechas[0])
    v = _de_hoy(ficha, pedida, corte)
    archivo = (
        firmado(antes, de_antes, pedida)
        if pedido.firmado
        else Archivo(pedida.archivo, bytes_de(antes, de_antes, pedida), v)
    )
    return _Elegida(archivo._replace(version=v), v.estado, marca_de(v, corte, tipo, pedido.entrega))


def _de_hoy(ficha: Ficha, pedida: Version, hoy: date) -> Version:
    """La misma versión como está hoy. Un número que se volvió a usar tras un descarte es otra versión."""
    versiones = situacion(ficha, hoy).versiones
    return next((v for v in versiones if _es_la_misma(v, pedida)), pedida)


def _es_la_misma(v: Version, pedida: Version) -> bool:
    return (v.version, v.abierta) == (pedida.version, pedida.abierta)


def _exigir_vigente(elegida: _Elegida, ficha: Ficha, entrega: Entrega) -> None:
    if not entrega.numero or elegida.estado == tabla.VIGENTE:
        return
    v = elegida.archivo.version
    cual = f"la {v.version}" if v.version else "este registro"
    desde = f" desde el {imprimir_fecha(v.hasta)}" if elegida.estado == tabla.OBSOLETO and v.hasta else ""
    raise ActoNoPermitido(
        "una copia controlada es de una versión vigente, y "
        f"{cual} está en estado «{ESTADOS[elegida.estado].lower()}»{desde}",
        lugar=ficha.codigo,
        hacer="pida la vigente, o esta misma sin --controlada: saldrá con la marca que le corresponde",
    )


def _marcada(elegida: _Elegida, pedido: Pedido) -> Copia:
    """La copia con su marca en cada página y en el nombre del archivo."""
    archivo, marca = elegida.archivo, elegida.marca
    raiz, punto, extension = archivo.nombre.rpartition(".")
    extension = extension.lower()
    if pedido.pdf and extension not in ("docx", "pdf"):
        raise UsoIncorrecto(
            f"el archivo es «.{extension}»: solo un documento Word se entrega en PDF",
            lugar=archivo.nombre,
            hacer="pídalo sin --pdf",
        )
    contenido, avisos = _impresa(archivo, marca, extension, pdf=pedido.pdf)
    if pedido.pdf:
        extension = "pdf"
    nombre = f"{raiz}_{marca.nombre}" if marca.nombre else raiz
    if pedido.firmado and marca.nombre:
        avisos = (FIRMA_ANTES, *avisos)
    return Copia(
        f"{nombre}{punto}{extension}",
        archivo.contenido if contenido is None else contenido,
        archivo.version.version,
        elegida.estado,
        marca.agua or marca.leyenda,
        avisos,
        marca.nombre if contenido is None else "",
    )


def _impresa(
    archivo: Archivo, marca: Marca, extension: str, *, pdf: bool
) -> tuple[bytes | None, tuple[str, ...]]:
    """Los bytes con la marca en cada página; None si en ese formato solo puede ir en el nombre."""
    # Cada formato carga su biblioteca solo si hace falta: una copia no paga por las otras.
    if extension == "docx" and pdf:
        return _word_en_pdf(archivo, marca)
    if not marca.nombre:
        return archivo.contenido, ()  # los bytes registrados, tal cual
    if extension == "pdf":
        from sgc_gt.word.marca_pdf import marcar_pdf  # noqa: PLC0415

        return marcar_pdf(archivo.contenido, marca.agua, marca.leyenda, archivo.nombre), ()
    try:
        if extension == "docx":
            return _word(archivo, marca)
        if extension in ("xlsx", "xlsm"):
            from sgc_gt.word.marca_xlsx import marcar_xlsx  # noqa: PLC0415

            contenido = marcar_xlsx(archivo.contenido, marca.agua, marca.leyenda, archivo.nombre)
            return contenido, (EN_LA_IMPRESION,)
    except EntradaInvalida:  # con contraseña, con macros, dañado: lo que se entrega se llama como lo que es
        return None, (NO_SE_ABRE,)
    return None, (SOLO_EN_EL_NOMBRE.format(extension=extension),)


def _word(archivo: Archivo, marca: Marca) -> tuple[bytes, tuple[str, ...]]:
    from sgc_gt.word.marca import marcar  # noqa: PLC0415

    if not marca.nombre:
        return archivo.contenido, ()
    contenido = archivo.contenido
    avisos: tuple[str, ...] = ()
    if marca.controlada:
        from sgc_gt.word.controlada import sin_no_controlada  # noqa: PLC0415

        contenido, queda = sin_no_controlada(contenido)
        avisos = (DICE_NO_CONTROLADA,) if queda else ()
    return marcar(contenido, marca.agua, marca.leyenda), avisos


def _word_en_pdf(archivo: Archivo, marca: Marca) -> tuple[bytes, tuple[str, ...]]:
    from sgc_gt.word.pdf import a_pdf  # noqa: PLC0415
    from sgc_gt.word.propiedades import con_titulo  # noqa: PLC0415

    contenido, avisos = _word(archivo, marca)
    return a_pdf(con_titulo(contenido, archivo.version.titulo), archivo.nombre), avisos
