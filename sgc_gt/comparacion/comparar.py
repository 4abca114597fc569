"""Comparar dos formas normales enteras: cuerpo, encabezados y pies, y a qué sección toca cada cambio."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sgc_gt.comparacion.bloques import pasos
from sgc_gt.comparacion.valores import (
    AGREGADO,
    IGUAL,
    MODIFICADO,
    MOVIDO,
    ORIGEN,
    SUPRIMIDO,
    Comparacion,
    Paso,
    PasoEncabezado,
    SeccionComparada,
)
from sgc_gt.dominio.forma import Encabezado, FormaNormal, Seccion, titulos_de
from sgc_gt.dominio.forma import secciones as secciones_de

SIN_SECCION = "Antes de la primera sección"


def comparar(antes: FormaNormal, despues: FormaNormal) -> Comparacion:
    """Todas las diferencias; las mismas formas dan siempre la misma comparación."""
    guion = pasos(antes.bloques, despues.bloques)
    return Comparacion(
        guion,
        tuple(_encabezados(antes.encabezados, despues.encabezados)),
        tuple(_por_seccion(guion, _Mapa(antes), _Mapa(despues))),
    )


# ---- encabezados y pies -----------------------------------------------------------------------------------


def _encabezados(antes: Sequence[Encabezado], despues: Sequence[Encabezado]) -> list[PasoEncabezado]:
    """Se parean por clase y orden de aparición; los de después, en su orden, y al final los suprimidos."""
    previos = dict(zip(_claves(antes), range(len(antes)), strict=True))
    resultado = []
    for clave, nuevo in zip(_claves(despues), despues, strict=True):
        n = previos.pop(clave, -1)
        viejos = antes[n].bloques if n >= 0 else ()
        tipo = AGREGADO if n < 0 else (IGUAL if viejos == nuevo.bloques else MODIFICADO)
        resultado.append(PasoEncabezado(tipo, nuevo.clase, n, pasos(viejos, nuevo.bloques)))
    resultado += [
        PasoEncabezado(SUPRIMIDO, antes[n].clase, n, pasos(antes[n].bloques, ())) for n in previos.values()
    ]
    return resultado


def _claves(encabezados: Sequence[Encabezado]) -> list[tuple[str, int]]:
    vistos: Counter[str] = Counter()
    claves = []
    for e in encabezados:
        vistos[e.clase] += 1
        claves.append((e.clase, vistos[e.clase]))
    return claves


# ---- secciones --------------------------------------------------------------------------------------------


def secciones_de_los_bloques(forma: FormaNormal) -> list[str]:
    """El nombre de la sección de cada bloque del cuerpo, con su número: «2 Alcance»."""
    mapa = _Mapa(forma)
    return [mapa.nombres[n] for n in mapa.de]


class _Mapa:
    """Las secciones de una forma: el nombre de cada una, la de cada bloque y el bloque que la titula."""

    def __init__(self, forma: FormaNormal) -> None:
        self.nombres: list[str] = []
        self.de: list[int] = []
        self.titulo: dict[int, int] = {}
        """Bloque del título → sección que abre."""
        titulos = titulos_de(forma)
        fines = [*(t.indice for t in titulos), len(forma.bloques)]
        vistas = iter(secciones_de(forma))
        if fines[0]:
            self._abrir(next(vistas), fines[0])
        for t, fin in zip(titulos, fines[1:], strict=True):
            self.titulo[t.indice] = len(self.nombres)
            con_algo = t.titulo or fin - t.indice > 1
            self._abrir(next(vistas) if con_algo else None, fin - t.indice)

    def _abrir(self, seccion: Seccion | None, bloques: int) -> None:
        nombre = f"{seccion.numero} {seccion.titulo}".strip() if seccion else ""
        self.de += [len(self.nombres)] * bloques
        self.nombres.append(nombre or SIN_SECCION)


def _por_seccion(guion: Sequence[Paso], antes: _Mapa, despues: _Mapa) -> list[SeccionComparada]:
    """Los pasos de cada sección, en el orden de después; una suprimida, donde estaba."""
    nueva_de = _secciones_pareadas(guion, antes, despues)
    vieja_de = {nueva: vieja for vieja, nueva in nueva_de.items()}
    grupos: dict[tuple[int, int], list[Paso]] = {}
    for paso in guion:
        if paso.tipo in (SUPRIMIDO, ORIGEN):
            vieja = antes.de[paso.antes]
            clave = (nueva_de.get(vieja, -1), vieja)
        else:
            clave = (despues.de[paso.despues], -1)
        if clave[0] >= 0:
            clave = (clave[0], vieja_de.get(clave[0], -1))
        grupos.setdefault(clave, []).append(paso)
    return [
        SeccionComparada(
            despues.nombres[nueva] if nueva >= 0 else antes.nombres[vieja],
            antes.nombres[vieja] if vieja >= 0 else "",
            _tipo(nueva, vieja, propios, despues),
            tuple(propios),
        )
        for (nueva, vieja), propios in grupos.items()
    ]


def _secciones_pareadas(guion: Sequence[Paso], antes: _Mapa, despues: _Mapa) -> dict[int, int]:
    """Sección de antes → la de después: las de un mismo título; lo que va antes del primero, con lo suyo."""
    pareadas = {
        antes.titulo[p.antes]: despues.titulo[p.despues]
        for p in guion
        if p.tipo in (IGUAL, MODIFICADO, MOVIDO) and p.antes in antes.titulo and p.despues in despues.titulo
    }
    sin_titulo = (
        antes.de[:1] == [0] and 0 not in antes.titulo,
        despues.de[:1] == [0] and 0 not in despues.titulo,
    )
    return {**pareadas, 0: 0} if all(sin_titulo) else pareadas


def _tipo(nueva: int, vieja: int, propios: Sequence[Paso], despues: _Mapa) -> str:
    if nueva < 0:
        return SUPRIMIDO
    if vieja < 0:
        return AGREGADO
    if any(p.tipo == MOVIDO and despues.titulo.get(p.despues) == nueva for p in propios):
        return MOVIDO
    return IGUAL if all(p.tipo == IGUAL for p in propios) else MODIFICADO
