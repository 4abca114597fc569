"""«¿Desde cuándo dice esto?», en palabras: lo que la pantalla y la página dicen de un texto y su versión."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sgc_gt.cli.cuadro import parrafo
from sgc_gt.comparacion.origen import CELDA, Hito, Rastro
from sgc_gt.comparacion.valores import MOVIDO
from sgc_gt.consultas.desde_cuando import CLASES_DICHAS, Decision, Respuesta
from sgc_gt.consultas.historial_detalle import evidencia
from sgc_gt.dominio.etiquetas import APROBADO_FUERA, ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Movimiento, movimiento_a_dict
from sgc_gt.dominio.filas import con_calidad
from sgc_gt.dominio.forma import TITULO
from sgc_gt.dominio.organizacion import Organizacion
from sgc_gt.dominio.textos import una_linea

HALLAZGOS = 10
"""Lugares que se muestran en una consola; todos, con --json o en una página."""


def titulo(r: Respuesta) -> str:
    """«PR-GT-01 versión 02 (Vigente)»."""
    return f"{r.codigo} versión {r.preguntada.version} ({ESTADOS[r.preguntada.estado]})"


def rige(d: Decision) -> str:
    """Desde cuándo rige o rigió una versión; «todavía no rige» si es un borrador."""
    if d.vigente_desde is None:
        return "todavía no rige"
    hasta = f", hasta el {imprimir_fecha(d.hasta)}" if d.hasta else ""
    verbo = "rigió" if d.estado == "obsoleto" else "rige"
    return f"{verbo} desde el {imprimir_fecha(d.vigente_desde)}{hasta}"


def comenzo(d: Decision) -> str:
    """Cuándo empezó a decirse lo que entró con la versión."""
    if d.vigente_desde is None:
        return f"la versión {d.version}, que todavía no rige"
    return f"la versión {d.version}, desde el {imprimir_fecha(d.vigente_desde)}"


def motivo(d: Decision) -> str:
    """Por qué se hizo la versión."""
    return d.motivo or (APROBADO_FUERA if any(d.fuera) else "Primera versión")


def aprobo(d: Decision, org: Organizacion) -> str:
    """Quién la aprobó, en qué calidad, cuándo y con qué respaldo."""
    if any(d.fuera):
        cargo, fecha = d.fuera
        partes = [APROBADO_FUERA.lower(), cargo, f"el {imprimir_fecha(fecha)}" if fecha else ""]
        return ", ".join(filter(None, partes))
    return "; ".join(_aprobacion(m, org) for m in d.aprobaciones) or "todavía nadie"


def _aprobacion(m: Movimiento, org: Organizacion) -> str:
    persona = org.persona(m.correo)
    respaldo = [evidencia(e) for e in movimiento_a_dict(m).get("evidencia", [])]
    partes = [
        con_calidad(org.nombre_cargo(m.cargo), m.calidad),
        (persona.nombre if persona else "") or m.correo,
        f"el {imprimir_fecha(m.fecha)}",
        *(f"con {r}" for r in respaldo),
        f"movimiento {m.n}",
    ]
    return ", ".join(partes)


def emision(d: Decision) -> str:
    """El movimiento que la puso en vigencia."""
    if d.emision is None:
        return "todavía no"
    hecho = "se importó" if d.emision.acto == "importar" else "se puso en vigencia"
    return f"{hecho} el {imprimir_fecha(d.emision.fecha)}, movimiento {d.emision.n}"


# ---- la respuesta en una consola --------------------------------------------------------------------------


def respuesta(r: Respuesta, org: Organizacion, ancho: int) -> str:
    """Cada lugar donde se dice el texto: desde cuándo, por qué, quién lo aprobó y cómo decía antes."""
    lineas = [f"¿Desde cuándo dice esto {titulo(r)}?"]
    for rastro in r.rastros[:HALLAZGOS]:
        lineas += ["", *_lugar(r, rastro, org, ancho)]
    if len(r.rastros) > HALLAZGOS:
        lineas += [
            "",
            f"Y en {len(r.rastros) - HALLAZGOS} lugares más: dé más palabras, o vea todos con --json.",
        ]
    return "\n".join([*lineas, *_avisos(r, ancho)]) + "\n"


def _lugar(r: Respuesta, rastro: Rastro, org: Organizacion, ancho: int) -> Iterator[str]:
    d = r.decisiones[rastro.desde]
    yield f"{rastro.seccion} ({CLASES_DICHAS[rastro.clase]})"
    yield from parrafo(f"«{una_linea(rastro.texto)}»", ancho, " " * 2)
    if rastro.clase == CELDA:
        yield from _dato("Fila", una_linea(" | ".join(rastro.celdas)), ancho)
    yield from _dato("Desde", comenzo(d), ancho)
    yield from _dato("Motivo", motivo(d), ancho)
    yield from _dato("Aprobó", aprobo(d, org), ancho)
    yield from _dato("Registro", emision(d), ancho)
    yield from _dato("Palabras", palabras(r, rastro), ancho)
    for hito in rastro.hitos:
        if hito.tipo == MOVIDO:
            lugar = f"en la versión {r.decisiones[hito.version].version} cambió de lugar, a «{hito.seccion}»"
            yield from _dato("Además", lugar, ancho)
    for previo in rastro.redacciones[1:]:
        yield from _dato("Antes", antes(r, previo), ancho)
    if rastro.redacciones[-1].version > 0:
        primera = r.decisiones[rastro.redacciones[-1].version].version
        yield from _dato("Primero", f"entró con la versión {primera}; antes no estaba", ancho)


def palabras(r: Respuesta, rastro: Rastro) -> str:
    """Desde cuándo están las palabras buscadas, si lo que cambió después fueron otras; vacío si no."""
    d = r.decisiones[rastro.dice_desde(r.texto)]
    return f"las buscadas ya estaban en {comenzo(d)}" if r.texto and d != r.decisiones[rastro.desde] else ""


def antes(r: Respuesta, hito: Hito) -> str:
    """«desde la versión 01: «…»», una redacción anterior."""
    return f"desde la versión {r.decisiones[hito.version].version}: «{una_linea(hito.texto) or '(vacío)'}»"


def anotado(r: Respuesta, org: Organizacion, ancho: int) -> str:
    """El documento entero con, al margen, la versión desde la que dice cada cosa; y qué es cada versión."""
    margen = max(len(d.version) for d in r.decisiones) + 4
    lineas = [f"Desde qué versión dice cada cosa {titulo(r)}"]
    for seccion, propios in groupby(r.rastros, key=lambda rastro: rastro.seccion):
        lineas += ["", seccion]
        for rastro in propios:
            dicho = "(el título)" if es_su_titulo(rastro) else una_linea(rastro.texto)
            texto = parrafo(dicho, ancho, " " * margen)
            lineas += [f"  {r.decisiones[rastro.desde].version}".ljust(margen) + texto[0].strip(), *texto[1:]]
    lineas += ["", "Versiones"]
    for d in r.decisiones:
        dicho = f"{rige(d)}. Motivo: {motivo(d)}. Aprobó: {aprobo(d, org)}."
        texto = parrafo(dicho[0].upper() + dicho[1:], ancho, " " * margen)
        lineas += [f"  {d.version}".ljust(margen) + texto[0].strip(), *texto[1:]]
    return "\n".join([*lineas, *_avisos(r, ancho)]) + "\n"


def es_su_titulo(rastro: Rastro) -> bool:
    """Si es el título que ya encabeza su sección."""
    return rastro.clase == TITULO and rastro.seccion.endswith(rastro.texto.strip())


def _avisos(r: Respuesta, ancho: int) -> list[str]:
    return [linea for aviso in r.avisos for linea in ["", *parrafo(f"Aviso: {aviso}.", ancho)]]


def _dato(rotulo: str, texto: str, ancho: int) -> list[str]:
    """Un dato con su rótulo; nada si no hay qué decir."""
    sangria = 12
    if not texto:
        return []
    lineas = parrafo(texto, ancho, " " * sangria)
    return [f"  {rotulo}:".ljust(sangria) + lineas[0].strip(), *lineas[1:]]
