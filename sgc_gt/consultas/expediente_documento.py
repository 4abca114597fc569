"""El archivo que el expediente entrega: el que rige, exacto; si no rige ninguno, una copia con su marca."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial

from sgc_gt.consultas import copia as copias
from sgc_gt.consultas.expediente_lectura import leer
from sgc_gt.consultas.expediente_origen import origenes, previas
from sgc_gt.consultas.expediente_sucesos import leido
from sgc_gt.consultas.expediente_valores import Archivo, Documento, Lectura
from sgc_gt.consultas.expediente_versiones import Caso, Piezas
from sgc_gt.consultas.versiones import bytes_de
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio import rutas, vida
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.situacion import Situacion, Version, situacion
from sgc_gt.errores import ProgramaAusente, Rechazo
from sgc_gt.repositorio.contenidos import Contenido

WORD = ".docx"
RIGEN = (tabla.VIGENTE, tabla.EMITIDO, *tabla.CONSERVADOS)
"""Los estados en que el archivo se entrega exacto; en los demás, marcado por lo que es."""


def elegida(s: Situacion) -> Version:
    """La versión que se muestra: la que rige o, si ninguna, la última que rigió o la que está en trabajo."""
    obsoletas = [v for v in s.versiones if v.estado == tabla.OBSOLETO]
    return s.vigente or s.por_regir or (obsoletas or [s.abierta or s.versiones[-1]])[-1]


def documento(caso: Caso, piezas: Piezas, v: Version, limite: int, *, pdf: bool) -> Documento:
    """El archivo de esa versión y su lectura. Si no está o no se puede abrir, se dice y el resto sigue.

    Lo que regía en la fecha y ya no rige sale como obsoleto. `limite`: cuánto puede pesar lo archivado.
    """
    if sin_el := vida.sin_el(caso.entera):
        return Documento("El registro", v.version, None, v.sha256, avisos=(f"No está: {sin_el}",))
    if caso.ficha.actos[0].acto == "registrar":
        return _archivado(caso, v, limite)
    que_es = _que_es(v, caso)
    try:
        hecho = _entregado(caso, v)._replace(que_es=que_es)
        hecho = _con_pdf(caso, v, hecho) if pdf else hecho
        return _con_lectura(hecho, partial(_con_origen, caso, piezas, v))
    except Rechazo as error:
        return Documento(que_es, v.version, None, v.sha256, avisos=(str(error),))


def _que_es(v: Version, caso: Caso) -> str:
    if v.estado == tabla.VIGENTE:
        if _actual(caso, v).estado == tabla.VIGENTE:
            return f"Versión {v.version}, la que rige"
        return f"Versión {v.version}, la que regía en esa fecha y después quedó obsoleta"
    if caso.ficha.clase == "registro":
        return "El registro"
    return f"Versión {v.version} ({ESTADOS[v.estado].lower()})"


def _actual(caso: Caso, v: Version) -> Version:
    """La misma versión como está hoy."""
    return situacion(caso.entera, caso.marca).de(v.version) or v


def _entregado(caso: Caso, v: Version) -> Documento:
    """Los bytes exactos, si rige; si no, la copia marcada."""
    lugar = f"{rutas.carpeta(caso.ficha)}/{v.archivo}"
    if v.estado in RIGEN and _actual(caso, v).estado in RIGEN:
        archivo = _archivo(v.archivo, lugar, bytes_de(caso.vista, caso.ficha, v))
        return Documento("", v.version, archivo, v.sha256)
    copia = _copia(caso, v, pdf=False)
    archivo = _archivo(copia.nombre, lugar, copia.contenido)
    return Documento("", v.version, archivo, v.sha256, marcado=True, avisos=copia.avisos)


def _copia(caso: Caso, v: Version, *, pdf: bool) -> copias.Copia:
    """La copia marcada. Lo que en la fecha era un borrador se lee de la historia hasta ahí, y es borrador."""
    vista, hoy = (caso.vista, caso.fecha) if v.estado in tabla.ABIERTOS else (caso.ahora, caso.marca)
    return copias.copia(vista, caso.ficha.codigo, v.version, (caso.fecha, hoy), pdf=pdf)


def _archivo(nombre: str, lugar: str, contenido: bytes) -> Archivo:
    return Archivo(nombre, lugar, len(contenido), hashlib.sha256(contenido).hexdigest(), contenido=contenido)


def _con_pdf(caso: Caso, v: Version, hecho: Documento) -> Documento:
    if not v.archivo.lower().endswith(WORD):
        return hecho
    try:
        copia = _copia(caso, v, pdf=True)
    except ProgramaAusente as error:
        return hecho._replace(avisos=(*hecho.avisos, f"Sin PDF: {error.mensaje}"))
    return hecho._replace(pdf=_archivo(copia.nombre, "", copia.contenido))


def _con_lectura(hecho: Documento, leer_: Callable[[bytes, str], Lectura]) -> Documento:
    archivo = hecho.archivo
    if archivo is None or not archivo.contenido or not archivo.nombre.lower().endswith(WORD):
        return hecho
    try:
        return hecho._replace(lectura=leer_(archivo.contenido, archivo.nombre))
    except Rechazo as error:
        return hecho._replace(avisos=(*hecho.avisos, f"El texto no se puede mostrar: {error}"))


def _con_origen(caso: Caso, piezas: Piezas, v: Version, contenido: bytes, nombre: str) -> Lectura:
    """El texto de la versión, con desde cuándo dice cada cosa. La marca de una copia no está en el texto."""
    sucesion = previas(situacion(caso.ficha, caso.fecha).versiones, v)
    return leer(contenido, nombre, origenes(piezas, sucesion))


def _archivado(caso: Caso, v: Version, limite: int) -> Documento:
    """El archivo de un registro que se archivó tal como llegó, o dónde vive."""
    m = caso.ficha.actos[0]
    if not m.archivo:
        donde = f"No se archivó aquí: está en {m.extra.get('ubicacion', '')}"
        return Documento("El registro", "", None, "", avisos=(donde,))
    lugar = f"{rutas.carpeta(caso.ficha)}/{rutas.EVIDENCIAS}/{m.archivo}"
    archivo = leido(caso.vista, Contenido(lugar, int(m.extra["tamano"]), m.sha256), limite)
    return _con_lectura(Documento("El registro", v.version, archivo, m.sha256), leer)
