"""Un bloque como HTML: igual, entero agregado o suprimido, o cambiado por dentro (los dos lados)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from sgc_gt.comparacion.aplicar import bloque_nuevo
from sgc_gt.comparacion.palabras import en_trozos
from sgc_gt.comparacion.valores import (
    AGREGADO,
    IGUAL,
    MOVIDO,
    ORIGEN,
    SUPRIMIDO,
    Edicion,
    EdicionTabla,
    Paso,
    PasoCelda,
    PasoFila,
    Trozo,
)
from sgc_gt.dominio.forma import CUADRO, LISTA, TABLA, TITULO, ZONA, Bloque, Celda
from sgc_gt.dominio.textos import mayuscula

_LEIDO = {AGREGADO: ("ins", "agregado"), SUPRIMIDO: ("del", "suprimido")}
_CLASES_CSS = {TITULO: ' class="titulo"', LISTA: ' class="lista"'}
_OTRO_LADO = {AGREGADO: SUPRIMIDO, SUPRIMIDO: AGREGADO}
Lados = tuple[str, str]


def marcado(texto: str, tipo: str) -> str:
    """Un texto suprimido o agregado, dicho también para quien lo escucha."""
    etiqueta, dicho = _LEIDO[tipo]
    dentro = _lineas(texto) or '<span class="dice">(vacío)</span>'
    return f'<{etiqueta}><span class="vh">[{dicho}: </span>{dentro}<span class="vh">]</span></{etiqueta}>'


def frases(dichas: Sequence[str]) -> str:
    """Lo que cambió sin que cambiara el texto."""
    return "".join(f'<p class="dice">{escape(mayuscula(frase))}.</p>' for frase in dichas)


def _lineas(texto: str) -> str:
    return escape(texto).replace("\n", "<br>")


# ---- un bloque igual o entero -----------------------------------------------------------------------------


def bloque(b: Bloque) -> str:
    """El bloque como está."""
    return _mostrado(b, "")


def entero(b: Bloque, tipo: str) -> str:
    """Un bloque que entró o salió completo."""
    return _mostrado(b, tipo)


def _mostrado(b: Bloque, tipo: str) -> str:
    if b.clase == TABLA:
        ancho = max((len(f) for f in b.filas), default=0)
        filas = [_fila_html([_celda(c, tipo) for c in f], n == 0, ancho) for n, f in enumerate(b.filas)]
        return _tabla_html(filas)
    if b.clase == CUADRO:
        return "".join(_mostrado(dentro, tipo) for dentro in b.bloques)
    if b.clase == ZONA:
        texto = f"Zona de control: {b.texto}"
        return _parrafo(b.clase, marcado(texto, tipo) if tipo else _lineas(texto))
    trozos = en_trozos(b, tipo or IGUAL) or (Trozo(tipo or IGUAL, ""),)
    return _parrafo(b.clase, "".join(_trozo(t, tipo or SUPRIMIDO) for t in trozos))


def _parrafo(clase: str, dentro: str) -> str:
    vineta = "• " if clase == LISTA else ""
    return f"<p{_CLASES_CSS.get(clase, '')}>{vineta}{dentro}</p>"


def _celda(celda: Celda, tipo: str) -> str:
    return "".join(_mostrado(b, tipo) for b in celda)


def _tabla_html(filas: Sequence[str]) -> str:
    return f"<table><tbody>{''.join(filas)}</tbody></table>"


def _fila_html(celdas: Sequence[str], es_titulo: bool, ancho: int) -> str:
    """Una fila; en la primera, las celdas con texto son títulos. `ancho` iguala las filas cortas."""
    relleno = [""] * (ancho - len(celdas))
    return (
        "<tr>"
        + "".join(
            f'<th scope="col">{c}</th>' if es_titulo and c else f"<td>{c}</td>" for c in (*celdas, *relleno)
        )
        + "</tr>"
    )


# ---- un bloque que cambió por dentro ----------------------------------------------------------------------


def cambiado(p: Paso) -> Lados:
    """El bloque de antes con lo suprimido marcado, y el de después con lo agregado marcado."""
    if p.edicion is None or p.bloque is None:
        igual = bloque(p.bloque) if p.bloque else ""
        return igual, igual
    nuevo = bloque_nuevo(p) or p.bloque
    return _lado(p.bloque, p.edicion, SUPRIMIDO), _lado(nuevo, p.edicion, AGREGADO)


def _lado(b: Bloque, e: Edicion, tipo: str) -> str:
    """Un lado: `tipo` es lo que ahí se marca (suprimido a la izquierda, agregado a la derecha)."""
    if e.tabla is not None:
        return _tabla(e.tabla, tipo)
    if b.clase == CUADRO:
        return _pasos(e.bloques, tipo)
    return _parrafo(b.clase, "".join(_trozo(t, tipo) for t in e.trozos))


def _trozo(t: Trozo, tipo: str) -> str:
    if t.tipo == _OTRO_LADO[tipo]:
        return ""
    dentro = _lineas(t.texto) if t.tipo == IGUAL else marcado(t.texto, t.tipo)
    clases = {clase for clase, _ in t.marcas}
    if "tachado" in clases:
        dentro = f"<s>{dentro}</s>"
    for clase in ("enlace", "oculto"):
        if clase in clases:
            dentro = f'<span class="{clase}">{dentro}</span>'
    return dentro


def _pasos(pasos: Sequence[Paso], tipo: str) -> str:
    """Los bloques de un lado: en el de antes, lo movido está en su origen; en el de después, donde llegó."""
    fuera = (AGREGADO, MOVIDO) if tipo == SUPRIMIDO else (SUPRIMIDO, ORIGEN)
    partes = []
    for p in pasos:
        if p.tipo in fuera or p.bloque is None:
            continue
        if p.tipo == tipo:
            partes.append(entero(p.bloque, tipo))
        else:
            partes.append(cambiado(p)[0 if tipo == SUPRIMIDO else 1])
    return "".join(partes)


def _tabla(e: EdicionTabla, tipo: str) -> str:
    fuera = (AGREGADO, MOVIDO) if tipo == SUPRIMIDO else (SUPRIMIDO, ORIGEN)
    filas = [_celdas(f, tipo) for f in e.filas if f.tipo not in fuera]
    ancho = max((len(f) for f in filas), default=0)
    return _tabla_html([_fila_html(f, n == 0, ancho) for n, f in enumerate(filas)])


def _celdas(f: PasoFila, tipo: str) -> list[str]:
    """Las celdas de una fila en un lado."""
    if not f.celdas:
        return [_celda(c, tipo if f.tipo == tipo else "") for c in f.fila]
    fuera = (AGREGADO, MOVIDO) if tipo == SUPRIMIDO else (SUPRIMIDO, ORIGEN)
    return [_celda_cambiada(c, tipo) for c in f.celdas if c.tipo not in fuera]


def _celda_cambiada(c: PasoCelda, tipo: str) -> str:
    if c.tipo == tipo:
        return _celda(c.celda, tipo)
    return _pasos(c.pasos, tipo) if c.pasos else _celda(c.celda, "")
