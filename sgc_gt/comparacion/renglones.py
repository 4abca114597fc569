"""Lo que se dice de cada cambio en una consola: un rótulo y las palabras que cambian, en su contexto."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sgc_gt.comparacion.aplicar import bloque_nuevo
from sgc_gt.comparacion.decir import (
    como_esta,
    es_su_titulo,
    nombre_columna,
    otros_cambios,
    recortado,
    texto_fila,
    titulos_columnas,
)
from sgc_gt.comparacion.valores import (
    AGREGADO,
    IGUAL,
    MODIFICADO,
    MOVIDO,
    ORIGEN,
    SUPRIMIDO,
    CambioZona,
    EdicionTabla,
    Paso,
    PasoCelda,
    PasoFila,
    SeccionComparada,
    Trozo,
)
from sgc_gt.dominio.forma import TABLA, Bloque, Celda, texto_de

ALREDEDOR = 6
"""Palabras de contexto a cada lado de un cambio."""
LARGO = 320
"""Letras que se muestran de un texto agregado o suprimido entero, si no se pide completo."""
FILAS = 4
"""Filas que se muestran de una tabla agregada o suprimida entera, si no se pide completo."""
TEXTO, DETALLE = 14, 16
"""Columna en que empieza el texto de un cambio (su rótulo va en la 2) y la de sus detalles."""
ABRAZOS = {SUPRIMIDO: ("[-", "-]"), AGREGADO: ("{+", "+}")}

Pieza = tuple[str, str]
"""Un texto y su estilo: «agregado», «suprimido» o vacío."""
Secciones = Mapping[int, str]
"""Bloque de antes → nombre de una sección."""


class Renglon(NamedTuple):
    """Una entrada: su rótulo («agregado»), su texto en piezas y la columna en que empieza."""

    rotulo: str
    piezas: tuple[Pieza, ...]
    sangria: int = TEXTO


def detalle(*piezas: Pieza | str) -> Renglon:
    """Un renglón sin rótulo, bajo el cambio que detalla."""
    return Renglon("", tuple((p, "") if isinstance(p, str) else p for p in piezas), DETALLE)


def abrazado(texto: str, tipo: str) -> Pieza:
    """El texto entre los signos de lo agregado o lo suprimido."""
    abre, cierra = ABRAZOS[tipo]
    return f"{abre}{' '.join(texto.split()) or '(vacío)'}{cierra}", tipo


def de_seccion(
    s: SeccionComparada, lugares: tuple[Secciones, Secciones], *, completo: bool
) -> Iterator[Renglon]:
    """Los renglones de una sección. `lugares`: de dónde salió y dónde quedó lo que se movió.

    Si la sección se movió entera, lo que se movió con ella no se repite.
    """
    de_donde, a_donde = lugares
    for p in s.pasos:
        if es_su_titulo(p, s):
            continue
        if p.tipo == ORIGEN and p.bloque is not None:
            destino = a_donde.get(p.antes, "")
            if s.tipo not in (MOVIDO, SUPRIMIDO) and destino != s.nombre:
                yield Renglon("se llevó", ((f"a «{destino}»: {recortado(texto_de([p.bloque]))}", ""),))
        elif p.tipo == MOVIDO:
            desde = de_donde.get(p.antes, "")
            if s.tipo != MOVIDO or desde not in (s.nombre_antes, s.nombre):
                yield _movido(p, desde, (s.nombre, s.nombre_antes))
            yield from _edicion(p, completo=completo)
        elif p.tipo == MODIFICADO:
            yield from _edicion(p, completo=completo)
        elif p.tipo in (AGREGADO, SUPRIMIDO):
            yield from _entero(p, completo=completo)


def _movido(p: Paso, desde: str, aqui: tuple[str, str]) -> Renglon:
    lugar = "dentro de la sección" if desde in aqui else f"desde «{desde}»"
    nuevo = bloque_nuevo(p)
    return Renglon(MOVIDO, ((f"{lugar}: {recortado(texto_de([nuevo] if nuevo else []))}", ""),))


def _entero(p: Paso, *, completo: bool) -> Iterator[Renglon]:
    """Un bloque agregado o suprimido."""
    bloque = p.bloque or Bloque("")
    if bloque.clase != TABLA:
        texto = texto_de([bloque])
        yield Renglon(p.tipo, (abrazado(texto if completo else recortado(texto, LARGO), p.tipo),))
        yield from (detalle(frase) for frase in como_esta(bloque))
        return
    filas = bloque.textos_filas()
    visibles = filas if completo else filas[:FILAS]
    yield Renglon(p.tipo, (("tabla de 1 fila" if len(filas) == 1 else f"tabla de {len(filas)} filas", ""),))
    for fila in visibles:
        yield detalle(abrazado(" | ".join(" ".join(c.split()) for c in fila), p.tipo))
    if len(visibles) < len(filas):
        yield detalle(f"… y {len(filas) - len(visibles)} más")


def _edicion(p: Paso, *, completo: bool) -> Iterator[Renglon]:
    """Un bloque que cambió por dentro."""
    if p.edicion is None or p.bloque is None:
        return
    if any(t.tipo != IGUAL for t in p.edicion.trozos):
        yield Renglon(MODIFICADO, tuple(en_contexto(p.edicion.trozos, completo=completo)))
    if p.edicion.tabla is not None:
        yield Renglon(MODIFICADO, ((f"tabla {' | '.join(titulos_columnas(p.bloque))}", ""),))
        yield from _tabla(p.bloque, bloque_nuevo(p) or p.bloque, p.edicion.tabla)
    for dentro in p.edicion.bloques:
        if dentro.tipo in (AGREGADO, SUPRIMIDO):
            yield from _entero(dentro, completo=completo)
        else:
            yield from _edicion(dentro, completo=completo)
    for frase in otros_cambios(p):
        inicio = recortado(p.bloque.texto, 40)
        yield Renglon(MODIFICADO, ((f"«{inicio}»: {frase}" if inicio else frase, ""),))


# ---- palabras ---------------------------------------------------------------------------------------------


def en_contexto(trozos: Sequence[Trozo], *, completo: bool) -> Iterator[Pieza]:
    """Los cambios con unas palabras a cada lado; lo demás se elide."""
    for n, t in enumerate(trozos):
        if t.tipo == IGUAL:
            yield (t.texto if completo else _elidido(t.texto, n > 0, n < len(trozos) - 1)), ""
        else:
            abre, cierra = ABRAZOS[t.tipo]
            dentro = t.texto.strip(" ") or t.texto
            antes, _, despues = t.texto.partition(dentro)
            yield f"{antes}{abre}{dentro}{cierra}{despues}", t.tipo


def _elidido(texto: str, viene: bool, sigue: bool) -> str:
    """El comienzo y el final de un texto igual; `viene` y `sigue` dicen si hay un cambio a cada lado."""
    palabras = re.findall(r"\s*\S+\s*", texto)
    cabeza, cola = ALREDEDOR * viene, ALREDEDOR * sigue
    if len(palabras) <= cabeza + cola + 2:
        return texto
    return "".join(palabras[:cabeza]) + "… " + ("".join(palabras[-cola:]) if cola else "")


# ---- tablas -----------------------------------------------------------------------------------------------


def _tabla(vieja: Bloque, nueva: Bloque, e: EdicionTabla) -> Iterator[Renglon]:
    previos, titulos = titulos_columnas(vieja), titulos_columnas(nueva)
    for c in e.columnas:
        if c.tipo == AGREGADO:
            celdas = _columna([f[c.despues] for f in nueva.filas[1:]])
            yield detalle(
                f"columna agregada: {nombre_columna(titulos, c.despues)} ", abrazado(celdas, AGREGADO)
            )
        elif c.tipo == SUPRIMIDO:
            celdas = _columna([f[c.antes] for f in vieja.filas[1:]])
            yield detalle(
                f"columna suprimida: {nombre_columna(previos, c.antes)} ", abrazado(celdas, SUPRIMIDO)
            )
        elif c.tipo == MOVIDO:
            yield detalle(f"columna movida: {nombre_columna(titulos, c.despues)}")
    for f in e.filas:
        yield from _fila(f, titulos, con_columnas=bool(e.columnas))


def _columna(celdas: Sequence[Celda]) -> str:
    return " ; ".join(texto_de(c) for c in celdas)


def _fila(f: PasoFila, titulos: list[str], *, con_columnas: bool) -> Iterator[Renglon]:
    if f.tipo == AGREGADO:
        yield detalle(f"fila {f.despues + 1} agregada: ", abrazado(texto_fila(f), AGREGADO))
    elif f.tipo == SUPRIMIDO:
        yield detalle(f"fila {f.antes + 1} suprimida: ", abrazado(texto_fila(f), SUPRIMIDO))
    elif f.tipo == MOVIDO:
        yield detalle(f"fila movida, de la {f.antes + 1} a la {f.despues + 1}: {recortado(texto_fila(f))}")
    if f.tipo in (MODIFICADO, MOVIDO):
        for c in f.celdas:
            if c.tipo not in (AGREGADO, SUPRIMIDO) or not con_columnas:  # una columna entera ya se dijo
                yield from _celda(c, f"fila {f.despues + 1}, {nombre_columna(titulos, c.despues)}: ")


def _celda(c: PasoCelda, donde: str) -> Iterator[Renglon]:
    if c.tipo in (AGREGADO, SUPRIMIDO):
        yield detalle(donde, abrazado(texto_de(c.celda), c.tipo))
        return
    for p in c.pasos:
        if p.tipo in (AGREGADO, SUPRIMIDO) and p.bloque is not None:
            yield detalle(donde, abrazado(texto_de([p.bloque]), p.tipo))
        elif p.edicion is not None and p.bloque is not None:
            if any(t.tipo != IGUAL for t in p.edicion.trozos):
                yield detalle(donde, *en_contexto(p.edicion.trozos, completo=False))
            yield from (detalle(donde + frase) for frase in otros_cambios(p))
            if p.edicion.tabla is not None:
                yield from _tabla(p.bloque, bloque_nuevo(p) or p.bloque, p.edicion.tabla)


# ---- zonas de control -------------------------------------------------------------------------------------


def de_zonas(zonas: Sequence[CambioZona]) -> Iterator[Renglon]:
    """Lo que el sistema escribió distinto: un renglón por zona y, si es tabla, uno por fila."""
    for z in zonas:
        cambio = () if z.filas else (abrazado(z.antes, SUPRIMIDO), (" ", ""), abrazado(z.despues, AGREGADO))
        yield Renglon("", ((f"{z.nombre}: ", ""), *cambio), 2)
        for fila in z.filas:
            yield Renglon("", (abrazado(" · ".join(c for c in fila.texto.split(" | ") if c), fila.tipo),), 4)
