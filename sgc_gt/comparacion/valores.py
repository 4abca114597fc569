"""Lo que resulta de comparar dos formas normales: un guion que lleva de una a la otra, y nada más.

El guion es exacto: `aplicar(antes, comparacion)` da la forma nueva, con sus marcas, tablas y orden. De él
salen la pantalla, la página y el JSON; ninguno vuelve a comparar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sgc_gt.dominio.forma import Bloque, Celda, Fila, Marca

IGUAL = "igual"
AGREGADO = "agregado"
SUPRIMIDO = "suprimido"
MODIFICADO = "modificado"
MOVIDO = "movido"
"""Llegó de otro lugar; con `edicion` si además cambió."""
ORIGEN = "origen"
"""De aquí salió lo que en otro lugar figura como movido."""

CAMBIAN = (AGREGADO, SUPRIMIDO, MODIFICADO, MOVIDO)


class Par(NamedTuple):
    """Un elemento de antes y el que le corresponde después (-1 donde no hay)."""

    tipo: str
    antes: int
    despues: int


class Trozo(NamedTuple):
    """Un tramo de texto dentro de un bloque: igual, suprimido o agregado."""

    tipo: str
    texto: str
    marcas: tuple[tuple[str, str], ...] = ()
    """Las marcas que lo cubren (clase, dato): enlace, imagen, tachado…"""


class PasoCelda(NamedTuple):
    """Una celda de una fila, en el orden de después."""

    tipo: str
    antes: int = -1
    despues: int = -1
    celda: Celda = ()
    """La de antes, o la nueva si es agregada."""
    pasos: tuple[Paso, ...] = ()


class PasoFila(NamedTuple):
    """Una fila de una tabla, en el orden de después; las suprimidas, donde estaban."""

    tipo: str
    antes: int = -1
    despues: int = -1
    fila: Fila = ()
    """La de antes, o la nueva si es agregada."""
    celdas: tuple[PasoCelda, ...] = ()


class EdicionTabla(NamedTuple):
    """Cómo una tabla pasa a ser otra: sus columnas y, fila por fila, sus celdas."""

    columnas: tuple[Par, ...]
    """Vacía si las filas no tienen todas el mismo número de celdas."""
    filas: tuple[PasoFila, ...]


class Edicion(NamedTuple):
    """Cómo un bloque pasa a ser otro."""

    clase: str
    nivel: int
    trozos: tuple[Trozo, ...]
    marcas: tuple[Marca, ...]
    """Las marcas definitivas del bloque nuevo."""
    tabla: EdicionTabla | None = None
    bloques: tuple[Paso, ...] = ()
    """Solo en cuadros de texto: los pasos de lo que hay dentro."""


class Paso(NamedTuple):
    """Un bloque en el orden de después; los suprimidos y los orígenes, donde estaban."""

    tipo: str
    antes: int = -1
    despues: int = -1
    bloque: Bloque | None = None
    """El de antes, o el nuevo si es agregado."""
    edicion: Edicion | None = None


class PasoEncabezado(NamedTuple):
    """Un encabezado o pie: `tipo` es igual, modificado, agregado o suprimido."""

    tipo: str
    clase: str
    antes: int
    pasos: tuple[Paso, ...]


class SeccionComparada(NamedTuple):
    """Una sección y los pasos que le tocan."""

    nombre: str
    nombre_antes: str
    """Vacío si la sección es nueva."""
    tipo: str
    """igual, modificado, agregado, suprimido o movido: lo que le pasó a la sección entera."""
    pasos: tuple[Paso, ...]

    @property
    def cambiadas(self) -> tuple[Paso, ...]:
        """Los pasos que son un cambio; un origen se cuenta donde llegó."""
        return tuple(p for p in self.pasos if p.tipo in CAMBIAN)


@dataclass(frozen=True, slots=True)
class Comparacion:
    """Todas las diferencias entre dos formas normales."""

    pasos: tuple[Paso, ...]
    encabezados: tuple[PasoEncabezado, ...]
    secciones: tuple[SeccionComparada, ...]

    @property
    def iguales(self) -> bool:
        """Si las dos dicen lo mismo, en el mismo orden, encabezados y pies incluidos."""
        return all(p.tipo == IGUAL for p in self.pasos) and all(e.tipo == IGUAL for e in self.encabezados)

    def cuenta(self) -> dict[str, int]:
        """Cuántos cambios de cada tipo, en el cuerpo y en encabezados y pies."""
        total = dict.fromkeys(CAMBIAN, 0)
        for paso in (*self.pasos, *(p for e in self.encabezados for p in e.pasos)):
            if paso.tipo in total:
                total[paso.tipo] += 1
        return total


class Lado(NamedTuple):
    """De dónde salió uno de los dos archivos que se comparan."""

    archivo: str
    sha256: str
    tamano: int
    codigo: str = ""
    titulo: str = ""
    version: str = ""
    """`03`, o `03-b2` si es el segundo envío; vacía en un archivo suelto."""
    estado: str = ""
    """La clave del estado (`dominio.etiquetas.ESTADOS`); vacía en un archivo suelto."""


class CambioZona(NamedTuple):
    """Lo que cambió en una zona de control: lo escribe el sistema y no la persona."""

    zona: str
    nombre: str
    antes: str
    despues: str
    filas: tuple[Trozo, ...] = ()
    """Solo en zonas de tabla: las filas que salieron y entraron."""


class Informe(NamedTuple):
    """Todo lo que se dice de dos archivos: de dónde salieron, qué cambió y qué conviene saber al leerlo."""

    antes: Lado
    despues: Lado
    comparacion: Comparacion | None
    """None si alguno no es un documento de Word: entonces solo se comparan sus bytes."""
    zonas: tuple[CambioZona, ...] = ()
    avisos: tuple[str, ...] = ()

    @property
    def mismos_bytes(self) -> bool:
        """Si los dos archivos son el mismo, byte por byte."""
        return self.antes.sha256 == self.despues.sha256

    @property
    def iguales(self) -> bool:
        """Si dicen lo mismo, zonas de control incluidas."""
        return self.mismos_bytes or (
            self.comparacion is not None and self.comparacion.iguales and not self.zonas
        )
