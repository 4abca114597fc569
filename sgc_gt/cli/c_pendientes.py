"""`pendientes`: qué hay por hacer, de quién es y para cuándo; en pantalla, calendario o correo."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from sgc_gt.cli.c_estado import mostrar
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.opciones import ARCHIVO
from sgc_gt.cli.sesion import Sesion
from sgc_gt.consultas.pendientes import pendientes as consultar
from sgc_gt.consultas.quienes import cargos_que
from sgc_gt.contexto import Vista
from sgc_gt.dominio.pendientes import COLUMNAS, HORIZONTE, Pendiente
from sgc_gt.dominio.tabla import Tabla
from sgc_gt.errores import UsoIncorrecto


@orden()
@click.option("--de", "quien", default="", metavar="Q", help="Solo de un cargo, una persona o una región.")
@click.option(
    "--dias",
    type=click.IntRange(0, 3660),
    default=HORIZONTE,
    show_default=True,
    metavar="N",
    help="Con cuánta anticipación se avisa de un vencimiento.",
)
@click.option("--ics", type=ARCHIVO, metavar="F.ics", help="Deja un calendario para Outlook u otro programa.")
@click.option("--correo", type=ARCHIVO, metavar="DIR", help="Deja un borrador de correo por persona.")
@click.option("--smtp", default="", metavar="HOST", help="Envía los correos por ese servidor (HOST:PUERTO).")
@click.option("--remitente", default="", metavar="CORREO", help="Con --smtp, el correo de quien envía.")
@con_sesion
def pendientes(
    sesion: Sesion,
    quien: str,
    dias: int,
    ics: Path | None,
    correo: Path | None,
    smtp: str,
    remitente: str,
) -> None:
    """Muestra qué hay por hacer, de quién es, desde cuándo y para cuándo.

    Ejemplo: sgc-gt pendientes --de egt
    """
    if bool(smtp) != bool(remitente):
        raise UsoIncorrecto(
            "para enviar hacen falta el servidor y quien envía",
            lugar="--smtp y --remitente",
            esperado="los dos",
            hacer="agregue el que falta; sin servidor, use --correo y envíelos usted",
        )
    ctx = sesion.consulta
    vista = ctx.vista()
    ahora = ctx.ahora(vista)
    hoy = ahora.date()
    hallados = consultar(vista, hoy, dias)
    if quien:
        cargos = cargos_que(vista, quien.strip(), hoy)
        hallados = [p for p in hallados if p.cargo in cargos]
    notas = () if hallados else ("Nada pendiente.",)
    filas = tuple(_fila(vista, p, ahora) for p in hallados)
    tabla = Tabla("Pendientes", vista.servicio.nombre, COLUMNAS, filas, hoy, notas)
    if ics or correo or smtp:
        _sacar(sesion, hallados, ahora, (ics, correo, smtp, remitente))
    mostrar(sesion, [p.a_dict(hoy) for p in hallados], tabla)


def _fila(vista: Vista, p: Pendiente, ahora: datetime) -> dict[str, object]:
    version = f" {p.version}" if p.version else ""
    return {
        "que": p.en_palabras,
        "documento": f"{p.documento}{version}",
        "titulo": p.titulo,
        "cargo": vista.organizacion.nombre_cargo(p.cargo),
        "desde": p.desde,
        "hasta": p.hasta,
        "aviso": p.aviso(ahora.date()),
    }


def _sacar(
    sesion: Sesion,
    hallados: list[Pendiente],
    ahora: datetime,
    salida: tuple[Path | None, Path | None, str, str],
) -> None:
    """Deja el calendario y los correos, o los envía, y dice qué hizo."""
    from sgc_gt.ordenes import avisar  # noqa: PLC0415  (calendario y correo, solo si se piden)

    ics, correo, smtp, remitente = salida
    ctx = sesion.consulta
    vista = ctx.vista()
    if ics:
        sesion.avisar(f"Calendario: {avisar.dejar_calendario(ctx, vista, hallados, ahora, ics)}")
    if not (correo or smtp):
        return
    destinos, vacantes = avisar.repartir(vista, hallados, ahora)
    if correo:
        for archivo in avisar.dejar_correos(ctx, vista, destinos, ahora, correo):
            sesion.avisar(f"Borrador: {archivo}")
    if smtp:
        avisar.enviar_correos(vista, destinos, ahora, smtp, remitente)
        sesion.avisar(f"Correos enviados: {len(destinos)}.")
    for cargo in vacantes:
        nombre = vista.organizacion.nombre_cargo(cargo)
        sesion.avisar(f"Aviso: hoy nadie ejerce {nombre}; lo suyo no se avisó a nadie.")
