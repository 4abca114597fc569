"""Cómo se cuenta un acto: una oración por documento, y el valor del contrato con --json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio.actos import EMITIDO
from sgc_gt.dominio.etiquetas import ESTADOS, HECHOS, ORIGENES
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.ordenes.movimiento import Resultado

CAUSAS = {
    "abierto": "está abierto en otro programa: se reemplazará al cerrarlo, en la próxima orden",
    "editado": "tiene cambios que nadie ha entregado: se conservó tal como estaba",
    "sin_escribir": "no se pudo actualizar: se reintentará en la próxima orden",
}


def resultado_a_dict(r: Resultado) -> dict[str, Any]:
    """Las claves del contrato."""
    return {
        "codigo": r.codigo,
        "version": r.version,
        "estado": r.estado,
        "commit": r.commit,
        "origen": r.origen,
        "archivo": r.archivo,
        **({"vigente_desde": r.vigente_desde.isoformat()} if r.vigente_desde else {}),
        **({"reparado": list(r.reparado)} if r.reparado else {}),
        **({"firma": r.firma} if r.firma else {}),
        **({"avisos": list(r.avisos)} if r.avisos else {}),
    }


def firmado(huella: str) -> list[str]:
    """El renglón que dice con qué clave quedó firmado un movimiento; ninguno si no se firmó."""
    return [f"  Firmado con {huella}."] if huella else []


def lineas_de(acto: str, r: Resultado) -> list[str]:
    """Lo que se dice de un resultado: qué se hizo, en qué queda y con qué clave se firmó."""
    version = f" versión {r.version}" if r.version else ""
    origen = "" if r.origen == "por_la_persona" else f" ({ORIGENES[r.origen]})"
    hecho = "Se emite" if r.estado == EMITIDO else HECHOS[acto]
    desde = f", y comienza a regir el {imprimir_fecha(r.vigente_desde)}" if r.estado == EMITIDO else ""
    queda = f" Queda: {ESTADOS[r.estado]}{desde}{origen}." if r.estado else ""
    return [
        f"{hecho} {r.codigo}{version}.{queda}",
        *(f"  Se reparó. {oracion}" for oracion in r.reparado),
        *firmado(r.firma),
    ]


def responder_actos(
    sesion: Sesion, acto: str, resultados: Sequence[Resultado], copias: Mapping[str, str] | None = None
) -> None:
    """Responde los resultados de un acto sobre uno o más documentos, con la copia que a cada uno le quedó."""
    lineas = [linea for r in resultados for linea in lineas_de(acto, r)]
    quedan = copias or {}
    lineas += [f"Quien elabora las tiene como comentarios en: {ruta}" for ruta in quedan.values()]
    valores = [
        {**resultado_a_dict(r), **({"con_observaciones": quedan[r.codigo]} if r.codigo in quedan else {})}
        for r in resultados
    ]
    sesion.responder(valores, "\n".join(lineas))
    sesion.advertir(a for r in resultados for a in r.avisos)
    avisar_pendientes(sesion, resultados)


def avisar_pendientes(sesion: Sesion, resultados: Sequence[Resultado]) -> None:
    """Los archivos que el acto no pudo poner al día, cada uno con su razón."""
    for ruta, causa in {(p.ruta, p.causa) for r in resultados for p in r.pendientes}:
        sesion.avisar(f"Aviso: {ruta} {CAUSAS[causa]}.")
