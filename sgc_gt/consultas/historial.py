"""`historial`: cada movimiento: quién, en qué calidad, quién lo anotó, con qué respaldo y cuándo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sgc_gt.contexto import Vista
from sgc_gt.dominio.ficha import Ficha, Movimiento, movimiento_a_dict
from sgc_gt.dominio.ficha_sistema import CODIGO
from sgc_gt.dominio.mensaje import leer_mensaje
from sgc_gt.dominio.observaciones import SEGUIMIENTO, observaciones
from sgc_gt.dominio.rutas import SISTEMA, ruta_ficha
from sgc_gt.dominio.situacion import sin_efecto


def historial(vista: Vista, codigo: str = "") -> list[dict[str, Any]]:
    """Los movimientos de un código (`SISTEMA`: los del sistema), o todos, del más antiguo al más reciente."""
    if codigo == CODIGO:
        fichas, ruta = [vista.sistema], SISTEMA
    elif codigo:
        fichas = [vista.ficha(codigo)]
        ruta = ruta_ficha(fichas[0])
    else:
        fichas, ruta = [vista.sistema, *vista.fichas()], ""
    donde = _commits(vista, ruta or None)
    filas = []
    for ficha in fichas:
        anulados = sin_efecto(ficha) if ficha.clase != "sistema" else {}
        seguidas = _seguidas(ficha)
        filas += [
            {
                **_fila(ficha, m, donde.get((ficha.codigo, m.n), ""), anulados.get(m.n)),
                "seguimiento": seguidas.get(m.n, []),
            }
            for m in ficha.actos
        ]
    return filas if codigo else sorted(filas, key=lambda f: (_instante(f), f["codigo"], f["n"]))


def _seguidas(ficha: Ficha) -> dict[int, list[dict[str, str]]]:
    """Número de movimiento → en qué está hoy cada observación que hizo."""
    con_marca = [m for m in ficha.actos if m.extra.get(SEGUIMIENTO)]
    resultado: dict[int, list[dict[str, str]]] = {}
    for version in dict.fromkeys(m.version for m in con_marca):
        for o in observaciones(ficha, version):
            fila = {"id": o.id, "estado": o.estado, "respuesta": o.respuesta}
            resultado.setdefault(int(o.id.partition(".")[0]), []).append(fila)
    return resultado


def _instante(fila: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(fila["registrado"])


def _commits(vista: Vista, ruta: str | None) -> dict[tuple[str, int], str]:
    """(código, número) → identificador en la historia, según lo que cada mensaje indexa."""
    resultado = {}
    for commit in vista.repo.bitacora(ruta):
        indice = leer_mensaje(commit.mensaje, commit.oid[:12])
        for codigo, n in zip(indice.documentos, indice.numeros, strict=True):
            resultado[codigo, n] = commit.oid
    return resultado


def _fila(ficha: Ficha, m: Movimiento, commit: str, anula: int | None) -> dict[str, Any]:
    registrado = datetime.fromisoformat(m.registrado)
    fila = movimiento_a_dict(m)
    return {
        "codigo": ficha.codigo,
        "n": m.n,
        "acto": m.acto,
        "version": m.version,
        "cargo": m.cargo,
        "correo": m.correo,
        "calidad": m.calidad,
        "base_calidad": m.base_calidad,
        "registra": m.registra,
        "origen": m.origen,
        "fecha": m.fecha.isoformat(),
        "registrado": m.registrado,
        "atraso_dias": (registrado.date() - m.fecha).days,
        "commit": commit,
        "huella": m.huella,
        "sha256": m.sha256,
        "firma": m.firma,
        "evidencia": fila.get("evidencia", []),
        "observaciones": fila.get("observaciones", []),
        "motivo": m.motivo,
        "vigente_desde": fila.get("vigente_desde"),
        "sin_efecto": anula,  # el movimiento que dejó sin efecto a este, si lo hubo
        "extra": fila.get("extra", {}),
    }
