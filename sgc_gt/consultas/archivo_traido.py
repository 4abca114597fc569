"""`verificar --archivo`: qué es un archivo que alguien trae, comparado con lo que el servicio registró.

Se compara por los bytes y, si es Word, por lo que dice: así se reconoce una copia con marca o guardada de
nuevo, y se nota una a la que le cambiaron una letra. Lo que dice un encabezado no se cree: se calcula.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.consultas.codigo import Documento, documento, documentos_con
from sgc_gt.consultas.versiones import bytes_de, datos_de
from sgc_gt.contexto import Vista
from sgc_gt.dominio import vida
from sgc_gt.dominio.ancla import leer as leer_ancla
from sgc_gt.dominio.codigo_impreso import IMPRESO, LARGO
from sgc_gt.dominio.etiquetas import ACTOS
from sgc_gt.dominio.ficha import Ficha, Movimiento, json_canonico, leer_ficha
from sgc_gt.dominio.huella import huellas
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import EntradaInvalida

IDENTICO, MISMO_TEXTO, CAMBIADO = "identico", "mismo_texto", "texto_cambiado"
PLANILLAS = ("xlsx", "xlsm")
EVIDENCIA, BORRADOR, SOLO_CODIGO, DESCONOCIDO = "evidencia", "borrador", "solo_codigo", "desconocido"


_ANCLA = re.compile(r"Ancla:\s*([1-9]\d{0,8}-[0-9a-f]{12})")


class Reconocido(NamedTuple):
    """Lo que un archivo resultó ser."""

    resultado: str
    sha256: str
    documentos: tuple[Documento, ...] = ()
    detalle: str = ""  # de qué movimiento es, o qué código trae escrito
    ancla: str = ""  # la que un PDF trae impresa
    ancla_propia: bool = False  # si es de esta historia
    dice_ser: str = ""  # la versión que el archivo lleva anotada por dentro
    agregado: bool = False  # un PDF que trae entero lo registrado, y algo que se le agregó después

    def a_dict(self) -> dict[str, Any]:
        """Las claves del contrato."""
        return {**self._asdict(), "documentos": [d.a_dict() for d in self.documentos]}


def reconocer_archivo(vista: Vista, nombre: str, contenido: bytes, hoy: date) -> Reconocido:
    """Qué es ese archivo; EntradaInvalida si dice ser Word y no se puede abrir."""
    extension = nombre.rpartition(".")[2].lower()
    resumen = hashlib.sha256(contenido).hexdigest()
    por_bytes = _por_bytes(vista, frozenset({resumen}), hoy)
    if por_bytes is None and extension == "pdf":
        por_bytes = _por_bytes(vista, _anteriores(contenido) - {resumen}, hoy)
        por_bytes = por_bytes and por_bytes._replace(agregado=True)
    if por_bytes is not None:
        return por_bytes._replace(sha256=resumen)
    if extension == "docx":
        return _por_texto(vista, nombre, contenido, hoy)._replace(sha256=resumen)
    if extension == "pdf":
        return _por_codigo(vista, contenido, hoy)._replace(sha256=resumen)
    if extension in PLANILLAS:
        return _por_planilla(vista, nombre, contenido, hoy)._replace(sha256=resumen)
    return Reconocido(DESCONOCIDO, resumen)


def _anteriores(pdf: bytes) -> frozenset[str]:
    """Los resúmenes de las versiones anteriores que un PDF trae enteras."""
    from sgc_gt.word.marca_pdf import resumenes  # noqa: PLC0415  (pypdf, solo si hace falta)

    return resumenes(pdf)


def _por_bytes(vista: Vista, resumenes: frozenset[str], hoy: date) -> Reconocido | None:
    """El archivo que un movimiento registró con esos mismos bytes, si lo hay."""
    buscados = [r.encode() for r in resumenes]
    for ficha in _fichas(vista, lambda datos: any(b in datos for b in buscados)):
        for m in reversed(ficha.actos):
            v = next((x for x in reversed(situacion(ficha, hoy).versiones) if x.version == m.version), None)
            papeles = (documento(vista, ficha, v, hoy),) if v is not None else ()
            evidencia = next((e for e in m.evidencia if e.sha256 in resumenes), None)
            if evidencia is not None:
                dicho = f"{evidencia.archivo}, {_de_que(m)}{_ya_no(ficha, evidencia.archivo)}"
                return Reconocido(EVIDENCIA, "", papeles, dicho)
            if m.sha256 in resumenes:
                emitido = v is not None and v.emision is not None and v.sha256 == m.sha256
                clase = IDENTICO if emitido or m.acto == "registrar" else BORRADOR
                return Reconocido(clase, "", papeles, _de_que(m) + _ya_no(ficha, m.archivo))
    return None


def _ya_no(ficha: Ficha, archivo: str) -> str:
    """Si de ese archivo se dispuso, el acto: quien lo trae debe saber que aquí ya no debía estar."""
    m = vida.retirados(ficha).get(archivo)
    return f"; {vida.por_que_no_esta(ficha, m)}" if m else ""


def _de_que(m: Movimiento) -> str:
    return f"movimiento N° {m.n}, «{ACTOS[m.acto]}»"


def _fichas(vista: Vista, sirve: Callable[[bytes], bool]) -> Iterator[Ficha]:
    for ruta, datos in vista.leer_varios(vista.oids_fichas()).items():
        if sirve(datos):
            yield leer_ficha(datos, ruta)


def _por_texto(vista: Vista, nombre: str, contenido: bytes, hoy: date) -> Reconocido:
    """La versión que dice lo mismo; si ninguna, la que el archivo lleva anotada por dentro."""
    # Leer Word cuesta lo que una consulta sin Word no debe pagar.
    from sgc_gt.word.extraer import forma_normal  # noqa: PLC0415
    from sgc_gt.word.propiedades import leer_propias  # noqa: PLC0415
    from sgc_gt.word.puerta import abrir  # noqa: PLC0415

    propias = leer_propias(abrir(contenido, nombre))
    calcular = huellas(forma_normal(contenido, nombre))
    anotada = vista.buscar(propias["codigo"]) if propias.get("codigo") else None
    for ficha in _primero(anotada, _fichas(vista, lambda _: True)):
        iguales = [
            documento(vista, ficha, v, hoy)
            for v in situacion(ficha, hoy).versiones
            if v.huella and v.huella == calcular(_datos(vista, ficha, v), v.titulo, v.motivo)
        ]
        if iguales:
            dice_ser = propias.get("version", "") if ficha is anotada else ""
            iguales.sort(key=lambda d: d.version != dice_ser)  # primero la que el archivo dice ser
            return Reconocido(MISMO_TEXTO, "", tuple(iguales), dice_ser=dice_ser)
    if anotada is None:
        return Reconocido(DESCONOCIDO, "")
    v = situacion(anotada, hoy).de(propias.get("version", ""))
    return Reconocido(CAMBIADO, "", (documento(vista, anotada, v, hoy),) if v else ())


def _primero(anotada: Ficha | None, resto: Iterable[Ficha]) -> Iterator[Ficha]:
    """Primero el documento que el archivo dice ser: casi siempre basta con ese."""
    if anotada is not None:
        yield anotada
    yield from resto


def _datos(vista: Vista, ficha: Ficha, v: Version) -> bytes | None:
    datos = datos_de(vista, ficha, v) if vista.servicio.tipos[ficha.tipo].datos else None
    if datos is None:
        return None
    from sgc_gt.config.lectura import leer_yaml  # noqa: PLC0415  (YAML, solo si el tipo lleva datos)

    return json_canonico(leer_yaml(datos, v.archivo, EntradaInvalida)[0] or {})


def _por_planilla(vista: Vista, nombre: str, contenido: bytes, hoy: date) -> Reconocido:
    """La planilla registrada que dice lo mismo, aparte de lo que se imprime arriba y abajo de cada hoja."""
    from sgc_gt.word.marca_xlsx import resumen_sin_marca  # noqa: PLC0415  (lxml, solo si hace falta)

    try:
        buscado = resumen_sin_marca(contenido, nombre)
    except EntradaInvalida:  # no se abre y sus bytes no son de nada: no es de aquí
        return Reconocido(DESCONOCIDO, "")
    for ficha in _fichas(vista, lambda datos: b".xls" in datos):
        for v in situacion(ficha, hoy).versiones:
            if v.archivo.endswith(PLANILLAS):
                with suppress(EntradaInvalida):  # una registrada que no se abre no es la que se busca
                    if resumen_sin_marca(bytes_de(vista, ficha, v), v.archivo) == buscado:
                        return Reconocido(MISMO_TEXTO, "", (documento(vista, ficha, v, hoy),))
    return Reconocido(DESCONOCIDO, "")


def _ancla(vista: Vista, texto: str) -> tuple[str, bool]:
    """El ancla que el texto trae impresa, vacía si ninguna, y si la historia la tiene."""
    impresa = _ANCLA.search(texto)
    if impresa is None:
        return "", False
    hallada = leer_ancla(impresa[1])
    cadena = vista.repo.cadena()
    return impresa[1], hallada.numero <= len(cadena) and hallada.es(cadena[hallada.numero - 1])


def _por_codigo(vista: Vista, pdf: bytes, hoy: date) -> Reconocido:
    """Un PDF que no se registró: lo único que se puede decir es qué código trae escrito."""
    from sgc_gt.word.legible import leer  # noqa: PLC0415

    texto = "\n".join(leer(pdf, "a.pdf").textos)
    escritos = dict.fromkeys(IMPRESO.findall(texto))
    for escrito in escritos:
        documentos = documentos_con(vista, escrito.replace("-", "")[:LARGO], hoy)
        if documentos:
            return Reconocido(SOLO_CODIGO, "", tuple(documentos), escrito, *_ancla(vista, texto))
    return Reconocido(DESCONOCIDO, "", (), next(iter(escritos), ""))
