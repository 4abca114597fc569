"""Lo que un documento cita de afuera, y los documentos vigentes que lo citan a él."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sgc_gt.consultas.expediente_valores import Cita, Lectura, Parrafo
from sgc_gt.consultas.lecturas import Lecturas
from sgc_gt.consultas.versiones import bytes_de
from sgc_gt.contexto import Vista
from sgc_gt.dominio.etiquetas import ESTADOS as ETIQUETAS
from sgc_gt.dominio.externos import ESTADOS, externos_de
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.rutas import carpeta
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import Rechazo
from sgc_gt.reglas.externos import claves_de

TANDA = 50
"""Cuántos archivos se leen juntos: más ocuparían memoria sin ser más rápido."""
FORMATO = 1
"""Número de lo que se recuerda: cambia cuando cambia lo que se sabe leer."""
_CODIGO = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+", re.ASCII)
Indice = Mapping[str, tuple[Cita, ...]]
"""Código citado → los documentos vigentes cuyo texto lo nombra."""


def externos(vista: Vista, codigo: str, lectura: Lectura | None, fecha: date) -> tuple[Cita, ...]:
    """Los documentos externos que usa: porque la lista lo declara, o porque su texto los nombra."""
    nombradas = claves_de("\n".join(_textos(lectura.parrafos))) if lectura else set()
    return tuple(_externos(vista, codigo, nombradas, fecha))


def _externos(vista: Vista, codigo: str, nombradas: set[tuple[str, str]], fecha: date) -> Iterator[Cita]:
    for e in externos_de(vista.sistema, fecha).values():
        consta = [
            *(["la lista de documentos externos lo declara"] if codigo in e.usado_por else []),
            *(["su texto lo nombra"] if nombradas & claves_de(f"{e.titulo} {e.version}") else []),
        ]
        if consta:
            estado = ESTADOS[e.estado] + (f" por {e.reemplazado_por}" if e.reemplazado_por else "")
            yield Cita(e.id, e.titulo, estado, " y ".join(consta), e.version)


def internos(vista: Vista, codigo: str, lectura: Lectura | None, fecha: date) -> tuple[Cita, ...]:
    """Los documentos y registros del servicio que su texto nombra, y cómo están en la fecha."""
    texto = "\n".join(_textos(lectura.parrafos)) if lectura else ""
    nombrados = sorted(set(_CODIGO.findall(texto)) - {codigo})
    return tuple(c for nombrado in nombrados for c in _interno(vista, nombrado, fecha))


def _interno(vista: Vista, codigo: str, fecha: date) -> Iterator[Cita]:
    ficha, consta = vista.buscar(codigo), "su texto lo nombra"
    if ficha is not None:
        s = situacion(ficha, fecha)
        v = s.vigente or (s.versiones or (None,))[-1]
        if v is not None:
            yield Cita(codigo, v.titulo, ETIQUETAS[v.estado], consta, v.version)
    elif codigo in vista.servicio.series:
        yield Cita(codigo, vista.servicio.series[codigo].nombre, "Serie de registros", consta)


def _textos(parrafos: tuple[Parrafo, ...]) -> Iterator[str]:
    for p in parrafos:
        yield "".join(t.texto for t in p.tramos)
        yield from _textos(p.dentro)
        for fila in p.filas:
            for celda in fila:
                yield from _textos(celda)


def indice(vista: Vista, fecha: date) -> Indice:
    """Quién cita a quién entre los documentos vigentes de esa fecha. Lo leído de cada archivo se recuerda.

    Quien arma muchos expedientes lo calcula una vez y se los pasa a todos.
    """
    lecturas = Lecturas(vista.repo.raiz, f"citas-{FORMATO}")
    citados: dict[str, list[Cita]] = {}
    with vista.repo.compartiendo():
        vigentes = list(_vigentes(vista, fecha))
        for inicio in range(0, len(vigentes), TANDA):
            tanda = vigentes[inicio : inicio + TANDA]
            for (ficha, v), nombrados in zip(tanda, _nombrados(vista, lecturas, tanda), strict=True):
                cita = Cita(ficha.codigo, v.titulo, ETIQUETAS[v.estado], "su texto lo nombra", v.version)
                for codigo in nombrados:
                    if codigo != ficha.codigo:
                        citados.setdefault(codigo, []).append(cita)
    lecturas.guardar()
    return {codigo: tuple(citas) for codigo, citas in citados.items()}


def _vigentes(vista: Vista, fecha: date) -> Iterator[tuple[Ficha, Version]]:
    for ficha in vista.fichas():
        v = situacion(ficha, fecha).vigente if "/" not in ficha.codigo else None
        if v is not None and v.archivo.lower().endswith(".docx"):
            yield ficha, v


def _nombrados(
    vista: Vista, lecturas: Lecturas, tanda: Sequence[tuple[Ficha, Version]]
) -> Iterator[list[str]]:
    """Los códigos que nombra cada archivo, recordados por el resumen de sus bytes."""
    recordados = [(ficha, v, lecturas.buscar(v.sha256)) for ficha, v in tanda]
    lugares = {v.sha256: f"{carpeta(ficha)}/{v.archivo}" for ficha, v, previo in recordados if previo is None}
    leidos = vista.leer_varios(lugares.values()) if lugares else {}
    for ficha, v, previo in recordados:
        if previo is not None:
            yield [str(c) for c in previo]
            continue
        hallados = _leidos(vista, ficha, v, leidos.get(lugares[v.sha256]))
        if hallados is not None:
            lecturas.anotar(v.sha256, hallados)
        yield hallados or []


def _leidos(vista: Vista, ficha: Ficha, v: Version, contenido: bytes | None) -> list[str] | None:
    """Los códigos que el archivo nombra; None si no se puede abrir: eso lo dice el chequeo de forma."""
    # Aquí, y no arriba: con todo recordado no se abre ningún Word, y su biblioteca cuesta 300 ms.
    from sgc_gt.word.texto_llano import texto_llano  # noqa: PLC0415

    try:
        return sorted(set(_CODIGO.findall(texto_llano(_propios(vista, ficha, v, contenido), v.archivo))))
    except Rechazo:
        return None


def _propios(vista: Vista, ficha: Ficha, v: Version, contenido: bytes | None) -> bytes:
    """Los bytes de la versión: los de su lugar, si son los suyos; en una fecha pasada, ahí ya hay otra."""
    if contenido is not None and hashlib.sha256(contenido).hexdigest() == v.sha256:
        return contenido
    return bytes_de(vista, ficha, v)
