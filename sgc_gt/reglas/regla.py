"""Qué es una regla del chequeo de forma, y cómo sus hallazgos se vuelven alertas.

Una regla es un valor y su revisión una función pura de la materia. El catálogo es una tupla que se lee
de arriba abajo (`reglas.catalogo`); no hay descubrimiento automático.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from sgc_gt.dominio.alertas import Alerta
from sgc_gt.reglas.materia import Materia, Renglon
from sgc_gt.reglas.rut import tapar


class Clausula(NamedTuple):
    """La cláusula de ISO 9001 que una regla resguarda, en cada edición."""

    de_2008: str
    de_2015: str

    def segun(self, norma: str) -> str:
        """La cita según la edición del servicio: «ISO 9001:2015 7.5.2 a)»."""
        return f"{norma} {self.de_2008 if '2008' in norma else self.de_2015}"


class Hallazgo(NamedTuple):
    """Lo que una regla vio. Lo que deja vacío lo dice la regla."""

    evidencia: str
    lugar: str
    seccion: str = ""
    ancla: str = ""
    requisito: str = ""
    enunciado: str = ""
    sugerencia: str = ""
    lugares: tuple[str, ...] = ()


Revisar = Callable[[Materia], Iterable[Hallazgo]]


class Regla(NamedTuple):
    """Una regla: su código estable, su gravedad, de dónde sale y qué función la revisa."""

    codigo: str
    gravedad: str
    fuente: str
    requisito: str | Clausula
    enunciado: str
    sugerencia: str
    revisar: Revisar

    def alertas(self, materia: Materia) -> Iterable[Alerta]:
        """Los hallazgos de la regla en esa materia, como alertas."""
        for h in self.revisar(materia):
            yield Alerta(
                regla=self.codigo,
                gravedad=self.gravedad,
                fuente=self.fuente,
                documento=materia.documento,
                lugar=h.lugar,
                evidencia=tapar(h.evidencia),
                requisito=h.requisito or self.pide(materia.norma),
                enunciado=h.enunciado or self.enunciado,
                sugerencia=h.sugerencia or self.sugerencia,
                seccion=h.seccion,
                ancla=h.ancla,
                lugares=h.lugares,
            )

    def pide(self, norma: str) -> str:
        """El requisito en palabras; una cláusula, en la edición por la que el servicio se certifica."""
        return self.requisito.segun(norma) if isinstance(self.requisito, Clausula) else self.requisito


def en(renglon: Renglon, evidencia: str, *, enunciado: str = "", sugerencia: str = "") -> Hallazgo:
    """Un hallazgo en un renglón: con su lugar, su sección y su ancla."""
    return Hallazgo(
        evidencia, renglon.lugar, renglon.seccion, renglon.ancla, enunciado=enunciado, sugerencia=sugerencia
    )
