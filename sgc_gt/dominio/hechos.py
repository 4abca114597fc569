"""Lo que un archivo Word trae y su texto no dice: imágenes sin descripción, tablas sin encabezado, idioma.

Es un valor: lo llena `word.hechos` y lo leen las reglas del chequeo de forma.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sgc_gt.dominio.forma import FormaNormal


class Sitio(NamedTuple):
    """Dónde está algo que no es texto: el título bajo el que aparece y un texto vecino para anclar."""

    titulo: str
    texto: str


class Inseguro(NamedTuple):
    """Lo que la puerta no dejó pasar."""

    mensaje: str
    lugar: str = ""
    hacer: str = ""


class Hechos(NamedTuple):
    """Los hechos de un archivo Word. Las listas van en el orden del documento."""

    idioma: str = ""  # el de los estilos o, si no lo dicen, el de las propiedades
    imagenes_sin_texto: tuple[Sitio, ...] = ()
    tablas_sin_encabezado: tuple[Sitio, ...] = ()
    revisiones: int = 0  # cambios marcados sin aceptar ni rechazar
    comentarios: int = 0
    inseguro: tuple[Inseguro, ...] = ()
    rotulos: Mapping[str, int] = {}  # «tabla» → cuántos títulos de tabla numera el propio Word
    encabezado: str = ""  # el texto de encabezados y pies, con las zonas escritas
    propiedades: Mapping[str, str] = {}  # las que el sistema dejó: código, versión
    titulo: str = ""  # el de las propiedades del archivo


class Lectura(NamedTuple):
    """Un archivo leído entero, una vez."""

    forma: FormaNormal
    hechos: Hechos
