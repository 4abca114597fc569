"""Lo que un formulario lleva: de qué documento es, sus datos, y las señas con que se lee de vuelta."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sgc_gt.listas.formularios.armado import numeradas_en, partes
from sgc_gt.listas.formularios.celdas import Nombres
from sgc_gt.listas.formularios.partes import Parte

MARCA = "sgc|"
"""Con qué empieza la celda escondida que dice de qué dato es una fila o una columna."""
HOJA_SENAS, HOJA_LISTAS, HOJA_LEAME, HOJA_VECINA = "formulario", "Listas", "Léame", "Región vecina"
FORMATO = "sgc-gt/formulario/1"
ANTES = "~"
"""La columna que compara con lo anterior: no es un dato."""
_TROZO = 30_000
_MAXIMO_SENAS = 16_000_000


class Formulario(NamedTuple):
    """Un formulario por escribir."""

    tipo: str
    nombre: str
    """El del tipo de documento."""
    esquema: Mapping[str, Any]
    datos: Any
    nombres: Nombres
    base: Any = None
    """Lo que el borrador decía al hacerlo: con eso se sabe, de vuelta, qué cambió la persona."""
    codigo: str = ""
    version: str = ""
    titulo: str = ""
    servicio: str = ""
    sigla: str = ""
    periodo: str = ""
    region: str = ""
    anterior: Any = None
    anterior_nombre: str = ""
    procedencia: str = ""
    """De dónde salió lo que ya viene escrito."""
    clase: str = "documento"
    """La del tipo: documento o registro."""
    listas: Mapping[str, Sequence[tuple[str, str]]] = {}
    """referencia → (valor, nombre): productos, indicadores, documentos…"""

    def partes(self) -> tuple[Parte, ...]:
        """Todas las hojas del tipo."""
        return partes(self.esquema, numeradas_en(self.esquema, self.datos))

    def propias(self) -> tuple[Parte, ...]:
        """Las hojas que este formulario trae: todas o, si es de una región, las de filas regionales."""
        return tuple(p for p in self.partes() if p.regional or not self.region)


class Senas(NamedTuple):
    """Lo que un formulario dice de sí, en su hoja escondida."""

    tipo: str
    codigo: str = ""
    version: str = ""
    sigla: str = ""
    periodo: str = ""
    region: str = ""
    base: Any = None
    numeradas: tuple[str, ...] = ()
    sembradas: tuple[str, ...] = ()
    """Las tablas en que la región de cada fila ya venía escrita: una fila que solo la trae está vacía."""
    partes: tuple[str, ...] = ()


def senas_a_textos(senas: Senas) -> list[str]:
    """Las señas en textos que caben en una celda."""
    crudo = zlib.compress(json.dumps(senas._asdict(), ensure_ascii=False).encode(), 9)
    texto = base64.b64encode(crudo).decode("ascii")
    return [FORMATO, *(texto[i : i + _TROZO] for i in range(0, len(texto), _TROZO))]


def textos_a_senas(textos: Sequence[str]) -> Senas | None:
    """Las señas, o None si esos textos no lo son."""
    if not textos or textos[0] != FORMATO:
        return None
    try:
        crudo = base64.b64decode("".join(textos[1:]), validate=True)
        dicho = json.loads(zlib.decompressobj().decompress(crudo, _MAXIMO_SENAS))
        campos: dict[str, Any] = {k: tuple(v) if k in _LISTAS else v for k, v in dicho.items()}
        senas = Senas(**campos)
    except (ValueError, TypeError, AttributeError, RecursionError, zlib.error):
        return None
    return senas if _en_forma(senas) else None


_LISTAS = ("numeradas", "sembradas", "partes")


def _en_forma(senas: Senas) -> bool:
    """Si cada seña es de su clase: la hoja escondida también la puede escribir cualquiera."""
    textos = (senas.tipo, senas.codigo, senas.version, senas.sigla, senas.periodo, senas.region)
    listas = (*senas.numeradas, *senas.sembradas, *senas.partes)
    if not all(isinstance(t, str) for t in (*textos, *listas)):
        return False
    if not senas.region:
        return senas.base is None or isinstance(senas.base, dict)
    pares = senas.base if isinstance(senas.base, list) else [None]
    return all(isinstance(p, list) and len(p) == 2 and isinstance(p[0], list) for p in pares)
