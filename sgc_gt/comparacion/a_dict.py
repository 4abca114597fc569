"""La comparación como el valor del contrato: claves en español, todo en texto."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sgc_gt.comparacion.aplicar import aplicar_pasos, bloque_nuevo
from sgc_gt.comparacion.decir import (
    destinos,
    nombre_columna,
    origenes,
    otros_cambios,
    secciones_con_cambios,
    titulos_columnas,
)
from sgc_gt.comparacion.valores import (
    AGREGADO,
    CAMBIAN,
    IGUAL,
    MODIFICADO,
    MOVIDO,
    ORIGEN,
    SUPRIMIDO,
    Comparacion,
    EdicionTabla,
    Informe,
    Paso,
    PasoFila,
    Trozo,
)
from sgc_gt.dominio.forma import Bloque, texto_de


def informe_a_dict(i: Informe) -> dict[str, Any]:
    """El informe con las claves del contrato: `secciones` de `seccion` y `cambios`, y lo demás."""
    return {
        "antes": i.antes._asdict(),
        "despues": i.despues._asdict(),
        "iguales": i.iguales,
        "mismos_bytes": i.mismos_bytes,
        "comparable": i.comparacion is not None,
        "resumen": i.comparacion.cuenta() if i.comparacion else dict.fromkeys(CAMBIAN, 0),
        "secciones": secciones_a_dict(i.comparacion) if i.comparacion else [],
        "zonas": [{**z._asdict(), "filas": [_trozo(t) for t in z.filas]} for z in i.zonas],
        "avisos": list(i.avisos),
    }


def secciones_a_dict(c: Comparacion) -> list[dict[str, Any]]:
    """Las secciones que cambian; encabezados y pies al final, cada uno como una sección.

    Lo que se fue a otra sección figura donde estaba como «origen», y donde llegó como «movido».
    """
    de_donde, a_donde = origenes(c), destinos(c)
    return [
        {
            "seccion": s.nombre,
            "seccion_antes": s.nombre_antes,
            "tipo": s.tipo,
            "cambios": [
                _cambio(p, de_donde, a_donde)
                for p in s.pasos
                if p.tipo in CAMBIAN or (p.tipo == ORIGEN and a_donde.get(p.antes) != s.nombre)
            ],
        }
        for s in secciones_con_cambios(c)
    ]


def _cambio(p: Paso, de_donde: dict[int, str], a_donde: dict[int, str]) -> dict[str, Any]:
    nuevo = bloque_nuevo(p)
    viejo = None if p.tipo == AGREGADO else p.bloque
    valor: dict[str, Any] = {
        "tipo": p.tipo,
        "clase": (nuevo or viejo or Bloque("")).clase,
        "antes": texto_de([viejo]) if viejo else "",
        "despues": texto_de([nuevo]) if nuevo else "",
    }
    if p.tipo in (MOVIDO, ORIGEN):
        valor["desde"], valor["hasta"] = de_donde.get(p.antes, ""), a_donde.get(p.antes, "")
    if p.edicion is not None:
        valor["palabras"] = [_trozo(t) for t in p.edicion.trozos]
        valor["otros"] = otros_cambios(p)
        if p.edicion.tabla is not None and viejo and nuevo:
            valor["tabla"] = _tabla(p.edicion.tabla, viejo, nuevo)
    return valor


def _trozo(t: Trozo) -> dict[str, str]:
    return {"tipo": t.tipo, "texto": t.texto}


def _tabla(e: EdicionTabla, vieja: Bloque, nueva: Bloque) -> dict[str, Any]:
    de_antes, de_despues = titulos_columnas(vieja), titulos_columnas(nueva)
    return {
        "columnas_agregadas": [
            nombre_columna(de_despues, p.despues) for p in e.columnas if p.tipo == AGREGADO
        ],
        "columnas_suprimidas": [nombre_columna(de_antes, p.antes) for p in e.columnas if p.tipo == SUPRIMIDO],
        "filas": [_fila(f, de_despues) for f in e.filas if f.tipo not in (IGUAL, ORIGEN)],
    }


def _fila(f: PasoFila, titulos: list[str]) -> dict[str, Any]:
    return {
        "tipo": f.tipo,
        "fila_antes": f.antes + 1 if f.antes >= 0 else None,
        "fila": f.despues + 1 if f.despues >= 0 else None,
        "texto": [texto_de(c) for c in f.fila],
        "celdas": list(_celdas(f, titulos)),
    }


def _celdas(f: PasoFila, titulos: list[str]) -> Iterator[dict[str, Any]]:
    for c in f.celdas:
        if c.tipo in (AGREGADO, SUPRIMIDO):
            nuevo, viejo = (texto_de(c.celda), "") if c.tipo == AGREGADO else ("", texto_de(c.celda))
        elif c.pasos:
            viejo, nuevo = texto_de(c.celda), texto_de(aplicar_pasos(c.celda, c.pasos))
        else:
            continue
        columna = nombre_columna(titulos, c.despues) if c.despues >= 0 else f"columna {c.antes + 1}"
        yield {
            "tipo": c.tipo if c.tipo != MOVIDO else MODIFICADO,
            "columna": columna,
            "antes": viejo,
            "despues": nuevo,
        }
