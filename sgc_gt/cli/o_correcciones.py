"""Lo que cambia de un documento sin tocar lo aprobado: sus cargos, un dato mal escrito, su código."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.respuestas import responder_actos
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio.rectificacion import CAMPOS
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.listas.pares import Par, codigo_escrito, leer_pares
from sgc_gt.ordenes.reasignar import quedan_con, reemplazar
from sgc_gt.ordenes.reasignar import reasignar as reasignar_
from sgc_gt.ordenes.recodificar import recodificar as recodificar_
from sgc_gt.ordenes.recodificar import simular as simular_
from sgc_gt.ordenes.rectificar import rectificar as rectificar_


@orden()
@click.argument("codigos", nargs=-1, metavar="[COD…]", callback=o.mayusculas)
@click.option("--elabora", metavar="CARGO", default="", help="Cargo que elabora desde ahora.")
@click.option(
    "--revisa", metavar="CARGO", multiple=True, help="Cargo que revisa; se puede repetir: son los que quedan."
)
@click.option("--aprueba", metavar="CARGO", default="", help="Cargo que aprueba desde ahora.")
@click.option("--responsable", metavar="CARGO", default="", help="Responsable del proceso desde ahora.")
@click.option("--de", "sale", metavar="CARGO", default="", help="Cargo que sale de todos sus documentos.")
@click.option("--a", "entra", metavar="CARGO", default="", help="Cargo que queda en su lugar.")
@o.con(o.motivo, o.resolucion, o.fecha_oficio, o.fecha, o.adjunto)
@con_sesion
def reasignar(
    sesion: Sesion,
    codigos: tuple[str, ...],
    elabora: str,
    revisa: tuple[str, ...],
    aprueba: str,
    responsable: str,
    sale: str,
    entra: str,
    **valores: Any,
) -> None:
    """Cambia los cargos de documentos en uso o en trabajo, y lo que falta de sus circuitos.

    Ejemplo: sgc-gt reasignar --de cr1 --a cr2 --motivo "La División de Fomento se suprime"
    """
    papeles = {"elabora": elabora, "revisa": list(revisa), "aprueba": aprueba, "responsable": responsable}
    cargos = {papel: dicho for papel, dicho in papeles.items() if dicho}
    peticion = o.peticion(**valores)
    if sale or entra:
        _exigir_solo(codigos, cargos, sale, entra)
        resultados = reemplazar(sesion.contexto, sale, entra, peticion)
    else:
        _exigir_papeles(codigos, cargos)
        resultados = reasignar_(sesion.contexto, codigos, cargos, peticion)
    responder_actos(sesion, "reasignar", resultados)
    sesion.advertir(quedan_con(sesion.contexto.vista(), sale) if sale else ())


@orden()
@o.con(o.codigo)
@click.argument("numero", type=int, metavar="N")
@click.option(
    "--campo",
    required=True,
    metavar="CAMPO",
    help=f"Qué dato: {', '.join(f'«{campo}»' for campo in CAMPOS)}.",
)
@click.option("--dice", required=True, metavar="X", help="Lo que debía decir.")
@o.con(o.motivo, o.fecha, o.adjunto)
@con_sesion
def rectificar(sesion: Sesion, codigo: str, numero: int, campo: str, dice: str, **valores: Any) -> None:
    """Corrige un dato mal escrito del movimiento N; lo que decía queda a la vista.

    Los movimientos del propio servicio (subrogancias, documentos externos, configuración) se nombran
    SISTEMA.

    Ejemplo: sgc-gt rectificar PL-GT-01 9 --campo oficio --dice 118 --motivo "Se anotó 181"
    """
    r = rectificar_(sesion.contexto, codigo, numero, campo, dice, o.peticion(**valores))
    responder_actos(sesion, "rectificar", [r])


@orden()
@click.argument("que", nargs=-1, required=True, metavar="COD NUEVO | ARCHIVO")
@click.option("--simular", is_flag=True, help="Dice qué pasaría, sin cambiar nada.")
@o.con(o.motivo, o.resolucion, o.fecha_oficio, o.fecha, o.adjunto)
@con_sesion
def recodificar(sesion: Sesion, que: tuple[str, ...], simular: bool, **valores: Any) -> None:
    """Da otro código a un documento, o a los de una lista de dos columnas; los anteriores siguen valiendo.

    Ejemplo: sgc-gt recodificar PR-FOM-01 PR-FOR-07 --motivo "La división se fusiona"
    """
    pares = _pares(que)
    peticion = o.peticion(**valores)
    if not simular:
        responder_actos(sesion, "recodificar", recodificar_(sesion.contexto, pares, peticion))
        return
    cambios = simular_(sesion.contexto, pares, peticion)
    lineas = [f"{c.par.dicho}: {c.problema or c.aviso or 'se puede'}." for c in cambios]
    malos = sum(1 for c in cambios if c.problema)
    final = f"No se cambió nada: es un ensayo. Con problemas: {malos} de {len(cambios)}."
    sesion.responder([c.a_dict() for c in cambios], "\n".join([*lineas, final]))


def _pares(que: tuple[str, ...]) -> tuple[Par, ...]:
    """Los códigos dichos en la orden, o los del archivo que nombra."""
    if len(que) == 1 and que[0].lower().endswith((".xlsx", ".csv")):
        archivo = o.leer_archivo(Path(que[0]))
        return leer_pares(archivo.contenido, archivo.nombre)
    if len(que) != 2:
        raise UsoIncorrecto(
            "no se entiende qué código se cambia por cuál",
            esperado="el código de hoy y el nuevo, o un archivo .xlsx o .csv de dos columnas",
            hacer="vea un ejemplo con: sgc-gt recodificar --help",
        )
    return (Par(codigo_escrito(que[0]), codigo_escrito(que[1])),)


def _exigir_solo(codigos: tuple[str, ...], cargos: dict[str, Any], sale: str, entra: str) -> None:
    if codigos or cargos or not (sale and entra) or sale == entra:
        raise UsoIncorrecto(
            "--de y --a van juntos, con cargos distintos, y valen para todos los documentos del que sale",
            esperado="--de CARGO --a CARGO --motivo M, sin códigos ni otros cargos",
            hacer="para un solo documento: sgc-gt reasignar COD --aprueba CARGO",
        )


def _exigir_papeles(codigos: tuple[str, ...], cargos: dict[str, Any]) -> None:
    if not codigos or not cargos:
        raise UsoIncorrecto(
            "falta decir qué documento se reasigna y a quién",
            esperado="un código y --elabora, --revisa, --aprueba o --responsable; o bien --de y --a",
            hacer="vea un ejemplo con: sgc-gt reasignar --help",
        )
