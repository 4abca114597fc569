"""Abrir un archivo: si está entero, de qué documento es y si dice algo que la historia no tenga."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

from sgc_gt.contexto import Vista
from sgc_gt.dominio.huella import huella
from sgc_gt.dominio.impresion import SIN_CODIGO
from sgc_gt.dominio.rutas import carpeta, datos_de, ruta_borrador
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import EntradaInvalida
from sgc_gt.ordenes.borrador import huella_de
from sgc_gt.ordenes.respuestas import ajenos, leer_respuestas
from sgc_gt.vigia.valores import Expediente, Lectura
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.propiedades import leer_propias
from sgc_gt.word.puerta import abrir

RESPUESTA = "respuesta"
"""La propiedad con que el sistema marca las copias con observaciones que él escribe."""


def leer(
    vista: Vista, mesa: Mapping[str, Expediente], contenido: bytes, nombre: str, por_nombre: tuple[str, str]
) -> Lectura:
    """Lo que el archivo dice de sí. `por_nombre` es el código y la versión que dice su nombre, si alguno.

    Un archivo que no pasa la puerta de seguridad se identifica por su nombre: al entregarlo se dirá por qué
    no se recibe.
    """
    sha256 = resumen(contenido)
    if not nombre.lower().endswith(".docx"):
        return Lectura(sha256, bool(contenido), *por_nombre)
    if not _completo(contenido):
        return Lectura(sha256, completo=False)
    try:
        partes = abrir(contenido, nombre)
        propias = leer_propias(partes)
    except EntradaInvalida:
        return Lectura(sha256, True, *por_nombre)
    codigo = propias.get("codigo", "") or por_nombre[0]
    version = propias.get("version", "") or por_nombre[1]
    return Lectura(
        sha256,
        codigo=codigo,
        version=version,
        huella=_huella(vista, contenido, codigo, version) if codigo in mesa else "",
        borrador=propias.get("verificacion", SIN_CODIGO) == SIN_CODIGO,
        respuesta=bool(propias.get(RESPUESTA)),
        contestado=_contestado(contenido, nombre) if any("comments" in p for p in partes) else "",
        tocada=RESPUESTA in propias and propias[RESPUESTA] != contenido_de(contenido),
    )


def _contestado(contenido: bytes, nombre: str) -> str:
    """Un resumen de lo contestado a las observaciones; vacío si no se contestó nada."""
    dicho = leer_respuestas(contenido, nombre)
    return resumen(repr(sorted(dicho.items())).encode())[:16] if dicho else ""


def resumen(contenido: bytes) -> str:
    """El SHA-256 de unos bytes."""
    return hashlib.sha256(contenido).hexdigest()


def contenido_de(contenido: bytes) -> str:
    """Un resumen del texto de un DOCX y de los comentarios que nadie más guarda.

    Si alguien escribe en una respuesta, deja de calzar con su marca; contestar una observación no la cambia,
    porque eso viaja con el envío.
    """
    return huella(forma_normal(contenido), repr(sorted(ajenos(contenido))).encode(), "", "")


def _completo(contenido: bytes) -> bool:
    """Si llegó entero: un DOCX termina con su índice y cada parte suma lo que dice. Lo ajeno, después."""
    if not contenido.strip(b"\0"):
        return False
    if not contenido.startswith(b"PK"):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(contenido)) as archivo:
            return sum(e.file_size for e in archivo.infolist()) > _EXAGERADO or archivo.testzip() is None
    except Exception:  # noqa: BLE001  (a medio llegar falla de muchas maneras: todas son «todavía no»)
        return False


_EXAGERADO = 500 * 1024 * 1024
"""Más que esto no se infla para comprobarlo: lo rechaza la puerta, que cuenta mientras infla."""


def _huella(vista: Vista, contenido: bytes, codigo: str, version: str) -> str:
    """La huella que tendría como borrador de esa versión; vacía si no hay tal."""
    ficha = vista.buscar(codigo)
    v = situacion(ficha).de(version) if ficha else None
    if ficha is None or v is None or not v.archivo:
        return ""
    datos = vista.leer(datos_de(ruta_borrador(ficha, v.archivo)))
    if datos is None:
        datos = vista.leer(datos_de(f"{carpeta(ficha)}/{v.archivo}"))
    try:
        return huella_de(contenido, datos, v.titulo, v.motivo, v.archivo)
    except EntradaInvalida:
        return ""
