"""Los registros que piden los documentos vigentes, leídos del Word que se aprobó.

Manda el texto del Word, porque es lo que se aprobó: vale igual si lo generó el sistema, si se escribió en
Word o si viene de fuera. Los datos se usan solo cuando el texto salió de ellos y el Word no trae una
sección que se pueda leer (una plantilla que escribe los registros en prosa).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from sgc_gt.config.lectura import leer_yaml
from sgc_gt.consultas.lecturas import Lecturas
from sgc_gt.consultas.versiones import bytes_de
from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.origen import es_generado
from sgc_gt.dominio.registros import PedidoRegistro, pedidos_de
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import EntradaInvalida

FORMATO = 2
"""Número de lo que se recuerda: cambia cuando cambia lo que se sabe leer."""
WORD, DATOS = "word", "datos"


class _Leido(NamedTuple):
    """Lo que un Word dice de sus registros."""

    tiene_seccion: bool
    pedidos: tuple[PedidoRegistro, ...]


def pedidos_vigentes(vista: Vista, fichas: Iterable[Ficha], fecha: date) -> list[PedidoRegistro]:
    """Los registros que pide cada documento vigente en la fecha, en el orden de las fichas."""
    lecturas = Lecturas(vista.repo.raiz, f"registros-{FORMATO}")
    with vista.repo.compartiendo():  # un solo proceso para todo lo que haya que leer
        pedidos = [p for ficha in fichas for p in _de_ficha(vista, lecturas, ficha, fecha)]
    lecturas.guardar()
    return pedidos


def _de_ficha(vista: Vista, lecturas: Lecturas, ficha: Ficha, fecha: date) -> Iterator[PedidoRegistro]:
    vigente = situacion(ficha, fecha).vigente if ficha.clase in ("documento", "archivo") else None
    if vigente is None or not vigente.archivo.lower().endswith(".docx"):
        return
    leido = _leer(vista, lecturas, ficha, vigente)
    if leido.tiene_seccion:
        yield from (p._replace(procedimiento=ficha.codigo, origen=WORD) for p in leido.pedidos)
    elif es_generado(ficha, vigente):
        yield from _de_datos(vista, ficha, vigente)


def _leer(vista: Vista, lecturas: Lecturas, ficha: Ficha, v: Version) -> _Leido:
    """La lectura recordada de esos mismos bytes, o la de ahora."""
    recordada = lecturas.buscar(v.sha256)
    if recordada is not None:
        seccion, filas = recordada
        return _Leido(seccion, tuple(PedidoRegistro(*fila) for fila in filas))
    contenido = bytes_de(vista, ficha, v)
    leido = _leer_word(contenido, v.archivo)
    if hashlib.sha256(contenido).hexdigest() == v.sha256:
        lecturas.anotar(v.sha256, [leido.tiene_seccion, [list(p) for p in leido.pedidos]])
    return leido


def _leer_word(contenido: bytes, nombre: str) -> _Leido:
    # Aquí, y no arriba: con todo recordado no se abre ningún Word, y su biblioteca cuesta 300 ms.
    from sgc_gt.dominio.registros_word import registros_en, tiene_seccion  # noqa: PLC0415
    from sgc_gt.word.extraer import forma_normal  # noqa: PLC0415

    try:
        forma = forma_normal(contenido, nombre)
    except EntradaInvalida:  # no se abre como Word: nada que leer; que sea así lo dice el chequeo de forma
        return _Leido(tiene_seccion=False, pedidos=())
    return _Leido(tiene_seccion(forma), registros_en(forma))


def _de_datos(vista: Vista, ficha: Ficha, v: Version) -> Iterator[PedidoRegistro]:
    nombre = rutas.datos_de(v.archivo)
    datos = vista.leer(f"{rutas.carpeta(ficha)}/{nombre}")
    valor = leer_yaml(datos, nombre)[0] if datos else None
    if isinstance(valor, dict):
        for pedido in pedidos_de(ficha.codigo, valor.get("registros") or ()):
            yield pedido._replace(origen=DATOS)
