"""«¿Desde cuándo dice esto?», como el valor del contrato: claves en español, todo en texto."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sgc_gt.comparacion.origen import Rastro
from sgc_gt.consultas.desde_cuando import Decision, Respuesta
from sgc_gt.dominio.ficha import movimiento_a_dict


def a_dict(r: Respuesta, nombre_cargo: Callable[[str], str]) -> dict[str, Any]:
    """La respuesta con claves de contrato: `hallazgos` con su versión y su cadena, y las `versiones`."""
    versiones = [_decision_a_dict(d, nombre_cargo) for d in r.decisiones]
    return {
        "codigo": r.codigo,
        "titulo": r.titulo,
        "version": r.preguntada.version,
        "estado": r.preguntada.estado,
        "hallazgos": [_rastro_a_dict(rastro, versiones, r.texto) for rastro in r.rastros],
        "versiones": versiones,
        "avisos": list(r.avisos),
    }


def _rastro_a_dict(rastro: Rastro, versiones: Sequence[dict[str, Any]], texto: str) -> dict[str, Any]:
    u = rastro.unidad
    return {
        "seccion": rastro.seccion,
        "clase": rastro.clase,
        "bloque": u.bloque + 1,
        "fila": u.fila + 1 or None,
        "columna": u.columna + 1 or None,
        "texto": rastro.texto,
        "celdas": list(rastro.celdas),
        "desde": versiones[rastro.desde],
        "palabras_desde": versiones[rastro.dice_desde(texto)]["version"],
        "cadena": [
            {
                "version": versiones[h.version]["version"],
                "tipo": h.tipo,
                "seccion": h.seccion,
                "texto": h.texto,
            }
            for h in rastro.hitos
        ],
    }


def _decision_a_dict(d: Decision, nombre_cargo: Callable[[str], str]) -> dict[str, Any]:
    return {
        "version": d.version,
        "estado": d.estado,
        "motivo": d.motivo,
        "aprobaciones": [
            {
                "n": m.n,
                "fecha": m.fecha.isoformat(),
                "cargo": m.cargo,
                "nombre_cargo": nombre_cargo(m.cargo),
                "calidad": m.calidad,
                "correo": m.correo,
                "origen": m.origen,
                "evidencia": movimiento_a_dict(m).get("evidencia", []),
                "commit": d.commits.get(m.n, ""),
            }
            for m in d.aprobaciones
        ],
        "aprobado_fuera": {"cargo": d.fuera[0], "fecha": d.fuera[1]} if any(d.fuera) else None,
        "emision": {
            "n": d.emision.n,
            "acto": d.emision.acto,
            "fecha": d.emision.fecha.isoformat(),
            "commit": d.commits.get(d.emision.n, ""),
        }
        if d.emision
        else None,
        "vigente_desde": d.vigente_desde,
        "hasta": d.hasta,
    }
