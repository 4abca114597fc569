"""El compromiso: una sola cosa, nazca donde nazca (I-07).

Lo comprometen el informe de implementación (6.2.3), el Programa de Seguimiento (6.2.4) y la Revisión por la
Dirección; su identidad es `<código>#<id>`. Si se cumplió lo dice el Programa de Seguimiento del período
siguiente (I-06), que lo nombra por esa identidad. Aquí se lee de los datos de cualquiera de ellos.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio.fechas import ultimo_dia
from sgc_gt.dominio.objetos import IMPLEMENTACION, REVISION, SEGUIMIENTO
from sgc_gt.dominio.regiones import de_norte_a_sur
from sgc_gt.dominio.tabla import FECHA, Columna
from sgc_gt.dominio.textos import dice_algo

ORIGENES: Mapping[str, str] = {
    IMPLEMENTACION: "Implementación",
    SEGUIMIENTO: "Seguimiento",
    REVISION: "Revisión por la Dirección",
}
"""Los tipos que comprometen, y cómo se llama su origen."""

_CLAVES = {REVISION: ("decisiones", "decision")}
"""La lista y el texto de cada tipo; los demás los llaman igual."""
_COMUNES = ("compromisos", "compromiso")

NO_PERTINENTE, PENDIENTE, VENCIDO = "no_pertinente", "pendiente", "vencido"
CUMPLIDO = "cumplido"
CERRADOS = frozenset({NO_PERTINENTE, CUMPLIDO, "no_aplica", "descartado"})
"""Estados en que ya nadie debe nada."""
ESTADOS: Mapping[str, str] = {
    PENDIENTE: "Pendiente",
    VENCIDO: "Vencido",
    CUMPLIDO: "Cumplido",
    "en_curso": "En curso",
    "atrasado": "Atrasado",
    "no_cumplido": "No cumplido",
    "no_iniciado": "No iniciado",
    "reprogramado": "Reprogramado",
    NO_PERTINENTE: "No pertinente",
    "no_aplica": "No aplica",
    "descartado": "Descartado",
}

COLUMNAS = (
    Columna("id", "Id", ancho=22),
    Columna("origen", "Origen", ancho=16),
    Columna("compromiso", "Compromiso", ancho=40),
    Columna("plazo", "Plazo", FECHA, 11),
    Columna("responsable", "Responsable", ancho=26),
    Columna("regiones", "Regiones", ancho=16),
    Columna("indicador", "Indicador", ancho=22),
    Columna("estado", "Estado", ancho=14),
    Columna("evidencia", "Evidencia", ancho=24),
)


class Compromiso(NamedTuple):
    """Un compromiso como su documento lo dice; lo que no dice queda vacío."""

    codigo: str  # del documento o registro en que nació
    id: str
    tipo: str  # uno de ORIGENES
    compromiso: str
    responsable: str = ""  # un cargo, un rol o «jefatura_regional»
    plazo: date | None = None
    indicador: str = ""
    regiones: tuple[str, ...] = ()  # códigos; «todas» ya resueltas
    frente: str = ""
    recomendacion: str = ""
    pertinencia: str = ""
    prioridad: str = ""
    fundamento: str = ""

    @property
    def identidad(self) -> str:
        """`<código>#<id>`: con ella lo nombra quien informa su cumplimiento."""
        return f"{self.codigo}#{self.id}"

    @property
    def faltan(self) -> tuple[str, ...]:
        """De lo que SEG-2 e IMP-4 exigen de cada uno, lo que no dice. Una decisión no lleva indicador."""
        pide = {"plazo": self.plazo, "responsable": self.responsable}
        if self.tipo != REVISION:
            pide["indicador"] = self.indicador if dice_algo(self.indicador) else ""
        return tuple(clave for clave, valor in pide.items() if not valor)


class Cumplimiento(NamedTuple):
    """Lo que un Programa de Seguimiento informa del período anterior (I-06)."""

    codigo: str  # del documento que lo informa
    compromiso: str  # la identidad, o solo el id si no puede ser otro
    estado: str
    evidencia: str = ""


class Seguido(NamedTuple):
    """Un compromiso y en qué está en una fecha."""

    compromiso: Compromiso
    estado: str
    evidencia: str = ""
    informado_en: str = ""  # el documento que dice su estado

    @property
    def abierto(self) -> bool:
        """Si alguien todavía debe algo."""
        return self.estado not in CERRADOS


def leer(
    codigo: str, tipo: str, datos: Mapping[str, Any], anio: int, regiones: Sequence[str] = ()
) -> tuple[Compromiso, ...]:
    """Los compromisos que esos datos traen; `anio` completa los plazos y `regiones` son «todas»."""
    lista, texto = _CLAVES.get(tipo, _COMUNES)
    return tuple(_uno(codigo, tipo, f, texto, anio, regiones) for f in filas(datos, lista))


def cumplimientos(codigo: str, datos: Mapping[str, Any]) -> tuple[Cumplimiento, ...]:
    """Lo que esos datos informan de compromisos anteriores."""
    campos = ("compromiso", "estado", "evidencia")
    dichas = filas(datos, "cumplimiento_anterior")
    return tuple(Cumplimiento(codigo, *(_texto(f.get(c)) for c in campos)) for f in dichas)


def seguir(
    compromisos: Iterable[Compromiso], informados: Iterable[Cumplimiento], fecha: date
) -> list[Seguido]:
    """Cada compromiso con el último estado informado; sin informe, lo dice su plazo. Vence antes, primero."""
    todos = list(compromisos)
    dichos = {c.identidad: i for i in informados for c in nombrados(i.compromiso, todos)}
    seguidos = [_seguido(c, dichos.get(c.identidad), fecha) for c in todos]
    return sorted(seguidos, key=lambda s: (s.compromiso.plazo or date.max, s.compromiso.identidad))


def nombrados(nombre: str, compromisos: Sequence[Compromiso]) -> tuple[Compromiso, ...]:
    """El que esa identidad nombra; un id a secas vale si lo lleva uno solo. Vacío si ninguno."""
    por_identidad = tuple(c for c in compromisos if c.identidad == nombre)
    por_id = tuple(c for c in compromisos if c.id == nombre)
    return por_identidad or (por_id if len(por_id) == 1 else ())


def _seguido(c: Compromiso, informe: Cumplimiento | None, fecha: date) -> Seguido:
    if c.pertinencia == NO_PERTINENTE:
        return Seguido(c, NO_PERTINENTE, c.fundamento)
    vencido = c.plazo is not None and c.plazo < fecha
    if informe and informe.estado:
        return Seguido(c, informe.estado, informe.evidencia, informe.codigo)
    return Seguido(c, VENCIDO if vencido else PENDIENTE)


def _uno(
    codigo: str, tipo: str, fila: Mapping[str, Any], texto: str, anio: int, regiones: Sequence[str]
) -> Compromiso:
    campos = (
        "responsable", "indicador", "frente", "recomendacion", "pertinencia", "prioridad", "fundamento",
    )  # fmt: skip
    return Compromiso(
        codigo,
        _texto(fila.get("id")),
        tipo,
        _texto(fila.get(texto)),
        plazo=_fin_de_mes(fila.get("plazo"), anio),
        regiones=_regiones(fila.get("regiones"), regiones),
        **{campo: _texto(fila.get(campo)) for campo in campos},
    )


def filas(datos: Mapping[str, Any], clave: str) -> Iterator[Mapping[str, Any]]:
    """Las filas de una lista de los datos; lo que no tiene esa forma se pasa por alto."""
    valor = datos.get(clave)
    return (f for f in (valor if isinstance(valor, list) else ()) if isinstance(f, Mapping))


def _texto(valor: object) -> str:
    return "" if valor is None or isinstance(valor, list | Mapping) else str(valor).strip()


def _regiones(valor: object, todas: Sequence[str]) -> tuple[str, ...]:
    if valor == "todas":
        return tuple(todas)
    return de_norte_a_sur(str(v) for v in valor) if isinstance(valor, list) else ()


def _fin_de_mes(plazo: object, anio: int) -> date | None:
    """Un plazo dado en meses se cumple hasta el último día de ese mes; None si no dice un mes."""
    return ultimo_dia(plazo.get("mes"), plazo.get("anio") or anio) if isinstance(plazo, Mapping) else None
