"""El diagrama de flujo del procedimiento: del circuito de un procedimiento nuevo, paso a paso."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from sgc_gt.dominio.servicio import PasoCircuito
from sgc_gt.reglas.control_palabras import apartado, papel
from sgc_gt.reglas.control_reglas import Reglas

MAXIMO = 90  # caracteres de una figura, según el esquema del tipo
_CORTO = {
    "elabora": "quien elabora",
    "revisa": "quien revisa",
    "aprueba": "la autoridad",
    "responsable": "quien responde del proceso",
}
_PASOS = {
    "revisar": ("decision", "¿Da su conformidad {quien}?", "aprobacion"),
    "aprobar": ("decision", "¿Aprueba {quien}?", "aprobacion"),
    "remitir": ("documento", "Remitir con oficio a visación técnica", "aprobacion"),
    "visar": ("externo", "¿Llega el oficio que lo visa?", "aprobacion"),
    "emitir": ("actividad", "Poner en vigencia: imprimir el control y poner al día las listas", "vigencia"),
}
_DECIDEN = frozenset({"revisar", "aprobar", "visar"})


def flujo(reglas: Reglas) -> dict[str, Any] | None:
    """Nodos, arcos y su alternativa en texto; None si el servicio no tiene procedimientos."""
    pasos = dict(reglas.circuitos).get(reglas.procedimiento)
    if not pasos:
        return None
    nodos = list(_nodos(reglas, pasos))
    arcos = list(_arcos(pasos))
    return {"nodos": nodos, "arcos": arcos, "alternativa": _alternativa(nodos, arcos)}


def _nodos(reglas: Reglas, pasos: tuple[PasoCircuito, ...]) -> Iterator[dict[str, str]]:
    yield _nodo("inicio", "Solicitud de un documento nuevo o de un cambio", "inicio", "codigo")
    yield _nodo("codigo", "Control documental asigna código y abre el borrador", "actividad", "codigo")
    yield _nodo("borrador", "Escribir el borrador en la plantilla y entregarlo", "documento", "elaboracion")
    yield _nodo("chequeo", "¿Pasa el chequeo de forma?", "decision", "aprobacion")
    for n, paso in enumerate(pasos, start=1):
        clase, texto, etapa = _PASOS[paso.acto]
        yield _nodo(f"paso_{n}", texto.format(quien=_quien(reglas, paso)), clase, etapa)
    yield _nodo("fin", "Versión vigente; la anterior queda obsoleta", "fin", "vigencia")


def _nodo(clave: str, texto: str, clase: str, etapa: str) -> dict[str, str]:
    # Un cargo de nombre muy largo no debe dejar al servicio sin diagrama.
    corto = textwrap.shorten(texto, MAXIMO, placeholder="…")
    return {"id": clave, "texto": corto, "clase": clase, "etapa": apartado(etapa)}


def _quien(reglas: Reglas, paso: PasoCircuito) -> str:
    if paso.rol in _CORTO:
        return _CORTO[paso.rol]
    es_papel = any(t.clave == paso.rol for t in reglas.papeles)
    return papel(paso.rol) if es_papel else " o ".join(reglas.cumplen(paso.rol))


def _arcos(pasos: tuple[PasoCircuito, ...]) -> Iterator[dict[str, str]]:
    yield {"de": "inicio", "a": "codigo"}
    yield {"de": "codigo", "a": "borrador"}
    yield {"de": "borrador", "a": "chequeo"}
    yield from _salidas("chequeo", "paso_1", decide=True)
    for n, paso in enumerate(pasos, start=1):
        siguiente = f"paso_{n + 1}" if n < len(pasos) else "fin"
        yield from _salidas(f"paso_{n}", siguiente, decide=paso.acto in _DECIDEN)


def _salidas(nodo: str, siguiente: str, *, decide: bool) -> Iterator[dict[str, str]]:
    if not decide:
        yield {"de": nodo, "a": siguiente}
        return
    yield {"de": nodo, "a": siguiente, "texto": "sí"}
    yield {"de": nodo, "a": "borrador", "texto": "no"}


def _alternativa(nodos: list[dict[str, str]], arcos: list[dict[str, str]]) -> list[str]:
    numero = {nodo["id"]: n for n, nodo in enumerate(nodos, start=1)}
    lineas = []
    for nodo in nodos:
        salidas = [a for a in arcos if a["de"] == nodo["id"]]
        destinos = "; ".join(
            f"{a['texto']}, paso {numero[a['a']]}" if "texto" in a else f"sigue el paso {numero[a['a']]}"
            for a in salidas
        )
        fin = "" if nodo["texto"].endswith(("?", "…")) else "."
        cierre = f" {destinos[0].upper()}{destinos[1:]}." if destinos else " Aquí termina."
        lineas.append(f"Paso {numero[nodo['id']]}. {nodo['texto']}{fin}{cierre}")
    return lineas
