"""Lo que rige y lo que solo se declaró: lo mismo que un hallazgo pregunta de uno y de otro."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from sgc_gt.dominio.antecedentes import Antecedente
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.periodos import anio_impreso
from sgc_gt.dominio.situacion import Situacion, Version
from sgc_gt.reglas.hallazgos.valores import Senal

_Cual = TypeVar("_Cual")


class Rige(NamedTuple):
    """Un documento y la versión que rige de él."""

    ficha: Ficha
    v: Version
    situacion: Situacion

    @property
    def codigo(self) -> str:
        return self.ficha.codigo

    @property
    def version(self) -> str:
        return self.v.version

    @property
    def anio(self) -> int:
        """El año de un documento anual: el de su código, el de su identidad o el de su apertura."""
        return anio_impreso(self.ficha, self.v)

    @property
    def responsable(self) -> str:
        """El cargo que responde por el documento."""
        return str(self.ficha.identidad.get("responsable") or self.ficha.identidad.get("elabora") or "")

    @property
    def nombre(self) -> str:
        """«PR-FOM-03 versión 02»; un registro no tiene versión."""
        return f"{self.codigo} versión {self.v.version}" if self.v.version else self.codigo

    def senal(self, evidencia: str, m: Movimiento | None = None, quien: str = "", hacer: str = "") -> Senal:
        """Una señal de este documento y su versión; en un movimiento, si se dice."""
        n, fecha = (m.n, m.fecha) if m else (0, None)
        return Senal(evidencia, self.codigo, self.v.version, n, fecha, quien, hacer)


class Dicho(NamedTuple):
    """Un antecedente, con lo que un hallazgo pregunta de un documento: no tiene versión ni movimientos."""

    de: Antecedente

    @property
    def codigo(self) -> str:
        return self.de.codigo

    @property
    def version(self) -> str:
        return ""

    @property
    def anio(self) -> int:
        return self.de.anio

    @property
    def responsable(self) -> str:
        return str(self.de.datos.get("responsable") or "")

    @property
    def nombre(self) -> str:
        """«PL-GT-01 (declarado, sin documento vigente)»."""
        return f"{self.codigo} (declarado, sin documento vigente)"

    def senal(self, evidencia: str, m: Movimiento | None = None, quien: str = "", hacer: str = "") -> Senal:  # noqa: ARG002 - como Rige
        """Una señal de lo declarado."""
        return Senal(evidencia, self.codigo, quien=quien, hacer=hacer)


def rige_el(v: Version, fecha: date) -> bool:
    """Si esa versión regía ese día."""
    return v.vigente_desde is not None and v.vigente_desde <= fecha and (v.hasta is None or fecha < v.hasta)


def juntar(
    faltas: Iterable[tuple[Rige | Dicho, _Cual, str]],
) -> Iterator[tuple[Rige | Dicho, list[_Cual], str]]:
    """Las filas de un documento a las que les falta lo mismo, una sola vez; «» es que no falta nada."""
    grupos: dict[tuple[str, str], tuple[Rige | Dicho, list[_Cual]]] = {}
    for r, cual, falta in faltas:
        if falta:
            grupos.setdefault((r.nombre, falta), (r, []))[1].append(cual)
    yield from ((r, cuales, falta) for (_, falta), (r, cuales) in grupos.items())
