"""Las compuertas entre objetos: qué debe haber pasado con otro documento antes de que un acto se admita.

Son datos del tipo: una fila dice en qué actos se mira, qué tipo se exige y hasta dónde debe haber llegado
(dominio §1.6 y §4: N-28, I-26, N-30, I-40). Aquí está cómo se lee una fila; quién niega es
`guardas_compuertas`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, Protocol

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.origen import apertura
from sgc_gt.dominio.periodos import anio_dicho
from sgc_gt.dominio.servicio import Compuerta, Exige, Tipo
from sgc_gt.dominio.situacion import Version, situacion

ALCANZADO: Mapping[str, frozenset[str]] = {
    "aprobado": frozenset(
        {
            tabla.APROBADO,
            tabla.EN_VISACION,
            tabla.VISADO,
            tabla.EMITIDO,
            tabla.VIGENTE,
            *tabla.CONSERVADOS,
        }
    ),
    "visado": frozenset({tabla.VISADO, tabla.EMITIDO, tabla.VIGENTE, *tabla.CONSERVADOS}),
    "vigente": frozenset({tabla.VIGENTE, *tabla.CONSERVADOS}),
}
"""Lo que una compuerta puede exigir, y los estados en que ya se cumplió."""

PROPUESTA, SIN_PROPUESTA = "propuesta", "sin_propuesta"
"""Lo que una nueva versión anota: por qué propuesta se abre, o la razón de que no la haya."""

APOYOS, ADVERTENCIAS = "apoyos", "advertencias"
"""Lo que el reglamento anota de una compuerta: en qué se apoyó el acto, y qué faltaba sin impedirlo."""


class Mundo(Protocol):
    """Lo que una guarda puede preguntar de los demás documentos, como estaban antes del acto."""

    def buscar(self, codigo: str) -> Ficha | None:
        """La ficha de ese código; None si nunca se usó."""

    def de_tipo(self, tipo: Tipo) -> Iterable[Ficha]:
        """Las fichas de ese tipo."""

    def filas_del_borrador(self, ficha: Ficha, archivo: str, clave: str) -> tuple[Mapping[str, Any], ...]:
        """Las filas de una lista de los datos de un borrador; ninguna si no los tiene."""


class Hallado(NamedTuple):
    """Un documento exigido y la versión que se miró; `cumple` si llegó hasta donde debe."""

    ficha: Ficha
    version: Version
    cumple: bool


def buscar(exige: Exige, fichas: Iterable[Ficha], fecha: date, anio: str, codigo: str = "") -> Hallado | None:
    """El mejor candidato de los que se exigen: uno que cumple, o el que va más adelante; None si no hay.

    `anio`: el del período del acto, si se dijo: una versión de otro no sirve, salvo que se la nombre.
    `codigo`: el documento, o la propuesta que abrió la versión, si la compuerta nombra uno.
    """
    hallados = [h for f in fichas for h in _versiones(exige, f, fecha, anio, codigo)]
    return max(hallados, key=lambda h: (h.cumple, h.version.abierta), default=None)


def _versiones(exige: Exige, ficha: Ficha, fecha: date, anio: str, codigo: str) -> Iterator[Hallado]:
    if codigo and not exige.abierta_por and not nombra(codigo, ficha.codigo):
        return
    for v in situacion(ficha, fecha).versiones:
        if v.estado in (tabla.OBSOLETO, tabla.DESCARTADO):
            continue
        if exige.abierta_por and not nombra(codigo, str(apertura(ficha, v).extra.get(PROPUESTA, ""))):
            continue
        nombrada = exige.abierta_por or codigo == ficha.codigo  # quien la nombra ya dijo cuál es
        if nombrada or anio in ("", anio_de(ficha, v)):
            yield Hallado(ficha, v, v.estado in ALCANZADO[exige.estado])


def nombra(dicho: str, codigo: str) -> bool:
    """Si lo dicho es ese código, o la serie de ese registro: «RG-GT-11» nombra a la del período."""
    return codigo == dicho or codigo.startswith(f"{dicho}/")


def anio_de(ficha: Ficha, v: Version) -> str:
    """El año en que una compuerta la cuenta: el que dice ser, o aquel en que se abrió.

    El período del código de un registro no entra: así se decidió lo que la historia ya tiene.
    """
    return anio_dicho(ficha, v) or str(v.abierta.year)


def de_acto(tipo: Tipo | None, acto: str) -> tuple[Compuerta, ...]:
    """Las compuertas que ese acto cruza."""
    return tuple(c for c in (tipo.compuertas if tipo else ()) if acto in c.actos)
