"""Formas normales de prueba: escritas en una línea, o al azar para las propiedades."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from sgc_gt.dominio.forma import (
    CUADRO,
    LISTA,
    PARRAFO,
    TABLA,
    TITULO,
    ZONA,
    Bloque,
    Encabezado,
    FormaNormal,
    Marca,
)


def forma(guion: str, *, encabezado: str = "", pie: str = "") -> FormaNormal:
    """La forma de un guion: «T1 Objetivo / p Un texto / l1 Una viñeta / tabla a|b;c|d / zona codigo»."""
    partes = [("encabezado", encabezado), ("pie", pie)]
    return FormaNormal(
        bloques(guion), tuple(Encabezado(clase, bloques(texto)) for clase, texto in partes if texto)
    )


def bloques(guion: str) -> tuple[Bloque, ...]:
    return tuple(_bloque(linea.strip()) for linea in guion.split(" / ") if linea.strip())


def _bloque(linea: str) -> Bloque:
    orden, _, texto = linea.partition(" ")
    if orden == "tabla":
        return tabla(texto)
    if orden in ("zona", "cuadro"):
        return (
            Bloque(ZONA, texto=texto)
            if orden == "zona"
            else Bloque(CUADRO, bloques=(Bloque(PARRAFO, texto=texto),))
        )
    clase = {"T": TITULO, "l": LISTA, "p": PARRAFO}[orden[0]]
    return Bloque(clase, int(orden[1:] or 0), texto)


def tabla(celdas: str) -> Bloque:
    """«a|b;c|d»: dos filas de dos celdas de un párrafo."""
    filas = tuple(
        tuple((Bloque(PARRAFO, texto=t),) if t else () for t in fila.split("|")) for fila in celdas.split(";")
    )
    return Bloque(TABLA, filas=filas)


# ---- al azar: pocas palabras, para que haya repeticiones, movimientos y casi iguales ----------------------

_PALABRAS = [
    "el plazo",
    "de",
    "es",
    "diez",
    "cinco",
    "días hábiles",
    "región",
    "áéí",
    "1.500",
    "PR-01",
    "",
    "\n",
]
_CLASES = ["enlace", "imagen", "nota", "zona", "campo", "tachado", "oculto", "suprimido"]


def pares() -> st.SearchStrategy[tuple[FormaNormal, FormaNormal]]:
    """Dos formas parientes: comparten bloques, en otro orden, con otros en medio.

    Se arman de una semilla y un tamaño: bloque por bloque, hypothesis tardaría cien veces más que comparar.
    """
    return st.builds(_pariente, st.integers(0, 2**32), st.integers(0, 6))


def _pariente(semilla: int, tamano: int) -> tuple[FormaNormal, FormaNormal]:
    azar = Random(semilla)  # noqa: S311  (una semilla repetible, no un secreto)
    comunes = [_al_azar(azar, 2) for _ in range(azar.randint(0, tamano))]
    antes = azar.sample(comunes, azar.randint(0, len(comunes))) + _varios(azar, tamano)
    despues = [_retocado(azar, b) for b in comunes] + _varios(azar, tamano)
    if azar.random() < 0.5:
        azar.shuffle(despues)
    margenes = [Encabezado(azar.choice(["encabezado", "pie"]), tuple(_varios(azar, 2))) for _ in range(3)]
    lados = (tuple(azar.sample(margenes, azar.randint(0, 3))) for _ in range(2))
    return FormaNormal(tuple(antes), next(lados)), FormaNormal(tuple(despues), next(lados))


def _varios(azar: Random, tamano: int) -> list[Bloque]:
    return [_al_azar(azar, 2) for _ in range(azar.randint(0, tamano // 2))]


def _al_azar(azar: Random, hondura: int) -> Bloque:
    suerte = azar.random()
    if suerte < 0.06:
        return Bloque(ZONA, texto=azar.choice(["firmas", "cambios"]))
    if suerte < 0.25 and hondura:
        return Bloque(TABLA, filas=_filas(azar, hondura))
    if suerte < 0.32 and hondura:
        return Bloque(CUADRO, bloques=_celda(azar, hondura))
    clase = azar.choice([PARRAFO, PARRAFO, LISTA, TITULO])
    texto = " ".join(azar.choices(_PALABRAS, k=azar.randint(0, 8)))
    return Bloque(clase, 0 if clase == PARRAFO else azar.randint(1, 3), texto, _marcas(azar, len(texto)))


def _marcas(azar: Random, largo: int) -> tuple[Marca, ...]:
    limites = (
        sorted((azar.randint(0, largo), azar.randint(0, largo))) for _ in range(azar.choice([0, 0, 1, 2]))
    )
    return tuple(Marca(azar.choice(_CLASES), a, b, azar.choice(["", "x", "y"])) for a, b in limites)


def _celda(azar: Random, hondura: int) -> tuple[Bloque, ...]:
    return tuple(_al_azar(azar, hondura - 1) for _ in range(azar.choice([0, 1, 1, 1, 2])))


def _filas(azar: Random, hondura: int) -> tuple[tuple[tuple[Bloque, ...], ...], ...]:
    """Casi siempre pareja, como las de verdad; a veces con filas de distinto largo."""
    ancho = azar.randint(1, 4)
    anchos = [ancho if azar.random() < 0.9 else azar.randint(0, 4) for _ in range(azar.randint(1, 4))]
    return tuple(tuple(_celda(azar, hondura) for _ in range(n)) for n in anchos)


def _retocado(azar: Random, bloque: Bloque) -> Bloque:
    """El bloque igual, con una palabra más, o con una fila o columna de más o en otro lugar."""
    suerte = azar.random()
    if suerte < 0.5:
        return bloque
    if bloque.clase != TABLA:
        return replace(bloque, texto=f"{bloque.texto} {azar.choice(_PALABRAS)}", marcas=())
    filas = list(bloque.filas)
    if suerte < 0.7:
        azar.shuffle(filas)
    elif suerte < 0.85:
        filas = [(*fila, _celda(azar, 1)) for fila in filas]
    else:
        filas = [fila[1:] for fila in filas]
    return replace(bloque, filas=tuple(filas))
