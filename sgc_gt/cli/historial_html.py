"""El historial y el documento anotado como páginas: un solo archivo cada una, legible sin red y sin ratón."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sgc_gt.cli import desde_cuando_texto as dichos
from sgc_gt.comparacion.origen import FILA, Rastro
from sgc_gt.comparacion.valores import MOVIDO
from sgc_gt.consultas import historial_detalle as lo_propio
from sgc_gt.consultas import historial_palabras as palabras
from sgc_gt.consultas.desde_cuando import CLASES_DICHAS, Respuesta
from sgc_gt.consultas.historial import Filtro
from sgc_gt.contexto import Vista
from sgc_gt.dominio.forma import TABLA
from sgc_gt.paginas.armar import armar

TONOS = 6
"""Colores de margen; la versión va escrita además, y el color solo ayuda a encontrarla."""


def pagina(vista: Vista, filas: Sequence[dict[str, Any]], filtro: Filtro) -> str:
    """Los movimientos pedidos, en una página con un buscador que funciona sin servidor."""
    legibles = [palabras.legible(vista, f) for f in filas]
    cuentas = (
        (len(filas), "movimientos"),
        (sum(f["registra"] != f["correo"] for f in filas), "anotados por otra persona"),
        (sum(bool(f["atraso_dias"] and f["persona"]) for f in legibles), "anotados después de su fecha"),
        (sum(bool(f["sin_efecto"]) for f in filas), "que quedaron sin efecto"),
    )
    return armar(
        "historial",
        servicio=vista.servicio.nombre,
        titulo=palabras.titulo(filtro),
        pedido=palabras.pedido(vista, filtro),
        cuentas=cuentas,
        filas=legibles,
        varios=not palabras.es_de_uno(filas, filtro),
        firmadas=any(f["firma"] for f in filas),
        evidencia=lo_propio.evidencia,
        observadas=lo_propio.observadas,
        reparado=lo_propio.reparado,
    )


def pagina_anotada(vista: Vista, r: Respuesta, texto: str) -> str:
    """Lo que dice el documento, cada cosa con la versión de que viene; o solo donde dice el texto."""
    org = vista.organizacion
    versiones = [
        {
            "version": d.version,
            "rige": dichos.rige(d),
            "motivo": dichos.motivo(d),
            "aprobo": dichos.aprobo(d, org),
            "emision": dichos.emision(d),
            "cuantas": sum(rastro.desde == n for rastro in r.rastros),
        }
        for n, d in enumerate(r.decisiones)
    ]
    return armar(
        "anotado",
        servicio=vista.servicio.nombre,
        documento=f"{dichos.titulo(r)} · {r.titulo}",
        pregunta=texto,
        versiones=versiones,
        secciones=[(s, _bloques(r, list(g))) for s, g in groupby(r.rastros, key=lambda x: x.seccion)],
        avisos=r.avisos,
        tonos=TONOS,
    )


def _bloques(r: Respuesta, rastros: Sequence[Rastro]) -> list[dict[str, Any]]:
    """Los bloques de una sección; las filas de una tabla, juntas."""
    bloques = []
    for _, grupo in groupby(rastros, key=_de_que_bloque):
        dichas = [_dicho(r, rastro) for rastro in grupo]
        es_tabla = dichas[0]["clase"] == FILA
        bloques.append({"clase": TABLA, "filas": dichas} if es_tabla else dichas[0])
    return bloques


def _de_que_bloque(rastro: Rastro) -> object:
    return rastro.unidad.bloque if rastro.clase == FILA else rastro.unidad


def _dicho(r: Respuesta, rastro: Rastro) -> dict[str, Any]:
    d = r.decisiones[rastro.desde]
    return {
        "clase": rastro.clase,
        "clase_dicha": CLASES_DICHAS[rastro.clase],
        "titula": dichos.es_su_titulo(rastro),
        "texto": rastro.texto,
        "celdas": rastro.celdas,
        "version": d.version,
        "tono": (len(r.decisiones) - 1 - rastro.desde) % TONOS,
        "comenzo": dichos.comenzo(d),
        "palabras": dichos.palabras(r, rastro),
        "antes": [dichos.antes(r, h) for h in rastro.redacciones[1:]],
        "movidas": [
            f"en la versión {r.decisiones[h.version].version} cambió de lugar"
            for h in rastro.hitos
            if h.tipo == MOVIDO
        ],
    }
