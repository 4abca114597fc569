"""Lo que `verificar` responde: en la pantalla, y como acta de una página para llevarse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sgc_gt.consultas.verificar import Informe
from sgc_gt.contexto import GENERADOR
from sgc_gt.dominio.fechas import imprimir_fecha


def resultado(informe: Informe) -> str:
    """La primera oración de la respuesta."""
    if not informe.ok:
        return f"La integridad está rota. Movimientos correctos: {informe.revisado}."
    if informe.revisado == 1:
        return "Integridad correcta: 1 movimiento repetido, legal y completo."
    return f"Integridad correcta: {informe.revisado} movimientos repetidos, todos legales y completos."


def firmas(informe: Informe) -> str:
    """Cuántos movimientos van firmados por quien los anotó; vacío si ninguno, o si algo se rompió."""
    if not (informe.ok and informe.firmados):
        return ""
    if informe.firmados == 1:
        return "Uno va firmado con la clave de quien lo anotó, y la firma vale."
    return f"{informe.firmados} van firmados con la clave de quien los anotó, y todas las firmas valen."


def lineas(informe: Informe) -> Iterator[str]:
    """La respuesta en la pantalla."""
    yield resultado(informe)
    if firmas(informe):
        yield firmas(informe)
    for alerta in informe.alertas:
        yield f"  - {alerta.lugar}\n    {alerta.mensaje} [{alerta.regla}]"
    for ido in informe.dispuestos:
        yield f"  {ido.lugar}\n    no está, y no falta: {ido.mensaje}"
    if informe.anclas:
        calzan = "calza el ancla" if len(informe.anclas) == 1 else "calzan las anclas"
        yield f"Con esta historia {calzan} {', '.join(informe.anclas)}."
    if informe.desde:
        creidos = (
            "el primero se dio por revisado"
            if informe.desde == 1
            else f"los primeros {informe.desde} se dieron por revisados"
        )
        yield f"Se pidió empezar después del movimiento {informe.desde}: {creidos}."
    for cosa in informe.sin_revisar:
        yield f"No se comprobaron {cosa}."
    if any(a.regla == "evidencia" and a.mensaje.startswith("falta") for a in informe.alertas):
        yield "Si esta es una copia hecha con git, las evidencias no viajan en ella: use --sin-evidencias."
    if informe.limite:
        yield f"{informe.limite}."
    if informe.ok:
        yield f"Ancla de hoy, para anotarla fuera de esta carpeta: {informe.ancla}"


def acta(informe: Informe, servicio: str, ahora: datetime) -> str:
    """El acta de la verificación: una página que se imprime y se guarda donde nadie de aquí la alcance."""
    from sgc_gt.paginas.armar import armar  # noqa: PLC0415  (solo quien pide el acta carga las páginas)

    return armar(
        "verificado",
        informe=informe,
        servicio=servicio,
        cuando=f"{imprimir_fecha(ahora.date())}, {ahora:%H:%M}",
        resultado=resultado(informe),
        programa=GENERADOR,
    )
