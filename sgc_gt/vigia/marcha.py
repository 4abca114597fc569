"""La marcha: una pasada, o seguir mirando. Los avisos del sistema solo despiertan antes de tiempo."""

from __future__ import annotations

from collections.abc import Callable

from sgc_gt.repositorio.lugar import es_de_red
from sgc_gt.vigia.frases import Suceso
from sgc_gt.vigia.timbre import Timbre
from sgc_gt.vigia.vigia import Vigia

PULSO = 2.0
"""Cada cuántos segundos se pregunta si la historia avanzó: dos fechas de archivo, sin abrir nada."""
REPASO = 60.0
"""Cada cuántos segundos se mira aunque nadie haya avisado: un aviso perdido no se pierde para siempre."""
REUNIR = 0.2
"""Lo que se espera tras un aviso para reunir los que vienen juntos."""


def una_vez(vigia: Vigia, dormir: Callable[[float], None]) -> None:
    """Una pasada completa: espera a que esté quieto lo que acaba de cambiar, y no más."""
    quietud = vigia.ajustes.quietud
    limite = vigia.segundos() + 4 * quietud + 10
    while True:
        plazo = vigia.pasada()
        if plazo is None or plazo > quietud + 1 or vigia.segundos() + plazo > limite:
            return
        dormir(plazo)


def seguir(vigia: Vigia) -> None:
    """Vigila hasta que la interrumpan."""
    plazo = vigia.pasada()
    with Timbre() as timbre:
        _contar_inicio(vigia)
        while True:
            cada = _atender_avisos(vigia, timbre)
            _dormir(vigia, timbre, cada if plazo is None else min(plazo, cada))
            plazo = vigia.pasada()


def _contar_inicio(vigia: Vigia) -> None:
    cuantas = len(vigia.memoria.conocidas)
    carpetas = "una carpeta" if cuantas == 1 else f"{cuantas} carpetas"
    vigia.contar(Suceso(vigia.ctx.ahora(vigia.vista), "comienza", detalle={"carpetas": carpetas}))


def _atender_avisos(vigia: Vigia, timbre: Timbre) -> float:
    """Pide avisos de lo que está a la vista; devuelve cada cuánto hay que mirar de todos modos."""
    propias = vigia.vista.servicio.carpetas
    if propias is None:
        return REPASO
    locales, sondea = [], False
    for carpeta in vigia.presentes():
        if propias.sondeo == "si" or (propias.sondeo == "auto" and es_de_red(carpeta)):
            sondea = True
        else:
            locales.append((carpeta, False))
    fallo = timbre.atender([*locales, (vigia.ctx.raiz / "documentos", True)])
    if fallo:
        detalle = {"razon": fallo, "segundos": propias.sondeo_segundos}
        vigia.contar(Suceso(vigia.ctx.ahora(vigia.vista), "por_sondeo", detalle=detalle))
    return float(propias.sondeo_segundos) if sondea or timbre.sordo else REPASO


def _dormir(vigia: Vigia, timbre: Timbre, hasta: float) -> None:
    """Hasta que suene el timbre, se cumpla el plazo o la historia avance."""
    fin = vigia.segundos() + hasta
    while (resta := fin - vigia.segundos()) > 0:
        if timbre.esperar(min(resta, PULSO)):
            timbre.reunir(REUNIR)
            return
        if not vigia.al_dia():
            return
