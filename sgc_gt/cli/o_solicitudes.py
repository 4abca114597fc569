"""Las solicitudes: presentarlas y resolverlas."""

from __future__ import annotations

from typing import Any

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.respuestas import firmado, resultado_a_dict
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio import rutas
from sgc_gt.dominio.solicitudes import DECISIONES, QUE
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes.movimiento import Resultado
from sgc_gt.ordenes.solicitudes import Decision, Solicitud
from sgc_gt.ordenes.solicitudes import resolver as resolver_
from sgc_gt.ordenes.solicitudes import solicitar as solicitar_


def _responder(sesion: Sesion, r: Resultado, oracion: str, *, presentada: bool) -> None:
    vista = sesion.contexto.vista()
    ficha = vista.ficha(r.codigo)
    lugar = rutas.ruta_borrador(ficha, r.archivo) if presentada else f"{rutas.carpeta(ficha)}/{r.archivo}"
    sesion.responder(
        {**resultado_a_dict(r), "archivo": lugar},
        "\n".join([oracion, *firmado(r.firma), f"Formulario: {lugar}"]),
    )
    sesion.advertir(r.avisos)


@orden()
@click.argument("pide", type=click.Choice(list(QUE)), metavar="QUÉ")
@click.option("--documento", metavar="COD", default="", callback=o.mayusculas, help="De qué documento.")
@click.option("--titulo", metavar="T", default="", help="De qué se trata, en pocas palabras.")
@click.option("--propone", metavar="T", default="", help="Qué debería decir o hacerse.")
@o.con(o.motivo, o.fecha, o.adjunto)
@con_sesion
def solicitar(sesion: Sesion, pide: str, documento: str, titulo: str, propone: str, **valores: Any) -> None:
    """Presenta una solicitud: creacion, modificacion, anulacion, adecuacion, mejora o recursos.

    Ejemplo: sgc-gt solicitar modificacion --documento PR-GT-01 --motivo "Cambió el formulario"
    """
    nueva = Solicitud(pide, documento, titulo, propone)
    r = solicitar_(sesion.contexto, nueva, o.peticion(**valores))
    vista = sesion.contexto.vista()
    corresponde = vista.organizacion.nombres(_turno(sesion, r.codigo), o=True)
    _responder(sesion, r, f"Se presenta la solicitud {r.codigo}. Le toca a: {corresponde}.", presentada=True)


def _turno(sesion: Sesion, codigo: str) -> tuple[str, ...]:
    """Los cargos a los que les toca resolverla, o dar antes su conformidad."""
    from sgc_gt.consultas.estado import estado  # noqa: PLC0415  (solo para decir a quién le toca)

    vista = sesion.contexto.vista()
    [fila] = estado(vista, sesion.contexto.ahora(vista).date(), codigo)
    return fila.turno


@orden()
@o.con(o.codigo)
@click.option("--acepta", is_flag=True, help="Se acepta: se abre lo que la atiende.")
@click.option("--rechaza", is_flag=True, help="No se hará, por lo que dice --motivo.")
@click.option("--devuelve", is_flag=True, help="Falta algo: que se presente completa.")
@click.option("--junta-con", "con", metavar="COD", default="", callback=o.mayusculas, help="Sigue en esa.")
@o.con(o.motivo, o.resolucion, o.fecha_oficio, o.fecha, o.adjunto)
@con_sesion
def resolver(
    sesion: Sesion, codigo: str, acepta: bool, rechaza: bool, devuelve: bool, con: str, **valores: Any
) -> None:
    """Resuelve una solicitud: la acepta, la rechaza, la devuelve o la une a otra.

    Ejemplo: sgc-gt resolver RG-SGC-03/2026/004 --rechaza --motivo "Ya lo dice la sección 5"
    """
    dichas = {"aceptada": acepta, "rechazada": rechaza, "devuelta": devuelve, "unida": bool(con)}
    elegidas = [decision for decision, dicha in dichas.items() if dicha]
    if len(elegidas) != 1:
        raise UsoIncorrecto(
            "falta la decisión, o hay más de una",
            esperado="--acepta, --rechaza, --devuelve o --junta-con COD",
            hacer="elija una",
        )
    [decision] = elegidas
    r = resolver_(sesion.contexto, codigo, Decision(decision, con), o.peticion(**valores))
    como = DECISIONES[decision] + (f", {con}" if con else "")
    _responder(sesion, r, f"La solicitud {codigo} queda {como}.", presentada=False)
