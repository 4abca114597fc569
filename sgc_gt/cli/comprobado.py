"""El informe del chequeo de forma como texto y como datos: dos vistas del mismo valor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from sgc_gt.cli.comprobado_juntas import de_a_una, juntar
from sgc_gt.consultas.revisado import Revisado
from sgc_gt.dominio.alertas import CORREGIR, EL_ARCHIVO, GRAVEDADES, IMPIDE, SUGERENCIA, Alerta
from sgc_gt.dominio.etiquetas import ESTADOS, FUENTES
from sgc_gt.dominio.etiquetas import GRAVEDADES as ETIQUETAS
from sgc_gt.reglas.rut import tapar

SIN_RESPONSABLE = "Sin responsable"


class Informe(NamedTuple):
    """Lo revisado en un servicio, en una fecha."""

    servicio: str
    fecha: date
    revisados: tuple[Revisado, ...]
    cargo: Callable[[str], str]
    estado: tuple[Revisado, ...] = ()  # lo que se ve en los datos y el estado, y no en un archivo

    @property
    def todos(self) -> tuple[Revisado, ...]:
        """Los documentos y lo que se ve en sus datos y estado."""
        return (*self.revisados, *self.estado)

    @property
    def cuantas(self) -> int:
        """Las alertas fuera de la línea base."""
        return sum(len(r.alertas) for r in self.todos)

    @property
    def de_base(self) -> int:
        """Las que un documento importado ya traía."""
        return sum(len(r.base) for r in self.revisados)

    def por_gravedad(self, gravedad: str) -> int:
        """Cuántas de esa gravedad, fuera de la línea base."""
        return sum(1 for r in self.todos for a in r.alertas if a.gravedad == gravedad)

    def responsable(self, revisado: Revisado) -> str:
        """El nombre del cargo que responde del documento."""
        return self.cargo(revisado.responsable) if revisado.responsable else SIN_RESPONSABLE

    def por_responsable(self) -> list[tuple[str, list[Revisado]]]:
        """Los documentos con algo que decir, por responsable; primero quien tiene lo peor."""
        con_algo = [r for r in (*self.revisados, *juntar(self.estado)) if r.alertas or r.base]
        grupos = [
            (nombre, sorted(suyos, key=lambda r: (*(-n for n in r.peso), r.codigo)))
            for nombre, suyos in groupby(sorted(con_algo, key=self.responsable), key=self.responsable)
        ]
        return sorted(grupos, key=lambda par: (*(-n for n in _peso(par[1])), par[0]))


def _peso(revisados: Iterable[Revisado]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(r.peso for r in revisados), strict=True)))


def a_dicts(informe: Informe) -> list[dict[str, Any]]:
    """Las alertas con las claves del contrato; las de la línea base, marcadas."""
    return [
        {
            **alerta._asdict(),
            "lugares": list(alerta.lugares),
            "ancla": tapar(alerta.ancla),
            "archivo": r.archivo,
            "version": r.version,
            "responsable": r.responsable,
            "linea_base": de_base,
        }
        for r in informe.todos
        for de_base, alertas in ((False, r.alertas), (True, r.base))
        for alerta in alertas
    ]


def resumen(informe: Informe) -> str:
    """Una línea: cuánto se revisó y qué se halló."""
    n = len(informe.revisados)
    if not n and not informe.estado:
        return "Nada que revisar: no rige ni está en trabajo."
    revisado = f"{n} {'documento revisado' if n == 1 else 'documentos revisados'}"
    cuentas = [
        f"{cuenta} {_palabra(gravedad, cuenta)}"
        for gravedad in GRAVEDADES
        if (cuenta := informe.por_gravedad(gravedad))
    ]
    if informe.de_base:
        cuentas.append(f"{informe.de_base} de la línea base")
    return f"{revisado}: {', '.join(cuentas) or 'sin alertas'}."


def _palabra(gravedad: str, cuenta: int) -> str:
    return {
        IMPIDE: "impide enviar" if cuenta == 1 else "impiden enviar",
        CORREGIR: "por corregir",
        SUGERENCIA: "sugerencia" if cuenta == 1 else "sugerencias",
    }[gravedad]


def encabezado(revisado: Revisado) -> str:
    """«PR-FOM-03 versión 02 (Vigente)», o el nombre del archivo suelto."""
    if not revisado.estado:
        return revisado.archivo or revisado.codigo or "El servicio"
    version = f" versión {revisado.version}" if revisado.version else ""
    return f"{revisado.codigo}{version} ({ESTADOS.get(revisado.estado, revisado.estado)})"


def texto(informe: Informe) -> str:
    """El informe para la pantalla: por responsable, de peor a mejor, cada alerta con `archivo:lugar`."""
    lineas: list[str] = []
    for responsable, revisados in informe.por_responsable():
        lineas += [responsable, ""]
        for r in revisados:
            lineas += _de_documento(r)
    return "\n".join([*lineas, resumen(informe)])


def _de_documento(r: Revisado) -> Iterator[str]:
    yield f"  {encabezado(r)}"
    for alerta, evidencias in de_a_una(r.alertas):
        yield from _de_alerta(r, alerta, evidencias)
    if r.base:
        yield f"    Línea base: {len(r.base)} que ya traía; se resuelven en su próxima revisión completa."
        for alerta in r.base:
            yield f"      {alerta.regla}: {alerta.evidencia}"
    yield ""


def _de_alerta(r: Revisado, alerta: Alerta, evidencias: Sequence[str]) -> Iterator[str]:
    if (donde := _donde(r, alerta)) != encabezado(r):
        yield f"    {donde}"
    dicho = f"      {ETIQUETAS[alerta.gravedad]} [{alerta.regla}] {alerta.enunciado}:"
    if len(evidencias) == 1:
        yield f"{dicho} {evidencias[0]}"
    else:
        yield dicho
        yield from (f"        {evidencia}" for evidencia in evidencias)
    if alerta.requisito:
        yield f"      Lo pide: {alerta.requisito} ({FUENTES[alerta.fuente]})"
    if alerta.sugerencia:
        yield f"      Qué hacer: {alerta.sugerencia}"


def _donde(r: Revisado, alerta: Alerta) -> str:
    """`archivo:lugar`; solo el archivo, si el lugar es el archivo entero."""
    if not r.archivo:
        return alerta.lugar
    return r.archivo if alerta.lugar == EL_ARCHIVO else f"{r.archivo}:{alerta.lugar}"
