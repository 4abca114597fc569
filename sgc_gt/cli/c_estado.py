"""Las consultas del día a día: tipos, estado, estandarización."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion
from sgc_gt.contexto import Contexto
from sgc_gt.dominio.actos import ORDEN
from sgc_gt.dominio.alcance import cuenta
from sgc_gt.dominio.estandarizacion import (
    ACCIONES,
    COLUMNAS,
    CUMPLIDO,
    FilaEstandarizacion,
    a_fila,
    en_palabras,
    resumen,
)
from sgc_gt.dominio.etiquetas import (
    ACTOS,
    APROBACIONES,
    ESTADOS,
)
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.dominio.regiones import con_region
from sgc_gt.dominio.tabla import FECHA, VERSION, Columna, Tabla

if TYPE_CHECKING:
    from sgc_gt.consultas.estado import FilaEstado


def mostrar(sesion: Sesion, valor: object, tabla: Tabla) -> None:
    """La tabla en la consola, o el valor en JSON."""
    from sgc_gt.cli import pantalla  # noqa: PLC0415  (arranque en frío)

    if sesion.json:
        pantalla.mostrar_json(valor, sys.stdout)
    else:
        pantalla.mostrar(tabla, sys.stdout, shutil.get_terminal_size().columns)


@orden()
@con_sesion
def tipos(sesion: Sesion) -> None:
    """Muestra los tipos de documento del servicio.

    Ejemplo: sgc-gt tipos
    """
    servicio = sesion.consulta.vista().servicio
    filas = [
        {
            "tipo": t.id,
            "nombre": t.nombre,
            "prefijo": t.prefijo,
            "clase": t.clase,
            "circuito": " > ".join(ACTOS[p.acto] for p in servicio.circuitos[t.circuito]),
        }
        for t in servicio.tipos.values()
    ]
    columnas = (
        Columna("tipo", "Tipo", ancho=18),
        Columna("nombre", "Nombre", ancho=30),
        Columna("prefijo", "Prefijo", ancho=8),
        Columna("clase", "Clase", ancho=10),
        Columna("circuito", "Circuito", ancho=40),
    )
    valor = [
        {
            **f,
            "circuito": [p._asdict() for p in servicio.circuitos[servicio.tipos[f["tipo"]].circuito]],
            "compuertas": [
                {**c._asdict(), "exige": [e._asdict() for e in c.exige]}
                for c in servicio.tipos[f["tipo"]].compuertas
            ],
        }
        for f in filas
    ]
    mostrar(sesion, valor, Tabla("Tipos de documento", servicio.nombre, columnas, tuple(filas)))


@orden()
@click.argument("codigo", required=False, default="", metavar="[COD]")
@click.option("--fecha", metavar="D", help="Como estaba en esa fecha; hoy si no se dice.")
@o.con(o.sabido_al)
@con_sesion
def estado(sesion: Sesion, codigo: str, fecha: str | None, sabido_al: str | None) -> None:
    """Muestra qué rige, qué está en camino, de quién es el turno y qué se venció.

    Ejemplo: sgc-gt estado --fecha 15-03-2026
    """
    from sgc_gt.consultas.estado import estado as consultar  # noqa: PLC0415
    from sgc_gt.consultas.estandarizacion import con_estandarizacion, estandarizacion  # noqa: PLC0415

    ctx = sesion.consulta
    vista, corte = o.como_se_sabia(ctx, ctx.vista(), sabido_al, fecha, por_venir=True)
    codigo = codigo.strip().upper()
    filas = consultar(vista, corte, codigo)
    etapa = estandarizacion(vista, corte, None if codigo else filas)
    filas = con_estandarizacion(filas, etapa)
    columnas = (
        Columna("codigo", "Código", ancho=14),
        Columna("version", "Versión", VERSION, 8),
        Columna("titulo", "Título", ancho=34),
        Columna("estado", "Estado", ancho=14),
        Columna("vigente_desde", "Vigente desde", FECHA, 11),
        Columna("proxima_revision", "Próxima revisión", FECHA, 11),
        Columna("turno", "Turno de", ancho=22),
    )
    tabla = Tabla(
        "Estado de los documentos",
        vista.servicio.nombre,
        columnas,
        tuple(
            {
                **f._asdict(),
                "titulo": con_region(f.titulo, f.region),
                "estado": _en_palabras(f),
                "turno": vista.organizacion.nombres(f.turno) if f.turno else "",
            }
            for f in filas
        ),
        corte,
        (
            *_por_venir(corte, ctx.ahora(vista).date()),
            *_de_la_etapa([f for f in etapa if not codigo or f.documento == codigo]),
        ),
    )
    mostrar(sesion, [f.a_dict() for f in filas], o.segun(tabla, sabido_al))
    if codigo and not (fecha or sabido_al or sesion.json):
        _posibilidades(sesion, [f.posibles for f in filas])
        _por_atender(sesion, filas)
        _pendientes(sesion, ctx)


def _por_venir(corte: date, hoy: date) -> tuple[str, ...]:
    """Lo que hay que saber de una fecha que no ha llegado: es un pronóstico y puede cambiar."""
    if corte <= hoy:
        return ()
    return (
        f"Ese día no ha llegado: es lo que habrá si nada se anota después de hoy, {imprimir_fecha(hoy)}.",
    )


def _en_palabras(f: FilaEstado) -> str:
    """El estado, si su revisión se venció, el plazo de un oficio, su respaldo y cuántos la conocen."""
    vencida = "revisión vencida" if f.vencida else ""
    impreso = f"con el código anterior impreso ({f.codigo_impreso})" if f.codigo_impreso else ""
    partes = (ESTADOS[f.estado], APROBACIONES.get(f.aprobacion), impreso, vencida, f.plazo)
    estado_ = ", ".join(filter(None, partes))
    if f.destinatarios is None or f.conocimientos is None:
        return estado_
    return f"{estado_} — {cuenta(f.conocimientos, f.destinatarios)}"


def _de_la_etapa(filas: Sequence[FilaEstandarizacion]) -> tuple[str, ...]:
    """El bloque bajo la tabla: cómo va la etapa 6.2.5; nada si ya se cumplió o nadie la pide."""
    por_hacer = [f for f in filas if f.estado != CUMPLIDO]
    if not por_hacer:
        return ()
    return (
        f"Estandarización (etapa 6.2.5): {resumen(filas)}.",
        *(
            f"  {f.producto}, {f.documento or ACCIONES[f.accion].lower()}: {en_palabras(f)}"
            for f in por_hacer
            if f.atrasado or f.alerta
        ),
        "  Detalle: sgc-gt estandarizacion",
    )


@orden()
@click.option("--fecha", metavar="D", help="Como estaba en esa fecha; hoy si no se dice.")
@con_sesion
def estandarizacion(sesion: Sesion, fecha: str | None) -> None:
    """Muestra qué procedimiento se modifica o se crea por cada producto, quién, cuándo y hasta dónde va.

    Ejemplo: sgc-gt estandarizacion --fecha 30-06-2026
    """
    from sgc_gt.consultas.estandarizacion import estandarizacion as consultar  # noqa: PLC0415
    from sgc_gt.consultas.estandarizacion import por_que_no_hay  # noqa: PLC0415

    ctx = sesion.consulta
    vista = ctx.vista()
    corte = o.leer_corte(fecha, ctx.ahora(vista).date())
    filas = consultar(vista, corte)
    tabla = Tabla(
        "Estandarización de los productos (etapa 6.2.5)",
        vista.servicio.nombre,
        COLUMNAS,
        tuple(
            {
                **a_fila(f),
                "responsable": nombre_cargo(vista.servicio, f.responsable) if f.responsable else "",
            }
            for f in filas
        ),
        corte,
        () if filas else (por_que_no_hay(vista, corte),),
    )
    mostrar(sesion, [f.a_dict() for f in filas], tabla)


def _posibilidades(sesion: Sesion, todas: list[tuple[str, ...]]) -> None:
    por_orden: dict[str, list[str]] = {}  # la orden que se escribe → lo que con ella se hace
    for acto in dict.fromkeys(a for p in todas for a in p):
        por_orden.setdefault(ORDEN.get(acto, acto), []).append(ACTOS[acto])
    if por_orden:
        dichas = (f"{nombre} ({', '.join(hechos)})" for nombre, hechos in por_orden.items())
        sesion.avisar("Ahora es posible: " + ", ".join(dichas))


def _por_atender(sesion: Sesion, filas: Sequence[FilaEstado]) -> None:
    """Cuántas observaciones esperan respuesta o conformidad, si las hay."""
    for f in filas:
        if f.observaciones_abiertas:
            sesion.avisar(
                f"Observaciones sin atender en la versión {f.version}: {f.observaciones_abiertas}. "
                f"Véalas con: sgc-gt historial {f.codigo}"
            )


def _pendientes(sesion: Sesion, ctx: Contexto) -> None:
    for p in ctx.repo.pendientes():
        sesion.avisar(f"Pendiente de reemplazar: {p.ruta} ({p.causa})")
