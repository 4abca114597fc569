"""El diagrama y la tabla de los actos, escritos desde `dominio.actos`: nadie los copia a mano."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.etiquetas import ACTOS, ESTADOS
from sgc_gt.dominio.textos import mayuscula

_QUIEN = {
    "elabora": "quien elabora",
    "aprueba": "quien aprueba",
    "responsable": "responsable del proceso",
    "control_documental": "control documental",
    "paso": "los cargos que el paso espera",
    "revisores": "los cargos que el paso espera",
    "custodia": "responsable de la serie, o control documental",
    "sistema": "el sistema, al llegar la fecha",
    "cualquiera": "cualquier persona del servicio",
    "destinatarios": "cada persona, o control documental con el papel que lo prueba",
}
_QUIEN_REGISTRA = _QUIEN["custodia"]
_FINALES = (tabla.OBSOLETO, tabla.DESCARTADO, *tabla.RETIRADOS)

_PORQUE_OTRA_RIGE = "la reemplaza otra versión"
"""Único cambio de estado que no es un acto propio: lo produce el de la versión siguiente."""

_PRESENTACION = """\
# Los actos de un documento y sus estados

Esta página se escribe desde la tabla de `sgc_gt/dominio/actos.py`, y una prueba avisa si quedó atrás. Para
renovarla, desde la raíz del proyecto:

    ACTUALIZAR=1 python -m pytest tests/reglas/test_reglas_diagrama_actos.py

El estado se calcula de los movimientos de la ficha y de una fecha: no se guarda en ninguna parte.
"""
_NOTAS = """\
- «Abrir nueva versión» no mueve a la vigente: crea a su lado un borrador, y la vigente rige hasta que
  otra la reemplaza.
- Los pasos entre el borrador y la vigencia los fija el circuito de cada tipo, en la configuración. El
  diagrama muestra el recorrido más largo; un circuito puede omitir la revisión o la visación.
- «Poner en vigencia» con una fecha futura deja la versión emitida, por regir. En esa fecha comienza a
  regir, se haya anotado o no el movimiento. Un registro que sigue un circuito queda archivado.
- «Devolver con observaciones» desde la visación exige además el oficio y su archivo.
- Descartar consume el número de versión solo desde: {queman}.
- {del_documento}: sobre el documento entero. El estado de sus versiones no cambia, y por eso no están en el
  diagrama.
- La vida de un registro archivado: nada lo elimina solo. Cumplir su retención permite proponer su
  disposición; suspenderla deja sin efecto la propuesta; reanudar, prorrogar o desistir lo devuelven a como
  estaba, y «anotar corrección» no quita una suspensión. Dispuesto o sustraído, queda su huella y el acto.
- Proponer, autorizar, disponer, prorrogar y desistir se piden con la orden `disposicion`.
- «Sustraer un archivo» vale también para el respaldo de un documento, en cualquier estado, y no lo mueve.
- Nadie anota estos movimientos por otra persona sin un respaldo adjunto: {decisiones}.
"""


_CONSTANCIAS = """\
## Constancias

Una constancia deja anotado un hecho sobre una versión y no la mueve: el estado del documento es el mismo
antes y después. Por eso puede llevar una fecha anterior al último movimiento (un acuse del día 5 que llega el
12), nunca anterior a la emisión de la versión que nombra, y con el respaldo que la diga si no es la de hoy.
"""


def mermaid() -> str:
    """El diagrama de estados, en el lenguaje que los visores de Markdown dibujan."""
    lineas = ["stateDiagram-v2"]
    lineas += [f'    state "{ESTADOS[estado]}" as {estado}' for estado in _estados()]
    lineas += [f"    {de} --> {a}: {' / '.join(rotulos)}" for (de, a), rotulos in _flechas().items()]
    lineas += [f"    {estado} --> [*]" for estado in _FINALES]
    return "\n".join(lineas) + "\n"


def tabla_markdown() -> str:
    """La tabla de actos: qué es, de qué estado a cuál, quién y qué no puede faltar."""
    return _markdown(
        ("orden", "movimiento", "desde", "hasta", "quién", "exige"),
        (
            (
                f"`{acto.nombre}`",
                ACTOS[acto.nombre],
                _estados_de(acto),
                "el mismo" if acto.hasta == tabla.MISMO else ESTADOS[acto.hasta],
                _QUIEN_REGISTRA if acto.nombre == "registrar" else _QUIEN[acto.quien],
                ", ".join(acto.exige) or "–",
            )
            for acto in tabla.TABLA
            if not acto.constancia
        ),
    )


def constancias_markdown() -> str:
    """Las constancias: qué es, sobre una versión en qué estado, quién y qué no puede faltar."""
    return _markdown(
        ("orden", "constancia", "de una versión", "quién", "exige"),
        (
            (
                f"`{acto.nombre}`",
                ACTOS[acto.nombre],
                _estados_de(acto),
                _QUIEN[acto.quien],
                ", ".join(acto.exige) or "–",
            )
            for acto in tabla.TABLA
            if acto.constancia
        ),
    )


def _estados_de(acto: tabla.Acto) -> str:
    return ", ".join(ESTADOS[e] for e in acto.desde) or "–"


def _markdown(titulos: Sequence[str], filas: Iterable[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(fila)} |\n" for fila in (titulos, ["---"] * len(titulos), *filas))


def pagina() -> str:
    """`docs/referencia/actos.md` entera."""
    notas = _NOTAS.format(
        queman=", ".join(ESTADOS[e] for e in tabla.ABIERTOS if e in tabla.QUEMAN_NUMERO),
        del_documento=mayuscula(
            ", ".join(ACTOS[a.nombre] for a in tabla.TABLA if a.nombre in tabla.DEL_DOCUMENTO)
        ),
        decisiones=", ".join(ACTOS[a.nombre] for a in tabla.TABLA if a.nombre in tabla.CON_RESPALDO),
    )
    dibujo = f"```mermaid\n{mermaid()}```"
    constancias = f"{_CONSTANCIAS}\n{constancias_markdown()}"
    return f"{_PRESENTACION}\n{dibujo}\n\n{tabla_markdown()}\n{notas}\n{constancias}"


def _estados() -> Iterator[str]:
    """Los estados que el diagrama nombra, en el orden en que se recorren."""
    nombrados = {extremo for par in _flechas() for extremo in par}
    return (estado for estado in ESTADOS if estado in nombrados)


def _flechas() -> dict[tuple[str, str], list[str]]:
    """De estado a estado, los actos que llevan; `[*]` es el comienzo."""
    flechas: dict[tuple[str, str], list[str]] = {}
    for acto in tabla.TABLA:
        if acto.constancia or acto.hasta == tabla.MISMO:
            continue
        hasta = tabla.EMITIDO if acto.nombre == "emitir" else acto.hasta
        for desde in acto.desde or ("[*]",):
            flechas.setdefault((desde, hasta), []).append(ACTOS[acto.nombre])
    flechas.setdefault((tabla.VIGENTE, tabla.OBSOLETO), []).append(_PORQUE_OTRA_RIGE)
    return flechas
