"""Cómo se cuenta un acto de distribución: qué se anotó, y cuántos conocen la versión que rige."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sgc_gt.cli.respuestas import avisar_pendientes, firmado, resultado_a_dict
from sgc_gt.cli.sesion import Sesion

if TYPE_CHECKING:
    from sgc_gt.dominio.organizacion import Organizacion
    from sgc_gt.ordenes.distribucion import Hecho


def cuantos_son(cargos: int, otras: int) -> str:
    """«12 cargos y 5 personas más»; lo que es cero no se dice."""
    partes = ["un cargo" if cargos == 1 else f"{cargos} cargos"] if cargos else []
    mas = " más" if cargos else ""
    partes += ["una persona" + mas if otras == 1 else f"{otras} personas{mas}"] if otras else []
    return " y ".join(partes)


def responder_distribucion(sesion: Sesion, hecho: Hecho, oracion: str, lineas: list[str]) -> None:
    """Qué se anotó y cómo va la distribución de la versión que rige."""
    from sgc_gt.consultas.distribucion import a_dict  # noqa: PLC0415  (arranque en frío)

    ctx = sesion.contexto
    vista = ctx.vista()
    valor = {
        **a_dict(hecho.alcance, ctx.ahora(vista).date()),
        **resultado_a_dict(hecho.resultado),
        "rige": hecho.alcance.version,
        "avisos": list(hecho.avisos),
    }
    como_va = [f"  {linea}" for linea in _como_va(hecho, vista.organizacion)]
    sesion.responder(valor, "\n".join([oracion, *firmado(hecho.resultado.firma), *lineas, *como_va]))
    sesion.advertir(hecho.avisos)
    avisar_pendientes(sesion, [hecho.resultado])


def _como_va(hecho: Hecho, org: Organizacion) -> list[str]:
    """«Versión 04: 12/16 conocimientos. Faltan: …»."""
    a = hecho.alcance
    if not a.version:
        return []
    faltan = [org.nombre_cargo(x.cargo) for x in a.faltan]
    mas = f" y {len(faltan) - 4} más" if len(faltan) > 4 else ""
    quienes = f" Faltan: {'; '.join(faltan[:4])}{mas}." if faltan else ""
    return [f"Versión {a.version}: {a.en_palabras()}.{quienes}"]
