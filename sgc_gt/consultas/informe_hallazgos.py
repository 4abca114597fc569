"""El informe de preparación: los hallazgos que una auditoría haría hoy, como texto, datos y página.

Tres vistas del mismo valor. Lo hallado va primero; lo que no se pudo mirar se dice, y nunca como bueno.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.textos import mayuscula
from sgc_gt.reglas.hallazgos.valores import (
    CON_HALLAZGO,
    ESTADOS,
    PREVENIDO,
    SIN_DATOS,
    SIN_HALLAZGO,
    Resultado,
    Senal,
)

TITULO = "Informe de preparación"
EN_PANTALLA = 12
"""Cuántas evidencias de un hallazgo se muestran en la consola; en la página y con --json van todas."""
NOMBRES = {
    CON_HALLAZGO: "Con hallazgo",
    SIN_DATOS: "Sin datos",
    SIN_HALLAZGO: "Sin hallazgo",
    PREVENIDO: "Prevenido",
}
EXPLICAN = {
    CON_HALLAZGO: "Lo que una auditoría anotaría hoy, de más grave a menos.",
    SIN_DATOS: "Lo que nadie pudo mirar aquí. No es bueno ni malo: hay que probarlo de otra manera.",
    SIN_HALLAZGO: "Se miró y no se encontró.",
    PREVENIDO: "El sistema no deja que ocurra; entre paréntesis, cuántos casos pasaron por esa regla.",
}
_CUENTAN = {
    CON_HALLAZGO: ("con hallazgo", "con hallazgo"),
    SIN_DATOS: ("sin datos", "sin datos"),
    SIN_HALLAZGO: ("sin hallazgo", "sin hallazgo"),
    PREVENIDO: ("prevenido", "prevenidos"),
}
SIN_REPETIR = (
    "«Prevenido» vale si la historia está íntegra, y este informe no la repite: "
    "compruébelo con sgc-gt verificar."
)
GRAVEDADES = {"alta": "Gravedad alta", "media": "Gravedad media", "baja": "Gravedad baja"}


class Informe(NamedTuple):
    """Los resultados de un servicio en una fecha."""

    servicio: str
    norma: str
    fecha: date
    resultados: Sequence[Resultado]

    def de(self, estado: str) -> list[Resultado]:
        """Los que quedaron en ese estado, en su orden."""
        return [r for r in self.resultados if r.estado == estado]

    @property
    def hay(self) -> bool:
        """Si se encontró algo."""
        return any(r.estado == CON_HALLAZGO for r in self.resultados)


def resumen(informe: Informe) -> str:
    """«4 con hallazgo, 8 sin datos, 10 sin hallazgo, 15 prevenidos»."""
    cuentas = [(e, len(informe.de(e))) for e in ESTADOS]
    return ", ".join(f"{n} {_CUENTAN[e][n != 1]}" for e, n in cuentas if n)


def a_dicts(resultados: Sequence[Resultado]) -> list[dict[str, Any]]:
    """Los resultados como datos, con fechas como texto."""
    return [{**r._asdict(), "evidencia": [_senal(s) for s in r.evidencia]} for r in resultados]


def _senal(s: Senal) -> dict[str, Any]:
    return {**s._asdict(), "fecha": s.fecha.isoformat() if s.fecha else None}


def texto(informe: Informe) -> str:
    """El informe para la pantalla."""
    lineas = [
        f"{TITULO} al {imprimir_fecha(informe.fecha)}",
        f"{informe.servicio}: {resumen(informe)}",
        "",
    ]
    for estado in ESTADOS:
        suyos = informe.de(estado)
        if suyos:
            lineas += [f"{NOMBRES[estado]}. {EXPLICAN[estado]}"]
            for r in suyos:
                lineas += _hallado(r) if estado == CON_HALLAZGO else [f"  {r.id} {r.nombre}: {en_breve(r)}"]
            lineas.append("")
    return "\n".join([*lineas, SIN_REPETIR])


def _hallado(r: Resultado) -> Iterator[str]:
    yield f"  {r.id} {r.nombre} ({GRAVEDADES[r.gravedad].lower()})"
    quedan = len(r.evidencia) - EN_PANTALLA
    for senales, que_hacer in por_arreglo(r._replace(evidencia=r.evidencia[:EN_PANTALLA])):
        for s in senales:
            yield f"    - {s.evidencia}"
        yield f"      Qué hacer: {que_hacer}"
    if quedan > 0:
        yield f"    … y {quedan} más; todas: agregue --json"
    yield f"    Se pide: {r.requisito} ({r.clausula})"
    yield f"    Alerta: {r.enunciado}"
    if r.nota:
        yield f"    Además: {r.nota}"
    yield ""


def por_arreglo(r: Resultado) -> list[tuple[list[Senal], str]]:
    """Las señales seguidas que se arreglan igual, con qué hacer y quién: se dice una vez."""
    grupos = groupby(r.evidencia, key=lambda s: f"{s.hacer} ({s.quien})")
    return [(list(senales), que_hacer) for que_hacer, senales in grupos]


def en_breve(r: Resultado) -> str:
    """Por qué está en ese estado, en una oración."""
    if r.estado == SIN_DATOS:
        base = r.falta
    elif r.estado == PREVENIDO:
        base = f"{r.guarda} ({r.gobernados})"
    else:
        base = f"revisado: {r.mirado}"
    return f"{base}. {mayuscula(r.nota)}" if r.nota else base


def pagina(informe: Informe, enlace: Callable[[str], str] = lambda _: "", indice: str = "") -> str:
    """El informe como una página. `enlace`: la página de un documento, si la hay; `indice`: la de entrada."""
    # Aquí, y no arriba: quien mira la pantalla no paga por las plantillas.
    from sgc_gt.paginas.armar import armar  # noqa: PLC0415

    return armar(
        "hallazgos",
        informe=informe,
        titulo=TITULO,
        resumen=resumen(informe),
        grupos=[(e, NOMBRES[e], EXPLICAN[e], informe.de(e)) for e in ESTADOS if informe.de(e)],
        gravedades=GRAVEDADES,
        en_breve=en_breve,
        por_arreglo=por_arreglo,
        enlace=enlace,
        indice=indice,
    )
