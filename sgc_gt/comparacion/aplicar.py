"""Aplicar un guion: la forma de antes y las diferencias dan la de después. Así se prueba que nada falta."""

from __future__ import annotations

from collections.abc import Sequence

from sgc_gt.comparacion.valores import (
    AGREGADO,
    ORIGEN,
    SUPRIMIDO,
    Comparacion,
    Edicion,
    EdicionTabla,
    Paso,
    PasoFila,
    Trozo,
)
from sgc_gt.dominio.forma import Bloque, Encabezado, Fila, FormaNormal

_NO_QUEDAN = (SUPRIMIDO, ORIGEN)


def aplicar(antes: FormaNormal, comparacion: Comparacion) -> FormaNormal:
    """La forma de después. ValueError si la comparación no es de esa forma de antes."""
    encabezados = tuple(
        Encabezado(
            e.clase, aplicar_pasos(antes.encabezados[e.antes].bloques if e.antes >= 0 else (), e.pasos)
        )
        for e in comparacion.encabezados
        if e.tipo != SUPRIMIDO
    )
    return FormaNormal(aplicar_pasos(antes.bloques, comparacion.pasos), encabezados)


def aplicar_pasos(antes: Sequence[Bloque], pasos: Sequence[Paso]) -> tuple[Bloque, ...]:
    """Los bloques de después."""
    return tuple(
        _agregado(p.bloque) if p.tipo == AGREGADO else _aplicado(antes[p.antes], p.edicion)
        for p in pasos
        if p.tipo not in _NO_QUEDAN
    )


def _agregado(bloque: Bloque | None) -> Bloque:
    if bloque is None:
        raise ValueError("un paso agregado trae su bloque")
    return bloque


def _aplicado(bloque: Bloque, e: Edicion | None) -> Bloque:
    if e is None:
        return bloque
    filas = _filas(bloque.filas, e.tabla) if e.tabla else ()
    texto = texto_nuevo(bloque.texto, e.trozos)
    return Bloque(e.clase, e.nivel, texto, e.marcas, filas, aplicar_pasos(bloque.bloques, e.bloques))


def texto_nuevo(antes: str, trozos: Sequence[Trozo]) -> str:
    """El texto de después; ValueError si los trozos no recorren exactamente el de antes."""
    posicion, nuevo = 0, []
    for trozo in trozos:
        if trozo.tipo == AGREGADO:
            nuevo.append(trozo.texto)
            continue
        if not antes.startswith(trozo.texto, posicion):
            raise ValueError("la comparación no corresponde a este texto")
        posicion += len(trozo.texto)
        if trozo.tipo != SUPRIMIDO:
            nuevo.append(trozo.texto)
    if posicion != len(antes):
        raise ValueError("la comparación no corresponde a este texto")
    return "".join(nuevo)


def _filas(antes: Sequence[Fila], tabla: EdicionTabla) -> tuple[Fila, ...]:
    return tuple(_fila(antes, paso) for paso in tabla.filas if paso.tipo not in _NO_QUEDAN)


def _fila(antes: Sequence[Fila], paso: PasoFila) -> Fila:
    if paso.tipo == AGREGADO:
        return paso.fila
    vieja = antes[paso.antes]
    if not paso.celdas:
        return vieja
    return tuple(
        c.celda
        if c.tipo == AGREGADO
        else (aplicar_pasos(vieja[c.antes], c.pasos) if c.pasos else vieja[c.antes])
        for c in paso.celdas
        if c.tipo not in _NO_QUEDAN
    )


def bloque_nuevo(paso: Paso) -> Bloque | None:
    """El bloque como quedó después de un paso; None si salió."""
    if paso.bloque is None or paso.tipo in _NO_QUEDAN:
        return None
    return _aplicado(paso.bloque, paso.edicion)
