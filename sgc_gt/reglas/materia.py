"""La materia de una revisión: todo lo que una regla puede mirar de un documento y de su servicio.

Es un valor congelado. Las reglas son funciones puras de él: quien lo arma (`consultas.comprobar`) lee los
archivos; aquí no se abre ninguno.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, Protocol

from sgc_gt.dominio.externos import Externo
from sgc_gt.dominio.forma import (
    CUADRO,
    TABLA,
    TITULO,
    ZONA,
    Bloque,
    FormaNormal,
    Seccion,
    secciones,
    texto_de,
)
from sgc_gt.dominio.hechos import Hechos
from sgc_gt.dominio.lugar_datos import Palabras
from sgc_gt.dominio.servicio import Servicio, Tipo
from sgc_gt.reglas.textos import clave, corto
from sgc_gt.reglas.vocabulario import Vocabulario, vocabulario

VIGENTE = "vigente"
OBSOLETO = "obsoleto"
BORRADOR = "borrador"
SERIE = "serie"

INICIO = "antes de la primera sección"
"""El lugar de la portada y de lo que va antes del primer título."""


class Hueco(Protocol):
    """Un contenido exigido que a los datos les falta."""

    @property
    def requisito(self) -> str:
        """El id del requisito (DIA-3, PLA-A.4…), o vacío."""

    @property
    def palabras(self) -> Palabras:
        """Su lugar en palabras: la tabla, la fila y el dato."""

    @property
    def linea(self) -> int:
        """Su línea en el archivo de datos; 0 si no se sabe."""

    @property
    def mensaje(self) -> str:
        """Qué falta, en una oración."""


class Conocido(NamedTuple):
    """Un código del servicio: en qué estado está y cómo se llama."""

    estado: str  # VIGENTE, OBSOLETO, BORRADOR (nunca ha regido) o SERIE
    titulo: str = ""
    antes: tuple[str, ...] = ()  # los títulos que tuvo
    hoy: str = ""  # si este código es uno anterior, el que el documento tiene hoy


class Renglon(NamedTuple):
    """Un párrafo o una celda, con su lugar en palabras y el texto exacto donde se ancla un comentario."""

    texto: str
    seccion: str  # número
    titulo: str  # de la sección
    lugar: str
    ancla: str
    columna: str = ""  # encabezado de la columna, si es una celda
    primera: bool = False  # celda de la primera columna
    bloque: Bloque = Bloque("")

    @property
    def es_titulo(self) -> bool:
        """Si es el título de una sección."""
        return self.bloque.clase == TITULO


@dataclass(frozen=True, eq=False)
class Materia:
    """Lo que las reglas miran. Solo `documento`, `forma` y `servicio` son indispensables."""

    documento: str
    """El código, o el nombre del archivo suelto."""
    forma: FormaNormal | None
    """None si el formato no es de texto: solo se revisan sus datos e identidad."""
    servicio: Servicio
    archivo: str = ""
    codigo: str = ""
    anteriores: tuple[str, ...] = ()
    """Los códigos que el documento tuvo antes: lo ya impreso los dice, y su archivo lleva el primero."""
    version: str = ""
    titulo: str = ""
    tipo: Tipo | None = None
    hechos: Hechos | None = None
    codigos: Mapping[str, Conocido] = field(default_factory=dict)
    externos: tuple[Externo, ...] = ()
    siglas: frozenset[str] = frozenset()
    """Las que la terminología de otros documentos vigentes del servicio define."""
    fecha: date | None = None
    motivo: str = ""
    cambiadas: tuple[str, ...] | None = None
    """Las secciones que cambian respecto de la vigente; None si no hay con qué comparar."""
    reglas_al_dia: bool = True
    """Falso si el documento se escribe de las reglas del servicio y ellas cambiaron después."""
    sin_destinatarios: bool = False
    """Verdadero si el servicio tiene reglas de distribución y a este documento no lo alcanza ninguna."""
    series_sin_pedir: tuple[str, ...] = ()
    """Las series de su área que nadie pide, si este es el documento que debería pedirlas."""
    faltas: tuple[Hueco, ...] = ()
    guias: frozenset[str] = frozenset()
    vocabulario_: Vocabulario | None = None
    """El del servicio, si quien revisa muchos documentos ya lo armó."""

    @cached_property
    def vocabulario(self) -> Vocabulario:
        """Con qué palabras el servicio escribe sus códigos, siglas y cargos."""
        return self.vocabulario_ or vocabulario(self.servicio)

    @cached_property
    def secciones(self) -> tuple[Seccion, ...]:
        """Las secciones del cuerpo, en orden."""
        return tuple(secciones(self.forma)) if self.forma else ()

    @cached_property
    def renglones(self) -> tuple[Renglon, ...]:
        """Cada título, párrafo y celda, en orden, sin las zonas que imprime el sistema."""
        return tuple(r for s in self.secciones for r in _de_seccion(s))

    @cached_property
    def _minusculas(self) -> tuple[str, ...]:
        return tuple(r.texto.lower() for r in self.renglones)

    def con(self, *pistas: str) -> Iterator[Renglon]:
        """Los renglones con alguna de esas pistas en minúsculas: una expresión se busca solo en ellos."""
        for r, texto in zip(self.renglones, self._minusculas, strict=True):
            if any(p in texto for p in pistas):
                yield r

    def de_seccion(self, *nombres: str) -> tuple[Renglon, ...]:
        """Los renglones de las secciones con ese nombre, y de lo que cuelga de ellas."""
        buscados = {clave(n) for n in nombres}
        halladas = [s for s in self.secciones if clave(s.titulo) in buscados]
        if not halladas:
            return ()
        # «6.2.9 Registros» explica cómo se registra; la sección de registros es la de más arriba.
        arriba = min(s.nivel for s in halladas)
        raices = [s.numero for s in halladas if s.nivel == arriba]
        suyas = {s.numero for s in self.secciones if any(f"{s.numero}.".startswith(f"{n}.") for n in raices)}
        return tuple(r for r in self.renglones if r.seccion in suyas)

    def en(self, titulo: str) -> tuple[str, str]:
        """El número y el lugar de la sección con ese título."""
        for s in self.secciones:
            if clave(s.titulo) == clave(titulo) or clave(f"{s.numero} {s.titulo}") == clave(titulo):
                return s.numero, lugar_de(s)
        return "", lugar_de(Seccion("", titulo, ()))

    @property
    def norma(self) -> str:
        """La edición por la que se certifica: «ISO 9001:2015»."""
        return self.servicio.norma


def lugar_de(seccion: Seccion) -> str:
    """«sección 6.2 Etapas»; para lo que precede a la primera, INICIO."""
    nombre = f"{seccion.numero} {seccion.titulo}".strip()
    return f"sección {nombre}" if nombre else INICIO


def _de_seccion(seccion: Seccion) -> Iterator[Renglon]:
    lugar = lugar_de(seccion)
    if seccion.titulo:
        bloque = Bloque(TITULO, seccion.nivel, seccion.titulo)
        yield Renglon(seccion.titulo, seccion.numero, seccion.titulo, lugar, seccion.titulo, bloque=bloque)
    tablas = 0
    for bloque in _abiertos(seccion.bloques):
        if bloque.clase == TABLA:
            tablas += 1
            yield from _de_tabla(seccion, bloque, f"{lugar}, tabla {tablas}")
        elif bloque.clase != ZONA and bloque.texto.strip():
            visible = _visible(bloque)
            yield Renglon(visible, seccion.numero, seccion.titulo, lugar, bloque.texto, bloque=bloque)


def _abiertos(bloques: Iterable[Bloque]) -> Iterator[Bloque]:
    """Los bloques, con el interior de los cuadros de texto."""
    for bloque in bloques:
        if bloque.clase == CUADRO:
            yield from _abiertos(bloque.bloques)
        else:
            yield bloque


def _de_tabla(seccion: Seccion, tabla: Bloque, lugar: str) -> Iterator[Renglon]:
    primera = tabla.filas[0] if tabla.filas else ()
    titulos = {c: texto_de(celda).strip() for c, celda in zip(_lugares(tabla, 0), primera, strict=True)}
    for n, fila in enumerate(tabla.filas, start=1):
        for c, celda in zip(_lugares(tabla, n - 1), fila, strict=True):
            texto = texto_de(b for b in celda if b.clase != ZONA).strip()
            if not texto:
                continue
            columna = titulos.get(c, "") if n > 1 else ""
            donde = f"{lugar}, fila {n}" + (f", columna «{corto(columna, 30)}»" if columna else "")
            bloque = celda[0] if len(celda) == 1 else Bloque(TABLA, texto=texto)
            yield Renglon(texto, seccion.numero, seccion.titulo, donde, texto, columna, c == 0, bloque)


def _lugares(tabla: Bloque, fila: int) -> list[int]:
    """La columna en que empieza cada celda de la fila, contadas las combinadas."""
    if not tabla.casillas:
        return list(range(len(tabla.filas[fila])))
    anchos = [casilla.columnas for casilla in tabla.casillas[fila]]
    return [sum(anchos[:c]) for c in range(len(anchos))]


def _visible(bloque: Bloque) -> str:
    """El texto sin lo que una revisión pendiente suprime."""
    texto = bloque.texto
    for marca in sorted(bloque.marcas, key=lambda m: m.desde, reverse=True):
        if marca.clase == "suprimido":
            texto = texto[: marca.desde] + texto[marca.hasta :]
    return texto
