"""El chequeo de forma que decide si un borrador puede enviarse: evidencia, requisito, enunciado.

Recibe valores ya extraídos (forma normal, faltas de los datos); no abre archivos. Un hallazgo «impide»
detiene el envío; los demás aconsejan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from sgc_gt.dominio.alertas import Alerta
from sgc_gt.dominio.forma import FormaNormal, secciones
from sgc_gt.dominio.servicio import Tipo


class Hueco(Protocol):
    """Un contenido exigido que a los datos les falta."""

    @property
    def requisito(self) -> str:
        """El id del requisito (DIA-3, PLA-A.4…), o vacío."""

    @property
    def lugar(self) -> str:
        """Archivo, línea y camino."""

    @property
    def mensaje(self) -> str:
        """Qué falta, en una oración."""


def chequear(
    codigo: str,
    tipo: Tipo,
    forma: FormaNormal | None,
    faltas: Iterable[Hueco] = (),
    guias: Collection[str] = (),
) -> list[Alerta]:
    """Las alertas del documento, las de los datos primero. `guias`: los textos de guía de su plantilla."""
    alertas = [
        Alerta(
            "DATO-FALTA",
            "impide",
            "procedimiento",
            codigo,
            falta.lugar,
            falta.mensaje,
            falta.requisito,
            "contenido mínimo sin responder",
        )
        for falta in faltas
    ]
    if forma is not None:
        alertas.extend(_secciones(codigo, tipo, forma))
        alertas.extend(_guias(codigo, forma, guias))
    return alertas


def _guias(codigo: str, forma: FormaNormal, guias: Collection[str]) -> Iterable[Alerta]:
    for seccion in secciones(forma):
        for bloque in seccion.bloques:
            if bloque.texto.strip() in guias:
                yield Alerta(
                    "GUIA-SIN-REEMPLAZAR",
                    "impide",
                    "practica",
                    codigo,
                    f"sección {seccion.numero} {seccion.titulo}".rstrip(),
                    f"«{bloque.texto.strip()[:60]}…»",
                    "",
                    "queda el texto de guía de la plantilla",
                )


def _secciones(codigo: str, tipo: Tipo, forma: FormaNormal) -> Iterable[Alerta]:
    titulos = {s.titulo.casefold() for s in secciones(forma)}
    for seccion in tipo.secciones:
        if seccion.titulo.casefold() not in titulos:
            yield Alerta(
                "SECCION-FALTA",
                "impide",
                "procedimiento",
                codigo,
                "cuerpo del documento",
                f"no hay un título «{seccion.titulo}»",
                ", ".join(seccion.requisitos),
                "falta una sección obligatoria",
            )
