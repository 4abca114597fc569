"""Lo que un documento cita de afuera, y los documentos vigentes que lo citan a él."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from sgc_gt.consultas.expediente_valores import Cita, Lectura, Parrafo
from sgc_gt.consultas.lecturas import Lecturas
from sgc_gt.consultas.versiones import bytes_de
from sgc_gt.contexto import Vista
from sgc_gt.dominio.etiquetas import ESTADOS as ETIQUETAS
from sgc_gt.dominio.externos import ESTADOS, plegar
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.forma import texto_de
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import Rechazo
from sgc_gt.reglas.externos import claves_de

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
    for e in plegar(m for m in vista.sistema.actos if m.fecha <= fecha).values():
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
        for ficha in vista.fichas():
            v = situacion(ficha, fecha).vigente if "/" not in ficha.codigo else None
            if v is None or not v.archivo.lower().endswith(".docx"):
                continue
            cita = Cita(ficha.codigo, v.titulo, "Vigente", "su texto lo nombra", v.version)
            for codigo in _nombrados(vista, lecturas, ficha, v):
                if codigo != ficha.codigo:
                    citados.setdefault(codigo, []).append(cita)
    lecturas.guardar()
    return {codigo: tuple(citas) for codigo, citas in citados.items()}


def _nombrados(vista: Vista, lecturas: Lecturas, ficha: Ficha, v: Version) -> list[str]:
    """Los códigos que el archivo nombra, recordados por el resumen de sus bytes."""
    recordados = lecturas.buscar(v.sha256)
    if recordados is not None:
        return [str(c) for c in recordados]
    # Aquí, y no arriba: con todo recordado no se abre ningún Word, y su biblioteca cuesta 300 ms.
    from sgc_gt.word.extraer import forma_normal  # noqa: PLC0415

    try:
        texto = texto_de(forma_normal(bytes_de(vista, ficha, v), v.archivo).bloques)
    except (
        Rechazo
    ):  # un archivo que no se abre no cita nada que se pueda leer: eso lo dice el chequeo de forma
        return []
    hallados = sorted(set(_CODIGO.findall(texto)))
    lecturas.anotar(v.sha256, hallados)
    return hallados
