"""Desde cuándo dice esto: lo que el rastro responde es lo que de verdad pasó, versión por versión."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import NamedTuple

from formas import forma
from hypothesis import given, settings
from hypothesis import strategies as st

from sgc_gt.comparacion.origen import Rastro, Sucesion, Unidad, buscar, mas_parecida
from sgc_gt.dominio.forma import PARRAFO, TABLA, TITULO, Bloque, Fila, FormaNormal

V1 = "T1 Plazos / p Se responde en cinco días hábiles desde el ingreso. / p Rige para todo el país y sus islas. / tabla Indicador|Meta;Cobertura|80%;Oportunidad|5 días"
V2 = "T1 Plazos / p Se responde en diez días hábiles desde el ingreso. / p Rige para todo el país y sus islas. / tabla Indicador|Meta;Cobertura|80%;Oportunidad|6 días"
V3 = "T1 Alcance / p Rige para todo el país y sus islas. / T1 Plazos / p Se responde en diez días hábiles desde el ingreso. / tabla Indicador|Meta|Quién;Oportunidad|6 días|Partes;Cobertura|90%|Partes"


def rastro(texto: str, *versiones: str) -> Rastro:
    """El rastro del único lugar de la última versión que dice el texto."""
    sucesion = Sucesion([forma(v) for v in versiones])
    [unidad] = buscar(sucesion.formas[-1], texto)
    return sucesion.rastro(unidad)


def test_un_parrafo_que_cambio_recuerda_como_decia() -> None:
    r = rastro("DIEZ DIAS   habiles", V1, V2, V3)

    assert (r.seccion, r.clase, r.desde) == ("2 Plazos", "parrafo", 1)
    assert [(h.version, h.tipo, h.texto) for h in r.hitos] == [
        (1, "modificado", "Se responde en diez días hábiles desde el ingreso."),
        (0, "agregado", "Se responde en cinco días hábiles desde el ingreso."),
    ]


def test_unas_palabras_pueden_ser_mas_antiguas_que_su_parrafo() -> None:
    r = rastro("desde el ingreso", V1, V2, V3)

    assert (r.desde, r.dice_desde("desde el ingreso"), r.dice_desde("diez días")) == (1, 0, 1)


def test_lo_que_solo_cambio_de_lugar_lo_dice_desde_antes() -> None:
    r = rastro("sus islas", V1, V2, V3)

    assert (r.seccion, r.desde) == ("1 Alcance", 0)
    assert [(h.version, h.tipo, h.seccion) for h in r.hitos] == [
        (2, "movido", "1 Alcance"),
        (0, "agregado", "1 Plazos"),
    ]


def test_una_celda_se_sigue_aunque_su_fila_suba_y_entre_una_columna() -> None:
    r = rastro("6 días", V1, V2, V3)

    assert (r.clase, r.desde, r.celdas) == ("celda", 1, ("Oportunidad", "6 días", "Partes"))
    assert r.redacciones[-1].texto == "5 días"
    assert rastro("90%", V1, V2, V3).desde == 2
    assert rastro("Oportunidad | 6 días", V1, V2).desde == 1


def test_lo_que_entro_con_una_version_empieza_en_ella() -> None:
    assert rastro("Alcance", V1, V2, V3).desde == 2
    assert rastro("Quién", V1, V2, V3).hitos[-1].tipo == "agregado"


def test_lo_mal_copiado_encuentra_lo_mas_parecido_y_lo_ajeno_nada() -> None:
    sucesion = Sucesion([forma(V2)])

    assert mas_parecida(sucesion, "se respondera en diez dias habiles del ingreso") == Unidad(1)
    assert mas_parecida(sucesion, "zzzz qqqq") is None


# ---- la propiedad -----------------------------------------------------------------------------------------


class Dicho(NamedTuple):
    """Algo que el documento dice, y la versión desde la que lo dice así."""

    bloque: Bloque
    desde: tuple[tuple[int, ...], ...]
    """Una por celda, fila por fila; en lo que no es tabla, una sola."""


class Redaccion:
    """Quien edita al azar: cada texto nuevo usa palabras que nadie más usó, como en un documento de verdad."""

    def __init__(self, semilla: int) -> None:
        self.azar = Random(semilla)  # noqa: S311  (una semilla repetible, no un secreto)
        self.palabras = 0

    def texto(self, largo: int = 14) -> str:
        self.palabras += largo
        return " ".join(f"palabra{n}x" for n in range(self.palabras - largo, self.palabras))

    def nuevo(self, version: int) -> Dicho:
        if self.azar.random() < 0.3:
            filas = [self.fila(2) for _ in range(self.azar.randint(2, 4))]
            return Dicho(Bloque(TABLA, filas=tuple(filas)), ((version,) * 2,) * len(filas))
        clase, nivel = self.azar.choice([(PARRAFO, 0), (PARRAFO, 0), (TITULO, 1)])
        return Dicho(Bloque(clase, nivel, self.texto()), ((version,),))

    def fila(self, ancho: int) -> Fila:
        return tuple((Bloque(PARRAFO, texto=self.texto()),) for _ in range(ancho))

    def retocado(self, bloque: Bloque) -> Bloque:
        palabras = bloque.texto.split()
        palabras[self.azar.randrange(len(palabras))] = self.texto(1)
        return replace(bloque, texto=" ".join(palabras))

    def cambiado(self, dicho: Dicho, version: int) -> Dicho:
        """El bloque con una palabra distinta o, si es una tabla, con una fila, una columna o una celda nueva."""
        bloque, desde = dicho
        if bloque.clase != TABLA:
            return Dicho(self.retocado(bloque), ((version,),))
        filas, fechas = [list(f) for f in bloque.filas], [list(f) for f in desde]
        n, c = self.azar.randrange(len(filas)), self.azar.randrange(len(filas[0]))
        suerte = self.azar.random()
        if suerte < 0.3:
            filas.insert(n, list(self.fila(len(filas[0]))))
            fechas.insert(n, [version] * len(filas[0]))
        elif suerte < 0.45:
            for fila, fecha in zip(filas, fechas, strict=True):
                fila[c:c] = self.fila(1)
                fecha.insert(c, version)
        else:
            filas[n][c] = (self.retocado(filas[n][c][0]),)
            fechas[n][c] = version
        return Dicho(replace(bloque, filas=tuple(map(tuple, filas))), tuple(map(tuple, fechas)))

    def version(self, dichos: list[Dicho], n: int) -> list[Dicho]:
        """Lo de antes con cambios, bajas, altas y, a veces, un bloque en otro lugar."""
        quedan = [
            self.cambiado(d, n) if self.azar.random() < 0.2 else d for d in dichos if self.azar.random() > 0.1
        ]
        for _ in range(self.azar.randint(0, 2)):
            quedan.insert(self.azar.randint(0, len(quedan)), self.nuevo(n))
        if len(quedan) > 1 and self.azar.random() < 0.5:
            quedan.insert(self.azar.randrange(len(quedan)), quedan.pop(self.azar.randrange(len(quedan))))
        return quedan


@given(st.integers(0, 2**32), st.integers(1, 6))
@settings(max_examples=150, deadline=None)
def test_el_origen_de_cada_cosa_es_la_version_en_que_de_verdad_cambio(semilla: int, versiones: int) -> None:
    redaccion = Redaccion(semilla)
    dichos = [redaccion.nuevo(0) for _ in range(redaccion.azar.randint(1, 8))]
    formas = [FormaNormal(tuple(d.bloque for d in dichos))]
    for n in range(1, versiones):
        dichos = redaccion.version(dichos, n)
        formas.append(FormaNormal(tuple(d.bloque for d in dichos)))
    sucesion = Sucesion(formas)

    rastros = [sucesion.rastro(u) for u in sucesion.unidades]
    celdas = [
        u._replace(columna=c) for u in sucesion.unidades if u.fila >= 0 for c in range(ancho(sucesion, u))
    ]

    assert [r.desde for r in rastros] == [max(fila) for d in dichos for fila in d.desde]
    de_tablas = [d for d in dichos if d.bloque.clase == TABLA]
    assert [sucesion.rastro(u).desde for u in celdas] == [
        v for d in de_tablas for fila in d.desde for v in fila
    ]
    assert all(r.hitos[-1].tipo == "agregado" for r in rastros)
    assert all(h.texto for r in rastros for h in r.hitos)


def ancho(sucesion: Sucesion, u: Unidad) -> int:
    return len(sucesion.formas[-1].bloques[u.bloque].filas[u.fila])
