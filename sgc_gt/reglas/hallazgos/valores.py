"""Lo que una revisión de hallazgos mira y responde: señales con su evidencia, estados y resultados."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sgc_gt.dominio import textos

if TYPE_CHECKING:
    from sgc_gt.reglas.hallazgos.hechos import Hechos

CON_HALLAZGO = "con_hallazgo"
SIN_DATOS = "sin_datos"
SIN_HALLAZGO = "sin_hallazgo"
PREVENIDO = "prevenido"
ESTADOS = (CON_HALLAZGO, SIN_DATOS, SIN_HALLAZGO, PREVENIDO)
"""En el orden en que se informan. `sin_datos` nunca es bueno: nadie pudo mirar."""

ALTA, MEDIA, BAJA = GRAVEDADES = ("alta", "media", "baja")

PREVIENE = "previene"
DETECTA = "detecta"
EVIDENCIA = "evidencia"


class Clausulas(NamedTuple):
    """Dónde se exige, en cada edición de la norma; `otra` es lo que no es de la norma."""

    de_2008: str = ""
    de_2015: str = ""
    otra: str = ""

    def segun(self, norma: str) -> str:
        """La cita para un servicio de esa norma: «ISO 9001:2015 7.5.2 c)»."""
        letra = self.de_2008 if "2008" in norma else self.de_2015
        return "; ".join(filter(None, (f"{norma} {letra}" if letra else "", self.otra)))


class Senal(NamedTuple):
    """Una evidencia: qué se vio, en qué documento, versión, movimiento y fecha, y quién lo arregla."""

    evidencia: str
    documento: str = ""
    version: str = ""
    movimiento: int = 0
    fecha: date | None = None
    quien: str = ""  # cargo; vacío: el que el hallazgo nombra
    hacer: str = ""  # vacío: lo que el hallazgo dice


class Visto(NamedTuple):
    """Lo que una función vio. `mirado` dice sobre qué; `nota`, lo que conviene saber y no es hallazgo."""

    estado: str
    senales: tuple[Senal, ...] = ()
    mirado: str = ""
    guarda: str = ""  # la que lo hace imposible
    gobernados: int = 0  # cuántos casos pasaron por ella
    falta: str = ""  # qué dato no existe todavía
    nota: str = ""


def halla(senales: Iterable[Senal], mirado: str, nota: str = "", *, habia: object = True) -> Visto:
    """Con hallazgo si hay señales; si no, sin hallazgo. Si no `habia` nada que mirar, sin datos."""
    vistas = tuple(senales)
    if not vistas and not habia:
        return Visto(SIN_DATOS, mirado=mirado, falta="todavía no hay nada que mirar", nota=nota)
    return Visto(CON_HALLAZGO if vistas else SIN_HALLAZGO, vistas, mirado, nota=nota)


def impide(senales: Iterable[Senal], guarda: str, gobernados: int, mirado: str, nota: str = "") -> Visto:
    """Con hallazgo si hay señales (lo que la guarda no alcanza); si no, prevenido por esa guarda."""
    vistas = tuple(senales)
    return Visto(CON_HALLAZGO if vistas else PREVENIDO, vistas, mirado, guarda, gobernados, nota=nota)


def no_se_sabe(falta: str, senales: Iterable[Senal] = (), mirado: str = "", nota: str = "") -> Visto:
    """Sin datos, salvo que aun así se haya visto algo."""
    vistas = tuple(senales)
    return Visto(CON_HALLAZGO if vistas else SIN_DATOS, vistas, mirado, falta=falta, nota=nota)


class Tipico(NamedTuple):
    """Un hallazgo típico: su identificador estable, dónde se exige y la función que lo busca."""

    id: str
    nombre: str
    clausulas: Clausulas
    modo: tuple[str, ...]
    gravedad: str
    requisito: str  # en palabras propias
    enunciado: str  # lo que se afirmaría si hay evidencia
    hacer: str
    quien: str  # rol o cargo que lo corrige, si la señal no lo dice
    mira: str  # qué revisa, para la página de referencia
    revisar: Callable[[Hechos], Visto]
    mira_en: tuple[str, ...] = ()  # se mira si un tipo en uso hace de algo de esto; vacío: siempre


class Resultado(NamedTuple):
    """Un hallazgo típico resuelto en un servicio y una fecha."""

    id: str
    nombre: str
    clausula: str
    clausula_2008: str
    clausula_2015: str
    modo: tuple[str, ...]
    gravedad: str
    estado: str
    evidencia: tuple[Senal, ...]
    requisito: str
    enunciado: str
    hacer: str
    quien: str  # cargo, en palabras
    mirado: str
    guarda: str
    gobernados: int
    falta: str
    nota: str

    @property
    def lugar(self) -> tuple[int, int, str]:
        """Para ordenar: primero lo hallado, por gravedad; después lo que no se pudo mirar."""
        return ESTADOS.index(self.estado), GRAVEDADES.index(self.gravedad), self.id


def contar(cuantos: int, uno: str, varios: str) -> str:
    """«1 versión», «12 versiones»."""
    return f"{cuantos} {uno if cuantos == 1 else varios}"


def enumerar(partes: Iterable[str], tope: int = 12) -> str:
    """«a, b y c»; de una lista larga, las primeras y cuántas más."""
    lista = list(partes)
    if len(lista) > tope:
        return f"{', '.join(lista[:tope])} y {len(lista) - tope} más"
    return textos.enumerar(lista)


def ni(partes: Iterable[str]) -> str:
    """«su retención ni su disposición»: lo que falta, después de un «no»."""
    return " ni ".join(partes)
