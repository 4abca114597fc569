"""Lo que `auditar` hace además de mirar cláusulas: el informe de preparación, la muestra y el paquete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from sgc_gt.cli.sesion import Sesion
from sgc_gt.errores import UsoIncorrecto

# Cada cosa se importa donde se hace: leer Word, armar páginas y comprimir cuestan lo que el resto no paga.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from sgc_gt.consultas.integridad import Integridad
    from sgc_gt.contexto import Vista
    from sgc_gt.dominio.auditoria import Auditoria

AVISO_CADA = 10
"""Cada cuántos expedientes se dice por dónde va."""


class Eleccion(NamedTuple):
    """Qué códigos se miran: una muestra al azar, los que se nombran, o todos."""

    muestra: int = 0
    semilla: str = ""
    documentos: tuple[str, ...] = ()


def exigir_juntas(eleccion: Eleccion, salida: Path | None, *, otra: bool, hallazgos: bool) -> None:
    """UsoIncorrecto si se piden cosas que no van juntas."""
    if hallazgos and (otra or salida or eleccion != Eleccion()):
        raise UsoIncorrecto(
            "el informe de preparación va solo; el paquete (-o) ya lo trae", lugar="--hallazgos",
            hacer="quite las otras opciones; --fecha sí se puede",
        )  # fmt: skip
    if eleccion != Eleccion() and otra:
        raise UsoIncorrecto(
            "una muestra no va con una cláusula ni con una transición", lugar="--muestra",
            hacer="pídalas por separado",
        )  # fmt: skip
    if eleccion.documentos and (eleccion.muestra or not salida):
        raise UsoIncorrecto(
            "los códigos se eligen para el paquete, y sin muestra", lugar="--documentos",
            hacer="agregue -o DIR y quite --muestra",
        )  # fmt: skip
    if eleccion.semilla and not eleccion.muestra:
        raise UsoIncorrecto(
            "la semilla es de una muestra", lugar="--semilla", hacer="agregue --muestra N"
        )  # fmt: skip


def hallazgos(sesion: Sesion, vista: Vista, corte: date) -> bool:
    """Muestra el informe de preparación; si hay hallazgos."""
    from sgc_gt.consultas.hallazgos import hallazgos as consultar
    from sgc_gt.consultas.informe_hallazgos import Informe, a_dicts, texto

    informe = Informe(vista.servicio.nombre, vista.servicio.norma, corte, consultar(vista, corte))
    sesion.responder(a_dicts(informe.resultados), texto(informe))
    return informe.hay


def muestra(sesion: Sesion, vista: Vista, corte: date, eleccion: Eleccion) -> None:
    """Elige al azar, recupera cada uno y dice cuánto tardó."""
    from sgc_gt.consultas import muestra as m

    codigos = [f.codigo for f in m.vivos(vista.fichas(), corte)]
    semilla = eleccion.semilla or _ancla(vista)
    elegidos = m.elegir(codigos, eleccion.muestra, semilla)
    hallados = m.recuperar(vista, elegidos, corte, perf_counter)
    sesion.responder(m.a_dict(semilla, len(codigos), hallados), m.texto(semilla, len(codigos), hallados))


def exigir_integra(sesion: Sesion, vista: Vista, salida: Path) -> Integridad:
    """La historia repetida entera, antes de armar nada; IntegridadRota si no es correcta."""
    from sgc_gt.cli.repaso import exigir_integra as exigir
    from sgc_gt.ordenes.paquete import exigir_propia

    exigir_propia(salida.absolute())  # lo que cuesta poco se niega primero
    return exigir(sesion, vista)


def paquete(
    sesion: Sesion,
    vista: Vista,
    auditoria: Auditoria,
    salida: Path,
    eleccion: Eleccion,
    integridad: Integridad,
) -> None:
    """Deja la carpeta y el zip; avisa por dónde va, dónde quedaron y qué anotar aparte."""
    from sgc_gt.cli.auditado import pagina
    from sgc_gt.consultas.paquete import Pedido, piezas
    from sgc_gt.dominio.textos import mayuscula
    from sgc_gt.ordenes.paquete import dejar, zip_de

    codigos, en_palabras = _elegidos(vista, auditoria.fecha, eleccion)
    pedido = Pedido(auditoria.fecha, auditoria, partial(pagina, auditoria), codigos, integridad, en_palabras)
    hecho = dejar(vista, piezas(vista, pedido, _contador(sesion)), salida)
    sesion.avisar(f"{mayuscula(integridad.dice)}. Ancla: {integridad.ancla}")
    sesion.advertir(integridad.evidencias)
    sesion.avisar(f"Quedó en {salida} y en {zip_de(salida)}: {hecho.archivos} archivos.")
    sesion.avisar(f"Se abre con: {salida / 'index.html'}; cómo comprobarlo está en LEAME.txt")
    sesion.avisar(f"Anote aparte el sha256 de SHA256SUMS: {hecho.resumen}")


def _elegidos(vista: Vista, corte: date, eleccion: Eleccion) -> tuple[Sequence[str], str]:
    """Los códigos con expediente, y cómo se eligieron; NoEncontrado si uno de los nombrados no existe."""
    from sgc_gt.consultas import muestra as m
    from sgc_gt.consultas.paquete import conocidos

    if eleccion.documentos:
        return [vista.ficha(c).codigo for c in eleccion.documentos], "Van los expedientes pedidos."
    if not eleccion.muestra:
        return [f.codigo for f in conocidos(vista, corte)], ""
    semilla = eleccion.semilla or _ancla(vista)
    vivos = [f.codigo for f in m.vivos(vista.fichas(), corte)]
    elegidos = m.elegir(vivos, eleccion.muestra, semilla)
    return elegidos, (
        f"Van los expedientes de una muestra de {len(elegidos)} entre {len(vivos)} vigentes y archivados: "
        f"los códigos de menor sha256 de «semilla código», con la semilla «{semilla}»."
    )


def _ancla(vista: Vista) -> str:
    from sgc_gt.consultas.ancla import ancla_de

    return ancla_de(vista)


def _contador(sesion: Sesion) -> Callable[[int, int], None]:
    def contar(hechos: int, total: int) -> None:
        if total > AVISO_CADA and (hechos % AVISO_CADA == 0 or hechos == total):
            sesion.avisar(f"Expedientes: {hechos} de {total}…")

    return contar
