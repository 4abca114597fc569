"""Los códigos que se cambian, de una tabla hecha por una persona: cada par con el lugar en que está escrito.

La tabla suele traer un título, columnas de más y filas en blanco. Los encabezados dicen cuál columna es la de
hoy y cuál la nueva; sin ellos, son las dos primeras con algo escrito.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sgc_gt.dominio.textos import comparable
from sgc_gt.errores import EntradaInvalida, Problema
from sgc_gt.listas.celdas_leidas import FilaDeLista, leer_hojas, texto_de_celda

HOY, NUEVO = "el código de hoy", "el código nuevo"
_ENCABEZADOS = {
    HOY: ("hoy", "actual", "anterior", "antes", "antiguo", "vigente", "viejo", "origen"),
    NUEVO: ("nuevo", "ahora", "destino", "futuro", "propuesto"),
}
_GUIONES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
"""Los que Word y Excel ponen en lugar del guion: a la vista son iguales."""


class Par(NamedTuple):
    """Un código por otro. `lugar` dice dónde está escrito; vacío si se dijo en la orden."""

    antes: str
    ahora: str
    lugar: str = ""

    @property
    def dicho(self) -> str:
        """«codigos.xlsx, Hoja1!A7 (PR-FOM-01 → PR-FOR-07)»."""
        cambio = f"{self.antes} → {self.ahora}"
        return f"{self.lugar} ({cambio})" if self.lugar else cambio


class _Tabla(NamedTuple):
    """Las filas de una hoja que siguen a sus encabezados, y en qué columnas están los dos códigos."""

    filas: Sequence[FilaDeLista]
    columnas: tuple[int, int]


def codigo_escrito(valor: object) -> str:
    """El código como se guarda: en mayúsculas, con guiones corrientes y sin espacios junto a ellos."""
    return re.sub(r" *- *", "-", texto_de_celda(valor).translate(_GUIONES)).upper()


def leer_pares(contenido: bytes, nombre: str) -> tuple[Par, ...]:
    """Los pares de un libro o de un CSV; EntradaInvalida, celda por celda, si alguno no se puede usar."""
    hojas = leer_hojas(contenido, nombre)
    con_titulo = [t for h in hojas if (t := _con_encabezado(h))]
    tablas = con_titulo or [t for h in hojas[:1] if (t := _sin_encabezado(h))]
    problemas: list[Problema] = []
    pares = [p for t in tablas for p in _de_la_tabla(t, nombre, problemas)]
    problemas += _repetidos(pares)
    if problemas or not pares:
        raise EntradaInvalida(
            "la lista de códigos no se puede usar" if problemas else "la lista no trae códigos",
            lugar=nombre,
            esperado="dos columnas, «Código actual» y «Código nuevo», con un documento por fila",
            hacer="corrija la lista y repita la orden",
            problemas=problemas,
        )
    return tuple(pares)


def _con_encabezado(filas: Sequence[FilaDeLista]) -> _Tabla | None:
    """La tabla que empieza en la primera fila cuyos rótulos nombran las dos columnas."""
    for n, fila in enumerate(filas):
        nuevo = _columna(fila, _ENCABEZADOS[NUEVO])
        hoy = _columna(fila, _ENCABEZADOS[HOY], salvo=nuevo)
        hoy = _columna(fila, ("codigo",), salvo=nuevo) if hoy is None else hoy
        if hoy is not None and nuevo is not None:
            return _Tabla(filas[n + 1 :], (hoy, nuevo))
    return None


def _columna(fila: FilaDeLista, palabras: Sequence[str], salvo: int | None = None) -> int | None:
    """La columna cuyo rótulo trae una de esas palabras y ningún dígito: con dígitos, es un código."""
    for n, celda in enumerate(fila.celdas):
        if n == salvo:
            continue
        rotulo = comparable(texto_de_celda(celda))
        if not any(c.isdigit() for c in rotulo) and any(p in rotulo.split() for p in palabras):
            return n
    return None


def _sin_encabezado(filas: Sequence[FilaDeLista]) -> _Tabla | None:
    """Desde la primera fila con dígitos, las dos primeras columnas en que hay algo."""
    escritas = [f for f in filas if any(texto_de_celda(c) for c in f.celdas)]
    con_codigos = [n for n, f in enumerate(escritas) if any(map(str.isdigit, _junto(f)))]
    if not con_codigos:
        return None
    datos = escritas[con_codigos[0] :]
    ancho = max(len(f.celdas) for f in datos)
    usadas = [c for c in range(ancho) if any(_celda(f, c) for f in datos)]
    primera = usadas[0]
    return _Tabla(datos, (primera, usadas[1] if usadas[1:] else primera + 1))


def _junto(fila: FilaDeLista) -> str:
    return "".join(texto_de_celda(c) for c in fila.celdas)


def _celda(fila: FilaDeLista, columna: int) -> str:
    return codigo_escrito(fila.celdas[columna]) if columna < len(fila.celdas) else ""


def _de_la_tabla(tabla: _Tabla, nombre: str, problemas: list[Problema]) -> Iterator[Par]:
    for fila in tabla.filas:
        dichos = [_celda(fila, c) for c in tabla.columnas]
        lugares = [f"{nombre}, {fila.lugar_de(c)}" for c in tabla.columnas]
        if not any(dichos):
            continue
        if fila.oculta:
            problemas.append(Problema("la fila está oculta: muéstrela, o bórrela si no va", lugares[0]))
            continue
        faltan = [n for n, dicho in enumerate(dichos) if not dicho]
        if not faltan:
            yield Par(dichos[0], dichos[1], lugares[0])
        for n in faltan:
            combinada = tabla.columnas[n] in fila.combinadas
            causa = "la celda está combinada con otra: sepárelas y escriba un código en cada fila"
            problemas.append(Problema(causa if combinada else f"falta {(HOY, NUEVO)[n]}", lugares[n]))


def _repetidos(pares: Sequence[Par]) -> Iterator[Problema]:
    """Cada fila que repite el código de hoy de otra; los nuevos repetidos los dice el ensayo."""
    primera: dict[str, str] = {}
    for p in pares:
        if p.antes in primera:
            yield Problema(f"{p.antes} ya está en {primera[p.antes].rpartition(', ')[2]}", p.lugar)
        primera.setdefault(p.antes, p.lugar)
